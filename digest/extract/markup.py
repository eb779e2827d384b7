"""
A tree of elements in, its text out in lines and blocks, as a reader sees them.

Everything that is not text is left behind here: scripts, forms, attributes, comments.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from digest.extract.decode import clean
from digest.extract.lexicon import listed
from digest.extract.lines import Line
from digest.model import ParagraphKind

if TYPE_CHECKING:
    from lxml.etree import _Element

_EXTRACTED: Mapping[str, ParagraphKind] = {"head": "subhead", "item": "item", "quote": "quote", "row": "table"}
"""Kinds of the elements of a body that trafilatura extracted."""
_HTML: Mapping[str, ParagraphKind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "subhead"),
    **dict.fromkeys(("li", "dt", "dd"), "item"),
    **dict.fromkeys(("blockquote", "q"), "quote"),
    "tr": "table",
}
_CELLS = " | "
"""Between the cells of a row."""


def page_lines(tree: "_Element") -> Iterator[Line]:
    """Yield the text of a page, a line for each block, with no empty lines between them."""
    for _, text in page_blocks(tree):
        yield Line(text, text, gap=False)


def page_blocks(tree: "_Element") -> Iterator[tuple[ParagraphKind, str]]:
    """Yield the kind and the text of all blocks of a page, in order."""
    inline = frozenset((*listed("inline_tags"), "td", "th"))
    kinds: list[ParagraphKind] = ["text"]
    parts: list[str] = []
    for event, element in _visible(tree):
        tag = str(element.tag)
        if event != "tail" and tag not in inline:
            if text := _one_line("".join(parts)).removesuffix(_CELLS.rstrip()).strip():
                yield kinds[-1], text
            parts.clear()
            if event == "start":
                kinds.append(_HTML.get(tag, kinds[-1]))
            else:
                kinds.pop()
        if event == "start":
            parts.append(element.text or "")
        else:
            parts.append((_CELLS if event == "end" and tag in {"td", "th"} else "") + (element.tail or ""))
    if text := _one_line("".join(parts)):
        yield "text", text


def body_blocks(body: "_Element") -> Iterator[tuple[ParagraphKind, str]]:
    """Yield the kind and the text of the blocks of a body that trafilatura extracted, in order."""
    for element in body.iterchildren():
        inner = list(element.iter("item", "row")) if element.tag in {"list", "table"} else []
        for part in inner or [element]:
            kind = _EXTRACTED.get(str(part.tag), "text")
            if kind == "table":
                cells = (_one_line(" ".join(_strings(cell))) for cell in part.iter("cell"))
                text = _CELLS.join(filter(None, cells))
            else:
                text = "".join(_strings(part))
            yield from ((kind, line) for line in map(_one_line, text.split("\n")) if line)


def _strings(element: "_Element") -> Iterator[str]:
    """Yield the text of an element without its inner lists, a line feed for each of its line breaks."""
    yield (element.text or "").replace("\n", " ")
    for child in element:
        if child.tag in {"lb", "p", "br"}:
            yield "\n"
        if isinstance(child.tag, str) and child.tag not in {"list", "table"}:
            yield from _strings(child)
        yield (child.tail or "").replace("\n", " ")


def _visible(tree: "_Element") -> Iterator[tuple[str, "_Element"]]:
    """Yield the elements that a reader sees, at their `start` and `end`; of others, that their `tail` follows."""
    from lxml.etree import iterwalk

    unseen = frozenset(listed("unseen_tags"))
    walk = iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event == "start" and element.tag in unseen:
            walk.skip_subtree()
        elif event == "start" or (event == "end" and element.tag not in unseen):
            yield event, element
        else:
            yield "tail", element


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())
