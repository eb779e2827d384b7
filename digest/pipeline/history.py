"""Editions in, what of them counts from now on out: what was shown, and what has become part of what."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from digest import edition as editing
from digest.model import Edition, Memory, Story


def memory(editions: Sequence[Edition], *, first_seen: Mapping[str, datetime], current: editing.Period) -> Memory:
    """
    Sum up what earlier builds saw and showed.

    Args:
        editions: All of them, newest first.
        first_seen: Article key → moment, for the articles at hand.
        current: The edition that is open.
    """
    merged = merges(editions)
    shown: dict[str, str] = {}
    for edition in editions:  # the last word on an article that has moved is the right one
        for story in edition.stories:
            for article in editing.articles_in(story.coverage):
                shown.setdefault(article.key, merged.get(story.id, story.id))
    standing = {story.id for edition in editions[:1] if edition.id == current.id for story in edition.stories}
    return Memory(
        first_seen=first_seen,
        shown={key: shown[key] for key in first_seen if key in shown},
        stories=tuple(
            story
            for story in reversed(last_states(editions))
            # What tells of a retracted story never founds it anew, however late it comes.
            if story.change.kind == "retracted" or story.id in standing or editing.is_open(story, opened=current.opened)
        ),
        edition=editions[0] if editions else None,
    )


def last_states(editions: Sequence[Edition]) -> tuple[Story, ...]:
    """
    Return every story as it was last shown, the one shown last first, but for those that have become part of another.

    Args:
        editions: Newest first.
    """
    merged = merges(editions)
    states: dict[str, Story] = {}
    for edition in editions:
        for story in edition.stories:
            if story.id not in merged:
                states.setdefault(story.id, story)
    return tuple(states.values())


def merges(editions: Iterable[Edition]) -> dict[str, str]:
    """
    Return id of a story that has become part of another one → id of that one, which has become part of none.

    Args:
        editions: Newest first; where histories of two machines came together, the newest word on a story counts.
    """
    homes: dict[str, str] = {}
    for edition in editions:
        for story in edition.stories:
            if story.id not in homes:
                for part in story.merged:
                    homes.setdefault(part.id, story.id)
    merged: dict[str, str] = {}
    for name, home in homes.items():
        end = home
        while end in homes:
            end = homes[end]
        merged[name] = end
    return merged
