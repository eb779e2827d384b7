"""
Labelled rows in, samples out: stories with the summary that somebody wrote of each, and what is known of words.

Three kinds: CNN articles with their highlights; the articles of another set that carry their own highlights at their
top; stories of several articles. The central article of such a story is a sample by itself too, for single articles
come without a headline in the first two.
"""

import gzip
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from digest.model import Cluster, Coverage
from digest.one_stage import article_of
from digest.summarize.grams import BUCKETS, Numbers, Tables
from digest.summarize.reading import Reading, read
from digest.summarize.stems import stems
from digest.summarize.text import Text
from digest.text import hashes, words

FOLDS = 5
Row = dict[str, Any]

_TITLED = ("stories/neardup_base", "stories/dev", "summaries/dev", "topics/dev", "cleaning/dev")
_SMOOTHING = 10
_MOST_WORDS, _LEAST_WORDS = 600, 150
_SAME = slice(200, 300)
"""Letters by which an article is told from others."""
_HIGHLIGHTS = re.compile(r"story highlights\s*", re.IGNORECASE)
_FULL_STOP = re.compile(r"[.!?…][\"”’')]*$")
_LONGEST_HIGHLIGHT, _MOST_HIGHLIGHTS, _MOST_LETTERS = 22, 6, 9000


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A story with the summary that somebody wrote of it."""

    kind: str
    """`article`, `highlights`, `story` or `central`."""
    cluster: Cluster
    reading: Reading
    text: Text
    wanted: Sequence[str]
    """Sentences, as they were written."""
    fold: int

    @property
    def stems(self) -> list[str]:
        """The stems of the wanted summary."""
        stem = stems("en")
        return [stem(word) for sentence in self.wanted for word in words(sentence)]


def samples(folder: Path) -> list[Sample]:
    """Return all samples."""
    kinds = {
        "article": (row for row in rows(folder, "summaries/dev") if row["source"].startswith("cnndm")),
        "highlights": highlights(folder),
        "story": rows(folder, "stories/dev_story_summaries"),
    }
    found = [sample for kind, own in kinds.items() for row in own if (sample := _sample(kind, row))]
    for sample in [each for each in found if each.kind == "story"]:
        first = Cluster(id=sample.cluster.id, coverage=(Coverage(article=sample.reading.articles[0]),))
        found.append(_made("central", first, sample.wanted, sample.fold))
    return found


def highlights(folder: Path) -> Iterator[Row]:
    """Yield the articles that carry their own highlights at their top, with those as their summary."""
    for row in rows(folder, "stories/neardup_base"):
        first, *rest = [p.strip() for p in row["text"].split("\n\n") if p.strip()]
        if not _HIGHLIGHTS.match(first):
            continue
        said = [_HIGHLIGHTS.sub("", first)]
        while rest and len(said) < _MOST_HIGHLIGHTS and _is_highlight(rest[0]):
            said.append(rest.pop(0))
        body = [p for p in rest if _FULL_STOP.search(p) and "Hide Caption" not in p and not p.startswith("Photos:")]
        if said[0] and len(said) > 1 and len(body) > 5:
            yield {"id": row["id"], "text": " ".join(body)[:_MOST_LETTERS], "reference": said}


def tables(folder: Path) -> Tables:
    """Count in how many articles a stem stands, and how often their headlines have it."""
    having, heading, count = np.zeros(BUCKETS), np.zeros(BUCKETS), 0
    seen = set()
    for row in (row for name in _TITLED for row in rows(folder, name)):
        body = row.get("gold_body") or row.get("text") or "\n\n".join(row.get("paragraphs") or [])
        same = re.sub(r"\W", "", body)[_SAME]
        own = body.split()
        if len(own) < _LEAST_WORDS or not row.get("title") or same in seen or row.get("lang", "en") != "en":
            continue
        seen.add(same)
        told = buckets(words(" ".join(own[:_MOST_WORDS])))
        having[list(told)] += 1
        heading[list(told & buckets(words(row["title"])))] += 1
        count += 1
    rarity = np.log((count + 1) / np.maximum(1.7, having + 0.7)).astype(np.float32)
    return Tables(rarity=rarity, headline=odds(heading, having))


def odds(hits: Numbers, tries: Numbers) -> Numbers:
    """Return smoothed log-odds, zero for what is usual or was never tried."""
    usual = hits.sum() / tries.sum()
    found = (hits + _SMOOTHING * usual) / (tries - hits + _SMOOTHING * (1 - usual))
    return np.asarray(np.log(found * (1 - usual) / usual), dtype=np.float32)


def buckets(found: Iterable[str]) -> set[int]:
    """Return the rows of words in the tables."""
    return {*(hashes(map(stems("en"), found)) % BUCKETS).tolist()}


def rows(folder: Path, name: str) -> Iterator[Row]:
    """Yield the rows of a set of labelled data."""
    with gzip.open(folder / "data" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _is_highlight(paragraph: str) -> bool:
    return not _FULL_STOP.search(paragraph) and len(paragraph.split()) < _LONGEST_HIGHLIGHT


def _sample(kind: str, row: Row) -> Sample | None:
    articles = [
        article_of({"source": str(i), **each, "id": f"{row['id']}-{i}"})
        for i, each in enumerate(row.get("articles") or [row])
    ]
    cluster = Cluster(id=str(row["id"]), coverage=tuple(Coverage(article=article) for article in articles))
    if not any(article.paragraphs for article in articles):
        return None
    return _made(kind, cluster, row["reference"], zlib.crc32(str(row["id"]).encode()) % FOLDS)


def _made(kind: str, cluster: Cluster, wanted: Sequence[str], fold: int) -> Sample:
    reading = read(cluster)
    return Sample(kind=kind, cluster=cluster, reading=reading, text=reading.text, wanted=wanted, fold=fold)
