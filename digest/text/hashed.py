"""
Words in, numbers of 32 bits out: for comparing texts in arrays.

The same words give the same numbers in every run. A word has the number of another one of the thousands that two texts
have about once in a million times.
"""

import zlib
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@lru_cache(1 << 17)
def hashed(word: str) -> int:
    """Return the number of a word."""
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


def hashes(words: Iterable[str]) -> "NDArray[np.uint32]":
    """Return the number of every word, in order."""
    import numpy as np

    return np.array([hashed(word) for word in words], np.uint32)


def runs(hashes: "NDArray[np.uint32]", size: int) -> "NDArray[np.uint32]":
    """Return a number for every *size* words in a row; none for fewer words."""
    import numpy as np

    count = max(0, len(hashes) - size + 1)
    found = np.full(count, size, np.uint32)
    for at in range(size):
        # Multiply and fold, as in FNV and murmur: the order of the words matters, and every bit of each of them.
        found = (found ^ hashes[at : at + count]) * np.uint32(0x9E3779B1)
        found ^= found >> np.uint32(15)
    return found
