"""Values that lie side by side in, one number for each section of them out."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]


def begins(sizes: Places) -> Places:
    """Return where each of so large sections begins, and behind them where the last one ends."""
    places: Places = np.concatenate([[0], np.cumsum(sizes)])
    return places


def summed(values: Numbers | Floats | Flags, starts: Places) -> Numbers:
    """
    Return the sum of each section, which depends on no other one's values.

    Args:
        values: Shape (values,).
        starts: Shape (sections + 1,), as `begins` gives it.

    Returns:
        Shape (sections,); 0 for one without values.
    """
    return _reduced(np.add, values, starts)


def highest(values: Numbers | Floats, starts: Places) -> Numbers:
    """Return the highest value of each section, none of them below 0; as `summed`."""
    return _reduced(np.maximum, values, starts)


def _reduced(by: np.ufunc, values: Numbers | Floats | Flags, starts: Places) -> Numbers:
    found = np.zeros(len(starts) - 1)
    # An empty section would be given the value behind it.
    filled = np.flatnonzero(np.diff(starts))
    found[filled] = by.reduceat(values, starts[filled], dtype=np.float64)
    return found
