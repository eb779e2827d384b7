"""
Traits of many articles in, their portraits out: the same, weighed, in arrays that lie side by side.

Words and names count by how often they are used in the article and by how rare they are elsewhere (TF-IDF, Salton &
Buckley 1988).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digest.cluster.sections import Floats, Numbers, Places, begins, highest, summed
from digest.cluster.traits import Flags, Hashes, Traits

Rarities = Callable[[Hashes], Floats]

# A word of the headline counts as so many of the lede.
HEADLINE_USES = 3
# Rarity from which a word of the whole text counts for the column of uncommon words.
COMMON = 3.0

# Kinds of keys.
KINDS = 8
WORD, NAME, PAIR, SHINGLE, QUOTED, WEEKDAY, DATE, YEAR = range(KINDS)
# Weights of a word or name; names have the first four.
OPENING, WHOLE, HEADLINE, RARITY, UNCOMMON, HEAD, DEED = range(7)
# Marks of words: numbers of headline or lede; words of the headline; of headline or very beginning, names left out.
MARKS = 3
FIGURES, TITLED, DEEDS = range(MARKS)
# Facts of an article, behind how many of its words have each mark; the last five are NaN where they are unknown.
FACTS = 11
LENGTH, NAMED, WEIGHTIEST, FIRST_WEEKDAY, LAST_YEAR, STATED, PUBLISHED, EVENT = range(MARKS, FACTS)

# How much so many uses count.
_DAMPED = np.concatenate([[0], 1 + np.log(np.arange(1, 256 * (HEADLINE_USES + 1)))]).astype(np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """Words, or names, of all articles, one article behind the other."""

    starts: Places
    """Shape (articles + 1,): the row at which an article's terms begin."""
    keys: Hashes
    """Shape (rows,)."""
    weights: Floats
    """Shape (7 or 4, rows). An article's have unit length or are zero, but for rarity and the names' headline."""


@dataclass(frozen=True, slots=True, eq=False)
class Common:
    """The keys of all articles that more than one of them has, one article behind the other."""

    starts: Places
    """Shape (articles + 1,): where an article's begin."""
    numbers: NDArray[np.int32]
    """Equal for equal keys of one kind; the more articles have a key, the smaller."""
    kinds: NDArray[np.uint8]
    """Ascending within an article."""
    rows: Places
    """Where the key stands among all of its kind."""


@dataclass(frozen=True, slots=True, eq=False)
class Portraits:
    """Articles of one language, by their number."""

    words: Terms
    names: Terms
    marks: NDArray[np.uint8]
    """Shape (rows of words,): a bit for each mark."""
    common: Common
    facts: Numbers
    """Shape (11, articles)."""
    counts: Places
    """Shape (8, articles): how many keys of each kind an article has."""


def portraits(traits: Sequence[Traits], rarities: Rarities) -> Portraits:
    """Return the portraits of articles, of one at least; *rarities* gives the weight of words and names."""
    kinds = list(zip(*map(_keys, traits), strict=True))
    counts = np.array([[len(keys) for keys in articles] for articles in kinds])
    keys = [np.concatenate(articles) for articles in kinds]
    words = _words(traits, begins(counts[WORD]), keys[WORD], rarities)
    names = _names(traits, begins(counts[NAME]), keys[NAME], rarities)
    marks = _marks(traits)
    facts = np.array(
        [
            *(summed(marked(marks, mark), words.starts) for mark in range(MARKS)),
            [each.length for each in traits],
            summed(names.weights[HEADLINE], names.starts),
            highest(names.weights[OPENING], names.starts),
            *zip(*map(_days, traits), strict=True),
        ]
    )
    return Portraits(words=words, names=names, marks=marks, common=_common(keys, counts), facts=facts, counts=counts)


def _keys(traits: Traits) -> tuple[Hashes, ...]:
    """Return the keys of all kinds, in the order of the kinds."""
    named = traits.days
    dates = sorted(32 * month + day for month, day in named.dates)
    return (
        traits.words,
        traits.names,
        traits.pairs,
        traits.shingles,
        traits.quoted,
        *(np.array(each, np.uint32) for each in (sorted(set(named.weekdays)), dates, sorted(named.years))),
    )


