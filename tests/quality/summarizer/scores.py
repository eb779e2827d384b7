"""
A summary and what people wrote in, how alike they are out: ROUGE-1 and ROUGE-2 (Lin 2004), F1, with Porter's stems.

The stems are NLTK's, which comes with sumy; figures are those of the package `rouge-score` with its stemmer on.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
_WORD = re.compile(r"[a-z0-9]+")
_SHORT = 3
"""Letters up to which a word is its own stem."""
_DRAWS = 1000


def rouge(said: Sequence[str], wanted: Sequence[str]) -> tuple[float, float]:
    """Return ROUGE-1 and ROUGE-2 in percent."""
    left, right = (tuple(stem for text in texts for stem in _stems(text)) for texts in (said, wanted))
    return f1(left, right), f1(tuple(pairwise(left)), tuple(pairwise(right)))


def f1(said: Sequence[object], wanted: Sequence[object]) -> float:
    """Return the F1 of two bags, in percent."""
    shared = (Counter(said) & Counter(wanted)).total()
    return 200 * shared / max(1, len(said) + len(wanted))


def interval(gains: Scores) -> Scores:
    """Return the bounds of 95 % of the means of samples drawn again from the rows, shape (2, columns)."""
    lots = np.random.default_rng(1)
    means = [gains[lots.integers(0, len(gains), len(gains))].mean(axis=0) for _ in range(_DRAWS)]
    bounds: Scores = np.percentile(means, [2.5, 97.5], axis=0)
    return bounds


@cache
def _stems(text: str) -> tuple[str, ...]:
    return tuple(_stem(word) for word in _WORD.findall(text.lower()))


@cache
def _stem(word: str) -> str:
    return str(_porter().stem(word)) if len(word) > _SHORT else word


@cache
def _porter() -> Any:
    return import_module("nltk.stem.porter").PorterStemmer()
