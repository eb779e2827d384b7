"""Columns of numbers in, columns of what stands around each out; all in linear time."""

import numpy as np
from numpy.typing import NDArray

from digest.extract.trained.signs import Floats, Ints

Bools = NDArray[np.bool_]


def windows(values: Floats, reach: int) -> tuple[Floats, Floats]:
    """Return the sums over *reach* lines above and below each line."""
    n = len(values)
    sums = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
    at = np.arange(n)
    above = sums[at] - sums[np.maximum(0, at - reach)]
    below = sums[np.minimum(n, at + reach + 1)] - sums[at + 1]
    return np.maximum(0, above).astype(np.float32), np.maximum(0, below).astype(np.float32)


def around(values: Floats | Ints, reach: int) -> Floats:
    """Return the sums over each line and *reach* lines on both sides."""
    n = len(values)
    sums = np.concatenate(([0.0], np.cumsum(values)))
    at = np.arange(n)
    around: Floats = sums[np.minimum(n, at + reach + 1)] - sums[np.maximum(0, at - reach)]
    return around


def since(which: Bools, most: int = 50) -> Floats:
    """Return how many lines ago *which* was true last, at most *most*."""
    at = np.arange(len(which))
    last = np.maximum.accumulate(np.where(which, at, -most - 1))
    previous = np.concatenate(([-most - 1], last[:-1]))
    return np.minimum(most, at - previous).astype(np.float32)


def signed_log(values: NDArray[np.generic]) -> Floats:
    """Return *values* on a scale that is fine near zero and coarse far from it."""
    floats = np.asarray(values, np.float64)
    return (np.sign(floats) * np.log1p(np.abs(floats)) / 2).astype(np.float32)
