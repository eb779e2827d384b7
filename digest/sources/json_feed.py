"""
The text of a JSON Feed in, what it says out (JSON Feed 1.0 and 1.1, jsonfeed.org).

An item of the wrong shape says nothing; numbers are taken for ids, as the format asks of its readers.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from digest.sources.found import Entry, Feed, Text, sound


def from_json(text: str) -> Feed | None:
    """Return what a feed says, `None` when *text* is no JSON, or JSON that is no feed."""
    try:
        feed = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    if not isinstance(feed, dict) or not isinstance(items := feed.get("items"), list):
        return None
    if "jsonfeed.org" not in str(feed.get("version")):
        return None
    writers = tuple(_authors(feed))
    return Feed(
        title=_text(feed.get("title"), kind="guess"),
        language=sound(feed.get("language")),
        entries=tuple(_entry(item, writers) for item in items if isinstance(item, dict)),
    )


def _entry(item: Mapping[str, Any], writers: tuple[str, ...]) -> Entry:
    """Return an entry; *writers* are those of the feed, who count where an item names none."""
    number = item.get("id")
    return Entry(
        id=sound(str(number) if isinstance(number, int | float) else number),
        url=sound(item.get("url")) or sound(item.get("external_url")),
        title=_text(item.get("title"), kind="guess"),
        contents=tuple(_contents(item)),
        authors=tuple(_authors(item)) or writers,
        dates=tuple(date for key in ("date_published", "date_modified") if (date := sound(item.get(key)))),
        language=sound(item.get("language")),
    )


def _contents(item: Mapping[str, Any]) -> Iterator[Text]:
    texts = (
        _text(item.get("content_html"), kind="html"),
        _text(item.get("content_text"), kind="plain"),
        _text(item.get("summary"), kind="plain"),
    )
    return (text for text in texts if text is not None)


def _text(value: object, *, kind: Any) -> Text | None:
    text = sound(value)
    return None if text is None else Text(value=text, kind=kind)


def _authors(holder: Mapping[str, Any]) -> Iterator[str]:
    authors = holder.get("authors")
    for author in authors if isinstance(authors, list) else [holder.get("author")]:
        if isinstance(author, dict) and (name := sound(author.get("name"))):
            yield name
