"""Feeds in a build: asked politely, remembered, and never the reason that a site is emptied."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from digest.build import Outcome, build
from digest.build.subscriptions import as_opml
from digest.build.workplace import find
from digest.cli import main
from tests.values import workplace

ARTICLES = Path(__file__).parent / "articles"


@dataclass
class Newsroom:
    """A server on loopback: what it answers can be changed, what it was asked is written down."""

    port: int = 0
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def url(self, path: str) -> str:
        """Return the address of a path."""
        return f"http://127.0.0.1:{self.port}{path}"

    def feed(self, path: str, *names: str, published: str = "Fri, 20 Nov 2026 08:00:00 GMT", **headers: str) -> None:
        """Serve a feed of fictional articles, in the order given."""
        entries = "".join(entry(name, published) for name in names)
        body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>{entries}</channel></rss>'
        self.answers[path] = (200, {"Content-Type": "application/rss+xml", **headers}, body.encode())


def entry(name: str, published: str) -> str:
    """Return an article as an entry of a feed, with its whole text."""
    headline, _, *paragraphs = (ARTICLES / f"{name}.txt").read_text("utf-8").strip().split("\n\n")
    text = "".join(f"&lt;p&gt;{p}&lt;/p&gt;" for p in paragraphs)
    return (
        f"<item><title>{headline}</title><guid isPermaLink='false'>{name}</guid>"
        f"<link>https://example.org/{name}</link><pubDate>{published}</pubDate><description>{text}</description></item>"
    )


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    """A server that ends with its test."""
    room = Newsroom()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            room.asked.append((self.path, dict(self.headers)))
            status, headers, body = room.answers.get(self.path, (404, {}, b""))
            if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
                status, body = 304, b""
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    room.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield room
    server.shutdown()
    thread.join()
    server.server_close()


class Desk:
    """A digest that follows feeds of the newsroom."""

    def __init__(self, folder: Path, newsroom: Newsroom) -> None:
        self.folder = folder
        self.newsroom = newsroom
        (folder / "seeds").mkdir()

    def build(self, moment: str, *paths: str, dry_run: bool = False) -> Outcome:
        """Build at a moment with these feeds followed."""
        feeds = "".join(f"[[feeds]]\nurl = '{self.newsroom.url(path)}'\nname = '{path}'\n" for path in paths)
        place = workplace(self.folder, f"[fetch]\nallow_hosts = ['127.0.0.1']\n{feeds}")
        return build(place, day=moment, dry_run=dry_run)

    def page(self) -> str:
        """Return the front page."""
        return (self.folder / "site" / "index.html").read_text("utf-8")


@pytest.fixture
def desk(tmp_path: Path, newsroom: Newsroom) -> Desk:
    """An empty digest beside the newsroom."""
    return Desk(tmp_path, newsroom)


def headlines(outcome: Outcome) -> list[str]:
    """Return how the headlines of an edition begin."""
    return sorted(story.headline.split()[0] for story in outcome.edition.stories)


def test_entries_become_stories_with_their_own_address(desk: Desk, newsroom: Newsroom) -> None:
    """A quotation leads to the sentence on the source's page."""
    newsroom.feed("/wire", "ferry", "bridge")
    outcome = desk.build("2026-11-20T12:00", "/wire")
    assert headlines(outcome) == ["Night", "Norrby"]
    assert "https://example.org/ferry#:~:text=" in desk.page()


def test_two_feeds_on_one_event_are_one_story(desk: Desk, newsroom: Newsroom) -> None:
    """With two sources; an entry that both carry under one address is one item."""
    newsroom.feed("/a", "ferry", "bridge")
    newsroom.feed("/b", "ferry-told-elsewhere", "bridge")
    outcome = desk.build("2026-11-20T12:00", "/a", "/b")
    assert sorted(len(story.coverage) for story in outcome.edition.stories) == [1, 2]


def test_a_source_is_asked_only_when_it_is_due(desk: Desk, newsroom: Newsroom) -> None:
    """And then with its own validator, given back as it came."""
    newsroom.feed("/wire", "ferry", ETag='W/"odd one"')
    desk.build("2026-11-20T12:00", "/wire")
    desk.build("2026-11-20T12:01", "/wire")
    assert len(newsroom.asked) == 1
    outcome = desk.build("2026-11-20T13:00", "/wire")
    assert newsroom.asked[1][1]["If-None-Match"] == 'W/"odd one"'
    assert headlines(outcome) == ["Night"]


