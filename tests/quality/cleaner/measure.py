"""
Pages that the weights in use were made without in, what these are worth out: a table in Markdown.

A row is a kind of dump and a source of pages, or a language other than English. It gives F1 of the lines that the
network keeps and of what the whole of `digest clean` makes of the page, as `cleaning.py` scores them, with the bounds
between which it lies in 95 of 100 draws of as many pages.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import Any

import numpy as np

from digest.errors import ItemError
from digest.extract.trained import judged_lines
from digest.one_stage import clean
from tests.quality.cleaner.pages import KINDS, Page, view

LINES, WHOLE = "lines", "`digest clean`"
DRAWS = 1000

Scores = defaultdict[tuple[str, str], dict[str, list[Any]]]
"""(kind of dump, group of pages) → what is measured → the scores of its pages."""


def no_scores() -> Scores:
    """Return a table that is still empty."""
    return defaultdict(lambda: {LINES: [], WHOLE: []})


def add(scores: Scores, pages: Sequence[Page], scorer: ModuleType) -> None:
    """Add the scores of *pages*, cleaned by the weights in use."""
    for page in pages:
        is_english = page.language == "en"
        groups = ("English", page.source) if is_english else ("other languages", page.language)
        for kind in KINDS:
            if kind in page.dumps:
                for what, text in ((LINES, _lines(page, kind)), (WHOLE, _whole(page, kind))):
                    score = scorer.page_score(page.article, text)
                    for group in groups:
                        scores[kind, group][what].append(score)


def rows(scores: Scores, scorer: ModuleType) -> Iterator[str]:
    """Yield the lines of the table."""
    yield f"| dump | pages of | pages | {LINES} | | {WHOLE} | |"
    yield "|---|---|---:|---:|---|---:|---|"
    for kind, group in sorted(scores, key=lambda row: (KINDS.index(row[0]), row[1])):
        found = scores[kind, group]
        cells = [f"{scorer.aggregate(each)['f1']:.4f} | {bounds(each, scorer)}" for each in found.values()]
        yield f"| {kind} | {group} | {len(found[LINES])} | {' | '.join(cells)} |"


def _lines(page: Page, kind: str) -> str:
    """Return the lines that the network keeps."""
    found = view(page, kind)
    own, _ = judged_lines(found.lines, language=found.language)
    return "\n".join(line.text for line, is_own in zip(found.lines, own, strict=True) if is_own)


def _whole(page: Page, kind: str) -> str:
    """Return what all of cleaning makes of a dump; nothing, where that finds no article."""
    try:
        return str(clean({"id": page.id, "text": page.dumps[kind]})["text"])
    except ItemError:
        return ""


def bounds(scores: Sequence[Any], scorer: ModuleType) -> str:
    """Return between what F1 lies in 95 of 100 draws of as many pages."""
    lot = np.random.default_rng(0)
    draws = lot.integers(0, len(scores), (DRAWS, len(scores)))
    found = [scorer.aggregate([scores[at] for at in draw])["f1"] for draw in draws]
    return f"{np.quantile(found, 0.025):.3f} to {np.quantile(found, 0.975):.3f}"
