"""
Measure what grouping costs: `python -m tests.bench.grouping [--memory] [SIZE ...]`.

So many fictional articles of one week, of some 700 words each, are handed to `digest.grouping.group` at once; an event
has two or three of them. With `--memory`, those of one day are, where so many are remembered, as many of each day.
Prints a table in Markdown, in seconds of the processor.
"""

import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from digest.dedupe import fold
from digest.grouping import REACH, Grouped, group
from digest.model import Article, Dated, Paragraph, Source
from tests.world.words import VOICES, telling

SIZES = (2_500, 5_000, 10_000, 20_000)
REMEMBERED = (20_000, 100_000, 1_000_000)
A_DAY = 200
DAYS = 7
FILLERS = 10
"""Tellings of other events that an article goes on with; without them it would be far too short."""


def main(sizes: Sequence[int]) -> None:
    """Print what each size costs."""
    sys.stdout.write("| articles of a week | finding copies | all of it | articles a second |\n|---:|---:|---:|---:|\n")
    for size in sizes:
        articles = [article(number, size) for number in range(size)]
        # What is read once in a process is not counted: word weights, judges, stop words.
        group(articles[:10])
        begun = time.process_time()
        fold(articles)
        copies = time.process_time() - begun
        begun = time.process_time()
        group(articles)
        everything = time.process_time() - begun
        sys.stdout.write(f"| {size:,} | {copies:.1f} | {everything:.1f} | {size / everything:.0f} |\n")
        sys.stdout.flush()


def memory(sizes: Sequence[int]) -> None:
    """Print what a day's articles cost where earlier runs have grouped so many."""
    sys.stdout.write("| remembered articles | articles of a day | all of it |\n|---:|---:|---:|\n")
    # What lies further back is not read, so that these texts may come again and again.
    texts = [article(number, 2 * REACH * A_DAY) for number in range(2 * REACH * A_DAY)]
    news = [_dated(one, 0) for one in texts[:A_DAY]]
    group(news[:10])
    for size in sizes:
        earlier = [
            Grouped(
                article=replace(_dated(texts[number % len(texts)], number // A_DAY), key=f"article-{number}"),
                story=f"story-{number * 2 // 5}",
                reprint_of=None,
            )
            for number in range(A_DAY, size + A_DAY)
        ]
        begun = time.process_time()
        group(news, earlier=earlier)
        sys.stdout.write(f"| {size:,} | {len(news)} | {time.process_time() - begun:.1f} |\n")
        sys.stdout.flush()


def _dated(one: Article, days_ago: int) -> Article:
    day = datetime(2026, 11, 22) - timedelta(days=days_ago)  # noqa: DTZ001 - a day without a zone
    return replace(one, published=Dated(value=day, precision="day", zone_known=False, origin="stated"))


def article(number: int, count: int) -> Article:
    """Return one of *count* articles of a week."""
    chance = Random(number)
    event = number * 2 // 5
    headline, own = telling(event, number % len(VOICES))
    others = [telling(10_000_000 + chance.randrange(count), chance.randrange(len(VOICES)))[1] for _ in range(FILLERS)]
    day = datetime(2026, 11, 16) + timedelta(days=event % DAYS)  # noqa: DTZ001 - a day without a zone
    return Article(
        key=f"article-{number}",
        version="1",
        source=Source(id=f"paper-{number % 40}", name=f"Paper {number % 40}"),
        url=None,
        headline=headline,
        standfirst=None,
        byline=(),
        published=Dated(value=day, precision="day", zone_known=False, origin="stated"),
        language="en",
        paragraphs=tuple(Paragraph(kind="text", text=text, raw=text) for part in (own, *others) for text in part),
    )


if __name__ == "__main__":
    sizes = [int(size) for size in sys.argv[1:] if size != "--memory"]
    if "--memory" in sys.argv:
        memory(sizes or REMEMBERED)
    else:
        main(sizes or SIZES)
