"""
The tree of a web page in, its lines and the blocks of its article out.

The network that reads dumps (`digest.extract.trained`) tells what the words of each line say for it; what the line
stands in, and what becomes of the other lines there, decides. How the weights were made stands in `weights.md`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.extract.features import language_of_texts
from digest.extract.lines import MAX_LINES
from digest.extract.trained.decoding import chosen
from digest.extract.trained.signs import signs
from digest.extract.web.blocks import Block, blocks
from digest.extract.web.judge import judged
from digest.extract.web.outline import outline

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Block", "Judged", "judged_page", "title_of"]


@dataclass(frozen=True, slots=True)
class Judged:
    """A page of n lines whose article was found."""

    lines: Sequence[str]
    likely: Sequence[float]
    """How probable it is that each of them belongs to the article."""
    blocks: Sequence[Block]
    """The article, in order."""


def judged_page(tree: "_Element", *, declared: str | None = None) -> Judged:
    """
    Return the lines of a page and its article, nothing of one that is empty or too long.

    Args:
        tree: The page; it is not changed.
        declared: BCP 47 tag of the language that the page is said to be in.
    """
    page = outline(tree)
    if page is None or len(page.lines) > MAX_LINES:
        return Judged((), (), ())
    language = language_of_texts(page.lines, declared=declared)
    found = signs(page.lines, language=language)
    likely = judged(page, found, signs([title_of(tree)], language=language))
    own = chosen(likely, found.words, found.ends)
    return Judged(page.lines, likely.tolist(), blocks(page, own, found.words))


def title_of(tree: "_Element") -> str:
    """Return the title that a page has for browsers, a dash if it has none."""
    element = tree.find(".//title")
    return " ".join((element.text or "").split() if element is not None else ()) or "-"
