"""
Lessons in, figures out: how well articles are grouped by judges that have never seen their stories.

A pair is judged by a bench that learned from neither article's fold; then all articles are grouped together.
"""

import random
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import combinations_with_replacement

import numpy as np
from numpy.typing import NDArray

from digest.cluster.evidence import TIMES
from digest.cluster.linkage import Pair, link
from digest.cluster.stories import THRESHOLD
from digest.cluster.verdict import CAUTION, Bench, is_near, judged
from tests.quality.stories.learning import Same, learn
from tests.quality.stories.material import FOLDS, Lesson

RESAMPLES = 500
# What a pair of headlines with a blurb counts, and how many pairs of two stories one of them stands for.
SHORT_WEIGHT = 0.3
THINNED = 4

Verdicts = NDArray[np.float64]
Lessons = Mapping[str, Lesson]
"""`dated` and `undated`: the same articles with their dates and without; `short`: headlines with a blurb."""


def benches(lessons: Lessons, without: Iterable[int] = ()) -> Mapping[str, Bench]:
    """
    Return both benches.

    Args:
        lessons: What to learn from.
        without: Folds whose articles are not learned from.
    """
    hidden = list(without)
    dated, undated, short = lessons["dated"], lessons["undated"], lessons["short"]
    known = has_dates(dated) & _is_open(dated, hidden)
    told, brief = _is_open(undated, hidden), _is_open(short, hidden) & _is_kept(short)
    weights = np.where(short.same, SHORT_WEIGHT, SHORT_WEIGHT * THINNED)[brief]
    return {
        "dated": learn(dated.evidence[known], dated.same[known], np.ones(known.sum(), np.float32)),
        "undated": learn(
            np.concatenate([undated.evidence[told], short.evidence[brief]])[:, :-TIMES],
            np.concatenate([undated.same[told], short.same[brief]]),
            np.concatenate([np.ones(told.sum()), weights]).astype(np.float32),
        ),
    }


def out_of_fold(lessons: Lessons) -> Mapping[str, Verdicts]:
    """Return the verdict on every pair of each lesson, by judges that know neither story."""
    found = {name: np.zeros(len(taught.pairs)) for name, taught in lessons.items()}
    for folds in combinations_with_replacement(range(FOLDS), 2):
        judges = benches(lessons, folds)
        for name, taught in lessons.items():
            asked = (np.sort(taught.folds, axis=1) == folds).all(axis=1)
            known = asked & is_near(taught.evidence)
            found[name][known] = judged(judges["dated"], taught.evidence[known])
            others = asked & ~known
            found[name][others] = judged(judges["undated"], taught.evidence[others, :-TIMES], given=CAUTION)
    return found


def _is_open(taught: Lesson, hidden: Sequence[int]) -> Same:
    return np.asarray(~np.isin(taught.folds, hidden).any(axis=1))


def _is_kept(taught: Lesson) -> Same:
    """Return which pairs are learned from when there are too many: all of one story, and one in so many others."""
    return np.asarray(taught.same | (np.arange(len(taught.same)) % THINNED == 0))


def has_dates(taught: Lesson) -> Same:
    """Return of which pairs both dates are known."""
    return np.asarray(~np.isnan(taught.evidence[:, -TIMES:]).any(axis=1))


def grouped(taught: Lesson, verdicts: Verdicts, *, threshold: float = THRESHOLD) -> Sequence[int]:
    """Return the number of each article's group."""
    pairs = np.sort(taught.pairs, axis=1).tolist()
    likenesses: dict[Pair, float] = {(a, b): v for (a, b), v in zip(pairs, verdicts.tolist(), strict=True) if v}
    groups = [0] * len(taught.ids)
    for number, members in enumerate(link([[n] for n in range(len(taught.ids))], likenesses, threshold=threshold)):
        for member in members:
            groups[member] = number
    return groups


def bcubed(stories: Sequence[str], groups: Sequence[Hashable]) -> tuple[float, float, float]:
    """Return precision, recall and F1 (Bagga & Baldwin 1998)."""
    precision, recall = (np.mean(part) for part in _shares(stories, groups))
    return float(precision), float(recall), float(2 * precision * recall / (precision + recall))


def interval(stories: Sequence[str], groups: Sequence[int]) -> tuple[float, float]:
    """Return the 95 % interval of F1 when other stories of the kind had been drawn."""
    precisions, recalls = _shares(stories, groups)
    names = sorted(set(stories))
    place = {name: number for number, name in enumerate(names)}
    own = np.array([place[story] for story in stories])
    sums = np.stack([np.bincount(own, weights=part) for part in (precisions, recalls, np.ones(len(own)))])
    draw = random.Random(1)
    found = []
    for _ in range(RESAMPLES):
        precision, recall, count = sums[:, draw.choices(range(len(names)), k=len(names))].sum(axis=1)
        found.append(2 * precision * recall / (precision + recall) / count)
    low, high = np.percentile(found, [2.5, 97.5])
    return float(low), float(high)


def _shares(stories: Sequence[str], groups: Sequence[Hashable]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return each article's precision and recall."""
    of_story, of_group, of_both = Counter(stories), Counter(groups), Counter(zip(stories, groups, strict=True))
    pairs = list(zip(stories, groups, strict=True))
    return (
        np.array([of_both[pair] / of_group[pair[1]] for pair in pairs]),
        np.array([of_both[pair] / of_story[pair[0]] for pair in pairs]),
    )
