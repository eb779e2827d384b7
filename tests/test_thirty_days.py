"""Thirty days of cron over twenty-one feeds and every kind of bad luck, as a subscriber sees them."""

import json
import re
import shutil
import signal
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from digest.build import Outcome, build
from digest.build.workplace import find
from tests.world import BEGINS, DAY, DAYS, FEEDS, HOUR, Feed, World

ATOM = "{http://www.w3.org/2005/Atom}"
ASLEEP = (14.9, 17.9)
"""Days between which the machine slept."""
CLOCK = {(13.0, 13.7): -3 * HOUR, (19.4, 19.6): DAY}
"""Days between which its clock was wrong, and by how much."""
KILLED = {
    2: ("socket.connect", "", 8),  # while it asks the feeds
    4: ("os.mkdir", ".site.new", 1),  # with everything decided and nothing published
    6: ("open", ".site.new", 6),  # in the middle of the new site
    9: ("os.remove", ".site.new", 1),  # when the new site stands and the store does not know
}
"""
Day from which on it is killed as soon as it does something → what it does: an audit event of Python's, a part of what
the event is about, and which time.
"""
STORE_LOST, MACHINE_MOVED = 10, 25

DRIVER = """
import os, signal, sys

event, about, left, *arguments = sys.argv[1:]
left = int(left)

def watch(name, what):
    global left
    if name == event and about in str(what):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

from digest.cli import main
sys.addaudithook(watch)
main(arguments)
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a subscriber gets of a story or an edition."""

    id: str
    link: str
    published: str
    updated: str
    origins: frozenset[str]
    """Addresses of its articles."""
    words: str
    """Title and content."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """The site as it was found at one moment."""

    moment: datetime
    updated: str
    """Of the feed of stories."""
    stories: Mapping[str, Entry]
    editions: Mapping[str, Entry]
    as_json: tuple[tuple[str, str, str, str], ...]
    """Id, address, published and updated of each item of the JSON Feed."""
    pages: frozenset[str]
    closed: Mapping[str, str]
    """Closed editions, as the ledger has them."""


@dataclass
class Month:
    """What happened."""

    folder: Path
    world: World
    polls: list[Poll] = field(default_factory=list)
    outcomes: list[tuple[datetime, Outcome]] = field(default_factory=list)

    @property
    def site(self) -> Path:
        """The folder that is served."""
        return self.folder / "site"

    def poll(self) -> None:
        """Look at the site."""
        feed = ET.parse(self.site / "atom.xml").getroot()
        document = json.loads((self.site / "feed.json").read_text("utf-8"))
        ledger = (self.site / "history.jsonl").read_text("utf-8").splitlines()
        editions = {line: json.loads(line)["edition"] for line in ledger if line.startswith('{"edition"')}
        self.polls.append(
            Poll(
                moment=self.world.moment,
                updated=feed.findtext(f"{ATOM}updated", ""),
                stories=entries(feed),
                editions=entries(ET.parse(self.site / "editions.xml").getroot()),
                as_json=tuple(
                    (item["id"], item["url"], item["date_published"], item["date_modified"])
                    for item in document["items"]
                ),
                pages=frozenset(path.relative_to(self.site).as_posix() for path in self.site.rglob("*.html")),
                closed={edition["id"]: line for line, edition in editions.items() if edition["closed"]},
            )
        )

    def build(self, *, clock_off: timedelta = timedelta()) -> None:
        """Build once, and look."""
        moment = self.world.moment + clock_off
        self.outcomes.append((self.world.moment, build(find(self.folder / "digest.toml"), day=moment.isoformat())))
        self.poll()

    def dies(self, event: str, about: str, time: int) -> bool:
        """Build once in a process of its own, be killed if it comes to that, and look."""
        moment = self.world.moment.isoformat()
        arguments = ["build", "-c", str(self.folder / "digest.toml"), "--date", moment]
        command = [sys.executable, "-c", DRIVER, event, about, str(time), *arguments]
        code = subprocess.run(command, check=False).returncode
        assert code in {0, -signal.SIGKILL}
        self.poll()
        return code != 0

    def lose_store(self) -> None:
        """Remove all that is not in the site."""
        shutil.rmtree(self.folder / ".digest")

    def move(self) -> None:
        """Go on in another place, with the settings, the site and what the store exports."""
        new = self.folder.with_name("another-machine")
        digest = [sys.executable, "-m", "digest", "store"]
        old_settings, new_settings = (["-c", str(folder / "digest.toml")] for folder in (self.folder, new))
        exported = self.folder.with_name("exported.jsonl")
        exported.write_bytes(subprocess.run([*digest, "export", *old_settings], check=True, capture_output=True).stdout)
        shutil.copytree(self.folder, new, ignore=shutil.ignore_patterns(".digest"))
        shutil.rmtree(self.folder)
        subprocess.run([*digest, "import", str(exported), *new_settings], check=True, stdout=subprocess.DEVNULL)
        self.folder = new

    @property
    def seen(self) -> dict[str, set[str]]:
        """Address of an article → ids of the entries that ever held it."""
        seen: dict[str, set[str]] = defaultdict(set)
        for poll in self.polls:
            for entry in poll.stories.values():
                for url in entry.origins:
                    seen[url].add(entry.id)
        return seen


def entries(feed: ET.Element) -> dict[str, Entry]:
    """Return id → entry of an Atom feed, each id once."""
    found: dict[str, Entry] = {}
    for entry in feed.findall(f"{ATOM}entry"):
        links: dict[str, list[str]] = defaultdict(list)
        for link in entry.findall(f"{ATOM}link"):
            links[link.get("rel", "")].append(link.get("href", ""))
        name = entry.findtext(f"{ATOM}id", "")
        assert name not in found
        found[name] = Entry(
            id=name,
            link=links["alternate"][0],
            published=entry.findtext(f"{ATOM}published", ""),
            updated=entry.findtext(f"{ATOM}updated", ""),
            origins=frozenset(links["via"]),
            words=entry.findtext(f"{ATOM}title", "") + entry.findtext(f"{ATOM}content", ""),
        )
    return found


def begin(folder: Path, world: World, address: str, feeds: tuple[Feed, ...] = FEEDS, **edition: int) -> Month:
    """Set up a digest that follows feeds of the world."""
    (folder / "seeds").mkdir(parents=True)
    limits = "".join(f"{name} = {value}\n" for name, value in edition.items())
    followed = "".join(f"[[feeds]]\nurl = '{address}{feed.path}'\nname = '{feed.path}'\n" for feed in feeds)
    (folder / "digest.toml").write_text(
        "base_url = 'https://example.org/'\ntimezone = 'Europe/Paris'\n"
        f"[edition]\n{limits}[fetch]\nallow_hosts = ['127.0.0.1']\n{followed}"
    )
    return Month(folder=folder, world=world)


def hours_of_cron(days: int) -> Iterator[datetime]:
    """Yield when the machine builds: four times a day, at odd moments, once shortly before an edition closes."""
    chance = Random(7)
    yield BEGINS
    for day in range(days):
        for hour in (1, 8, 16, 22.5):
            yield BEGINS + day * DAY + timedelta(minutes=round(hour * 60 + chance.randrange(-25, 25)))


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Month]:
    """Live through thirty days, and two more in which nothing is published."""
    world = World()
    with world.served() as address:
        month = begin(tmp_path_factory.mktemp("month") / "machine", world, address, max_stories=900, max_per_source=900)
        luck: dict[int, Callable[[], None]] = {STORE_LOST: month.lose_store, MACHINE_MOVED: month.move}
        today, danger = -1, sorted(KILLED)
        for moment in hours_of_cron(DAYS + 2):
            world.moment = moment
            day = (moment - BEGINS) / DAY
            if ASLEEP[0] <= day < ASLEEP[1]:
                continue
            if int(day) != today:
                today = int(day)
                luck.get(today, lambda: None)()
            if danger and day >= danger[0]:
                if not month.dies(*KILLED[danger[0]]):
                    continue
                danger.pop(0)
                world.moment = moment + HOUR / 2
            off = next((off for (first, last), off in CLOCK.items() if first <= day < last), timedelta())
            month.build(clock_off=off)
        assert danger == []
        yield month


def test_every_entry_that_is_news_is_shown(month: Month) -> None:
    """None is lost: not to failing servers, not to kills, sleep, wrong clocks or a lost store."""
    seen = month.seen
    copies = month.world.copies
    lost = {url for url in month.world.news if not seen.get(url) and not seen.get(copies.get(url, url))}
    assert lost == set()


def test_every_entry_is_shown_as_new_once(month: Month) -> None:
    """An article belongs to one entry of the feed for ever, and comes with a new entry or an `updated` that moved."""
    assert {url: ids for url, ids in month.seen.items() if len(ids) > 1} == {}
    silent = set()
    before: Mapping[str, Entry] = {}
    known: set[str] = set()
    for poll in month.polls:
        for entry in poll.stories.values():
            is_news = entry.id not in before or entry.updated > before[entry.id].updated
            if not is_news and entry.origins - known:
                silent.add(entry.id)
            known |= entry.origins
        before = {**before, **poll.stories}
    assert silent == set()


def test_backlog_is_never_shown(month: Month) -> None:
    """Neither 2,000 old entries, nor old posts under new dates and addresses, nor what is two years old."""
    assert month.world.backlog & month.seen.keys() == set()


def test_a_copy_is_no_entry_of_its_own(month: Month) -> None:
    """The same words under another address make no second story."""
    seen = month.seen
    apart = {url for url, first in month.world.copies.items() if url in seen and seen[url] != seen[first]}
    assert month.world.copies
    assert apart == set()


def test_no_entry_changes_its_name_place_or_birth(month: Month) -> None:
    """Id, address and `published` stay as they were first seen, and no address serves two entries."""
    born: dict[str, tuple[str, str]] = {}
    for poll in month.polls:
        for entry in (*poll.stories.values(), *poll.editions.values()):
            assert born.setdefault(entry.id, (entry.link, entry.published)) == (entry.link, entry.published)
    assert len({link for link, _ in born.values()}) == len(born)


def test_updated_never_goes_back(month: Month) -> None:
    """Neither that of an entry nor that of the feed, whatever the clock does."""
    last: dict[str, str] = {}
    for poll in month.polls:
        moments = {entry.id: entry.updated for entry in (*poll.stories.values(), *poll.editions.values())}
        for name, updated in {"feed": poll.updated, **moments}.items():
            assert last.get(name, "") <= updated, (name, poll.moment)
            last[name] = updated


def test_what_an_entry_held_it_holds(month: Month) -> None:
    """An entry has the whole story: its sources only become more."""
    held: dict[str, frozenset[str]] = {}
    for poll in month.polls:
        for entry in poll.stories.values():
            assert held.get(entry.id, frozenset()) <= entry.origins, (entry.id, poll.moment)
            held[entry.id] = entry.origins


def test_addresses_last(month: Month) -> None:
    """What could be read at an address can be read there for ever, and every entry's own page exists."""
    pages: frozenset[str] = frozenset()
    for poll in month.polls:
        assert pages <= poll.pages, poll.moment
        pages = poll.pages
        paths = {entry.link.removeprefix("https://example.org/") + "index.html" for entry in poll.stories.values()}
        assert paths <= pages


