"""The outline of a page in, its containers out: the blocks around each line that hold other lines as well."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digest.extract.trained.arrays import Bools, Floats, Ints
from digest.extract.web.outline import Outline

LEVELS = 4
"""Containers around a line that are looked at, from the innermost one."""
_ODD = 1_000_003
"""Number by which hashes are combined."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The containers of a page of n lines and e blocks."""

    page: Outline
    up: Ints
    """Nearest block around each block that has more lines than it, -1 if there is none, shape (e,)."""
    container: Sequence[Ints]
    """For each level the container of each line, shape (n,)."""
    is_there: Sequence[Bools]
    """For each level whether there is one."""
    makes: Sequence[Ints]
    """Groups of lines whose blocks have the same names; those around them too; those around these too."""

    def within(self, values: Floats) -> Floats:
        """Return the sum of *values*, one a line, over the lines of each block, shape (e,)."""
        sums = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
        inside: Floats = sums[self.page.last] - sums[self.page.first]
        return inside


def layout(page: Outline) -> Layout:
    """Return the containers of a page."""
    up, outer = _containers(page)
    at = outer[page.block]
    containers: list[Ints] = []
    is_there: list[Bools] = []
    for _ in range(LEVELS):
        here = np.maximum(at, 0)
        containers.append(here)
        is_there.append(at >= 0)
        above = np.where(at >= 0, up[here], -1)
        at = np.where(above >= 0, outer[np.maximum(above, 0)], -1)
    around = np.maximum(page.parent, 0)
    two = page.alike * _ODD + page.alike[around]
    three = page.alike * _ODD + two[around]
    makes = [np.unique(key[page.block], return_inverse=True)[1] for key in (page.alike, two, three)]
    return Layout(page, up, containers, is_there, makes)


def with_those_around(page: Outline, values: NDArray[Any]) -> NDArray[Any]:
    """Return *values*, a row a block, with the sum of those of all blocks around it added."""
    sums = values.copy()
    by_depth = np.argsort(page.depth, kind="stable")
    deeper = np.flatnonzero(np.diff(page.depth[by_depth])) + 1
    for blocks in np.split(by_depth, deeper)[1:]:
        sums[blocks] += sums[page.parent[blocks]]
    return sums


def _containers(page: Outline) -> tuple[Ints, Ints]:
    """Return the nearest block with more lines around each block, and the outermost one with the same lines."""
    parent, first, last = page.parent.tolist(), page.first.tolist(), page.last.tolist()
    up = [-1] * len(parent)
    outer = list(range(len(parent)))
    for block, above in enumerate(parent):
        if above < 0:
            continue
        if first[above] == first[block] and last[above] == last[block]:
            up[block], outer[block] = up[above], outer[above]
        else:
            up[block] = above
    return np.array(up), np.array(outer)
