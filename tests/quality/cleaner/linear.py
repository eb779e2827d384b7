"""
The two linear models: what the words of a line say for its place, and which breaks of a torn dump are none.

Both are logistic regressions on hashed words (scikit-learn), strongly regularised.
"""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from digest.extract.trained.arrays import Floats, Ints
from digest.extract.trained.network import OWN
from digest.extract.trained.repair import JOIN_BUCKETS, is_torn, seams
from digest.extract.trained.said import BUCKETS, said
from digest.extract.trained.signs import signs
from tests.quality.cleaner.pages import Page, View, breaks

_INSET, _AFTER = 2, 3
"""Where a line stands that is not the article's own: 0 above it, boilerplate inside it, below it."""


def places(own: Ints) -> Ints:
    """Return where each line stands, when *own* is 1 for those of the article."""
    found = np.flatnonzero(own)
    where = np.zeros(len(own), np.int64)
    if len(found):
        where[found[0] : found[-1]] = _INSET
        where[found[-1] + 1 :] = _AFTER
        where[found] = OWN
    return where


def fit_lexical(views: Sequence[tuple[View, float]]) -> dict[str, Floats]:
    """
    Return the weights of the words.

    Args:
        views: Pages, and how much each counts; long pages do not count more in proportion to their lines.
    """
    counts: list[Ints] = []
    buckets: list[Ints] = []
    for view, _ in views:
        found, line = said(view.signs)
        buckets.append(found)
        counts.append(np.bincount(line, minlength=len(view.own)))
    column = np.concatenate(buckets)
    rows = np.concatenate(([0], np.cumsum(np.concatenate(counts))))
    matrix = csr_matrix((np.ones(len(column), np.float32), column, rows), shape=(len(rows) - 1, BUCKETS))
    matrix.sum_duplicates()
    weight = np.concatenate([np.full(len(view.own), share / np.sqrt(len(view.own))) for view, share in views])
    model = LogisticRegression(C=0.02, max_iter=35, tol=1e-3)
    model.fit(matrix, np.concatenate([places(view.own) for view, _ in views]), sample_weight=weight / weight.mean())
    return {"lexical": model.coef_.T.astype(np.float32), "lexical bias": model.intercept_.astype(np.float32)}


def fit_join(pages: Sequence[Page]) -> dict[str, Floats]:
    """Return the weights of what stands around a break; whole dumps that only look torn are counterexamples."""
    found: list[Ints] = []
    truth: list[Ints] = []
    weight: list[Floats] = []
    for page in pages:
        plain = [" ".join(line.split()) for line in page.dumps["block"].split("\n") if line.strip()]
        for is_whole, (lines, goes_on) in enumerate((breaks(page), (plain, [False] * (len(plain) - 1)))):
            if len(lines) < 2:
                continue
            known = signs(lines, language="und")
            if is_whole and not is_torn(known):
                continue
            found.append(seams(known))
            truth.append(np.array(goes_on, np.int64))
            weight.append(np.minimum(5, np.log1p(np.maximum(known.tokens[:-1], known.tokens[1:]))))
    column = np.concatenate(found)
    rows = np.arange(0, column.size + 1, column.shape[1])
    matrix = csr_matrix((np.ones(column.size, np.float32), column.ravel(), rows), shape=(len(column), JOIN_BUCKETS))
    model = LogisticRegression(C=0.1, max_iter=50, tol=1e-3)
    model.fit(matrix, np.concatenate(truth), sample_weight=np.concatenate(weight))
    return {"join": model.coef_.T.astype(np.float32), "join bias": model.intercept_.astype(np.float32)}
