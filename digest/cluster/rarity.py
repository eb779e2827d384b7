"""
Words and names in, how rare each is out: the logarithm of the share of articles that have it.

English is weighed by a packaged table (`rarity.npz`, see `rarity.md`), so that an article weighs the same in whatever
company it comes. Of other languages the articles at hand are counted as if there were more, which have the common words
of their language as often as is usual (`digest.text.usage`). Of a language whose common words are not known there are
but few more: what a few articles share may then be nothing but its grammar.
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
from digest.text.hashed import ascending, steps
from digest.text.usage import Usage, usage

# Articles that are counted besides those at hand, of languages whose common words are known and of others.
BACKGROUND = 2_000
UNTOLD = 200

# Rarities are kept as whole numbers of this unit.
STEP = 0.05


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


def unpacked(data: bytes) -> Rarities:
    """Return the rarities of a file that `packed` made."""
    with np.load(BytesIO(data), allow_pickle=False) as file:
        values = file["rarity"].astype(np.float32) * np.float32(STEP)
        return _table(ascending(file["steps"]), values, float(file["unknown"]))


def packed(keys: Hashes, values: Floats, unknown: float) -> bytes:
    """Return the bytes of a file of *keys*, ascending, their rarities, and the rarity of all others."""
    file = BytesIO()
    np.savez_compressed(
        file, steps=steps(keys), rarity=np.round(values / STEP).astype(np.uint8), unknown=np.float32(unknown)
    )
    return file.getvalue()


def _table(keys: Hashes, values: Floats, unknown: float) -> Rarities:
    # A last key that no hash comes behind.
    bounded, kept = np.append(keys, np.uint32(0xFFFFFFFF)), np.append(values, np.float32(unknown))

    def weigh(terms: Hashes) -> Floats:
        place = np.searchsorted(bounded, terms)
        return np.where(bounded[place] == terms, kept[place], np.float32(unknown)).astype(np.float32)

    return weigh
