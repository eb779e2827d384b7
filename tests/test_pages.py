"""Pages behind pasted links and teasers: fetched once, kept at once, and asked for politely until they come."""

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digest import pipeline
from digest.build import build
from digest.build.feeds import policy_of
from digest.build.gather import gather, handed_out
from digest.build.pages import MOST_TRIES, fetch_pages
from digest.build.workplace import find
from digest.fetch.schedule import SourceState
from digest.model import Article, Declaration, Item, Metadata, Rejection, Source
from digest.settings import parse
from digest.sources import Link, entries, why_teaser
from digest.store import Cache, Store, cache_of
from digest.text import canonical
from tests.hostile import Hostile, Says, redirect, reply

ARTICLES = Path(__file__).parent / "articles"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
UNDECLARED = Declaration(metadata=Metadata())
TEASER = "The night ferry between Holm and Sandvik ran aground early on Friday. Read more"
PLAIN = Source(id="wire", name="Wire", feed=True)


def told(name: str) -> tuple[str, list[str]]:
    """Return headline and paragraphs of a fictional article."""
    headline, _, *paragraphs = (ARTICLES / f"{name}.txt").read_text("utf-8").strip().split("\n\n")
    return headline, paragraphs


def page(name: str = "ferry", *, also: str = "", charset: str = "utf-8") -> bytes:
    """Return a fictional article as a web page that does not say what it is encoded in."""
    headline, paragraphs = told(name)
    text = "".join(f"<p>{paragraph}</p>" for paragraph in [*paragraphs, also])
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{headline}</title></head>"
        f"<body><article><h1>{headline}</h1>{text}</article></body></html>"
    ).encode(charset)


def html(body: bytes, content_type: str = "text/html; charset=utf-8") -> bytes:
    """Return an answer that is a page."""
    return reply(200, body, Content_Type=content_type)


@dataclass(frozen=True)
class Morning:
    """What may be shown, what was set aside, and when there is something to ask for next."""

    items: tuple[Item, ...]
    rejections: tuple[Rejection, ...]
    due: datetime | None


