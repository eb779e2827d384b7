"""A parsed page in, all that its head, its JSON-LD and its lines say of its article out, as one value, unjudged."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from digest.extract.dates import Found, find_dates
from digest.extract.stated.linked import Linked, linked_data, text_of
from digest.extract.stated.outline import Outline, Region, outline
from digest.text import plain

if TYPE_CHECKING:
    from lxml.etree import _Element

Place = Literal["far-above", "above", "head", "near", "deep", "foot"]
"""Where a line stands: above the headline, between it and the first paragraph, among the first ones, below."""

_LONG, _LONG_UNSPACED = 100, 50
"""Characters of a line of running text, with spaces between its words and without."""
_MAX_DATED = 250
"""Characters of the longest line in which dates are looked for."""
_ABOVE = 8
"""Lines above the headline that belong to it."""
_HEAD = 25
"""Lines below the headline that do, while no paragraph comes."""
_NEAR = 2
"""Paragraphs above which an imprint may stand: a standfirst looks like one."""
_FOOT = 0.8
"""Share of the paragraphs behind which the foot of the article begins."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says of its article."""

    url: str | None
    language: str
    title: str | None
    meta: Mapping[str, Sequence[str]]
    """Values of the meta elements by name or property, lower case."""
    linked: Linked
    outline: Outline
    paragraphs: Sequence[int]
    """Indexes of the lines of running text."""
    dates: Sequence[Sequence[Found]]
    """Dates in each line."""
    sites: frozenset[str]
    """Names of the site, as `plain` gives them."""

    def said(self, name: str) -> str | None:
        """Return the first value of the meta element *name*."""
        return next(iter(self.meta.get(name, ())), None)

    def regions(self, at: int) -> set[Region]:
        """Return the regions in which the line at *at* stands."""
        return {region for region, first, end in self.outline.regions if first <= at < end}


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the lines of a page stand towards its headline."""

    page: Page
    top: int
    """Index of the headline's line; -1 if the page does not show it."""
    where: Sequence[Place | Region]
    """The region or, in none, the place of each line; a region that holds the headline is none."""

    def is_dated(self, at: int) -> bool:
        """Return whether a date stands in the line at *at* or in the two above or below it."""
        return any(self.page.dates[max(0, at - 2) : at + 3])


def read_page(tree: "_Element", url: str | None) -> Page:
    """Return what the page at *tree*, found at *url*, says."""
    meta = _meta(tree)
    linked = linked_data(tree)
    lines = outline(tree)
    root = next(tree.iter("html"), tree)
    languages = (root.get("lang"), root.get("xml:lang"), _first(meta, "og:locale"), linked.article.get("inLanguage"))
    language = next(filter(None, map(text_of, languages)), "und")
    publisher = next(linked.resolved(linked.article.get("publisher")), {})
    sites = (_first(meta, "og:site_name"), text_of(publisher.get("name")), _first(meta, "application-name"))
    return Page(
        url=url,
        language=language,
        title=next((text for element in tree.iter("title") if (text := text_of(str(element.xpath("string()"))))), None),
        meta=meta,
        linked=linked,
        outline=lines,
        paragraphs=[at for at, block in enumerate(lines.blocks) if _is_long(block.text)],
        dates=[find_dates(b.text, language=language) if len(b.text) <= _MAX_DATED else () for b in lines.blocks],
        sites=frozenset(plain(site) for site in sites if site),
    )


def layout(page: Page, headline: str | None) -> Layout:
    """Return where the lines of *page* stand towards *headline*."""
    top = _top(page, plain(headline or ""))
    regions: list[Region | None] = [None] * (len(page.outline.blocks) + 1)
    # Inner regions close, and are listed, before the outer ones.
    for region, first, end in reversed(page.outline.regions):
        if not first <= top < end:
            regions[first:end] = [region] * (end - first)
    below = [at for at in page.paragraphs if at > top]
    paragraphs = [at for at in below if regions[at] is None] or below
    return Layout(page, top, [region or _place(at, top, paragraphs) for at, region in enumerate(regions)])


def _top(page: Page, headline: str) -> int:
    """Return the index of the line that is the headline, else of the first heading, else -1."""
    headings = page.outline.headings
    if headline:
        for mark in headings:
            if plain(mark.text) == headline:
                return mark.at
        for at, block in enumerate(page.outline.blocks):
            if plain(block.text) == headline:
                return at
    return next((mark.at for mark in headings if mark.tag == "h1"), -1)


def _place(at: int, top: int, paragraphs: Sequence[int]) -> Place:
    if at < top:
        return "above" if at >= top - _ABOVE else "far-above"
    before = bisect_left(paragraphs, at)
    if before == 0:
        return "head" if at - top <= _HEAD else "deep"
    if before <= _NEAR:
        return "near"
    return "foot" if at > paragraphs[int(_FOOT * (len(paragraphs) - 1))] else "deep"


def _is_long(text: str) -> bool:
    return len(text) >= (_LONG if " " in text[:_LONG_UNSPACED] else _LONG_UNSPACED)


def _meta(tree: "_Element") -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = text_of(element.get("content"))
        for attribute in ("property", "name", "itemprop"):
            name = (element.get(attribute) or "").strip().lower()
            if name and content:
                found.setdefault(name, []).append(content)
    return found


def _first(meta: Mapping[str, Sequence[str]], name: str) -> str | None:
    return next(iter(meta.get(name, ())), None)
