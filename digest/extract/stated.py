"""
A parsed web page in, what its markup states about the article out.

JSON-LD (schema.org), Open Graph and the older meta names, the canonical address and the `time` elements. The headline
is the first-level heading that the page's title takes up; a title alone carries the site's name, which is cut off.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from digest.extract.bylines import bare_names, is_person, names_after_label
from digest.extract.dates import find_dates
from digest.extract.decode import clean
from digest.extract.lexicon import listed
from digest.model import Dated, Metadata
from digest.text import plain

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLES = re.compile(r"Article|BlogPosting|Report|NewsItem|LiveBlog", re.IGNORECASE)
_SITE = re.compile(r"\s+(?:[|»•·–—-]|::)\s+")
_MAX_JSON = 500_000
"""Characters of the largest JSON-LD block that is read."""
_MAX_NODES = 5000
_MAX_NAME = 60
"""Characters of the longest name of a person or site."""


def stated_metadata(tree: "HtmlElement") -> tuple[Metadata, str | None]:
    """Return what the page at *tree* states, and its description, which often is the standfirst."""
    meta = _meta(tree)
    linked = _linked_data(tree)
    language = (
        _first(tree.xpath("/html/@lang | /html/@xml:lang")) or meta.get("og:locale") or _text(linked.get("inLanguage"))
    )
    metadata = Metadata(
        headline=_headline(tree, meta, linked),
        byline=_byline(tree, meta, linked),
        published=_published(tree, meta, linked, language=language or "und"),
        url=_first(tree.xpath('//link[@rel="canonical"]/@href')) or meta.get("og:url"),
        language=language,
        site_name=_site_name(meta, linked),
    )
    return metadata, meta.get("og:description") or meta.get("description")


def people(text: str | None) -> tuple[str, ...]:
    """Return the names of people in a list of authors that is parted by semicolons."""
    return tuple(dict.fromkeys(name for one in (text or "").split(";") for name in _named(one.strip())))


def _text(value: object) -> str | None:
    """Return *value* as one clean line when it is text."""
    line = " ".join(clean(value).split()) if isinstance(value, str) else ""
    return line or None


def _first(values: Sequence[Any]) -> str | None:
    return next((text for text in map(_text, map(str, values)) if text), None)


def _meta(tree: "HtmlElement") -> Mapping[str, str]:
    """Return the first value of each meta name or property, lower case."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = _text(element.get("content"))
        for attribute in ("property", "name", "itemprop"):
            name = (element.get(attribute) or "").strip().lower()
            if name and content:
                found.setdefault(name, content)
    return found


def _linked_data(tree: "HtmlElement") -> Mapping[str, Any]:
    """Return the first JSON-LD node that is an article, empty if there is none."""
    for script in tree.xpath('//script[contains(@type, "ld+json")]'):
        source = script.text_content()
        if len(source) > _MAX_JSON:
            continue
        try:
            data = json.loads(source, strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            kind = node.get("@type")
            kinds = kind if isinstance(kind, list) else [kind]
            if any(isinstance(k, str) and _ARTICLES.search(k) for k in kinds) and (
                "headline" in node or "datePublished" in node
            ):
                return node
    return {}


def _nodes(data: object) -> Iterator[Mapping[str, Any]]:
    """Yield all objects of parsed JSON, outer ones first."""
    waiting = [data]
    for _ in range(_MAX_NODES):
        if not waiting:
            return
        value = waiting.pop(0)
        if isinstance(value, dict):
            yield value
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value


def _headline(tree: "HtmlElement", meta: Mapping[str, str], linked: Mapping[str, Any]) -> str | None:
    title = _first([element.text_content() for element in tree.xpath("//head/title | //title")[:1]])
    shared = meta.get("og:title")
    # A heading that the title takes up is the headline as readers see it.
    known = [plain(text) for text in (title, shared) if text]
    for heading in tree.iter("h1"):
        text = _text(heading.text_content())
        if text and any(plain(text) in other for other in known):
            return text
    return _text(linked.get("headline")) or _without_site(shared) or _without_site(title)


def _without_site(title: str | None) -> str | None:
    """Return a page's title without the name of the site behind its last bar."""
    if not title:
        return None
    parts = _SITE.split(title)
    return parts[0] if len(parts) > 1 and len(parts[0].split()) > 1 else title


def _byline(tree: "HtmlElement", meta: Mapping[str, str], linked: Mapping[str, Any]) -> tuple[str, ...]:
    names = list(_people(linked.get("author")))
    if not names:
        names = [name for key in listed("meta_authors") if key in meta for name in _named(meta[key])]
    if not names:
        marked = tree.xpath(
            '//*[@rel="author" or @itemprop="author" or contains(@class, "byline") or contains(@class, "author-name")]'
        )
        for element in marked[:5]:
            text = _text(element.text_content())
            if text and (names := list(_named(text))):
                break
    return tuple(dict.fromkeys(names))


def _people(author: object) -> Iterator[str]:
    """Yield the names of the people in an author of JSON-LD."""
    for one in author if isinstance(author, list) else [author]:
        if isinstance(one, dict):
            name = one.get("name")
            if "Organization" not in str(one.get("@type")):
                for text in name if isinstance(name, list) else [name]:
                    yield from _named(_text(text) or "")
        elif isinstance(one, str):
            yield from _named(_text(one) or "")


def _named(text: str) -> tuple[str, ...]:
    """Return the names of people in a short text."""
    if len(text) > 3 * _MAX_NAME or "//" in text or "@" in text:
        return ()
    found = bare_names(text) or names_after_label(text)
    if found:
        return found
    # Names of one word or in scripts without capitals are taken when nothing else stands beside them.
    alone = len(text.split()) <= 4 and len(text) <= _MAX_NAME and not any(char.isdigit() for char in text)
    return (text,) if alone and not text.isascii() and is_person(text) else ()


def _published(
    tree: "HtmlElement", meta: Mapping[str, str], linked: Mapping[str, Any], *, language: str
) -> Dated | None:
    times = tree.xpath(
        "//time[@pubdate or @itemprop='datePublished']/@datetime | //*[@itemprop='datePublished']/@content"
    )
    values = [linked.get("datePublished"), *(meta.get(key) for key in listed("meta_dates")), *map(str, times[:3])]
    values += [str(value) for value in tree.xpath("//time/@datetime")[:1]]
    for value in values:
        text = _text(value)
        found = find_dates(text[:100], language=language) if text else ()
        if found:
            return _to_the_day(found[0].dated)
    return None


def _to_the_day(dated: Dated) -> Dated:
    """Return a midnight as the day that it stands for in the markup of most sites."""
    if dated.precision == "minute" and (dated.value.hour, dated.value.minute) == (0, 0):
        day = dated.value.replace(tzinfo=None)
        return Dated(value=day, precision="day", zone_known=False, origin=dated.origin)
    return dated


def _site_name(meta: Mapping[str, str], linked: Mapping[str, Any]) -> str | None:
    publisher = linked.get("publisher")
    name = publisher.get("name") if isinstance(publisher, dict) else None
    for text in (meta.get("og:site_name"), _text(name), meta.get("application-name")):
        if text and len(text) <= _MAX_NAME:
            return text.lstrip("@")
    return None
