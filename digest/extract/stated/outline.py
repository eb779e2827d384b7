"""
A parsed page in, what stands where on it out: its lines, headings, marked elements and regions.

A line is the text of a block, as `markup` reads it. The regions around an article (menus, lists of other articles,
comments) are known by their elements and by what sites call them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, cast

from digest.extract.decode import one_line
from digest.extract.markup import breaking_tags, inline_tags, stands_in_text, visible

if TYPE_CHECKING:
    from lxml.etree import _Element

Region = Literal["site", "aside", "more", "talk"]

_REGION_TAGS: Mapping[str, Region] = {"nav": "site", "footer": "site", "aside": "aside", "dialog": "site"}
# Pages made with Elementor call each of their elements a widget.
_REGIONS = re.compile(
    r"""(?<![a-z]) (?:
        (?P<site> nav(?:bar|igation)?|menu|footer|breadcrumbs?|cookies?|popup|modal|newsletter|subscribe|masthead )
      | (?P<aside> sidebar|(?<!elementor-)widget|aside )
      | (?P<more> related|recommend(?:ed|ations)?|latest|popular|trending|teasers?|cards?|carousel|slider|swiper
          | more-(?:posts|articles|stories)|read-?next|similar|you-may )
      | (?P<talk> comments?|respond|disqus|repl(?:y|ies)|testimonials? )
    ) (?![a-z])""",
    re.VERBOSE,
)
_NO_REGIONS = frozenset({"html", "body", "main", "article"})
_AUTHOR = re.compile(r"author|byline|by-line|writer|contributor|(?<![a-z])(?:by|vcard|fn|creator|journalist)(?![a-z])")
_AUTHOR_LINK = re.compile(
    r"/(?:authors?|contributors?|writers?|people|team|staff|profile|by|users?|autor(?:es|en)?|auteurs?)/", re.IGNORECASE
)
_HEADINGS = frozenset({"h1", "h2", "h3"})
_TELLING = _HEADINGS | {"time", "a"}
_MAX_NAMES = 300
_MAX_HEADING = 400
_MAX_MARKED = 160
"""Characters of the longest heading and marked element that is read."""
_MAX_STRINGS = 40
_MAX_BLOCKS = 20_000


@dataclass(frozen=True, slots=True)
class Block:
    """A line of a page."""

    text: str
    tag: str
    names: str
    """What its element and the two around it are called, lower case."""
    linked: bool
    """Whether it begins inside a link."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A heading, or an element that says of itself what it holds."""

    tag: str
    names: str
    """What it is called, lower case: its class, id, property and relation."""
    strings: tuple[str, ...]
    """Its texts, part by part."""
    at: int
    """Index of the line in which it begins."""
    moment: str = ""
    """Its value for machines."""

    @property
    def text(self) -> str:
        """All its text on one line."""
        return " ".join(self.strings)


@dataclass(frozen=True, slots=True)
class Outline:
    """What stands where on a page."""

    blocks: list[Block] = field(default_factory=list)
    headings: list[Mark] = field(default_factory=list)
    authors: list[Mark] = field(default_factory=list)
    times: list[Mark] = field(default_factory=list)
    regions: list[tuple[Region, int, int]] = field(default_factory=list)
    """Kind, index of the first line and of the one behind the last."""


def outline(tree: "_Element") -> Outline:
    """Return what stands where on the page at *tree*."""
    writer = _Writer()
    for event, tag, element in visible(tree):
        if event == "start":
            writer.open(tag, element)
        elif event == "end":
            writer.close(tag, element)
        elif element.tail:
            writer.parts.append(element.tail)
        if len(writer.found.blocks) >= _MAX_BLOCKS:
            break
    writer.close_line()
    return writer.found


