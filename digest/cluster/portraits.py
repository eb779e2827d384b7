"""
Traits of many articles in, their portraits out: the same, weighed, in arrays that lie side by side.

Words and names count by how often they are used in the article and by how rare they are elsewhere (TF-IDF, Salton &
Buckley 1988).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digest.cluster.traits import Hashes, Traits

Floats = NDArray[np.float32]
Places = NDArray[np.int64]
Rarities = Callable[[Hashes], Floats]

# A word of the headline counts as so many of the lede.
HEADLINE_USES = 3
# Rarity from which a word of the whole text counts for the column of uncommon words.
COMMON = 3.0

# Kinds of terms, and kinds of marks.
WORD, NAME = range(2)
PAIR, SHINGLE, QUOTED, WEEKDAY, DATE, YEAR = range(6)
# Columns of a term's weights. Names have no uncommon, head and deed; their headline column is not of unit length.
OPENING, WHOLE, HEADLINE, UNCOMMON, HEAD, DEED, RARITY = range(7)

_SALT = np.uint32(0x85EBCA6B)


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Keys of all articles, one article behind the other."""

    starts: Places
    """Shape (articles + 1,): the row at which an article's keys begin."""
    keys: Hashes
    """Shape (rows,); keys of different kinds differ."""
    kinds: NDArray[np.uint8]
    """Shape (rows,), ascending within an article."""


@dataclass(frozen=True, slots=True, eq=False)
class Portraits:
    """Articles of one language, by their number."""

    traits: Sequence[Traits]
    terms: Rows
    weights: Floats
    """Shape (rows of terms, 7); each column of an article's words has unit length or is zero, but for the rarity."""
    figures: NDArray[np.bool_]
    """Shape (rows of terms,): whether the term is a number of headline or lede."""
    marks: Rows
    """Runs of words, and days that are named."""


def portraits(traits: Sequence[Traits], rarities: Rarities) -> Portraits:
    """Return the portraits of articles; *rarities* gives the weight of words and names."""
    return Portraits(
        traits=traits,
        terms=_rows([(each.words, each.names) for each in traits]),
        weights=np.concatenate([part for each in traits for part in _weights(each, rarities)]),
        figures=np.concatenate([part for each in traits for part in (each.figures, np.zeros(len(each.names), bool))]),
        marks=_rows([_marks(each) for each in traits]),
    )


def _marks(traits: Traits) -> tuple[Hashes, ...]:
    """Return the keys of all kinds of marks, in the order of the kinds."""
    named = traits.days
    dates = sorted(32 * month + day for month, day in named.dates)
    return (
        traits.pairs,
        traits.shingles,
        traits.quoted,
        *(np.array(each, np.uint32) for each in (sorted(set(named.weekdays)), dates, sorted(named.years))),
    )


def _rows(articles: Sequence[Sequence[Hashes]]) -> Rows:
    """Return the rows of articles, of each its keys of every kind."""
    sizes = np.array([[len(keys) for keys in kinds] for kinds in articles])
    kinds = np.repeat(np.tile(np.arange(sizes.shape[1], dtype=np.uint8), len(articles)), sizes.ravel())
    keys = np.concatenate([keys for kinds in articles for keys in kinds])
    return Rows(
        starts=np.concatenate([[0], np.cumsum(sizes.sum(axis=1))]),
        # An odd factor keeps distinct keys distinct and spreads small numbers, the salt parts the kinds.
        keys=keys * np.uint32(0x9E3779B1) ^ kinds.astype(np.uint32) * _SALT,
        kinds=kinds,
    )


def _weights(traits: Traits, rarities: Rarities) -> tuple[Floats, Floats]:
    """Return the weights of words and names."""
    rarity = rarities(traits.words)
    headline, head, lede, whole = traits.uses.T.astype(np.float32)
    opening = _damped(HEADLINE_USES * headline + lede) * rarity
    of_words = np.stack(
        [
            _unit(opening),
            _unit(_damped(whole) * rarity),
            _unit((headline > 0) * rarity),
            _unit(_damped(whole) * np.maximum(rarity - COMMON, 0) ** 2),
            _unit((head > 0) * rarity**1.3),
            _unit(~traits.proper * opening),
            rarity,
        ],
        axis=1,
    )
    rarity = rarities(traits.names)
    headline, lede, whole = traits.name_uses.T.astype(np.float32)
    of_names = np.zeros((len(rarity), 7), np.float32)
    of_names[:, OPENING] = _unit(_damped(HEADLINE_USES * headline + lede) * rarity)
    of_names[:, WHOLE] = _unit(_damped(whole) * rarity)
    of_names[:, HEADLINE] = (headline > 0) * rarity
    of_names[:, RARITY] = rarity
    return of_words.astype(np.float32), of_names


def _damped(uses: Floats) -> Floats:
    return np.where(uses > 0, 1 + np.log(np.maximum(uses, 1)), 0)


def _unit(weights: Floats) -> Floats:
    length = np.sqrt((weights * weights).sum())
    return weights / length if length else weights
