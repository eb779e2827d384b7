"""
The signs of a page in, what a network judges its lines by out: one row of numbers a line.

Besides what a line is made of, its numbers say where it stands: how far from the best segment of the page (Pasternack
and Roth 2009, "Extracting article text from the web with maximum subsequence segmentation"), from its headline and
from the nearest paragraph, how often its words come again, and how many of its words the probable body shares.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from digest.extract.lines import CITED, HEADING, ITEM, ROW
from digest.extract.trained.arrays import (
    Bools,
    Floats,
    Ints,
    distinct,
    is_among,
    side_by_side,
    signed_log,
    since,
    windows,
)
from digest.extract.trained.said import whole_lines
from digest.extract.trained.shared import Meanings, coherence, headline
from digest.extract.trained.signs import (
    BAR,
    CALL,
    CHARACTER,
    CLOSE,
    COLON,
    COMMA,
    DASH,
    DIGIT,
    LOWER,
    MARK,
    QUOTE,
    SPACE,
    STOP,
    UPPER,
    Signs,
)

_MIN_GOOD = 15.0
"""Words of a sentence that surely is running text."""


def features(signs: Signs, lexical: Floats, gaps: Bools, marks: Ints, meant: Meanings) -> tuple[Floats, Sequence[str]]:
    """
    Return what is known of each line, and the names of the columns.

    Args:
        signs: Of n lines.
        lexical: What the words of each line say for it (`said`), shape (n, 4): for standing before the article,
            being its own, standing inside it as boilerplate, standing behind it.
        gaps: Whether an empty line stands before each.
        marks: What each was marked as in the source, see `repair`.
        meant: Their `meanings`.
    """
    columns: dict[str, Floats] = {}
    own = _own(signs, gaps, marks)
    columns.update(own)
    for at, name in enumerate(("before", "own", "inset", "after")):
        columns[f"says {name}"] = lexical[:, at]
    whole = whole_lines(signs)
    columns.update(_places(signs, lexical, whole))
    good = signs.words * signs.ends * (own["stops"] > 0.15)
    columns.update(_surroundings(signs, good, columns["repeats"]))
    inside_long, segment = _segment(np.minimum(signs.words - 12, 80), "long")
    columns.update(segment)
    inside_good, segment = _segment(np.where(good > 0, np.minimum(good, 60), -6.0), "good")
    columns.update(segment)
    says = np.clip(lexical[:, 1] - np.maximum(lexical[:, 0], np.maximum(lexical[:, 2], lexical[:, 3])), -3, 3)
    inside_own, segment = _segment(says * np.log1p(signs.words) - 0.3, "says")
    columns.update(segment)
    weight = (inside_good & (good > 0)).astype(np.float32)
    if not weight.any():
        weight = inside_long.astype(np.float32)
    columns.update(coherence(signs, meant, weight, "good"))
    columns.update(headline(signs, meant, weight))
    columns.update(_shapes(signs, whole))
    # The stricter of the votes: lines that are inside all best segments.
    columns["votes"] = inside_long * 1.0 + inside_good + inside_own
    return side_by_side(columns.values()), tuple(columns)


def _own(signs: Signs, gaps: Bools, marks: Ints) -> dict[str, Floats]:
    n = len(signs.size)
    tokens = np.maximum(1, signs.tokens)
    words = np.maximum(1, signs.words)
    counts = signs.counts
    size = np.maximum(1, signs.size)

    def share(which: Bools) -> Floats:
        return (np.bincount(signs.line, weights=which, minlength=n) / tokens).astype(np.float32)

    log = np.log1p(signs.words)
    sentences = counts[:, STOP] + counts[:, CALL]
    shown = {
        "log words": log,
        "words": np.minimum(signs.words, 100) / 40,
        "tiny": signs.words <= 2,
        "letters a word": np.minimum(signs.size / words, 12) / 4,
        "ends": signs.ends,
        "open length": np.where(signs.ends, 0, log),
        "sentences": np.log1p(sentences),
        "sentence length": np.log1p(signs.words / np.maximum(1, sentences)),
        "commas": np.log1p(counts[:, COMMA]),
        "commas a word": np.minimum(1, 5 * counts[:, COMMA] / words),
        "quotes": np.minimum(2, counts[:, QUOTE] + counts[:, CLOSE]),
        "colons": np.minimum(2, counts[:, COLON]),
        "bars": np.log1p(counts[:, BAR]),
        "marks": np.log1p(counts[:, MARK]),
        "dashes": np.log1p(counts[:, DASH]),
        "calls": np.minimum(2, counts[:, CALL]),
        "digits": counts[:, DIGIT] / size,
        "other": 1 - (counts[:, [LOWER, UPPER, SPACE, CHARACTER]].sum(axis=1)) / size,
        "unspaced": counts[:, CHARACTER] / size,
        "upper": share(signs.upper),
        "capitals": share(signs.capitals),
        "numbers": share(signs.number),
        "stops": share(signs.stop),
        "opens small": signs.first_class == LOWER,
        "opens large": signs.first_class == UPPER,
        "opens digit": signs.first_class == DIGIT,
        "opens quote": signs.first_class == QUOTE,
        "ends colon": signs.last_class == COLON,
        "ends stop": signs.last_class == STOP,
        "ends call": signs.last_class == CALL,
        "ends letter": (signs.last_class == LOWER) | (signs.last_class == UPPER) | (signs.last_class == CHARACTER),
        "ends digit": signs.last_class == DIGIT,
        "gap": gaps - gaps.mean(),
        "heading": marks == HEADING,
        "item": marks == ITEM,
        "cited": marks == CITED,
        "row": marks == ROW,
    }
    return {name: np.asarray(value, np.float32) for name, value in shown.items()}


def _places(signs: Signs, lexical: Floats, whole: NDArray[np.uint32]) -> dict[str, Floats]:
    n = len(signs.size)
    at = np.arange(n, dtype=np.float32)
    total = max(1.0, float(signs.words.sum()))
    before = np.cumsum(signs.words) - signs.words
    _, first, group, times = np.unique(whole, return_index=True, return_inverse=True, return_counts=True)
    again = np.where(signs.tokens > 0, times[group] - 1, 0)
    shown = {
        "from top": np.log1p(at),
        "from end": np.log1p(n - 1 - at),
        "place": at / max(1, n - 1),
        "words above": before / total,
        "log lines": np.full(n, np.log1p(n) / 2),
        "log page": np.full(n, np.log1p(total) / 4),
        "a line": np.full(n, np.log1p(total / n)),
        "repeats": np.log1p(again),
        "said above": (first[group] < at) & (again > 0),
    }
    # What kind of boilerplate was seen above and is to come.
    for name, of in (("before", 0), ("after", 3), ("inset", 2)):
        tells = np.maximum(0, lexical[:, of] - lexical[:, 1]).cumsum()
        shown[f"{name} above"] = np.log1p(tells)
        shown[f"{name} below"] = np.log1p(tells[-1] - tells)
    shown.update(_likeness(signs))
    return {name: np.asarray(value, np.float32) for name, value in shown.items()}


def _likeness(signs: Signs) -> dict[str, Floats]:
    """Compare each line with the first one, which mostly is the page's title."""
    n = len(signs.size)
    title = distinct(signs.code[: signs.tokens[0]])
    shared = np.bincount(signs.line, weights=is_among(signs.code, title), minlength=n)
    of_line = shared / np.maximum(1, signs.tokens)
    of_title = np.minimum(1, shared / max(1, len(title)))
    both = of_line * of_title * (signs.words >= 3)
    both[0] = 0
    at = np.arange(n)
    found = int(both.argmax()) if float(both.max()) > 0.25 else -1
    distance = (at - found) if found >= 0 else np.zeros(n)
    return {
        "like title": both.astype(np.float32),
        "of title": of_title.astype(np.float32),
        "title found": np.full(n, found >= 0, np.float32),
        "from title": signed_log(distance),
        "below title": np.asarray((at > found) * (found >= 0), np.float32),
    }


