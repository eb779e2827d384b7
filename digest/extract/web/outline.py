"""
A tree of elements in, the lines of its page out, and the elements that they stand in: arrays of numbers.

A line is a block of the page, or what stands between two line breaks of one; cells of tables are lines of their own.
"""

import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from digest.extract.decode import clean
from digest.extract.lexicon import listed
from digest.extract.markup import breaking_tags, inline_tags, stands_in_text
from digest.extract.trained.arrays import Floats, Ints

if TYPE_CHECKING:
    from lxml.etree import _Element

TAGS: Sequence[str] = (
    "", "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "tr", "table", "ul", "ol", "dt", "dd", "dl",
    "blockquote", "pre", "figure", "figcaption", "article", "main", "section", "header", "footer", "nav", "aside",
    "form", "details", "summary", "address", "label", "body", "center", "button", "fieldset", "picture", "dialog",
)  # fmt: skip
"""Tags that are told apart; the first stands for all others."""
_TAG: Mapping[str, int] = {tag: at for at, tag in enumerate(TAGS)}
_BREAKS = frozenset(("br", "hr"))
_PICTURES = frozenset(("img", "video"))
_EMPHASIS = frozenset(("b", "strong", "em", "i"))

NAME_BUCKETS = 1 << 14
"""Hash values of the names of elements."""
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[^\W\d_a-zA-Z]+")
_NUMBERS = re.compile(r"\d+")
_NAMED = ("class", "id", "itemprop", "role", "rel")
"""Attributes in which pages say what an element is for."""
_MAX_NAMES = 300
"""Characters of an attribute that are read."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Outline:
    """The lines of a page, n, and its blocks, e, both in the order of the page; a block comes before those in it."""

    lines: Sequence[str]
    """White space collapsed, none empty."""
    block: Ints
    """Innermost block that each line stands in, shape (n,)."""
    link: Floats
    """Share of each line that is link, shape (n,)."""
    points: Floats
    """Share of each line that is link to another page, shape (n,)."""
    bold: Floats
    """Share of each line that is strong or emphasized, shape (n,)."""
    broken: Ints
    """Whether a line break stands before each line, shape (n,)."""
    images: Ints
    """Pictures between each line and the one above it, shape (n,)."""
    inline: tuple[Ints, Ints]
    """Hashed names of the inline elements that begin in a line: line, bucket."""
    parent: Ints
    """Block that each block stands in, -1 for the first, shape (e,)."""
    depth: Ints
    tag: Ints
    """See `TAGS`, shape (e,)."""
    hidden: Ints
    """Whether a block is marked as not shown at first, shape (e,)."""
    first: Ints
    """First line in each block, shape (e,)."""
    last: Ints
    """Line behind the last one in each block, shape (e,)."""
    names: tuple[Ints, Ints]
    """Hashed names of the blocks: block, bucket."""
    alike: Ints
    """Hash of each block's tag and names as a whole, shape (e,)."""
    verbatim: Mapping[int, str]
    """Lines of preformatted text as the page has them, breaks and all, by their indexes."""


def outline(tree: "_Element") -> Outline | None:
    """Return the lines of a page with what they stand in, None if it has no text."""
    from lxml.etree import iterwalk

    unseen = frozenset(listed("unseen_tags")) - {"button"}
    inline, breaking = inline_tags(), breaking_tags()
    page = _Page()
    body = tree.find("body")
    root = tree if body is None else body
    walk = iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        tag = str(element.tag)
        is_inline = tag in inline or (tag not in breaking and stands_in_text(element))
        if event == "start" and tag in unseen:
            walk.skip_subtree()
        elif event == "start":
            if is_inline:
                page.open_inline(tag, element)
            elif tag in _BREAKS or tag in _PICTURES:
                page.see(tag)
            else:
                page.open_block(tag, element)
            page.say(element.text)
        else:
            if event == "end" and is_inline:
                page.close_inline(tag)
            elif event == "end" and not (tag in unseen or tag in _BREAKS or tag in _PICTURES):
                page.close_block()
            if element is not root:
                page.say(element.tail)
    return page.drawn()


