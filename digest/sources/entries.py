"""
What the address of a feed answered in, one item for each entry out.

RSS 0.9x to 2.0, RDF (RSS 1.0), Atom 0.3 and 1.0, JSON Feed 1.0 and 1.1; broken ones as far as they go. An item holds
the fullest text of its entry as a small web page, so the same extractor cleans it that cleans pages.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from html import unescape
from typing import NamedTuple
from urllib.parse import urljoin

from digest.errors import ItemError
from digest.model import Dated, Item, Metadata, Rejection, Source
from digest.sources import dates
from digest.sources.authors import names
from digest.sources.characters import characters
from digest.sources.found import Entry, Feed
from digest.sources.json_feed import from_json
from digest.sources.markup import fullest, line, page
from digest.sources.parsed import from_xml
from digest.text import canonical, short_id

MAX_ENTRIES = 5000
"""Entries of one feed that are taken, the newest ones by their dates; a feed is no archive."""

_BEGINNING = re.compile(r"(?:\s|<!--.{0,2000}?-->|<\?.{0,2000}?\?>)*", re.DOTALL)
_PAGE = re.compile(r"<!doctype\s+html|<html\b", re.IGNORECASE)
_TITLE = re.compile(r"<title\b[^<>]*>([^<]{1,200})", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_MAGIC = {b"%PDF": "a PDF file", b"PK\x03\x04": "a ZIP archive", b"\x89PNG": "an image", b"\xff\xd8\xff": "an image",
          b"GIF8": "an image", b"\x1f\x8b": "a gzip archive"}  # fmt: skip
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class FeedItems(NamedTuple):
    """What a feed holds."""

    items: tuple[Item, ...]
    """In its own order."""
    rejections: tuple[Rejection, ...]
    """Entries without any content, and those beyond `MAX_ENTRIES`."""
    is_cut_off: bool
    """Whether there seems to be more of it."""


def entries(
    body: bytes, *, source: Source, url: str, media_type: str | None = None, charset: str | None = None
) -> tuple[Item, ...]:
    """
    Return the items of a feed in its own order; see `read_feed`.

    Raises:
        ItemError: *body* is no feed, or so broken that no entry can be had.
    """
    return read_feed(body, source=source, url=url, media_type=media_type, charset=charset).items


def read_feed(
    body: bytes, *, source: Source, url: str, media_type: str | None = None, charset: str | None = None
) -> FeedItems:
    """
    Read the entries of a feed; of those with the same id the first one counts, and nothing is said of the others.

    Args:
        body: A whole answer.
        source: The feed as the settings know it.
        url: The address that answered; what is relative in the feed is relative to it.
        media_type: What the server says it is; only told in messages, as servers are often wrong.
        charset: What the server says of the encoding.

    Raises:
        ItemError: *body* is no feed, or so broken that no entry can be had.
    """
    feed = _parsed(body, url=url, media_type=media_type, charset=charset)
    rejections: list[Rejection] = []
    found = [_Reading(entry, url) for entry in feed.entries]
    if len(found) > MAX_ENTRIES:
        reason = f"{len(found)} entries, the newest {MAX_ENTRIES} are taken"
        rejections.append(Rejection(locator=url, reason=reason))
        found = _newest(found)
    empty = sum(reading.is_empty for reading in found)
    if empty:
        reason = f"{empty} of {len(found)} entries have neither title nor text"
        rejections.append(Rejection(locator=url, reason=reason))
        found = [reading for reading in found if not reading.is_empty]
    site_name = line(feed.title) or source.name
    language = _language(feed.language)
    ambiguous = _ambiguous(found)
    items: dict[str, Item] = {}
    for reading in found:
        own_page = reading.page(language)
        identities = tuple(reading.identities(source, own_page, ambiguous))
        if identities[0] not in items:
            items[identities[0]] = Item(
                key=short_id(identities[0]),
                source=source,
                locator=reading.locator,
                identities=identities,
                media_type="text/html",
                body=own_page,
                declared=reading.metadata(site_name, language),
            )
    return FeedItems(items=tuple(items.values()), rejections=tuple(rejections), is_cut_off=feed.is_cut_off)


def feed_title(body: bytes) -> str | None:
    """
    Return what a feed calls itself, on one line; `None` if it says nothing.

    Raises:
        ItemError: *body* is no feed.
    """
    return line(_parsed(body, url="feed", media_type=None, charset=None).title)


class _Reading:
    """An entry, and what was made of its parts."""

    def __init__(self, entry: Entry, feed_url: str) -> None:
        self.entry = entry
        self.headline = line(entry.title)
        self.url = _absolute(feed_url, entry.url)
        self.published = next((d for d in map(dates.declared, entry.dates) if d is not None), None)
        self.locator = self.url or f"{feed_url}#{entry.id or self.headline or ''}"

    @property
    def is_empty(self) -> bool:
        return self.headline is None and not self.entry.contents

    def identities(self, source: Source, body: bytes, ambiguous: frozenset[str]) -> Iterator[str]:
        """
        Yield what the entry can be recognised by, strongest first.

        Its bytes only when there is nothing else: the same words under another address are another article's.
        """
        if self.entry.id:
            yield f"id:{source.id} {self.entry.id}"
        if self.url and self.url not in ambiguous:
            yield f"url:{self.url}"
        elif not self.entry.id and self.headline:
            day = self.published.stated if self.published else ""
            yield f"title:{source.id} {day} {self.headline}"
        elif not self.entry.id:
            yield f"bytes:{source.id} {hashlib.sha256(body).hexdigest()}"

    def page(self, feed_language: str | None) -> bytes:
        language = _language(self.entry.language) or feed_language
        return page(headline=self.headline, content=fullest(self.entry.contents), language=language)

    def metadata(self, site_name: str, feed_language: str | None) -> Metadata:
        return Metadata(
            headline=self.headline,
            byline=names(self.entry.authors),
            published=self.published,
            url=self.url,
            language=_language(self.entry.language) or feed_language,
            site_name=site_name,
        )


def _parsed(body: bytes, *, url: str, media_type: str | None, charset: str | None) -> Feed:
    """Return what a feed says; raise an `ItemError` that tells what came instead of one."""
    if not body.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise ItemError(url, "no feed: the answer is empty")
    for magic, what in _MAGIC.items():
        if body.startswith(magic):
            raise ItemError(url, f"no feed: it is {what}")
    text = characters(body, charset=charset)
    beginning = _BEGINNING.match(text)
    text = text[beginning.end() :] if beginning else text
    if _PAGE.match(text):
        title = _TITLE.search(text[:100_000])
        called = " ".join(unescape(title[1]).split()) if title else ""
        raise ItemError(url, f"no feed: it is a web page{f' called `{called}`' if called else ''}")
    feed = from_json(text) if text.startswith(("{", "[")) else from_xml(text)
    if feed is None:
        kind = "JSON of another kind, or broken" if text.startswith(("{", "[")) else "neither RSS, Atom nor JSON Feed"
        said = f"; the server calls it `{media_type}`" if media_type else ""
        raise ItemError(url, f"no feed: it is {kind}{said}")
    if feed.flaw and not feed.entries:
        raise ItemError(url, f"no entry can be read: {feed.flaw}")
    return feed


def _newest(found: Sequence[_Reading]) -> list[_Reading]:
    """Return the entries with the latest dates, undated ones last, in the order of the feed."""
    ranked = sorted(range(len(found)), key=lambda place: (_instant(found[place].published), -place), reverse=True)
    return [found[place] for place in sorted(ranked[:MAX_ENTRIES])]


def _instant(published: Dated | None) -> datetime:
    return published.instant if published else _LONG_AGO


def _ambiguous(found: Sequence[_Reading]) -> frozenset[str]:
    """Return addresses that entries with different headlines share: a front page identifies none of them."""
    headlines: dict[str, set[str | None]] = defaultdict(set)
    for reading in found:
        if reading.url:
            headlines[reading.url].add(reading.headline)
    return frozenset(url for url, shared in headlines.items() if len(shared) > 1)


def _absolute(feed_url: str, url: str | None) -> str | None:
    """Return the canonical address of an entry, `None` if there is none that leads to a page."""
    try:
        return canonical(urljoin(feed_url, url)) if url else None
    except ValueError:
        return None


def _language(tag: str | None) -> str | None:
    tag = (tag or "").strip().replace("_", "-")
    return tag if _LANGUAGE.fullmatch(tag) and tag.lower() not in {"und", "zxx"} else None
