"""
One telling in, the story that it makes out, or why it may not be shown.

Whether there is room for a story is decided later, of all of them together.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from digest.edition.choose import Importance
from digest.edition.corrected import leaving, put_right, without
from digest.edition.discretion import articles_in, publishable
from digest.edition.filing import filed, refiled
from digest.edition.growth import latest, new_story, retold
from digest.edition.rules import Dropped, Rule, Verdict, judge
from digest.model import Article, Correction, Corrections, Memory, Story, Telling

Outcome = Literal["shown", "still going", "left out", "dropped", "too old", "closed", "hidden", "retracted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What an edition did with a story, and why."""

    outcome: Outcome
    reason: str
    """In words, without a full stop."""
    importance: Importance | None = None
    """None where it does not matter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What every telling is judged by."""

    now: datetime
    """Moment of the build, aware, UTC, whole seconds."""
    opened: datetime
    """When the edition opened."""
    window: timedelta
    """How old an article of a feed may be, when the edition opens, to be news."""
    memory: Memory
    last: Mapping[str, Story]
    """Id → last state of each story of the memory."""
    standing: Mapping[str, Story]
    """Id → story, for those that the open edition shows."""
    rules: Sequence[Rule]
    corrections: Corrections


class Told(NamedTuple):
    """A story that may be shown."""

    story: Story
    verdict: Verdict
    """Of the reader's rules."""
    parts: tuple[Story, ...]
    """Stories that become part of it, as they were last shown."""


def told(telling: Telling, desk: Desk) -> Told | Fate:
    """Return the story that a telling makes now, or the fate of one that may not be shown."""
    forbidden = _forbidden(telling, desk)
    if forbidden is not None:
        return forbidden
    correction = _correction(telling, desk)
    wanted = put_right(filed(publishable(telling), last=desk.last.get(telling.cluster.id)), correction)
    is_filed = correction is not None and correction.topics is not None
    # What is filed by hand is filed by no rule.
    rules = [rule for rule in desk.rules if not (is_filed and rule.action == "file")]
    topics = [topic.code for topic in wanted.topics]
    verdict = judge(_articles(telling), rules, topics=topics, opened=desk.opened)
    refused = _refused(telling, verdict, desk)
    if refused is not None:
        return refused
    parts = _parts(telling, desk)
    return Told(_story(refiled(wanted, verdict.topics), parts, desk), verdict, parts)


def kept_out(telling: Telling, fate: Fate, desk: Desk) -> Iterator[Dropped]:
    """Yield what the owner is told of a telling that may not be shown."""
    if fate.outcome in ("dropped", "hidden"):
        yield Dropped(headline=telling.headline, rule=fate.reason)
    if fate.outcome == "retracted":
        known = {article.key for article in articles_in(desk.last[telling.cluster.id].coverage)}
        for article in _articles(telling):
            if article.key not in known:
                yield Dropped(headline=article.headline, rule=fate.reason)


def _forbidden(telling: Telling, desk: Desk) -> Fate | None:
    """Return why a story may not be shown, whatever the rules say."""
    last = desk.last.get(telling.cluster.id)
    correction = desk.corrections.stories.get(telling.cluster.id)
    if correction and correction.hidden:
        return Fate(outcome="hidden", reason=f"{correction.name}.hide")
    if last is None and any(article.key in desk.memory.shown for article in _articles(telling)):
        return Fate(outcome="closed", reason="it was shown, has had no news since, and never changes again")
    if last is not None and last.change.kind == "retracted":
        return Fate(outcome="retracted", reason="its story was retracted")
    return None


def _refused(telling: Telling, verdict: Verdict, desk: Desk) -> Fate | None:
    """Return why window or rules keep a story out."""
    cluster = telling.cluster
    if cluster.id not in desk.last and not (verdict.must_carry or _is_news(telling, desk)):
        return Fate(outcome="too old", reason="all its articles are of feeds and older than `edition.window`")
    if verdict.dropped_by and desk.standing.keys().isdisjoint((cluster.id, *cluster.merged)):
        return Fate(outcome="dropped", reason=verdict.dropped_by)
    return None


def _is_news(telling: Telling, desk: Desk) -> bool:
    """Files are always admitted; of what feeds alone carry, only what the window held at the opening."""
    if not all(article.source.feed for article in _articles(telling)):
        return True
    return desk.opened - latest(telling.cluster.coverage) <= desk.window


def _parts(telling: Telling, desk: Desk) -> tuple[Story, ...]:
    """Return the shown stories that become part of another one, without what their owner takes out of them."""
    cluster = telling.cluster
    shown = (desk.last[part] for part in cluster.merged if part in desk.last)
    return tuple(without(part, leaving(part, desk.corrections, into=cluster.id)) for part in shown)


def _correction(telling: Telling, desk: Desk) -> Correction | None:
    """Return what is put right of a story; what is put right of a part is put right of the whole."""
    names = (telling.cluster.id, *telling.cluster.merged)
    return next((desk.corrections.stories[name] for name in names if name in desk.corrections.stories), None)


def _story(telling: Telling, parts: Sequence[Story], desk: Desk) -> Story:
    """Return the story that a publishable telling makes now."""
    last = desk.last.get(telling.cluster.id)
    if last is None:
        return new_story(telling, now=desk.now)
    gone = leaving(last, desk.corrections)
    return retold(
        without(last, gone),
        telling,
        now=desk.now,
        standing=desk.standing.keys(),
        others=parts,
        is_put_right=bool(gone),
    )


def _articles(telling: Telling) -> Iterator[Article]:
    return articles_in(telling.cluster.coverage)
