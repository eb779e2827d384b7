"""What the owner holds apart and together in, what that means for numbered coverage and its groups out."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from digest.cluster.linkage import Pair
from digest.cluster.told import places
from digest.model import Coverage
from digest.text import short_id

NEVER = -1e9
"""A likeness that no average over a group brings above any threshold."""


def parted(
    coverage: Sequence[Coverage],
    apart: Iterable[tuple[str, str]],
    *,
    known: Mapping[str, str],
    remembered: Mapping[str, str],
) -> Iterator[Pair]:
    """
    Yield the numbers of coverage that never meets, each smaller one first.

    Args:
        coverage: Distinct texts.
        apart: (article key, story id): whatever holds that article never meets that story. One that was not shown yet
            is its founding article.
        known: Article key → id of the story it belongs to, for the articles at hand.
        remembered: The same for all articles of open stories; for one that is not at hand the rest of its story stands.
    """
    at = places(coverage)
    members: defaultdict[str, set[int]] = defaultdict(set)
    for key, number in at.items():
        members[known.get(key) or short_id("story", key)].add(number)
    for key, story in apart:
        holding = {at[key]} if key in at else members[remembered.get(key, "")]
        yield from ((min(one, other), max(one, other)) for one in holding for other in members[story] - {one})


def united(
    groups: Iterable[Sequence[int]],
    coverage: Sequence[Coverage],
    together: Collection[tuple[str, str]],
    *,
    held: Collection[int],
) -> list[list[int]]:
    """
    Join the groups of articles that are to be one story.

    Args:
        groups: Numbers of coverage.
        coverage: Distinct texts.
        together: Pairs of article keys; one that is not at hand means nothing.
        held: Numbers of which no two may end up together that do not stand so.

    Returns:
        The groups in the order of their first members.
    """
    at = places(coverage)
    joined = {number: [*group] for number, group in enumerate(groups)}
    home = {member: number for number, group in joined.items() for member in group}
    for one, other in sorted(together):
        if one not in at or other not in at:
            continue
        into, out_of = home[at[one]], home[at[other]]
        if into != out_of and not all(any(n in held for n in joined[number]) for number in (into, out_of)):
            home |= dict.fromkeys(joined[out_of], into)
            joined[into] += joined.pop(out_of)
    return sorted(map(sorted, joined.values()))
