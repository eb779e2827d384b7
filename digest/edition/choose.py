"""
Who gets in: the most important stories that there is room for, and all that stand already or must be carried.

Importance is log2(1 + independent sources, each with the reader's boost) plus freshness, which halves every three
days, times the factors of the reader's rules. Age is counted to the edition's opening, so that the order moves with
the news and not with the hour.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log2
from typing import NamedTuple

from digest.edition.growth import latest
from digest.edition.rules import Verdict
from digest.model import Omission, Story

FRESHNESS_HALF_LIFE = timedelta(days=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Importance:
    """What a story weighs, term by term."""

    sources: tuple[tuple[str, float], ...]
    """Name and boost of every independent source, in the order of their first articles."""
    breadth: float
    """log2(1 + sum of the boosts)."""
    freshness: float
    """In [0, 1]."""
    boost: float
    """Factor of the reader's rules."""
    rules: tuple[str, ...]
    """Names of the rules that boost or carry it."""

    @property
    def total(self) -> float:
        """The sum times the factor; 6 digits, so that ties are ties on every machine."""
        return round(self.boost * (self.breadth + self.freshness), 6)


class Candidate(NamedTuple):
    """A story that may stand in the edition."""

    story: Story
    is_certain: bool
    """Whether it is in whatever the limits say: the open edition has shown it, or a rule carries it."""
    importance: Importance


def choose(
    candidates: Iterable[Candidate], *, max_stories: int, max_per_source: int
) -> tuple[tuple[Story, ...], dict[str, Omission]]:
    """
    Divide the candidates into those that are shown and those that are left out.

    Returns:
        The stories to show, most important first, and story id → line of what is left out, in
        the same order.
    """
    ranked = sorted(candidates, key=lambda c: (-c.importance.total, c.story.id))
    chosen: list[Story] = []
    left_out: dict[str, Omission] = {}
    alone: Counter[str] = Counter()
    for story, is_certain, _ in ranked:
        feed = _only_feed(story)
        if not is_certain and len(chosen) >= max_stories:
            left_out[story.id] = _omission(story, f"an edition holds at most {max_stories}")
        elif not is_certain and feed and alone[feed] >= max_per_source:
            left_out[story.id] = _omission(story, f"{max_per_source} stories rest on this source alone")
        else:
            chosen.append(story)
            if feed:
                alone[feed] += 1
    return tuple(chosen), left_out


def importance(story: Story, verdict: Verdict, *, opened: datetime) -> Importance:
    """Weigh a story, judged by the reader's rules, in the edition that opened at that moment."""
    boosts: dict[str, float] = {}
    names: dict[str, str] = {}
    for source in (text.article.source for text in story.coverage):
        boosts[source.id] = max(source.boost, boosts.get(source.id, 0.0))
        names.setdefault(source.id, source.name)
    age = max(opened - latest(story.coverage), timedelta())
    return Importance(
        sources=tuple((names[source], boost) for source, boost in boosts.items()),
        breadth=log2(1 + sum(boosts.values())),
        freshness=0.5 ** (age / FRESHNESS_HALF_LIFE),
        boost=verdict.boost,
        rules=verdict.noted,
    )


def _only_feed(story: Story) -> str | None:
    """Return the id of the feed that a story rests on alone, if it does."""
    feeds = {text.article.source.id if text.article.source.feed else None for text in story.coverage}
    return feeds.pop() if len(feeds) == 1 else None


def _omission(story: Story, reason: str) -> Omission:
    articles = [text.article for text in story.coverage]
    article = next((a for a in articles if a.headline == story.headline), articles[0])
    return Omission(
        headline=story.headline,
        language=story.language,
        source=article.source.name,
        url=article.url,
        reason=reason,
    )
