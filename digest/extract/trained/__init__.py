"""
The lines of a page in, how likely each is the article's own out: a small network whose weights are packaged data.

It knows no text: words are hashed. It needs numpy and nothing else. How it was trained stands in `weights.md`.
"""

from collections.abc import Sequence

import numpy as np

from digest.extract.trained.decoding import chosen
from digest.extract.trained.features import features
from digest.extract.trained.network import Weights, opinions
from digest.extract.trained.said import said
from digest.extract.trained.shared import meanings
from digest.extract.trained.signs import Floats, Signs, signs
from digest.extract.trained.weights import weights

__all__ = ["chosen", "judge", "keep_lines", "lexical", "probabilities"]

_MOST = 6.0
"""Bound of what the words of a line can say."""


def keep_lines(
    lines: Sequence[str], *, language: str, gaps: Sequence[bool] | None = None, marks: Sequence[int] | None = None
) -> tuple[bool, ...]:
    """
    Return for each line whether it belongs to the article.

    Args:
        lines: All lines of the page, in order, as `repair` leaves them: a block of the page each, white space
            collapsed, none empty.
        language: BCP 47 tag of the page's running text.
        gaps: Whether an empty line stands before each; none does when this is not given.
        marks: What each was marked as in the source, see `repair`.
    """
    if not lines:
        return ()
    found = signs(lines, language=language)
    return chosen(_judged(found, gaps, marks, weights()), found.words, found.ends)


def probabilities(
    lines: Sequence[str],
    *,
    language: str,
    gaps: Sequence[bool] | None = None,
    marks: Sequence[int] | None = None,
) -> Floats:
    """Return the probability, for each line, that it belongs to the article; arguments as of `keep_lines`."""
    if not lines:
        return np.zeros(0, np.float32)
    return _judged(signs(lines, language=language), gaps, marks, weights())


def judge(found: Signs) -> Floats:
    """Return the probability, for each line that *found* describes, that it belongs to the article."""
    return _judged(found, None, None, weights())


def lexical(found: Signs, learnt: Weights) -> Floats:
    """Return what the words of each line say for its place on the page, shape (lines, 4); see `features`."""
    buckets, line = said(found)
    n = len(found.size)
    begins = np.searchsorted(line, np.arange(n))
    says = np.add.reduceat(learnt["lexical"][buckets], begins, axis=0) + learnt["lexical bias"]
    says -= says.mean(axis=1, keepdims=True)
    clipped: Floats = np.clip(says, -_MOST, _MOST)
    return clipped


def _judged(found: Signs, gaps: Sequence[bool] | None, marks: Sequence[int] | None, learnt: Weights) -> Floats:
    n = len(found.size)
    if not len(found.code):
        return np.zeros(n, np.float32)
    before = np.zeros(n, bool) if gaps is None else np.asarray(gaps, bool)
    marked = np.zeros(n, np.int64) if marks is None else np.asarray(marks, np.int64)
    meant = meanings(found)
    known, _ = features(found, lexical(found, learnt), before, marked, meant)
    return opinions(known, found.words, meant, learnt)
