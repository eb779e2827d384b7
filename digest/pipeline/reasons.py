"""
A telling in, why it is told as it is out: what ties its articles together, sentence by sentence, topic by topic.

The stages give their own reasons; nothing is decided here a second time.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from digest import summarize, topics
from digest.cluster import THRESHOLD
from digest.cluster.reasons import Bond, bonds
from digest.model import Article, Telling, Topic
from digest.settings import Settings
from digest.topics import OwnReasons, OwnTopic, Reason

WORDS = 6
"""Words that are named for a topic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A topic of a story, and the words that speak for it in all its articles together."""

    topic: Topic
    words: tuple[str, ...]
    """Strongest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """Why a story is told as it is."""

    bonds: tuple[Bond, ...]
    """What ties each article to the story; none when there is only one."""
    bound: float
    """The average likeness that makes one story."""
    sentences: tuple[summarize.Judged, ...] | None
    """All that were read; None when a summarizer of one's own chose, which tells no reasons."""
    topics: tuple[Spoken, ...]
    """As the tagger found them, whatever the owner put right."""
    suggested: tuple[Topic, tuple[Reason, ...]] | None
    """What is suggested below the first of them, and why."""
    own: tuple[OwnReasons, ...]
    """One for each topic of the owner's, in the order of the settings."""


def reasons(telling: Telling, settings: Settings, own: Sequence[OwnTopic] = ()) -> Reasons:
    """Return why a story is told as it is; *own* are the topics that the owner adds."""
    cluster, method = telling.cluster, settings.summary.method
    limit = summarize.Limit(sentences=settings.summary.sentences)
    articles = [text.article for text in cluster.coverage]
    return Reasons(
        bonds=bonds(cluster.coverage),
        bound=THRESHOLD,
        sentences=None if ":" in method else summarize.explain(cluster, limit, method=method),
        topics=_spoken(telling.topics, articles),
        suggested=topics.suggestion_reasons(articles, telling.topics[0], limit=WORDS) if telling.topics else None,
        own=topics.own_reasons(articles, own, limit=WORDS),
    )


def _spoken(found: Sequence[Topic], articles: Sequence[Article]) -> tuple[Spoken, ...]:
    """Return what speaks for each of the topics that were found, in their order."""
    weights: dict[str, Counter[str]] = {topic.code: Counter() for topic in found}
    for article in articles if found else ():
        if topics.is_readable(article.language):
            for each in topics.reasons(article.headline, article.text):
                if each.topic.code in weights:
                    weights[each.topic.code].update({one.words: one.weight for one in each.speaking_for})
    return tuple(
        Spoken(
            topic=topic,
            words=tuple(sorted(weights[topic.code], key=lambda words: (-weights[topic.code][words], words))[:WORDS]),
        )
        for topic in found
    )
