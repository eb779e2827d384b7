"""The kinds of arrays, and what is asked of them time and again: what stands around each line, what is among others."""

from collections.abc import Collection
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.integer[Any]]
Bools = NDArray[np.bool_]

_FARTHEST = 50
"""Lines beyond which distance does not matter."""


def windows(values: Floats, reach: int) -> tuple[Floats, Floats]:
    """Return the sums over *reach* lines above and below each line, column by column if there are several."""
    n = len(values)
    sums, farther = _sums(values, reach)
    above = sums[:-1] - farther[:n]
    below = farther[2 * reach + 1 :] - sums[1:]
    return np.maximum(0, above).astype(np.float32), np.maximum(0, below).astype(np.float32)


def around(values: Floats | Ints, reach: int) -> Floats:
    """Return the sums over each line and *reach* lines on both sides, column by column."""
    _, farther = _sums(values, reach)
    found: Floats = farther[2 * reach + 1 :] - farther[: len(values)]
    return found


def _sums(values: Floats | Ints, reach: int) -> tuple[Floats, Floats]:
    """Return the sums up to each line and to the end, and the same with *reach* more of the first and last of them."""
    n = len(values)
    farther = np.zeros((n + 1 + 2 * reach, *values.shape[1:]))
    sums = farther[reach : n + 1 + reach]
    np.cumsum(values, axis=0, out=sums[1:])
    farther[n + 1 + reach :] = sums[-1]
    return sums, farther


def side_by_side(columns: Collection[NDArray[Any]]) -> Floats:
    """Return *columns*, at least one, as rows; for so many short ones this is much faster than `numpy.stack`."""
    rows = np.empty((len(next(iter(columns))), len(columns)), np.float32)
    for at, column in enumerate(columns):
        rows[:, at] = column
    return rows


def distinct(values: NDArray[Any]) -> NDArray[Any]:
    """Return the *values* in order, each once; for so few of them this is much faster than `numpy.unique`."""
    ordered: NDArray[Any] = np.sort(values)
    is_first = np.ones(len(ordered), bool)
    is_first[1:] = ordered[1:] != ordered[:-1]
    return ordered[is_first]


def is_among(values: NDArray[Any], known: NDArray[Any]) -> Bools:
    """Return which *values* are among those *known*, which are in order."""
    if not len(known):
        return np.zeros(len(values), bool)
    found: Bools = known[np.minimum(np.searchsorted(known, values), len(known) - 1)] == values
    return found


def since(which: Bools) -> Floats:
    """Return how many lines ago *which* was true last, at most 50."""
    at = np.arange(len(which))
    last = np.maximum.accumulate(np.where(which, at, -_FARTHEST - 1))
    previous = np.concatenate(([-_FARTHEST - 1], last[:-1]))
    return np.minimum(_FARTHEST, at - previous).astype(np.float32)


def signed_log(values: NDArray[np.generic]) -> Floats:
    """Return *values* on a scale that is fine near zero and coarse far from it."""
    floats = np.asarray(values, np.float64)
    return (np.sign(floats) * np.log1p(np.abs(floats)) / 2).astype(np.float32)
