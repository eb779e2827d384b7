"""
Tellings and memory in, the open edition out.

A story is shown as new once; it is shown again only when it grew or was corrected. What an
edition has shown stays in it. Ranking, templates, a new cleaner and reprints move no date.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta, tzinfo

from digest.edition.choose import Candidate, choose
from digest.edition.growth import STAYS_OPEN, articles_in, is_open, latest, new_story, retold
from digest.model import Article, Edition, Memory, Mention, Rejection, Story, Telling

__all__ = ["STAYS_OPEN", "Period", "edit", "is_open", "period"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The day an edition is named after, and the closing at which it opened."""

    id: str
    opened: datetime


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
    again: Sequence[Story] = (),
    rejections: Sequence[Rejection] = (),
) -> Edition:
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
        again: Stories of earlier editions to show once more, as they stand.
        rejections: What could not be used, carried along.
    """
    now = now.astimezone(UTC).replace(microsecond=0)
    before = memory.edition if memory.edition and memory.edition.id == current.id else None
    standing = {story.id: story for story in before.stories} if before else {}
    remembered = {story.id: story for story in memory.stories}

    stories = {story.id: story for story in again} | standing
    still_going: list[Mention] = []
    for telling in sorted(tellings, key=lambda telling: telling.cluster.id):
        story_id = telling.cluster.id
        if not _was_shown(telling, memory):
            if _is_news(telling, opened=current.opened, window=window):
                stories[story_id] = new_story(telling, now=now)
        elif last := remembered.get(story_id):
            story = retold(last, telling, now=now, is_standing=story_id in standing)
            if story != last or story_id in stories:
                stories[story_id] = story
            else:
                still_going.append(_mention(last))
        # else it is closed, and never changes again

    chosen, omissions = choose(
        [Candidate(story, is_standing=story.id in standing) for story in stories.values()],
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
        return replace(edition, issued=before.issued)
    return edition


def _was_shown(telling: Telling, memory: Memory) -> bool:
    return any(article.key in memory.shown for article in _articles(telling))


def _is_news(telling: Telling, *, opened: datetime, window: timedelta) -> bool:
    """Files are always admitted; of what feeds alone carry, only what the window held at the opening."""
    if not all(article.source.feed for article in _articles(telling)):
        return True
    return opened - latest(telling.cluster.coverage) <= window


def _articles(telling: Telling) -> Iterator[Article]:
    return articles_in(telling.cluster.coverage)


def _mention(story: Story) -> Mention:
    return Mention(id=story.id, slug=story.slug, headline=story.headline, language=story.language)
