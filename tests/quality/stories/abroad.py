"""
Measure grouping in other languages: `python -m tests.quality.stories.abroad FOLDER`. Needs wordfreq.

No stories in other languages are labelled at hand. So English ones are read as if their language were a foreign one:
words are cut to their first letters, none is a stop word, and what is rare follows from small collections of articles,
with a table of common words and without one. All stories of a collection begin on one day. The judges of pairs know
these stories, the table does not.
"""

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random

import numpy as np

from digest.cluster.candidates import candidates
from digest.cluster.evidence import evidence
from digest.cluster.linkage import link
from digest.cluster.portraits import Rarities, portraits
from digest.cluster.rarity import counted, packaged
from digest.cluster.stories import THRESHOLD
from digest.cluster.traits import Traits, traits
from digest.cluster.verdict import verdict
from digest.one_stage import article_of
from tests.quality.__main__ import read
from tests.quality.stories.material import Row
from tests.quality.stories.measuring import bcubed
from tests.quality.stories.usage import usage

FOREIGN = "x-foreign"
COLLECTIONS = {8: 100, 40: 20}
"""Articles of a collection → how many collections."""
MEMBERS = (1, 1, 2, 3)
"""Articles of a story, as often as they stand here."""
FIRST_DAY = 700_000

Weigher = Callable[[Sequence[Traits]], Rarities]


def main(folder: Path) -> None:
    """Print B-cubed F1 and precision for each way of weighing words."""
    rows = list(read(folder / "data" / "stories" / "dev.jsonl.gz"))
    ways: dict[str, tuple[str, Weigher]] = {
        "with a table": (FOREIGN, partial(counted, known=usage("en"))),
        "without one": (FOREIGN, counted),
        "as English": ("en", lambda _: packaged()),
    }
    for name, (language, weigher) in ways.items():
        told = _traits(rows, language)
        for size, count in COLLECTIONS.items():
            for days in ("dated", "undated"):
                articles = told if days == "dated" else [replace(one, day=None) for one in told]
                stories, groups = _all_grouped(rows, articles, _collections(rows, size, count), weigher)
                precision, _, f1 = bcubed(stories, groups)
                print(f"{name:12} {size:3} {days:7}  F1 {f1:.3f}  precision {precision:.3f}", flush=True)


def _traits(rows: Sequence[Row], language: str) -> Sequence[Traits]:
    """Return what articles are compared by, with all stories begun on one day."""
    found = [
        traits(
            replace(article_of({f: row[f] for f in ("id", "title", "text", "date") if row.get(f)}), language=language)
        )
        for row in rows
    ]
    began: dict[str, int] = {}
    for row, one in zip(rows, found, strict=True):
        if one.day is not None:
            began[row["story"]] = min(one.day, began.get(row["story"], one.day))
    return [
        replace(one, day=FIRST_DAY if one.day is None else FIRST_DAY + one.day - began[row["story"]])
        for row, one in zip(rows, found, strict=True)
    ]


def _collections(rows: Sequence[Row], size: int, count: int) -> Iterator[Sequence[int]]:
    """Yield the numbers of articles of stories drawn by lot."""
    members: defaultdict[str, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        members[row["story"]].append(number)
    lot, names = Random(0), sorted(members)
    for _ in range(count):
        drawn: set[int] = set()
        while len(drawn) < size:
            drawn.update(members[lot.choice(names)][: lot.choice(MEMBERS)])
        yield sorted(drawn)


def _all_grouped(
    rows: Sequence[Row], articles: Sequence[Traits], collections: Iterable[Sequence[int]], weigher: Weigher
) -> tuple[Sequence[str], Sequence[str]]:
    """Return the story, and the group that it was put into, of each article of each collection."""
    stories, groups = [], []
    for number, chosen in enumerate(collections):
        ordered = sorted(chosen, key=lambda n: (articles[n].day or 0, n))
        own = portraits([articles[n] for n in ordered], weigher([articles[n] for n in ordered]))
        pairs = candidates(own)
        ends = np.sort(pairs, axis=1).tolist()
        alike = {(a, b): v for (a, b), v in zip(ends, verdict(evidence(own, pairs)).tolist(), strict=True) if v}
        for group, members in enumerate(link([[n] for n in range(len(ordered))], alike, threshold=THRESHOLD)):
            stories += [f"{number} {rows[ordered[n]]['story']}" for n in members]
            groups += [f"{number} {group}"] * len(members)
    return stories, groups


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m tests.quality.stories.abroad FOLDER")
    main(Path(sys.argv[1]))
