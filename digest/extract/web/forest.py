"""
Rows of numbers in, what a forest of decision trees makes of each out: boosted trees (Friedman 2001, "Greedy function
approximation: a gradient boosting machine").

No tree is descended. All tests of all trees are made at once, each bars the leaves that a row cannot come to any more,
and the first leaf that is not barred is the row's (Lucchese et al. 2015, "QuickScorer").
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from digest.extract.trained.arrays import Floats, Ints

_AT_ONCE = 256
"""Rows that are looked at together; what is made of them fits into the caches of processors."""
_LEAVES = 16
"""Leaves of the largest tree, for each of which `Forest.lower` has a bit."""


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees, t, with k tests each; smaller ones are filled up with tests that bar nothing."""

    column: Ints
    """Which number each test looks at, shape (t, k)."""
    limit: Floats
    """Up to which the lower way is taken, shape (t, k)."""
    lower: Ints
    """The leaves behind the lower way, a bit each, shape (t, k)."""
    value: Floats
    """What each leaf adds to the odds, those on lower ways first, shape (t, 16)."""


def forest(weights: Mapping[str, Floats], name: str) -> Forest:
    """Return the forest that is kept under *name*, node by node: a leaf leads to itself on both sides."""
    root, column, low, high = (
        weights[f"{name} {part}"].astype(int).tolist() for part in ("root", "column", "low", "high")
    )
    trees = [_tree(one, low, high) for one in root]
    shape = (len(trees), max(len(tests) for tests, _ in trees))
    found = Forest(
        column=np.zeros(shape, np.intp),
        limit=np.full(shape, np.inf, np.float32),
        lower=np.zeros(shape, np.uint16),
        value=np.zeros((len(trees), _LEAVES), np.float32),
    )
    for at, (tests, leaves) in enumerate(trees):
        for place, (node, lower) in enumerate(tests):
            found.column[at, place] = column[node]
            found.limit[at, place] = weights[f"{name} limit"][node]
            found.lower[at, place] = lower
        found.value[at, : len(leaves)] = weights[f"{name} value"][leaves]
    return found


def _tree(root: int, low: Sequence[int], high: Sequence[int]) -> tuple[list[tuple[int, int]], list[int]]:
    """Return the nodes of a tree that are tests, with the leaves behind their lower ways as bits, and its leaves."""
    tests: list[tuple[int, int]] = []
    leaves: list[int] = []

    def descend(node: int) -> None:
        if low[node] == node:
            leaves.append(node)
            return
        first = len(leaves)
        descend(low[node])
        tests.append((node, (1 << len(leaves)) - (1 << first)))
        descend(high[node])

    descend(root)
    return tests, leaves


def odds(rows: Floats, forest: Forest) -> Floats:
    """Return the sum of what all trees say of each row, shape (n,)."""
    parts = [_odds(rows[start : start + _AT_ONCE], forest) for start in range(0, len(rows), _AT_ONCE)]
    total: Floats = np.concatenate(parts)
    return total


def _odds(rows: Floats, forest: Forest) -> Floats:
    columns = np.ascontiguousarray(rows.T, np.float32)
    is_above = columns[forest.column] > forest.limit[..., None]
    barred = np.bitwise_or.reduce(is_above * forest.lower[..., None], axis=1)
    # The lowest bit that is not set, as a power of two.
    free = ~barred & (barred + 1)
    leaf = np.frexp(free.astype(np.float32))[1] - 1
    says = np.take_along_axis(forest.value, leaf, axis=1)
    # Sums of floating-point numbers depend on how they lie in memory.
    total: Floats = np.ascontiguousarray(says.T).sum(axis=1)
    return total
