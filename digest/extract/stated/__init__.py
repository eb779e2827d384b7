"""
A parsed web page in, what its markup states about the article out.

The page is read once (`page`); what may be its headline, its day of publication and its byline is gathered from all
that says so (`headline`, `published`, `authors`), and the likeliest is taken (`ranking`).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.extract.stated.authors import authors
from digest.extract.stated.headline import headlines
from digest.extract.stated.linked import text_of
from digest.extract.stated.page import Page, layout, read_page
from digest.extract.stated.published import moments
from digest.extract.stated.ranking import best
from digest.model import Dated, Metadata

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Stated", "stated_metadata"]

_ARTICLE_ADDRESS = re.compile(r"https?://[^/?#\s]+/[^\s]+$", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^/]", re.IGNORECASE)
_MAX_NAME = 60
"""Characters of the longest name of a site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a page tells of itself."""

    metadata: Metadata
    description: str | None
    """Often the standfirst."""
    words: int
    """How many a reader sees, menus and all."""


def stated_metadata(tree: "_Element", url: str | None = None) -> Stated:
    """
    Return what a page states.

    Args:
        tree: The whole page.
        url: Where it was found, if that is known.
    """
    canonical = [text for link in tree.xpath('//link[@rel="canonical"]/@href') if (text := text_of(str(link)))]
    page = read_page(tree, url or next(iter(canonical), None))
    headline = best(headlines(page), "headline")
    place = layout(page, headline)
    published = best(moments(page, place), "published")
    metadata = Metadata(
        headline=headline,
        byline=best(authors(page, place), "byline") or (),
        published=_to_the_day(published) if published else None,
        url=_address((*canonical, page.said("og:url"))),
        language=page.language if page.language != "und" else None,
        site_name=_site_name(page),
    )
    return Stated(
        metadata=metadata,
        description=page.said("og:description") or page.said("description"),
        words=sum(len(block.text.split()) for block in page.outline.blocks),
    )


def _address(stated: Iterable[str | None]) -> str | None:
    """Return the first whole address of an article; that of the front page is a mistake of the site's."""
    return next((url for url in stated if url and _ARTICLE_ADDRESS.match(url)), None)


def _to_the_day(dated: Dated) -> Dated:
    """Return a midnight as the day that it stands for in the markup of most sites."""
    if dated.precision == "minute" and (dated.value.hour, dated.value.minute) == (0, 0):
        day = dated.value.replace(tzinfo=None)
        return Dated(value=day, precision="day", zone_known=False, origin=dated.origin)
    return dated


def _site_name(page: Page) -> str | None:
    publisher = next(page.linked.resolved(page.linked.article.get("publisher")), {})
    for text in (page.said("og:site_name"), text_of(publisher.get("name")), page.said("application-name")):
        if text and (name := _without_motto(text)) and len(name) <= _MAX_NAME:
            return name
    return None


def _without_motto(text: str) -> str:
    """Return the name alone: what stands before a bar, and the host of an address."""
    name = text.partition(" | ")[0].strip().lstrip("@")
    return name.split("/")[2].removeprefix("www.") if _ADDRESS.match(name) else name
