"""
Articles in, topics out: a likeness of their words to the profiles of the 17 top-level Media Topics.

Each known term speaks for its topics by its weight in their profiles and the logarithm of its use,
where headline and lede count more (the term weighting of Salton & Buckley 1988). The sums, divided by the
length of the article's own term vector as a cosine is, go through a softmax to confidences.
"""

import math
from collections import Counter
from collections.abc import Sequence

from digest.model import Article, Topic
from digest.topics.profiles import profiles
from digest.topics.subjects import TOP_LEVEL

VERSION = 1
"""Changes with whatever changes a topic or keyword: remembered ones are then made again."""

THRESHOLD = 0.8
"""Confidence from which the main topic is right about five times in six."""

# A further topic fits when it leads among those left, and has this share of the main one's evidence.
FURTHER = 0.5
EVIDENCE = 0.25
MOST_TOPICS = 3

# How much a word counts by where it stands.
HEADLINE_USES = 3
LEDE_USES = 2
LEDE_LENGTH = 400  # characters
READ_LENGTH = 3000  # characters: what comes later says little new

# Fitted together on labelled news, for confidences that come true; HOLD keeps a few words from sounding sure.
HOLD = 2.0
SHARPNESS = 6.0


def score(title: str, text: str) -> tuple[Topic, ...]:
    """
    Return every top-level topic with its confidence, best first.

    Args:
        title: Headline, or empty.
        text: English text of the article; paragraphs in any layout, the lede first.

    Returns:
        17 topics whose scores lie in [0, 1] and sum to about 1; all alike when no word is known.
    """
    return _ranked(_evidence(title, text))


def tag(articles: Sequence[Article], *, threshold: float = THRESHOLD) -> tuple[Topic, ...]:
    """
    Return the topics that fit a story, main one first; none when unsure.

    Only English articles are read, because the profiles are English: a story without any has no topics.

    Args:
        articles: All articles of the story, in any order; each has the same say.
        threshold: Confidence in [0, 1] that the main topic needs; at 0 there always is one.

    Raises:
        ValueError: *threshold* is outside [0, 1].
    """
    if not 0 <= threshold <= 1:
        raise ValueError(f"threshold must be in [0, 1], got {threshold}")
    each = [
        _evidence(article.headline, "\n".join(p.text for p in article.paragraphs))
        for article in articles
        if article.language.partition("-")[0].casefold() == "en"
    ]
    if not each:
        return ()
    evidence = [math.fsum(column) / len(each) for column in zip(*each, strict=True)]
    main, *others = _ranked(evidence)
    if main.score < threshold:
        return ()
    by_code = dict(zip((subject.code for subject in TOP_LEVEL), evidence, strict=True))
    found = [main]
    left = 1 - main.score
    for topic in others[: MOST_TOPICS - 1]:
        if topic.score < FURTHER * left or by_code[topic.code] < EVIDENCE * by_code[main.code]:
            break
        found.append(topic)
        left -= topic.score
    return tuple(found)


def _evidence(title: str, text: str) -> list[float]:
    """Return what speaks for each topic, in the order of `TOP_LEVEL`; comparable between articles."""
    known = profiles()
    uses: Counter[tuple[str, ...]] = Counter()
    for part, count in (
        (title, HEADLINE_USES),
        (text[:LEDE_LENGTH], LEDE_USES),
        (text[LEDE_LENGTH:READ_LENGTH], 1),
    ):
        for term in known.terms(part):
            uses[term] += count
    sums = [0.0] * len(TOP_LEVEL)
    squares = 0.0
    for term, count in uses.items():
        strength = 1 + math.log(count)
        squares += strength * strength
        for index, weight in known.weights[term]:
            sums[index] += strength * weight
    return [total / (math.sqrt(squares) + HOLD) for total in sums]


def _ranked(evidence: Sequence[float]) -> tuple[Topic, ...]:
    peak = max(evidence)
    parts = [math.exp(SHARPNESS * (value - peak)) for value in evidence]
    total = math.fsum(parts)
    topics = (
        Topic(code=subject.code, label=subject.label, score=round(part / total, 6))
        for subject, part in zip(TOP_LEVEL, parts, strict=True)
    )
    return tuple(sorted(topics, key=lambda topic: (-topic.score, topic.code)))
