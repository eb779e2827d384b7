"""The site as it will be, on loopback: `digest serve`."""

import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

import digest
from digest.cli.common import CONFIG, OUT, explained
from digest.errors import DigestError, LockedError, SettingsError

if TYPE_CHECKING:
    from digest.build.workplace import Workplace

_PATIENCE_S = 60
"""How long another build is waited for."""


@click.command()
@click.option("--watch", "is_watching", is_flag=True, help="Build, and again when seeds, templates or settings change.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 for any that is free."
)
@CONFIG
@OUT
def serve(file: Path | None, site: Path | None, port: int, *, is_watching: bool) -> None:
    """Preview the site in a browser on this machine, until Ctrl-C."""
    from digest import publish
    from digest.build.workplace import find
    from digest.serve import Preview, watch

    with explained(), _until_told():
        place = find(file, site=site)
        if not is_watching and not publish.owned(place.site):
            raise SettingsError(str(place.site), "no site is there; run `digest build`, or add `--watch`")
        with Preview(place.site, base_url=place.settings.base_url, port=port) as preview:
            click.echo(f"{place.site} is at {preview.address}")
            if not is_watching:
                while True:
                    time.sleep(1)

            def build_again() -> None:
                nonlocal place
                try:
                    place = find(file, site=site)
                    _build_when_free(place)
                except DigestError as error:
                    click.echo(f"digest: {error}", err=True)
                else:
                    preview.show(place.site, base_url=place.settings.base_url)

            watch(lambda: _what_a_build_reads(place, file), build_again)


@contextmanager
def _until_told() -> Iterator[None]:
    """Let Ctrl-C, or the SIGTERM of a service manager, end the block as if it were done."""
    before = {number: signal.signal(number, signal.default_int_handler) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _build_when_free(place: "Workplace") -> None:
    """Build, after any other build that is at work."""
    for _ in range(_PATIENCE_S):
        try:
            _build(place)
        except LockedError:
            time.sleep(1)
        else:
            return
    _build(place)


def _build(place: "Workplace") -> None:
    """Build, and say on standard error what came of it."""
    from digest.build import build
    from digest.cli.account import account, progress

    with progress(on_terminal=sys.stderr.isatty(), verbose=False) as report:
        outcome = build(place, report=report)
    for line in (*outcome.alerts, account(outcome, site=str(place.site))):
        click.echo(line, err=True)
    for rejection in outcome.rejections:
        click.echo(f"set aside: {rejection.locator}: {rejection.reason}", err=True)


def _what_a_build_reads(place: "Workplace", file: Path | None) -> tuple[Path, ...]:
    from digest.settings import FILE_NAME

    package = Path(digest.__file__).parent
    # The wheel carries the templates inside the package; a checkout has them beside it.
    templates = [package / "templates", package.parent / "templates"]
    if place.templates:
        templates.append(Path(place.templates))
    return (file or Path(FILE_NAME), place.seeds, *templates)
