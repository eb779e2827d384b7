"""
A month that never was: twenty-one feeds on loopback that change, stumble, move and die, from a moment in, answers out.

What a feed answers follows from its address and the moment alone, so a test knows what was to be had, when, and
what of it was news. The articles are fictional and made from lists of words: those on different events have few
words in common, two or three feeds on one event tell of it in sentences of their own.
"""

import hashlib
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.world.documents import document
from tests.world.posts import BEGINS, DAY, DAYS, FEEDS, HOUR, Feed, Post, Span, post, schedule
from tests.world.words import telling

__all__ = ["BEGINS", "DAY", "DAYS", "FEEDS", "HOUR", "Feed", "Post", "World", "post"]

NEWS_OF_FIRST_DAY = 5
"""Entries that are news in a feed that is read for the first time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server says."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


class World:
    """All feeds; serves them at the moment that is set."""

    def __init__(
        self, feeds: tuple[Feed, ...] = FEEDS, posts: Mapping[str, tuple[Post, ...]] | None = None, *, days: int = DAYS
    ) -> None:
        """
        Begin.

        Args:
            feeds: What is served.
            posts: Path of a feed → all that it ever publishes, in the order in which it appears; else what chance,
                the same every time, has it publish.
            days: For how long chance has it publish.
        """
        self.moment = BEGINS
        self.asked: list[tuple[datetime, str, int]] = []
        """Moment, path and status of every answer."""
        self.posts = schedule(feeds, days) if posts is None else posts
        self._feeds = {feed.path: feed for feed in feeds}

    @cached_property
    def backlog(self) -> frozenset[str]:
        """Addresses that are never news: older than the feed's first day, or two years old."""
        return frozenset(p.url for posts in self.posts.values() for p in posts) - self.news

    @cached_property
    def news(self) -> frozenset[str]:
        """Addresses that are news once they are listed."""
        found: set[str] = set()
        for posts in self.posts.values():
            before = [p for p in posts if p.appears <= BEGINS]
            after = [p for p in posts if p.appears > BEGINS and p.appears - p.dated < 7 * DAY]
            found.update(p.url for p in (*before[-NEWS_OF_FIRST_DAY:], *after))
        return frozenset(found)

    @cached_property
    def copies(self) -> Mapping[str, str]:
        """Address of a word-for-word copy → address of what it is a copy of."""
        texts: dict[tuple[int, int], str] = {}
        ordered = sorted((p for posts in self.posts.values() for p in posts), key=lambda p: p.appears)
        return {p.url: first for p in ordered if (first := texts.setdefault((p.event, p.voice), p.url)) != p.url}

    def listed(self, feed: Feed, moment: datetime) -> tuple[Post, ...]:
        """Return what a feed lists, newest first."""
        out = tuple(p for p in reversed(self.posts[feed.path]) if p.appears <= moment)
        return out if any(_within(span, moment) for span in feed.whole) else out[: feed.keeps]

    def answer(self, path: str, moment: datetime, asked: Mapping[str, str]) -> Answer:
        """Return what is said to a question, whose headers are in lower case."""
        if path == "/login":
            return Answer(status=200, body=_PORTAL, headers={"Content-Type": "text/html"})
        feed = self._feeds.get(path.removeprefix("/moved"))
        if feed is None:
            return Answer(status=404)
        if feed.moved and not path.startswith("/moved") and moment >= BEGINS + feed.moved[0] * DAY:
            is_forgotten = moment >= BEGINS + feed.moved[1] * DAY
            return Answer(status=404) if is_forgotten else Answer(status=301, headers={"Location": f"/moved{path}"})
        trouble = next((kind for span, kind in feed.troubles if _within(span, moment)), None)
        if trouble in _REFUSALS:
            return _REFUSALS[trouble]
        posts = () if trouble == "no entries" else self.listed(feed, moment)
        ordered = reversed(posts) if feed.is_oldest_first else posts
        body = document(feed.shape, [_entry(feed, post, moment) for post in ordered])
        headers = {"Content-Type": "text/xml"}
        if feed.validators:
            # Made from the whole document, as a server does behind which something cuts it off.
            headers["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
            if asked.get("if-none-match") == headers["ETag"]:
                return Answer(status=304, headers=headers)
        if trouble == "cut off":
            body = body[: len(body) * 2 // 3]
        return Answer(status=200, body=body, headers=headers)

    @contextmanager
    def served(self) -> Iterator[str]:
        """Serve the feeds, and give the address they are at."""

        class Handler(_Handler):
            world = self

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


class _Handler(BaseHTTPRequestHandler):
    world: World

    def do_GET(self) -> None:
        """Answer as of the world's moment."""
        world = self.world
        answer = world.answer(self.path, world.moment, {name.lower(): value for name, value in self.headers.items()})
        world.asked.append((world.moment, self.path, answer.status))
        if answer.status == 0:  # hangs up without a word
            self.close_connection = True
            return
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


_PORTAL = b"<!DOCTYPE html><html><head><title>Grand Hotel</title></head><body><p>Please log in.</p></body></html>"
_REFUSALS: Mapping[str | None, Answer] = {
    "500": Answer(status=500),
    "503": Answer(status=503, headers={"Retry-After": "5400"}),
    "429": Answer(status=429, headers={"Retry-After": "7200"}),
    "404": Answer(status=404),
    "410": Answer(status=410),
    "empty": Answer(status=200, headers={"Content-Type": "text/xml"}),
    "broken": Answer(status=200, body=b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "x'),
    "portal": Answer(status=200, body=_PORTAL, headers={"Content-Type": "text/html", "ETag": '"hotel"'}),
    "detour": Answer(status=302, headers={"Location": "/login"}),
    "mute": Answer(status=0),
}


def _entry(feed: Feed, post: Post, moment: datetime) -> dict[str, str | None]:
    """Return an entry as the feed has it at a moment: id, url, title, date and content."""
    headline, paragraphs = telling(post.event, post.voice)
    if feed.retitles and moment >= post.appears + 8 * HOUR:
        headline = f"{headline}, as it turns out"
    url = post.url
    if feed.campaigns:
        url += f"?utm_source=feed&utm_campaign={moment:%m%d%H}"
    marks = {"id": post.url.rpartition("/")[2], "another id each time": f"{post.url}#{moment.timestamp()}"}
    date = moment.replace(hour=moment.hour // 6 * 6, minute=0) if feed.redates else post.dated
    stated = {"moment": f"{date:%Y-%m-%dT%H:%M:%S+00:00}", "day": f"{date:%Y-%m-%d}", "none": None}
    return {
        "id": marks.get(feed.identified),
        "url": url,
        "title": headline,
        "date": stated[feed.dating],
        "content": "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs),
    }


def _within(span: Span, moment: datetime) -> bool:
    return BEGINS + span[0] * DAY <= moment < BEGINS + span[1] * DAY
