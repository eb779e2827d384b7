"""
Items in, articles out: whatever a page wraps around its article is taken away.

An extractor turns the bytes of an item into what its page tells; here that is joined with what a feed, a front
matter or the settings declare. What is kept is verbatim: mending adds white space and undoes double encoding, no more,
and what is taken off a paragraph stands at its edge: a dateline, a bullet, a teaser that was glued to it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from digest.errors import ItemError
from digest.extract.doubled import mending
from digest.extract.dumps import from_dump
from digest.extract.found import Fate, Finding, NoArticle
from digest.extract.mail import from_mail
from digest.extract.markdown import from_markdown
from digest.extract.pages import from_page
from digest.model import Article, Dated, Item, Source
from digest.text import plain, sentences, short_id, slug

__all__ = ["EXTRACTORS", "VERSION", "Explanation", "Extractor", "Fate", "Finding", "explain", "extract"]

VERSION = 9
"""Raised whenever the same item gives another article; what is remembered is kept under it."""

_MAX_IMPRINT = 25
"""Words of the longest line that is looked at as headline or byline."""

Extractor = Callable[[Item], Finding]
"""Finds the article in an item's bytes; raises `ItemError` when there is none."""

EXTRACTORS: Mapping[str, Extractor] = {
    "text/plain": mending(from_dump),
    "text/html": mending(from_page),
    "application/xhtml+xml": mending(from_page),
    "text/markdown": mending(from_markdown),
    "message/rfc822": from_mail,
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """What became of an item, and why."""

    article: Article | None
    reason: str
    """Why there is no article; empty if there is one."""
    fates: tuple[Fate, ...]
    """Of its lines, in order, but for the header of a mail and what markup hides; none when it could not be read."""


def extract(item: Item) -> Article:
    """
    Return the article of an item.

    What is declared wins over what the page states, except that the settings' date wins over all.

    Raises:
        ItemError: The item holds no article, or nothing that can be read.
    """
    return _article(item, _found(item))


def explain(item: Item) -> Explanation:
    """Return what became of an item that is extracted, line by line."""
    try:
        found = _found(item)
    except NoArticle as refused:
        return Explanation(None, refused.reason, tuple(map(_set_aside, refused.fates())))
    except ItemError as error:
        return Explanation(None, error.reason, ())
    article = _article(item, found)
    return Explanation(article, "", tuple(_with_role(fate, article) for fate in found.fates()))


def _set_aside(fate: Fate) -> Fate:
    """Return what became of a line of a page that is no article."""
    return Fate(fate.text, why=f"would be kept as {fate.kept}, but all is set aside") if fate.kept else fate


def _with_role(fate: Fate, article: Article) -> Fate:
    """Return what became of a line, one that is no text but says what the article is called or who wrote it."""
    if fate.kept or len(fate.text.split()) > _MAX_IMPRINT:
        return fate
    if plain(fate.text) == plain(article.headline):
        return Fate(fate.text, "headline")
    is_byline = any(re.search(rf"\b{re.escape(plain(name))}\b", plain(fate.text)) for name in article.byline)
    return Fate(fate.text, "byline") if is_byline else fate


def _found(item: Item) -> Finding:
    media_type = item.media_type.partition(";")[0].strip().lower()
    extractor = EXTRACTORS.get(media_type)
    if extractor is None:
        known = ", ".join(sorted(EXTRACTORS))
        raise ItemError(item.locator, f"unknown media type `{media_type}`; known are {known}")
    return extractor(item)


def _article(item: Item, found: Finding) -> Article:
    declared, stated = item.declared, found.stated
    language = stated.language or "und"
    return Article(
        key=item.key,
        version=short_id(item.body.hex()),
        source=_source(item.source, declared.site_name or stated.site_name),
        url=_address(declared.url) or _address(stated.url),
        headline=_one_line(declared.headline) or stated.headline or _first_sentence(found, language),
        standfirst=found.standfirst,
        byline=declared.byline or stated.byline,
        published=_published(declared.published, stated.published),
        language=language,
        paragraphs=found.paragraphs,
    )


def _published(declared: Dated | None, stated: Dated | None) -> Dated | None:
    """Return the date of publication; when we first saw an item is the last thing to go by."""
    if declared is not None and declared.origin == "first_seen":
        return stated or declared
    return declared or stated


def _source(source: Source, site_name: str | None) -> Source:
    """Return the source that a page names when its file names none, else *source*."""
    name = _one_line(site_name)
    if source.feed or not source.id.startswith("file-") or not name:
        return source
    return replace(source, id=slug(name), name=name)


def _address(url: str | None) -> str | None:
    """Return *url* when it is an absolute web address."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
        usable = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return None
    return url.strip() if usable and not any(char.isspace() for char in url.strip()) else None


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())


def _first_sentence(found: Finding, language: str) -> str:
    """Return the first sentence of a text that has no headline."""
    text = next((p.text for p in found.paragraphs if p.kind == "text"), found.paragraphs[0].text)
    start, end = next(iter(sentences(text, language=language)), (0, len(text)))
    return text[start:end]
