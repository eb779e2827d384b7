"""
Keys of articles and pairs of articles in, the keys that both of a pair have out.

One array holds where each key of the one article stands; all the articles that it is compared with are looked up in
it at once.
"""

from itertools import pairwise

import numpy as np

from digest.cluster.portraits import Common
from digest.cluster.sections import Places


def shared(common: Common, pairs: Places) -> tuple[Places, Places, Places]:
    """
    Find what is shared.

    Args:
        common: Keys of articles.
        pairs: Shape (pairs, 2): numbers of two articles, ascending by the first.

    Returns:
        Number of the pair, place of the key in *common* for the first article and for the second one, for each
        shared key; ascending by the pair, and by the place for the second article.
    """
    stand = np.full(common.numbers.max(initial=-1) + 1, -1, np.int32)
    found: list[tuple[Places, Places, Places]] = [(np.zeros(0, np.int64),) * 3]
    bounds = np.flatnonzero(np.diff(pairs[:, 0], prepend=-1, append=-1)).tolist()
    for begin, end in pairwise(bounds):
        number, others = int(pairs[begin, 0]), pairs[begin:end, 1]
        start, stop = common.starts[number], common.starts[number + 1]
        own = common.numbers[start:stop]
        stand[own] = np.arange(start, stop)
        sizes = common.starts[others + 1] - common.starts[others]
        theirs = np.arange(sizes.sum()) + np.repeat(common.starts[others] - np.cumsum(sizes) + sizes, sizes)
        ours = stand[common.numbers[theirs]]
        hit = np.flatnonzero(ours >= 0)
        pair = begin + np.searchsorted(np.cumsum(sizes), hit, side="right")
        found.append((pair, ours[hit], theirs[hit]))
        stand[own] = -1
    pair, ours, theirs = (np.concatenate(part) for part in zip(*found, strict=True))
    return pair, ours, theirs
