"""
A page in, the probability of each of its lines to be the article's out: the packaged weights at work.

A first forest knows how the network that reads dumps judges the lines. A second one also knows what the first makes of
them (stacking; Wolpert 1992, "Stacked generalization"), so that what holds for a line is passed on to its kind.
"""

from collections.abc import Mapping
from functools import cache
from importlib import resources

import numpy as np

from digest.extract.trained import judge
from digest.extract.trained.arrays import Floats, side_by_side
from digest.extract.trained.signs import Signs
from digest.extract.trained.weights import unpacked
from digest.extract.web.company import company
from digest.extract.web.containers import Layout, layout
from digest.extract.web.features import features
from digest.extract.web.forest import Forest, forest, odds
from digest.extract.web.naming import CLASSES, naming
from digest.extract.web.outline import Outline


def judged(page: Outline, found: Signs, title: Signs) -> Floats:
    """
    Return the probability that each line is the article's, shape (n,).

    Args:
        page: With n lines.
        found: Of its lines.
        title: Of the title that the page has for browsers.
    """
    learnt = weights()
    shape = layout(page)
    rows = first_rows(page, found, title, judge(found), learnt, shape)
    first = probability(odds(rows, forests()[0]))
    return probability(odds(second_rows(rows, first, found, shape), forests()[1]))


def first_rows(
    page: Outline, found: Signs, title: Signs, likely: Floats, learnt: Mapping[str, Floats], shape: Layout
) -> Floats:
    """Return what the first forest looks at, a row a line."""
    said = naming(page, learnt["names"], learnt["names bias"])
    columns = features(page, found, title, shape)
    columns |= {f"named {name}": said[:, at] for at, name in enumerate(CLASSES)}
    columns |= company(likely, found.words, shape)
    return side_by_side(columns.values())


def second_rows(rows: Floats, likely: Floats, found: Signs, shape: Layout) -> Floats:
    """Return what the second forest looks at: what the first did, and what came of it."""
    return np.concatenate((rows, side_by_side(company(likely, found.words, shape).values())), axis=1)


def probability(odds: Floats) -> Floats:
    """Return probabilities of log-odds."""
    likely: Floats = 1 / (1 + np.exp(-odds))
    return likely


@cache
def weights() -> Mapping[str, Floats]:
    """Return the packaged weights by their names."""
    return unpacked((resources.files("digest.extract.web") / "weights.npz").read_bytes())


@cache
def forests() -> tuple[Forest, Forest]:
    """Return the packaged forests."""
    return forest(weights(), "first"), forest(weights(), "second")
