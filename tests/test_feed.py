"""What subscribers may rely on: ids and dates that hold, whole stories, nothing active, the same bytes."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import feedparser  # has no types
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from digest import addresses, feed
from digest.feed.entries import story_entry
from digest.model import Change, Dated, Library, Page, Story
from digest.topics import OTHER, TOP_LEVEL
from tests.library import (
    ECONOMY,
    LETTER,
    MASTHEAD,
    NOTES,
    SCIENCE,
    TIMES,
    WAHA,
    WIRE,
    article,
    edition,
    kept,
    seen,
    shelf,
    stated,
    story,
)

ATOM = "{http://www.w3.org/2005/Atom}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

FERRY = article(
    "ferry",
    TIMES,
    "The ferry is back",
    ["The ferry to Holm sails again.", "It had been in dock since March."],
    published=stated("2026-11-20T18:20"),
    byline=("Ann Example", "Bo Beispiel"),
)
TIMETABLE = article(
    "timetable",
    WIRE,
    "New timetable for Holm",
    ["Three crossings a day are planned."],
    published=stated("2026-11-20"),
)
MEMO = article(
    "memo",
    LETTER,
    "Memo on fares",
    ["Fares will not rise."],
    published=stated("2026-11-20"),
    byline=("C. Quiet",),
)
DOCK = article("dock", NOTES, "Im Dock", ["Das Schiff lag im Dock."], language="de", published=seen("2026-11-21T05:00"))
SHIP = story(
    "1a2b",
    "the-ferry-is-back",
    [(FERRY, "The ferry to Holm sails again."), (TIMETABLE, "Three crossings a day are planned.")],
    reprints=(replace(TIMETABLE, key="copy", source=WAHA, url="https://waha.example/copy"),),
    topics=(ECONOMY, SCIENCE),
    names=("Holm",),
)


def simple(
    number: int, first_shown: str = "2026-11-21T06:40", *, updated: str | None = None, sources: int = 0
) -> Story:
    """Return one of many stories; *sources* have joined it."""
    told = article(f"k{number:03}", TIMES, f"Story {number}", [f"Sentence {number}."])
    return story(
        f"s{number:03}",
        f"story-{number}",
        [(told, f"Sentence {number}.")],
        first_shown=first_shown,
        updated=updated,
        change=Change(kind="grown", sources=sources) if sources else Change(kind="new"),
    )


def feeds(library: Library) -> dict[str, bytes]:
    return {page.path: page.body for page in feed.pages(library) if isinstance(page, Page)}


def atom(library: Library, path: str = addresses.STORIES_FEED) -> ET.Element:
    return ET.fromstring(feeds(library)[path])


def entries(library: Library, path: str = addresses.STORIES_FEED) -> list[ET.Element]:
    return atom(library, path).findall(f"{ATOM}entry")


def texts(element: ET.Element | list[ET.Element], name: str) -> list[str]:
    """Return the texts of the children called *name*."""
    found = element if isinstance(element, list) else [element]
    return [child.text or "" for each in found for child in each.findall(f"{ATOM}{name}")]


def links(element: ET.Element, rel: str) -> list[dict[str, str]]:
    return [link.attrib for link in element.findall(f"{ATOM}link") if link.get("rel") == rel]


def content(*stories: Story) -> str:
    """Return the HTML of the first entry of a library of *stories*."""
    [html, *_] = texts(entries(shelf(edition("2026-11-21", *stories))), "content")
    return html


class Elements(HTMLParser):
    """Collects the elements of an HTML fragment as a browser would see them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember an element."""
        self.found.append((tag, dict(attrs)))


def test_there_is_a_feed_for_everything() -> None:
    """Stories, editions, JSON and one feed for each topic and the rest, whether there are stories or not."""
    expected = {"atom.xml", "editions.xml", "health.xml", "feed.json"}
    expected |= {f"topics/{subject.slug}/atom.xml" for subject in (*TOP_LEVEL, OTHER)}
    assert feeds(shelf(edition("2026-11-21"))).keys() == expected
    assert feeds(shelf(edition("2026-11-21", SHIP))).keys() == expected
    assert len(expected) == 22


def test_an_entry_tells_the_story_and_where_it_is_from() -> None:
    """Title, summary, topics with the IPTC's codes, keywords, authors, and every source as a `via` link."""
    [entry] = entries(shelf(edition("2026-11-21", SHIP)))
    assert entry.get(LANGUAGE) == "en"
    assert texts(entry, "title") == ["The ferry is back"]
    assert texts(entry, "summary") == ["The ferry to Holm sails again. Three crossings a day are planned."]
    assert links(entry, "alternate") == [
        {
            "rel": "alternate",
            "type": "text/html",
            "href": "https://example.org/digest/stories/the-ferry-is-back-1a2b/",
        }
    ]
    assert links(entry, "via") == [
        {"rel": "via", "type": "text/html", "href": each.url, "title": each.headline} for each in (FERRY, TIMETABLE)
    ]
    assert [child.attrib for child in entry.findall(f"{ATOM}category")] == [
        {"term": topic.code, "scheme": "http://cv.iptc.org/newscodes/mediatopic/", "label": topic.label}
        for topic in (ECONOMY, SCIENCE)
    ] + [{"term": "Holm"}]
    assert [texts(each, "name") for each in entry.findall(f"{ATOM}contributor")] == [
        ["Ann Example"],
        ["Bo Beispiel"],
    ]
    assert entry.findall(f"{ATOM}author") == []


