"""
Rows of numbers in, what a forest of decision trees makes of each out: boosted trees (Friedman 2001, "Greedy function
approximation: a gradient boosting machine") as flat arrays, all trees descended at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from digest.extract.trained.arrays import Floats, Ints

_AT_ONCE = 4096
"""Rows that are looked at together; each takes some kilobytes."""


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees, t, with m nodes in all; a leaf leads to itself on both sides."""

    root: Ints
    """First node of each tree, shape (t,)."""
    column: Ints
    """Which number is looked at in each node, shape (m,)."""
    limit: Floats
    """Up to which the lower way is taken, shape (m,)."""
    ways: Ints
    """The nodes that follow, shape (2 m,): for each node the one up to its limit, and the one above it."""
    value: Floats
    """What each leaf adds to the odds, zero for other nodes, shape (m,)."""
    steps: int
    """Nodes on the longest way from a root to a leaf, without the root."""


def forest(weights: Mapping[str, Floats], name: str) -> Forest:
    """Return the forest that is kept under *name*."""
    root, column, low, high = (weights[f"{name} {part}"].astype(np.int32) for part in ("root", "column", "low", "high"))
    return Forest(
        root=root,
        column=column,
        limit=weights[f"{name} limit"],
        ways=np.stack((low, high), axis=1).ravel(),
        value=weights[f"{name} value"],
        steps=int(weights[f"{name} steps"][0]),
    )


def odds(rows: Floats, forest: Forest) -> Floats:
    """Return the sum of what all trees say of each row, shape (n,)."""
    parts = [_odds(rows[start : start + _AT_ONCE], forest) for start in range(0, len(rows), _AT_ONCE)]
    total: Floats = np.concatenate(parts)
    return total


def _odds(rows: Floats, forest: Forest) -> Floats:
    n, width = rows.shape
    flat = np.ascontiguousarray(rows, np.float32).ravel()
    start = np.arange(n, dtype=np.int32)[:, None] * width
    node = np.broadcast_to(forest.root, (n, len(forest.root)))
    for _ in range(forest.steps):
        above = flat.take(start + forest.column.take(node)) > forest.limit.take(node)
        node = forest.ways.take(2 * node + above)
    total: Floats = forest.value.take(node).sum(axis=1)
    return total