class Desk:
    """A store and a server, and what is pasted and followed."""

    def __init__(self, folder: Path) -> None:
        self.says: dict[str, Says] = {}
        self.server = Hostile(self.says)
        self.store = folder / "store.sqlite"
        self.links: list[Link] = []
        self.full_text = True

    def url(self, path: str) -> str:
        """Return the address of a path."""
        return self.server.url(path)

    def paste(self, path: str, declaration: Declaration = UNDECLARED) -> None:
        """Drop a bookmark into the folder."""
        url = canonical(self.url(path)) or ""
        self.links.append(Link(locator=f"{path.strip('/')}.url", url=url, declaration=declaration))

    def feed(self, text: str, *paths: str) -> None:
        """Serve a feed whose entries carry a text and lead to pages."""
        said = "".join(
            f"<item><title>As the feed has it</title><guid>{path}</guid><link>{self.url(path)}</link>"
            f"<pubDate>Fri, 20 Nov 2026 08:00:00 GMT</pubDate><description>{text}</description></item>"
            for path in paths
        )
        self.says["/wire"] = reply(200, f"<rss version='2.0'><channel>{said}</channel></rss>".encode())

    def gather(self, now: datetime = NOW, *, keep: bool = True) -> Morning:
        """Gather as a build at that moment does."""
        followed = f"[[feeds]]\nurl = '{self.url('/wire')}'\nfull_text = {str(self.full_text).lower()}\n"
        settings = parse(f"[fetch]\nallow_hosts = ['127.0.0.1']\n{followed if '/wire' in self.says else ''}")
        with Store(self.store) as store, closing(Cache(cache_of(self.store))) as cache:
            gathered = gather(settings, store, cache, links=self.links, now=now, seen=now)
            items = handed_out(settings, store, self.links, since=NOW - 9 * 24 * HOUR)
            if keep:
                store.keep()
        return Morning(items=items, rejections=gathered.rejections, due=gathered.due)

    def asked(self, path: str) -> int:
        """Return how often a path was asked for."""
        return self.server.targets().count(path)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk whose server ends with the test."""
    desk = Desk(tmp_path)
    with desk.server:
        yield desk


def article(morning: Morning) -> Article:
    """Return the article of the only item."""
    [item] = morning.items
    return pipeline.clean(item)


def test_links_and_teasers_become_stories(desk: Desk, tmp_path: Path) -> None:
    """An address pasted into the folder is all it takes; a page that comes late is news when it comes."""
    desk.says |= {"/ferry": html(page()), "/bridge": reply(500)}
    desk.feed(TEASER, "/bridge")
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "read.txt").write_text(
        f"# On the train\n{desk.url('/ferry')}\nnext year's plans\n{desk.url('/')}"
    )
    (tmp_path / "digest.toml").write_text(
        f"[fetch]\nallow_hosts = ['127.0.0.1']\n[[feeds]]\nurl = '{desk.url('/wire')}'\nfull_text = true\n"
    )
    place = find(tmp_path / "digest.toml")
    first = build(place, day="2026-11-20T12:00")
    assert [story.headline for story in first.edition.stories] == [told("ferry")[0]]
    assert [rejection.locator for rejection in first.rejections] == ["read.txt", "read.txt"]
    desk.says["/bridge"] = html(page("bridge"))
    late = build(place, day="2026-11-20T13:00")
    assert {story.headline for story in late.edition.stories} == {told("ferry")[0], "As the feed has it"}
    assert (desk.asked("/ferry"), desk.asked("/bridge")) == (1, 2)


def test_a_pasted_link_is_fetched_once(desk: Desk) -> None:
    """Its source is the host, files' rules hold for it, and robots.txt was asked first."""
    desk.says["/ferry"] = html(page())
    desk.paste("/ferry")
    first, second = desk.gather(), desk.gather(NOW + 48 * HOUR)
    assert article(first).headline == told("ferry")[0]
    assert article(first).url == desk.url("/ferry")
    assert (first.items[0].source.name, first.items[0].source.feed) == ("127.0.0.1", False)
    assert second == first
    assert desk.server.targets() == ["/robots.txt", "/ferry"]


def test_what_was_fetched_is_kept_at_once(desk: Desk) -> None:
    """A build that is killed afterwards loses nothing."""
    desk.says["/ferry"] = html(page())
    desk.paste("/ferry")
    desk.gather(keep=False)
    desk.says.clear()
    assert len(desk.gather().items) == 1
    assert desk.asked("/ferry") == 1


def test_the_settings_speak_of_a_pasted_link(desk: Desk) -> None:
    """Also after it was fetched: a source that becomes private is private."""
    desk.says["/ferry"] = html(page())
    desk.paste("/ferry", Declaration(metadata=Metadata(headline="Ours"), source="Example Times"))
    morning = desk.gather()
    assert article(morning).headline == "Ours"
    assert morning.items[0].source == Source(id="example-times", name="Example Times")
    desk.links = [replace(desk.links[0], declaration=replace(UNDECLARED, private=True))]
    assert desk.gather().items[0].source == Source(id="127-0-0-1", name="127.0.0.1", private=True)


def test_a_link_whose_file_is_gone_is_still_remembered(desk: Desk) -> None:
    """What came over the network is nowhere else to be had."""
    desk.says["/ferry"] = html(page())
    desk.paste("/ferry")
    desk.gather()
    desk.links.clear()
    assert article(desk.gather()).headline == told("ferry")[0]


def test_a_link_that_fails_is_told_of_at_each_build_and_tried_again(desk: Desk) -> None:
    """The file is named, with the reason and the moment of the next try; when it works, nothing is said."""
    desk.says["/ferry"] = reply(500)
    desk.paste("/ferry")
    for hours in (0, 0, 1):
        [rejection] = desk.gather(NOW + hours * HOUR).rejections
        assert rejection.locator == "ferry.url"
        assert rejection.reason.startswith(
            f"{desk.url('/ferry')}: answered 500 Internal Server Error; asked again after"
        )
    assert desk.asked("/ferry") == 2
    assert re.search(r"asked again after 2026-11-20 13:(2\d|30) UTC$", rejection.reason)
    desk.says["/ferry"] = html(page())
    assert desk.gather(NOW + 2 * HOUR).rejections == ()
    assert len(desk.gather(NOW + 2 * HOUR).items) == 1