def test_the_digest_is_the_author_of_its_feeds() -> None:
    """The feed names itself, its page and the archive; its generator has no version that would change it."""
    root = atom(shelf(edition("2026-11-21", SHIP)), "topics/economy-business-and-finance/atom.xml")
    assert root.get(LANGUAGE) == "en"
    assert texts(root.findall(f"{ATOM}author"), "name") == ["The Morning"]
    assert texts(root, "title") == ["The Morning: economy, business and finance"]
    topic = "https://example.org/digest/topics/economy-business-and-finance/"
    assert [link["href"] for link in links(root, "self")] == [f"{topic}atom.xml"]
    assert [link["href"] for link in links(root, "alternate")] == [topic]
    assert [link["href"] for link in links(root, "archives")] == ["https://example.org/digest/archive/"]
    [generator] = root.findall(f"{ATOM}generator")
    assert (generator.text, generator.attrib) == ("digest", {})


def test_moving_the_site_changes_no_id() -> None:
    """Ids are `tag:` URIs under a name that is the digest's for ever, whatever its address."""
    here = shelf(edition("2026-11-21", SHIP))
    there = replace(here, masthead=replace(MASTHEAD, base_url="https://elsewhere.example/", title="Evening"))

    def ids(library: Library) -> dict[str, list[str]]:
        roots = {path: ET.fromstring(body) for path, body in feeds(library).items() if path.endswith(".xml")}
        return {path: [e.text or "" for e in root.iter(f"{ATOM}id")] for path, root in roots.items()}

    assert ids(here) == ids(there)
    assert ids(here)["atom.xml"] == [
        "tag:example.org,2026-11-01:stories",
        "tag:example.org,2026-11-01:story/1a2b",
    ]
    assert ids(here)["editions.xml"] == [
        "tag:example.org,2026-11-01:editions",
        "tag:example.org,2026-11-01:edition/2026-11-21",
    ]
    assert ids(here)["topics/other/atom.xml"] == ["tag:example.org,2026-11-01:topic/other"]
    assert ids(here)["topics/health/atom.xml"] == ["tag:example.org,2026-11-01:topic/medtop:07000000"]


def test_dates_are_those_of_the_story() -> None:
    """Published when first shown, updated when it said something new; the feed as its newest entry."""
    grown = replace(SHIP, first_shown=SHIP.first_shown - timedelta(days=3))
    root = atom(shelf(edition("2026-11-21", grown)))
    [entry] = root.findall(f"{ATOM}entry")
    assert texts(entry, "published") == ["2026-11-18T06:40:00Z"]
    assert texts(entry, "updated") == texts(root, "updated") == ["2026-11-21T06:40:00Z"]


