"""
A channel with its entries in, an Atom document (RFC 4287) out, made through feedgen.

feedgen 1.0.0 is the version of choice: the newest one, and the only fault of it that 0.9.0 did not
have, the links of entries, is one that our extension mends in both; the two give the same bytes.
Also designed around: entries are prepended unless one says otherwise, `updated` defaults to the
clock, control characters raise (`wording` has removed them), and the generator carries feedgen's
version, which would change every feed with each release of it.

These are subscription documents in the sense of RFC 5005: they hold what is recent, and no archive
or paged documents exist that they could name. They do name the page of the archive.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from digest import addresses
from digest.feed.entries import Entry, tag_uri
from digest.feed.wording import language_tag, plain
from digest.model import Masthead

GENERATOR = "digest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A feed: what it says of itself, and its entries."""

    masthead: Masthead
    name: str
    """Last part of its id, e.g. `stories`."""
    title: str
    path: str
    page: str
    """Path of the page that shows the same."""
    entries: tuple[Entry, ...]
    """In the order of the feed."""

    @property
    def url(self) -> str:
        """Its own address."""
        return self.masthead.base_url + self.path

    @property
    def page_url(self) -> str:
        """Address of the page that shows the same."""
        return self.masthead.base_url + self.page

    @property
    def updated(self) -> datetime:
        """When an entry last said something new; without entries, the day on which the digest was born."""
        born = datetime.fromisoformat(f"{self.masthead.feed_id.rpartition(',')[2]}T00:00:00+00:00")
        return max((entry.updated for entry in self.entries), default=born)

    def first(self, count: int) -> "Channel":
        """Return the channel with only its first *count* entries."""
        return replace(self, entries=self.entries[:count])


def document(channel: Channel) -> bytes:
    """Return *channel* as an Atom document, one element a line."""
    # Both bring lxml, which nothing else here needs.
    from feedgen.feed import FeedGenerator

    from digest.feed.extension import EntryExtension, FeedExtension

    feed = FeedGenerator()
    feed.register_extension("digest", FeedExtension, EntryExtension, rss=False)
    feed.id(tag_uri(channel.masthead, channel.name))
    feed.title(plain(channel.title))
    feed.language(language_tag(channel.masthead.language))
    feed.updated(channel.updated)
    feed.author(name=plain(channel.masthead.author))
    feed.link(href=channel.url, rel="self", type="application/atom+xml")
    feed.link(href=channel.page_url, rel="alternate", type="text/html")
    feed.link(href=channel.masthead.base_url + addresses.ARCHIVE, rel="archives", type="text/html")
    feed.generator(GENERATOR)
    for entry in channel.entries:
        _add(feed.add_entry(order="append"), entry)
    return bytes(feed.atom_str(pretty=True))


def _add(target: Any, entry: Entry) -> None:
    """Fill feedgen's entry *target*."""
    target.id(entry.id)
    target.title(entry.title)
    target.published(entry.published)
    target.updated(entry.updated)
    target.summary(entry.summary, type="text")
    target.content(entry.content, type="html")
    for name in entry.contributors:
        target.contributor(name=name)
    for category in entry.categories:
        target.category(
            {
                "term": category.term,
                **({"scheme": category.scheme} if category.scheme else {}),
                **({"label": category.label} if category.label else {}),
            }
        )
    target.digest.language(entry.language)
    target.digest.link(entry.url, rel="alternate")
    for origin in entry.origins:
        target.digest.link(origin.url, rel="via", title=origin.title)
