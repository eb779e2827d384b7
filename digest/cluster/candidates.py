"""
Portraits in, the pairs worth comparing out: an inverted index of the words and names that matter most.

Only an article's heaviest terms are looked up, only among the articles of its window, and only the best few finds
are kept, so that cost grows with the articles and not with their pairs.
"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from digest.cluster.portraits import OPENING, PUBLISHED, WHOLE, Portraits
from digest.cluster.sections import Floats, Numbers, Places

# Words of headline and lede, and names, that an article is looked up by.
WORDS = 30
NAMES = 14
# Share of the names in the score of a find.
NAME_SHARE = 0.25
# Finds that are kept, and the score that they need.
KEPT = 24
LEAST = 0.03
# More are kept where they are good, and nearly as good as the best: a great event has many tellings, and counts by all
# its pairs. What is labelled as one event and less good is hardly ever behind so many better finds.
GOOD = 0.1
NEARLY = 0.4
MOST = 600
WINDOW = 10
"""Days that two articles on one event may lie apart: as long as a story stays open."""

_UNDATED = 1 << 30
_BITS = 31
"""Of an article's number."""


def candidates(of: Portraits) -> Places:
    """
    Return the pairs worth comparing.

    Args:
        of: Articles in the order of their days, those without a day behind.

    Returns:
        Shape (pairs, 2): the number of an article and that of an earlier one, ascending.
    """
    count = of.facts.shape[1]
    days = np.nan_to_num(of.facts[PUBLISHED], nan=_UNDATED)
    # Where the window of each article begins; that of an undated one holds everything.
    opens = np.where(days < _UNDATED, np.searchsorted(days, days - WINDOW), 0)
    keys, owners, weights = _heaviest(of)
    # A list for each key names the articles in their order, so those of an article's window stand before it in one row.
    entries = keys.astype(np.int64) << _BITS | owners
    order = np.argsort(entries)
    listed, held = owners[order], weights[order]
    ends = np.searchsorted(entries[order], entries)
    begins = np.searchsorted(entries[order], keys.astype(np.int64) << _BITS | opens[owners])
    bounds = np.searchsorted(owners, np.arange(count + 1))
    found = [np.zeros((0, 2), np.int64)]
    for number, opened in enumerate(opens.tolist()):
        own = slice(bounds[number], bounds[number + 1])
        sizes = ends[own] - begins[own]
        at = np.arange(sizes.sum()) + np.repeat(ends[own] - np.cumsum(sizes), sizes)
        products = held[at] * np.repeat(weights[own], sizes)
        scores = np.bincount(listed[at] - opened, weights=products, minlength=number - opened)
        likely = np.flatnonzero(scores >= LEAST)
        best = likely[np.argsort(-np.round(scores[likely], 6), kind="stable")[:MOST]]
        bound = max(GOOD, NEARLY * scores[best[:1]].sum())
        best = best[: max(KEPT, int((scores[best] >= bound).sum()))]
        found.append(np.stack([np.full(len(best), number), opened + np.sort(best)], axis=1))
    return np.concatenate(found)


def _heaviest(of: Portraits) -> tuple[NDArray[np.uint32], Places, Numbers]:
    """Return (key, number of the article, weight) of all that articles are looked up by, ascending by article."""
    found: list[tuple[NDArray[np.uint32], Places, Numbers]] = []
    for terms, column, most, share in (
        (of.words, OPENING, WORDS, 1 - NAME_SHARE),
        (of.names, WHOLE, NAMES, NAME_SHARE),
    ):
        rows = _top(terms.weights[column], terms.starts, most)
        owners = np.searchsorted(terms.starts, rows, side="right") - 1
        # The product of two such weights counts by the share.
        found.append((terms.keys[rows], owners, terms.weights[column][rows].astype(np.float64) * share**0.5))
    keys, owners, weights = (np.concatenate(part) for part in zip(*found, strict=True))
    order = np.argsort(owners, kind="stable")
    return keys[order], owners[order], weights[order]


def _top(weights: Floats, starts: Places, most: int) -> Places:
    """Return the rows of the heaviest terms of each article, those without weight left out."""
    descending = -np.round(weights.astype(np.float64), 6)
    chosen = [
        start + np.argsort(descending[start:stop], kind="stable")[:most] for start, stop in pairwise(starts.tolist())
    ]
    rows = np.concatenate(chosen)
    top: Places = rows[weights[rows] > 0]
    return top