def test_a_new_entry_is_shown_and_an_old_one_stays(desk: Desk, newsroom: Newsroom) -> None:
    """What a feed no longer lists was shown and is remembered."""
    newsroom.feed("/wire", "ferry")
    desk.build("2026-11-20T12:00", "/wire")
    newsroom.feed("/wire", "bridge")
    assert headlines(desk.build("2026-11-20T14:00", "/wire")) == ["Night", "Norrby"]


def test_an_entry_is_new_once(desk: Desk, newsroom: Newsroom) -> None:
    """Whatever its feed says of its date or title later."""
    newsroom.feed("/wire", "ferry")
    desk.build("2026-11-20T12:00", "/wire")
    newsroom.feed("/wire", "ferry", published="Sat, 21 Nov 2026 09:00:00 GMT")
    assert headlines(desk.build("2026-11-21T12:00", "/wire")) == []


@pytest.mark.parametrize(
    ("status", "body"),
    [(500, b""), (404, b""), (200, b""), (200, b"<html><title>Hotel</title>Please log in</html>"), (200, b"<rss><cha")],
)
def test_a_failing_source_empties_nothing(desk: Desk, newsroom: Newsroom, status: int, body: bytes) -> None:
    """Server errors, empty, truncated and hijacked answers leave what was known."""
    newsroom.feed("/wire", "ferry")
    desk.build("2026-11-20T12:00", "/wire")
    newsroom.answers["/wire"] = (status, {"Content-Type": "text/html"}, body)
    outcome = desk.build("2026-11-20T14:00", "/wire")
    assert headlines(outcome) == ["Night"]
    assert outcome.alerts == ()


def test_a_source_that_fails_is_told_of_once_and_when_it_recovers(desk: Desk, newsroom: Newsroom) -> None:
    """After `alert_after`, and once more when it works again."""
    newsroom.answers["/wire"] = (500, {}, b"")
    told = [desk.build(f"2026-11-{day}T12:00", "/wire").alerts for day in (10, 11, 12, 13, 14)]
    assert [len(alerts) for alerts in told] == [0, 0, 1, 0, 0]
    assert told[2][0].startswith("/wire: fails since 2026-11-10")
    newsroom.feed("/wire", "ferry")
    assert desk.build("2026-11-20T12:00", "/wire").alerts == ("/wire: works again",)
    assert desk.build("2026-11-20T14:00", "/wire").alerts == ()


