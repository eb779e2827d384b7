"""
Words and names in, how rare each is out: the logarithm of the share of articles that have it.

English is weighed by a packaged table (`rarity.npz`, see `rarity.md`), so that an article weighs the same in whatever
company it comes. Of other languages the articles at hand are counted, as if there were `BACKGROUND` more that have
none of their words.
"""

from collections.abc import Sequence
from functools import cache
from importlib import resources
from io import BytesIO

import numpy as np
from numpy.typing import ArrayLike

from digest.cluster.portraits import Rarities
from digest.cluster.sections import Floats
from digest.cluster.traits import Hashes, Traits

BACKGROUND = 10_000

# Rarities are kept as whole numbers of this unit.
STEP = 0.05


def rarities(language: str, traits: Sequence[Traits]) -> Rarities:
    """Return what weighs the words and names of articles of one language."""
    return packaged() if language == "en" else counted(traits)


def counted(traits: Sequence[Traits]) -> Rarities:
    """Return the rarities that follow from *traits* alone."""
    parts = [part for each in traits for part in (each.words, each.names)]
    keys, uses = np.unique(np.concatenate([*parts, np.zeros(0, np.uint32)]), return_counts=True)
    articles = BACKGROUND + len(traits)
    return _table(keys, rarity(uses, articles), float(rarity(np.zeros(1), articles)[0]))


def rarity(uses: ArrayLike, articles: int) -> Floats:
    """Return how rare words are that so many of the *articles* use; 1 for what all of them use."""
    return (1 + np.log((articles + 1) / (np.asarray(uses) + 1))).astype(np.float32)


@cache
def packaged() -> Rarities:
    """Return the packaged rarities."""
    return unpacked((resources.files("digest.cluster") / "rarity.npz").read_bytes())


def unpacked(data: bytes) -> Rarities:
    """Return the rarities of a file that `packed` made."""
    with np.load(BytesIO(data), allow_pickle=False) as file:
        steps = file["steps"].astype(np.uint64) @ (np.uint64(1) << (np.uint64(8) * np.arange(4, dtype=np.uint64)))
        values = file["rarity"].astype(np.float32) * np.float32(STEP)
        return _table(np.cumsum(steps).astype(np.uint32), values, float(file["unknown"]))


def packed(keys: Hashes, values: Floats, unknown: float) -> bytes:
    """Return the bytes of a file of *keys*, ascending, their rarities, and the rarity of all others."""
    # The steps between keys need few bytes, and bytes of one place are alike.
    steps = np.diff(keys.astype(np.int64), prepend=0).astype("<u4")
    file = BytesIO()
    np.savez_compressed(
        file,
        steps=np.asfortranarray(steps.view(np.uint8).reshape(-1, 4)),
        rarity=np.round(values / STEP).astype(np.uint8),
        unknown=np.float32(unknown),
    )
    return file.getvalue()


def _table(keys: Hashes, values: Floats, unknown: float) -> Rarities:
    # A last key that no hash comes behind.
    bounded, kept = np.append(keys, np.uint32(0xFFFFFFFF)), np.append(values, np.float32(unknown))

    def weigh(terms: Hashes) -> Floats:
        place = np.searchsorted(bounded, terms)
        return np.where(bounded[place] == terms, kept[place], np.float32(unknown)).astype(np.float32)

    return weigh
