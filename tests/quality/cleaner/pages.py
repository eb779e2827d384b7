"""Labelled rows in, pages as the network sees them out, in every kind of dump that can be made of them."""

import gzip
import hashlib
import importlib.util
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from digest.extract.features import page_language
from digest.extract.lines import Line, split_lines
from digest.extract.trained.arrays import Ints
from digest.extract.trained.repair import repaired
from digest.extract.trained.signs import Signs, signs
from tests.quality.cleaner.labels import own_lines

KINDS = ("block", "soup", "html2text", "blank")
"""Dumps that pages are learnt and measured in; see `eval/dumps.py`."""
FOLDS = 5
_SECOND_LEVEL = (
    "com", "org", "net", "gov", "edu", "co", "ac", "gob", "or", "ne", "go",
    "blogspot", "wordpress", "substack", "github", "medium",
)  # fmt: skip
"""Parts of addresses that the names of sites stand before."""


@dataclass(frozen=True, slots=True)
class View:
    """One dump of a page."""

    lines: tuple[Line, ...]
    language: str
    signs: Signs
    own: Ints
    """1 for the article's lines."""


@dataclass(frozen=True, slots=True)
class Page:
    """One labelled page."""

    id: str
    source: str
    language: str
    fold: int
    article: str
    dumps: dict[str, str]
    pieces: tuple[tuple[str, bool], ...]
    """Pieces of its text as `get_text` parts them, and whether a block begins with each."""


def read_pages(folder: Path) -> Iterator[Page]:
    """Yield the pages of `data/cleaning/dev.jsonl.gz`; all pages of one site are in one fold."""
    dumps = script(folder / "eval" / "dumps.py")
    with gzip.open(folder / "data" / "cleaning" / "dev.jsonl.gz", "rt", encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            made = {"block": row["text"], "blank": row["text"].replace("\n", "\n\n")}
            pieces: tuple[tuple[str, bool], ...] = ()
            if row.get("html"):
                made |= {"soup": dumps.dump_soup(row["html"]), "html2text": dumps.dump_html2text(row["html"])}
                pieces = tuple(_pieces(row["html"], dumps))
            fold = fold_of(row)
            kept = {kind: text for kind, text in made.items() if text.strip()}
            yield Page(row["id"], row["source"], row["lang"], fold, row["gold_body"], kept, pieces)


def view(page: Page, kind: str) -> View:
    """Return one dump of *page*, repaired with the weights that are in use."""
    lines = repaired(split_lines(page.dumps[kind]))
    language = page_language(lines)
    texts = [line.text for line in lines]
    own = np.array(own_lines(texts, page.article), np.int64)
    return View(lines, language, signs(texts, language=language), own)


def breaks(page: Page) -> tuple[list[str], list[bool]]:
    """Return the lines of a torn dump, and for each but the first whether the break before it is none."""
    lines: list[str] = []
    goes_on: list[bool] = []
    for text, begins in page.pieces:
        for place, line in enumerate(text.split("\n")):
            if joined := " ".join(line.split()):
                lines.append(joined)
                goes_on.append(place > 0 or not begins)
    return lines, goes_on[1:]


def fold_of(row: dict[str, Any]) -> int:
    """Return the fold of a row; all pages of one site are in one fold."""
    return int(hashlib.md5(site_of(row).encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


def site_of(row: dict[str, Any]) -> str:
    """Return the name of the site that a row is from."""
    host = (row.get("domain") or "").lower().partition(":")[0]
    if not host:
        return "id:" + re.sub(r"-\d+$", "", row["id"].split("-", 1)[-1])
    parts = host.removeprefix("www.").split(".")
    if len(parts) >= 3 and parts[-2] in _SECOND_LEVEL:
        return parts[-3]
    return parts[-2] if len(parts) >= 2 else parts[0]


def _pieces(html: str, dumps: ModuleType) -> Iterator[tuple[str, bool]]:
    """Yield what `get_text` yields, and whether a block begins there."""
    from bs4 import BeautifulSoup
    from bs4.element import CData, NavigableString, Tag

    soup = BeautifulSoup(html, "lxml")
    for element in soup(["script", "style", "noscript"]):
        element.decompose()
    begins = True
    waiting: list[tuple[bool, Any]] = [(True, soup)]
    while waiting:
        enters, node = waiting.pop()
        if isinstance(node, Tag):
            begins = begins or node.name not in dumps.INLINE
            if enters:
                waiting.append((False, node))
                waiting += [(True, child) for child in reversed(node.contents)]
        elif type(node) in (NavigableString, CData) and (text := node.strip()):
            yield text, begins
            begins = False


def without(weights: Path, fold: int) -> Path:
    """Return where the weights are kept that are made as *weights* are, without the pages of one fold."""
    return weights.with_suffix(f".without-{fold}.npz")


def folds(pages: Sequence[Page]) -> list[int]:
    """Return the folds that occur."""
    return sorted({page.fold for page in pages})


def script(file: Path) -> ModuleType:
    """Return the module that *file* is, which stands outside of all packages."""
    spec = importlib.util.spec_from_file_location(file.stem, file)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
