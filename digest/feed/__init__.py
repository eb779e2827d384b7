"""
All that is published in, the feeds out: stories, editions, one for each topic, and a JSON Feed.

An entry holds the whole story in its latest state. A feed keeps what changed in the 14 days before
its newest change, and at least 50 entries; counted from there and not from the clock, it changes
only when it has news. Size alone comes before the 14 days: beyond 50 entries, no feed grows larger
than half a megabyte, which every poll of every subscriber may have to fetch.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

from digest import addresses
from digest.feed import json_feed
from digest.feed.atom import Channel, document
from digest.feed.entries import Entry, edition_entry, story_entry
from digest.model import Library, Page, Story
from digest.topics import OTHER, TOP_LEVEL, Subject

__all__ = ["pages"]

KEPT_FOR = timedelta(days=14)
FEWEST = 50
"""Entries that a feed holds in any case, when there are so many."""
LARGEST = 490_000
"""Bytes that a feed does not exceed for the sake of more than *FEWEST* entries."""

T = TypeVar("T", Entry, Story)


def pages(library: Library) -> Iterator[Page]:
    """
    Write every feed.

    Args:
        library: All that is published.

    Returns:
        The feeds of stories, editions and topics, empty ones too, each at its address.
    """
    masthead = library.masthead
    stories = _in_order(library)
    made: dict[str, Entry] = {}

    def entries(chosen: Iterable[Story]) -> tuple[Entry, ...]:
        """Make an entry once, however many feeds it is in."""
        return tuple(made.get(s.id) or made.setdefault(s.id, story_entry(s, masthead)) for s in chosen)

    channel, body = _fitted(
        Channel(
            masthead=masthead,
            name="stories",
            title=masthead.title,
            path=addresses.STORIES_FEED,
            page=addresses.HOME,
            entries=entries(_recent(stories)),
        )
    )
    yield Page(path=channel.path, body=body)
    yield Page(path=addresses.JSON_FEED, body=json_feed.document(replace(channel, path=addresses.JSON_FEED)))
    yield _feed(
        Channel(
            masthead=masthead,
            name="editions",
            title=f"{masthead.title}: editions",
            path=addresses.EDITIONS_FEED,
            page=addresses.ARCHIVE,
            entries=_recent(_editions(library)),
        )
    )
    for subject in (*TOP_LEVEL, OTHER):
        yield _feed(
            Channel(
                masthead=masthead,
                name=f"topic/{subject.code or subject.slug}",
                title=f"{masthead.title}: {subject.label}",
                path=addresses.topic_feed(subject.slug),
                page=addresses.topic(subject.slug),
                entries=entries(_recent([story for story in stories if _is_about(story, subject)])),
            )
        )


def _in_order(library: Library) -> tuple[Story, ...]:
    """Return every story in its latest state, newest first, then as its first edition ranked it."""
    latest: dict[str, Story] = {}
    rank: dict[str, int] = {}
    for edition in reversed(library.editions):
        for place, story in enumerate(edition.stories):
            latest[story.id] = story
            rank.setdefault(story.id, place)
    by_rank = sorted(latest.values(), key=lambda story: (rank[story.id], story.id))
    return tuple(sorted(by_rank, key=lambda story: story.first_shown, reverse=True))


def _editions(library: Library) -> tuple[Entry, ...]:
    """Return the entries of all editions, newest first."""
    entries = (edition_entry(edition, library.masthead) for edition in library.editions)
    return tuple(sorted(entries, key=lambda entry: (entry.published, entry.id), reverse=True))


def _is_about(story: Story, subject: Subject) -> bool:
    """Tell whether a story belongs to a topic; what fits none of them is under *other*."""
    codes = {topic.code for topic in story.topics} & {top.code for top in TOP_LEVEL}
    return subject.code in codes if subject != OTHER else not codes


def _recent(entries: Sequence[T]) -> tuple[T, ...]:
    """Return those of *entries*, in the order of a feed, that it keeps."""
    if not entries:
        return ()
    since = max(entry.updated for entry in entries) - KEPT_FOR
    return tuple(entry for place, entry in enumerate(entries) if place < FEWEST or entry.updated >= since)


def _feed(channel: Channel) -> Page:
    _, body = _fitted(channel)
    return Page(path=channel.path, body=body)


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
