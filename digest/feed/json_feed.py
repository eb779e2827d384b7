"""A channel with its entries in, a JSON Feed 1.1 document (https://jsonfeed.org/version/1.1) out."""

import json
from datetime import datetime

from digest.feed.atom import Channel
from digest.feed.entries import Entry
from digest.feed.wording import language_tag, plain

VERSION = "https://jsonfeed.org/version/1.1"


def document(channel: Channel) -> bytes:
    """Return *channel* as a JSON Feed, in the order of its entries."""
    feed = {
        "version": VERSION,
        "title": plain(channel.title),
        "home_page_url": channel.page_url,
        "feed_url": channel.url,
        "language": language_tag(channel.masthead.language),
        "authors": [{"name": plain(channel.masthead.author)}],
        "items": [_item(entry) for entry in channel.entries],
    }
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()


def _item(entry: Entry) -> dict[str, object]:
    item: dict[str, object] = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "language": entry.language,
        "date_published": _spelled(entry.published),
        "date_modified": _spelled(entry.updated),
        "summary": entry.summary,
        "content_html": entry.content,
    }
    if tags := [category.label or category.term for category in entry.categories]:
        item["tags"] = tags
    return item


def _spelled(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
