"""
Language in, how many articles of it have each of its common words out, for languages other than English.

Words are known by their first letters, in scripts without spaces by pairs of characters, and as names once more, by an
`@` before them. The table is packaged (`usage.npz`, see `usage.md`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digest.text.hashed import ascending, steps
from digest.text.lexicon import nearest
from digest.text.words import bare

LETTERS = 6
"""Of a word by which it is known: crude, but it serves wherever words are inflected at their end."""
STEP = 0.05
"""Logarithms of shares are kept as whole numbers of this unit."""


@dataclass(frozen=True, slots=True, eq=False)
class Usage:
    """How many articles of a language have its common words."""

    keys: NDArray[np.uint32]
    """Hashes, ascending."""
    shares: NDArray[np.float32]
    """The share of articles that have each."""

    def of(self, keys: NDArray[np.uint32]) -> NDArray[np.float32]:
        """Return the share of articles that have each of *keys*, 0 for what is not common."""
        place = np.searchsorted(self.keys[:-1], keys)
        return np.where(self.keys[place] == keys, self.shares[place], np.float32(0))


def beginning(word: str) -> str:
    """Return what a word is known by: `homme` of `l'homme`, `ankara` of `ankara'nın`, `ministre` as `minist`."""
    return bare(word)[:LETTERS]


@cache
def usage(language: str) -> Usage | None:
    """Return how common the words of a language (primary, as `pt`) are, None where that is not known."""
    data = (resources.files("digest.text") / "usage.npz").read_bytes()
    return unpacked(data, nearest(language))


def unpacked(data: bytes, language: str) -> Usage | None:
    """Return what a file that `packed` made says of a language, None if it says nothing."""
    with np.load(BytesIO(data), allow_pickle=False) as file:
        if f"{language} steps" not in file:
            return None
        shares = np.exp(-STEP * file[f"{language} rarity"].astype(np.float32))
        return Usage(ascending(file[f"{language} steps"]), shares)


def packed(found: Mapping[str, Usage]) -> bytes:
    """Return the bytes of a file of how common the words of each language are."""
    kept: dict[str, Any] = {}
    for language, known in sorted(found.items()):
        kept[f"{language} steps"] = steps(known.keys)
        kept[f"{language} rarity"] = np.round(-np.log(known.shares) / STEP).astype(np.uint8)
    file = BytesIO()
    np.savez_compressed(file, **kept)
    return file.getvalue()
