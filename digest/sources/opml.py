"""
A list of feeds (OPML 1.0 to 2.0) in, outlines of feeds out, and the other way round.

lxml reads lists that are broken, which a parser that refuses entities (defusedxml) does not. It never sees a document
type, so there are no entities to refuse: one in an attribute would be resolved whatever `resolve_entities` says.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from digest.sources.characters import characters, from_root
from digest.sources.found import sound

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedOutline:
    """A feed in somebody's list."""

    url: str
    """Http or https, as it stands in the list."""
    name: str | None = None
    folder: tuple[str, ...] = ()
    """Names of the outlines around it, outermost first."""


def read_opml(text: bytes) -> tuple[FeedOutline, ...]:
    """
    Return the feeds of a list, each address once, in its order.

    Attributes are known in any case; what is broken is passed over. Empty when *text* is no such list.
    """
    from lxml import etree

    document = from_root(characters(text), "opml|outline")
    if document is None:
        return ()
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, encoding="utf-8")
    try:
        root = etree.fromstring(document.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return ()
    found: dict[str, FeedOutline] = {}
    waiting: list[tuple[_Element, tuple[str, ...]]] = [(root, ())] if root is not None else []
    while waiting:
        element, folder = waiting.pop()
        said = {str(name).lower(): value for name, value in element.attrib.items()}
        name = _line(said.get("text")) or _line(said.get("title"))
        if (url := _address(said.get("xmlurl"))) is not None:
            found.setdefault(url, FeedOutline(url=url, name=None if name == url else name, folder=folder))
        elif name is not None:
            folder = (*folder, name)
        waiting += [(child, folder) for child in reversed(element) if isinstance(child.tag, str)]
    return tuple(found.values())


def write_opml(feeds: Iterable[FeedOutline], *, title: str) -> bytes:
    """Return *feeds* as OPML 2.0 in their order, those of one folder together; no date of writing stands in it."""
    from lxml import etree

    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = _line(title) or ""
    folders: dict[tuple[str, ...], _Element] = {(): etree.SubElement(root, "body")}
    for feed in feeds:
        name = _line(feed.name) or feed.url
        etree.SubElement(_folder(folders, feed.folder), "outline", type="rss", text=name, title=name, xmlUrl=feed.url)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _folder(folders: "dict[tuple[str, ...], _Element]", path: tuple[str, ...]) -> "_Element":
    """Return the outline of a folder, made when it is first needed."""
    from lxml import etree

    path = tuple(name for name in map(_line, path) if name)
    for depth in range(1, len(path) + 1):
        if path[:depth] not in folders:
            name = path[depth - 1]
            folders[path[:depth]] = etree.SubElement(folders[path[: depth - 1]], "outline", text=name, title=name)
    return folders[path]


def _line(text: str | None) -> str | None:
    return " ".join((sound(text) or "").split()) or None


def _address(text: str | None) -> str | None:
    """Return an address that can be fetched; `feed:` is how programs used to hand feeds to each other."""
    address = (text or "").strip()
    if address.lower().startswith("feed:"):
        address = address[5:] if address[5:].lower().startswith("http") else f"http://{address[5:].lstrip('/')}"
    try:
        parts = urlsplit(address)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return None
    return address if usable and not any(char.isspace() for char in address) else None
