"""
Pairs of articles in, what speaks for one event and what against it out: a row of numbers for each pair.

How alike headlines, ledes, texts and names are; how much of the one's lede the other one holds; what rare words,
figures, runs of words and quotations they share; which days they name and when they were published.
"""

import numpy as np
from numpy.typing import NDArray

from digest.cluster.portraits import (
    DATE,
    DEED,
    HEAD,
    HEADLINE,
    NAME,
    OPENING,
    PAIR,
    QUOTED,
    RARITY,
    SHINGLE,
    UNCOMMON,
    WEEKDAY,
    WHOLE,
    WORD,
    YEAR,
    Floats,
    Places,
    Portraits,
)
from digest.cluster.shared import shared

Numbers = NDArray[np.float64]

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
    columns = [*_words(of, pairs), *_marks(of, pairs), *_lengths(of, pairs), *_times(of, pairs)]
    return np.stack(columns, axis=1).astype(np.float32)


def _words(of: Portraits, pairs: Places) -> list[Numbers]:
    count = len(pairs)
    pair, ours, theirs = shared(of.terms, pairs)
    is_name = of.terms.kinds[ours] == NAME
    both = of.figures[ours] & of.figures[theirs]
    figures = np.bincount(pair[both], minlength=count).astype(float)
    of_figures = _per_article(of.figures.astype(float), of.terms.starts)
    fewer, more = _ordered(of_figures[pairs])
    columns = [np.log1p(figures), figures / np.maximum(1, fewer + more - figures), np.log1p(fewer)]
    for kind in (WORD, NAME):
        chosen = is_name if kind == NAME else ~is_name
        at, one, other = pair[chosen], of.weights[ours[chosen]], of.weights[theirs[chosen]]
        rarity = one[:, RARITY].astype(float)
        columns += [
            np.log1p(_summed(np.maximum(rarity - RARE, 0), at, count)),
            _highest(rarity, at, count),
            np.log1p(np.bincount(at, minlength=count)),
        ]
        alike = (OPENING, WHOLE, HEADLINE, UNCOMMON, HEAD, DEED) if kind == WORD else (OPENING, WHOLE)
        columns += [_summed(one[:, column] * other[:, column], at, count) for column in alike]
        for column in (OPENING, HEADLINE, DEED) if kind == WORD else (OPENING,):
            columns += _ordered(np.stack([_summed(each[:, column] ** 2, at, count) for each in (one, other)], axis=1))
        if kind == NAME:
            columns += _named(of, pairs, at, one, other)
    return columns


def _named(of: Portraits, pairs: Places, at: Places, one: Floats, other: Floats) -> list[Numbers]:
    """Return how much of either's names in the headline, and of its weightiest name, the other one shares."""
    count = len(pairs)
    own = np.where(of.terms.kinds == NAME, of.weights[:, HEADLINE], 0)
    headline = _per_article(own, of.terms.starts)[pairs]
    held = np.stack([_summed(each[:, HEADLINE], at, count) for each in (one, other)], axis=1)
    share = np.where(headline > 0, held / np.maximum(headline, 1e-6), np.nan)
    low, high = np.fmin(*share.T), np.fmax(*share.T)
    own = np.where(of.terms.kinds == NAME, of.weights[:, OPENING], 0)
    owner = np.repeat(np.arange(len(of.traits)), np.diff(of.terms.starts))
    top = _highest(own, owner, len(of.traits))[pairs]
    held = np.stack([_highest(each[:, OPENING], at, count) for each in (one, other)], axis=1)
    return [*(np.nan_to_num(each, nan=0.5) for each in (low, high)), *_ordered(held / np.maximum(top, 1e-6))]


def _marks(of: Portraits, pairs: Places) -> list[Numbers]:
    pair, ours, _ = shared(of.marks, pairs)
    kinds = of.marks.kinds[ours]
    columns: list[Numbers] = []
    for kind in (PAIR, SHINGLE, QUOTED, WEEKDAY, DATE, YEAR):
        common = np.bincount(pair[kinds == kind], minlength=len(pairs)).astype(float)
        fewer, more = _ordered(_per_article((of.marks.kinds == kind).astype(float), of.marks.starts)[pairs])
        if kind in (PAIR, SHINGLE, QUOTED):
            columns += [np.log1p(common), common / np.maximum(1, fewer)]
        else:
            columns.append(np.where(fewer > 0, common / np.maximum(1, fewer + more - common), NONE_NAMED))
        if kind == DATE:
            columns.append(np.log1p(common))
    return columns


def _lengths(of: Portraits, pairs: Places) -> list[Numbers]:
    shorter, longer = _ordered(np.array([float(traits.length) for traits in of.traits])[pairs])
    return [np.log1p(shorter), shorter / np.maximum(1, longer)]


def _times(of: Portraits, pairs: Places) -> list[Numbers]:
    named = [traits.days for traits in of.traits]
    weekday = np.array([days.weekdays[0] if days.weekdays else np.nan for days in named])[pairs]
    year = np.array([max(days.years, default=np.nan) for days in named])[pairs]
    stated = np.array([np.nan if days.stated is None else days.stated for days in named])[pairs]
    days = [(traits.day, traits.days) for traits in of.traits]
    published = np.array([np.nan if day is None else day for day, _ in days])[pairs]
    event = np.array([np.nan if day is None else names.event(day) for day, names in days])[pairs]
    apart = [np.abs(each[:, 0] - each[:, 1]) for each in (weekday, year, stated, published, event)]
    return [
        np.select([np.isnan(apart[0]), apart[0] == 0], [0.0, 1.0], -1.0),
        np.nan_to_num(np.minimum(apart[1], YEARS), nan=UNKNOWN),
        np.nan_to_num(np.minimum(apart[2], LONGEST), nan=UNKNOWN),
        (~np.isnan(stated)).sum(axis=1).astype(float),
        np.log1p(np.minimum(apart[3], LONGEST)),
        np.log1p(np.minimum(apart[4], LONGEST)),
    ]


def _per_article(values: Numbers | Floats, starts: Places) -> Numbers:
    """Return the sum of the values in each article's rows."""
    sums = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    own: Numbers = sums[starts[1:]] - sums[starts[:-1]]
    return own


def _ordered(values: Numbers) -> list[Numbers]:
    """Return the smaller and the larger of two columns."""
    return [values.min(axis=1), values.max(axis=1)]


def _summed(values: Numbers | Floats, at: Places, count: int) -> Numbers:
    return np.bincount(at, weights=values, minlength=count).astype(np.float64)


def _highest(values: Numbers | Floats, at: Places, count: int) -> Numbers:
    found = np.zeros(count)
    np.maximum.at(found, at, values)
    return found
