"""
Coverage in, clusters out: who tells of the same event, and which story that is.

A story keeps the id it was first shown under. Its articles stay together and apart from those of every
other remembered story; what is new joins a story that is still open, or founds one.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from digest.cluster.linkage import Pair, link
from digest.cluster.turns import in_turn, new_id
from digest.model import Article, Cluster, Coverage, Memory

THRESHOLD = 0.47
"""Average likeness from which articles tell of one event: in the middle of a flat optimum, out of fold."""

Rank = tuple[int, datetime, str, str]


def cluster(coverage: Sequence[Coverage], *, memory: Memory) -> tuple[Cluster, ...]:
    """
    Group coverage of the same event, and give every group its story id.

    Args:
        coverage: Distinct texts, in any order.
        memory: What earlier editions showed. Articles of one shown story stay together, under its id, and
            never meet those of another; only stories that can still grow take new coverage.

    Returns:
        Clusters in the order of their founding articles, which are those published first; the coverage of
        each in the order of publication, undated last. A date of first sight is none of publication.
    """
    ordered = sorted(coverage, key=lambda c: rank(c.article))
    ids = assign(ordered, known=memory.shown, growing={story.id for story in memory.stories})
    members: defaultdict[str, list[Coverage]] = defaultdict(list)
    for told, story in zip(ordered, ids, strict=True):
        members[story].append(told)
    return tuple(Cluster(id=story, coverage=tuple(told)) for story, told in members.items())


def assign(coverage: Sequence[Coverage], *, known: Mapping[str, str], growing: Collection[str]) -> tuple[str, ...]:
    """
    Return the story id of each coverage, all of them judged together.

    Args:
        coverage: Distinct texts, in any order.
        known: Article key → id of the story it belongs to, for whatever was told before.
        growing: Ids of the stories among these that take new coverage.
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
    taken = frozenset(known.values()) | frozenset(growing)
    ids: dict[int, str] = {}
    for members in link(groups, likenesses, threshold=THRESHOLD, apart=frozenset(fixed)):
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


def _story_of(told: Coverage, known: Mapping[str, str]) -> str | None:
    return next((known[a.key] for a in _articles(told) if a.key in known), None)


def _articles(told: Coverage) -> Iterator[Article]:
    yield told.article
    yield from told.reprints
