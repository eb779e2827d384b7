"""
Evidence on pairs of articles in, how sure it makes that they tell of one event out.

Two kinds of judges, which err in different ways, are asked and their log-odds averaged: boosted decision trees
(Friedman 2001; asked column by column, as Lucchese et al. 2015, "QuickScorer") and small neural networks. There are two
benches of them: one for pairs that were published within `NEAR` days, and for all others one that asks for no date: the
labels that they learned from know hardly any story of more than a few days, so that a longer distance says less of two
articles than of the labels. Their weights are packaged (`verdict.npz`, see `verdict.md`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from digest.cluster.evidence import TIMES
from digest.cluster.sections import Floats

DEPTH = 4
"""Questions that a tree asks of each pair."""
CALM = 4.0
"""Log-odds are divided by this: a mean over pairs should not be decided by the one that is surest."""
HOPELESS = -6.0
"""Log-odds of the networks from which the trees are not asked any more."""

CAUTION = 0.95
"""Log-odds that the bench without dates is given: its .40 is as good a bound as .46 is for the other one, out of fold,
and for short texts a better one."""

NEAR = 3  # days
AT_ONCE = 1024  # pairs
_CLIP = 5.0
_ALL_LEAVES = np.uint16(0xFFFF)


@dataclass(frozen=True, slots=True, eq=False)
class Bench:
    """The judges of one kind of pairs."""

    columns: NDArray[np.uint8]
    """Shape (trees, 15): what is asked at each node; the children of node n are 2n + 1 and 2n + 2."""
    bounds: Floats
    """Shape (trees, 15): the second child is taken above this."""
    leaves: Floats
    """Shape (trees, 16)."""
    centre: Floats
    """Shape (columns,)."""
    spread: Floats
    """Shape (columns,)."""
    layers: tuple[tuple[Floats, Floats], ...]
    """Weights, shape (networks, inputs, outputs), and biases, shape (networks, 1, outputs), of each layer."""


def verdict(evidence: Floats) -> NDArray[np.float64]:
    """
    Judge pairs.

    Args:
        evidence: Shape (pairs, columns), as `evidence` gives it.

    Returns:
        Shape (pairs,), in [0, 1]; 0.5 and more speaks for one event, 0 is beyond doubt.
    """
    near = is_near(evidence)
    found = np.zeros(len(evidence))
    for bench, chosen in ((benches()["dated"], near), (benches()["undated"], ~near)):
        rows = np.flatnonzero(chosen)
        for start in range(0, len(rows), AT_ONCE):
            part = rows[start : start + AT_ONCE]
            found[part] = judged(bench, evidence[part, : len(bench.centre)], given=0.0 if chosen is near else CAUTION)
    return found


def is_near(evidence: Floats) -> NDArray[np.bool_]:
    """Return which pairs are known to have been published within `NEAR` days."""
    near: NDArray[np.bool_] = evidence[:, -TIMES] <= np.log1p(NEAR) + 1e-6
    return near


def judged(bench: Bench, evidence: Floats, *, given: float = 0.0) -> NDArray[np.float64]:
    """Return the verdict of one bench, to whose log-odds some are *given*."""
    odds = networks(bench, evidence)
    open_case = odds > HOPELESS
    odds[open_case] = (odds[open_case] + trees(bench, evidence[open_case])) / 2
    found: NDArray[np.float64] = np.where(open_case, np.round(1 / (1 + np.exp(-(odds + given) / CALM)), 6), 0.0)
    return found


def trees(bench: Bench, evidence: Floats) -> NDArray[np.float64]:
    """Return the log-odds that the trees give each pair."""
    left = np.full((len(evidence), len(bench.columns)), _ALL_LEAVES)
    kept = np.empty_like(left)
    for question in _questions(bench):
        above = np.searchsorted(question.bounds, evidence[:, question.column])
        np.take(question.left, above, axis=0, out=kept, mode="clip")
        left &= kept
    leaf = _first_bits()[left] + np.arange(len(bench.columns)) * bench.leaves.shape[1]
    odds: NDArray[np.float64] = bench.leaves.ravel()[leaf].sum(axis=1, dtype=np.float64)
    return odds


def networks(bench: Bench, evidence: Floats) -> NDArray[np.float64]:
    """Return the mean log-odds that the networks give each pair."""
    values = np.clip((evidence - bench.centre) / bench.spread, -_CLIP, _CLIP)[None]
    for number, (weights, biases) in enumerate(bench.layers):
        values = np.matmul(values, weights) + biases
        if number < len(bench.layers) - 1:
            values = np.maximum(values, 0)
    odds: NDArray[np.float64] = values[:, :, 0].mean(axis=0, dtype=np.float64)
    return odds


@dataclass(frozen=True, slots=True, eq=False)
class _Question:
    """All that trees ask of one column."""

    column: int
    bounds: Floats
    """Distinct, ascending."""
    left: NDArray[np.uint16]
    """Shape (bounds + 1, trees): the leaves that are left, a bit each, for values above so many of the bounds."""


@lru_cache(maxsize=4)
def _questions(bench: Bench) -> Sequence[_Question]:
    trees, nodes = bench.columns.shape
    depth = np.log2(np.arange(nodes) + 1).astype(int)
    below = (nodes + 1) >> depth  # leaves below each node
    first = (np.arange(nodes) + 1 - (1 << depth)) * below
    # Above the bound all leaves below the first child are out; the first leaf that nothing rules out is the tree's.
    above = np.tile(_ALL_LEAVES ^ (((1 << below // 2) - 1) << first).astype(np.uint16), trees)
    tree = np.repeat(np.arange(trees), nodes)
    found = []
    for column in range(len(bench.centre)):
        asking = np.flatnonzero(bench.columns.ravel() == column)
        bounds, place = np.unique(bench.bounds.ravel()[asking], return_inverse=True)
        left = np.full((len(bounds) + 1, trees), _ALL_LEAVES)
        np.bitwise_and.at(left, (place + 1, tree[asking]), above[asking])
        found.append(_Question(column=column, bounds=bounds, left=np.bitwise_and.accumulate(left)))
    return [question for question in found if len(question.bounds)]


@cache
def _first_bits() -> NDArray[np.uint16]:
    """Return the place of the lowest bit of every number of 16 bits; of 0, which has none, 0."""
    numbers = np.arange(1 << 16)
    places: NDArray[np.uint16] = np.log2(np.maximum(numbers & -numbers, 1)).astype(np.uint16)
    return places


@cache
def benches() -> Mapping[str, Bench]:
    """Return the packaged benches: `dated` and `undated`."""
    return unpacked((resources.files("digest.cluster") / "verdict.npz").read_bytes())


def unpacked(data: bytes) -> Mapping[str, Bench]:
    """Return the benches of a file that `packed` made."""
    with np.load(BytesIO(data), allow_pickle=False) as file:
        kept = {name: file[name] for name in file.files}
    found = {}
    for name in ("dated", "undated"):
        count = sum(key.startswith(f"{name} weights") for key in kept)
        layers = [
            [kept[f"{name} {part} {n}"].astype(np.float32) for part in ("weights", "biases")] for n in range(count)
        ]
        plain = {part: kept[f"{name} {part}"] for part in ("columns", "bounds", "leaves", "centre", "spread")}
        found[name] = Bench(**plain, layers=tuple((weights, biases) for weights, biases in layers))
    return found


def packed(found: Mapping[str, Bench]) -> bytes:
    """Return the bytes of a file of benches."""
    kept = {}
    for name, bench in found.items():
        for part in ("columns", "bounds", "leaves", "centre", "spread"):
            kept[f"{name} {part}"] = getattr(bench, part)
        for number, (weights, biases) in enumerate(bench.layers):
            kept[f"{name} weights {number}"], kept[f"{name} biases {number}"] = weights, biases
    file = BytesIO()
    np.savez_compressed(file, **kept)
    return file.getvalue()
