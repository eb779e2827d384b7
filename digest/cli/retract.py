"""`digest retract`: take back a story that was shown."""

from pathlib import Path

import click

from digest.cli.common import CONFIG, OUT, explained


@click.command()
@click.argument("story")
@OUT
@CONFIG
@click.option("--reason", metavar="TEXT", default="", help="Why, in a line that its readers see.")
@click.option("--date", "day", metavar="DATE", help="Date of the retraction, e.g. 2026-11-21 or 2026-11-21T07:30.")
def retract(story: str, site: Path | None, file: Path | None, reason: str, day: str | None) -> None:
    """
    Take back STORY, an id, address or path: for good, and at once.

    A notice stays at its address, its entry in the feeds says that it was retracted, and what it said is gone from all
    editions. A reason can be given later, or replaced. To hide a story without a word, and only as long as you wish,
    see `hide` under `overrides` in the README.
    """
    from digest.build.retraction import retract as take_back
    from digest.build.workplace import find

    with explained():
        done = take_back(find(file, site=site), story, reason=reason, day=day)
    if done.written:
        click.echo(f"Retracted: {done.story.headline}. {done.written} files written.")
    else:
        click.echo(f"Retracted before; its notice is of {done.story.updated:%Y-%m-%d}: {done.story.headline}.")
