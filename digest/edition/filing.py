"""
A telling in, what its story is filed under out: by the tagger, by the owner's topics, by rules, and by hand.

The owner's topics come before the tagger's, what rules file it under before these, and what the owner says of the
story by hand takes the place of all. The tagger's main topic stays from one edition to the next unless the evidence
turns; what the owner says holds for as long as the settings say it, so it is no part of that.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from digest.model import Story, Telling, Topic

Told = TypeVar("Told", Story, Telling)

TURNS = 0.9
"""Confidence from which another topic takes the place of the main one."""
STAYS = 0.5
"""Confidence down to which the main topic stays, while no other is likelier."""


def steady(main: Topic | None, telling: Telling) -> tuple[Topic, ...]:
    """
    Return the tagger's topics of a story of which *main* was the first when it was last shown.

    A story that grows is judged anew by all its articles. When that makes the tagger a little less sure, or a little
    surer of something else, readers and subscribers still find the story where they found it before.
    """
    if main is None:
        return telling.topics
    if not telling.topics:
        leads = telling.leaning and telling.leaning[0].code == main.code and telling.leaning[0].score >= STAYS
        return telling.leaning if leads else ()
    if telling.topics[0].code == main.code or telling.topics[0].score >= TURNS:
        return telling.topics
    return (main, *(topic for topic in telling.topics if topic.code != main.code))


def filed(telling: Telling, *, last: Story | None) -> Telling:
    """Return a telling with the topics of its story as it was *last* shown or is new, the owner's first."""
    topics = steady(None if last is None else last.tagged, telling)
    under = relabelled(replace(telling, tagged=topics[0] if topics else None), topics)
    return relabelled(under, (*telling.own, *topics))


def refiled(telling: Telling, first: Sequence[Topic]) -> Telling:
    """Return a telling with the topics that come *first* before its others."""
    codes = {topic.code for topic in first}
    return relabelled(telling, (*dict.fromkeys(first), *(each for each in telling.topics if each.code not in codes)))


def relabelled(told: Told, topics: tuple[Topic, ...]) -> Told:
    """Return a story on *topics* alone; what is suggested below the main one goes with it."""
    stays = _main(told.topics) == _main(topics)
    return replace(told, topics=topics, suggested=told.suggested if stays else None)


def _main(topics: Iterable[Topic]) -> str | None:
    """Return the code of the first topic that is not one of the owner's."""
    return next((topic.code for topic in topics if not topic.is_own), None)