@pytest.mark.parametrize(
    ("says", "robots", "reason"),
    [
        (reply(410), b"", "answered 410 Gone"),
        (reply(200, b"%PDF-1.7", Content_Type="application/pdf"), b"", "no web page but `application/pdf`"),
        (html(page()), b"User-agent: *\nDisallow: /ferry", "robots.txt of `127.0.0.1` does not let `digest` in here"),
    ],
)
def test_what_will_never_come_is_given_up(desk: Desk, says: bytes, robots: bytes, reason: str) -> None:
    """A link is not asked for again, and a teaser is shown at once."""
    desk.says |= {"/ferry": says, "/robots.txt": reply(200, robots)}
    desk.paste("/ferry")
    reasons = [desk.gather(NOW + days * 24 * HOUR).rejections[0].reason for days in (0, 1, 2)]
    assert reasons == [f"{desk.url('/ferry')}: {reason}; given up"] * 3
    desk.feed(TEASER, "/ferry")
    assert "Read more" in desk.gather(NOW + 2 * 24 * HOUR).items[0].body.decode()
    assert desk.asked("/ferry") <= 1


def test_a_robots_txt_that_cannot_be_had_is_no_answer_for_ever(desk: Desk) -> None:
    """The page is asked for again."""
    desk.says |= {"/ferry": html(page()), "/robots.txt": reply(500)}
    desk.paste("/ferry")
    assert "asked again" in desk.gather().rejections[0].reason
    desk.says["/robots.txt"] = reply(404)
    assert len(desk.gather(NOW + HOUR).items) == 1


def test_a_page_without_an_article_is_asked_for_again(desk: Desk) -> None:
    """It may be the notice of an outage, or of a network that wants a password."""
    desk.says["/ferry"] = html(b"<html><body><p>Please log in to Hotel Holm.</p></body></html>")
    desk.paste("/ferry")
    assert "asked again" in desk.gather().rejections[0].reason
    desk.says["/ferry"] = html(page())
    assert article(desk.gather(NOW + HOUR)).headline == told("ferry")[0]


def test_a_link_that_is_taken_out_is_forgotten(desk: Desk) -> None:
    """Pasted again, it is asked for at once."""
    desk.says["/ferry"] = reply(410)
    desk.paste("/ferry")
    desk.gather()
    links, desk.links = desk.links, []
    desk.gather()
    with Store(desk.store) as store:
        assert store.source_states(SourceState) == {}
    desk.links = links
    desk.gather()
    assert desk.asked("/ferry") == 2


@pytest.mark.parametrize("charset", ["windows-1252", "iso-8859-1", "utf-16", "windows-1251"])
def test_the_encoding_that_the_server_names_is_used(desk: Desk, charset: str) -> None:
    """Where the page itself says nothing."""
    also = "The mayor of Sandvik, Søren Ødegård, said that he was grateful to all who helped."
    also = (
        also
        if charset != "windows-1251"
        else "The captain's last words were «Полный вперёд», the mate remembered on Friday."
    )
    desk.says["/ferry"] = html(page(also=also, charset=charset), f"text/html; charset={charset}")
    desk.paste("/ferry")
    assert also in article(desk.gather()).text


def test_the_page_behind_a_teaser_takes_its_place(desk: Desk) -> None:
    """Headline, date and address stay as the feed has them, and the page is fetched once."""
    desk.says["/ferry"] = html(page())
    desk.feed(TEASER, "/ferry")
    first = desk.gather()
    assert article(first).headline == "As the feed has it"
    assert article(first).published == first.items[0].declared.published is not None
    assert told("ferry")[1][-1] in article(first).text
    assert first.items[0].source.feed
    second = desk.gather(NOW + 2 * HOUR)
    assert (second.items, desk.asked("/wire"), desk.asked("/ferry")) == (first.items, 2, 1)