def test_what_was_fetched_is_kept_when_the_build_fails(
    desk: Desk, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is nowhere else to be had: the next build has it without asking again."""
    from digest import pipeline

    newsroom.feed("/wire", "ferry")
    with monkeypatch.context() as broken:
        broken.setattr(pipeline, "group", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            desk.build("2026-11-20T12:00", "/wire")
    newsroom.answers.clear()
    assert headlines(desk.build("2026-11-20T12:01", "/wire")) == ["Night"]
    assert len(newsroom.asked) == 1


def test_old_entries_are_no_news(desk: Desk, newsroom: Newsroom) -> None:
    """Older than the window, they are known and not shown."""
    newsroom.feed("/wire", "ferry", published="Sun, 01 Nov 2026 08:00:00 GMT")
    assert headlines(desk.build("2026-11-20T12:00", "/wire")) == []


def test_a_dry_run_asks_and_forgets(desk: Desk, newsroom: Newsroom) -> None:
    """It shows what would become of what the feeds say; to the build that follows, all of it is new."""
    newsroom.feed("/wire", "ferry")
    told = headlines(desk.build("2026-11-20T12:00", "/wire", dry_run=True))
    assert len(told) == 1
    assert headlines(desk.build("2026-11-20T12:00", "/wire")) == told


def test_hosts_that_are_private_are_refused_unless_they_are_named(desk: Desk, newsroom: Newsroom) -> None:
    """A feed's address cannot be used to look into the owner's network."""
    newsroom.feed("/wire", "ferry")
    place = workplace(desk.folder, f"[[feeds]]\nurl = '{newsroom.url('/wire')}'")
    assert headlines(build(place, day="2026-11-20T12:00")) == []
    assert newsroom.asked == []


def test_feeds_are_added_by_address_and_exchanged_as_opml(
    newsroom: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A site's address will do when its page declares a feed; the settings stay as they were written."""
    monkeypatch.chdir(tmp_path)
    newsroom.feed("/wire", "ferry")
    page = b"<html><head><link rel='alternate' type='application/rss+xml' href='/wire'></head><p>Hello</p></html>"
    newsroom.answers["/"] = (200, {"Content-Type": "text/html"}, page)
    Path("digest.toml").write_text("# mine\n[fetch]\nallow_hosts = ['127.0.0.1']\n")

    def run(*arguments: str) -> str:
        result = CliRunner().invoke(main, ["feeds", *arguments], catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.stdout

    assert run("add", newsroom.url("/")) == f"added {newsroom.url('/wire')}\n"
    assert run("add", newsroom.url("/wire")) == "is followed already\n"
    Path("list.opml").write_text(run("export"))
    assert newsroom.url("/wire") in run("list")
    Path("digest.toml").write_text("# another\n")
    assert run("import", "list.opml") == f"added {newsroom.url('/wire')}\n"
    assert Path("digest.toml").read_text().startswith("# another\n\n[[feeds]]\n")


FOLLOWED = """\
# mine
title = "Mine"   # ours, really

# The wire
[[feeds]]
url = "https://a.example/wire"
name = "Wire"   # of the north

# The paper
[[feeds]]
# nearly every day
url = "https://b.example/paper"
boost = 2.0

# How we ask
[fetch]
timeout   = 10

[[feeds]]
url = "https://c.example/"
name = "Wire"
# the end
"""


def feeds_command(*arguments: str, settings: str | None = FOLLOWED) -> tuple[int, str]:
    """Run `digest feeds` in the current folder, and return exit code and output."""
    if settings is not None:
        Path("digest.toml").write_bytes(settings.encode())
    result = CliRunner().invoke(main, ["feeds", *arguments])
    return result.exit_code, result.output


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("feed", "url", "table"),
    [
        ("https://a.example/wire", "https://a.example/wire",
         '[[feeds]]\nurl = "https://a.example/wire"\nname = "Wire"   # of the north\n'),
        ("b.example", "https://b.example/paper",
         '[[feeds]]\n# nearly every day\nurl = "https://b.example/paper"\nboost = 2.0\n'),
        ("https://c.example/", "https://c.example/",
         '\n[[feeds]]\nurl = "https://c.example/"\nname = "Wire"\n'),
    ],
)  # fmt: skip
def test_a_feed_is_removed_and_nothing_else(
    feed: str, url: str, table: str, end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By address or by name; comments and layout of all other settings stay byte for byte."""
    monkeypatch.chdir(tmp_path)
    assert feeds_command("remove", feed, settings=FOLLOWED.replace("\n", end)) == (0, f"removed {url}\n")
    assert Path("digest.toml").read_bytes().decode() == FOLLOWED.replace(table, "").replace("\n", end)


def test_a_list_for_others_has_no_private_feeds_and_no_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are in the list that the owner exports, and not in the one of the site."""
    monkeypatch.chdir(tmp_path)
    settings = FOLLOWED.replace("boost = 2.0", "private = true").replace("/wire", "/wire?token=8f14e45fceea167a5a36")
    code, output = feeds_command("export", settings=settings)
    assert (code, "a.example" in output, "b.example" in output) == (0, True, True)
    public = as_opml(find(Path("digest.toml")), public=True)
    assert [host in public for host in (b"a.example", b"b.example", b"c.example")] == [False, False, True]


def test_what_was_added_can_be_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the settings are what they were."""
    monkeypatch.chdir(tmp_path)
    Path("list.opml").write_text(
        '<opml><body><outline text="Holm [1]" xmlUrl="https://holm.example/rss"/></body></opml>'
    )
    assert feeds_command("import", "list.opml") == (0, "added https://holm.example/rss\n")
    assert feeds_command("remove", "Holm [1]", settings=None)[0] == 0
    assert Path("digest.toml").read_text() == FOLLOWED


@pytest.mark.parametrize(
    ("feed", "settings", "told"),
    [
        ("Wier", FOLLOWED, "Wier: no such feed is followed; did you mean `Wire`?"),
        ("https://b.example/papers", FOLLOWED, "did you mean `https://b.example/paper`?"),
        ("zzz", FOLLOWED, "zzz: no such feed is followed\n"),
        ("Wire", FOLLOWED, "Wire: 2 feeds bear this name; give the address: https://a.example/wire, https://c.example/"),
        ("https://a.example/", 'feeds = [{url = "https://a.example/"}]', "take it out by hand"),
        ("https://a.example/", 'title = \'\'\'\n[[feeds]]\n\'\'\'\n[[feeds]]\nurl = "https://a.example/"', "by hand"),
    ],
)  # fmt: skip
def test_what_cannot_be_removed_is_explained(
    feed: str, settings: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The nearest feed is named, and the settings are not touched."""
    monkeypatch.chdir(tmp_path)
    code, output = feeds_command("remove", feed, settings=settings)
    assert (code, told in output) == (2, True), output
    assert Path("digest.toml").read_text() == settings