def test_a_weekly_subscriber_misses_nothing(month: Month) -> None:
    """Who looks once a week has got every entry and every article in it."""
    weekly = [poll for last, poll in zip(month.polls, month.polls[1:], strict=False) if week(last) != week(poll)]
    got = {
        (e.id, url)
        for poll in (month.polls[0], *weekly, month.polls[-1])
        for e in poll.stories.values()
        for url in e.origins
    }
    assert len(weekly) == 4
    assert got == {(name, url) for url, names in month.seen.items() for name in names}


def week(poll: Poll) -> int:
    """Return the week of the month."""
    return (poll.moment - BEGINS) // (7 * DAY)


def test_the_feed_keeps_fourteen_days_and_fifty_entries(month: Month) -> None:
    """And more only while there were no more."""
    known: dict[str, Entry] = {}
    for poll in month.polls:
        known.update(poll.stories)
        newest = datetime.fromisoformat(max(entry.updated for entry in known.values()))
        recent = {e.id for e in known.values() if newest - datetime.fromisoformat(e.updated) <= 14 * DAY}
        assert recent <= poll.stories.keys(), poll.moment
        assert len(poll.stories) >= min(50, len(known))


def test_the_json_feed_says_the_same(month: Month) -> None:
    """Same entries, same order, same dates."""
    for poll in month.polls:
        assert poll.as_json == tuple((e.id, e.link, e.published, e.updated) for e in poll.stories.values())