def test_only_teasers_of_feeds_that_ask_for_it_are_replaced(desk: Desk) -> None:
    """A whole text is taken as it is, and so is a teaser where `full_text` is not set."""
    desk.feed(" ".join(told("ferry")[1] * 2), "/ferry")
    assert len(desk.gather().items) == 1
    desk.full_text = False
    desk.feed(TEASER, "/bridge")
    assert len(desk.gather(NOW + HOUR).items) == 2
    assert set(desk.server.targets()) == {"/wire"}


def test_a_teaser_is_held_back_for_a_few_tries(desk: Desk) -> None:
    """Then it is shown as it is, and its page not asked for again."""
    desk.says["/ferry"] = reply(500)
    desk.feed(TEASER, "/ferry")
    shown = [len(desk.gather(NOW + hours * HOUR).items) for hours in range(6)]
    assert (shown[0], shown[-1]) == (0, 1)
    assert desk.asked("/ferry") == MOST_TRIES
    assert "Read more" in desk.gather(NOW + 9 * HOUR).items[0].body.decode()


def test_a_page_that_comes_at_the_second_try_is_taken(desk: Desk) -> None:
    """Nothing was shown before."""
    desk.says["/ferry"] = reply(500)
    desk.feed(TEASER, "/ferry")
    assert desk.gather().items == ()
    desk.says["/ferry"] = html(page())
    assert told("ferry")[1][-1] in article(desk.gather(NOW + HOUR)).text


def test_a_page_with_less_to_read_than_the_teaser_is_not_taken(desk: Desk) -> None:
    """As of papers that want to be paid first."""
    beginning = " ".join(told("ferry")[1][:5])
    desk.says["/ferry"] = html(page("ferry").replace(told("ferry")[1][-1].encode(), b""))
    desk.feed(f"{beginning} {beginning} Continue reading", "/ferry")
    assert "Continue reading" in desk.gather().items[0].body.decode()


def test_teasers_are_let_go_when_their_feed_is_no_longer_to_be_completed(desk: Desk) -> None:
    """What was held back is shown as it is."""
    desk.says["/ferry"] = reply(500)
    desk.feed(TEASER, "/ferry")
    assert desk.gather().items == ()
    desk.full_text = False
    assert len(desk.gather().items) == 1


def test_an_entry_and_a_link_of_one_address_are_one_item(desk: Desk) -> None:
    """Whichever came first; the page is fetched once."""
    desk.says |= {"/ferry": html(page()), "/bridge": html(page("bridge"))}
    desk.paste("/ferry")
    desk.gather()
    desk.feed(TEASER, "/ferry", "/bridge")
    assert len(desk.gather(NOW + HOUR).items) == 2
    desk.paste("/bridge")
    for _ in range(2):
        assert len(desk.gather(NOW + 2 * HOUR).items) == 2
    assert (desk.asked("/ferry"), desk.asked("/bridge")) == (1, 1)


def test_a_link_completes_an_entry_that_is_known(desk: Desk) -> None:
    """The feed's own words of it stay, and what it says later does not undo the page."""
    desk.full_text = False
    desk.says["/ferry"] = html(page())
    desk.feed(TEASER, "/ferry")
    desk.gather()
    desk.paste("/ferry")
    for hours in (1, 2, 3):
        desk.feed(TEASER + "!" * hours, "/ferry")
        found = article(desk.gather(NOW + hours * HOUR))
        assert (found.headline, found.paragraphs[-1].text) == ("As the feed has it", told("ferry")[1][-1])
    assert desk.asked("/ferry") == 1


@pytest.mark.parametrize(("status", "at"), [(301, "/ferry"), (302, "/short")])
def test_a_link_that_leads_elsewhere_is_known_by_both_addresses(desk: Desk, status: int, at: str) -> None:
    """An entry of the address where it ends is the same item; for ever moved, it is linked to where it is."""
    desk.says |= {"/short": redirect(status, "/ferry"), "/ferry": html(page())}
    desk.paste("/short")
    assert article(desk.gather()).url == desk.url(at)
    desk.feed(TEASER, "/ferry")
    assert len(desk.gather(NOW + HOUR).items) == 1
    assert (desk.asked("/short"), desk.asked("/ferry")) == (1, 1)