def _surroundings(signs: Signs, good: Floats, repeats: Floats) -> dict[str, Floats]:
    short = ((signs.words < 8) & ~signs.ends).astype(np.float32)
    both = np.stack((good, short), axis=1)
    shown: dict[str, Floats] = {}
    for reach in (3, 8, 20, 60):
        above, below = windows(both, reach)
        shown[f"good above {reach}"], shown[f"good below {reach}"] = np.log1p(above[:, 0]), np.log1p(below[:, 0])
        shown[f"short above {reach}"], shown[f"short below {reach}"] = above[:, 1] / reach, below[:, 1] / reach
    above, below = windows(repeats, 6)
    shown["repeats above"], shown["repeats below"] = above / 3, below / 3
    is_long = good >= _MIN_GOOD
    shown["to long above"] = np.log1p(since(is_long))
    shown["to long below"] = np.log1p(since(is_long[::-1])[::-1])
    is_short = short > 0
    over, under = since(~is_short), since(~is_short[::-1])[::-1]
    shown["run"] = np.log1p(np.where(is_short, over + under - 1, 0)).astype(np.float32)
    shown["run above"] = np.log1p(np.where(is_short, over, 0)).astype(np.float32)
    total = max(1.0, float(good.sum()))
    shown["good above"] = ((np.cumsum(good) - good) / total).astype(np.float32)
    shown["good"] = np.full(len(good), np.log1p(total) / 4, np.float32)
    typical = float(np.median(signs.words[good > 0])) if (good > 0).any() else 0.0
    shown["against typical"] = signed_log(signs.words - typical)
    return shown