def test_a_feed_without_entries_carries_its_birth() -> None:
    """An empty feed is as old as the digest, not as the build."""
    roots = [ET.fromstring(b) for p, b in feeds(shelf(edition("2026-11-21"))).items() if p.endswith(".xml")]
    assert {text for root in roots for text in texts(root, "updated")} == {"2026-11-01T00:00:00Z"}


def test_newest_stories_come_first() -> None:
    """Stories of one build stand as their edition ranks them; a later edition's rank does not move them."""
    late, main, second = simple(1, "2026-11-21T09:00"), simple(9), simple(2)
    today = edition("2026-11-22", replace(second, updated=late.updated), replace(main, updated=late.updated))
    library = shelf(today, edition("2026-11-21", late, main, second))
    assert texts(entries(library), "title") == ["Story 1", "Story 9", "Story 2"]


def test_an_entry_is_the_latest_state_of_its_story() -> None:
    """A story that several editions showed is one entry, as the newest of them has it."""
    grown = replace(SHIP, headline="The ferry is back for good", topics=(), updated=SHIP.updated + timedelta(days=1))
    library = shelf(edition("2026-11-22", grown), edition("2026-11-21", SHIP))
    assert texts(entries(library), "title") == ["The ferry is back for good"]
    assert texts(entries(library, "topics/other/atom.xml"), "title") == ["The ferry is back for good"]
    assert entries(library, "topics/science-and-technology/atom.xml") == []


def test_a_story_is_in_the_feed_of_each_of_its_topics() -> None:
    """And in none other; a story without topics is under *other*."""
    library = shelf(edition("2026-11-21", SHIP, simple(1)))
    found = {path: texts(entries(library, path), "title") for path in feeds(library) if path.startswith("topics/")}
    assert {path: titles for path, titles in found.items() if titles} == {
        "topics/economy-business-and-finance/atom.xml": ["The ferry is back"],
        "topics/science-and-technology/atom.xml": ["The ferry is back"],
        "topics/other/atom.xml": ["Story 1"],
    }


def daily(days: int, a_day: int) -> Library:
    """Return a library of so many stories on each of so many days, the last of them 21 November."""
    newest = edition("2026-11-21").opened
    numbers = iter(range(days * a_day))
    return shelf(
        *(
            edition(
                (newest - timedelta(days=age)).date().isoformat(),
                *(
                    simple(next(numbers), (newest - timedelta(days=age)).replace(tzinfo=None).isoformat())
                    for _ in range(a_day)
                ),
            )
            for age in range(days)
        )
    )


def test_a_feed_keeps_fifty_entries() -> None:
    """Where little happens, the feed reaches back further."""
    assert len(entries(daily(days=60, a_day=1))) == 50
    assert len(entries(daily(days=20, a_day=1))) == 20


def test_a_feed_keeps_fourteen_days() -> None:
    """Where much happens, nothing of the last 14 days is missing."""
    found = texts(entries(daily(days=20, a_day=8)), "published")
    assert len(found) == 15 * 8
    assert found[-1] == "2026-11-07T05:00:00Z"


def test_an_old_story_with_news_is_kept() -> None:
    """A story first shown long ago is in the feed while what it has to say is recent."""
    library = daily(days=20, a_day=8)
    old = simple(999, "2026-09-01T06:00", updated="2026-11-20T06:00", sources=1)
    first = library.editions[0]
    library = replace(library, editions=(replace(first, stories=(*first.stories, old)), *library.editions[1:]))
    assert texts(entries(library), "title")[-1] == "Story 999"


def test_a_feed_changes_only_when_it_has_news() -> None:
    """A new edition that is still empty leaves every byte as it was."""
    library = daily(days=20, a_day=8)
    later = replace(library, today=edition("2026-12-24"))
    assert feeds(later) == feeds(library)


