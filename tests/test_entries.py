"""Feeds: every format, broken ones, and those that mean harm. A pair of files in `cases/feeds` is a case."""

import json
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from digest.errors import ItemError
from digest.extract import extract
from digest.model import Item, Source
from digest.sources import MAX_ENTRIES, discover, entries, feed_title, read_feed
from digest.text import short_id
from tests.growth import LINEAR, growth

FEEDS = Path(__file__).parent / "cases" / "feeds"
CASES = sorted(path for path in FEEDS.iterdir() if ".expected" not in path.name)
SOURCE = Source(id="example", name="Example", feed=True)
URL = "https://feeds.example/all/feed.xml"


def rss(*items: str) -> bytes:
    """Return an RSS feed of these items."""
    inner = "".join(f"<item>{item}</item>" for item in items)
    return f'<rss version="2.0"><channel><title>Example</title>{inner}</channel></rss>'.encode()


def read(body: bytes) -> tuple[Item, ...]:
    """Return the items of a feed."""
    return entries(body, source=SOURCE, url=URL)


def reason(body: bytes, **said: str) -> str:
    """Return why a body is refused."""
    with pytest.raises(ItemError) as caught:
        entries(body, source=SOURCE, url=URL, **said)
    assert caught.value.locator == URL
    return caught.value.reason


def seen(item: Item) -> dict[str, Any]:
    """Return what a case tells of an item; the bytes' own hash goes without saying."""
    declared = {key: value for key, value in asdict(item.declared).items() if value}
    published = item.declared.published
    if published is not None:
        declared["published"] = f"{published.stated} ({'zone' if published.zone_known else 'no zone'})"
    declared["byline"] = list(item.declared.byline)
    page = item.body.decode("utf-8")
    return {
        "locator": item.locator,
        "identities": [i for i in item.identities if not i.startswith("bytes:")],
        "declared": declared,
        "article": page[page.index("<article>\n") + 10 : page.index("\n</article>")],
    }


@pytest.mark.parametrize("feed", CASES, ids=lambda path: path.stem)
def test_feed(feed: Path) -> None:
    """The entries of a feed are those of the file beside it."""
    expected = json.loads(feed.with_name(f"{feed.stem}.expected.json").read_text("utf-8"))
    assert [seen(item) for item in read(feed.read_bytes())] == expected


def test_an_item_can_be_recognised_again() -> None:
    """By its id in its feed, its address and its bytes, in this order; the strongest makes its key."""
    [item] = read(rss("<guid isPermaLink='false'>7</guid><link>https://a.example/7</link><title>Seven</title>"))
    assert [i.partition(":")[0] for i in item.identities] == ["id", "url"]
    assert item.identities[0] == "id:example 7"
    assert item.key == short_id("id:example 7")
    assert (item.source, item.media_type) == (SOURCE, "text/html")


def test_an_edited_title_is_the_same_item() -> None:
    """As long as its id or address stays, its key does."""
    before, after = (read(rss(f"<link>https://a.example/7</link><title>{title}</title>"))[0] for title in ("A", "B"))
    assert before.key == after.key
    assert before.body != after.body


def test_the_extractor_finds_the_article() -> None:
    """What an item holds is a page, and gives an article like any other."""
    sentence = "The night ferry between Holm and Sandvik ran aground on Tuesday with many people on board."
    text = "".join(f"&lt;p&gt;{sentence} {sentence} {word}.&lt;/p&gt;" for word in ("One", "Two", "Three"))
    [item] = read(rss(f"<title>Ferry &amp;amp; fog</title><link>/ferry</link><description>{text}</description>"))
    article = extract(item)
    assert (article.headline, article.url) == ("Ferry & fog", "https://feeds.example/ferry")
    assert [p.text[:15] for p in article.paragraphs] == ["The night ferry"] * 3


def test_a_portal_is_no_feed() -> None:
    """The page that a hotel's network sends instead of a feed is called by its name."""
    page = b"<!-- x -->\n<!DOCTYPE html><html><head><title>Hotel &amp; Wi-Fi</title><body><rss><item>"
    assert reason(page) == "no feed: it is a web page called `Hotel & Wi-Fi`"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "no feed: the answer is empty"),
        (b"\xef\xbb\xbf \n", "no feed: the answer is empty"),
        (b"%PDF-1.7", "no feed: it is a PDF file"),
        (b"hello", "no feed: it is neither RSS, Atom nor JSON Feed"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no feed: it is neither RSS, Atom nor JSON Feed"),
        (b'{"items": []}', "no feed: it is JSON of another kind, or broken"),
        (b'{"version": "https://jsonfeed.org/version/1", "items":', "no feed: it is JSON of another kind, or broken"),
        (b"[" * 100_000, "no feed: it is JSON of another kind, or broken"),
        (b"<rss version='2.0'><channel><item><title>A", "no entry can be read: it is cut off"),
    ],
)  # fmt: skip
def test_what_is_no_feed_is_refused(body: bytes, why: str) -> None:
    """With a reason that says what came instead."""
    assert reason(body) == why


