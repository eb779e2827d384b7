"""
The signs of a page in, what its lines say out: hashes of words, pairs and triples of words, short lines as a whole.

Of long lines only the ends are looked at: what a paragraph is about must not matter.
"""

import numpy as np
from numpy.typing import NDArray

from digest.extract.trained.arrays import Ints
from digest.extract.trained.signs import CHARACTER, DIGIT, LOWER, UPPER, Signs

BUCKETS = 1 << 15
"""Hash values of what a line says."""
_SHIFT = np.uint32(32 - 15)
_SALT = 0x85EBCA6B
_HEAD = 5
"""Words at each end of a longer line that are looked at."""
_WHOLE = 12
"""Words of the longest line of which all are looked at."""
_SHORT = 6
"""Words of the longest line that has a hash of its own as well."""

_BY_CLASS = np.isin(np.arange(16), (LOWER, UPPER, DIGIT, CHARACTER))


def said(signs: Signs) -> tuple[Ints, Ints]:
    """
    Return what the lines say, hashed: words, pairs of words and short lines as a whole.

    Returns:
        Buckets, and the line of each, in the order of lines.
    """
    line, code, count = signs.line, signs.code, signs.tokens
    size = count[line]
    place = np.arange(len(line)) - signs.begins[line]
    back = size - 1 - place
    seen = (size <= _WHOLE) | (place < _HEAD) | (back < _HEAD)
    kind = np.where(size <= _SHORT, 1, np.where(size <= _WHOLE, 2, np.where(place < _HEAD, 3, 4)))
    at = np.flatnonzero(seen)
    words = mixed(code[at], kind[at])
    opening = at[place[at] == 0]
    closing = at[back[at] == 0]
    pairs = at[back[at] > 0]
    pairs = pairs[seen[pairs + 1]]
    two = mixed(code[pairs], 5) ^ mixed(code[pairs + 1], 6)
    three = pairs[back[pairs] > 1]
    three = three[seen[three + 2] & (size[three] <= _WHOLE)]
    triple = mixed(code[three], 15) ^ mixed(code[three + 1], 16) ^ mixed(code[three + 2], 17)
    short = np.flatnonzero((count > 0) & (count <= _SHORT))
    every = np.arange(len(count))
    whole = whole_lines(signs)
    groups = (
        (words, line[at]),
        (mixed(code[opening], 7), line[opening]),
        (mixed(code[closing], 8), line[closing]),
        (two, line[pairs]),
        (triple, line[three]),
        (mixed(whole[short], 9), short),
        (mixed(_edge(signs.first, signs.first_class), 10), every),
        (mixed(_edge(signs.last, signs.last_class), 11), every),
        (mixed(np.minimum(12, (2 * np.log2(count + 1.0)).astype(np.int64)), 12), every),
    )
    buckets = np.concatenate([one for one, _ in groups]) >> _SHIFT
    lines = np.concatenate([one for _, one in groups])
    order = np.argsort(lines, kind="stable")
    return buckets[order].astype(np.int64), lines[order]


def whole_lines(signs: Signs) -> NDArray[np.uint32]:
    """Return a hash of all words of each line, in their order."""
    place = np.arange(len(signs.line)) - signs.begins[signs.line]
    placed = mixed(signs.code, place + 20)
    sums = np.bincount(signs.line, weights=placed.astype(np.float64), minlength=len(signs.tokens))
    return (sums.astype(np.int64) & 0xFFFFFFFF).astype(np.uint32)


def mixed(code: NDArray[np.generic] | Ints, salt: int | Ints) -> NDArray[np.uint32]:
    """Return *code* hashed again, another way for each *salt*."""
    salted = (
        np.uint32(salt * _SALT & 0xFFFFFFFF) if isinstance(salt, int) else salt.astype(np.uint32) * np.uint32(_SALT)
    )
    found = code.astype(np.uint32) * np.uint32(0x9E3779B1) + salted
    found ^= found >> np.uint32(15)
    found *= np.uint32(0xC2B2AE35)
    found ^= found >> np.uint32(13)
    found *= np.uint32(0x27D4EB2F)
    return found


def _edge(points: Ints, kinds: Ints) -> Ints:
    """Return characters as they are, letters and digits by their class only."""
    return np.where(_BY_CLASS[kinds], kinds, points + 32)