def test_a_feed_stays_below_half_a_megabyte() -> None:
    """Of very many stories the oldest make way; the JSON feed holds the same."""
    long = ["word " * 300 + "end."]
    told = article("long", TIMES, "A long story", long)
    many = [
        replace(story(f"s{n}", "long", [(told, long[0])]), headline=f"Story {n:03}", first_shown=SHIP.first_shown)
        for n in range(200)
    ]
    made = feeds(shelf(edition("2026-11-21", *many)))
    found = texts(ET.fromstring(made["atom.xml"]).findall(f"{ATOM}entry"), "title")
    assert 480_000 < len(made["atom.xml"]) <= 490_000
    assert found == [each.headline for each in many[: len(found)]]
    assert [item["title"] for item in json.loads(made["feed.json"])["items"]] == found


def test_fifty_entries_are_kept_whatever_their_size() -> None:
    """However long the stories are, a subscriber who looks once a day misses none of them."""
    long = ["word " * 4_000 + "end."]
    told = article("long", TIMES, "A long story", long)
    many = [story(f"s{n}", "long", [(told, long[0])]) for n in range(60)]
    assert len(entries(shelf(edition("2026-11-21", *many)))) == 50


def test_the_content_leads_to_where_each_sentence_stands() -> None:
    """Every sentence has a number that links to it, in the article or on our page of it."""
    mixed = story(
        "2c3d",
        "ferry",
        [
            (FERRY, "It had been in dock since March."),
            (DOCK, "Das Schiff lag im Dock."),
            (MEMO, "Fares will not rise."),
        ],
    )
    html = content(mixed)
    assert '<a href="https://times.example/ferry#:~:text=It%20had%20been%20in%20dock%20since%20March.">[1]</a>' in html
    assert '<span lang="de">Das Schiff lag im Dock.</span> ' in html
    assert '<a href="https://example.org/digest/articles/dock/#p0-0">[2]</a>' in html
    assert '<a href="https://example.org/digest/articles/memo/#p0-0">[3]</a>' in html
    assert all(
        attrs["href"].startswith("https://") for tag, attrs in Elements(html).found if tag == "a" and attrs["href"]
    )


def test_the_content_names_every_source_with_its_date() -> None:
    """Each article with its date, the sentences quoted from it, and its reprints counted."""
    html = content(SHIP)
    assert (
        '<li><a href="https://times.example/ferry">The ferry is back</a>, Port Times, '
        "20 November 2026, 18:20 UTC+1; sentence 1; one reprint</li>"
    ) in html
    assert (
        '<li><a href="https://wire.example/timetable">New timetable for Holm</a>, Northern Wire, '
        "20 November 2026; sentence 2</li>"
    ) in html


@pytest.mark.parametrize(
    ("published", "words"),
    [
        (None, "date unknown"),
        (seen("2026-11-20T10:00"), "date unknown"),
        (stated("2026-11-20"), "20 November 2026"),
        (stated("2026-11-20T18:20", hours=None), "20 November 2026, 18:20 (zone unknown)"),
        (stated("2026-11-20T18:20", hours=0), "20 November 2026, 18:20 UTC"),
        (stated("2026-11-20T18:20", hours=-5), "20 November 2026, 18:20 UTC\N{MINUS SIGN}5"),
    ],
)
def test_a_date_is_shown_as_its_source_gives_it(published: Dated | None, words: str) -> None:
    """Never moved to another zone, and never made up from when we first saw the article."""
    told = replace(FERRY, published=published)
    assert f"Port Times, {words}; sentence 1</li>" in content(
        story("1a2b", "ferry", [(told, "The ferry to Holm sails again.")])
    )


