"""
How steady the main topic of a story is: `python -m tests.quality.tagger.steadiness FOLDER`.

FOLDER holds labelled stories. Each story grows day by day as its articles come, and is judged anew on each day: once
as the tagger has it, once as an edition has it.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from digest.edition.filing import steady
from digest.model import Article, Cluster, Telling, Topic
from digest.one_stage import article_of
from digest.topics import leaning, sure
from tests.quality.__main__ import Row, read


def main(folder: Path) -> None:
    """Print how often the main topic changes from one day to the next."""
    stories: defaultdict[str, list[Row]] = defaultdict(list)
    for name in ("dev", "dev_short"):
        for row in read(folder / "data" / "stories" / f"{name}.jsonl.gz"):
            if (row.get("date") or "").strip():
                stories[row["story"]].append(row)
    days = [list(map(leaning, _days(rows))) for rows in stories.values()]
    lives = [each for each in days if len(each) > 1]
    print(f"{len(lives)} stories of several days, {sum(len(each) - 1 for each in lives)} times from one to the next")
    for name, told in (("the tagger alone", _alone), ("an edition", _in_editions)):
        changes = Counter(change for life in lives for change in _changes([*told(life)]))
        print(f"{name}: {', '.join(f'{changes[kind]} {kind}' for kind in ('turned', 'lost', 'found', 'kept'))}")


def _days(rows: Sequence[Row]) -> Iterator[Sequence[Article]]:
    """Yield the articles that there are on each day."""
    for day in sorted({row["date"][:10] for row in rows}):
        yield [
            replace(
                article_of({field: row[field] for field in ("id", "title", "text") if row.get(field)}), language="en"
            )
            for row in rows
            if row["date"][:10] <= day
        ]


def _alone(life: Iterable[tuple[Topic, ...]]) -> Iterator[tuple[Topic, ...]]:
    return map(sure, life)


def _in_editions(life: Iterable[tuple[Topic, ...]]) -> Iterator[tuple[Topic, ...]]:
    topics: tuple[Topic, ...] = ()
    for leans in life:
        topics = steady(topics[0] if topics else None, replace(_TELLING, topics=sure(leans), leaning=leans))
        yield topics


def _changes(life: Sequence[tuple[Topic, ...]]) -> Iterator[str]:
    mains = [topics[0].code if topics else "" for topics in life]
    for before, after in pairwise(mains):
        if before != after:
            yield "turned" if before and after else "lost" if before else "found"
        elif before:
            yield "kept"


_TELLING = Telling(cluster=Cluster(id="", coverage=()), headline="", language="en", summary=(), topics=(), keywords=())

if __name__ == "__main__":
    main(Path(sys.argv[1]))