@dataclass(slots=True)
class _Page:
    """What was seen of a page so far."""

    parts: list[str] = field(default_factory=list)
    linked: int = 0
    pointing: int = 0
    emphasized: int = 0
    in_link: int = 0
    in_pointer: int = 0
    in_bold: int = 0
    break_before: bool = False
    images: int = 0
    lines: list[str] = field(default_factory=list)
    about: list[tuple[int, float, float, float, int, int]] = field(default_factory=list)
    inline: list[tuple[int, int]] = field(default_factory=list)
    blocks: list[list[int]] = field(default_factory=list)
    names: list[tuple[int, ...]] = field(default_factory=list)
    verbatim: dict[int, str] = field(default_factory=dict)
    preformatted: int = 0
    inside: list[int] = field(default_factory=list)

    def see(self, tag: str) -> None:
        if tag in _BREAKS:
            self.end_line(broken=True)
        else:
            self.images += 1

    def say(self, text: str | None) -> None:
        if not text:
            return
        self.parts.append(text)
        if self.in_link or self.in_bold:
            size = len(text.strip())
            if self.in_link:
                self.linked += size
            if self.in_pointer:
                self.pointing += size
            if self.in_bold:
                self.emphasized += size

    def open_inline(self, tag: str, element: "_Element") -> None:
        if tag == "a":
            self.in_link += 1
            self.in_pointer += self.in_pointer > 0 or not (element.get("href") or "#").startswith("#")
        elif tag in _EMPHASIS:
            self.in_bold += 1
        if element.attrib:
            at = len(self.lines)
            self.inline += [(at, name) for name in _named(element)[0]]

    def close_inline(self, tag: str) -> None:
        if tag == "a":
            self.in_link -= 1
            self.in_pointer -= self.in_pointer > 0
        elif tag in _EMPHASIS:
            self.in_bold -= 1

    def open_block(self, tag: str, element: "_Element") -> None:
        self.end_line(broken=False)
        names, whole = _named(element) if element.attrib else ((), 0)
        inside = self.inside[-1] if self.inside else -1
        style = element.get("style")
        hidden = (style is not None and _HIDDEN.search(style) is not None) or element.get("hidden") is not None
        code = _TAG.get(tag, 0)
        self.preformatted += tag == "pre"
        self.inside.append(len(self.blocks))
        self.names.append(names)
        self.blocks.append([inside, len(self.inside), code, hidden, len(self.lines), 0, whole * 64 + code])

    def close_block(self) -> None:
        self.end_line(broken=False)
        block = self.blocks[self.inside.pop()]
        block[5] = len(self.lines)
        self.preformatted -= TAGS[block[2]] == "pre"

    def end_line(self, *, broken: bool) -> None:
        if self.parts:
            text = " ".join("".join(self.parts).split())
            if not text.isascii():
                text = " ".join(clean(text).split())
            if text and self.preformatted:
                self.verbatim[len(self.lines)] = "".join(self.parts)
            self.parts.clear()
            if text:
                size = len(text)
                self.about.append(
                    (
                        self.inside[-1],
                        min(1.0, self.linked / size),
                        min(1.0, self.pointing / size),
                        min(1.0, self.emphasized / size),
                        self.break_before,
                        self.images,
                    )
                )
                self.lines.append(text)
                self.images = 0
            self.linked = self.pointing = self.emphasized = 0
        self.break_before = broken

    def drawn(self) -> Outline | None:
        if not self.lines:
            return None
        block, link, points, bold, broken, images = zip(*self.about, strict=True)
        parent, depth, tag, hidden, first, last, alike = np.array(self.blocks, np.int64).T
        inline = np.array([one for one in self.inline if one[0] < len(self.lines)], np.int64).reshape(-1, 2)
        counts = [len(names) for names in self.names]
        flat = [name for names in self.names for name in names]
        return Outline(
            lines=tuple(self.lines),
            block=np.array(block),
            link=np.array(link, np.float32),
            points=np.array(points, np.float32),
            bold=np.array(bold, np.float32),
            broken=np.array(broken, np.int64),
            images=np.array(images),
            inline=(inline[:, 0], inline[:, 1]),
            parent=parent,
            depth=depth,
            tag=tag,
            hidden=hidden,
            first=first,
            last=last,
            names=(np.repeat(np.arange(len(counts)), counts), np.array(flat, np.int64)),
            alike=alike,
            verbatim=self.verbatim,
        )


def _named(element: "_Element") -> tuple[tuple[int, ...], int]:
    """Return the hashed names of an element, and a hash of all of them."""
    get = element.get
    said = [get(name) or "" for name in _NAMED]
    return _hashed("\n".join(said)) if any(said) else ((), 0)


@lru_cache(maxsize=20_000)
def _hashed(said: str) -> tuple[tuple[int, ...], int]:
    found: dict[str, int] = {}
    for kind, value in enumerate(said.split("\n")):
        for name in value[:_MAX_NAMES].split():
            found.update(_buckets(kind, name))
    whole = _NUMBERS.sub("0", said)
    return tuple(sorted(found.values())), zlib.crc32(whole.encode("utf-8", "replace"))


@lru_cache(maxsize=20_000)
def _buckets(kind: int, name: str) -> Mapping[str, int]:
    """Return the hash value of a name and those of its words, by what is hashed; *kind* counts in `_NAMED`."""
    if kind >= 2:
        parts = [f"{kind}:{name.lower()}"]
    else:
        parts = ["=" + _NUMBERS.sub("0", name.lower()), *(word.lower() for word in _WORD.findall(name))]
    return {part: bucket_of(part) for part in parts}


def bucket_of(name: str) -> int:
    """Return the hash value of a name."""
    return zlib.crc32(name.encode("utf-8", "replace")) & (NAME_BUCKETS - 1)
