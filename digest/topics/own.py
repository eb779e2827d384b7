"""
A topic of the owner's and articles in, whether a story is on it out.

The owner gives words, examples, or both. A word or phrase holds for an article that has it in its headline, or twice in
its text, in any language. Examples hold for articles whose terms resemble theirs: the cosine of an article's terms,
weighted by uses and rarity, with the mean of the examples' (Rocchio 1971, "Relevance feedback in information
retrieval"). Examples are of use in English only, because rarity is counted there. Each article of a story has the same
say.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from digest.model import Article, Topic
from digest.text import phrase
from digest.topics.tagger import Reason, is_readable
from digest.topics.terms import LATELY, written
from digest.topics.weights import vector

ALIKE = 0.18
"""Likeness to the examples from which a story is on their topic; labelled articles chose it."""
USES = 2
"""How often a text must use a phrase that its headline does not have."""
MOST_TERMS = 2000
"""Terms of the examples that are kept, the weightiest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTopic:
    """A topic as its owner describes it."""

    code: str
    label: str
    phrases: tuple[str, ...] = ()
    """As `digest.text.phrase` spells them."""
    profile: Mapping[str, float]
    """Term of the examples → its weight in their mean, which has length 1; empty without examples."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnReasons:
    """Why a story is on a topic of the owner's, or is not."""

    topic: Topic
    is_on: bool
    said: tuple[str, ...]
    """The owner's phrases that hold."""
    alike: tuple[Reason, ...]
    """What it has in common with the examples, weightiest first."""


def own_topic(
    code: str, label: str, *, words: Iterable[str] = (), examples: Iterable[tuple[str, str]] = ()
) -> OwnTopic:
    """
    Learn a topic.

    Args:
        code: Of the topic.
        label: Its name.
        words: Words and phrases, as the owner writes them.
        examples: Title and English text of articles that are on it.
    """
    return OwnTopic(code=code, label=label, phrases=tuple(map(phrase, words)), profile=_profile(examples))


def own_topics_of(articles: Sequence[Article], own: Iterable[OwnTopic]) -> tuple[Topic, ...]:
    """
    Return those of the owner's topics that a story is on, in the order given.

    One that holds by words in at least half of the articles is sure; the score of another is its likeness.
    """
    return tuple(topic for each in own if (topic := _judged(each, articles)) is not None)


def own_reasons(articles: Sequence[Article], own: Iterable[OwnTopic], *, limit: int = 8) -> tuple[OwnReasons, ...]:
    """Return what speaks for each of the owner's topics, in the order given, with *limit* terms at most."""
    return tuple(_reasons(articles, each, limit) for each in own)


def _judged(own: OwnTopic, articles: Sequence[Article]) -> Topic | None:
    if own.phrases and 2 * sum(bool(_said(article, own)) for article in articles) >= len(articles) > 0:
        return Topic(code=own.code, label=own.label, score=1.0)
    alike = round(math.fsum(_shares(articles, own).values()), 6)
    return Topic(code=own.code, label=own.label, score=alike) if alike >= ALIKE else None


def _said(article: Article, own: OwnTopic) -> tuple[str, ...]:
    """Return the phrases that hold for an article."""
    headline, text = _spoken(article.headline), _spoken(article.text)
    return tuple(p.strip() for p in own.phrases if p in headline or text.count(p) >= USES)


@lru_cache(LATELY)
def _spoken(text: str) -> str:
    return phrase(text)


def _shares(articles: Sequence[Article], own: OwnTopic) -> Mapping[str, float]:
    """Return the terms that a story has in common with the examples, with what they add to its likeness."""
    read = [article for article in articles if is_readable(article.language)]
    shares: dict[str, float] = {}
    for article in read if own.profile else ():
        for term, weight in vector(article.headline, article.text).items():
            if term in own.profile:
                shares[term] = shares.get(term, 0.0) + weight * own.profile[term] / len(read)
    return shares


def _reasons(articles: Sequence[Article], own: OwnTopic, limit: int) -> OwnReasons:
    topic = _judged(own, articles)
    shares = {term: round(share, 6) for term, share in _shares(articles, own).items()}
    strongest = sorted(shares, key=lambda term: (-shares[term], term))[:limit]
    forms = {term: form for article in articles for term, form in written(article.headline, article.text).items()}
    alike = Topic(code=own.code, label=own.label, score=round(math.fsum(shares.values()), 6))
    return OwnReasons(
        topic=topic or alike,
        is_on=topic is not None,
        said=tuple(dict.fromkeys(phrase for article in articles for phrase in _said(article, own))),
        alike=tuple(Reason(words=forms[term], weight=shares[term]) for term in strongest),
    )


def _profile(examples: Iterable[tuple[str, str]]) -> Mapping[str, float]:
    """Return the weightiest terms of the examples' mean, which all together have length 1."""
    total: dict[str, float] = {}
    for title, text in examples:
        for term, weight in vector(title, text).items():
            total[term] = total.get(term, 0.0) + weight
    length = math.sqrt(math.fsum(weight**2 for weight in total.values())) or 1.0
    shares = {term: round(weight / length, 6) for term, weight in total.items()}
    return dict(sorted(shares.items(), key=lambda share: (-share[1], share[0]))[:MOST_TERMS])