@pytest.mark.parametrize(
    ("change", "notice"),
    [
        (Change(kind="grown", sources=2, sentences=(1,)), "New: two more sources; sentence 2 is new."),
        (Change(kind="grown", sources=1), "New: one more source."),
        (Change(kind="grown", stories=2), "New: two stories that were told apart."),
        (Change(kind="grown", sentences=(0, 1)), "New: sentences 1 and 2 are new."),
        (Change(kind="grown"), "New: the story has grown."),
        (Change(kind="corrected"), "Corrected: its text has changed."),
    ],
)
def test_what_is_new_is_said_and_marked(change: Change, notice: str) -> None:
    """A story that grew or was corrected says so first, and marks the sentences that are new."""
    html = content(replace(SHIP, change=change))
    assert html.startswith(f"<p><strong>{notice}</strong></p>\n")
    sentences = [quote.text for quote in SHIP.summary]
    assert [f"<ins>{text}</ins>" in html for text in sentences] == [i in change.sentences for i in range(2)]


def test_a_retracted_story_says_that_and_no_more() -> None:
    """The entry keeps its id and address; title and text say what happened, and nothing of what was said is left."""
    told, taken_back = (story_entry(each, MASTHEAD) for each in (SHIP, replace(SHIP, change=Change(kind="retracted"))))
    assert (taken_back.id, taken_back.url, taken_back.published) == (told.id, told.url, told.published)
    assert taken_back.title == f"Retracted: {told.title}"
    assert taken_back.content == "<p><strong>Retracted: what it said is withdrawn.</strong></p>"
    assert (taken_back.origins, taken_back.contributors) == ((), ())
    assert taken_back.categories == tuple(category for category in told.categories if category.scheme)


def test_a_new_story_marks_nothing() -> None:
    """Where all is new, nothing is marked as new."""
    html = content(SHIP)
    assert html.startswith("<p>The ferry to Holm sails again. ")
    assert "<ins>" not in html


def test_a_private_source_is_named_and_nothing_more() -> None:
    """Of a private source a feed shows the sentences quoted, its name and the date."""
    secret = replace(MEMO, url="https://secret.example/token")
    private = story("2c3d", "fares", [(secret, "Fares will not rise.")], headline="Fares stay")
    made = b"".join(feeds(shelf(edition("2026-11-21", private))).values()).decode()
    assert "Fares will not rise." in made
    assert "The Inside Letter" in made
    for hidden in ("secret.example", "Memo on fares", "C. Quiet"):
        assert hidden not in made


def test_a_text_in_another_language_says_so() -> None:
    """A reading voice follows the language; what runs from right to left is marked as such."""
    oasis = article("oasis", WAHA, "عادت العبارة", ["تبحر العبارة من جديد."], language="ar")
    [entry] = entries(shelf(edition("2026-11-21", story("3e4f", "العبارة", [(oasis, "تبحر العبارة من جديد.")]))))
    assert entry.get(LANGUAGE) == "ar"
    [html] = texts(entry, "content")
    assert html.startswith('<p dir="rtl">تبحر العبارة من جديد. <a href=')
    assert '<p lang="en">Source:</p>' in html
    assert (
        '<span lang="ar" dir="rtl"><a href="https://waha.example/oasis">عادت العبارة</a></span>, الواحة اليوم' in html
    )
    [link] = links(entry, "alternate")
    assert link["href"].isascii()


def test_a_language_that_is_none_is_undetermined() -> None:
    """What the language of a story cannot be is not passed on."""
    [entry] = entries(shelf(edition("2026-11-21", replace(SHIP, language="x y<"))))
    assert entry.get(LANGUAGE) == "und"


PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '"><iframe src="https://evil.example"></iframe>',
    "</p></content></entry><script>alert(1)</script>",
    "<a href='javascript:alert(1)'>go</a>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<math><mtext><table><mglyph><style><img src onerror=alert(1)>",
    "]]><script>alert(1)</script>",
    "{{ 7 * 7 }}<style>*{display:none}</style>",
]
ADDRESSES = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)//https://times.example/",
    "data:text/html,<script>alert(1)</script>",
    " \x01javascript:alert(1)",
    "file:///etc/passwd",
    'https://times.example/"><script>alert(1)</script>',
    "https://evil example/",
    "https://[broken/",
]


