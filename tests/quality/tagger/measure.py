"""
A corpus in, what the method is worth out: on articles that the measured weights have never seen.

Two ways of holding out: a quarter of all articles at a time (out of fold), and a whole source at a time. An article
of a held-out source counts where its topic is known from another source.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from digest.topics import TOP_LEVEL
from tests.quality.tagger.corpus import TOPICS, Corpus
from tests.quality.tagger.learn import learn

# Sources of articles and headlines such as a digest reads; the other two are of 1987 and 1993.
NEWS = ("bbc", "agnews", "huffpost", "wikievents")
# Those with more text than a headline.
TEXTS = ("bbc", "agnews", "wikievents")
FOLDS = 4
SEED = 7
RESAMPLES = 1000


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """Articles with scores of weights that have not seen them."""

    scores: Any
    """Shape (articles, topics)."""
    clear: Any
    """Shape (articles,): how clearly the leading topic leads."""
    topics: Any
    sources: Any
    known: Any
    """Shape (articles, topics): the topics that the weights have seen labelled articles of."""

    @property
    def right(self) -> Any:
        """Shape (articles,)."""
        return self.scores.argmax(axis=1) == self.topics

    def of(self, source: str) -> "Held":
        """Return the articles of one source."""
        mine = self.sources == source
        return Held(self.scores[mine], self.clear[mine], self.topics[mine], self.sources[mine], self.known[mine])


def out_of_fold(of: Corpus) -> Held:
    """Score each article with what was learnt from three quarters without it."""
    folds = np.random.RandomState(SEED).randint(0, FOLDS, len(of.topics))
    return _held(of, [folds == fold for fold in range(FOLDS)])


def out_of_source(of: Corpus) -> Held:
    """Score each article of `NEWS` with what was learnt from the other sources."""
    return _held(
        of, [(of.sources == s) & np.isin(of.topics, of.topics[of.sources != s]) for s in NEWS], whole_source=True
    )


def confidence(held: Sequence[Held]) -> tuple[float, float]:
    """Fit base and clear of `digest.topics.weights.Confidence`; every source counts alike."""
    from sklearn.linear_model import LogisticRegression

    seen, right, weights = [], [], []
    for each in held:
        for source in NEWS:
            some = each.of(source)
            seen.append(some.clear)
            right.append(some.right)
            weights.append(np.full(len(some.topics), 1000 / len(some.topics)))
    fitted = LogisticRegression(C=100).fit(
        np.concatenate(seen)[:, None], np.concatenate(right), sample_weight=np.concatenate(weights)
    )
    return float(fitted.intercept_[0]), float(fitted.coef_[0, 0])


def sureness(held: Held, fitted: tuple[float, float]) -> Any:
    """Return the confidence in the leading topic of each article."""
    base, clear = fitted
    return 1 / (1 + np.exp(-(base + clear * held.clear)))


def report(name: str, held: Held, fitted: tuple[float, float], threshold: float) -> Iterator[str]:
    """Yield lines of figures."""
    yield f"{name:<14}{'n':>6}{'accuracy':>26}{'macro-F1':>10}{'of known':>10}{'spoken':>8}{'right':>7}{'ECE':>7}"
    means = []
    for source in sorted(set(held.sources)):
        some = held.of(source)
        low, high = _interval(some.right)
        sure = sureness(some, fitted)
        spoken = sure >= threshold
        among = np.where(some.known, some.scores, -np.inf).argmax(axis=1)
        macro = macro_f1(some.topics, among)
        means.append(macro)
        yield (
            f"{source:<14}{len(some.topics):>6}{some.right.mean():>12.3f} [{low:.3f}, {high:.3f}]"
            f"{macro_f1(some.topics, some.scores.argmax(axis=1)):>10.3f}{macro:>10.3f}{spoken.mean():>8.3f}"
            f"{some.right[spoken].mean():>7.3f}{calibration_error(sure, some.right):>7.3f}"
        )
    sure = sureness(held, fitted)
    texts = np.isin(held.sources, TEXTS)
    spoken = texts & (sure >= threshold)
    low, high = _interval(held.right[spoken])
    yield f"mean macro-F1 among known topics {np.mean(means):.3f}; ECE of all {calibration_error(sure, held.right):.3f}"
    yield (
        f"{', '.join(TEXTS)} together: spoken {spoken.sum() / texts.sum():.3f}, "
        f"right {held.right[spoken].mean():.3f} [{low:.3f}, {high:.3f}]"
    )


def confusion(held: Held) -> Any:
    """Return how many articles of each topic (rows) were given each topic (columns)."""
    table = np.zeros((TOPICS, TOPICS), int)
    np.add.at(table, (held.topics, held.scores.argmax(axis=1)), 1)
    return table


def as_text(table: Any) -> Iterator[str]:
    """Yield the confusion matrix in lines, topics by the first word of their slugs."""
    names = [subject.slug.partition("-")[0] for subject in TOP_LEVEL]
    yield f"{'':<12}" + "".join(f"{name[:5]:>6}" for name in names)
    for name, row in zip(names, table, strict=True):
        yield f"{name:<12}" + "".join(f"{count or '·':>6}" for count in row)


def as_svg(table: Any) -> str:
    """Return the confusion matrix as a picture: the darker, the larger a topic's share of its row."""
    side, left = 24, 130
    names = [subject.slug.partition("-")[0] for subject in TOP_LEVEL]
    size = left + side * TOPICS + 8
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" font-family="sans-serif" font-size="10">',
        f'<rect width="{size}" height="{size}" fill="#fff"/>',
    ]
    for row, name in enumerate(names):
        at = left + side * row
        parts.append(f'<text x="{left - 6}" y="{at + 16}" text-anchor="end">{name}</text>')
        parts.append(f'<text transform="translate({at + 16} {left - 6}) rotate(-90)">{name}</text>')
        total = max(table[row].sum(), 1)
        for column, count in enumerate(table[row]):
            if count:
                share = count / total
                x = left + side * column
                ink = "#fff" if share > 0.5 else "#000"
                parts.append(
                    f'<rect x="{x}" y="{at}" width="{side}" height="{side}" fill="#1a4f8b" fill-opacity="{share:.2f}"/>'
                )
                parts.append(
                    f'<text x="{x + side // 2}" y="{at + 16}" text-anchor="middle" fill="{ink}">{count}</text>'
                )
    return "\n".join([*parts, "</svg>"]) + "\n"


