"""
The lines of a page in, how likely each is the article's own out: a small network whose weights are packaged data.

It knows no text: words are hashed. It needs numpy and nothing else. How it was trained stands in `weights.md`.
"""

from collections.abc import Sequence

import numpy as np

from digest.extract.lines import Line
from digest.extract.trained.arrays import Bools, Floats, Ints
from digest.extract.trained.decoding import chosen
from digest.extract.trained.features import features
from digest.extract.trained.network import Weights, opinions
from digest.extract.trained.said import said
from digest.extract.trained.shared import meanings
from digest.extract.trained.signs import Signs, signs
from digest.extract.trained.weights import weights

__all__ = ["judge", "judged_lines", "lexical"]

_MOST = 6.0
"""Bound of what the words of a line can say."""


def judged_lines(lines: Sequence[Line], *, language: str) -> tuple[tuple[bool, ...], tuple[float, ...]]:
    """
    Return for each line whether it belongs to the article, and how probable that is.

    Args:
        lines: All lines of the page, in order, as `repair` leaves them: a block of the page each.
        language: BCP 47 tag of the page's running text.
    """
    if not lines:
        return (), ()
    found = signs([line.text for line in lines], language=language)
    gaps, marks = (np.array(of) for of in zip(*((line.gap, line.mark) for line in lines), strict=True))
    likely = _judged(found, gaps, marks, weights())
    return chosen(likely, found.words, found.ends), tuple(likely.tolist())


def judge(found: Signs) -> Floats:
    """Return the probability, for each line that *found* describes, that it belongs to the article."""
    n = len(found.size)
    return _judged(found, np.zeros(n, bool), np.zeros(n, np.int64), weights())


def lexical(found: Signs, learnt: Weights) -> Floats:
    """Return what the words of each line say for its place on the page, shape (lines, 4); see `features`."""
    buckets, line = said(found)
    n = len(found.size)
    begins = np.searchsorted(line, np.arange(n))
    says = np.add.reduceat(learnt["lexical"][buckets], begins, axis=0) + learnt["lexical bias"]
    says -= says.mean(axis=1, keepdims=True)
    clipped: Floats = np.clip(says, -_MOST, _MOST)
    return clipped


def _judged(found: Signs, gaps: Bools, marks: Ints, learnt: Weights) -> Floats:
    if not len(found.code):
        return np.zeros(len(found.size), np.float32)
    meant = meanings(found)
    known, _ = features(found, lexical(found, learnt), gaps, marks, meant)
    return opinions(known, found.words, meant, learnt)