def hostile(text: str, url: str = "https://times.example/x") -> Story:
    """Return a story in which every text from outside is *text*."""
    source = replace(TIMES, name=text)
    told = replace(
        article("x", source, text, [text], byline=(text,), published=stated("2026-11-20")),
        url=url,
        language=text,
    )
    return replace(story("1a2b", "x", [(told, text)], names=(text,)), change=Change(kind="grown", sentences=(0,)))


def check_harmless(html: str) -> None:
    """Check that a browser would find nothing but what we put there."""
    for tag, attrs in Elements(html).found:
        assert tag in {"a", "ins", "li", "ol", "p", "span", "strong", "ul"}
        assert attrs.keys() <= {"href", "lang", "dir"}
        assert "href" not in attrs or (attrs["href"] or "").startswith(("https://", "http://"))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_active_reaches_a_feed(payload: str) -> None:
    """Whatever a headline, a sentence, a name or a keyword holds, it is shown as text."""
    library = shelf(edition("2026-11-21", hostile(payload)))
    for path in ("atom.xml", "editions.xml"):
        [entry] = entries(library, path)
        [html] = texts(entry, "content")
        check_harmless(html)
    [entry] = entries(library)
    assert texts(entry, "summary") == texts(entry, "title") == [payload]
    assert [item["content_html"] for item in json.loads(feeds(library)["feed.json"])["items"]] == texts(
        entry, "content"
    )


@pytest.mark.parametrize("url", ADDRESSES)
def test_only_addresses_of_the_web_are_linked(url: str) -> None:
    """An address that is not http or https, or is none at all, is not passed on."""
    [entry] = entries(shelf(edition("2026-11-21", hostile("A headline", url))))
    [html] = texts(entry, "content")
    check_harmless(html)
    for link in entry.findall(f"{ATOM}link"):
        assert link.attrib["href"].startswith("https://")
        assert not set(' "<>') & set(link.attrib["href"])


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://times.example/a b", "https://times.example/a%20b"),
        ("https://times.example/100%/é?q=a%20b#c", "https://times.example/100%25/%C3%A9?q=a%20b#c"),
        ("https://reader:secret@times.example:8443/", "https://times.example:8443/"),
        ("http://times.example", "http://times.example"),
    ],
)
def test_an_address_is_made_fit_for_a_link(url: str, linked: str) -> None:
    """What may not stand in an address is percent-encoded, and a password in it is not passed on."""
    [entry] = entries(shelf(edition("2026-11-21", hostile("A headline", url))))
    assert [link["href"] for link in links(entry, "via")] == [linked]