def _segment(score: Floats, name: str) -> tuple[Bools, dict[str, Floats]]:
    """Return what is inside the segment of the highest sum, and where the lines stand to it."""
    n = len(score)
    sums = np.concatenate(([0.0], np.cumsum(score, dtype=np.float64)))
    lowest = np.minimum.accumulate(sums[:-1])
    end = int(np.argmax(sums[1:] - lowest)) + 1
    begin = int(np.argmin(sums[:end]))
    at = np.arange(n)
    inside = (at >= begin) & (at < end)
    # What it would add to begin, or to end, at this line.
    outside = np.where(at < begin, sums[begin] - sums[:-1], sums[1:] - sums[end])
    within = np.minimum(sums[1:] - sums[begin], sums[end] - sums[:-1])
    total = max(1.0, float(sums[end] - sums[begin]))
    columns = {
        f"{name} inside": inside.astype(np.float32),
        f"{name} from begin": signed_log(at - begin),
        f"{name} to end": signed_log(end - 1 - at),
        f"{name} worth": signed_log(np.where(inside, within, outside)),
        f"{name} share": np.clip(np.where(inside, within, outside) / total, -1, 1).astype(np.float32),
        f"{name} length": np.full(n, np.log1p(end - begin), np.float32),
        f"{name} total": np.full(n, np.log1p(total) / 4, np.float32),
    }
    return inside, columns


def _shapes(signs: Signs, whole: NDArray[np.uint32]) -> dict[str, Floats]:
    """Count how often the shape of a line and its neighbours comes again: comments, cards and lists have a rhythm."""
    n = len(signs.size)
    size = np.minimum(7, np.log2(signs.words + 1.0) * 1.4).astype(np.int64)
    kind = np.where(signs.first_class == DIGIT, 2, np.where(signs.last_class == DIGIT, 1, 0))
    shape = (size * 2 + signs.ends) * 3 + kind
    padded = np.concatenate(([63], shape, [63]))
    triple = (padded[:-2] * 64 + padded[1:-1]) * 64 + padded[2:]
    wide = np.concatenate(([0], whole.astype(np.int64), [0]))
    shown: dict[str, Floats] = {}
    for name, key in (("shape", triple), ("line above", wide[:-2] * 64 + shape), ("line below", wide[2:] * 64 + shape)):
        _, group, times = np.unique(key, return_inverse=True, return_counts=True)
        again = np.where(signs.words > 0, times[group] - 1, 0).astype(np.float32)
        shown[f"{name} again"] = np.log1p(again)
        if name == "shape":
            above, below = windows((again > 0).astype(np.float32), 10)
            shown["rhythm above"], shown["rhythm below"] = above / 10, below / 10
    numbers = np.bincount(signs.line, weights=signs.number, minlength=n)
    dated = (numbers >= 2) & (signs.words < 12)
    above, below = windows(dated.astype(np.float32), 6)
    shown["numbers above"], shown["numbers below"] = above / 6, below / 6
    shown["last"] = (np.arange(n) == n - 1).astype(np.float32)
    return {name: np.asarray(value, np.float32) for name, value in shown.items()}
