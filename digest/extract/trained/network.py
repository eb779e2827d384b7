"""
Features of a page's lines in, the probability that each belongs to the article out.

The network reads a page twice. A stack of dilated convolutions over the lines (Yu and Koltun 2016, "Multi-scale context
aggregation by dilated convolutions") gives a first opinion; the second stack also sees what that opinion makes of the
page: how many words of each line the probable body has too, how much of it stands above and below, and what it is
like on the whole.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from digest.extract.trained.arrays import Floats, Ints, around

FIRST = (1, 2, 4, 8)
"""Distances in lines that the convolutions of the first reading reach."""
SECOND = (1, 2, 4, 16)
OWN = 1
"""Column of an opinion that says that a line is the article's; see `features` for the others."""
LIMIT = 5.0
"""Standard deviations at which features are cut off."""
OPENING = 0.35
"""Share of the body that is its opening."""
AROUND = 4
"""Lines on both sides over which the words shared with the body are averaged."""
_BLOCK = 16
"""Lines that are multiplied at a time."""

Weights = Mapping[str, Floats]


def opinions(features: Floats, words: Floats, meanings: tuple[Ints, Ints], weights: Weights) -> Floats:
    """
    Return the probability that each line is the article's own.

    Args:
        features: Shape (lines, features).
        words: Words of each line.
        meanings: Line and code of each meaningful word, as `meanings` gives them.
        weights: See `weights`.
    """
    x = np.clip((features - weights["mean"]) * weights["scale"], -LIMIT, LIMIT)
    hidden = _relu(_product(x, weights["in"]) + weights["in bias"])
    for at, reach in enumerate(FIRST):
        hidden = _convolved(hidden, reach, weights[f"first {at}"], weights[f"first {at} bias"])
        if at == 1:
            page = np.concatenate((hidden.mean(axis=0), hidden.max(axis=0)))
            hidden = hidden + _relu(page @ weights["page"] + weights["page bias"])
    odds = _odds(_product(hidden, weights["opinion"]) + weights["opinion bias"])
    likely = 1 / (1 + np.exp(-odds))
    mass = likely * words
    total = float(mass.sum()) + 1
    body = (mass[:, None] * hidden).sum(axis=0) / total
    told = np.concatenate((np.broadcast_to(body, hidden.shape), _told(odds, likely, mass, meanings)), axis=1)
    told = np.concatenate((hidden, told), axis=1)
    hidden = hidden + _relu(_product(told, weights["again"]) + weights["again bias"])
    for at, reach in enumerate(SECOND):
        hidden = _convolved(hidden, reach, weights[f"second {at}"], weights[f"second {at} bias"])
    body = (mass[:, None] * hidden).sum(axis=0) / total
    both = np.concatenate((hidden, np.broadcast_to(body, hidden.shape)), axis=1)
    mixed = _relu(_product(both, weights["mix"]) + weights["mix bias"])
    last: Floats = 1 / (1 + np.exp(-_odds(_product(mixed, weights["verdict"]) + weights["verdict bias"])))
    return last


def _told(odds: Floats, likely: Floats, mass: Floats, meanings: tuple[Ints, Ints]) -> Floats:
    """Return what the first opinion makes of the page, shape (lines, 10)."""
    total = float(mass.sum()) + 1
    upto = np.cumsum(mass)
    above, below = (upto - mass) / total, (total - 1 - upto) / total
    opening = likely / (1 + np.exp(-12 * (OPENING - above)))
    columns: list[Floats] = []
    for belongs in (likely, opening):
        columns += _shared(belongs, meanings)
    columns += [
        np.clip(odds, -6, 6) / 3,
        likely,
        above,
        below,
        np.full(len(odds), np.log(total) / 4, np.float32),
        np.sqrt(mass / total + 1e-4),
    ]
    return np.stack(columns, axis=1).astype(np.float32)


def _shared(belongs: Floats, meanings: tuple[Ints, Ints]) -> Sequence[Floats]:
    """Return how many of its words each line, and the lines around it, share with those that belong."""
    line, code = meanings
    n = len(belongs)
    counts = np.bincount(line, minlength=n).astype(np.float64)
    if not len(line):
        return [np.zeros(n, np.float32), np.zeros(n, np.float32)]
    carried = belongs[line]
    others = np.bincount(code, weights=carried)[code] - carried
    shared = np.bincount(line, weights=others / (others + 0.5), minlength=n)
    return [shared / (counts + 1), around(shared, AROUND) / (around(counts, AROUND) + 2)]


def _convolved(hidden: Floats, reach: int, weights: Floats, bias: Floats) -> Floats:
    """Return *hidden* and what each line makes of itself and the lines *reach* above and below."""
    n, width = hidden.shape
    beside = _rows(n, 3 * width)
    beside[reach:n, :width] = hidden[: max(0, n - reach)]
    beside[:n, width : 2 * width] = hidden
    beside[: max(0, n - reach), 2 * width :] = hidden[reach:]
    found = _product(beside, weights)[:n]
    found += bias
    np.maximum(found, 0, out=found)
    found += hidden
    return found


def _product(rows: Floats, weights: Floats) -> Floats:
    """
    Return *rows* times *weights*, some rows at a time.

    Libraries for algebra spread larger products over all cores, which costs more than it gains and adds up in another
    order on another machine.
    """
    n, width = rows.shape
    if n % _BLOCK:
        whole = _rows(n, width)
        whole[:n] = rows
        rows = whole
    found: Floats = (rows.reshape(-1, _BLOCK, width) @ weights).reshape(-1, weights.shape[1])[:n]
    return found


def _rows(count: int, width: int) -> Floats:
    """Return zeros for at least *count* rows, in whole blocks."""
    return np.zeros((-(-count // _BLOCK) * _BLOCK, width), np.float32)


def _odds(opinion: Floats) -> Floats:
    """Return the log-odds of OWN against all other columns."""
    rest = np.delete(opinion, OWN, axis=1)
    most = rest.max(axis=1, keepdims=True)
    odds: Floats = opinion[:, OWN] - most[:, 0] - np.log(np.exp(rest - most).sum(axis=1))
    return odds


def _relu(values: Floats) -> Floats:
    return np.maximum(values, 0)