def test_every_edition_has_an_entry_and_a_page(month: Month) -> None:
    """One entry an edition, which leads to its page."""
    for poll in month.polls:
        linked = {entry.link.removeprefix("https://example.org/") for entry in poll.editions.values()}
        pages = {p.removesuffix("index.html") for p in poll.pages if re.fullmatch(r"\d{4}/\d\d/\d\d/index\.html", p)}
        assert linked == pages


def test_closed_editions_never_change(month: Month) -> None:
    """Neither in the ledger nor for those who subscribe to editions."""
    ledger: dict[str, str] = {}
    frozen: dict[str, Entry] = {}
    for poll in month.polls:
        for name, line in poll.closed.items():
            assert ledger.setdefault(name, line) == line, poll.moment
            [entry] = [e for e in poll.editions.values() if e.id.endswith(f"/{name}")]
            assert frozen.setdefault(name, entry) == entry, poll.moment
        assert ledger.keys() <= poll.closed.keys()
    assert len(ledger) > 20


def test_a_machine_asleep_for_three_days_makes_one_edition(month: Month) -> None:
    """The days that it slept through have none; what came in meanwhile stands in that of the day it woke on."""
    days = {name.rpartition("/")[2] for name in month.polls[-1].editions}
    slept = {(BEGINS + day * DAY).date().isoformat() for day in (15, 16, 17)}
    assert sorted(slept & days) == sorted(slept)[2:]


