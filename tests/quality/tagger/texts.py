"""
Folders of labelled data in, articles to learn from out.

Only English is read. What is not labelled by topic comes from the sets made for other tasks; the articles of the
BBC among the summaries stay out, because they may be the ones that are kept aside.
"""

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digest.topics import TOP_LEVEL

# Characters of an article that anything is learnt from, and by the first of which two copies are known.
READ_LENGTH = 3000
SAME_LENGTH = 100
SHORTEST = 40

_GAPS = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Text:
    """An article to learn from."""

    title: str
    text: str

    @property
    def start(self) -> str:
        """As much of it as an encoder of sentences reads."""
        return f"{self.title}. {self.text[:700]}".strip(". ")


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article whose topic is known."""

    text: Text
    topic: int
    """Index into `TOP_LEVEL`."""
    source: str


def labelled(folder: Path) -> tuple[Labelled, ...]:
    """Return the articles with topics."""
    indexes = {subject.label: index for index, subject in enumerate(TOP_LEVEL)}
    return tuple(
        Labelled(Text(row.get("title") or "", row["text"]), indexes[row["topic"]], row["source"])
        for row in _rows(folder, "topics/dev")
    )


def unlabelled(folder: Path) -> tuple[Text, ...]:
    """Return articles without topics, each once."""
    found: dict[str, Text] = {}
    for title, text in _others(folder):
        if len(title + text) >= SHORTEST:
            found.setdefault(_GAPS.sub("", (title + text).lower())[:SAME_LENGTH], Text(title, text[:READ_LENGTH]))
    return tuple(found.values())


def _others(folder: Path) -> Iterator[tuple[str, str]]:
    for name in ("stories/dev", "stories/dev_short"):
        for row in _rows(folder, name):
            yield row.get("title") or "", row.get("text") or ""
    for row in _rows(folder, "summaries/dev"):
        if row["source"] != "bbc":
            yield row.get("title") or "", row.get("text") or "\n".join(row["paragraphs"])
    for row in _rows(folder, "cleaning/dev"):
        if row["lang"] == "en":
            yield row.get("title") or "", row.get("gold_body") or ""
    for row in _rows(folder, "stories/neardup_base"):
        yield row.get("title") or "", row.get("text") or ""


def _rows(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    with gzip.open(folder / "data" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)
