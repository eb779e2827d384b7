"""
Tellings, memory, the reader's rules and the owner's corrections in, the open edition out.

A story is shown as new once; it is shown again only when it grew or was corrected. What an
edition has shown stays in it. Ranking, templates, a new cleaner and reprints move no date. What the owner puts right
wins over all that: see `corrected`.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Literal, NamedTuple

from digest.edition.choose import Candidate, Importance, choose, importance
from digest.edition.corrected import (
    as_wanted,
    hidden,
    is_hidden,
    leaving,
    published,
    put_right,
    restated,
    retract,
    silenced,
    without,
)
from digest.edition.discretion import articles_in, publishable
from digest.edition.growth import STAYS_OPEN, corrected, is_open, latest, new_story, retold
from digest.edition.rules import Dropped, Rule, Verdict, admit, host, judge, phrase
from digest.model import Article, Corrections, Edition, Memory, Mention, Rejection, Story, Telling

__all__ = [
    "STAYS_OPEN",
    "Dropped",
    "Edited",
    "Fate",
    "Importance",
    "Period",
    "Rule",
    "admit",
    "articles_in",
    "as_wanted",
    "edit",
    "hidden",
    "host",
    "is_hidden",
    "is_open",
    "period",
    "phrase",
    "published",
    "restated",
    "retract",
    "silenced",
]

Outcome = Literal["shown", "still going", "left out", "dropped", "too old", "closed", "hidden", "retracted"]
_NOTHING = Corrections()


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The day an edition is named after, and the closing at which it opened."""

    id: str
    opened: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What an edition did with a story, and why."""

    outcome: Outcome
    reason: str
    """In words, without a full stop."""
    importance: Importance | None = None
    """None where it does not matter."""


class Edited(NamedTuple):
    """An edition, what was kept out of it, and what became of each story by id."""

    edition: Edition
    dropped: tuple[Dropped, ...]
    fates: Mapping[str, Fate]


def period(now: datetime, *, closes: time, timezone: tzinfo) -> Period:
    """
    Return the edition that is open at *now*.

    Args:
        now: Aware.
        closes: Wall-clock time in *timezone* at which each edition closes and the next one opens.
        timezone: Where the reader lives; a closing that summer time skips or repeats happens once.
    """
    day = now.astimezone(timezone).date()
    opened = datetime.combine(day, closes, timezone).astimezone(UTC)
    if opened > now:
        day -= timedelta(days=1)
        opened = datetime.combine(day, closes, timezone).astimezone(UTC)
    return Period(id=day.isoformat(), opened=opened)


def edit(
    tellings: Iterable[Telling],
    *,
    memory: Memory,
    now: datetime,
    current: Period,
    title: str,
    max_stories: int,
    max_per_source: int,
    window: timedelta,
    rules: Sequence[Rule] = (),
    corrections: Corrections = _NOTHING,
    again: Sequence[Story] = (),
    rejections: Sequence[Rejection] = (),
) -> Edited:
    """
    Decide what the open edition shows.

    Args:
        tellings: Every cluster of the articles at hand, shown before or not, in any order.
        memory: What was seen and shown before.
        now: Moment of the build, aware.
        current: The edition that is open.
        title: Of the edition.
        max_stories: Room for stories; what the open edition has shown already never makes way.
        max_per_source: How many stories may rest on one and the same feed alone.
        window: How old an article of a feed may be, when the edition opens, to be news.
        rules: Of the reader, in their order.
        corrections: Of the owner; they win over rules and tellings.
        again: Stories of earlier editions to show once more, as they stand.
        rejections: What could not be used, carried along.
    """
    now = now.astimezone(UTC).replace(microsecond=0)
    before = memory.edition if memory.edition and memory.edition.id == current.id else None
    standing = {story.id: story for story in before.stories} if before else {}
    # What is hidden may be shown again, and what is retracted has to be told; but neither takes up room.
    unseen = hidden((*standing.values(), *memory.stories, *again), corrections)
    aside = {i: story for i, story in standing.items() if i in unseen or story.change.kind == "retracted"}
    stories = {s.id: s for s in again if s.id not in unseen and s.change.kind != "retracted"} | standing

    remembered = {story.id: story for story in memory.stories}
    still_going: list[Mention] = []
    verdicts: dict[str, Verdict] = {}
    dropped: list[Dropped] = []
    fates: dict[str, Fate] = {}
    for telling in sorted(tellings, key=lambda telling: telling.cluster.id):
        story_id = telling.cluster.id
        last = remembered.get(story_id)
        fate = _forbidden(telling, last, memory, corrections)
        if fate is None:
            verdicts[story_id] = _verdict(telling, rules, opened=current.opened)
            fate = _refused(
                verdicts[story_id],
                is_new=last is None,
                is_standing=story_id in standing,
                is_news=_is_news(telling, opened=current.opened, window=window),
            )
        if fate is not None:
            fates[story_id] = fate
            dropped += _kept_out(telling, last, fate)
            continue
        story = _told(telling, last, corrections, now=now, is_standing=story_id in standing)
        if last is None or story != last or story_id in stories:
            stories[story_id] = story
        else:
            still_going.append(_mention(last))
            weight = importance(last, verdicts[story_id], opened=current.opened)
            reason = "an earlier edition showed all that is known of it"
            fates[story_id] = Fate(outcome="still going", reason=reason, importance=weight)
    for last in memory.stories:
        rest = without(last, leaving(last, corrections))
        # Nothing else of it is at hand, or it would have been told anew.
        is_untold = last.id not in {*fates, *verdicts, *unseen} and last.change.kind != "retracted"
        if is_untold and rest.coverage and rest != last:
            stories[last.id] = corrected(rest, now=now)

    candidates = [
        _candidate(story, verdicts.get(story.id), is_standing=story.id in standing, opened=current.opened)
        for story in stories.values()
        if story.id not in aside
    ]
    chosen, omissions = choose(candidates, max_stories=max_stories, max_per_source=max_per_source)
    for each in candidates:
        omission = omissions.get(each.story.id)
        fates[each.story.id] = Fate(
            outcome="left out" if omission else "shown",
            reason=omission.reason if omission else _why_shown(each, standing),
            importance=each.importance,
        )
    # A story that has a page is not lost when its growth finds no room: it is still going.
    still_going += [_mention(remembered[story_id]) for story_id in omissions if story_id in remembered]
    edition = Edition(
        id=current.id,
        title=title,
        opened=current.opened,
        issued=now,
        closed=False,
        stories=(*chosen, *(aside[story_id] for story_id in sorted(aside))),
        still_going=tuple(sorted(still_going, key=lambda mention: (mention.headline, mention.id))),
        left_out=tuple(line for story_id, line in omissions.items() if story_id not in remembered),
        rejections=tuple(rejections),
    )
    if before and edition == replace(before, issued=now, rejections=edition.rejections):
        edition = replace(edition, issued=before.issued)
    return Edited(edition, tuple(dropped), fates)


def _forbidden(telling: Telling, last: Story | None, memory: Memory, corrections: Corrections) -> Fate | None:
    """Return why a story may not be shown, whatever the rules say."""
    correction = corrections.stories.get(telling.cluster.id)
    if correction and correction.hidden:
        return Fate(outcome="hidden", reason=f"{correction.name}.hide")
    if last is None and any(article.key in memory.shown for article in _articles(telling)):
        return Fate(outcome="closed", reason="it was shown, has had no news since, and never changes again")
    if last is not None and last.change.kind == "retracted":
        return Fate(outcome="retracted", reason="its story was retracted")
    return None


def _refused(verdict: Verdict, *, is_new: bool, is_standing: bool, is_news: bool) -> Fate | None:
    """Return why window or rules keep a story out."""
    if is_new and not (verdict.must_carry or is_news):
        return Fate(outcome="too old", reason="all its articles are of feeds and older than `edition.window`")
    if verdict.dropped_by and not is_standing:
        return Fate(outcome="dropped", reason=verdict.dropped_by)
    return None


def _kept_out(telling: Telling, last: Story | None, fate: Fate) -> Iterator[Dropped]:
    """Yield what the owner is told of a story that is not shown."""
    if fate.outcome in ("dropped", "hidden"):
        yield Dropped(headline=telling.headline, rule=fate.reason)
    if fate.outcome == "retracted" and last is not None:
        known = {article.key for article in articles_in(last.coverage)}
        for article in _articles(telling):
            if article.key not in known:
                yield Dropped(headline=article.headline, rule=fate.reason)


def _told(telling: Telling, last: Story | None, corrections: Corrections, *, now: datetime, is_standing: bool) -> Story:
    """Return a story as it is to be shown now."""
    told = put_right(publishable(telling), corrections.stories.get(telling.cluster.id))
    if last is None:
        return new_story(told, now=now)
    gone = leaving(last, corrections)
    return retold(without(last, gone), told, now=now, is_standing=is_standing, is_put_right=bool(gone))


def _is_news(telling: Telling, *, opened: datetime, window: timedelta) -> bool:
    """Files are always admitted; of what feeds alone carry, only what the window held at the opening."""
    if not all(article.source.feed for article in _articles(telling)):
        return True
    return opened - latest(telling.cluster.coverage) <= window


def _verdict(telling: Telling, rules: Sequence[Rule], *, opened: datetime) -> Verdict:
    return judge(_articles(telling), rules, topics=[topic.code for topic in telling.topics], opened=opened)


def _candidate(story: Story, verdict: Verdict | None, *, is_standing: bool, opened: datetime) -> Candidate:
    verdict = verdict or Verdict()
    return Candidate(
        story,
        is_certain=is_standing or verdict.must_carry,
        importance=importance(story, verdict, opened=opened),
    )


def _why_shown(candidate: Candidate, standing: Container[str]) -> str:
    if candidate.story.id in standing:
        return "the open edition has shown it, and keeps it"
    return "a rule carries it" if candidate.is_certain else "there is room for it"


def _articles(telling: Telling) -> Iterator[Article]:
    return articles_in(telling.cluster.coverage)


def _mention(story: Story) -> Mention:
    return Mention(id=story.id, slug=story.slug, headline=story.headline, language=story.language)
