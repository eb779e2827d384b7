"""
Packaged lists in, what they say of words out: which topics a word speaks for in the eyes of people.

A lexicon written by hand (`lexicon.txt`) says how newspapers write about each top-level topic, another (`second.txt`)
how they write about some of the second level; the labels and definitions of all Media Topics (`media_topics.tsv`) say
how the makers of the vocabulary see them. The tagger's weights are learnt from the first and the last; the finder of
names takes these for a list of common words.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from digest.text import words
from digest.topics.subjects import TOP_LEVEL
from digest.topics.terms import stem


@dataclass(frozen=True, slots=True)
class MediaTopic:
    """A topic of the vocabulary, of any level."""

    code: str
    """Media topic id, e.g. `medtop:20000574`."""
    top: int
    """Index into `TOP_LEVEL` of the topic above it, or of itself."""
    label: str
    definition: str


@cache
def lexicon() -> Mapping[str, tuple[int, ...]]:
    """Return the terms of the lexicon, as written, with the indexes of the topics they stand under."""
    codes = {subject.code: index for index, subject in enumerate(TOP_LEVEL)}
    found: defaultdict[str, list[int]] = defaultdict(list)
    for section, written in _sections("lexicon.txt"):
        found[written].append(codes[section])
    return {written: tuple(indexes) for written, indexes in found.items()}


def second_level() -> Mapping[str, tuple[str, ...]]:
    """Return the terms of the subjects of the second level, as written, by code of the subject."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for section, written in _sections("second.txt"):
        found[f"medtop:{section.partition(' ')[0]}"].append(written)
    return {code: tuple(terms) for code, terms in found.items()}


@cache
def media_topics() -> tuple[MediaTopic, ...]:
    """Return all topics of the vocabulary in the order of the table."""
    indexes = {subject.code.removeprefix("medtop:"): index for index, subject in enumerate(TOP_LEVEL)}
    rows = (line.split("\t") for line in _lines("media_topics.tsv"))
    return tuple(MediaTopic(f"medtop:{code}", indexes[top], label, definition) for code, top, label, definition in rows)


@cache
def common_stems() -> frozenset[str]:
    """Return the stems of all words that the lexicon has alone, or that a label or definition uses."""
    listed = {term for term in lexicon() if " " not in term}
    used = (words(f"{topic.label} {topic.definition}") for topic in media_topics())
    return frozenset(map(stem, listed.union(*used)))


def _sections(name: str) -> Iterator[tuple[str, str]]:
    """Yield every term of a list, as written, with the heading that it stands under."""
    section = ""
    for line in _lines(name):
        if line.startswith("["):
            section = line.strip("[]")
        elif not line.startswith("#"):
            yield from ((section, written) for written in filter(None, map(str.strip, line.split(","))))


def _lines(name: str) -> Iterable[str]:
    text = (resources.files("digest.topics") / name).read_text("utf-8")
    return (line for line in text.splitlines() if line.strip())
