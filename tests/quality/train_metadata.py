"""
Learn by which weights a page's metadata are chosen: `python -m tests.quality.train_metadata FOLDER`.

They choose headline, date and byline among candidates. FOLDER holds `data/cleaning/dev.jsonl.gz` and the rules of
comparison, `eval/metadata.py`. The weights are a conditional logit (McFadden 1974) with a quadratic penalty, found by
Newton's method; a page is one choice among its candidates and none of them. What is printed is measured on pages of
sites that the weights were not learned from (five folds, apart by domain), with the range in which 95 of 100 resamples
fall; what is written to `digest/extract/stated/weights.json` is learned from all pages.
"""

import hashlib
import json
import logging
import random
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from digest.extract.markup import parse
from digest.extract.stated.authors import authors
from digest.extract.stated.headline import headlines
from digest.extract.stated.page import Page, layout, read_page
from digest.extract.stated.published import moments
from digest.extract.stated.ranking import Kind
from digest.model import Dated
from tests.quality.__main__ import Row, read

WEIGHTS = Path(__file__).parents[2] / "digest" / "extract" / "stated" / "weights.json"
SOURCES = ("wcxb", "fundus_tests", "mozilla_readability")
FOLDS = 5
SMALLEST = 0.03
"""Weights nearer to 0 than this are left out."""

Features = Mapping[str, float]
Weights = dict[str, float]


@dataclass(frozen=True, slots=True)
class Task:
    """What is learned, and how."""

    field: str
    """Of a row: what is right."""
    penalty: float
    unlabelled: float
    """Weight of a page of which nothing is known: it may have what is sought all the same."""
    none: float
    """Score above which a candidate is taken."""


