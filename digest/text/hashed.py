"""
Words in, numbers of 32 bits out: for comparing texts in arrays.

The same words give the same numbers in every run. A word has the number of another one of the thousands that two texts
have about once in a million times.
"""

import sys
import zlib
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from digest.text.remembered import Remembered

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Integer = TypeVar("Integer", bound=np.integer)


@lru_cache(1 << 17)
def hashed(word: str) -> int:
    """Return the number of a word."""
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


class Numbers(Remembered[bytes]):
    """The numbers of what words stand for, their stems or whatever *meant* returns, four bytes each."""

    def __init__(self, meant: Callable[[str], Iterable[str]]) -> None:
        super().__init__(lambda word: b"".join(hashed(each).to_bytes(4, sys.byteorder) for each in meant(word)))

    def of(self, words: Iterable[str]) -> "NDArray[np.uint32]":
        """Return the numbers of all words, in order; the array cannot be written to."""
        import numpy as np

        return np.frombuffer(b"".join(map(self.__getitem__, words)), np.uint32)


_NUMBERS = Numbers(lambda word: (word,))


def hashes(words: Iterable[str]) -> "NDArray[np.uint32]":
    """Return the number of every word, in order."""
    return _NUMBERS.of(words)


def runs(hashes: "NDArray[np.uint32]", size: int) -> "NDArray[np.uint32]":
    """Return a number for every *size* words in a row; none for fewer words."""
    import numpy as np

    count = max(0, len(hashes) - size + 1)
    found = np.full(count, size, np.uint32)
    for at in range(size):
        # Multiply and fold, as in FNV and murmur: the order of the words matters, and every bit of each of them.
        found ^= hashes[at : at + count]
        found *= np.uint32(0x9E3779B1)
        found ^= found >> np.uint32(15)
    return found


def distinct(numbers: "NDArray[Integer]") -> "NDArray[Integer]":
    """Return whole numbers in ascending order, each once: as `numpy.unique` does, but for few of them much faster."""
    import numpy as np

    ordered = np.sort(numbers)
    is_first = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=is_first[1:])
    return ordered[is_first]


def steps(keys: "NDArray[np.uint32]") -> "NDArray[np.uint8]":
    """
    Return the steps between ascending numbers, which can be packed smaller than the numbers.

    Most need few bytes, and bytes of one place are alike.

    Returns:
        Shape (keys, 4), the lowest byte first.
    """
    import numpy as np

    between = np.diff(keys.astype(np.int64), prepend=0).astype("<u4")
    return np.asfortranarray(between.view(np.uint8).reshape(-1, 4))


def ascending(steps: "NDArray[np.uint8]") -> "NDArray[np.uint32]":
    """Return the numbers that lie so many *steps* from each other, as `steps` gave them."""
    import numpy as np

    wide = steps.astype(np.uint64) @ (np.uint64(1) << (np.uint64(8) * np.arange(4, dtype=np.uint64)))
    return np.cumsum(wide).astype(np.uint32)
