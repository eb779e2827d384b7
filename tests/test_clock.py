"""What clocks and calendars do to a digest that follows feeds: jumps, summer time, dates to come, the year's end."""

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from digest.build import Outcome, build
from digest.build.workplace import find
from tests.world import FEEDS, Feed, Post, World, post

ATOM = "{http://www.w3.org/2005/Atom}"
WIRE = Feed(path="/wire.xml")
UNDATED = Feed(path="/wire.xml", dating="none")


class Desk:
    """A digest that follows one feed, built by a clock that need not be right."""

    def __init__(self, folder: Path, address: str, world: World, *, settings: str = "") -> None:
        self.folder = folder
        self.world = world
        (folder / "seeds").mkdir(parents=True)
        (folder / "digest.toml").write_text(
            f"base_url = 'https://example.org/'\n{settings}\n[fetch]\nallow_hosts = ['127.0.0.1']\n"
            + "".join(f"[[feeds]]\nurl = '{address}{path}'\n" for path in world.posts)
        )

    def build(self, moment: datetime, *, clock: datetime | None = None) -> Outcome:
        """Build at a moment, which the clock may think to be another one."""
        self.world.moment = moment
        return build(find(self.folder / "digest.toml"), day=(clock or moment).isoformat())

    def entries(self, feed: str = "atom.xml") -> dict[str, tuple[str, str]]:
        """Return id → published and updated of a feed's entries."""
        root = ET.parse(self.folder / "site" / feed).getroot()
        return {
            entry.findtext(f"{ATOM}id", ""): (
                entry.findtext(f"{ATOM}published", ""),
                entry.findtext(f"{ATOM}updated", ""),
            )
            for entry in root.findall(f"{ATOM}entry")
        }

    def files(self) -> dict[str, bytes]:
        """Return path → bytes of the site."""
        site = self.folder / "site"
        return {p.relative_to(site).as_posix(): p.read_bytes() for p in sorted(site.rglob("*")) if p.is_file()}


Open = Callable[..., Desk]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Open]:
    """A function that opens a desk: it takes moments at which the feed publishes, and the feed."""
    servers = []

    def opened(*appear: datetime, feed: Feed = WIRE, posts: tuple[Post, ...] = (), settings: str = "") -> Desk:
        published = posts or tuple(post(feed, number, number, moment) for number, moment in enumerate(appear))
        world = World((feed,), {feed.path: published})
        server = world.served()
        address = server.__enter__()
        servers.append(server)
        return Desk(tmp_path / "desk", address, world, settings=settings)

    yield opened
    for server in servers:
        server.__exit__(None, None, None)


