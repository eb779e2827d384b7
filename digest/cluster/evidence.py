"""
Pairs of articles in, what speaks for one event and what against it out: a row of numbers for each pair.

How alike headlines, ledes, texts and names are; how much of the one's lede the other one holds; what rare words,
figures, runs of words and quotations they share, and what of headlines and beginnings however common it is; which days
they name and when they were published.
"""

import numpy as np

from digest.cluster.portraits import (
    DATE,
    DEED,
    DEEDS,
    EVENT,
    FIGURES,
    FIRST_WEEKDAY,
    HEAD,
    HEADLINE,
    KINDS,
    LAST_YEAR,
    LENGTH,
    NAME,
    NAMED,
    OPENING,
    PAIR,
    PUBLISHED,
    QUOTED,
    RARITY,
    SHINGLE,
    STATED,
    TITLED,
    UNCOMMON,
    WEEKDAY,
    WEIGHTIEST,
    WHOLE,
    WORD,
    YEAR,
    Portraits,
    Terms,
    marked,
)
from digest.cluster.sections import Floats, Numbers, Places, begins, highest, summed
from digest.cluster.shared import shared

# From this on a word or name is rare.
RARE = 5.0
# Days, years apart that are told from each other.
LONGEST = 30
YEARS = 10
UNKNOWN = -1.0
NONE_NAMED = -0.1

TIMES = 2
"""So many of the last columns need the dates of both articles."""


def evidence(of: Portraits, pairs: Places) -> Floats:
    """
    Return what is known of each pair.

    Args:
        of: Articles of one language.
        pairs: Shape (pairs, 2): numbers of two articles, ascending by the first.

    Returns:
        Shape (pairs, columns). The last `TIMES` columns are NaN where a date of publication is unknown.
    """
    pair, ours, theirs = shared(of.common, pairs)
    kinds, rows = of.common.kinds[ours], of.common.rows
    common = np.bincount(pair * KINDS + kinds, minlength=len(pairs) * KINDS).reshape(-1, KINDS).T

    def both(kind: int) -> tuple[Places, Places, Places]:
        chosen = np.flatnonzero(kinds == kind)
        return rows[ours[chosen]], rows[theirs[chosen]], begins(common[kind])

    words, names = both(WORD), both(NAME)
    columns = [
        *_plain(of, pairs, *words),
        *_terms(of.words, *words, (HEADLINE, UNCOMMON, HEAD, DEED), (HEADLINE, DEED)),
        *_terms(of.names, *names),
        *_named(of, pairs, *names),
        *_marks(of, pairs, common.astype(float)),
        *_lengths(of, pairs),
        *_times(of, pairs),
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def _plain(of: Portraits, pairs: Places, ours: Places, theirs: Places, starts: Places) -> list[Numbers]:
    """Return what speaks for one event in words that all count the same: figures, words of the headlines, deeds."""
    marks = of.marks[ours] & of.marks[theirs]
    figures, titled, deeds = (summed(marked(marks, mark), starts) for mark in (FIGURES, TITLED, DEEDS))
    fewer, more = _ordered(of.facts[FIGURES][pairs])
    shorter, _ = _ordered(of.facts[TITLED][pairs])
    return [
        *(np.log1p(figures), figures / np.maximum(1, fewer + more - figures), np.log1p(fewer)),
        *(np.log1p(titled), np.where(shorter > 0, titled / np.maximum(1, shorter), NONE_NAMED), shorter),
        *(np.log1p(deeds), deeds / np.sqrt(np.maximum(1, of.facts[DEEDS][pairs].prod(axis=1)))),
    ]


def _terms(
    of: Terms,
    ours: Places,
    theirs: Places,
    starts: Places,
    alike: tuple[int, ...] = (),
    held: tuple[int, ...] = (),
) -> list[Numbers]:
    """
    Return what words, or names, speak for.

    Args:
        of: All of the kind.
        ours: Row of the one article, for each shared term, ascending by pair.
        theirs: Row of the other one.
        starts: Where the shared terms of each pair begin.
        alike: Columns in which articles are compared, besides opening and whole.
        held: Columns of which one article may hold what the other one has, besides the opening.
    """
    rarity = of.weights[RARITY][ours]
    columns = [
        np.log1p(summed(np.maximum(rarity - np.float32(RARE), 0), starts)),
        highest(rarity, starts),
        np.log1p(np.diff(starts)),
    ]
    squares: list[Numbers] = []
    for column in (OPENING, WHOLE, *alike):
        one, other = of.weights[column][ours], of.weights[column][theirs]
        columns.append(summed(one * other, starts))
        if column == OPENING or column in held:
            squares += _ordered(np.stack([summed(one * one, starts), summed(other * other, starts)], axis=1))
    return columns + squares


def _named(of: Portraits, pairs: Places, ours: Places, theirs: Places, starts: Places) -> list[Numbers]:
    """Return how much of either's names in the headline, and of its weightiest name, the other one shares."""
    headline, opening = of.names.weights[HEADLINE], of.names.weights[OPENING]
    all_named = of.facts[NAMED][pairs]
    held = np.stack([summed(headline[rows], starts) for rows in (ours, theirs)], axis=1)
    share = np.where(all_named > 0, held / np.maximum(all_named, 1e-6), np.nan)
    low, high = np.fmin(*share.T), np.fmax(*share.T)
    top = np.stack([highest(opening[rows], starts) for rows in (ours, theirs)], axis=1)
    return [
        *(np.nan_to_num(each, nan=0.5) for each in (low, high)),
        *_ordered(top / np.maximum(of.facts[WEIGHTIEST][pairs], 1e-6)),
    ]


def _marks(of: Portraits, pairs: Places, common: Numbers) -> list[Numbers]:
    columns: list[Numbers] = []
    for kind in (PAIR, SHINGLE, QUOTED, WEEKDAY, DATE, YEAR):
        fewer, more = _ordered(of.counts[kind][pairs].astype(float))
        if kind in (PAIR, SHINGLE, QUOTED):
            columns += [np.log1p(common[kind]), common[kind] / np.maximum(1, fewer)]
        else:
            union = np.maximum(1, fewer + more - common[kind])
            columns.append(np.where(fewer > 0, common[kind] / union, NONE_NAMED))
        if kind == DATE:
            columns.append(np.log1p(common[kind]))
    return columns


def _lengths(of: Portraits, pairs: Places) -> list[Numbers]:
    shorter, longer = _ordered(of.facts[LENGTH][pairs])
    return [np.log1p(shorter), shorter / np.maximum(1, longer)]


def _times(of: Portraits, pairs: Places) -> list[Numbers]:
    times = of.facts[[FIRST_WEEKDAY, LAST_YEAR, STATED, PUBLISHED, EVENT]]
    apart = np.abs(times[:, pairs[:, 0]] - times[:, pairs[:, 1]])
    return [
        np.select([np.isnan(apart[0]), apart[0] == 0], [0.0, 1.0], -1.0),
        np.nan_to_num(np.minimum(apart[1], YEARS), nan=UNKNOWN),
        np.nan_to_num(np.minimum(apart[2], LONGEST), nan=UNKNOWN),
        (~np.isnan(of.facts[STATED][pairs])).sum(axis=1).astype(float),
        np.log1p(np.minimum(apart[3], LONGEST)),
        np.log1p(np.minimum(apart[4], LONGEST)),
    ]


def _ordered(values: Numbers) -> list[Numbers]:
    """Return the smaller and the larger of two columns."""
    return [values.min(axis=1), values.max(axis=1)]
