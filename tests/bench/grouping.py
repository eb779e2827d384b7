"""
Measure what grouping costs: `python -m tests.bench.grouping [--load] [SIZE | FILE ...]`, or
`python -m tests.bench.grouping --memory [SIZE ...]`.

So many fictional articles of one week are handed to `digest.grouping.group` at once; or, of a FILE, all articles
(JSON, one a line, as `digest group` takes them, gzipped or not). With `--memory`, those of one day are, where so many
are remembered, as many of each day. Prints a table in Markdown, in CPU seconds. With `--load`, says instead
what makes the cost: how many words articles have, with how many others each is compared, and how alike they are.
"""

import gzip
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from digest.cluster.candidates import candidates
from digest.cluster.evidence import evidence
from digest.cluster.likeness import AT_ONCE
from digest.cluster.portraits import NAME, WORD, portraits
from digest.cluster.rarity import packaged
from digest.cluster.shared import shared
from digest.cluster.stories import THRESHOLD
from digest.cluster.traits import traits
from digest.cluster.verdict import verdict
from digest.dedupe import fold
from digest.grouping import REACH, Grouped, group
from digest.model import Article
from digest.one_stage import article_of
from tests.world.week import FIRST, article

SIZES = ("2500", "5000", "10000", "20000")
REMEMBERED = ("20000", "100000", "1000000")
A_DAY = 200


def main(loads: Sequence[str]) -> None:
    """Print what each load costs."""
    sys.stdout.write("| articles of a week | finding copies | all of it | articles a second |\n|---:|---:|---:|---:|\n")
    for each in loads:
        articles = _articles(each)
        # What is read once in a process is not counted: word weights, judges, stop words.
        group(articles[:10])
        begun = time.process_time()
        fold(articles)
        copies = time.process_time() - begun
        begun = time.process_time()
        group(articles)
        everything = time.process_time() - begun
        _row(f"{len(articles):,}", f"{copies:.1f}", f"{everything:.1f}", f"{len(articles) / everything:.0f}")


def load(loads: Sequence[str]) -> None:
    """Print what makes the cost; of files, as if all articles were of one language and copies none."""
    sys.stdout.write(
        "| articles | words | names | compared with | keys shared | joined |\n|---:|---:|---:|---:|---:|---:|\n"
    )
    for each in loads:
        found = sorted(map(traits, _articles(each)), key=lambda one: (one.day is None, one.day))
        own = portraits(found, packaged())
        pairs = candidates(own)
        parts = [pairs[start : start + AT_ONCE] for start in range(0, len(pairs), AT_ONCE)]
        keys = sum(len(shared(own.common, part)[0]) for part in parts)
        alike = sum(int((verdict(evidence(own, part)) >= THRESHOLD).sum()) for part in parts)
        words, names = own.counts[[WORD, NAME]].mean(axis=1)
        _row(
            f"{len(found):,}",
            f"{words:.0f}",
            f"{names:.0f}",
            f"{len(pairs) / len(found):.1f}",
            f"{keys / len(pairs):.0f}",
            f"{alike / len(pairs):.1%}",
        )


def memory(sizes: Sequence[str]) -> None:
    """Print what a day's articles cost where earlier runs have grouped so many."""
    sys.stdout.write("| remembered articles | articles of a day | all of it |\n|---:|---:|---:|\n")
    # What lies further back is not read, so that these texts may come again and again.
    texts = [article(number) for number in range(2 * REACH * A_DAY)]
    news = [_dated(one, 0) for one in texts[:A_DAY]]
    group(news[:10])
    for size in map(int, sizes):
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
        _row(f"{size:,}", str(len(news)), f"{time.process_time() - begun:.1f}")


def _articles(load: str) -> list[Article]:
    """Return so many made-up articles, or those of a file."""
    if load.isdecimal():
        return [article(number) for number in range(int(load))]
    return [*_read(Path(load))]


def _read(file: Path) -> Iterator[Article]:
    with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
        for line in lines:
            yield article_of(json.loads(line))


def _dated(one: Article, days_ago: int) -> Article:
    assert one.published
    return replace(one, published=replace(one.published, value=FIRST - timedelta(days=days_ago)))


def _row(*cells: str) -> None:
    sys.stdout.write(f"| {' | '.join(cells)} |\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asked = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    if "--memory" in sys.argv:
        memory(asked or REMEMBERED)
    elif "--load" in sys.argv:
        load(asked or SIZES[:1])
    else:
        main(asked or SIZES)
