"""
Rows of keys and pairs of articles in, the keys that both of a pair have out.

One array holds where each key of the one article stands, found by some bits of the key; all the articles that it is
compared with are looked up in it at once.
"""

from itertools import pairwise

import numpy as np

from digest.cluster.portraits import Places, Rows

BITS = 20


def shared(rows: Rows, pairs: Places) -> tuple[Places, Places, Places]:
    """
    Find what is shared.

    Args:
        rows: Keys of articles.
        pairs: Shape (pairs, 2): numbers of two articles, ascending by the first.

    Returns:
        Number of the pair, row of the first article, row of the second, for each shared key.
    """
    places = (rows.keys >> np.uint32(32 - BITS)).astype(np.int64)
    stand = np.full(1 << BITS, -1, np.int64)
    found: list[tuple[Places, Places, Places]] = [(np.zeros(0, np.int64),) * 3]
    bounds = np.flatnonzero(np.diff(pairs[:, 0], prepend=-1, append=-1)).tolist()
    for begin, end in pairwise(bounds):
        number, others = int(pairs[begin, 0]), pairs[begin:end, 1]
        start, stop = rows.starts[number], rows.starts[number + 1]
        stand[places[start:stop]] = np.arange(start, stop)
        sizes = rows.starts[others + 1] - rows.starts[others]
        theirs = np.arange(sizes.sum()) + np.repeat(rows.starts[others] - np.cumsum(sizes) + sizes, sizes)
        ours = stand[places[theirs]]
        hit = np.flatnonzero((ours >= 0) & (rows.keys[ours] == rows.keys[theirs]))
        found.append((np.repeat(np.arange(begin, end), sizes)[hit], ours[hit], theirs[hit]))
        stand[places[start:stop]] = -1
    pair, ours, theirs = (np.concatenate(part) for part in zip(*found, strict=True))
    return pair, ours, theirs
