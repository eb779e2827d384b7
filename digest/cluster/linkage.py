"""
Likenesses of pairs in, groups out: agglomerative clustering by average linkage (Sokal & Michener 1958).

The two groups whose members are most alike on average are joined, again and again, down to a threshold.
Pairs that were never compared count as unlike.
"""

import heapq
from collections.abc import Mapping, Sequence

Pair = tuple[int, int]


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
    sums: list[dict[int, float]] = [{} for _ in groups]
    for (one, other), likeness in sorted(likenesses.items()):
        a, b = home[one], home[other]
        if a != b:
            sums[a][b] = sums[b][a] = sums[a].get(b, 0.0) + likeness
    return join(groups, sums, threshold=threshold, apart=apart)


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
