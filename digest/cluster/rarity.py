"""
Words and names in, how rare each is out: the logarithm of the share of articles that have it.

English is weighed by a packaged table (`rarity.npz`, see `rarity.md`), so that an article weighs the same in whatever
company it comes. Of other languages the articles at hand are counted as if there were more, which have the common words
of their language as often as is usual (`usage.npz`, see `usage.md`). Of a language whose common words are not known
there are but few more: what a few articles share may then be nothing but its grammar.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from digest.cluster.portraits import Rarities
from digest.cluster.sections import Floats
from digest.cluster.traits import Hashes, Traits

# Articles that are counted besides those at hand, of languages whose common words are known and of others.
BACKGROUND = 2_000
UNTOLD = 200

# Rarities are kept as whole numbers of this unit.
STEP = 0.05

# Languages so close that one's common words serve for the other.
_ALIKE = {"no": "nb", "nn": "nb", "hr": "sh", "bs": "sh", "yue": "zh", "wuu": "zh", "tl": "fil"}


@dataclass(frozen=True, slots=True, eq=False)
class Usage:
    """How many articles of a language have its common words and names."""

    keys: Hashes
    """Ascending."""
    shares: Floats
    """The share of articles that have each."""

    def of(self, terms: Hashes) -> Floats:
        """Return the share of articles that have each term, 0 for what is not common."""
        place = np.searchsorted(self.keys[:-1], terms)
        return np.where(self.keys[place] == terms, self.shares[place], np.float32(0))


def rarities(language: str, traits: Sequence[Traits]) -> Rarities:
    """Return what weighs the words and names of articles of one language."""
    return packaged() if language == "en" else counted(traits, usage(language))


def counted(traits: Sequence[Traits], known: Usage | None = None) -> Rarities:
    """Return the rarities that follow from *traits*, and from what is *known* to be common."""
    parts = [part for each in traits for part in (each.words, each.names)]
    keys, uses = np.unique(np.concatenate([*parts, np.zeros(0, np.uint32)]), return_counts=True)
    background = UNTOLD if known is None else BACKGROUND
    usual = 0 if known is None else background * known.of(keys)
    articles = background + len(traits)
    return _table(keys, rarity(uses + usual, articles), float(rarity(np.zeros(1), articles)[0]))


def rarity(uses: ArrayLike, articles: int) -> Floats:
    """Return how rare words are that so many of the *articles* use; 1 for what all of them use."""
    return (1 + np.log((articles + 1) / (np.asarray(uses) + 1))).astype(np.float32)


@cache
def packaged() -> Rarities:
    """Return the packaged rarities of English."""
    return unpacked((resources.files("digest.cluster") / "rarity.npz").read_bytes())


@cache
def usage(language: str) -> Usage | None:
    """Return how common the words of a language are, None where that is not known."""
    data = (resources.files("digest.cluster") / "usage.npz").read_bytes()
    return unpacked_usage(data, _ALIKE.get(language, language))


def unpacked(data: bytes) -> Rarities:
    """Return the rarities of a file that `packed` made."""
    with np.load(BytesIO(data), allow_pickle=False) as file:
        values = file["rarity"].astype(np.float32) * np.float32(STEP)
        return _table(_ascending(file["steps"]), values, float(file["unknown"]))


def packed(keys: Hashes, values: Floats, unknown: float) -> bytes:
    """Return the bytes of a file of *keys*, ascending, their rarities, and the rarity of all others."""
    file = BytesIO()
    np.savez_compressed(file, steps=_steps(keys), rarity=_in_steps(values), unknown=np.float32(unknown))
    return file.getvalue()


def unpacked_usage(data: bytes, language: str) -> Usage | None:
    """Return what a file that `packed_usage` made says of a language, None if it says nothing."""
    with np.load(BytesIO(data), allow_pickle=False) as file:
        if f"{language} steps" not in file:
            return None
        shares = np.exp(-STEP * file[f"{language} rarity"].astype(np.float32))
        return Usage(_ascending(file[f"{language} steps"]), shares)


def packed_usage(found: Mapping[str, Usage]) -> bytes:
    """Return the bytes of a file of how common the words of each language are."""
    kept: dict[str, Any] = {}
    for language, known in sorted(found.items()):
        kept[f"{language} steps"] = _steps(known.keys)
        kept[f"{language} rarity"] = _in_steps(-np.log(known.shares))
    file = BytesIO()
    np.savez_compressed(file, **kept)
    return file.getvalue()


def _steps(keys: Hashes) -> NDArray[np.uint8]:
    """Return the steps between ascending keys, four bytes each: most need few, and bytes of one place are alike."""
    steps = np.diff(keys.astype(np.int64), prepend=0).astype("<u4")
    return np.asfortranarray(steps.view(np.uint8).reshape(-1, 4))


def _ascending(steps: NDArray[np.uint8]) -> Hashes:
    """Return the keys that `_steps` made steps of."""
    wide = steps.astype(np.uint64) @ (np.uint64(1) << (np.uint64(8) * np.arange(4, dtype=np.uint64)))
    return np.cumsum(wide).astype(np.uint32)


def _in_steps(values: Floats) -> NDArray[np.uint8]:
    return np.round(values / STEP).astype(np.uint8)


def _table(keys: Hashes, values: Floats, unknown: float) -> Rarities:
    # A last key that no hash comes behind.
    bounded, kept = np.append(keys, np.uint32(0xFFFFFFFF)), np.append(values, np.float32(unknown))

    def weigh(terms: Hashes) -> Floats:
        place = np.searchsorted(bounded, terms)
        return np.where(bounded[place] == terms, kept[place], np.float32(unknown)).astype(np.float32)

    return weigh
