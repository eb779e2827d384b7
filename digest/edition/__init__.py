"""
Tellings, memory and the reader's rules in, the open edition out.

A story is shown as new once; it is shown again only when it grew or was corrected. What an
edition has shown stays in it. Ranking, templates, a new cleaner and reprints move no date.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from digest.edition.choose import Candidate, choose
from digest.edition.discretion import articles_in
from digest.edition.growth import STAYS_OPEN, is_open, latest, new_story, retold
from digest.edition.rules import Dropped, Rule, Verdict, admit, host, judge, phrase
from digest.model import Article, Edition, Memory, Mention, Rejection, Story, Telling

__all__ = [
    "STAYS_OPEN",
    "Dropped",
    "Edited",
    "Period",
    "Rule",
    "admit",
    "edit",
    "host",
    "is_open",
    "period",
    "phrase",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The day an edition is named after, and the closing at which it opened."""

    id: str
    opened: datetime


class Edited(NamedTuple):
    """An edition, and the stories that rules kept out of it."""

    edition: Edition
    dropped: tuple[Dropped, ...]


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
        again: Stories of earlier editions to show once more, as they stand.
        rejections: What could not be used, carried along.
    """
    now = now.astimezone(UTC).replace(microsecond=0)
    before = memory.edition if memory.edition and memory.edition.id == current.id else None
    standing = {story.id: story for story in before.stories} if before else {}
    remembered = {story.id: story for story in memory.stories}

    stories = {story.id: story for story in again} | standing
    still_going: list[Mention] = []
    verdicts: dict[str, Verdict] = {}
    dropped: list[Dropped] = []
    for telling in sorted(tellings, key=lambda telling: telling.cluster.id):
        story_id = telling.cluster.id
        last = remembered.get(story_id)
        if last is None and _was_shown(telling, memory):
            continue  # it is closed, and never changes again
        verdict = _verdict(telling, rules, opened=current.opened)
        if last is None and not (verdict.must_carry or _is_news(telling, opened=current.opened, window=window)):
            continue
        if verdict.dropped_by and story_id not in standing:
            dropped.append(Dropped(headline=telling.headline, rule=verdict.dropped_by))
            continue
        verdicts[story_id] = verdict
        if last is None:
            stories[story_id] = new_story(telling, now=now)
            continue
        story = retold(last, telling, now=now, is_standing=story_id in standing)
        if story != last or story_id in stories:
            stories[story_id] = story
        else:
            still_going.append(_mention(last))

    chosen, omissions = choose(
        [_candidate(story, verdicts.get(story.id), is_standing=story.id in standing) for story in stories.values()],
        opened=current.opened,
        max_stories=max_stories,
        max_per_source=max_per_source,
    )
    # A story that has a page is not lost when its growth finds no room: it is still going.
    still_going += [_mention(remembered[story_id]) for story_id in omissions if story_id in remembered]
    edition = Edition(
        id=current.id,
        title=title,
        opened=current.opened,
        issued=now,
        closed=False,
        stories=chosen,
        still_going=tuple(sorted(still_going, key=lambda mention: (mention.headline, mention.id))),
        left_out=tuple(line for story_id, line in omissions.items() if story_id not in remembered),
        rejections=tuple(rejections),
    )
    if before and edition == replace(before, issued=now, rejections=edition.rejections):
        edition = replace(edition, issued=before.issued)
    return Edited(edition, tuple(dropped))


def _was_shown(telling: Telling, memory: Memory) -> bool:
    return any(article.key in memory.shown for article in _articles(telling))


def _is_news(telling: Telling, *, opened: datetime, window: timedelta) -> bool:
    """Files are always admitted; of what feeds alone carry, only what the window held at the opening."""
    if not all(article.source.feed for article in _articles(telling)):
        return True
    return opened - latest(telling.cluster.coverage) <= window


def _verdict(telling: Telling, rules: Sequence[Rule], *, opened: datetime) -> Verdict:
    return judge(_articles(telling), rules, topics=[topic.code for topic in telling.topics], opened=opened)


def _candidate(story: Story, verdict: Verdict | None, *, is_standing: bool) -> Candidate:
    verdict = verdict or Verdict()
    return Candidate(story, is_certain=is_standing or verdict.must_carry, boost=verdict.boost)


def _articles(telling: Telling) -> Iterator[Article]:
    return articles_in(telling.cluster.coverage)


def _mention(story: Story) -> Mention:
    return Mention(id=story.id, slug=story.slug, headline=story.headline, language=story.language)
