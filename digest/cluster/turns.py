"""
Likenesses of articles that arrive one after the other in, their stories after each arrival out.

Whatever arrives has the stories that it touches grouped anew, by the same rule as all at once; all other stories stay
as they are. So ids move only where news comes in, and hardly ever for what stood before. Of a great story only the
latest articles are grouped anew, lest every arrival cost as much as all before it.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from digest.cluster.linkage import Pair, join
from digest.text import short_id

TOUCHED = 0.25
"""Likeness to one article of a story from which an arriving one has the story grouped anew."""

LOOSE = 30
"""Articles of a story, the latest ones, that may still leave it; those before them stay together."""

Near = Mapping[int, Mapping[int, float]]


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
        # What is known of two articles is known.
        if not (known[one] and known[other]):
            near[one][other] = near[other][one] = likeness
    ids: list[str] = []
    members: defaultdict[str, list[int]] = defaultdict(list)
    taken = {story for story in known if story}
    for number in range(len(keys)):
        own = known[number]
        touched = {ids[other] for other, value in near[number].items() if other < number and value >= TOUCHED}
        if own and not touched:
            members[own].append(number)
            ids.append(own)
            yield ids
            continue
        if own and own in members:
            touched.add(own)
        ids.append("")
        stories = {story: members.pop(story) for story in sorted(touched)}
        stories.setdefault(own or "", []).append(number)
        parts = _parts(list(stories.values()), near, known, threshold)
        for part, kept in zip(parts, _heirs(parts, ids, known), strict=True):
            story = kept or new_id(keys[part[0]], taken)
            taken.add(story)
            members[story] = part
            for n in part:
                ids[n] = story
        yield ids


def _parts(
    stories: Sequence[Sequence[int]], near: Near, known: Sequence[str | None], threshold: float
) -> list[list[int]]:
    """Group the articles of some stories anew; what is known to be one story stays one, and apart from every other."""
    firm: list[list[int]] = []
    loose: list[int] = []
    for numbers in stories:
        movable = set([n for n in numbers if not known[n]][-LOOSE:])
        loose += sorted(movable)
        if settled := [n for n in numbers if n not in movable]:
            firm.append(settled)
    held = frozenset(place for place, numbers in enumerate(firm) if any(known[n] for n in numbers))
    groups = [*firm, *([number] for number in sorted(loose))]
    return join(groups, _sums(groups, near, held), threshold=threshold, apart=held)


def _sums(groups: Sequence[Sequence[int]], near: Near, held: Collection[int]) -> list[dict[int, float]]:
    """Return for each group the sums of its likenesses to others, but for those of two that are *held* apart."""
    home = {number: place for place, numbers in enumerate(groups) for number in numbers}
    sums: list[dict[int, float]] = [{} for _ in groups]
    for place, numbers in enumerate(groups):
        if place in held:
            continue
        for number in numbers:
            for other, likeness in near[number].items():
                at = home.get(other, place)
                # Each pair counts once: for the later group, or for the one that is not held.
                if at < place or at in held:
                    sums[at][place] = sums[place][at] = sums[place].get(at, 0.0) + likeness
    return sums


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
