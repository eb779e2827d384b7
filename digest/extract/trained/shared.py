"""
The signs of a page in, what its lines have in common with the probable body and with its headline out.

Words are compared by their first letters, scripts without spaces by pairs of characters. A second article on a page
shares few words with the first one; so do teasers, and readers' comments somewhat more.
"""

import numpy as np

from digest.extract.trained.arrays import Bools, Floats, Ints, around, distinct, signed_log, windows
from digest.extract.trained.said import mixed
from digest.extract.trained.signs import Signs

_ABOVE = 40
"""Lines above the body among which its headline is looked for."""


Meanings = tuple[Ints, Ints]
"""Line and number of each word that carries meaning."""


def meanings(signs: Signs) -> Meanings:
    """Return the words of each line that carry meaning, each once: their lines, and the numbers of the words."""
    words = signs.meaning & ~signs.character
    pair = signs.character[:-1] & signs.character[1:] & (signs.line[:-1] == signs.line[1:])
    at = np.flatnonzero(pair)
    pairs = mixed(signs.code[at], 13) ^ mixed(signs.code[at + 1], 14)
    code = np.concatenate((signs.stem[words], pairs.astype(np.int64)))
    line = np.concatenate((signs.line[words], signs.line[at]))
    both = distinct(line << 32 | code)
    _, group = np.unique(both & 0xFFFFFFFF, return_inverse=True)
    return both >> 32, group


def coherence(signs: Signs, meant: Meanings, weight: Floats, name: str) -> dict[str, Floats]:
    """
    Return how many of their words the lines share with the body and with each other.

    Args:
        signs: Of n lines.
        meant: Their `meanings`.
        weight: How far each belongs to the probable body, shape (n,).
        name: What the columns are called after.
    """
    n = len(weight)
    line, group = meant
    counts = np.bincount(line, minlength=n).astype(np.float64)
    carried = weight[line]
    by_word = np.bincount(group, weights=carried) if len(group) else np.zeros(0)
    body = (by_word[group] - carried) > 0.7
    progress = np.cumsum(weight * signs.words)
    opening = weight * (progress <= 0.35 * progress[-1])
    of_opening = opening[line]
    by_word = np.bincount(group, weights=of_opening) if len(group) else np.zeros(0)
    head = (by_word[group] - of_opening) > 0.7
    title = _are(group, group[line == 0])
    order = np.lexsort((line, group))
    near_above = np.zeros(len(line), bool)
    near_below = np.zeros(len(line), bool)
    same = (group[order][1:] == group[order][:-1]) & (line[order][1:] - line[order][:-1] <= 8)
    near_above[order[1:]] = same
    near_below[order[:-1]] = same
    kinds = {"body": body, "opening": head, "title": title, "above": near_above, "below": near_below}
    numbers = np.stack([np.bincount(line, weights=which, minlength=n) for which in kinds.values()], axis=1)
    own = (numbers / np.maximum(1, counts)[:, None]).astype(np.float32)
    near = (around(numbers, 4) / (around(counts, 4) + 2)[:, None]).astype(np.float32)
    over, under = windows(numbers.astype(np.float32), 10)
    all_over, all_under = windows(counts.astype(np.float32), 10)
    columns: dict[str, Floats] = {}
    for at, what in enumerate(kinds):
        columns[f"{name}: {what}"] = own[:, at]
        if what in ("body", "opening", "title"):
            columns[f"{name}: {what} above"] = over[:, at] / (all_over + 2)
            columns[f"{name}: {what} below"] = under[:, at] / (all_under + 2)
        columns[f"{name}: {what} around"] = near[:, at]
    columns[f"{name}: words"] = np.log1p(counts).astype(np.float32)
    return columns


def headline(signs: Signs, meant: Meanings, weight: Floats) -> dict[str, Floats]:
    """Return how the lines compare with the headline: the line above the body (*weight*) whose words it takes up."""
    n = len(weight)
    line, group = meant
    counts = np.bincount(line, minlength=n)
    shared = np.zeros(n)
    if len(group):
        carried = weight[line]
        others = np.bincount(group, weights=carried)[group] - carried
        shared = np.bincount(line, weights=others > 0.7, minlength=n) / np.maximum(1, counts)
    at = np.arange(n)
    first = int(np.argmax(weight > 0))
    distance = np.abs(first - at) / _ABOVE
    open_ = 1 - 0.5 * signs.ends
    worth = shared * np.minimum(1, counts / 4) * open_ - 0.4 * distance
    worth[(at > first + 2) | (distance > 1) | (signs.words > 30) | (counts < 2)] = -1
    best = int(worth.argmax())
    found = float(worth[best]) > 0.1
    of_headline = _are(group, group[line == best] if found else group[:0])
    number = np.bincount(line, weights=of_headline, minlength=n)
    of_line = number / np.maximum(1, counts)
    of_head = number / max(1, int(counts[best]))
    near = around(number, 4) / (around(counts.astype(np.float64), 4) + 2)
    over, under = windows(number.astype(np.float32), 12)
    shown = {
        "headline found": np.full(n, found),
        "headline": (at == best) & found,
        "headline worth": np.full(n, worth[best]),
        "from headline": signed_log(at - best) if found else np.zeros(n),
        "below headline": (at > best) & found,
        "in headline": of_line,
        "of headline": of_head,
        "headline around": near,
        "headline above": np.log1p(over),
        "headline below": np.log1p(under),
        "like a headline": shared * (counts >= 2) * (signs.words < 30) * ~signs.ends,
    }
    return {name: np.asarray(value, np.float32) for name, value in shown.items()}


def _are(groups: Ints, sought: Ints) -> Bools:
    """Return which *groups*, numbers from 0 on, are among the *sought*."""
    are = np.zeros(int(groups.max(initial=-1)) + 1, bool)
    are[sought] = True
    return are[groups]
