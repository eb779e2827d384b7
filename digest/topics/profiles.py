"""
Packaged word lists in, topic profiles out: which words and phrases speak for which topic.

Two lists make a profile. The labels and definitions of all Media Topics below a top-level topic
(`media_topics.tsv`) say how its makers see it; a lexicon written by hand (`lexicon.txt`) says how
newspapers write about it, and counts for more.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from digest.text import stop_words, words
from digest.topics.subjects import TOP_LEVEL

Term = tuple[str, ...]
"""One stemmed word, or the words of a phrase."""

# What a word of a definition may count for, where a term of the lexicon counts 1.
DEFINITION = 0.4
# Uses a word of a definition needs to count for half of that: rare words are chance.
HALF_SURE = 3
# Added to the number of a topic's descendants, so that the small ones do not own every word they use.
SMALL_TOPIC = 10

_NOTE = re.compile(r"\([^)]*\)")
_HISSING = ("sses", "xes", "ches", "shes", "zes")


@dataclass(frozen=True, slots=True)
class Profiles:
    """All that the topics are told by."""

    weights: Mapping[Term, tuple[tuple[int, float], ...]]
    """Term → (index into `TOP_LEVEL`, weight in (0, 2)) of the topics it speaks for."""
    starting: Mapping[str, tuple[Term, ...]]
    """First word → the terms that begin with it, longest first."""

    def terms(self, text: str) -> Iterator[Term]:
        """Yield the known terms of *text* in order; a phrase takes its words with it."""
        stems = tuple(stem(word) for word in words(text))
        at = 0
        while at < len(stems):
            found = next((t for t in self.starting.get(stems[at], ()) if stems[at : at + len(t)] == t), None)
            if found:
                yield found
            at += len(found) if found else 1


@cache
def profiles() -> Profiles:
    """Return the profiles; the first call reads them from the package's data."""
    weights: dict[Term, dict[int, float]] = {
        term: dict.fromkeys(indexes, 1 / len(indexes)) for term, indexes in _lexicon().items()
    }
    for term, shares in _definitions().items():
        by_topic = weights.setdefault(term, {})
        for index, share in shares.items():
            by_topic[index] = by_topic.get(index, 0.0) + DEFINITION * share
    starting: defaultdict[str, list[Term]] = defaultdict(list)
    for term in weights:
        starting[term[0]].append(term)
    return Profiles(
        weights={term: tuple(sorted(by_topic.items())) for term, by_topic in weights.items()},
        starting={first: tuple(sorted(terms, key=lambda t: (-len(t), t))) for first, terms in starting.items()},
    )


@cache
def stem(word: str) -> str:
    """Return *word* without its commonest English endings: good enough to tell that two words are kin."""
    word = word.removesuffix("'s")
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif word.endswith(_HISSING):
        word = word[:-2]
    elif len(word) > 3 and word.endswith("s") and word[-2] not in "su'i":
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word.removesuffix(ending)
            doubled = word[-1] == word[-2] and word[-1] not in "lsz"
            word = word[:-1] if doubled else word
            break
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


def _lexicon() -> Mapping[Term, Sequence[int]]:
    """Return the terms of the lexicon with the indexes of the topics they stand under."""
    codes = {subject.code: index for index, subject in enumerate(TOP_LEVEL)}
    found: defaultdict[Term, list[int]] = defaultdict(list)
    index = 0
    for line in _lines("lexicon.txt"):
        if line.startswith("["):
            index = codes[line.strip("[]")]
        elif not line.startswith("#"):
            for written in line.split(","):
                term = tuple(stem(word) for word in written.split())
                if term and index not in found[term]:
                    found[term].append(index)
    return found


def _definitions() -> Mapping[Term, Mapping[int, float]]:
    """
    Return for each word of the vocabulary how far it speaks for each topic, values in [0, 1].

    That is the square of the topic's share of the word's uses: a word used everywhere says nothing.
    A label of several words is a term too, and speaks for its topic in full.
    """
    numbers = {subject.code.removeprefix("medtop:"): index for index, subject in enumerate(TOP_LEVEL)}
    uses: defaultdict[Term, Counter[int]] = defaultdict(Counter)
    sizes: Counter[int] = Counter()
    labels: dict[Term, Mapping[int, float]] = {}
    stops = stop_words("en")
    for line in _lines("media_topics.tsv"):
        _, top, label, definition = line.split("\t")
        index = numbers[top]
        sizes[index] += 1
        for word in {stem(word) for word in words(f"{label} {definition}") if word not in stops}:
            uses[word,][index] += 1
        term = tuple(stem(word) for word in words(_NOTE.sub("", label)))
        if len(term) > 1:
            labels[term] = {index: 1.0}
    return {term: _shares(counted, sizes) for term, counted in uses.items()} | labels


def _shares(uses: Mapping[int, int], sizes: Mapping[int, int]) -> Mapping[int, float]:
    rates = {index: n / (sizes[index] + SMALL_TOPIC) for index, n in uses.items()}
    total = sum(rates.values())
    sureness = sum(uses.values()) / (sum(uses.values()) + HALF_SURE)
    return {index: (rate / total) ** 2 * sureness for index, rate in rates.items()}


def _lines(name: str) -> Iterable[str]:
    text = (resources.files("digest.topics") / name).read_text("utf-8")
    return (line for line in text.splitlines() if line.strip())