TASKS: Mapping[Kind, Task] = {
    "headline": Task("title", penalty=2.0, unlabelled=0.0, none=-20.0),
    "published": Task("date", penalty=4.0, unlabelled=0.1, none=-0.5),
    "byline": Task("author", penalty=8.0, unlabelled=0.0, none=-0.5),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """The candidates of one page, and which of them are right."""

    row: Row
    candidates: Sequence[Features]
    values: Sequence[Any]
    right: frozenset[int]
    known: bool


def main(folder: Path) -> None:
    """Print how well the weights do on sites they have not seen, and write those that are learned from all."""
    logging.disable(logging.CRITICAL)
    rules = _rules(folder)
    pages = []
    for row in read(folder / "data" / "cleaning" / "dev.jsonl.gz"):
        if row["source"] in SOURCES and row.get("html"):
            tree = parse(row["html"])
            if tree is not None:
                pages.append((row, read_page(tree, row.get("url"))))
    learned: dict[str, Any] = {}
    top: dict[str, str | None] = {}
    for kind, task in TASKS.items():
        choices = [_choice(row, page, kind, task, rules, top.get(row["id"])) for row, page in pages]
        answers: dict[str, int | None] = {}
        for fold in range(FOLDS):
            weights = fit([one for one in choices if _fold(one.row) != fold], task)
            answers |= {one.row["id"]: pick(one, weights, task) for one in choices if _fold(one.row) == fold}
        if kind == "headline":
            top = {one.row["id"]: _value(one, answers[one.row["id"]]) for one in choices}
        _report(kind, choices, answers)
        kept = {
            name: round(weight, 2) for name, weight in sorted(fit(choices, task).items()) if abs(weight) >= SMALLEST
        }
        learned[kind] = {"none": task.none, "weights": kept}
    WEIGHTS.write_text(json.dumps(learned, indent=1) + "\n", "utf-8")


def fit(choices: Sequence[Choice], task: Task, *, steps: int = 40) -> Weights:
    """Return the weights under which the right candidates, or none where none is right, are the likeliest choice."""
    choices = [one for one in choices if one.known or task.unlabelled]
    names = sorted({name for one in choices for features in one.candidates for name in features})
    index = {name: at for at, name in enumerate(names)}
    starts = np.cumsum([0, *(len(one.candidates) + 1 for one in choices)])
    matrix, right = np.zeros((starts[-1], len(names))), np.zeros(starts[-1])
    trust = np.array([1.0 if one.known else task.unlabelled for one in choices])
    for start, end, one in zip(starts, starts[1:], choices, strict=False):
        for at, features in enumerate(one.candidates):
            matrix[start + at, [index[name] for name in features]] = list(features.values())
        # The last row of a page stands for none: no features, score 0.
        right[[start + at for at in one.right] or [end - 1]] = 1.0
    pages = np.repeat(np.arange(len(choices)), np.diff(starts))
    starts = starts[:-1]

    def likelihood(weights: Any) -> tuple[float, Any, Any]:
        scores = matrix @ weights
        odds = np.exp(scores - np.maximum.reduceat(scores, starts)[pages])
        all_odds, right_odds = np.add.reduceat(odds, starts), np.add.reduceat(odds * right, starts)
        chances = odds / all_odds[pages]
        gradient = matrix.T @ (trust[pages] * (odds * right / right_odds[pages] - chances)) - task.penalty * weights
        value = float(trust @ (np.log(right_odds) - np.log(all_odds)) - task.penalty / 2 * weights @ weights)
        return value, gradient, chances

    weights = np.zeros(len(names))
    for _ in range(steps):
        value, gradient, chances = likelihood(weights)
        spread = matrix * (chances * trust[pages])[:, None]
        means = np.add.reduceat(matrix * chances[:, None], starts, axis=0)
        curve = matrix.T @ spread - means.T @ (means * trust[:, None]) + task.penalty * np.eye(len(names))
        step = np.linalg.solve(curve, gradient)
        size = 1.0
        while size > 1e-4 and likelihood(weights + size * step)[0] < value:
            size /= 2
        weights = weights + size * step
        if np.abs(size * step).max() < 1e-5:
            break
    return {name: float(weights[at]) for name, at in index.items()}


def pick(choice: Choice, weights: Weights, task: Task) -> int | None:
    """Return which candidate is taken, None for none."""
    top, found = task.none, None
    for at, features in enumerate(choice.candidates):
        score = sum(weights.get(name, 0.0) * value for name, value in features.items())
        if score > top:
            top, found = score, at
    return found


def _choice(row: Row, page: Page, kind: Kind, task: Task, rules: Mapping[str, Any], headline: str | None) -> Choice:
    gold = row.get(task.field)
    candidates: Any
    is_right: Callable[[Any], bool]
    if kind == "headline":
        candidates = headlines(page)
        is_right = partial(rules["title_match"], gold)
    elif kind == "published":
        candidates = moments(page, layout(page, headline))
        gold = rules["day"](gold)
        is_right = partial(_is_day, gold)
    else:
        candidates = authors(page, layout(page, headline))
        gold = rules["names"](gold)
        is_right = partial(_are_names, gold, rules["names"])
    right = frozenset(at for at, one in enumerate(candidates) if gold and is_right(one.value))
    values = [one.value for one in candidates]
    return Choice(row, [one.features for one in candidates], values, right, known=bool(gold))


def _is_day(gold: str, value: Dated) -> bool:
    return value.value.date().isoformat() == gold


def _are_names(gold: set[str], names: Callable[[list[str]], set[str]], value: tuple[str, ...]) -> bool:
    return names(list(value)) == gold


def _value(choice: Choice, at: int | None) -> Any:
    return None if at is None else choice.values[at]


def _rules(folder: Path) -> Mapping[str, Any]:
    """Return the functions of the scorer, which reads its files where it is run."""
    source = (folder / "eval" / "metadata.py").read_text("utf-8").partition("\ngold, pred =")[0]
    names: dict[str, Any] = {}
    exec(compile(source, "metadata.py", "exec"), names)
    return names


def _fold(row: Row) -> int:
    host = urlsplit(row.get("url") or "").hostname or row["id"]
    # Two last labels, three where the last ones are such as `co.uk`.
    labels = host.split(".")
    site = ".".join(labels[-3:] if len(labels) > 2 and len(labels[-2]) <= 3 else labels[-2:])
    return int(hashlib.sha256(site.encode()).hexdigest(), 16) % FOLDS


def _report(kind: str, choices: Sequence[Choice], answers: Mapping[str, int | None]) -> None:
    for source in SOURCES:
        own = [one for one in choices if one.row["source"] == source and one.known]
        found = [answers[one.row["id"]] in one.right for one in own]
        lowest, highest = _range(found)
        there = sum(bool(one.right) for one in own) / len(own)
        share = sum(found) / len(found)
        print(f"{kind:10} {source:20} {share:.3f} [{lowest:.3f}, {highest:.3f}] n={len(own)}  among them {there:.3f}")
    blank = [one for one in choices if one.row["source"] == SOURCES[0] and not one.known]
    if blank:
        answered = sum(answers[one.row["id"]] is not None for one in blank)
        print(f"{kind:10} {answered} of {len(blank)} unlabelled pages answered")


def _range(found: Sequence[bool], *, times: int = 2000) -> tuple[float, float]:
    draw = random.Random(1)
    shares = sorted(sum(draw.choices(found, k=len(found))) / len(found) for _ in range(times))
    return shares[times // 40], shares[-times // 40]


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m tests.quality.train_metadata FOLDER")
    main(Path(sys.argv[1]))
