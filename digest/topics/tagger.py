"""
Articles in, topics out: which of the 17 top-level Media Topics fit, and how sure that is.

A linear model weighs the words and pairs of words of an article for each topic (`weights`). How often the leading
topic is right follows from how clearly it leads: its lead counts for less, the fewer words make it (Platt 1999,
"Probabilistic outputs for support vector machines"); the other topics share what it leaves.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from digest.model import Article, Topic
from digest.text.lexicon import primary
from digest.topics.subjects import TOP_LEVEL
from digest.topics.terms import counted, written
from digest.topics.weights import Evidence, clearness, evidence, spreads, weights

VERSION = 6
"""Changes with whatever changes a topic or keyword: remembered ones are then made again."""

THRESHOLD = 0.8
"""Confidence that the main topic needs; held-out articles of known and unknown sources chose it."""

# A further topic fits when it has this share of the main one's evidence.
FURTHER = 0.4
# Terms that an article needs: a word alone may be of its page and not of its subject.
FEWEST = 5
MOST_TOPICS = 3

# Halvings in which the sharpness of the shares is found: then the leader's share is right to six digits.
HALVINGS = 26


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A word or pair of words of an article that bears on a topic."""

    words: str
    """In lower case, as they first stand in the article."""
    weight: float
    """What they add to the topic's evidence; above 0 speaks for it, below against."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """Why a topic was given to an article, or was not."""

    topic: Topic
    speaking_for: tuple[Reason, ...]
    """Strongest first."""
    speaking_against: tuple[Reason, ...]
    """Strongest first."""


def score(title: str, text: str) -> tuple[Topic, ...]:
    """
    Return every top-level topic with its confidence, best first.

    Args:
        title: Headline, or empty.
        text: English text of the article; paragraphs in any layout, the lede first.

    Returns:
        17 topics whose scores lie in [0, 1] and sum to about 1. The first one's score is how often such an
        answer is right.
    """
    return _ranked([evidence(counted(title, text))])


def tag(articles: Sequence[Article], *, threshold: float = THRESHOLD) -> tuple[Topic, ...]:
    """
    Return the topics that fit a story, main one first; none when unsure.

    Only English articles are read, because the weights are learnt from English: a story without any has no topics.

    Args:
        articles: All articles of the story, in any order; each has the same say.
        threshold: Confidence in [0, 1] that the main topic needs; at 0 there always is one.

    Raises:
        ValueError: *threshold* is outside [0, 1].
    """
    if not 0 <= threshold <= 1:
        raise ValueError(f"threshold must be in [0, 1], got {threshold}")
    return sure(leaning(articles, fewest=FEWEST if threshold > 0 else 0), threshold=threshold)


def leaning(articles: Sequence[Article], *, fewest: int = FEWEST) -> tuple[Topic, ...]:
    """
    Return the topics that fit a story best, main one first, however unsure that is.

    Args:
        articles: All articles of the story, in any order; each has the same say.
        fewest: Known terms that one of the articles must have; with fewer there is no topic.
    """
    each = [_read(article) for article in articles if is_readable(article.language)]
    if not each or max(len(found.terms) for found in each) < fewest:
        return ()
    sums = _means(each)
    main, *others = _ranked(each)
    enough = max(FURTHER * max(sums), 0.0)
    by_code = dict(zip((subject.code for subject in TOP_LEVEL), sums, strict=True))
    return (main, *(topic for topic in others[: MOST_TOPICS - 1] if by_code[topic.code] > enough))


def sure(topics: tuple[Topic, ...], *, threshold: float = THRESHOLD) -> tuple[Topic, ...]:
    """Return *topics* as they are when the first of them has the confidence that it needs, else none."""
    return topics if topics and topics[0].score >= threshold else ()


def is_readable(language: str) -> bool:
    """Return whether articles in a language (BCP 47 tag) get topics."""
    return primary(language) == "en"


def reasons(title: str, text: str, *, limit: int = 8) -> tuple[Reasons, ...]:
    """
    Return for every top-level topic, best first, the words that spoke for and against it.

    Args:
        title: Headline, or empty.
        text: English text of the article, the lede first.
        limit: Reasons at most on either side of a topic.
    """
    found = evidence(counted(title, text))
    forms = written(title, text)
    indexes = {subject.code: index for index, subject in enumerate(TOP_LEVEL)}
    given = []
    for topic in _ranked([found]):
        shares = found.shares[:, indexes[topic.code]]
        weighed = [
            Reason(words=forms[term], weight=round(float(share), 6))
            for term, share in zip(found.terms, shares, strict=True)
        ]
        speaking_for = sorted((r for r in weighed if r.weight > 0), key=lambda r: (-r.weight, r.words))
        against = sorted((r for r in weighed if r.weight < 0), key=lambda r: (r.weight, r.words))
        given.append(
            Reasons(topic=topic, speaking_for=tuple(speaking_for[:limit]), speaking_against=tuple(against[:limit]))
        )
    return tuple(given)


def _read(article: Article) -> Evidence:
    return evidence(counted(article.headline, article.text))


def _ranked(each: Sequence[Evidence]) -> tuple[Topic, ...]:
    """
    Return the topics of articles together with shares of 1, in the order of their evidence.

    The leader's share is its confidence. Articles on one story say much the same: several are no surer than one.
    """
    sums = _means(each)
    leader = max(range(len(sums)), key=lambda index: (sums[index], -index))
    spread = sum(spreads(found.shares, leader) for found in each) / len(each)
    fitted = weights().confidence
    sureness = fitted.base + fitted.clear * clearness(sums, spread, leader)
    shares = _shares([total - sums[leader] for total in sums], 1 / (1 + math.exp(-sureness)))
    topics = (
        Topic(code=subject.code, label=subject.label, score=round(share, 6))
        for subject, share in zip(TOP_LEVEL, shares, strict=True)
    )
    return tuple(sorted(topics, key=lambda topic: (-topic.score, topic.code)))


def _means(each: Sequence[Evidence]) -> list[float]:
    """Return the mean evidence for each topic."""
    return [math.fsum(column) / len(each) for column in zip(*(found.sums for found in each), strict=True)]


def _shares(behind: Sequence[float], confidence: float) -> list[float]:
    """Return the softmax of *behind*, all at most 0, so sharp that the leader has *confidence*."""
    low, high = 0.0, 64.0
    for _ in range(HALVINGS):
        sharpness = (low + high) / 2
        if sum(math.exp(sharpness * value) for value in behind) * confidence > 1:
            low = sharpness
        else:
            high = sharpness
    parts = [math.exp(high * value) for value in behind]
    total = math.fsum(parts)
    return [part / total for part in parts]
