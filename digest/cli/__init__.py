"""
The command line: parse, call one function, print, choose the exit code. Only this room prints.

Exit codes: 0 done; 1 failed, the old site untouched; 2 usage or settings; 3 something was set aside
(one-stage commands always, `build` only with `--strict`); 75 another build holds the lock.
"""

import sys
import warnings
from pathlib import Path

import click

from digest import __version__
from digest.cli.common import CONFIG, OUT, ExitCode, explained
from digest.cli.explain import explain
from digest.cli.feeds import feeds
from digest.cli.retract import retract
from digest.cli.serve import serve
from digest.cli.stages import STAGES
from digest.cli.store import status, store


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="digest", message="%(prog)s %(version)s")
def main() -> None:
    """
    Turn piles of messy articles into a short, finite edition: a static site and Atom feeds.

    Begin with `digest init`, drop articles into seeds/ and run `digest build`, by hand or from cron.
    """
    # What other packages warn of is for developers, who ask for it (`python -W`); cron would mail it to the reader.
    if not sys.warnoptions:
        warnings.simplefilter("ignore")


@main.command()
@click.argument("folder", metavar="[DIR]", type=click.Path(file_okay=False, path_type=Path), default=".")
def init(folder: Path) -> None:
    """Begin a digest in DIR: a commented digest.toml and an empty seeds/."""
    from digest.build.start import start

    with explained():
        file = start(folder)
    here = folder.resolve()
    click.echo(f"{file} is written. Set `base_url` in it, drop articles into {folder / 'seeds'}, then:")
    click.echo(f"\n    cd {here} && digest build\n")
    click.echo("To build every hour, add this line with `crontab -e`:")
    click.echo(f"\n    0 * * * * cd {here} && {_program()} build\n")


@main.command()
@click.argument("seeds", required=False, type=click.Path(path_type=Path))
@OUT
@CONFIG
@click.option("--date", "day", metavar="DATE", help="Date of the build, e.g. 2026-11-21 or 2026-11-21T07:30.")
@click.option("--since", metavar="DATE", help="Show again what was shown from this date on.")
@click.option(
    "--templates",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder whose files replace the templates of the same name.",
)
@click.option("--dry-run", is_flag=True, help="List what would be new, grown or left out; write nothing.")
@click.option("--strict", is_flag=True, help="Exit with 3 when something was set aside.")
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
@click.option("-v", "--verbose", is_flag=True, help="Say what is done and what was set aside.")
def build(
    seeds: Path | None,
    site: Path | None,
    file: Path | None,
    day: str | None,
    since: str | None,
    templates: Path | None,
    *,
    dry_run: bool,
    strict: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Build the digest of the articles in SEEDS."""
    from digest.build import build as build_digest
    from digest.build.workplace import find
    from digest.cli.account import account, listing, progress

    if quiet and verbose:
        raise click.UsageError("--quiet and --verbose exclude each other; use one")
    on_terminal = sys.stderr.isatty() and not quiet
    with explained():
        place = find(file, seeds=seeds, site=site, templates=templates)
        with progress(on_terminal=on_terminal, verbose=verbose) as report:
            outcome = build_digest(place, day=day, since=since, dry_run=dry_run, report=report)
    for alert in outcome.alerts:
        click.echo(alert, err=True)
    if dry_run:
        click.echo(listing(outcome))
    elif verbose or on_terminal:
        click.echo(account(outcome, site=str(place.site)))
    if outcome.rejections and (verbose or strict or on_terminal):
        for rejection in outcome.rejections:
            click.echo(f"set aside: {rejection.locator}: {rejection.reason}", err=True)
    if strict and outcome.rejections:
        sys.exit(ExitCode.SET_ASIDE)


@main.command()
@CONFIG
def check(file: Path | None) -> None:
    """Say what is wrong with settings, sources, templates and store, and how to mend it."""
    from digest.build.check import check as check_all
    from digest.build.workplace import find

    with explained():
        findings = check_all(find(file))
    for finding in findings:
        click.echo(f"{'note' if finding.harmless else 'wrong'}: {finding.message}")
    if any(not finding.harmless for finding in findings):
        sys.exit(ExitCode.USAGE)
    click.echo("All is well." if not findings else "Nothing stands in the way of a build.")


def _program() -> str:
    """Return how this program is run from anywhere, since cron knows a short PATH only."""
    from shutil import which

    found = which(sys.argv[0]) or which("digest")
    return str(Path(found).absolute()) if found else f"{sys.executable} -m digest"


for _command in (serve, status, explain, retract, feeds, store, *STAGES):
    main.add_command(_command)
