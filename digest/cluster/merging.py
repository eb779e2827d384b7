"""
Shown stories in, those that are one out: because their owner says so, or because news leaves no doubt.

A merger cannot be taken back, since the address of what became part of another story points on from then on.
"""

from collections.abc import Container, Iterator, Mapping, Sequence

from digest.cluster.linkage import Pair, link
from digest.model import Memory

BEYOND_DOUBT = 0.65
"""
Average likeness from which two stories that were shown apart are one: out of fold, most of the mergers that the
threshold of grouping would make are wrong, and 96 of 100 beyond this are right.
"""


def ends(joined: Mapping[str, str], memory: Memory) -> dict[str, str]:
    """
    Return id of a story → id of the one that it is part of in the end.

    Args:
        joined: Id of a story, shown or not → id of the one that it becomes part of. A shown one becomes part of a shown
            one only, and what is closed takes no part.
        memory: What earlier editions showed.

    Raises:
        ValueError: *joined* leads in a circle.
    """
    growing = {story.id for story in memory.stories}
    closed = {*memory.shown.values()} - growing
    homes = {part.id: story.id for story in memory.stories for part in story.merged}
    steps = {
        one: other
        for one, target in joined.items()
        if (other := homes.get(target, target)) != one
        and (other in growing if one in growing else closed.isdisjoint((one, other)))
    }
    found: dict[str, str] = {}
    for one in steps:
        end = one
        for _ in steps:
            end = steps.get(end, end)
        if end in steps:
            raise ValueError(f"`{one}` is to become part of itself")
        found[one] = end
    return found


def found_one(
    stories: Sequence[str], groups: Mapping[str, Sequence[int]], likenesses: Mapping[Pair, float], fresh: Container[int]
) -> Iterator[list[str]]:
    """
    Yield the shown stories, two or more at a time, that what is new shows to be one.

    Without news nothing is merged: that we judge otherwise today is no event.

    Args:
        stories: Ids, oldest first; so are those of each that are yielded.
        groups: Story id → numbers of its coverage.
        likenesses: Between numbers.
        fresh: Numbers of what no edition has shown.
    """
    homes = {number: story for story in stories for number in groups[story]}
    among = {pair: likeness for pair, likeness in likenesses.items() if homes.keys() >= {*pair}}
    for members in link([groups[story] for story in stories], among, threshold=BEYOND_DOUBT):
        one = {homes[number] for number in members}
        if len(one) > 1 and any(number in fresh for number in members):
            yield [story for story in stories if story in one]
