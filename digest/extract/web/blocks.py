"""The outline of a page and the lines to keep in, blocks of an article with their kinds out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from digest.extract.lines import is_closed
from digest.extract.trained.signs import Floats
from digest.extract.web.outline import TAGS, Outline
from digest.model import ParagraphKind

Block = tuple[ParagraphKind, str]

_KINDS: Mapping[str, ParagraphKind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "subhead"),
    **dict.fromkeys(("li", "dt", "dd"), "item"),
    "blockquote": "quote",
    "tr": "table",
}
_KIND_OF_TAG: Sequence[ParagraphKind | None] = [_KINDS.get(tag) for tag in TAGS]
_ROW = TAGS.index("tr")
_HEADLINE = TAGS.index("h1")
_CELLS = " | "
"""Between the cells of a row."""
_MAX_ROW = 80
"""Words of the longest row of a table; a longer one lays out a page."""
_MIN_PARAGRAPH = 60
"""Characters of a paragraph that nobody repeats; short sentences may come again."""


def blocks(page: Outline, kept: Sequence[bool], words: Floats) -> tuple[Block, ...]:
    """
    Return the lines of a page that are *kept*; the cells of a row become one block, the headline is none.

    A paragraph that a page shows twice, on top and in its text or for two widths of a window, is kept once.

    Args:
        page: With n lines.
        kept: Which of them are the article's.
        words: Their lengths, shape (n,).
    """
    opening = list(kept)
    for at, tag in enumerate(page.tag[page.block].tolist()):
        if kept[at] and tag != _HEADLINE:
            break
        opening[at] = False
    return tuple(_once(_joined(page, opening, *_standing(page, words))))


def _standing(page: Outline, words: Floats) -> tuple[Sequence[ParagraphKind], Sequence[int]]:
    """Return the kind of what stands in each block, and the row of a table that it is in, -1 if in none."""
    kinds: list[ParagraphKind] = []
    rows: list[int] = []
    first, last = page.first.tolist(), page.last.tolist()
    for block, (parent, tag) in enumerate(zip(page.parent.tolist(), page.tag.tolist(), strict=True)):
        kind = _KIND_OF_TAG[tag]
        row = rows[parent] if parent >= 0 else -1
        if tag == _ROW:
            row = block if words[first[block] : last[block]].sum() <= _MAX_ROW else -1
            kind = "table" if row >= 0 else None
        kinds.append(kind or (kinds[parent] if parent >= 0 else "text"))
        rows.append(row)
    return kinds, rows


def _joined(
    page: Outline, kept: Sequence[bool], kinds: Sequence[ParagraphKind], rows: Sequence[int]
) -> Iterator[Block]:
    cells: list[str] = []
    open_row = -1
    for text, block, is_kept in zip(page.lines, page.block.tolist(), kept, strict=True):
        if not is_kept:
            continue
        row = rows[block]
        if cells and row != open_row:
            yield "table", _CELLS.join(cells)
            cells = []
        open_row = row
        if row >= 0:
            cells.append(text)
        else:
            yield kinds[block], text
    if cells:
        yield "table", _CELLS.join(cells)


def _once(found: Iterable[Block]) -> Iterator[Block]:
    seen: set[str] = set()
    for kind, text in found:
        if kind == "text" and len(text) >= _MIN_PARAGRAPH and is_closed(text):
            if text in seen:
                continue
            seen.add(text)
        yield kind, text