def at(text: str) -> datetime:
    """Return a moment in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def urls(outcome: Outcome) -> set[str]:
    """Return how the addresses of the articles of an edition end."""
    return {(told.article.url or "").rpartition("/")[2] for story in outcome.edition.stories for told in story.coverage}


def test_a_clock_that_goes_back_three_hours_loses_and_doubles_nothing(desk: Open) -> None:
    """What comes meanwhile is shown, and no date in the feed is before one that was there already."""
    digest = desk(at("2026-11-20T07:00"), at("2026-11-20T12:30"), at("2026-11-20T15:30"))
    digest.build(at("2026-11-20T12:00"))
    first = digest.entries()
    digest.build(at("2026-11-20T13:00"), clock=at("2026-11-20T10:00"))
    digest.build(at("2026-11-20T15:00"), clock=at("2026-11-20T12:00"))
    outcome = digest.build(at("2026-11-20T16:00"))
    assert urls(outcome) == {"0-0", "1-1", "2-2"}
    late = {name: dates for name, dates in digest.entries().items() if name not in first}
    assert len(late) == 2
    assert min(late.values()) >= max(first.values())


def test_a_clock_a_day_ahead_silences_nothing(desk: Open) -> None:
    """When it is right again feeds are asked as before; what was shown under the wrong day is not shown again."""
    digest = desk(at("2026-11-20T07:00"), at("2026-11-20T08:30"), at("2026-11-20T09:30"))
    digest.build(at("2026-11-20T08:00"))
    ahead = digest.build(at("2026-11-20T09:00"), clock=at("2026-11-21T09:00"))
    assert urls(ahead) == {"1-1"}
    before = digest.entries()
    right = digest.build(at("2026-11-20T11:00"))
    assert urls(right) == {"1-1", "2-2"}
    assert {name: digest.entries()[name] for name in before} == before
    assert urls(digest.build(at("2026-11-22T11:00"))) == set()


def test_what_a_clock_ahead_closed_stays_closed(desk: Open) -> None:
    """An edition that was closed too early takes no more, and nothing that comes is lost."""
    digest = desk(at("2026-11-20T07:00"), at("2026-11-20T10:30"))
    digest.build(at("2026-11-20T08:00"))
    digest.build(at("2026-11-20T09:00"), clock=at("2026-11-21T09:00"))
    closed = digest.entries("editions.xml")
    page = digest.files()["2026/11/20/index.html"]
    digest.build(at("2026-11-20T11:00"))
    digest.build(at("2026-11-21T11:00"))
    assert len(digest.entries()) == 2
    assert {name: digest.entries("editions.xml")[name] for name in closed} == closed
    assert digest.files()["2026/11/20/index.html"].count(b"/stories/") == page.count(b"/stories/")


@pytest.mark.parametrize("feed", [WIRE, UNDATED], ids=["dated", "undated"])
def test_one_build_under_a_clock_weeks_ahead_loses_nothing(desk: Open, feed: Feed) -> None:
    """A machine that wakes with a wrong clock makes no backlog of what is news."""
    digest = desk(at("2026-11-20T07:00"), at("2026-11-20T08:30"), at("2026-11-20T10:30"), feed=feed)
    shown = urls(digest.build(at("2026-11-20T08:00")))
    shown |= urls(digest.build(at("2026-11-20T09:00"), clock=at("2026-12-11T09:00")))
    shown |= urls(digest.build(at("2026-11-20T11:00")))
    assert shown == {"0-0", "1-1", "2-2"}
    assert len(digest.entries()) == 3


@pytest.mark.parametrize(
    ("zone", "closes", "closing"),
    [
        ("Europe/Paris", "02:30", "2026-10-25T00:30"),  # there are two of them that night; the first one counts
        ("Europe/Paris", "02:30", "2027-03-28T01:30"),  # there is none: half past three it is
        ("America/New_York", "01:30", "2026-11-01T05:30"),
        ("America/New_York", "02:30", "2027-03-14T07:30"),
        ("America/Santiago", "00:00", "2026-09-06T04:00"),  # the day has no midnight
    ],
)
def test_summer_time_closes_an_edition_once(desk: Open, zone: str, closes: str, closing: str) -> None:
    """A closing that the night skips or repeats happens once, and every entry stands in one edition."""
    moments = [at(closing) + timedelta(minutes=minutes) for minutes in (-90, -31, 31, 91)]
    digest = desk(
        *(moment - timedelta(minutes=20) for moment in moments),
        settings=f"timezone = '{zone}'\n[edition]\ncloses = '{closes}'",
    )
    editions = [digest.build(moment).edition for moment in moments]
    day = at(closing).astimezone(ZoneInfo(zone)).date()
    days = [(day - timedelta(days=1)).isoformat(), day.isoformat()]
    assert [edition.id for edition in editions] == [days[0], days[0], days[1], days[1]]
    assert [len(edition.stories) for edition in editions] == [1, 2, 1, 2]
    assert editions[2].opened == at(closing)
    assert len(digest.entries()) == 4
    assert len(digest.entries("editions.xml")) == 2


def test_every_hour_of_the_night_summer_time_ends_is_told_apart(desk: Open) -> None:
    """The hour that comes twice brings its entries once, each in its turn."""
    moments = [at("2026-10-24T22:40") + timedelta(minutes=40 * step) for step in range(6)]
    digest = desk(
        *(moment - timedelta(minutes=5) for moment in moments),
        settings="timezone = 'Europe/Paris'\nedition.max_per_source = 9",
    )
    counts = [len(digest.build(moment).edition.stories) for moment in moments]
    assert counts == [1, 2, 3, 4, 5, 6]
    published = sorted(published for published, _ in digest.entries().values())
    assert published == [f"{moment:%Y-%m-%dT%H:%M:%SZ}" for moment in moments]


@pytest.mark.parametrize("dated", ["2026-11-21T08:00", "2031-01-01T00:00", "2099-12-31T23:59"])
def test_an_entry_from_the_future_is_news_once(desk: Open, dated: str) -> None:
    """It is shown when it comes, not again on the day that it names, and moves no date of ours."""
    early = post(WIRE, 1, 1, at("2026-11-20T07:00"), dated=at(dated))
    digest = desk(posts=(early, post(WIRE, 2, 2, at("2026-12-05T07:00"))))
    assert urls(digest.build(at("2026-11-20T08:00"))) == {"1-1"}
    before = digest.entries()
    assert set(before.values()) == {("2026-11-20T08:00:00Z", "2026-11-20T08:00:00Z")}
    assert urls(digest.build(at("2026-11-21T09:00"))) == set()
    assert urls(digest.build(at("2026-12-05T08:00"))) == {"2-2"}
    assert before.items() <= digest.entries().items()


def test_an_entry_that_is_given_a_date_to_come_is_no_news(desk: Open) -> None:
    """What was shown once does not come back on the day to which its feed has put it off."""
    digest = desk(posts=(post(WIRE, 1, 1, at("2026-11-20T07:00")),))
    digest.build(at("2026-11-20T08:00"))
    put_off = post(WIRE, 1, 1, at("2026-11-20T07:00"), dated=at("2026-11-30T07:00"))
    digest.world.posts = {WIRE.path: (put_off,)}
    before = digest.entries()
    for day in ("2026-11-21", "2026-11-30", "2026-12-01"):
        assert urls(digest.build(at(f"{day}T08:00"))) == set()
    assert digest.entries() == before


def test_a_week_asleep_makes_one_edition_with_all_that_came(desk: Open) -> None:
    """What was published while the machine slept is in the edition of the day on which it wakes."""
    digest = desk(at("2026-11-20T07:00"), at("2026-11-20T08:30"), at("2026-11-23T12:00"), at("2026-11-27T10:30"))
    digest.build(at("2026-11-20T08:00"))
    assert urls(digest.build(at("2026-11-27T11:00"))) == {"1-1", "2-2", "3-0"}
    assert sorted(name.rpartition("/")[2] for name in digest.entries("editions.xml")) == ["2026-11-20", "2026-11-27"]


def test_the_turn_of_the_year_falls_into_one_week(desk: Open) -> None:
    """New Year's Eve and New Year's Day of 2027 are in week 53 of 2026; the Monday after is in the first week."""
    days = [at("2026-12-31T08:00"), at("2027-01-01T08:00"), at("2027-01-04T08:00")]
    digest = desk(*(day - timedelta(hours=1) for day in days))
    editions = [digest.build(day).edition.id for day in days]
    assert editions == ["2026-12-31", "2027-01-01", "2027-01-04"]
    pages = digest.files()
    weeks = sorted(path for path in pages if re.fullmatch(r"\d{4}/w\d\d/index\.html", path))
    assert weeks == ["2026/w53/index.html", "2027/w01/index.html"]
    links = [pages[week].decode().count("/stories/") for week in weeks]
    assert links[0] > links[1] > 0
    assert len(digest.entries()) == 3


def test_the_epoch_of_reproducible_builds_is_the_clock(desk: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """`SOURCE_DATE_EPOCH` says when it is: for editions, for first sight, and for when a feed is due."""
    digest = desk(at("2026-11-20T07:00"), at("2026-11-20T08:30"))
    counts = []
    for moment in (at("2026-11-20T08:00"), at("2026-11-20T08:10"), at("2026-11-20T09:00")):
        digest.world.moment = moment
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(moment.timestamp())))
        build(find(digest.folder / "digest.toml"))
        counts.append((len(digest.entries()), len(digest.world.asked)))
    assert counts == [(1, 1), (1, 1), (2, 2)]
    assert max(digest.entries().values())[0] == "2026-11-20T09:00:00Z"


def test_a_site_with_feeds_is_the_same_everywhere(tmp_path: Path) -> None:
    """Zone, locale and hash seed of the process do not matter, nor which server answers first: same bytes."""
    feeds = tuple(feed for feed in FEEDS if feed.path in {"/wire.xml", "/gazette.xml", "/lamp.xml", "/pond.rdf"})
    places: tuple[Mapping[str, str], ...] = (
        {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"},
        {"TZ": "Pacific/Chatham", "LC_ALL": "C", "PYTHONHASHSEED": "2"},
    )
    sites = []
    world = World(feeds, days=8)
    with world.served() as address:
        for number, place in enumerate(places):
            digest = Desk(tmp_path / str(number), address, world, settings="timezone = 'Europe/Paris'")
            for world.moment in (at("2026-10-05T06:00"), at("2026-10-08T06:00")):
                command = [sys.executable, "-m", "digest", "build", "-c", str(digest.folder / "digest.toml")]
                environment = {**os.environ, **place, "SOURCE_DATE_EPOCH": str(int(world.moment.timestamp()))}
                subprocess.run(command, check=True, env=environment)
            sites.append(digest.files())
    one, other = sites
    assert one.keys() == other.keys()
    assert [path for path in one if one[path] != other[path]] == []
