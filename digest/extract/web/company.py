"""
How likely the lines of a page are in, what follows for each from the company that it keeps out.

Markup says which lines share a fate: those of one container, those whose blocks are of the same make, those of the
block that is worth most as a whole. How the others of them are judged says which fate it is.
"""

import numpy as np

from digest.extract.trained.arrays import Floats, signed_log
from digest.extract.web.containers import LEVELS, Layout
from digest.extract.web.features import Columns

_REACH = 3
"""Lines above and below that are looked at one by one."""
_WINDOWS = (3, 8, 25)
_PRICES = {"best": 0.5, "wide": 0.2}
"""Probability from which a line adds to the worth of a block."""
_MAX_WORTH = 60.0
"""Words of a line that add to it."""
_FAR = 9
"""Blocks between two blocks that are counted."""


def company(likely: Floats, words: Floats, layout: Layout) -> Columns:
    """
    Return what the company of each line says, by column.

    Args:
        likely: Probability of each line to be the article's, shape (n,).
        words: Their lengths.
        layout: Of the page.
    """
    bounded = np.clip(likely.astype(np.float64), 1e-3, 1 - 1e-3)
    odds = np.log(bounded / (1 - bounded))
    mass = bounded * words
    columns: Columns = {"odds": odds}
    columns |= _stretch(odds, mass, words)
    columns |= _containers(mass, words, layout)
    for name, price in _PRICES.items():
        columns |= _best(name, (bounded - price) * np.minimum(words, _MAX_WORTH), layout)
    columns |= _makes(odds, mass, words, layout)
    return columns


def _stretch(odds: Floats, mass: Floats, words: Floats) -> Columns:
    n = len(odds)
    at = np.arange(n)
    found: Columns = {}
    padded = np.concatenate((np.full(_REACH, -7.0), odds, np.full(_REACH, -7.0)))
    for step in range(1, _REACH + 1):
        found[f"odds {step} above"] = padded[_REACH - step : _REACH - step + n]
        found[f"odds {step} below"] = padded[_REACH + step : _REACH + step + n]
    sums, totals = np.concatenate(([0.0], np.cumsum(mass))), np.concatenate(([0.0], np.cumsum(words)))
    for reach in _WINDOWS:
        low, high = np.maximum(0, at - reach), np.minimum(n, at + reach + 1)
        found[f"likely {reach} above"] = (sums[at] - sums[low]) / (totals[at] - totals[low] + 1)
        found[f"likely {reach} below"] = (sums[high] - sums[at + 1]) / (totals[high] - totals[at + 1] + 1)
    total = sums[-1] + 1
    found["mass above"] = sums[:-1] / total
    found["mass"] = np.full(n, np.log(total))
    found["share likely"] = np.full(n, sums[-1] / (totals[-1] + 1))
    return found


def _containers(mass: Floats, words: Floats, layout: Layout) -> Columns:
    size, likely = layout.within(words), layout.within(mass)
    found: Columns = {}
    for level in range(LEVELS):
        here, is_there = layout.container[level], layout.is_there[level]
        shown = {
            "mass of page": likely[here] / (likely[0] + 1),
            "likely others": (likely[here] - mass + 0.3) / np.maximum(1, size[here] - words + 1),
            "likely in": likely[here] / (size[here] + 1),
        }
        found |= {f"{name} {level}": np.where(is_there, value, -1) for name, value in shown.items()}
    return found


def _best(name: str, worth: Floats, layout: Layout) -> Columns:
    """Return where the lines stand to the smallest block of the highest worth."""
    page = layout.page
    of_block = layout.within(worth)
    most = float(of_block.max())
    best = int(np.flatnonzero(of_block >= most - 1e-6)[-1])
    low, high = int(page.first[best]), int(page.last[best])
    parent = page.parent.tolist()
    # How many blocks must be left from it, and entered again, to get to each block.
    out = [-1] * len(parent)
    steps = [0] * len(parent)
    block, left = best, 0
    while block >= 0:
        out[block] = left
        block, left = parent[block], left + 1
    for block, above in enumerate(parent):
        if out[block] < 0 and above >= 0:
            out[block], steps[block] = out[above], steps[above] + 1
    n = len(page.lines)
    at = np.arange(n)
    return {
        f"in {name}": (at >= low) & (at < high),
        f"{name} up": np.minimum(np.array(out)[page.block], _FAR),
        f"{name} down": np.minimum(np.array(steps)[page.block], _FAR),
        f"{name} from": signed_log(at - low),
        f"{name} to": signed_log(high - 1 - at),
        f"{name} worth": np.full(n, np.log1p(max(0.0, most))),
    }


def _makes(odds: Floats, mass: Floats, words: Floats, layout: Layout) -> Columns:
    """Return how the lines in blocks of the same make are judged."""
    found: Columns = {}
    for depth, group in enumerate(layout.makes):
        count = np.bincount(group)[group]
        likely, size, total = (np.bincount(group, weights=of)[group] for of in (mass, words, odds))
        found[f"make {depth} count"] = np.log1p(count)
        found[f"make {depth} likely"] = (likely - mass + 0.3) / np.maximum(1, size - words + 1)
        found[f"make {depth} odds"] = (total - odds - 1) / count
        found[f"make {depth} share"] = likely / (mass.sum() + 1)
        found[f"make {depth} size"] = np.log1p(size / count)
    return found
