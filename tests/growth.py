"""How work grows with what there is to do: a ratio of two costs, never a time, which would tell of the machine."""

import time
from collections.abc import Callable

LINEAR = 12.0
"""More than work that is done in proportion grows by when there is `TIMES` as much to do, and less than its square."""
TIMES = 4


def growth(work: Callable[[int], object], size: int) -> float:
    """
    Return how many times the cost of *work* grows from *size* to `TIMES` the size.

    Each cost is the least of three in CPU time, so that other work on the machine hardly counts.
    """
    return _cost(work, TIMES * size) / _cost(work, size)


def _cost(work: Callable[[int], object], size: int) -> float:
    costs = []
    for _ in range(3):
        begun = time.process_time()
        work(size)
        costs.append(time.process_time() - begun)
    return max(min(costs), 1e-4)
