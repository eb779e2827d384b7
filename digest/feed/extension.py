"""
What feedgen leaves out of Atom, through its own extension interface (`feedgen.ext.base`).

feedgen 1.0.0 loses rel and type of an entry's links, so that `via` and `enclosure` come out as
alternates (0.9.0 did not); no version of it knows the language of an entry or writes UTC as `Z`.
"""

from typing import Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.util import xml_elem

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


class FeedExtension(BaseExtension):  # type: ignore[misc]  # feedgen has no types
    """Mends the feed itself."""

    def extend_atom(self, feed: Any) -> Any:
        """Complete the element of the feed."""
        _spell_utc(feed)
        return feed


class EntryExtension(BaseEntryExtension):  # type: ignore[misc]  # feedgen has no types
    """Gives an entry its language and its links."""

    def __init__(self) -> None:
        self._language = "und"
        self._links: list[dict[str, str]] = []

    def language(self, tag: str) -> None:
        """Set the language of all that the entry holds, a BCP 47 tag."""
        self._language = tag

    def link(self, href: str, *, rel: str, title: str = "") -> None:
        """Add a link to a page."""
        self._links.append({"rel": rel, "type": "text/html", "href": href, **({"title": title} if title else {})})

    def extend_atom(self, entry: Any) -> Any:
        """Complete the element of the entry."""
        entry.set(_LANGUAGE, self._language)
        for attributes in self._links:
            xml_elem("link", entry, **attributes)
        _spell_utc(entry)
        return entry


def _spell_utc(element: Any) -> None:
    """Write the offset of UTC as `Z`, the spelling that RFC 4287 uses in its examples."""
    for name in ("published", "updated"):
        if (moment := element.find(name)) is not None:
            moment.text = moment.text.replace("+00:00", "Z")
