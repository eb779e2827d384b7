"""
`digest explain`: what became of every line of a file, and why.

A line begins with what it was kept as, or with `-`, and then says why it was left out.
"""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.common import ExitCode
from digest.errors import ItemError

if TYPE_CHECKING:
    from digest.extract import Explanation, Fate
    from digest.model import Item

_ROLE = 10
"""Columns of what a line was kept as."""


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
def explain(files: tuple[Path, ...]) -> None:
    """Show what became of each line of each FILE, and why: kept as what, or left out for which reason."""
    from digest import pipeline, sources
    from digest.model import Item

    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    set_aside = False
    for file in files:
        try:
            found = list(sources.contents(file, name=str(file)))
        except ItemError as error:
            click.echo(f"{file}: set aside: {error.reason}")
            set_aside = True
            continue
        for item in found:
            if not isinstance(item, Item):
                click.echo(f"{item.locator}: set aside: {item.reason}")
                set_aside = True
                continue
            told = pipeline.explain(item)
            set_aside = set_aside or told.article is None
            for line in _account(item, told):
                click.echo(line if width is None or len(line) <= width else f"{line[: width - 1]}…")
    if set_aside:
        sys.exit(ExitCode.SET_ASIDE)


def _account(item: "Item", told: "Explanation") -> Iterator[str]:
    if told.article is None:
        yield f"{item.locator}: set aside: {told.reason}"
    else:
        article = told.article
        said = (", ".join(article.byline), article.published.stated if article.published else "", article.language)
        yield f"{item.locator}: {article.headline}"
        yield f"{'':{_ROLE}}  {' · '.join(filter(None, said))}"
    yield from map(_line, told.fates)
    yield ""


def _line(fate: "Fate") -> str:
    if fate.kept:
        return f"{fate.kept:{_ROLE}}  {fate.text}"
    return f"{'-':{_ROLE}}  [{fate.why}] {fate.text}"
