"""
Likenesses of pairs in, groups out: agglomerative clustering by average linkage (Sokal & Michener 1958).

The two groups whose members are most alike on average are joined, again and again, down to a threshold.
Pairs that were never compared count as unlike.
"""

import heapq
from collections.abc import Iterable, Mapping, Sequence

Pair = tuple[int, int]

TIE = 1e-6
"""Averages no further apart are equal."""


def link(
    groups: Sequence[Sequence[int]],
    likenesses: Mapping[Pair, float],
    *,
    threshold: float,
    apart: frozenset[int] = frozenset(),
) -> list[list[int]]:
    """
    Join groups until no two are alike enough.

    Args:
        groups: Members of the groups to start from, each in exactly one.
        likenesses: (member, member) → likeness in [0, 1]; 0 for pairs that are missing.
        threshold: Average likeness from which two groups are joined.
        apart: Indexes of groups of which no two may end up together.

    Returns:
        The joined groups, each in the place of its first one, members in ascending order.
    """
    home = {member: number for number, members in enumerate(groups) for member in members}
    reach = _reach(len(groups), ((home[a], home[b]) for (a, b), value in likenesses.items() if value > threshold - TIE))
    sums: list[dict[int, float]] = [{} for _ in groups]
    for one, other in sorted(pair for pair in likenesses if reach[home[pair[0]]] == reach[home[pair[1]]]):
        a, b = home[one], home[other]
        if a != b:
            sums[a][b] = sums[b][a] = sums[a].get(b, 0.0) + likenesses[one, other]
    return join(groups, sums, threshold=threshold, apart=apart)


def _reach(count: int, near: Iterable[Pair]) -> list[int]:
    """
    Return for each group one that stands for all it can end up with.

    Groups that are alike enough on average have members that are; so what no chain of such pairs connects stays apart.

    Args:
        count: Number of groups.
        near: Groups that have members alike enough.
    """
    above = list(range(count))

    def top(group: int) -> int:
        while above[group] != group:
            above[group] = group = above[above[group]]
        return group

    for one, other in near:
        above[top(one)] = top(other)
    return [top(group) for group in range(count)]


def join(
    groups: Sequence[Sequence[int]], sums: list[dict[int, float]], *, threshold: float, apart: frozenset[int]
) -> list[list[int]]:
    """
    Join groups until no two are alike enough, as `link` does.

    Args:
        groups: Members of the groups to start from.
        sums: For each group, index of another group → sum of the likenesses of their members; used up.
        threshold: Average likeness from which two groups are joined.
        apart: Indexes of groups of which no two may end up together.
    """
    joined = {number: list(members) for number, members in enumerate(groups)}
    held = set(apart)

    def mean(a: int, b: int) -> float:
        return round(sums[a][b] / (len(joined[a]) * len(joined[b])), 6)

    queue = [(-value, a, b) for a in joined for b in sums[a] if a < b and (value := mean(a, b)) >= threshold]
    heapq.heapify(queue)
    while queue:
        negative, a, b = heapq.heappop(queue)
        # What has been joined or held apart since it was queued is stale.
        if b not in sums[a] or mean(a, b) != -negative or (a in held and b in held):
            continue
        _move(sums, a, b)
        joined[a] += joined.pop(b)
        if b in held:
            held.add(a)
        for c in sums[a]:
            if (value := mean(a, c)) >= threshold:
                heapq.heappush(queue, (-value, min(a, c), max(a, c)))
    return [sorted(members) for _, members in sorted(joined.items())]


def _move(sums: list[dict[int, float]], a: int, b: int) -> None:
    """Add the sums of likenesses of group *b* to those of *a*."""
    for c, total in sums[b].items():
        del sums[c][b]
        if c != a:
            sums[a][c] = sums[c][a] = sums[a].get(c, 0.0) + total
    sums[b] = {}
