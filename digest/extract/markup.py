"""
Markup in, its tree of elements out; a tree in, its text out in lines and blocks, as a reader sees them.

Everything that is not text is left behind here: scripts, forms, attributes, comments.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from digest.extract.decode import clean, one_line
from digest.extract.lexicon import listed
from digest.extract.lines import Line, is_closed, split_lines
from digest.model import ParagraphKind

if TYPE_CHECKING:
    from lxml.etree import _Element

_TAG = re.compile(r"<[a-z!/?]", re.IGNORECASE)
_DOCTYPE = re.compile(r"\A\s*<!doctype[^>]{0,500}>", re.IGNORECASE)
_CLOSED_AT_ONCE = re.compile(r"(<html\b[^>]{0,500}?)/>", re.IGNORECASE)
_OPENING = 4096
"""Characters in which the element of the whole page begins."""
_LONG = 4000
"""Characters of a tag from which its attributes are counted."""
_LONG_TAG = re.compile(rf"<(?=([a-z][\w:-]*))[^<>]{{{_LONG},}}>?", re.IGNORECASE)
_VALUE = re.compile(r""""[^"]*"|'[^']*'""")
_MAX_ATTRIBUTES = 1000
"""Attributes of an element; the parser takes quadratic time for more."""
KINDS: Mapping[str, ParagraphKind] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "subhead"),
    **dict.fromkeys(("li", "dt", "dd"), "item"),
    **dict.fromkeys(("blockquote", "q"), "quote"),
    "tr": "table",
}
"""Kinds of what stands in elements, by their tags."""
# Parsers nest a whole page in one of these when its markup is broken.
_MAY_SWALLOW = frozenset({"button", "select"})
_CELL_TAGS = frozenset({"td", "th"})
CELLS = " | "
"""Between the cells of a row."""
_HOLDS_TEXT = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6"))
"""Elements in which nothing breaks a line but what is known to."""
_MIN_SENTENCE = 40
"""Characters of a line of preformatted text that is a sentence rather than code or verse."""


def parse(text: str) -> "_Element | None":
    """
    Return the tree of a page or of a part of one, None if no markup is in *text*.

    What browsers overlook is mended: a document type that parsers stumble over, a page that is closed where it begins.
    A tag with more than a thousand attributes loses them.
    """
    # The elements of lxml.html are made by Python, one by one.
    from lxml.etree import HTMLParser, fromstring

    if not _TAG.search(text):
        return None
    opening = _CLOSED_AT_ONCE.sub(r"\1>", _DOCTYPE.sub("", text[:_OPENING]), count=1)
    # A declaration of another charset inside the text is not believed: it has been decoded.
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, default_doctype=False, huge_tree=True)
    mended = opening + text[_OPENING:]
    if _may_hold_long_tag(mended):
        mended = _LONG_TAG.sub(_bounded, mended)
    # The parser returns nothing where there is no element, which its types do not say.
    tree: _Element | None = fromstring(mended.encode("utf-8", "replace"), parser=parser)
    return tree


def _may_hold_long_tag(text: str) -> bool:
    """Return whether it is worth looking for a long tag; this is faster."""
    far = (part for part in text.split(">") if len(part) > _LONG)
    return any(len(tag) >= _LONG for part in far for tag in part.split("<")[1:])


def _bounded(tag: re.Match[str]) -> str:
    return f"<{tag[1]}>" if len(_VALUE.sub("", tag[0]).split()) > _MAX_ATTRIBUTES else tag[0]


def page_lines(tree: "_Element") -> Iterator[Line]:
    """Yield the text of a page, a line for each block, with no empty lines between them."""
    for _, text in page_blocks(tree):
        yield Line(text, text, gap=False)


def page_blocks(tree: "_Element") -> Iterator[tuple[ParagraphKind, str]]:
    """Yield the kind and the text of all blocks of a page, in order."""
    inline, breaking = inline_tags() | _CELL_TAGS, breaking_tags()
    kinds: list[ParagraphKind] = ["text"]
    parts: list[str] = []
    preformatted = 0
    for event, tag, element in visible(tree):
        is_inline = tag in inline or (tag not in breaking and stands_in_text(element))
        if event != "tail" and not is_inline:
            if preformatted:
                yield from verbatim("".join(parts))
            elif text := one_line("".join(parts)).removesuffix(CELLS.rstrip()).strip():
                yield kinds[-1], text
            parts.clear()
            if event == "start":
                kinds.append(KINDS.get(tag, kinds[-1]))
                preformatted += tag == "pre"
            else:
                kinds.pop()
                preformatted -= tag == "pre"
        if event == "start":
            parts.append(element.text or "")
        else:
            parts.append((CELLS if event == "end" and tag in _CELL_TAGS else "") + (element.tail or ""))
    if text := one_line("".join(parts)):
        yield "text", text


def verbatim(text: str) -> Iterator[tuple[ParagraphKind, str]]:
    """Yield the lines of preformatted text: sentences as text, all others, which are code or verse, as quotes."""
    for line in split_lines(clean(text)):
        is_sentence = is_closed(line.text) and len(line.text) >= _MIN_SENTENCE
        yield "text" if is_sentence else "quote", line.text


def stands_in_text(element: "_Element") -> bool:
    """Return whether an element of an unknown kind stands in the midst of a line, which it does not break."""
    around = element.getparent()
    if around is None or around.tag in _HOLDS_TEXT:
        return around is not None
    above = element.getprevious()
    before = around.text if above is None else above.tail
    return any(text and not text.isspace() for text in (before, element.tail))


@cache
def inline_tags() -> frozenset[str]:
    """Return the tags of elements that stand in the midst of a line."""
    return frozenset(listed("inline_tags"))


@cache
def breaking_tags() -> frozenset[str]:
    """Return the tags of elements that do not, whether they are seen or not."""
    return frozenset((*listed("block_tags"), *listed("unseen_tags")))


def visible(tree: "_Element") -> Iterator[tuple[str, str, "_Element"]]:
    """Yield the elements that a reader sees at their `start` and `end`; of others, that their `tail` follows."""
    from lxml.etree import iterwalk

    unseen = frozenset(listed("unseen_tags"))
    walk = iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        tag = str(element.tag)
        hidden = tag in unseen and not (tag in _MAY_SWALLOW and element.find(".//h1") is not None)
        if event == "start" and hidden:
            walk.skip_subtree()
        elif event == "start" or (event == "end" and not hidden):
            yield event, tag, element
        else:
            yield "tail", tag, element
