"""
Portraits in, the pairs worth comparing out: an inverted index of the words and names that matter most.

Only an article's heaviest terms are looked up, only among the articles of its window, and only the best few finds
are kept, so that cost grows with the articles and not with their pairs.
"""

import numpy as np
from numpy.typing import NDArray

from digest.cluster.portraits import NAME, OPENING, WHOLE, Places, Portraits

# Words of headline and lede, and names, that an article is looked up by.
WORDS = 30
NAMES = 14
# Share of the names in the score of a find.
NAME_SHARE = 0.25
# Finds that are kept, and the score that they need.
KEPT = 24
LEAST = 0.03
# More are kept where they are nearly as good as the best: a great event has many tellings, and counts by all its pairs.
NEARLY = 0.4
MOST = 600
WINDOW = 10
"""Days that two articles on one event may lie apart: as long as a story stays open."""

_UNDATED = 1 << 30


def candidates(of: Portraits) -> Places:
    """
    Return the pairs worth comparing.

    Args:
        of: Articles in the order of their days, those without a day behind.

    Returns:
        Shape (pairs, 2): the number of an article and that of an earlier one, ascending.
    """
    days = np.array([_UNDATED if traits.day is None else traits.day for traits in of.traits])
    # Where the window of each article begins; that of an undated one holds everything.
    opens = np.where(days < _UNDATED, np.searchsorted(days, days - WINDOW), 0)
    keys, owners, weights = _heaviest(of)
    order = np.argsort(keys, kind="stable")
    listed, held = owners[order], weights[order]
    begins = np.searchsorted(keys[order], keys)
    place = np.empty(len(keys), np.int64)
    place[order] = np.arange(len(keys))
    bounds = np.searchsorted(owners, np.arange(len(of.traits) + 1))
    found = [np.zeros((0, 2), np.int64)]
    for number in range(len(of.traits)):
        own = slice(bounds[number], bounds[number + 1])
        # A list names articles in their order, so those before the article's own place in it are earlier ones.
        sizes = place[own] - begins[own]
        at = np.arange(sizes.sum()) + np.repeat(place[own] - np.cumsum(sizes), sizes)
        scores = np.bincount(listed[at], weights=held[at] * np.repeat(weights[own], sizes), minlength=number)
        likely = opens[number] + np.flatnonzero(scores[opens[number] :] >= LEAST)
        best = likely[np.argsort(-np.round(scores[likely], 6), kind="stable")[:MOST]]
        best = best[: max(KEPT, int((scores[best] >= NEARLY * scores[best[:1]].sum()).sum()))]
        found.append(np.stack([np.full(len(best), number), np.sort(best)], axis=1))
    return np.concatenate(found)


def _heaviest(of: Portraits) -> tuple[NDArray[np.uint32], Places, NDArray[np.float64]]:
    """Return (key, number of the article, weight) of all that articles are looked up by, ascending by article."""
    chosen, weights = [np.zeros(0, np.int64)], [np.zeros(0)]
    for start, stop in zip(of.terms.starts[:-1], of.terms.starts[1:], strict=True):
        middle = start + int(np.searchsorted(of.terms.kinds[start:stop], NAME))
        for low, high, column, most, share in (
            (start, middle, OPENING, WORDS, 1 - NAME_SHARE),
            (middle, stop, WHOLE, NAMES, NAME_SHARE),
        ):
            own = of.weights[low:high, column].astype(np.float64)
            top = np.argsort(-np.round(own, 6), kind="stable")[:most]
            chosen.append(low + top[own[top] > 0])
            # The product of two such weights counts by the share.
            weights.append(own[top[own[top] > 0]] * share**0.5)
    rows = np.concatenate(chosen)
    return of.terms.keys[rows], np.searchsorted(of.terms.starts, rows, side="right") - 1, np.concatenate(weights)
