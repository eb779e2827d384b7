"""
Addresses of the site, permanent from the first day: what a value is called in, its path out.

A path is relative to the site's root and ends in a slash (a page) or a file name (a feed); the
views prefix it as they need it. Other programs rely on these: never change one.
"""

import re
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from digest.model import Article, Edition, Mention, Quote, Story

HOME = ""
ARCHIVE = "archive/"
SUBSCRIBE = "subscribe/"
ABOUT = "about/"
STATUS = "status/"
TOPICS = "topics/"
NOT_FOUND = "404.html"
STORIES_FEED = "atom.xml"
HEALTH_FEED = "health.xml"
EDITIONS_FEED = "editions.xml"
JSON_FEED = "feed.json"
FEEDS = "feeds.opml"
SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
HISTORY = "history.jsonl"
HEARTBEAT = "status.json"
"""Written by every build when the owner wants it; no page, since it changes by the hour."""


_STORY = re.compile(r"(?:.*?\bstories/)?(?:[^/]+-)?([a-z2-7]{12})(?:/(?:index\.html)?)?")


def story(story: "Story | Mention") -> str:
    """Return the path of a story's page."""
    return f"stories/{story.slug}-{story.id}/"


def story_id(name: str) -> str | None:
    """Return the id in what a story may be called by: itself, the last part of its path, its path or whole address."""
    match = _STORY.fullmatch(name.partition("#")[0])
    return match[1] if match else None


def article(key: str) -> str:
    """Return the path of the source page of an article without an address of its own."""
    return f"articles/{key}/"


def edition(edition: "Edition") -> str:
    """Return the path of a dated edition."""
    return f"{edition.id.replace('-', '/')}/"


def week(day: date) -> str:
    """Return the path of the ISO week (with the ISO year) that *day* falls in."""
    year, number, _ = day.isocalendar()
    return f"{year}/w{number:02}/"


def topic(slug: str) -> str:
    """Return the path of a topic's page."""
    return f"topics/{slug}/"


def topic_feed(slug: str) -> str:
    """Return the path of a topic's feed."""
    return f"topics/{slug}/atom.xml"


def anchor(quote: "Quote") -> str:
    """Return the id of a quoted sentence on its source page, e.g. `p3-120`."""
    return f"p{quote.paragraph}-{quote.start}"


def quoted(quote: "Quote", article_: "Article") -> str:
    """
    Return where a quoted sentence stands.

    Returns:
        An absolute address with a text fragment when the article has an address of its own, else
        the path of its source page with the sentence's anchor.
    """
    if article_.url is None:
        return f"{article(article_.key)}#{anchor(quote)}"
    address, _, fragment = article_.url.partition("#")
    return f"{address}#{fragment}:~:{quote.fragment}"
