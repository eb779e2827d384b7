"""
The text of an RSS, RDF or Atom feed in, what it says out.

feedparser reads it: strictly first, and as far as it will go when that fails. It gets bytes and nothing that it could
fetch or open, and its own cleaning and resolving of markup are off: they are slow, and `extract` cleans everything.
"""

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.parsers import expat

from digest.sources.characters import from_root
from digest.sources.found import Entry, Feed, Text, sound

_ROOTS = "rss|rdf|feed"
_ENDED = re.compile(rf"</(?:[\w.-]{{1,40}}:)?(?:{_ROOTS})\s*>", re.IGNORECASE)
_ENTRY_ENDS = re.compile(r"<(?:/(?:[\w.-]{1,40}:)?(?:item|entry)\s*|(?:item|entry)(?:\s[^<>]*)?/)>", re.IGNORECASE)
_MAX_READ = 20_000
"""Entries that the parser gets to see; it takes about a millisecond for each."""
# feedparser looks for mail addresses in a way that takes quadratic time in text without gaps.
_GAPLESS = re.compile(r"(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]{300,}")
_LONGEST_KEPT = 300
_MAX_BROKEN = 1_000_000
"""Characters of a broken feed that are read: what is not strict can be led in circles."""
_HTML = frozenset({"text/html", "application/xhtml+xml", "html", "xhtml"})


def from_xml(text: str) -> Feed | None:
    """Return what a feed says, `None` when its root is that of no feed."""
    # Never given an address, nor text: it would fetch the one and open a file that is called like the other.
    import feedparser

    document = from_root(text, _ROOTS)
    if document is None:
        return None
    document = _GAPLESS.sub(lambda match: match[0][:_LONGEST_KEPT], document)
    complete = _ENDED.search(document) is not None
    ends = [match.end() for match in _ENTRY_ENDS.finditer(document)]
    if not complete:  # half an entry would pass for a text that was changed
        document = document[: ends[-1]] if ends else ""
    if len(ends) > _MAX_READ:
        document = document[: ends[_MAX_READ - 1]]
    flaw = _flaw(document)
    if flaw and len(document) > _MAX_BROKEN:
        document = document[: max((end for end in ends if end <= _MAX_BROKEN), default=0)]
    parsed = feedparser.parse(
        io.BytesIO(document.encode("utf-8", "replace")),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    literal = str(parsed.get("version") or "").startswith("atom")
    entries = tuple(_entry(entry, literal=literal) for entry in parsed["entries"])
    if not complete:
        flaw = "it is cut off"
    feed = parsed["feed"]
    title = _text(feed.get("title_detail"), literal=literal)
    return Feed(title=title, language=sound(feed.get("language")), entries=entries, flaw=flaw, is_cut_off=not complete)


def _flaw(document: str) -> str | None:
    """Return why a document is not well-formed; it has no document type, so this is safe and quick."""
    parser = expat.ParserCreate(namespace_separator=" ")
    try:
        parser.Parse(document.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        return f"it is broken: {error}"
    return None


def _entry(entry: Mapping[str, Any], *, literal: bool) -> Entry:
    title = entry.get("title_detail")
    return Entry(
        id=sound(entry.get("id")),
        url=sound(entry.get("feedburner_origlink")) or sound(entry.get("link")),
        title=_text(title, literal=literal),
        contents=tuple(_contents(entry, literal=literal)),
        authors=tuple(_authors(entry)),
        dates=tuple(
            date for key in ("published", "created", "updated") if key in entry and (date := sound(entry[key]))
        ),
        language=_language(entry),
    )


def _contents(entry: Mapping[str, Any], *, literal: bool) -> Iterator[Text]:
    for detail in (*(entry.get("content") or ()), entry.get("summary_detail")):
        if (text := _text(detail, literal=literal)) is not None:
            yield text


def _text(detail: Mapping[str, Any] | None, *, literal: bool) -> Text | None:
    """Return a text construct; *literal* says that the format's plain text is really plain."""
    value = sound((detail or {}).get("value"))
    if detail is None or value is None:
        return None
    media_type = str(detail.get("type") or "text/plain").lower()
    if media_type in _HTML:
        return Text(value=value, kind="html")
    if media_type.startswith("text/"):
        return Text(value=value, kind="plain" if literal else "guess")
    return None


def _authors(entry: Mapping[str, Any]) -> Iterator[str]:
    authors = [author.get("name") for author in entry.get("authors") or ()]
    # Of the last one there are the words themselves: where feedparser takes a mail address out, half of it may stay.
    for author in (*authors[:-1], entry.get("author")):
        if name := sound(author):
            yield name


def _language(entry: Mapping[str, Any]) -> str | None:
    details = (*(entry.get("content") or ()), entry.get("summary_detail"), entry.get("title_detail"))
    said = (entry.get("language"), *(detail.get("language") for detail in details if detail))
    return next((language for language in map(sound, said) if language), None)
