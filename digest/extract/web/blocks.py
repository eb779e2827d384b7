"""The outline of a page and the lines to keep in, blocks of an article with their kinds out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from digest.extract.markup import CELLS, KINDS, verbatim
from digest.extract.trained.arrays import Bools, Floats, Ints
from digest.extract.web.outline import TAGS, Outline
from digest.model import ParagraphKind


@dataclass(frozen=True, slots=True)
class Block:
    """A block of an article."""

    kind: ParagraphKind
    text: str
    at: int
    """Index of its line, or its first line, on the page."""
    boxed: bool = False
    """Whether it stands in a small box, beside the text or around a form."""
    points: bool = False
    """Whether all of it is a link to another page."""
    cells: tuple[int, ...] = ()
    """Indexes of the lines that stand in it besides the first."""
    verbatim: str = ""
    """Preformatted text as the page has it, breaks and all; to those who judge it, it is one line."""

    @property
    def paragraphs(self) -> tuple[tuple[ParagraphKind, str], ...]:
        """Kind and text of each paragraph that it becomes."""
        return tuple(verbatim(self.verbatim)) if self.verbatim else ((self.kind, self.text),)


_KIND_OF_TAG: Sequence[ParagraphKind | None] = [KINDS.get(tag) for tag in TAGS]
_ROW = TAGS.index("tr")
_TABLE = TAGS.index("table")
_HEADLINE = TAGS.index("h1")
_ASIDE, _FORM = TAGS.index("aside"), TAGS.index("form")
_MAX_ROW = 80
"""Words of the longest row of a table; a longer one lays out a page."""
_ALL = 0.95
"""Share of a line that is in bold type, or a link, if all of it is; spaces between such elements are in none."""
_MAX_SUBHEAD = 120
"""Characters of the longest subhead that no element marks as one."""
_MAX_BOX = 80
"""Words of the largest box; whole articles stand in larger ones."""


def blocks(page: Outline, kept: Sequence[bool], words: Floats) -> tuple[Block, ...]:
    """
    Return the lines of a page that are *kept*; the cells of a row become one block, the headline is none.

    Args:
        page: With n lines.
        kept: Which of them are the article's.
        words: Their lengths, shape (n,).
    """
    own = np.array(kept, bool)
    kinds, rows, tables = _standing(page, words)
    _make_whole(own, words, np.array(rows)[page.block], np.array(tables)[page.block])
    is_headline = (page.tag[page.block] == _HEADLINE) & own
    opening = np.flatnonzero(own & ~is_headline)
    own[: opening[0] if len(opening) else len(own)] = False
    return tuple(_joined(page, own.tolist(), kinds, rows, _boxes(page, words)))


def _make_whole(own: Bools, words: Floats, row: Ints, table: Ints) -> None:
    """Let the rows of a table be kept, all of them, when most of their words are, and none of them otherwise."""
    for which in np.unique(table[row >= 0]).tolist():
        inside = (table == which) & (row >= 0)
        own[inside] = (words * own)[inside].sum() > 0.5 * words[inside].sum()


def _boxes(page: Outline, words: Floats) -> Sequence[bool]:
    """Return for each block whether it stands in a small box, beside the text or around a form."""
    parent = page.parent.tolist()
    boxed = [False] * len(parent)
    for block, tag in enumerate(page.tag.tolist()):
        box = parent[block] if tag == _FORM else block if tag == _ASIDE else -1
        if box >= 0 and words[page.first[box] : page.last[box]].sum() <= _MAX_BOX:
            boxed[box] = True
    for block, above in enumerate(parent):
        boxed[block] = boxed[block] or (above >= 0 and boxed[above])
    return boxed


def _standing(page: Outline, words: Floats) -> tuple[Sequence[ParagraphKind], Sequence[int], Sequence[int]]:
    """Return the kind of what stands in each block, and the row and the table that it is in, -1 if in none."""
    kinds: list[ParagraphKind] = []
    rows: list[int] = []
    tables: list[int] = []
    first, last = page.first.tolist(), page.last.tolist()
    for block, (parent, tag) in enumerate(zip(page.parent.tolist(), page.tag.tolist(), strict=True)):
        kind = _KIND_OF_TAG[tag]
        row = rows[parent] if parent >= 0 else -1
        if tag == _ROW:
            row = block if words[first[block] : last[block]].sum() <= _MAX_ROW else -1
            kind = "table" if row >= 0 else None
        kinds.append(kind or (kinds[parent] if parent >= 0 else "text"))
        rows.append(row)
        tables.append(block if tag == _TABLE else tables[parent] if parent >= 0 else -1)
    return kinds, rows, tables


def _joined(
    page: Outline, kept: Sequence[bool], kinds: Sequence[ParagraphKind], rows: Sequence[int], boxed: Sequence[bool]
) -> Iterator[Block]:
    """Yield the blocks of the lines that are kept."""
    own = [(at, block) for at, block in enumerate(page.block.tolist()) if kept[at]]
    for row, cells in groupby(own, key=lambda one: rows[one[1]]):
        if row >= 0:
            lines = list(cells)
            at, *others = (at for at, _ in lines)
            text = CELLS.join(page.lines[at] for at, _ in lines)
            yield Block("table", text, at, boxed[row], cells=tuple(others))
        else:
            for at, block in cells:
                kind, points = _kind(page, at, kinds[block]), bool(page.points[at] > _ALL)
                yield Block(kind, page.lines[at], at, boxed[block], points, verbatim=page.verbatim.get(at, ""))


def _kind(page: Outline, at: int, kind: ParagraphKind) -> ParagraphKind:
    """Return the kind of a line; a short one in bold type is a subhead, or a question in an interview."""
    is_bold = kind == "text" and page.bold[at] > _ALL
    text = page.lines[at]
    return "subhead" if is_bold and len(text) <= _MAX_SUBHEAD and text[-1] not in ".…:;,。" else kind
