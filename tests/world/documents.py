"""Entries in, a feed as people publish them out: RSS 2.0, RDF (RSS 1.0), Atom and JSON Feed."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from email.utils import format_datetime
from typing import Literal
from xml.sax.saxutils import escape

Shape = Literal["rss", "atom", "rdf", "json"]
Dating = Literal["moment", "day", "none"]
Identified = Literal["id", "address", "another id each time"]
Entry = Mapping[str, str | None]
"""`id`, `url`, `title`, `date` (ISO 8601) and `content` (HTML)."""


def document(shape: Shape, entries: Sequence[Entry]) -> bytes:
    """Return a feed of these entries, in their order."""
    return {"rss": _rss, "atom": _atom, "rdf": _rdf, "json": _json}[shape](entries).encode()


def _rss(entries: Sequence[Entry]) -> str:
    items = "\n".join(
        f"<item><title>{_of(e, 'title')}</title><link>{_of(e, 'url')}</link>"
        + (f'<guid isPermaLink="false">{_of(e, "id")}</guid>' if e["id"] else "")
        + (f"<pubDate>{format_datetime(datetime.fromisoformat(e['date']))}</pubDate>" if e["date"] else "")
        + f"<description>{_of(e, 'content')}</description></item>"
        for e in entries
    )
    return (
        '<?xml version="1.0"?>\n<rss version="2.0"><channel><title>A feed</title>'
        f"<link>https://example.org/</link>\n{items}\n</channel></rss>"
    )


def _atom(entries: Sequence[Entry]) -> str:
    items = "\n".join(
        f"<entry><title>{_of(e, 'title')}</title><id>tag:example.org,2026:{_of(e, 'id') or _of(e, 'url')}</id>"
        f'<link href="{_of(e, "url")}"/>'
        + (f"<published>{e['date']}</published><updated>{e['date']}</updated>" if e["date"] else "")
        + f'<content type="html">{_of(e, "content")}</content></entry>'
        for e in entries
    )
    return (
        '<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>A feed</title>'
        f"<id>tag:example.org,2026:feed</id>\n{items}\n</feed>"
    )


def _rdf(entries: Sequence[Entry]) -> str:
    items = "\n".join(
        f'<item rdf:about="{_of(e, "url")}"><title>{_of(e, "title")}</title><link>{_of(e, "url")}</link>'
        + (f"<dc:date>{e['date']}</dc:date>" if e["date"] else "")
        + f"<description>{_of(e, 'content')}</description></item>"
        for e in entries
    )
    return (
        '<?xml version="1.0"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<channel rdf:about="https://example.org/"><title>A feed</title></channel>\n{items}\n</rdf:RDF>'
    )


def _json(entries: Sequence[Entry]) -> str:
    names = {"id": "id", "url": "url", "title": "title", "date": "date_published", "content": "content_html"}
    items = [{name: e[key] for key, name in names.items() if e[key]} for e in entries]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "A feed", "items": items})


def _of(entry: Entry, name: str) -> str:
    return escape(entry[name] or "", {'"': "&quot;"})