def test_a_second_guard_stands_behind_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Should a text ever get into the HTML unescaped, nothing active in it is kept."""
    monkeypatch.setattr("digest.feed.markup.change_in_words", lambda _: Markup(PAYLOADS[1] + PAYLOADS[5]))
    check_harmless(content(SHIP))


@settings(max_examples=50, deadline=None)
@given(st.text(min_size=1, max_size=40))
def test_any_text_makes_a_feed_that_can_be_read(text: str) -> None:
    """What XML or a reader cannot bear is gone: control characters, overrides of direction."""
    told = article("x", replace(TIMES, name=text), text, byline=(text,))
    messy = replace(
        SHIP,
        headline=text,
        keywords=(text,),
        summary=(replace(SHIP.summary[0], text=text, article="x"),),
        coverage=(replace(SHIP.coverage[0], article=kept(told)),),
    )
    library = shelf(edition("2026-11-21", messy), masthead=replace(MASTHEAD, title=f"The Morning {text}"))
    for path, body in feeds(library).items():
        shown = body.decode()
        assert not set(shown) & set("\x00\x0b\x1b\x7f\x85\u202e\u2066\ufffe\uffff")
        if path.endswith(".xml"):
            ET.fromstring(body)
    assert all(title.strip() for title in texts(entries(library), "title"))
    check_harmless(texts(entries(library), "content")[0])


def test_an_edition_is_one_entry() -> None:
    """It is named after its day and lists its headlines, each with its first sentence and its page."""
    library = shelf(edition("2026-11-21", SHIP, simple(1)))
    [entry] = entries(library, addresses.EDITIONS_FEED)
    assert texts(entry, "title") == ["Saturday, 21 November 2026"]
    assert texts(entry, "summary") == ["The ferry is back · Story 1"]
    assert [link["href"] for link in links(entry, "alternate")] == ["https://example.org/digest/2026/11/21/"]
    [html] = texts(entry, "content")
    assert html == (
        "<ol>\n"
        '<li><a href="https://example.org/digest/stories/the-ferry-is-back-1a2b/">The ferry is back</a>: '
        "The ferry to Holm sails again.</li>\n"
        '<li><a href="https://example.org/digest/stories/story-1-s001/">Story 1</a>: Sentence 1.</li>\n'
        "</ol>"
    )


def test_an_edition_is_published_at_its_opening() -> None:
    """Whatever it has shown since, that does not change; what it last said does."""
    grown = simple(1, "2026-11-19T06:00", updated="2026-11-21T06:00", sources=1)
    today = edition("2026-11-21", grown, simple(2, "2026-11-21T07:30"), simple(3, "2026-11-21T09:00"))
    [entry] = entries(shelf(today), addresses.EDITIONS_FEED)
    assert (texts(entry, "published"), texts(entry, "updated")) == (
        ["2026-11-21T05:00:00Z"],
        ["2026-11-21T09:00:00Z"],
    )
    [entry] = entries(shelf(replace(today, stories=(grown,))), addresses.EDITIONS_FEED)
    assert texts(entry, "published") == ["2026-11-21T05:00:00Z"]


def test_editions_come_newest_first() -> None:
    """The open edition, once it has stories, leads."""
    found = texts(entries(daily(days=3, a_day=1), addresses.EDITIONS_FEED), "title")
    assert found == ["Saturday, 21 November 2026", "Friday, 20 November 2026", "Thursday, 19 November 2026"]


def test_the_json_feed_says_the_same() -> None:
    """Same entries, ids, dates and content as the Atom feed."""
    made = feeds(shelf(edition("2026-11-21", SHIP, simple(1))))
    found = json.loads(made["feed.json"])
    assert found["version"] == "https://jsonfeed.org/version/1.1"
    assert (found["home_page_url"], found["feed_url"]) == (
        "https://example.org/digest/",
        "https://example.org/digest/feed.json",
    )
    told = ET.fromstring(made["atom.xml"]).findall(f"{ATOM}entry")
    for field, name in (("id", "id"), ("title", "title"), ("summary", "summary"), ("content_html", "content"),
                        ("date_published", "published"), ("date_modified", "updated")):  # fmt: skip
        assert [item[field] for item in found["items"]] == texts(told, name)
    assert found["items"][0]["tags"] == [ECONOMY.label, SCIENCE.label, "Holm"]
    assert "tags" not in found["items"][1]


def test_a_feed_reader_sees_what_was_meant() -> None:
    """feedparser, which many readers use, finds no fault and every part in its place."""
    parsed = feedparser.parse(feeds(shelf(edition("2026-11-21", SHIP, simple(1))))["atom.xml"])
    assert not parsed.bozo
    first = parsed.entries[0]
    assert (first.link, len(parsed.entries)) == (
        "https://example.org/digest/stories/the-ferry-is-back-1a2b/",
        2,
    )
    assert [link.href for link in first.links if link.rel == "via"] == [FERRY.url, TIMETABLE.url]
    assert first.summary.startswith("The ferry to Holm")
    assert first.content[0].type == "text/html"


def test_the_same_library_gives_the_same_bytes() -> None:
    """Neither the hash seed nor the time zone nor the locale nor the day changes a byte."""
    script = (
        "import hashlib, tests.test_feed as t\n"
        "library = t.shelf(t.edition('2026-11-21', t.SHIP, t.simple(1)))\n"
        "print(hashlib.sha256(repr(sorted(t.feeds(library).items())).encode()).hexdigest())"
    )
    root = Path(__file__).parents[1]
    runs = [
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"},
            cwd=root,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Pacific/Chatham"))
    ]
    assert runs[0] == runs[1] != ""