def _days(traits: Traits) -> tuple[float, ...]:
    """Return first weekday, last year and first date that are named, and the days of publication and of the event."""
    named = traits.days
    return (
        named.weekdays[0] if named.weekdays else np.nan,
        max(named.years, default=np.nan),
        np.nan if named.stated is None else named.stated,
        np.nan if traits.day is None else traits.day,
        np.nan if traits.day is None else named.event(traits.day),
    )


def _common(kinds: Sequence[Hashes], counts: Places) -> Common:
    """Return what is common; *kinds* are the keys of each kind."""
    keys = np.concatenate([own.astype(np.int64) | kind << 32 for kind, own in enumerate(kinds)])
    _, place, uses = np.unique(keys, return_inverse=True, return_counts=True)
    # The keys that most articles have stand close together, so that looking them up is quick.
    numbers = np.empty(len(uses), np.int32)
    numbers[np.argsort(-uses, kind="stable")] = np.arange(len(uses))
    kept = np.flatnonzero(uses[place] > 1)
    owners = np.repeat(np.tile(np.arange(counts.shape[1], dtype=np.int32), KINDS), counts.ravel())[kept]
    order = np.argsort(owners, kind="stable")
    kept, owners = kept[order], owners[order]
    sizes = counts.sum(axis=1)
    return Common(
        starts=np.searchsorted(owners, np.arange(counts.shape[1] + 1)),
        numbers=numbers[place[kept]],
        kinds=np.repeat(np.arange(KINDS, dtype=np.uint8), sizes)[kept],
        rows=kept - np.repeat(begins(sizes)[:-1], sizes)[kept],
    )


def marked(marks: NDArray[np.uint8], mark: int) -> Flags:
    """Return which words have a mark."""
    return (marks & (1 << mark)) > 0


def _marks(traits: Sequence[Traits]) -> NDArray[np.uint8]:
    """Return the marks of all words."""
    headline, head = np.concatenate([each.uses[:, :2] for each in traits]).T > 0
    flags = {
        FIGURES: np.concatenate([each.figures for each in traits]),
        TITLED: headline,
        DEEDS: head & ~np.concatenate([each.proper for each in traits]),
    }
    marks: NDArray[np.uint8] = np.packbits([flags[mark] for mark in range(MARKS)], axis=0, bitorder="little")[0]
    return marks


def _words(traits: Sequence[Traits], starts: Places, keys: Hashes, rarities: Rarities) -> Terms:
    rarity = rarities(keys)
    headline, head, lede, whole = np.concatenate([each.uses for each in traits]).T.astype(np.int64)
    opening = _DAMPED[HEADLINE_USES * headline + lede] * rarity
    of_whole = _DAMPED[whole]
    proper = np.concatenate([each.proper for each in traits])
    columns = {
        OPENING: _unit(opening, starts),
        WHOLE: _unit(of_whole * rarity, starts),
        HEADLINE: _unit((headline > 0) * rarity, starts),
        RARITY: rarity,
        UNCOMMON: _unit(of_whole * np.maximum(rarity - COMMON, 0) ** 2, starts),
        HEAD: _unit((head > 0) * rarity**1.3, starts),
        DEED: _unit(~proper * opening, starts),
    }
    return Terms(starts=starts, keys=keys, weights=np.stack([columns[column] for column in sorted(columns)]))


def _names(traits: Sequence[Traits], starts: Places, keys: Hashes, rarities: Rarities) -> Terms:
    rarity = rarities(keys)
    headline, lede, whole = np.concatenate([each.name_uses for each in traits]).T.astype(np.int64)
    columns = {
        OPENING: _unit(_DAMPED[HEADLINE_USES * headline + lede] * rarity, starts),
        WHOLE: _unit(_DAMPED[whole] * rarity, starts),
        HEADLINE: (headline > 0) * rarity,
        RARITY: rarity,
    }
    return Terms(starts=starts, keys=keys, weights=np.stack([columns[column] for column in sorted(columns)]))


def _unit(weights: Floats, starts: Places) -> Floats:
    """Return the weights of each article, of unit length unless all are zero."""
    length = np.sqrt(summed(weights * weights, starts)).astype(np.float32)
    unit: Floats = weights / np.repeat(np.maximum(length, np.finfo(np.float32).tiny), np.diff(starts))
    return unit