def test_the_servers_word_helps_to_find_out() -> None:
    """What the server says it sent is part of the message, though it decides nothing."""
    assert reason(b"hello", media_type="text/x-odd").endswith("; the server calls it `text/x-odd`")


def test_a_feed_without_entries_is_a_feed() -> None:
    """Nothing new is no error."""
    assert read(rss()) == ()
    assert read(b'{"version": "https://jsonfeed.org/version/1.1", "title": "A", "items": []}') == ()


def test_entities_do_not_swell() -> None:
    """A document type is never read, so no entity of its own means anything."""
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    body = f'<!DOCTYPE rss [<!ENTITY e0 "boom">{bomb}]>'.encode() + rss("<title>a &e11; b</title>")
    for encoded in (body, body.decode().encode("utf-16")):
        [item] = read(encoded)
        assert item.declared.headline == "a &e11; b"
        assert len(item.body) < 1000


def test_quadratic_entities_do_not_swell() -> None:
    """Nor does one long entity that is used often."""
    body = f'<!DOCTYPE rss [<!ENTITY e "{"x" * 10_000}">]>'.encode() + rss(f"<title>{'&e;' * 10_000}</title>")
    assert len(read(body)[0].body) < 200_000


@pytest.mark.parametrize("piece", ["a.", "a@", "&", "<", "&lt;a ", "<!--", "<![CDATA[", '<a b="', "<?x ", "\n", "&x;"])
def test_no_feed_takes_long(piece: str) -> None:
    """What makes readers of markup go in circles costs in proportion to its length."""

    def reading(size: int) -> None:
        for element in ("title", "author", "description", "pubDate", "link"):
            with suppress(ItemError):
                read(rss(f"<{element}>{piece * (size // len(piece))}</{element}><guid>1</guid>"))

    assert growth(reading, 8_000) < LINEAR


def test_the_newest_of_too_many_are_taken() -> None:
    """In the order of the feed, and the owner is told."""
    old = "<guid>old</guid><title>Old</title><pubDate>2001-01-01</pubDate>"
    new = [f"<guid>{n}</guid><title>{n}</title><pubDate>2025-06-01</pubDate>" for n in range(MAX_ENTRIES)]
    items, [told], _ = read_feed(rss(old, *new), source=SOURCE, url=URL)
    assert [items[0].declared.headline, len(items)] == ["0", MAX_ENTRIES]
    assert told.reason == f"{MAX_ENTRIES + 1} entries, the newest {MAX_ENTRIES} are taken"


def test_an_entry_of_nothing_is_counted() -> None:
    """Without title and text there is nothing to show."""
    items, [told], _ = read_feed(rss("<link>https://a.example/</link>", "<title>A</title>"), source=SOURCE, url=URL)
    assert (len(items), told.reason) == (1, "1 of 2 entries have neither title nor text")


def test_the_feed_can_be_named() -> None:
    """By its own title, on one line."""
    assert feed_title(rss()) == "Example"
    assert feed_title(b"<rss version='2.0'><channel></channel></rss>") is None


def test_a_page_tells_its_feeds() -> None:
    """Absolute and in order; styles, other alternates and what is no web address are left out."""
    page = b"""<html><head><base href="/news/"><link rel="alternate" type="application/rss+xml" href="rss?x=1#y">
    <link rel="ALTERNATE nofollow" type="application/atom+xml; charset=utf-8" href="https://b.example/atom">
    <link rel=alternate type="application/feed+json" href="/feed.json">
    <link rel=alternate type="text/html" href="/de">
    <link rel="alternate stylesheet" type="application/rss+xml" href="/style">
    <link rel=alternate type="application/rss+xml">
    <link rel=alternate type="application/rss+xml" href="javascript:alert(1)">
    <link rel=alternate type="application/rss+xml"
    href="rss?x=1"></head>"""
    assert discover(page, url="https://a.example/x/y") == (
        "https://a.example/news/rss?x=1",
        "https://b.example/atom",
        "https://a.example/feed.json",
    )
    assert discover(b"", url="https://a.example/") == ()
