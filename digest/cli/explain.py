"""
`digest explain`: what became of every line of a file, of every sentence of its article and of every topic, and why; or
why a story stands where it stands.

A line of a file begins with what it was kept as, or with `-` and why it was left out; a sentence with what it is worth
and why it is quoted or not; a topic with how sure it is, followed by the words that speak for it and against it; one of
the owner's topics with what holds of it.
"""

import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli.common import CONFIG, ExitCode, explained, own_topics
from digest.cli.topic_lines import own_lines, suggested_lines
from digest.errors import ItemError

if TYPE_CHECKING:
    from digest.extract import Explanation, Fate
    from digest.model import Article, Item
    from digest.topics import OwnTopic

_ROLE = 10
"""Columns of what a line was kept as."""
_TOPICS = 3
"""Topics that are shown."""


@click.command()
@click.argument("names", metavar="FILE|STORY...", nargs=-1, required=True)
@CONFIG
@click.option("--date", "day", metavar="DATE", help="Date for which a story is judged, e.g. 2026-11-21.")
def explain(names: tuple[str, ...], file: Path | None, day: str | None) -> None:
    """
    Show what became of a FILE or why a STORY stands where it stands.

    Of a FILE: each line, why which sentences are quoted, and what speaks for its topics. Of a STORY, called by id,
    address or path, or by the file under seeds or the address of an article: importance, grouping, copies, sentences,
    topics, and what would put it right. What is the name of a file here is a file.
    """
    set_aside = False
    for name in names:
        if Path(name).exists() or not _explain_story(name, file, day):
            set_aside = not _explain_file(Path(name), file) or set_aside
    if set_aside:
        sys.exit(ExitCode.SET_ASIDE)


def _explain_story(name: str, file: Path | None, day: str | None) -> bool:
    """Print why a story stands where it stands; return False if the name is that of a file which is not there."""
    from digest.build.explaining import explain as account_for
    from digest.build.workplace import find
    from digest.cli.explain_story import lines_of
    from digest.sources.folder import READERS

    with explained():
        place = find(file)
        is_file = "://" not in name and Path(name).suffix in READERS
        if is_file and not (place.seeds / name).exists():
            return False
        told = account_for(place, name, day=day)
    for line in lines_of(told):
        click.echo(line)
    return True


def _explain_file(path: Path, file: Path | None) -> bool:
    """Print what became of a file; return whether all of it was used. Of the settings only topics are read."""
    from digest import pipeline, sources
    from digest.model import Item

    with explained():
        own = own_topics(file)
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    try:
        found = list(sources.contents(path, name=str(path)))
    except ItemError as error:
        click.echo(f"{path}: set aside: {error.reason}")
        return False
    is_used = True
    for item in found:
        if not isinstance(item, Item):
            click.echo(f"{item.locator}: set aside: {item.reason}")
            is_used = False
            continue
        told = pipeline.explain(item)
        is_used = is_used and told.article is not None
        for line in _account(item, told, own):
            click.echo(line if width is None or len(line) <= width else f"{line[: width - 1]}…")
    return is_used


def _account(item: "Item", told: "Explanation", own: "Sequence[OwnTopic]") -> Iterator[str]:
    if told.article is None:
        yield f"{item.locator}: set aside: {told.reason}"
    else:
        article = told.article
        said = (", ".join(article.byline), article.published.stated if article.published else "", article.language)
        yield f"{item.locator}: {article.headline}"
        yield f"{'':{_ROLE}}  {' · '.join(filter(None, said))}"
    yield from map(_line, told.fates)
    if told.article is not None:
        yield from _judged(told.article, own)
    yield ""


def _judged(article: "Article", own: "Sequence[OwnTopic]") -> Iterator[str]:
    """Yield why an article alone would be summed up and tagged as it is."""
    from digest.one_stage import judgement
    from digest.summarize import Limit
    from digest.topics import THRESHOLD

    found = judgement(article, limit=Limit(sentences=3), own=own)
    yield "\nIn a summary of three sentences:"
    for sentence in found.sentences:
        yield f"{'quoted' if sentence.taken else '-':{_ROLE}}  {sentence.score:.2f} [{sentence.reason}] {sentence.text}"
    sure = [one for one in found.topics if one.topic.score >= THRESHOLD]
    if not found.topics:
        yield f"\nIts topics: none are told in its language ({article.language})"
    elif not sure:
        yield f"\nIts topics, none of them sure enough ({THRESHOLD:.2f}):"
    else:
        yield "\nIts topics:"
    for one in found.topics[:_TOPICS]:
        speaking = (", ".join(reason.words for reason in side) for side in (one.speaking_for, one.speaking_against))
        yield f"{one.topic.score:{_ROLE}.2f}  {one.topic.label} + {' - '.join(speaking)}"
    yield from suggested_lines(found.suggested)
    yield from own_lines(found.own)


def _line(fate: "Fate") -> str:
    if fate.kept:
        return f"{fate.kept:{_ROLE}}  {fate.text}"
    return f"{'-':{_ROLE}}  [{fate.why}] {fate.text}"
