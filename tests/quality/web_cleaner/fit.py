"""
The linear model of names (scikit-learn) and the forests (LightGBM), as arrays.

Whatever one model learns from another is out-of-fold: no page is judged by a model that saw a page of its site.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import lightgbm
import numpy as np
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.linear_model import LogisticRegression

from digest.extract.trained.arrays import Floats, Ints
from digest.extract.trained.weights import packed, unpacked
from digest.extract.web.forest import forest, odds
from digest.extract.web.judge import first_rows, probability, second_rows
from digest.extract.web.naming import names_of_blocks
from digest.extract.web.outline import NAME_BUCKETS
from tests.quality.cleaner.linear import places
from tests.quality.web_cleaner.pages import Sample

TREES: Mapping[str, Any] = {
    "objective": "binary",
    "num_leaves": 15,
    "learning_rate": 0.06,
    "min_data_in_leaf": 80,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 5,
    "max_bin": 63,
    "num_threads": 1,
    "deterministic": True,
    "seed": 0,
    "verbose": -1,
}
ROUNDS = 150
_EASY, _KEPT = 0.03, 0.4
"""Probability below which lines that are not the article's are thinned out, and the share of them that is kept."""

Arrays = dict[str, Floats]


def fit(samples: Sequence[Sample], matrices: Sequence[csr_matrix]) -> Arrays:
    """
    Return all weights learnt on *samples*.

    Args:
        samples: Pages of at least two folds.
        matrices: Names of the lines of each, see `names_matrix`.
    """
    folds = sorted({sample.fold for sample in samples})
    rows: list[Floats] = [np.zeros(0)] * len(samples)
    for fold in folds:
        learnt = fit_names([one for one in zip(samples, matrices, strict=True) if one[0].fold != fold])
        for at, sample in enumerate(samples):
            if sample.fold == fold:
                rows[at] = _rows(sample, learnt)
    second: list[Floats] = [np.zeros(0)] * len(samples)
    for fold in folds:
        some = [at for at, sample in enumerate(samples) if sample.fold != fold]
        arrays = fit_forest([samples[at] for at in some], [rows[at] for at in some], "first")
        trees = forest(unpacked(packed(arrays)), "first")
        for at, sample in enumerate(samples):
            if sample.fold == fold:
                likely = probability(odds(rows[at], trees))
                second[at] = second_rows(rows[at], likely, sample.signs, sample.layout)
    return {
        **fit_names(list(zip(samples, matrices, strict=True))),
        **fit_forest(samples, rows, "first"),
        **fit_forest(samples, second, "second"),
    }


def fit_names(pages: Sequence[tuple[Sample, csr_matrix]]) -> Arrays:
    """Return the weights of names."""
    weight = np.concatenate([sample.weight for sample, _ in pages])
    model = LogisticRegression(C=0.01, max_iter=40, tol=1e-3)
    model.fit(
        vstack([matrix for _, matrix in pages]).tocsr(),
        np.concatenate([places(sample.own) for sample, _ in pages]),
        sample_weight=weight / weight.mean(),
    )
    return {"names": model.coef_.T.astype(np.float32), "names bias": model.intercept_.astype(np.float32)}


def names_matrix(sample: Sample) -> csr_matrix:
    """Return the names that each line hears, in the columns that `naming` has weights for."""
    page = sample.page
    n, e = len(page.lines), len(page.parent)
    names = _ones(*names_of_blocks(page), (e, NAME_BUCKETS))
    inside = np.flatnonzero(page.parent >= 0)
    parent = _ones(inside, page.parent[inside], (e, e))
    above: list[list[int]] = []
    for block, outer in enumerate(page.parent.tolist()):
        above.append([*(above[outer] if outer >= 0 else ()), block])
    every = _ones(
        np.repeat(np.arange(e), [len(one) for one in above]), np.array([b for one in above for b in one]), (e, e)
    )
    own = _ones(np.arange(n), page.block, (n, e))
    inline = _ones(*page.inline, (n, NAME_BUCKETS))
    return hstack([own @ names, own @ (parent @ names), own @ (every @ names), inline]).tocsr()


def fit_forest(samples: Sequence[Sample], rows: Sequence[Floats], name: str) -> Arrays:
    """Return a forest as the arrays that `digest.extract.web.forest` reads."""
    lot = np.random.default_rng(0)
    inputs: list[Floats] = []
    own: list[Ints] = []
    weight: list[Floats] = []
    for sample, row in zip(samples, rows, strict=True):
        easy = (sample.own == 0) & (sample.likely < _EASY)
        kept = ~easy | (lot.random(len(easy)) < _KEPT)
        inputs.append(row[kept])
        own.append(sample.own[kept])
        weight.append((sample.weight * np.where(easy, 1 / _KEPT, 1))[kept])
    weights = np.concatenate(weight)
    data = lightgbm.Dataset(np.concatenate(inputs), np.concatenate(own), weight=weights / weights.mean())
    return _arrays(lightgbm.train(dict(TREES), data, ROUNDS).dump_model(), name)


def _rows(sample: Sample, learnt: Arrays) -> Floats:
    kept = unpacked(packed(learnt))
    return first_rows(sample.page, sample.signs, sample.title, sample.likely, kept, sample.layout)


def _ones(row: Ints, column: Ints, shape: tuple[int, int]) -> csr_matrix:
    return csr_matrix((np.ones(len(row), np.float32), (row, column)), shape=shape)


def _arrays(model: Mapping[str, Any], name: str) -> Arrays:
    """Return the trees of a dumped model, node by node."""
    root: list[int] = []
    nodes: list[tuple[int, float, int, int, float]] = []
    for tree in model["tree_info"]:
        root.append(len(nodes))
        nodes.append((0, 0.0, 0, 0, 0.0))
        waiting = [(tree["tree_structure"], len(nodes) - 1)]
        while waiting:
            node, at = waiting.pop()
            if "leaf_value" in node:
                nodes[at] = (0, 0.0, at, at, node["leaf_value"])
                continue
            low = len(nodes)
            nodes[at] = (node["split_feature"], node["threshold"], low, low + 1, 0.0)
            nodes += [(0, 0.0, 0, 0, 0.0)] * 2
            waiting += [(node["left_child"], low), (node["right_child"], low + 1)]
    column, limit, low_way, high_way, value = (np.array(part) for part in zip(*nodes, strict=True))
    parts = {"root": root, "column": column, "limit": limit, "low": low_way, "high": high_way, "value": value}
    return {f"{name} {part}": np.asarray(values, np.float32) for part, values in parts.items()}
