"""
Probabilities of lines in, the lines of the article out.

What is kept is the set whose expected F1 is best: a line is worth keeping when its probability is above half of the F1
that can be had on this page (Lipton et al. 2014, "Optimal thresholding of classifiers to maximize F1 measure").
"""

import numpy as np

from digest.extract.trained.arrays import Bools, Floats

_LEAST, _MOST = 0.3, 0.5
"""Bounds of the threshold."""
_MIN_SENTENCE = 8.0
"""Words of a line that can be a paragraph."""


def chosen(probabilities: Floats, words: Floats, ends: Bools) -> tuple[bool, ...]:
    """
    Return which lines are the article.

    Args:
        probabilities: That each line belongs to it, at least one line.
        words: Their lengths.
        ends: Whether each ends as a sentence does. A paragraph right below one that is kept is kept on less.
    """
    rounded = np.round(probabilities, 6)
    threshold = round(min(_MOST, max(_LEAST, _expected_f1(probabilities, words) / 2)), 6)
    kept: list[bool] = (rounded > threshold).tolist()
    for at in np.flatnonzero((rounded > _LEAST) & ends & (words >= _MIN_SENTENCE)).tolist():
        kept[at] = kept[at] or (at > 0 and kept[at - 1])
    return tuple(kept)


def _expected_f1(probabilities: Floats, words: Floats) -> float:
    """Return the best F1 that can be expected when the lines above some threshold are kept."""
    order = np.argsort(-probabilities, kind="stable")
    right = np.cumsum((probabilities * words)[order])
    kept = np.cumsum(words[order])
    total = float((probabilities * words).sum())
    return float((2 * right / np.maximum(1e-6, kept + total)).max())
