"""
Likenesses of articles that arrive one after the other in, their stories after each arrival out.

Whatever arrives has the stories that it touches grouped anew, by the same rule as all at once; all other stories stay
as they are. So ids move only where news comes in, and hardly ever for what stood before.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations

from digest.cluster.linkage import Pair, link
from digest.text import short_id

TOUCHED = 0.25
"""Likeness to one article of a story from which an arriving one has the story grouped anew."""


def in_turn(
    keys: Sequence[str], likenesses: Mapping[Pair, float], *, known: Sequence[str | None], threshold: float
) -> Iterator[Sequence[str]]:
    """
    Group articles as they arrive.

    Args:
        keys: Key of each article, in the order of their arrival.
        likenesses: (number of an article, that of a later one) → likeness in [0, 1].
        known: Id of the story that an article belongs to for good, for each.
        threshold: Average likeness from which articles are one story.

    Yields:
        The story ids of all articles so far, after each arrival: one list that goes on changing. Of a story that
        falls apart the largest part keeps the id.
    """
    near: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for (one, other), likeness in likenesses.items():
        near[other][one] = likeness
    ids: list[str] = []
    members: defaultdict[str, list[int]] = defaultdict(list)
    taken = {story for story in known if story}
    for number in range(len(keys)):
        touched = {ids[other] for other, likeness in near[number].items() if likeness >= TOUCHED}
        if (own := known[number]) and own in members:
            touched.add(own)
        ids.append("")
        numbers = sorted([number, *(n for story in sorted(touched) for n in members.pop(story))])
        parts = _parts(numbers, likenesses, known, threshold)
        for part, kept in zip(parts, _heirs(parts, ids, known), strict=True):
            story = kept or new_id(keys[part[0]], taken)
            taken.add(story)
            members[story] = part
            for n in part:
                ids[n] = story
        yield ids


def _parts(
    numbers: Sequence[int], likenesses: Mapping[Pair, float], known: Sequence[str | None], threshold: float
) -> list[list[int]]:
    """Group some articles; what is known to be one story stays one, and apart from every other that is."""
    firm: defaultdict[str, list[int]] = defaultdict(list)
    for number in numbers:
        if story := known[number]:
            firm[story].append(number)
    groups = [*firm.values(), *([number] for number in numbers if not known[number])]
    among = {pair: likenesses[pair] for pair in combinations(numbers, 2) if pair in likenesses}
    return link(groups, among, threshold=threshold, apart=frozenset(range(len(firm))))


def _heirs(parts: Sequence[Sequence[int]], ids: Sequence[str], known: Sequence[str | None]) -> list[str | None]:
    """Return the id that each part keeps: that of a known story it holds, else that of which it is the largest part."""
    kept = [next((story for n in part if (story := known[n])), None) for part in parts]
    claims = Counter((ids[n], place) for place, part in enumerate(parts) for n in part if ids[n] and not kept[place])
    for (story, place), _ in sorted(claims.items(), key=lambda claim: (-claim[1], claim[0])):
        if not kept[place] and story not in kept:
            kept[place] = story
    return kept


def new_id(key: str, taken: Collection[str]) -> str:
    """Return the id of a new story, another one should its founding article have founded a story before."""
    story = short_id("story", key)
    while story in taken:
        story = short_id("story", story)
    return story
