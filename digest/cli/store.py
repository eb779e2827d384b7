"""The store looked after by hand, and how the digest is."""

import sys
from pathlib import Path

import click

from digest.cli.common import ExitCode, explained

_CONFIG = click.option(
    "-c", "--config", "file", metavar="FILE", type=click.Path(path_type=Path),
    help="Settings file.  [default: digest.toml, when there is one]",
)  # fmt: skip


@click.group()
def store() -> None:
    """Check what is remembered, prune it, or move it to another machine."""


@store.command("check")
@_CONFIG
def check_store(file: Path | None) -> None:
    """Read all that is remembered, and compare it with the history in the site."""
    from digest.build.upkeep import check_store as findings_of
    from digest.build.workplace import find

    with explained():
        findings = findings_of(find(file))
    for finding in findings:
        click.echo(finding)
    if findings:
        click.echo("The next `digest build` mends it.")
        sys.exit(ExitCode.FAILED)
    click.echo("All is well.")


@store.command("prune")
@click.option(
    "--older-than", metavar="TIME", default="365 days", show_default=True, help="Age of what goes, e.g. `90 days`."
)
@_CONFIG
def prune_store(file: Path | None, older_than: str) -> None:
    """Let the texts of old entries go. That they were seen, and what was shown, stays known."""
    from digest.build.upkeep import prune
    from digest.build.workplace import find
    from digest.settings import duration

    try:
        age = duration(older_than)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--older-than") from error
    with explained():
        count = prune(find(file), older_than=age)
    click.echo(f"{count} texts went")


@store.command("export")
@_CONFIG
def export_store(file: Path | None) -> None:
    """Print all that is remembered, as JSON Lines: the one file that moves a digest to another machine."""
    from digest.build.upkeep import export
    from digest.build.workplace import find

    with explained():
        for line in export(find(file)):
            sys.stdout.buffer.write(line)


@store.command("import")
@click.argument("exported", metavar="FILE", type=click.Path(path_type=Path))
@_CONFIG
def import_store(exported: Path, file: Path | None) -> None:
    """Add what `digest store export` wrote to FILE; what is known here already stays as it is."""
    from digest.build.upkeep import import_
    from digest.build.workplace import find

    with explained():
        count = import_(find(file), exported)
    click.echo(f"{count} lines read")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@_CONFIG
def status(file: Path | None, *, as_json: bool) -> None:
    """Tell how the sources are, what the last edition is, and what was set aside."""
    from digest.build.status import status as status_of
    from digest.build.workplace import find
    from digest.cli.account import described

    with explained():
        found = status_of(find(file))
    if as_json:
        import msgspec

        click.echo(msgspec.json.format(msgspec.json.encode(found), indent=2))
    else:
        click.echo(described(found))
