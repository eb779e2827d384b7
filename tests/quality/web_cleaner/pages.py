"""Labelled rows in, web pages as the forests see them out."""

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from digest.extract import trained
from digest.extract.features import page_language
from digest.extract.lines import Line
from digest.extract.markup import parse
from digest.extract.trained.arrays import Floats, Ints
from digest.extract.trained.signs import Signs, signs
from digest.extract.trained.weights import unpacked
from digest.extract.web import title_of
from digest.extract.web.containers import Layout, layout
from digest.extract.web.outline import Outline, outline
from tests.quality.cleaner.labels import own_lines
from tests.quality.cleaner.pages import FOLDS, fold_of, without

_MOST = 0.2
"""Share of an article that one line counts as at most."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One labelled page."""

    id: str
    url: str | None
    source: str
    language: str
    fold: int
    article: str
    html: str
    page: Outline
    layout: Layout
    signs: Signs
    title: Signs
    likely: Floats
    """How the network that reads dumps judges its lines; it never saw a page of the same fold."""
    own: Ints
    """1 for the article's lines."""
    weight: Floats
    """How much each line counts, by its share of the article."""


def read_samples(folder: Path, lines: Path) -> Iterator[Sample]:
    """
    Yield the pages of `data/cleaning/dev.jsonl.gz` that have markup.

    Args:
        folder: See `__main__`.
        lines: See `__main__`.
    """
    kept = [unpacked(without(lines, fold).read_bytes()) for fold in range(FOLDS)]
    with gzip.open(folder / "data" / "cleaning" / "dev.jsonl.gz", "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            tree = parse(row["html"]) if row.get("html") else None
            page = outline(tree) if tree is not None else None
            if tree is None or page is None:
                continue
            language = page_language([Line(line, line, gap=False) for line in page.lines])
            known = signs(page.lines, language=language)
            own = np.array(own_lines(page.lines, row["gold_body"]), np.int64)
            yield Sample(
                id=row["id"],
                url=row.get("url"),
                source=row["source"],
                language=row["lang"],
                fold=fold_of(row),
                article=row["gold_body"],
                html=row["html"],
                page=page,
                layout=layout(page),
                signs=known,
                title=signs([title_of(tree)], language=language),
                likely=_likely(known, kept[fold_of(row)]),
                own=own,
                weight=_weight(known.words, own),
            )


def _likely(known: Signs, weights: Mapping[str, Floats]) -> Floats:
    vars(trained)["weights"] = lambda: weights
    return trained.judge(known)


def _weight(words: Floats, own: Ints) -> Floats:
    share: Floats = np.minimum(words / max(1.0, float((words * own).sum())), _MOST)
    return share + 0.3 / len(words) + 0.002