def macro_f1(gold: Any, given: Any) -> float:
    """Return the mean F1 over the topics in *gold*."""
    found = []
    for topic in sorted(set(gold)):
        both = ((gold == topic) & (given == topic)).sum()
        found.append(2 * both / ((gold == topic).sum() + (given == topic).sum()))
    return float(np.mean(found))


def calibration_error(sure: Any, right: Any) -> float:
    """Return the mean distance of confidence and accuracy in ten bins of equal width."""
    bins = np.minimum((sure * 10).astype(int), 9)
    return float(
        sum((bins == b).mean() * abs(sure[bins == b].mean() - right[bins == b].mean()) for b in set(bins.tolist()))
    )


def _held(of: Corpus, parts: Sequence[Any], *, whole_source: bool = False) -> Held:
    scores = np.zeros((len(of.topics), TOPICS), np.float32)
    clear = np.zeros(len(of.topics), np.float32)
    known = np.zeros((len(of.topics), TOPICS), bool)
    for part in parts:
        source = of.sources[part][0]
        rows = np.flatnonzero(of.sources != source if whole_source else ~part)
        model = learn(of, rows)
        scores[part] = model.scores(of.known[part])
        clear[part] = model.clear(of.known[part])
        known[part] = np.isin(np.arange(TOPICS), of.topics[rows])
    some = np.any(parts, axis=0)
    return Held(scores[some], clear[some], of.topics[some], of.sources[some], known[some])


def _interval(right: Any) -> tuple[float, float]:
    """Return the 95 % bootstrap interval of a share."""
    drawn = np.random.RandomState(SEED).binomial(len(right), right.mean(), RESAMPLES) / len(right)
    low, high = np.percentile(drawn, [2.5, 97.5])
    return float(low), float(high)
