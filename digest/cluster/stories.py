"""
Coverage in, clusters out: who tells of the same event, and which story that is.

A story keeps the id it was first shown under. Its articles stay together and apart from those of every
other remembered story; what is new joins a story that is still open, or founds one.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from digest.cluster.linkage import Pair, link
from digest.cluster.turns import in_turn, new_id
from digest.model import Article, Cluster, Coverage, Memory
from digest.text import short_id

THRESHOLD = 0.47
"""Average likeness from which articles tell of one event: in the middle of a flat optimum, out of fold."""

NEVER = -1e9
"""A likeness that no average over a group brings above any threshold."""
NOTHING: Mapping[str, str] = {}

Rank = tuple[int, datetime, str, str]


def cluster(
    coverage: Sequence[Coverage],
    *,
    memory: Memory,
    apart: Collection[tuple[str, str]] = (),
    together: Collection[tuple[str, str]] = (),
    joined: Mapping[str, str] = NOTHING,
) -> tuple[Cluster, ...]:
    """
    Group coverage of the same event, and give every group its story id.

    Args:
        coverage: Distinct texts, in any order.
        memory: What earlier editions showed. Articles of one shown story stay together, under its id, and
            never meet those of another; only stories that can still grow take new coverage.
        apart: (article key, story id): whatever holds that article never joins that story.
        together: Pairs of article keys that are one story, unless both are known to be of two.
        joined: Id of a story, shown or not → id of the one whose part it is.

    Returns:
        Clusters in the order of their founding articles, which are those published first; the coverage of
        each in the order of publication, undated last. A date of first sight is none of publication.
    """
    ordered = sorted(coverage, key=lambda c: rank(c.article))
    growing = {story.id for story in memory.stories}
    ids = assign(ordered, known=memory.shown, growing=growing, apart=apart, together=together)
    members: defaultdict[str, list[Coverage]] = defaultdict(list)
    for told, story in zip(ordered, ids, strict=True):
        members[joined.get(story, story)].append(told)
    return tuple(Cluster(id=story, coverage=tuple(told)) for story, told in members.items())


def assign(
    coverage: Sequence[Coverage],
    *,
    known: Mapping[str, str],
    growing: Collection[str],
    apart: Collection[tuple[str, str]] = (),
    together: Collection[tuple[str, str]] = (),
) -> tuple[str, ...]:
    """
    Return the story id of each coverage, all of them judged together.

    Args:
        coverage: Distinct texts, in any order.
        known: Article key → id of the story it belongs to, for whatever was told before.
        growing: Ids of the stories among these that take new coverage.
        apart: As for `cluster`.
        together: As for `cluster`.
    """
    order = sorted(range(len(coverage)), key=lambda number: rank(coverage[number].article))
    ordered = [coverage[number] for number in order]
    remembered: dict[str, list[int]] = {}
    groups: list[list[int]] = []
    for number, told in enumerate(ordered):
        story = _story_of(told, known)
        if story is None:
            groups.append([number])
        elif story in remembered:
            remembered[story].append(number)
        else:
            groups.append(remembered.setdefault(story, [number]))
    firsts = {members[0]: story for story, members in remembered.items()}
    fixed = {number: firsts[members[0]] for number, members in enumerate(groups) if members[0] in firsts}
    closed = {n for number, story in fixed.items() if story not in growing for n in groups[number]}
    likenesses = {pair: value for pair, value in _likenesses(ordered).items() if closed.isdisjoint(pair)}
    likenesses |= dict.fromkeys(_parted(ordered, known, apart), NEVER)
    taken = frozenset(known.values()) | frozenset(growing)
    ids: dict[int, str] = {}
    found = link(groups, likenesses, threshold=THRESHOLD, apart=frozenset(fixed))
    for members in _united(found, _paired(ordered, together), held=frozenset(firsts)):
        story = next((firsts[n] for n in members if n in firsts), None)
        if story is None:
            story = new_id(ordered[members[0]].article.key, taken)
        ids.update((order[n], story) for n in members)
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
    stories = [_story_of(told, known) for told in coverage]
    *_, ids = ((), *in_turn(keys, _likenesses(coverage), known=stories, threshold=THRESHOLD))
    return tuple(ids)


def rank(article: Article) -> Rank:
    """Return what articles are ordered by: date of publication, then of first sight, then key."""
    published = article.published
    if published is None:
        return (2, datetime.min.replace(tzinfo=UTC), article.key, article.version)
    return (int(published.origin == "first_seen"), published.instant, article.key, article.version)


def _likenesses(coverage: Sequence[Coverage]) -> Mapping[Pair, float]:
    # Brings numpy along.
    from digest.cluster.likeness import likenesses

    return likenesses([told.article for told in coverage])


def _parted(
    coverage: Sequence[Coverage], known: Mapping[str, str], apart: Collection[tuple[str, str]]
) -> Iterator[Pair]:
    """Yield the numbers of coverage that never meets; a story that was not shown yet is its founding article."""
    places = _places(coverage)
    members: defaultdict[str, set[int]] = defaultdict(set)
    for key, number in places.items():
        members[known.get(key) or short_id("story", key)].add(number)
    for key, story in apart:
        if key in places:
            one = places[key]
            yield from ((min(one, other), max(one, other)) for other in members[story] if other != one)


def _paired(coverage: Sequence[Coverage], together: Collection[tuple[str, str]]) -> Iterator[Pair]:
    """Yield the numbers of coverage that is to be one story."""
    places = _places(coverage)
    yield from ((places[one], places[other]) for one, other in sorted(together) if one in places and other in places)


def _united(groups: Sequence[list[int]], pairs: Iterable[Pair], *, held: frozenset[int]) -> list[list[int]]:
    """Join the groups of each pair, unless each of them has a member that is *held*; in the order of first members."""
    joined = {id(group): group for group in groups}
    home = {number: group for group in groups for number in group}
    for one, other in pairs:
        into, out_of = home[one], home[other]
        if into is not out_of and (held.isdisjoint(into) or held.isdisjoint(out_of)):
            del joined[id(out_of)]
            into.extend(out_of)
            home |= dict.fromkeys(out_of, into)
    return sorted(sorted(group) for group in joined.values())


def _places(coverage: Sequence[Coverage]) -> Mapping[str, int]:
    return {article.key: number for number, told in enumerate(coverage) for article in _articles(told)}


def _story_of(told: Coverage, known: Mapping[str, str]) -> str | None:
    return next((known[a.key] for a in _articles(told) if a.key in known), None)


def _articles(told: Coverage) -> Iterator[Article]:
    yield told.article
    yield from told.reprints
