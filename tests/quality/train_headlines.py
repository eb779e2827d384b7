"""
Learn which line of a text dump is the headline: `python -m tests.quality.train_headlines FOLDER LINES.npz`.

FOLDER holds `data/cleaning/dev.jsonl.gz` and the maker of dumps, `eval/dumps.py`. Beside LINES.npz stand the weights of
the cleaner without each fold, which `python -m tests.quality.cleaner FOLDER LINES.npz --measure` leaves, so that bodies
are found as on pages that it does not know. What is printed is measured on folds that the choice was not learned from;
`digest/extract/headlines.json` is learned from all pages. Needs what the cleaner's training needs.
"""

import json
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from unittest.mock import patch

import digest.extract
from digest.errors import ItemError
from digest.extract import dumps
from digest.extract.features import Features
from digest.extract.heading import candidates
from digest.extract.headlines import Headline, find_headline, without_site
from digest.extract.lines import Line
from digest.extract.trained.weights import unpacked
from digest.one_stage import clean
from digest.text import plain
from tests.quality.__main__ import read
from tests.quality.cleaner.__main__ import use
from tests.quality.cleaner.pages import folds, read_pages, without
from tests.quality.train_metadata import SMALLEST, Choice, Task, fit, pick

WEIGHTS = Path(digest.extract.__file__).parent / "headlines.json"
KINDS = ("block", "soup", "html2text")
TASK = Task("title", penalty=3.0, unlabelled=0.0, none=0.5)
"""Names, dates and steps of a menu that stand above a text without a headline have scores below `none`."""


def main(folder: Path, lines: Path) -> None:
    """Print how many headlines are found on sites that were not learned from, and write what is learned from all."""
    titles = {row["id"]: row.get("title") or "" for row in read(folder / "data" / "cleaning" / "dev.jsonl.gz")}
    pages = [page for page in read_pages(folder) if titles[page.id].strip()]
    choices: list[Choice] = []
    for fold in folds(pages):
        use(unpacked(without(lines, fold).read_bytes()))
        for page in pages:
            if page.fold == fold:
                choices += [
                    _choice(page.dumps[kind], titles[page.id], {"id": page.id, "fold": fold, "kind": kind})
                    for kind in KINDS
                    if kind in page.dumps
                ]
    right, asked = Counter[str](), Counter[str]()
    for fold in folds(pages):
        learned = fit([one for one in choices if one.row["fold"] != fold], TASK)
        for one in choices:
            if one.row["fold"] == fold:
                asked[one.row["kind"]] += 1
                right[one.row["kind"]] += pick(one, learned, TASK) in one.right
    for kind in KINDS:
        print(f"{kind:10} {right[kind]} of {asked[kind]} headlines: {right[kind] / asked[kind]:.3f}")
    kept = {name: round(weight, 2) for name, weight in sorted(fit(choices, TASK).items()) if abs(weight) >= SMALLEST}
    WEIGHTS.write_text(json.dumps({"none": TASK.none, "weights": kept}, indent=1) + "\n", "utf-8")


def _choice(text: str, title: str, row: dict[str, Any]) -> Choice:
    """Return the lines that may be the headline of a dump, and which of them are."""
    features: list[Any] = []
    values: list[str] = []

    def find(
        lines: Sequence[Line], known: Sequence[Features], body: Sequence[int], *, stops: frozenset[str]
    ) -> Headline | None:
        found = candidates(lines, known, body, stops=stops)
        features[:] = [one.features for one in found]
        values[:] = [without_site(lines, one.value).text for one in found]
        return find_headline(lines, known, body, stops=stops)

    with patch.object(dumps, "find_headline", find), suppress(ItemError):
        clean({"id": row["id"], "text": text})
    right = frozenset(at for at, value in enumerate(values) if plain(value) == plain(title))
    return Choice(row, features, values, right, known=bool(right))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python -m tests.quality.train_headlines FOLDER LINES.npz")
    main(Path(sys.argv[1]), Path(sys.argv[2]))
