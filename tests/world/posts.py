"""Feeds and their habits, and what they publish in a month: numbers in, the same posts out every time."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Literal

from tests.world.documents import Dating, Identified, Shape
from tests.world.words import VOICES

BEGINS = datetime(2026, 10, 5, 5, tzinfo=UTC)
"""The first build: 7 o'clock in Paris, where summer time ends three weeks later."""
DAYS = 30
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

Trouble = Literal[
    "500", "503", "429", "404", "410", "empty", "no entries", "cut off", "broken", "portal", "detour", "mute"
]
Span = tuple[float, float]
"""Days since the beginning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """An entry that a feed publishes."""

    url: str
    """Canonical."""
    event: int
    voice: int
    """Texts of one event in one voice are the same, word for word."""
    appears: datetime
    """When the feed lists it first."""
    dated: datetime
    """When it says it was published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed and its habits."""

    path: str
    shape: Shape = "rss"
    dating: Dating = "moment"
    identified: Identified = "id"
    before: int = 4
    """Posts that are older than the first build, one every 20 hours."""
    every: float = 96
    """Hours between two posts of its own."""
    keeps: int = 12
    """The feed holds its last so many."""
    is_oldest_first: bool = False
    redates: bool = False
    """Dates every entry anew, every six hours."""
    retitles: bool = False
    """Mends its headlines after eight hours."""
    campaigns: bool = False
    """Hangs another tracking parameter on its addresses every hour."""
    ahead: bool = False
    """Dates its entries a day ahead, and every third in 2031."""
    reprints: str | None = None
    """Path of a feed of which it carries every second post word for word, two hours later."""
    imports: float | None = None
    """Day on which thirty posts of two years ago appear at its top."""
    whole: tuple[Span, ...] = ()
    """When it lists all that it ever had."""
    validators: bool = True
    """Whether it sends ETag and Last-Modified, and answers with 304."""
    troubles: tuple[tuple[Span, Trouble], ...] = ()
    moved: tuple[float, float] | None = None
    """Day on which it moves for ever, and day from which the old address knows nothing of it."""


FEEDS = (
    Feed(path="/harbour.xml", moved=(21.2, 25.0)),
    Feed(path="/tower.atom", shape="atom", before=3, troubles=(((-1, 0.8), "500"), ((17.1, 18.4), "500"))),
    Feed(path="/mill.json", shape="json", troubles=(((6.0, 6.9), "empty"), ((19.3, 20.1), "no entries"))),
    Feed(path="/quarry.rdf", shape="rdf", identified="address", troubles=(((5.2, 6.1), "cut off"),)),
    Feed(path="/orchard.xml", identified="address", campaigns=True, troubles=(((3.1, 3.4), "429"),)),
    Feed(path="/lamp.xml", dating="none", troubles=(((7.0, 7.8), "portal"), ((11.1, 11.6), "detour"))),
    Feed(path="/weir.atom", shape="atom", redates=True, troubles=(((22.3, 22.9), "503"),)),
    Feed(path="/market.xml", retitles=True, validators=False),
    Feed(path="/archive.xml", dating="none", before=2000, whole=((-1, 0.5), (18.4, 18.7)), keeps=15),
    Feed(path="/ropewalk.xml", dating="none", identified="address", retitles=True, campaigns=True),
    Feed(path="/beacon.json", shape="json", dating="none", troubles=(((8.1, 8.9), "broken"),)),
    Feed(path="/kiln.xml", identified="another id each time", validators=False),
    Feed(path="/wire.xml", every=40, keeps=14, troubles=(((12.0, 12.4), "mute"),)),
    Feed(path="/gazette.xml", reprints="/wire.xml", validators=False),
    Feed(path="/revival.xml", redates=True, campaigns=True, keeps=8, whole=((20.0, 22.0),)),
    Feed(path="/almanac.xml", ahead=True),
    Feed(path="/pond.rdf", shape="rdf", dating="day", before=9, is_oldest_first=True),
    Feed(path="/closing.xml", troubles=(((23.0, 99), "410"),)),
    Feed(path="/sleepy.xml", troubles=(((20.0, 25.5), "404"),)),
    Feed(path="/small.atom", shape="atom", identified="id", keeps=5, every=72),
    Feed(path="/cellar.atom", shape="atom", imports=12.5, keeps=40, troubles=(((26.0, 26.5), "cut off"),)),
)


def schedule(feeds: tuple[Feed, ...], days: int, *, seed: int = 1) -> dict[str, tuple[Post, ...]]:
    """Return path of a feed → all that it publishes in so many days, in the order in which it appears."""
    chance = Random(seed)
    by_path = {feed.path: feed for feed in feeds}
    posts = {path: [*_own(feed, days, chance)] for path, feed in by_path.items()}
    for day in range(1, days):
        carriers = chance.sample(sorted(posts), min(chance.choice((2, 2, 3)), len(posts)))
        for voice, path in enumerate(carriers):
            appears = BEGINS + day * DAY + timedelta(minutes=chance.randrange(30 * 60))
            posts[path].append(post(by_path[path], 1_000_000 + day, voice, appears))
    for path, feed in by_path.items():
        originals = [p for p in posts.get(feed.reprints or "", ()) if p.appears > BEGINS][::2]
        posts[path] += [post(feed, p.event, p.voice, p.appears + 2 * HOUR) for p in originals]
    return {
        path: tuple(sorted((p for p in posts[path] if p.appears < _end(feed, days)), key=lambda p: (p.appears, p.url)))
        for path, feed in by_path.items()
    }


def post(feed: Feed, event: int, voice: int, appears: datetime, dated: datetime | None = None) -> Post:
    """Return a post on an event, dated as is the habit of its feed when nothing else is said."""
    appears = appears.replace(microsecond=0)
    if dated is None and feed.ahead:
        dated = datetime(2031, 1, 1 + event % 28, tzinfo=UTC) if event % 3 == 0 else appears + DAY
    voice %= len(VOICES)
    return Post(
        url=f"https://{feed.path.strip('/').partition('.')[0]}.example/{event}-{voice}",
        event=event,
        voice=voice,
        appears=appears,
        dated=dated or appears,
    )


def _own(feed: Feed, days: int, chance: Random) -> Iterator[Post]:
    """Yield what a feed publishes of itself."""
    base = int.from_bytes(hashlib.sha256(feed.path.encode()).digest()[:4]) * 10_000
    for number in range(feed.before):
        yield post(feed, base + number, number, BEGINS - (feed.before - number) * 20 * HOUR + 9 * HOUR)
    appears, number = BEGINS + chance.random() * feed.every * HOUR, feed.before
    while appears < BEGINS + days * DAY:
        yield post(feed, base + number, number, appears)
        appears += (0.5 + chance.random()) * feed.every * HOUR
        number += 1
    for number in range(30 if feed.imports is not None else 0):
        appears = BEGINS + (feed.imports or 0) * DAY
        yield post(feed, base + 5000 + number, number, appears, dated=appears - (730 - number) * DAY)


def _end(feed: Feed, days: int) -> datetime:
    """Return when a feed publishes no more: when the month ends, or when it is gone."""
    gone = [span[0] for span, trouble in feed.troubles if trouble == "410"]
    return BEGINS + min([*gone, days]) * DAY