class _Writer:
    """Writes an outline while a page is walked through."""

    def __init__(self) -> None:
        self.found = Outline()
        self.parts: list[str] = []
        self._inline, self._breaking = inline_tags() | {"td", "th"}, breaking_tags()
        self._around: list[tuple[str, str]] = [("", "")]
        self._regions: list[tuple[_Element, Region, int]] = []
        self._links = 0
        self._linked = False

    def open(self, tag: str, element: "_Element") -> None:
        """Begin *element*, and a line if it is a block."""
        names = _names(element)
        if not self._is_inline(tag, element):
            self.close_line()
            self._around.append((tag, names))
            if region := _region(tag, names):
                self._regions.append((element, region, len(self.found.blocks)))
        self._links += tag == "a"
        self._linked = self._linked or (self._links > 0 and not self.parts)
        if names or tag in _TELLING:
            _mark(self.found, element, tag, names)
        if element.text:
            self.parts.append(element.text)

    def close(self, tag: str, element: "_Element") -> None:
        """End *element*, and the line if it is a block, and go on behind it."""
        self._links -= tag == "a"
        if not self._is_inline(tag, element):
            self.close_line()
            self._around.pop()
            if self._regions and self._regions[-1][0] is element:
                _, region, first = self._regions.pop()
                self.found.regions.append((region, first, len(self.found.blocks)))
        if element.tail:
            self.parts.append(element.tail)

    def _is_inline(self, tag: str, element: "_Element") -> bool:
        return tag in self._inline or (tag not in self._breaking and stands_in_text(element))

    def close_line(self) -> None:
        """End the line, if any text stands in it."""
        if self.parts and (text := one_line("".join(self.parts))):
            tag, names = self._around[-1]
            names = " ".join((names, *(above for _, above in self._around[-3:-1])))
            self.found.blocks.append(Block(text, tag, names, self._linked))
        self.parts.clear()
        self._linked = False


def _names(element: "_Element") -> str:
    if not element.attrib:
        return ""
    values = (element.get("class"), element.get("id"), element.get("itemprop"), element.get("rel"))
    return " ".join(filter(None, values)).lower()[:_MAX_NAMES]


@lru_cache(maxsize=20_000)
def _region(tag: str, names: str) -> Region | None:
    if tag in _REGION_TAGS:
        return _REGION_TAGS[tag]
    found = _REGIONS.search(names) if names and tag not in _NO_REGIONS else None
    return cast("Region", found.lastgroup) if found else None


def _mark(found: Outline, element: "_Element", tag: str, names: str) -> None:
    """Note what *element* says of itself."""
    at = len(found.blocks)
    if tag in _HEADINGS or "headline" in names:
        found.headings.append(Mark(tag, names, _heading(element), at))
    moment = element.get("datetime") or (element.get("content") if "date" in names else None)
    if tag == "time" or moment:
        found.times.append(Mark(tag, names, _strings(element), at, (moment or "")[:60]))
    is_link = tag == "a" and _AUTHOR_LINK.search(element.get("href") or "") is not None
    if (is_link or _is_author(names)) and tag not in _NO_REGIONS and (strings := _strings(element)):
        found.authors.append(Mark(tag, f"{names} author-link" if is_link else names, strings, at))


@lru_cache(maxsize=20_000)
def _is_author(names: str) -> bool:
    return _AUTHOR.search(names) is not None


def _heading(element: "_Element") -> tuple[str, ...]:
    """Return the text of a heading, none if it is too long for one."""
    inline, breaking = inline_tags(), breaking_tags()
    parts: list[str] = []
    for event, tag, inner in visible(element):
        if event != "tail" and tag not in inline and (tag in breaking or not stands_in_text(inner)):
            parts.append(" ")
        if event == "start":
            parts.append(inner.text or "")
        elif inner is not element:
            parts.append(inner.tail or "")
        if len(parts) > _MAX_HEADING:
            return ()
    text = one_line("".join(parts))
    return (text,) if 0 < len(text) <= _MAX_HEADING else ()


def _strings(element: "_Element") -> tuple[str, ...]:
    """Return the texts in *element*, none if they are long or many."""
    strings: list[str] = []
    left = _MAX_MARKED
    for value in element.itertext():
        if text := one_line(str(value)):
            strings.append(text)
            left -= len(text)
            if left < 0 or len(strings) > _MAX_STRINGS:
                return ()
    return tuple(strings)
