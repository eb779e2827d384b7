"""
JSON in, an item for every article in it out: a JSON Feed, an object, a list of them, or one on each line.

Keys are those that JSON Feed (jsonfeed.org) has, schema.org, and most programs that save articles.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from digest.model import Declaration, Item, Metadata, Rejection
from digest.sources import dates
from digest.sources.authors import names
from digest.sources.characters import characters
from digest.sources.found import Text, sound
from digest.sources.items import Said, each_once, made
from digest.sources.markup import is_markup, line
from digest.text import canonical

_LISTS = ("items", "articles", "entries", "posts", "results", "data")
"""Where an object holds a list of articles."""
_ID = ("id", "guid", "_id", "uuid")
_HEADLINE = ("title", "headline")
_HTML = ("content_html", "html", "body_html")
_TEXT = ("content_text", "text", "content", "body", "articleBody", "fulltext", "full_text", "summary", "description")
_URL = ("url", "link", "external_url", "canonical_url", "source_url")
_DATE = ("date_published", "published", "datePublished", "published_at", "publishedAt", "pubDate", "pub_date", "date")
_AUTHOR = ("authors", "author", "byline", "creator")
_SOURCE = ("source", "source_name", "site_name", "site", "publisher", "publication")
_LANGUAGE = ("language", "lang", "inLanguage")

Row = Mapping[str, Any]


def json_items(body: bytes, name: str, declaration: Declaration) -> Iterator[Item | Rejection]:
    """Make an item of every article, and a rejection of every line or object that holds none."""
    text = characters(body)
    try:
        document = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        yield from _of_lines(text, str(error), name, declaration)
        return
    whole: Row = document if isinstance(document, dict) else {}
    rows = document if isinstance(document, list) else next((whole[k] for k in _LISTS if _is_list(whole.get(k))), None)
    if rows is None:
        yield _item(document, name, declaration, around={}, number=None)
        return
    yield from each_once(
        _item(row, name, declaration, around=whole, number=number) for number, row in enumerate(rows, start=1)
    )


def is_json(text: str) -> bool:
    """Return whether *text*, which may be the beginning of a longer one, is an object, or a list of them."""
    beginning = text.lstrip()
    if not beginning.startswith(("{", "[")):
        return False
    inner = beginning[1:].lstrip()
    return inner[:1] in ('"', "}") if beginning[0] == "{" else inner[:1] == "{"


def _is_list(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(one, dict) for one in value)


def _of_lines(text: str, flaw: str, name: str, declaration: Declaration) -> Iterator[Item | Rejection]:
    """Yield what stands on each line, one rejection when no line is JSON."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    found = [_of_line(line, number, name, declaration) for number, line in lines]
    if not any(isinstance(one, Item) or not one.reason.endswith(_NOT_JSON) for one in found):
        yield Rejection(locator=name, reason=f"not JSON: {flaw}")
        return
    yield from each_once(found)


_NOT_JSON = "not JSON"


def _of_line(line: str, number: int, name: str, declaration: Declaration) -> Item | Rejection:
    try:
        row = json.loads(line, strict=False)
    except (ValueError, RecursionError):
        return Rejection(locator=f"{name}#{number}", reason=f"line {number}: {_NOT_JSON}")
    return _item(row, name, declaration, around={}, number=number, unit="line ")


def _item(
    row: object, name: str, declaration: Declaration, *, around: Row, number: int | None, unit: str = "item "
) -> Item | Rejection:
    """Return the item that an object is; *around* is what the object says that holds it."""
    where = "" if number is None else f"{unit}{number}: "
    locator = name if number is None else f"{name}#{number}"
    if not isinstance(row, dict):
        return Rejection(locator=locator, reason=f"{where}not an object")
    html = next((text for key in _HTML if (text := sound(row.get(key)))), None)
    content = html or next((text for key in _TEXT if (text := sound(row.get(key)))), None)
    if content is None:
        keys = ", ".join(f"`{key}`" for key in (*_HTML[:2], *_TEXT[:4]))
        return Rejection(locator=locator, reason=f"{where}no text; it takes one of {keys}")
    guessed = Text(value=content, kind="html" if html else "guess")
    return made(
        content.encode("utf-8"),
        name,
        declaration,
        media_type="text/html; charset=utf-8" if is_markup(guessed) else "text/plain",
        said=_said(row, around, name),
        number=number,
    )


def _said(row: Row, around: Row, name: str) -> Said:
    own_id = next(_texts(row, _ID), None)
    headline = next(_texts(row, _HEADLINE), None)
    return Said(
        metadata=Metadata(
            headline=line(Text(value=headline, kind="guess")) if headline else None,
            byline=names(tuple(_texts(row, _AUTHOR)) or tuple(_texts(around, _AUTHOR))),
            published=next((date for text in _texts(row, _DATE) if (date := dates.declared(text))), None),
            url=next((url for text in _texts(row, _URL) if (url := canonical(text))), None),
            language=next(_texts(row, _LANGUAGE), None) or next(_texts(around, _LANGUAGE), None),
        ),
        id=f"{name} {own_id}" if own_id else None,
        source_name=next((text for text in _texts(row, _SOURCE) if "://" not in text), None)
        or next(_texts(around, ("title",)), None),
        private=row.get("private") is True,
    )


def _texts(row: Row, keys: tuple[str, ...]) -> Iterator[str]:
    """Yield the texts under *keys*: those of lists one by one, the names of objects, and numbers as text."""
    for key in keys:
        value = row.get(key)
        for one in value if isinstance(value, list) else [value]:
            named = one.get("name") if isinstance(one, dict) else one
            number = isinstance(named, int) and not isinstance(named, bool)
            if text := sound(str(named) if number else named):
                yield text
