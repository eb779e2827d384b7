"""
A corpus in, a linear model out.

Three learners see the same articles, and the sum of their weights is what ships, because each is good at something
else: a logistic regression pulled towards the prior of the word lists, a naive Bayes of complements (Rennie et al.
2003, "Tackling the poor assumptions of naive Bayes text classifiers"), and a linear support vector machine, which
knows the sources at hand best and strangers worst. They also learn from articles without topics, whose topics a
teacher guesses: a classifier of sentence vectors, a logistic regression of words and the prior together.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from scipy.optimize import minimize

from digest.topics.weights import clearness, spreads
from tests.quality.tagger.corpus import TOPICS, Corpus

# How the sum is mixed: the prior, the three learners.
PRIOR, REGRESSION, BAYES, MACHINE = 1.8, 0.5, 0.17, 5.0
# What the articles that the teacher labels count beside the labelled ones.
TAUGHT = 2.0
# Taught articles of a topic that count in full: more of them count for no more.
ENOUGH = 60
# What a term of the lexicon or a definition counts beside a labelled article, for the support vector machine.
LISTED = 0.1
# What a taught article counts there, how sure the teacher must be of it, and how many of a topic count in full.
GUESSED, SURE, MOST_GUESSED = 0.3, 0.6, 400
# Scale of rows of length 1 for the regressions, and of the prior to fit it.
ROW = 8.0
# Steps of the regressions: stopping early is part of the method.
STEPS = 15


@dataclass(frozen=True, slots=True, eq=False)
class Linear:
    """Weights of terms, shape (terms, topics), and of nothing, shape (topics,)."""

    weights: Any
    bias: Any

    def scores(self, rows: Any) -> Any:
        """Return shape (articles, topics)."""
        return rows @ self.weights + self.bias

    def clear(self, rows: Any) -> Any:
        """Return how clearly the leading topic of each article leads, shape (articles,)."""
        found = []
        for row, scores in zip(rows, self.scores(rows), strict=True):
            leader = int(scores.argmax())
            spread = spreads(row.data[:, None] * self.weights[row.indices], leader)
            found.append(clearness(scores, spread, leader))
        return np.array(found)


def learn(of: Corpus, rows: Any) -> Linear:
    """Learn from the labelled articles with the indexes *rows*, and from all others."""
    taught = _taught(of, rows)
    regression = _regression(of, rows, taught)
    machine = _machine(of, rows, taught)
    return Linear(
        PRIOR * of.prior
        + REGRESSION * regression.weights
        + BAYES * _bayes(of, rows, taught)
        + MACHINE * machine.weights,
        REGRESSION * regression.bias + MACHINE * machine.bias,
    )


def softmax(scores: Any) -> Any:
    """Return shares of 1 along the rows."""
    parts = np.exp(scores - scores.max(axis=1, keepdims=True))
    return parts / parts.sum(axis=1, keepdims=True)


def _taught(of: Corpus, rows: Any) -> Any:
    """Return what the teacher thinks of the unlabelled articles, shape (articles, topics), rows summing to 1."""
    from sklearn.linear_model import LogisticRegression

    meaning = LogisticRegression(C=0.3, max_iter=100).fit(
        np.vstack([of.listed_vectors, of.known_vectors[rows]]),
        np.concatenate([of.listed_topics, of.topics[rows]]),
        sample_weight=np.concatenate([of.listed_weights, balance(of, rows)]),
    )
    by_words = _fit(of.known[rows], _one_hot(of.topics[rows]), balance(of, rows), prior=0.75 * of.prior, pull=1e-4)
    return softmax(
        np.log(meaning.predict_proba(of.other_vectors) + 1e-9)
        + np.log(softmax(by_words.scores(of.others)) + 1e-9)
        + np.log(softmax(ROW * (of.others @ of.prior)) + 1e-9)
    )


def _regression(of: Corpus, rows: Any, taught: Any) -> Linear:
    known, other = balance(of, rows), _capped(taught)
    return _fit(
        sp.vstack([of.known[rows], of.others]).tocsr(),
        np.vstack([_one_hot(of.topics[rows]), taught]),
        np.concatenate([known / known.sum(), TAUGHT * other / other.sum()]),
        prior=of.prior,
        pull=5e-5,
        offset=np.vstack([_shares_of_sources(of, rows), np.zeros_like(taught)]),
    )


def _bayes(of: Corpus, rows: Any, taught: Any) -> Any:
    """Return weights of terms; of each topic they are 1 in size on average."""
    sure = np.where(taught > 0.2, taught, 0)
    sure = sure * (ENOUGH / np.maximum(sure.sum(axis=0), ENOUGH))
    known = balance(of, rows)
    sizes = np.bincount(of.topics[rows], known, TOPICS)[of.topics[rows]]
    uses = of.known[rows].T @ (_one_hot(of.topics[rows]) * (ENOUGH * known / sizes)[:, None]) + of.others.T @ sure
    without = uses.sum(axis=1, keepdims=True) - uses + 0.015
    rates = np.log(without / without.sum(axis=0))
    weights = rates.mean(axis=1, keepdims=True) - rates
    return (weights / np.abs(weights).mean(axis=0, keepdims=True)).astype(np.float32)


def _machine(of: Corpus, rows: Any, taught: Any) -> Linear:
    from sklearn.svm import LinearSVC

    listed = of.listed.shape[0]
    sure = np.flatnonzero(taught.max(axis=1) > SURE)
    guessed = taught[sure].argmax(axis=1)
    sizes = np.bincount(guessed, minlength=TOPICS)[guessed]
    fitted = LinearSVC(C=0.15, random_state=0).fit(
        sp.vstack([of.known[rows], of.listed, of.others[sure]]).tocsr(),
        np.concatenate([of.topics[rows], of.listed_topics[:listed], guessed]),
        sample_weight=np.concatenate(
            [np.ones(len(rows)), np.full(listed, LISTED), GUESSED * np.minimum(1, MOST_GUESSED / sizes)]
        ),
    )
    return Linear(fitted.coef_.T.astype(np.float32), fitted.intercept_.astype(np.float32))


def _fit(rows: Any, topics: Any, weights: Any, *, prior: Any, pull: float, offset: Any = 0.0) -> Linear:
    """
    Fit a softmax regression, held to *prior* by *pull* times half the square of the distance.

    Args:
        rows: Sparse, shape (articles, terms), rows of length 1.
        topics: Shape (articles, topics), rows summing to 1.
        weights: Shape (articles,), what each article counts.
        prior: Shape (terms, topics).
        pull: Above 0.
        offset: Added to the scores while learning; 0 or shape (articles, topics).
    """
    scaled = (rows * ROW).tocsr().astype(np.float32)
    turned = scaled.T.tocsr()
    shape = prior.shape
    share = (weights / weights.sum()).astype(np.float32)[:, None]

    def loss(flat: Any) -> tuple[float, Any]:
        table, bias = flat[:-TOPICS].reshape(shape).astype(np.float32), flat[-TOPICS:].astype(np.float32)
        scores = scaled @ table + bias + offset
        scores -= scores.max(axis=1, keepdims=True)
        parts = np.exp(scores)
        total = parts.sum(axis=1, keepdims=True)
        away = table - prior
        surprise = -float((share * topics * (scores - np.log(total))).sum())
        error = (parts / total - topics) * share
        gradient = np.concatenate([(turned @ error + pull * away).ravel(), error.sum(axis=0) + pull * bias])
        return surprise + 0.5 * pull * float((away**2).sum() + (bias**2).sum()), gradient.astype(np.float64)

    start = np.concatenate([prior.ravel(), np.zeros(TOPICS)]).astype(np.float64)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS, "maxcor": 5}).x
    return Linear(found[:-TOPICS].reshape(shape).astype(np.float32) * ROW, found[-TOPICS:].astype(np.float32))


def balance(of: Corpus, rows: Any) -> Any:
    """Return what each article counts: all topics alike, the sources of a topic by the root of their sizes."""
    pairs = list(zip(of.topics[rows], of.sources[rows], strict=True))
    sizes = Counter(pairs)
    weights = np.array([sizes[pair] ** -0.5 for pair in pairs])
    totals = np.bincount(of.topics[rows], weights, TOPICS)
    return weights / totals[of.topics[rows]] * len(pairs) / (totals > 0).sum()


def _shares_of_sources(of: Corpus, rows: Any) -> Any:
    """Return half the logarithm of the share that each topic has of an article's source: no word need say it."""
    names: Sequence[str] = sorted(set(of.sources[rows]))
    at = np.array([names.index(source) for source in of.sources[rows]])
    sizes = np.full((len(names), TOPICS), 10.0)
    np.add.at(sizes, (at, of.topics[rows]), 1)
    shares = np.log(sizes / sizes.max(axis=1, keepdims=True))
    return (0.5 * shares[at]).astype(np.float32)


def _capped(taught: Any) -> Any:
    return (taught / np.maximum(taught.sum(axis=0), ENOUGH)).sum(axis=1)


def _one_hot(topics: Any) -> Any:
    return np.eye(TOPICS, dtype=np.float32)[topics]
