"""
What the owner gave us in, raw items out: a folder of files, or what the addresses of feeds answered.

`folder` reads files from a disk, and hands out the `links` that it finds in them. All else takes bytes
that are here already: `entries` makes items of a feed, `teasers` tells which of them carry their whole
article, `discovery` finds the feeds that a page declares, `opml` reads and writes lists of feeds.
Reading a folder loads no parser, so importing the room costs next to nothing.
"""

from digest.sources.discovery import discover
from digest.sources.entries import MAX_ENTRIES, entries, feed_title, read_feed
from digest.sources.folder import MAX_BYTES, READERS, Reader, contents, read, read_file, text_dump, web_page
from digest.sources.items import rekeyed
from digest.sources.links import Link
from digest.sources.opml import FeedOutline, read_opml, write_opml
from digest.sources.teasers import own_words, why_teaser

__all__ = [
    "MAX_BYTES",
    "MAX_ENTRIES",
    "READERS",
    "FeedOutline",
    "Link",
    "Reader",
    "contents",
    "discover",
    "entries",
    "feed_title",
    "own_words",
    "read",
    "read_feed",
    "read_file",
    "read_opml",
    "rekeyed",
    "text_dump",
    "web_page",
    "why_teaser",
    "write_opml",
]
