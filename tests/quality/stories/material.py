"""Labelled data in, what grouping learns from out: how rare words are, and evidence on pairs of articles."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digest.cluster.candidates import candidates
from digest.cluster.evidence import evidence
from digest.cluster.portraits import Rarities, portraits
from digest.cluster.rarity import packed, rarity
from digest.cluster.sections import Floats, Places
from digest.cluster.traits import Traits, traits
from digest.one_stage import article_of
from tests.quality.__main__ import read

FOLDS = 5
# Articles that a word must stand in to be kept.
LEAST_USES = 3
# Words that a text must have to be counted, of a set that is mostly headlines.
LONG = 100

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """Articles with or without their dates, and the pairs of them that are worth comparing."""

    ids: Sequence[str]
    """In the order in which the articles are numbered: that of their days."""
    stories: Sequence[str]
    pairs: Places
    """Shape (pairs, 2)."""
    evidence: Floats
    same: NDArray[np.bool_]
    folds: NDArray[np.int64]
    """Shape (pairs, 2): the fold of either article's story."""
    days: Sequence[int | None]
    """Day of publication of each article, as an ordinal."""


def rarities(folder: Path) -> bytes:
    """Return the file of how rare English words are, counted on articles whose stories nobody is examined on."""
    uses: Counter[int] = Counter()
    articles = 0
    for row in _background(folder):
        found = _traits(row)
        uses.update(found.words.tolist())
        uses.update(found.names.tolist())
        articles += 1
    keys = np.array(sorted(key for key, count in uses.items() if count >= LEAST_USES), np.uint32)
    counts = np.array([uses[key] for key in keys.tolist()])
    return packed(keys, rarity(counts, articles), float(rarity(np.ones(1), articles)[0]))


def lesson(rows: Sequence[Row], weigh: Rarities, *, dated: bool) -> Lesson:
    """Return what there is to learn from rows of labelled stories."""
    found = [_traits(row) if dated else replace(_traits(row), day=None) for row in rows]
    order = sorted(range(len(rows)), key=lambda n: (found[n].day is None, found[n].day or 0, n))
    own = portraits([found[n] for n in order], weigh)
    pairs = candidates(own)
    stories = [rows[n]["story"] for n in order]
    return Lesson(
        ids=[rows[n]["id"] for n in order],
        days=[found[n].day for n in order],
        stories=stories,
        pairs=pairs,
        evidence=evidence(own, pairs),
        same=np.array([stories[one] == stories[other] for one, other in pairs.tolist()], bool),
        folds=np.array([_fold(story) for story in stories])[pairs],
    )


def _background(folder: Path) -> Iterator[Row]:
    """Yield title and text of English articles."""
    for name in ("stories/neardup_base", "stories/dev_short", "summaries/dev", "topics/dev", "cleaning/dev"):
        for row in read(folder / "data" / f"{name}.jsonl.gz"):
            text = row.get("gold_body") or row.get("text") or "\n\n".join(map(_joined, row.get("paragraphs") or ()))
            is_long = name != "topics/dev" or len(text.split()) >= LONG
            if is_long and row.get("lang", "en") == "en":
                yield {"id": row["id"], "title": row.get("title"), "text": text}


def _joined(paragraph: str | list[str]) -> str:
    return paragraph if isinstance(paragraph, str) else " ".join(paragraph)


def _traits(row: Row) -> Traits:
    asked = {field: row[field] for field in ("id", "title", "text", "date") if (row.get(field) or "").strip()}
    return traits(replace(article_of(asked), language="en"))


def _fold(story: str) -> int:
    return int(hashlib.sha256(story.encode()).hexdigest(), 16) % FOLDS
