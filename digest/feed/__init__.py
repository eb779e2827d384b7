"""
All that is published in, the feeds out: stories, editions, one for each topic, the health of the
sources, and a JSON Feed.

An entry holds the whole story in its latest state. A feed keeps what changed in the 14 days before
its newest change, and at least 50 entries; counted from there and not from the clock, it changes
only when it has news. Size alone comes before the 14 days: beyond 50 entries, no feed grows larger
than half a megabyte, which every poll of every subscriber may have to fetch.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from digest import addresses
from digest.feed import json_feed
from digest.feed.atom import Channel, document
from digest.feed.entries import Entry, alert_entry, edition_entry, published, story_entry
from digest.model import Alert, Edition, Library, Page, Standing, Story, Subject
from digest.text import fingerprint
from digest.topics import filed

__all__ = ["pages"]

KEPT_FOR = timedelta(days=14)
FEWEST = 50
"""Entries that a feed holds in any case, when there are so many."""
LARGEST = 490_000
"""Bytes that a feed does not exceed for the sake of more than *FEWEST* entries."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """A feed before it is written."""

    channel: Channel
    """Without its entries."""
    subjects: tuple[object, ...]
    """What its entries are about."""
    entries: Callable[[], tuple[Entry, ...]]
    as_json: str | None = None
    """Path of a JSON Feed of the same."""


def pages(library: Library, *, standing: Mapping[str, str] | None = None) -> Iterator[Page | Standing]:
    """
    Write every feed.

    Args:
        library: All that is published.
        standing: Path → basis of the files that stand in the site; what says the same is not made again.

    Returns:
        The feeds of stories, editions, topics and health, empty ones too, each at its address.
    """
    known = standing or {}
    for plan in _plans(library):
        basis = fingerprint(plan.channel, plan.subjects)
        paths = [plan.channel.path, *([plan.as_json] if plan.as_json else [])]
        if all(known.get(path) == basis for path in paths):
            yield from (Standing(path=path) for path in paths)
            continue
        channel, body = _fitted(replace(plan.channel, entries=plan.entries()))
        yield Page(path=channel.path, body=body, basis=basis)
        if plan.as_json:
            body = json_feed.document(replace(channel, path=plan.as_json))
            yield Page(path=plan.as_json, body=body, basis=basis)


def _plans(library: Library) -> Iterator[_Plan]:
    masthead = library.masthead
    stories = _in_order(library)
    made: dict[str, Entry] = {}

    def channel(name: str, title: str, path: str, page: str) -> Channel:
        return Channel(masthead=masthead, name=name, title=title, path=path, page=page, entries=())

    def of_stories(chosen: Sequence[Story]) -> Callable[[], tuple[Entry, ...]]:
        """Make an entry once, however many feeds it is in."""
        return lambda: tuple(made.get(s.id) or made.setdefault(s.id, story_entry(s, masthead)) for s in chosen)

    recent = _recent(stories, lambda story: story.updated)
    yield _Plan(
        channel=channel("stories", masthead.title, addresses.STORIES_FEED, addresses.HOME),
        subjects=recent,
        entries=of_stories(recent),
        as_json=addresses.JSON_FEED,
    )
    editions = _recent(_editions(library), lambda edition: edition.issued)
    yield _Plan(
        channel=channel("editions", f"{masthead.title}: editions", addresses.EDITIONS_FEED, addresses.ARCHIVE),
        subjects=editions,
        entries=lambda: tuple(edition_entry(edition, masthead) for edition in editions),
    )
    alerts = _recent(library.health.alerts[::-1], lambda alert: alert.moment)
    yield _Plan(
        channel=channel("health", f"{masthead.title}: health", addresses.HEALTH_FEED, addresses.STATUS),
        subjects=alerts,
        entries=lambda: _alert_entries(alerts, library),
    )
    by_topic = _by_topic(stories, masthead.topics)
    for subject in masthead.topics:
        about = _recent(by_topic[subject.code], lambda story: story.updated)
        yield _Plan(
            channel=channel(
                f"topic/{subject.code or subject.slug}",
                f"{masthead.title}: {subject.label}",
                addresses.topic_feed(subject.slug),
                addresses.topic(subject.slug),
            ),
            subjects=about,
            entries=of_stories(about),
        )


def _in_order(library: Library) -> tuple[Story, ...]:
    """
    Return every story in its latest state, newest first, then as its first edition ranked it.

    One that has become part of another leaves the feed: the other one's entry has all of it, and says so.
    """
    latest: dict[str, Story] = {}
    rank: dict[str, int] = {}
    for edition in reversed(library.editions):
        for place, story in enumerate(edition.stories):
            latest[story.id] = story
            rank.setdefault(story.id, place)
    latest |= {story.id: story for story in library.restated}
    living = (story for story in latest.values() if story.id not in library.merged)
    by_rank = sorted(living, key=lambda story: (rank[story.id], story.id))
    return tuple(sorted(by_rank, key=lambda story: story.first_shown, reverse=True))


def _editions(library: Library) -> tuple[Edition, ...]:
    """Return all editions, that which was published last first."""
    return tuple(sorted(library.editions, key=lambda edition: (published(edition), edition.id), reverse=True))


def _alert_entries(alerts: Iterable[Alert], library: Library) -> tuple[Entry, ...]:
    return tuple(alert_entry(alert, library.masthead) for alert in alerts)


def _by_topic(stories: Iterable[Story], subjects: Sequence[Subject]) -> Mapping[str, Sequence[Story]]:
    """Return code → stories, in the order given; what fits no topic is under *other*."""
    shelves: dict[str, list[Story]] = {subject.code: [] for subject in subjects}
    for story in stories:
        for code in filed(story.topics, subjects):
            shelves[code].append(story)
    return shelves


def _recent(things: Sequence[T], updated: Callable[[T], datetime]) -> tuple[T, ...]:
    """Return those of *things*, in the order of a feed, that it keeps."""
    if not things:
        return ()
    since = max(map(updated, things)) - KEPT_FOR
    return tuple(thing for place, thing in enumerate(things) if place < FEWEST or updated(thing) >= since)


def _fitted(channel: Channel) -> tuple[Channel, bytes]:
    """Return a channel that is not too large, and its Atom document; the oldest entries make way."""
    body = document(channel)
    if len(body) <= LARGEST or len(channel.entries) <= FEWEST:
        return channel, body
    # Where the n-th of these stands, a document of the n entries before it would end.
    starts = [match.start() for match in re.finditer(rb"\n  <entry ", body)]
    fits = bisect_right(starts, LARGEST - len(b"\n</feed>\n")) - 1
    channel = channel.first(max(FEWEST, fits))
    return channel, document(channel)