def test_links_that_end_at_one_front_page_stay_two(desk: Desk) -> None:
    """A front page identifies none of them."""
    desk.says |= {"/a": redirect(302, "/"), "/b": redirect(302, "/"), "/": html(page())}
    desk.paste("/a")
    desk.paste("/b")
    desk.gather()
    with Store(desk.store) as store:
        identities = {i for item in store.entries(since=NOW - HOUR) for i in item.identities if i.startswith("url:")}
    assert f"url:{desk.url('/')}" not in identities


def test_a_stranger_cannot_have_us_ask_our_own_machines(desk: Desk, tmp_path: Path) -> None:
    """An entry of a feed elsewhere that leads to a host in `allow_hosts` is refused; a link of the owner is not."""
    desk.says["/ferry"] = html(page())
    desk.feed(TEASER, "/ferry")
    settings = parse("[fetch]\nallow_hosts = ['127.0.0.1']")
    with Store(tmp_path / "other.sqlite") as store, closing(Cache(tmp_path / "cache.sqlite")) as cache:
        store.take(entries_of(desk), now=NOW, is_news=lambda *_: True, awaits_page=lambda _: True)
        policy = policy_of(settings.fetch)
        fetch_pages([], store.awaiting(), policy, store, cache, own_feeds=frozenset(), now=NOW, seen=NOW)
        [state] = store.source_states(SourceState).values()
        assert state.reason == "robots.txt of `127.0.0.1`: refused address 127.0.0.1: loopback"
        assert desk.server.heard == []
        fetch_pages([], store.awaiting(), policy, store, cache, own_feeds=frozenset({"wire"}), now=NOW + HOUR, seen=NOW)
        assert store.awaiting() == ()


def entries_of(desk: Desk) -> tuple[Item, ...]:
    """Return the entries of the feed that is served."""
    said = desk.says["/wire"]
    assert isinstance(said, bytes)
    return entries(said.partition(b"\r\n\r\n")[2], source=PLAIN, url=desk.url("/wire"))


@pytest.mark.parametrize(
    ("ending", "reason"),
    [
        ("", None),
        ("The end.", None),
        ("They read more than they write, he said, and then the evening went on as all evenings do in Holm.", None),
        ("and then […]", "it breaks off"),
        ("and then [...]", "it breaks off"),
        ("and then…", "it breaks off"),
        ("and then… The post Ferry appeared first on Holm Times.", "it breaks off"),
        ("Read more »", "it ends in `Read more »`"),
        ("<a href='/'>Continue reading <b>the ferry</b> →</a>", "it ends in `Continue reading the ferry →`"),
        ("<p>Weiterlesen</p>", "it ends in `Weiterlesen`"),
    ],
)  # fmt: skip
def test_a_teaser_is_known_by_its_end(desk: Desk, ending: str, reason: str | None) -> None:
    """A text that invites to go on reading, or breaks off, is not the whole one."""
    text = " ".join(told("ferry")[1] * 2) + ending
    desk.feed(text.replace("<", "&lt;"), "/ferry")
    assert why_teaser(entries_of(desk)[0]) == reason


def test_a_teaser_is_known_by_its_length() -> None:
    """Its headline, scripts and the characters of addresses do not count."""
    entry = "<item><title>{title}</title><description>{text}</description></item>"
    script = "&lt;script&gt;" + "word " * 200 + "&lt;/script&gt;"
    text = f"{script}&lt;a href='{'word-' * 200}'&gt;five words and no more&lt;/a&gt;"
    said = f"<rss version='2.0'><channel>{entry.format(title='word ' * 200, text=text)}</channel></rss>"
    [item] = entries(said.encode(), source=PLAIN, url="https://a.example/")
    assert why_teaser(item) == "5 words, fewer than 120"
