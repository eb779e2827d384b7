"""
Coverage in, clusters out: who tells of the same event, and which story that is.

A story keeps the id it was first shown under. Its articles stay together; what is new joins a story that is still
open, or founds one. Two shown stories stay apart until new coverage shows beyond doubt that they are one: then the
older one takes in the other. What the owner says of stories and articles wins over all that.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType

from digest.cluster.linkage import Pair, link
from digest.cluster.merging import ends, found_one
from digest.cluster.told import articles_of, divided, rank, story_of
from digest.cluster.turns import in_turn, new_id
from digest.cluster.wanted import NEVER, parted, united
from digest.model import Cluster, Coverage, Memory

THRESHOLD = 0.46
"""Average likeness from which articles tell of one event: at the lower end of a flat optimum, out of fold."""

_NOTHING: Mapping[str, str] = MappingProxyType({})


def cluster(
    coverage: Sequence[Coverage],
    *,
    memory: Memory,
    apart: Collection[tuple[str, str]] = (),
    together: Collection[tuple[str, str]] = (),
    joined: Mapping[str, str] = _NOTHING,
    alone: Collection[str] = (),
) -> tuple[Cluster, ...]:
    """
    Group coverage of the same event, and give every group its story id.

    Args:
        coverage: Distinct texts, in any order.
        memory: What earlier editions showed. Articles of one shown story stay together, under its id; only stories
            that can still grow take new coverage, or are merged. Of those that news shows to be one, the one shown
            first goes on.
        apart: (article key, story id): whatever holds that article never joins that story, nor is merged with it.
        together: Pairs of article keys that are one story, unless both are known to be of two.
        joined: Id of a story → id of the one that it becomes part of, whatever their articles say. A shown story
            becomes part of a shown one only; what is closed takes no part.
        alone: Ids of shown stories that are merged with no other unless *joined* says so.

    Returns:
        Clusters in the order of their founding articles, which are those published first; the coverage of
        each in the order of publication, undated last. A date of first sight is none of publication.

    Raises:
        ValueError: *joined* leads in a circle.
    """
    elders = [story.id for story in sorted(memory.stories, key=lambda story: (story.first_shown, story.id))]
    homes = ends(joined, memory)
    known = {key: homes.get(story, story) for key, story in memory.shown.items()}
    remembered = {
        article.key: homes.get(story.id, story.id)
        for story in memory.stories
        for told in story.coverage
        for article in articles_of(told)
    }
    never = {*apart, *((key, homes[story]) for key, story in apart if story in homes)}
    ordered = sorted(divided(coverage, known=known, growing=elders), key=lambda told: rank(told.article))
    parting = parted(ordered, never, known=known, remembered=remembered)
    pointing = [part.id for story in memory.stories for part in story.merged]
    groups, likenesses = _linked(
        ordered, known=known, growing=elders, pointing=pointing, apart=parting, together=together
    )
    newcomers = [story for story in groups if story in homes and (homes[story] in elders or homes[story] in groups)]
    for story in newcomers:
        groups.setdefault(homes[story], []).extend(groups.pop(story))
    fresh = frozenset(number for number, told in enumerate(ordered) if story_of(told, known) is None)
    candidates = [story for story in elders if story in groups and story not in alone]
    for first, *others in found_one(candidates, groups, likenesses, fresh):
        for other in others:
            groups[first] += groups.pop(other)
            homes |= {story: first for story in (*elders, *newcomers) if homes.get(story, story) == other}
    return tuple(
        Cluster(
            id=story,
            coverage=tuple(ordered[number] for number in sorted(members)),
            merged=tuple(part for part in (*elders, *newcomers) if part != story and homes.get(part) == story),
        )
        for story, members in sorted(groups.items(), key=lambda group: min(group[1]))
    )


def assign(coverage: Sequence[Coverage], *, known: Mapping[str, str], growing: Collection[str]) -> tuple[str, ...]:
    """
    Return the story id of each coverage, all of them judged together.

    Args:
        coverage: Distinct texts, in any order.
        known: Article key → id of the story it belongs to, for whatever was told before.
        growing: Ids of the stories among these that take new coverage.
    """
    order = sorted(range(len(coverage)), key=lambda number: rank(coverage[number].article))
    groups, _ = _linked([coverage[number] for number in order], known=known, growing=growing)
    ids = {order[number]: story for story, members in groups.items() for number in members}
    return tuple(ids[number] for number in range(len(coverage)))


def assign_in_turn(coverage: Sequence[Coverage], *, known: Mapping[str, str]) -> tuple[str, ...]:
    """
    Return the story id of each coverage, as it is when the last one has arrived.

    Nothing is known of what is still to come; what has arrived may be grouped anew by what comes later, see `turns`.

    Args:
        coverage: Distinct texts in the order of their arrival.
        known: Article key → id of the story it belongs to for good, for whatever was told before; these may
            come anywhere.
    """
    keys = [told.article.key for told in coverage]
    stories = [story_of(told, known) for told in coverage]
    fresh, before = ([n for n, story in enumerate(stories) if (story is None) is new] for new in (True, False))
    likenesses = _likenesses(coverage, fresh=fresh, known=before)
    *_, ids = ((), *in_turn(keys, likenesses, known=stories, threshold=THRESHOLD))
    return tuple(ids)


def _linked(
    ordered: Sequence[Coverage],
    *,
    known: Mapping[str, str],
    growing: Collection[str],
    pointing: Iterable[str] = (),
    apart: Iterable[Pair] = (),
    together: Collection[tuple[str, str]] = (),
) -> tuple[dict[str, list[int]], Mapping[Pair, float]]:
    """
    Group coverage, given in its order, around the stories that are known.

    Nothing is founded under an id that is *pointing* on to the story which took its own in.

    Returns:
        Story id → numbers of its coverage; and the likenesses between numbers.
    """
    remembered: defaultdict[str, list[int]] = defaultdict(list)
    fresh: list[int] = []
    for number, told in enumerate(ordered):
        story = story_of(told, known)
        (fresh if story is None else remembered[story]).append(number)
    groups = sorted([*remembered.values(), *([number] for number in fresh)])
    firsts = {members[0]: story for story, members in remembered.items()}
    open_ = [number for story in growing for number in remembered.get(story, ())]
    likenesses = {**_likenesses(ordered, fresh=fresh, known=open_), **dict.fromkeys(apart, NEVER)}
    held = frozenset(place for place, members in enumerate(groups) if members[0] in firsts)
    taken = frozenset(known.values()).union(growing, pointing)
    linked: dict[str, list[int]] = {}
    found = link(groups, likenesses, threshold=THRESHOLD, apart=held)
    for members in united(found, ordered, together, held=firsts.keys()):
        story = next((firsts[number] for number in members if number in firsts), None)
        linked[story or new_id(ordered[members[0]].article.key, taken)] = members
    return linked, likenesses


def _likenesses(coverage: Sequence[Coverage], *, fresh: Sequence[int], known: Sequence[int]) -> Mapping[Pair, float]:
    """
    Return (number of a coverage, that of a later one) → likeness.

    Args:
        coverage: All of it.
        fresh: Numbers of what is to be grouped.
        known: Numbers of what it may join; what is further from all that is fresh than a story stays open is left out.
    """
    if not fresh:
        return {}
    # These bring numpy along.
    from digest.cluster.candidates import WINDOW
    from digest.cluster.likeness import likenesses
    from digest.cluster.traits import day_of

    days = sorted(day for number in fresh if (day := day_of(coverage[number].article)) is not None)

    def is_near(number: int) -> bool:
        day = day_of(coverage[number].article)
        if day is None or len(days) < len(fresh):
            return True
        return bisect_left(days, day - WINDOW) < bisect_right(days, day + WINDOW)

    return likenesses({number: coverage[number].article for number in sorted([*fresh, *filter(is_near, known)])})
