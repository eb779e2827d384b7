"""
Measure what grouping costs: `python -m tests.bench.grouping [SIZE ...]`.

So many fictional articles of one week, of some 700 words each, are handed to `digest.grouping.group` at once; an event
has two or three of them. Prints a table in Markdown, in seconds of the processor.
"""

import sys
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from digest.dedupe import fold
from digest.grouping import group
from digest.model import Article, Dated, Paragraph, Source
from tests.world.words import VOICES, telling

SIZES = (2_500, 5_000, 10_000, 20_000)
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
    main([int(size) for size in sys.argv[1:]] or SIZES)