def test_servers_are_treated_as_they_ask(month: Month) -> None:
    """A feed that is gone is left alone, one that moved is asked at its new address, most answers are 304."""
    asked = month.world.asked
    assert [status for _, path, status in asked if path == "/closing.xml"].count(410) == 1
    moved = [moment for moment, path, _ in asked if path == "/moved/harbour.xml"]
    old = [moment for moment, path, status in asked if path == "/harbour.xml" and status == 301]
    assert len(old) == 1
    assert len(moved) > 20
    assert sum(status == 304 for _, _, status in asked) > len(asked) / 2


def test_the_owner_is_told_once(month: Month) -> None:
    """Of a source that fails for days, of its recovery, and of one that is gone; of nothing else."""
    alerts = [alert.partition(": ") for _, outcome in month.outcomes for alert in outcome.alerts]
    assert sorted((name, words.split()[0]) for name, _, words in alerts) == [
        ("/closing.xml", "is"),
        ("/sleepy.xml", "fails"),
        ("/sleepy.xml", "works"),
    ]


def test_the_site_follows_from_what_is_remembered(month: Month, tmp_path: Path) -> None:
    """Built anew from the store alone, without the old pages and the cache, it is the same to the byte."""
    again = tmp_path / "again"
    shutil.copytree(month.folder, again)
    shutil.rmtree(again / "site")
    for file in (again / ".digest").iterdir():
        if not file.name.startswith("store.sqlite"):
            file.unlink()
    build(find(again / "digest.toml"), day=month.world.moment.isoformat())
    anew, before = files(again / "site"), files(month.site)
    assert anew.keys() == before.keys()
    assert [path for path in before if anew[path] != before[path]] == []


def files(folder: Path) -> dict[str, bytes]:
    """Return path → bytes of every file."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_what_finds_no_room_is_listed(tmp_path: Path) -> None:
    """With room for three stories a day, every entry that is news is shown, or named where it was left out."""
    feeds = tuple(feed for feed in FEEDS if feed.path in {"/harbour.xml", "/tower.atom", "/mill.json", "/wire.xml"})
    world = World(feeds=feeds, days=6)
    left_out: set[str] = set()
    with world.served() as address:
        month = begin(tmp_path / "small", world, address, feeds, max_stories=3, max_per_source=2)
        for world.moment in (BEGINS + day * DAY + hour * HOUR for day in range(7) for hour in (0, 9)):
            month.build()
            page = (month.site / "index.html").read_text("utf-8")
            for omission in month.outcomes[-1][1].edition.left_out:
                assert omission.url
                assert omission.url in page
                left_out.add(omission.url)
    shown = month.seen.keys()
    assert world.news <= shown | left_out | {url for url, first in world.copies.items() if first in shown | left_out}
    assert left_out
    assert left_out & shown
