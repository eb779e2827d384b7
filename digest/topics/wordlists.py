"""
Packaged lists in, what they say of words out: which topics a word speaks for in the eyes of people.

A lexicon written by hand (`lexicon.txt`) says how newspapers write about each top-level topic; the labels and
definitions of all Media Topics (`media_topics.tsv`) say how the makers of the vocabulary see them. The tagger's
weights are learnt from both; the finder of names takes them for a list of common words.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from digest.text import words
from digest.topics.subjects import TOP_LEVEL
from digest.topics.terms import stem


@dataclass(frozen=True, slots=True)
class MediaTopic:
    """A topic of the vocabulary, of any level."""

    top: int
    """Index into `TOP_LEVEL` of the topic above it, or of itself."""
    label: str
    definition: str


@cache
def lexicon() -> Mapping[str, tuple[int, ...]]:
    """Return the terms of the lexicon, as written, with the indexes of the topics they stand under."""
    codes = {subject.code: index for index, subject in enumerate(TOP_LEVEL)}
    found: defaultdict[str, list[int]] = defaultdict(list)
    index = 0
    for line in _lines("lexicon.txt"):
        if line.startswith("["):
            index = codes[line.strip("[]")]
        elif not line.startswith("#"):
            for written in filter(None, map(str.strip, line.split(","))):
                found[written].append(index)
    return {written: tuple(indexes) for written, indexes in found.items()}


@cache
def media_topics() -> tuple[MediaTopic, ...]:
    """Return all topics of the vocabulary in the order of the table."""
    indexes = {subject.code.removeprefix("medtop:"): index for index, subject in enumerate(TOP_LEVEL)}
    rows = (line.split("\t") for line in _lines("media_topics.tsv"))
    return tuple(MediaTopic(indexes[top], label, definition) for _, top, label, definition in rows)


@cache
def common_stems() -> frozenset[str]:
    """Return the stems of all words that the lexicon has alone, or that a label or definition uses."""
    listed = {term for term in lexicon() if " " not in term}
    used = (words(f"{topic.label} {topic.definition}") for topic in media_topics())
    return frozenset(map(stem, listed.union(*used)))


def _lines(name: str) -> Iterable[str]:
    text = (resources.files("digest.topics") / name).read_text("utf-8")
    return (line for line in text.splitlines() if line.strip())
