"""The pages of the site: what stands on them, where they are, and what can never get onto them."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import lxml.html
import pytest

from digest import addresses
from digest.errors import TemplateError
from digest.model import Change, Dated, Library, Omission, Page
from digest.render import check, pages, press, words
from digest.render.press import outward
from digest.topics import OTHER, TOP_LEVEL
from tests import morning
from tests.library import (
    COMMONS,
    LETTER,
    NOTES,
    TIMES,
    article,
    edition,
    shelf,
    stated,
    story,
    utc,
)

PARIS = ZoneInfo("Europe/Paris")
FEEDS = {
    "health.xml",
    "atom.xml",
    "editions.xml",
    "feed.json",
    *(addresses.topic_feed(subject.slug) for subject in (*TOP_LEVEL, OTHER)),
}


def written(library: Library = morning.MORNING, templates: str | None = None) -> dict[str, str]:
    """Return every file of the site by its path."""
    return {page.path: page.body.decode() for page in pages(library, templates=templates) if isinstance(page, Page)}


@pytest.fixture(scope="module")
def site() -> dict[str, str]:
    """The site of the rich library."""
    return written()


def trees(site: dict[str, str]) -> Iterator[tuple[str, lxml.html.HtmlElement]]:
    """Return every HTML page, parsed."""
    return ((path, lxml.html.fromstring(text)) for path, text in site.items() if path.endswith(".html"))


def text_of(page: str) -> str:
    """Return the words of a page, with every run of white space made one space."""
    return " ".join(lxml.html.fromstring(page).text_content().split())


def one(headline: str, *, url: str | None = None, sentence: str = "A sentence of its own.") -> Library:
    """Return a library of one story with one article."""
    source = replace(article("onlyarticle1", NOTES, headline, [sentence]), url=url)
    return shelf(edition("2026-11-21", story("0a0b0c0d", "only", [(source, sentence)])))


def test_every_page_has_the_address_it_will_have_for_ever(site: dict[str, str]) -> None:
    """Every page stands where its address says, and nothing else does."""
    stories = ["2026/11/21/", "2026/11/20/", "2026/11/19/", "2025/12/31/"]
    stories += [
        addresses.story(each)
        for each in {s.id: s for e in reversed(morning.MORNING.editions) for s in e.stories}.values()
    ]
    weeks = ["2026/w47/", "2026/w01/"]
    topics = ["topics/", *(addresses.topic(subject.slug) for subject in (*TOP_LEVEL, OTHER))]
    sources = [f"articles/{key}/" for key in ("ferryletter1", "ferrynotes01", "cometcommons", "sealsnotes01")]
    folders = ["", *stories, *weeks, *topics, *sources, "archive/", "subscribe/", "status/", "about/"]
    files = ["404.html", "sitemap.xml", "robots.txt", "style.css", "icon.svg"]
    assert sorted(site) == sorted([*(f"{folder}index.html" for folder in folders), *files])


def test_links_lead_somewhere_under_any_path_and_without_a_server(site: dict[str, str]) -> None:
    """Every link between pages is relative, names a file that is there, and an id that is on it."""
    for path, tree in trees(site):
        if path == "404.html":
            continue
        for target in [*tree.xpath("//a/@href"), *tree.xpath("//link[not(@rel='canonical')]/@href")]:
            if target.startswith("https://"):
                continue
            file, _, fragment = target.partition("#")
            found = os.path.normpath(f"{path}/../{file}")
            assert found in site or found in FEEDS, f"{path} links to {target}"
            if fragment:
                assert lxml.html.fromstring(site[found]).xpath("//@id").count(fragment) == 1


def test_page_not_found_works_at_any_depth(site: dict[str, str]) -> None:
    """The page for addresses that are not there links from the root, as it is shown anywhere."""
    tree = lxml.html.fromstring(site["404.html"])
    local = [t for t in tree.xpath("//a/@href | //link/@href") if not t.startswith("https://")]
    assert local
    assert all(target.startswith("/digest/") for target in local)


def test_every_page_forbids_what_it_does_not_need_and_offers_the_feeds(site: dict[str, str]) -> None:
    """Nothing runs on any page, and a feed reader finds the feeds from wherever it starts."""
    for path, tree in trees(site):
        [policy] = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy.startswith("default-src 'none'; style-src 'self'; img-src 'self';")
        assert "base-uri 'none'; form-action 'none'" in policy
        assert not tree.xpath("//script | //style | //*[@style] | //iframe | //@*[starts-with(name(), 'on')]")
        assert tree.xpath("/html/@lang") == ["en"]
        offered = tree.xpath("//head/link[@rel='alternate']")
        kinds = [link.get("type") for link in offered]
        extra = 1 if path.startswith("topics/") and path != "topics/index.html" else 0
        assert kinds == ["application/atom+xml"] * 2 + ["application/feed+json"] + ["application/atom+xml"] * extra


def test_links_to_other_sites_hold_no_door_open(site: dict[str, str]) -> None:
    """A link that leaves the site says `noopener`."""
    outside = [a for _, tree in trees(site) for a in tree.xpath("//a[starts-with(@href, 'http')]")]
    assert outside
    assert {a.get("rel") for a in outside} == {"noopener"}


HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp;{{ 7 * 7 }}\x00"


def test_nothing_active_gets_from_an_article_onto_a_page() -> None:
    """Markup in headlines, names and sentences is shown as it is written; it is never obeyed."""
    source = replace(NOTES, name=HOSTILE)
    bad = replace(article("hostile00001", source, HOSTILE, [HOSTILE], byline=(HOSTILE,)), url="javascript:alert(3)")
    told = story("0a0b0c0d", "only", [(bad, HOSTILE)], bad, reprints=(replace(bad, key="hostile00002"),))
    told = replace(told, keywords=(HOSTILE,))
    omitted = Omission(headline=HOSTILE, language="en", source=HOSTILE, url="javascript:alert(4)", reason=HOSTILE)
    site = written(shelf(edition("2026-11-21", told, left_out=(omitted,))))
    for path, tree in trees(site):
        assert not tree.xpath("//script | //img | //@*[starts-with(name(), 'on')]"), path
        assert not [a for a in tree.xpath("//@href") if "javascript" in a.lower()], path
    assert "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp;{{ 7 * 7 }}" in text_of(site["index.html"])
    assert "articles/hostile00001/index.html" in site


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("http://example.org/two words/ä|[x]", "http://example.org/two%20words/%C3%A4%7C%5Bx%5D"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://name:secret@example.org/", "https://example.org/"),
        ("javascript:alert(1)", None),
        (" JaVaScRiPt:alert(1)", None),
        ("data:text/html,x", None),
        ("//example.org/", None),
        ("https://", None),
        ("http://[", None),
        ("https://example.org/\ud800", None),
        ("https://example.org:port/", None),
        ('https://exa"mple.org/', None),
    ],
)
def test_only_addresses_of_the_web_are_linked_to(url: str, shown: str | None) -> None:
    """A link is http or https with a host, without a password, and fit to stand in HTML; else it is none."""
    assert outward(url) == shown


def test_sentences_stand_on_the_page_word_for_word(site: dict[str, str]) -> None:
    """Every sentence of a summary is on the front page and its story's page, to the last character."""
    for told in morning.TODAY.stories:
        page = lxml.html.fromstring(site[f"{addresses.story(told)}index.html"])
        shown = page.xpath("//p[@class='summary']/span")
        assert [span.text_content().removeprefix("New: ") for span in shown] == [q.text for q in told.summary]
        assert all(q.text in text_of(site["index.html"]) for q in told.summary)


def test_each_sentence_leads_to_where_it_stands(site: dict[str, str]) -> None:
    """The mark behind a sentence goes to the source's own page, or to its place on our source page."""
    marks = lxml.html.fromstring(site["index.html"]).xpath("//a[@class='mark']")
    assert marks[0].get("href").startswith("https://times.example/ferrytimes01#:~:text=The%20night%20ferry")
    assert marks[0].get("aria-label") == "Sentence 1, from Port Times"
    seals = next(mark for mark in marks if "harbour-notes" in mark.get("aria-label"))
    assert seals.get("href") == "articles/sealsnotes01/index.html#p0-0"


@pytest.mark.parametrize(
    ("sentence", "day", "said"),
    [
        ("The ferry sank on Friday.", "2026-11-13", "(written 13 November)"),
        ("The ferry will sail again next week.", "2025-11-13", "(written 13 November 2025)"),
        ("The ferry sank on Friday.", "2026-11-21", None),  # of the day of the page
        ("The ferry sank in the night.", "2026-11-13", None),
    ],
)
def test_sentence_that_names_a_day_says_when_it_was_written(sentence: str, day: str, said: str | None) -> None:
    """`On Friday` is another Friday a week later; the date stands behind the sentence and is no part of it."""
    told = replace(article("onlyarticle1", NOTES, "Ferry", [sentence]), published=stated(day))
    page = written(shelf(edition("2026-11-21", story("0a0b0c0d", "only", [(told, sentence)]))))["index.html"]
    assert ("(written" in page) == (said is not None)
    assert said is None or said in page
    assert sentence in [span.text_content() for span in lxml.html.fromstring(page).cssselect(".summary > span[dir]")]


def test_front_page_says_at_once_how_much_there_is(site: dict[str, str]) -> None:
    """Below the name stand the date in words and one line of truth."""
    tree = lxml.html.fromstring(site["index.html"])
    assert tree.xpath("string(//h1)") == "The Morning"
    assert tree.xpath("string(//p[@class='date']/time)") == "Saturday, 21 November 2026"
    assert tree.xpath("string(//p[@class='truth'])") == "Eight stories from ten sources, about two minutes"


def test_front_page_and_its_dated_page_say_the_same(site: dict[str, str]) -> None:
    """The open edition stands at the root and at its date, which stays when the next one opens."""

    def stories(page: str) -> str:
        return re.sub(r'href="(\.\./)*', 'href="', page[page.index("<main>") : page.index("</main>")])

    assert stories(site["index.html"]) == stories(site["2026/11/21/index.html"])


def test_what_is_new_about_a_story_is_said_and_marked(site: dict[str, str]) -> None:
    """A story that grew says by how much, and the sentences that were not there before are marked."""
    ferry = lxml.html.fromstring(site["index.html"]).xpath("//article")[0]
    assert ferry.xpath("string(.//span[@class='change grown'])") == "+2 sources, two new sentences"
    assert len(ferry.xpath(".//ins")) == 2
    assert "Corrected: one new sentence" in text_of(site["index.html"])


def test_new_goes_without_saying_when_everything_is() -> None:
    """An edition of new stories alone does not call each of them new."""
    assert "New" not in text_of(written(one("A headline"))["index.html"])


def test_story_page_shows_the_latest_state_and_where_it_was_shown(site: dict[str, str]) -> None:
    """A story's page follows its newest edition and names all that showed it."""
    page = text_of(site["stories/night-ferry-runs-aground-off-skerry-a1b2c3d4/index.html"])
    assert "Buoys “never moved” after March storm" in page
    assert "By Otto Brandt and Rosa Hjelm" in page
    assert "First shown 20 November 2026, 06:10 Last change 21 November 2026, 07:40" in page
    assert "In the editions of Saturday, 21 November 2026 Friday, 20 November 2026" in page
    assert "https://example.org/digest/stories/night-ferry-runs-aground-off-skerry-a1b2c3d4/" in page


def test_timeline_is_drawn_and_told(site: dict[str, str]) -> None:
    """The picture of a story's reports has a title, and the same reports stand below it in order."""
    tree = lxml.html.fromstring(site["stories/parliament-cuts-farm-fuel-tax-b2c3d4e5/index.html"])
    [picture] = tree.xpath("//svg[@role='img']")
    assert picture.xpath("string(title)") == "Two reports from 20 November 2026 to 21 November 2026"
    assert [dot.get("cx") for dot in picture.xpath("circle")] == ["0.0%", "100.0%"]
    events = [" ".join(li.text_content().split()) for li in tree.xpath("//ol[@class='events']/li")]
    assert events == [
        "Upland Gazette, first report 20 November 2026, 23:50",
        "Evening Post 21 November 2026, 05:30 UTC\N{MINUS SIGN}5",
    ]


def test_nobody_is_called_first_who_may_not_have_been(site: dict[str, str]) -> None:
    """Where only the day of a report is known, another of that day may have been earlier."""
    page = text_of(site["stories/night-ferry-runs-aground-off-skerry-a1b2c3d4/index.html"])
    assert "first report" not in page


def test_private_source_gives_its_quoted_sentences_and_nothing_else() -> None:
    """Of a private source pages show its name, the date and what is quoted, wherever it has its text."""
    secret = replace(morning.FERRY_LETTER, url="https://letter.example/?token=s3cret", standfirst="Only for you.")
    watch = "The officer on watch had slept four hours in two days."
    site = written(shelf(edition("2026-11-21", story("0a0b0c0d", "ferry", [(secret, watch)], headline="Ferry"))))
    everything = "".join(site.values())
    for hidden in ("s3cret", secret.headline, "Nonymous", "Only for you", "The letter has seen the log"):
        assert hidden not in everything
    page = text_of(site["articles/ferryletter1/index.html"])
    assert watch in page
    assert LETTER.name in page


def test_source_page_shows_quotes_between_their_neighbours() -> None:
    """An article without an address has a page of what is quoted from it; a neighbour is shown once."""
    sentences = [f"This is sentence number {word}." for word in ("one", "two", "three", "four", "five")]
    source = article("neighbours01", NOTES, "Numbers", sentences)
    summary = [(source, sentences[1]), (source, sentences[3])]
    site = written(shelf(edition("2026-11-21", story("0a0b0c0d", "numbers", summary))))
    tree = lxml.html.fromstring(site["articles/neighbours01/index.html"])
    [passage] = tree.xpath("//div[@class='passages excerpts']/p")
    assert passage.text_content() == " ".join(sentences)
    assert [mark.text for mark in passage.xpath("mark")] == [sentences[1], sentences[3]]
    assert [mark.get("id") for mark in passage.xpath("mark")] == ["p0-29", "p0-89"]
    assert tree.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_older_editions_keep_their_quotes_on_the_source_page() -> None:
    """What an earlier edition quoted keeps its place when a later one quotes something else."""
    first, second = "The first sentence stood here.", "The second one is quoted today."
    source = article("twoeditions1", NOTES, "Twice", [first], [second])
    old = story("0a0b0c0d", "twice", [(source, first)], first_shown="2026-11-20T06:00")
    new = replace(
        story("0a0b0c0d", "twice", [(source, second)], first_shown="2026-11-20T06:00"),
        change=Change(kind="grown", sentences=(0,)),
    )
    site = written(shelf(edition("2026-11-21", new), edition("2026-11-20", old)))
    assert 'articles/twoeditions1/index.html#p0-0"' in site["2026/11/20/index.html"]
    page = lxml.html.fromstring(site["articles/twoeditions1/index.html"])
    assert [mark.text for mark in page.xpath("//mark")] == [first, second]


def test_whole_text_is_shown_only_where_its_source_lets_us(site: dict[str, str]) -> None:
    """With `republish` every kind of paragraph is shown as what it is, the quoted sentences marked in it."""
    tree = lxml.html.fromstring(site["articles/cometcommons/index.html"])
    [body] = tree.xpath("//div[@class='passages']")
    assert [child.tag for child in body] == ["p", "h2", "p", "ul", "blockquote", "p"]
    assert body[0].text_content() == morning.COMET_WHOLE.paragraphs[0].text
    assert [mark.get("id") for mark in body.xpath(".//mark")] == ["p0-0", "p2-0"]
    closed = replace(morning.COMET_WHOLE, source=replace(COMMONS, republish=False))
    told = story("c3d4e5f6", "comet", [(closed, morning.COMET)])
    assert "They saw it" in morning.COMET_WHOLE.text
    other = written(shelf(edition("2026-11-21", told)))["articles/cometcommons/index.html"]
    assert "mirror of 3.6 metres" not in other


def test_other_languages_and_directions_are_marked(site: dict[str, str]) -> None:
    """A headline in another language carries its tag; sentences that turn round stand apart."""
    tree = lxml.html.fromstring(site["index.html"])
    [arabic] = tree.xpath("//article[.//a[@lang='ar' and @dir='auto']]")
    assert [p.get("dir") for p in arabic.xpath("p[@class='summary']")] == ["rtl", None]
    assert not tree.xpath("//main//*[@lang='en']")


@pytest.mark.parametrize(
    ("library", "said"),
    [
        (morning.EMPTY, "The first edition is still to come"),
        (morning.QUIET, "The last edition Saturday, 21 November 2026 Eight stories from ten sources"),
    ],
    ids=["nothing at all", "nothing today"],
)
def test_a_day_without_stories_still_has_a_page(library: Library, said: str) -> None:
    """With nothing new the front page says so and leads to the last edition; it has no dated page yet."""
    site = written(library)
    assert "No stories yet" in text_of(site["index.html"])
    assert said in text_of(site["index.html"])
    assert f"{library.today.id.replace('-', '/')}/index.html" not in site


def test_topic_without_stories_is_a_page_too(site: dict[str, str]) -> None:
    """All topics have a page from the first day; an empty one says that it is."""
    assert "No story has been filed here yet" in text_of(site["topics/education/index.html"])
    assert "Seals on the mole" in text_of(site["topics/other/index.html"])


def test_topic_weeks_are_drawn_and_told() -> None:
    """A topic that had stories in several weeks shows them as bars, and says the same in words."""
    old = story("0a0b0c0d", "old", [(morning.RAIL_WIRE, morning.RAIL)], topics=morning.RAIL_STORY.topics)
    old = replace(old, first_shown=utc("2026-11-08T23:30"), updated=utc("2026-11-08T23:30"))
    site = written(shelf(morning.TODAY, edition("2026-11-09", old)))
    tree = lxml.html.fromstring(site["topics/economy-business-and-finance/index.html"])
    assert len(tree.xpath("//svg[@role='img']/rect")) == 2
    said = "Stories a week over 12 weeks: one in week 46 and one in week 47; none in the others."
    assert said in text_of(site["topics/economy-business-and-finance/index.html"])


def test_weeks_are_iso_weeks_with_the_iso_year(site: dict[str, str]) -> None:
    """The last day of 2025 stands in the first week of 2026."""
    assert "Week 1 of 2026 29 December 2025 to 4 January 2026" in text_of(site["2026/w01/index.html"])


def test_sitemap_names_what_may_be_found(site: dict[str, str]) -> None:
    """The sitemap has absolute addresses, says when stories changed, and leaves out what search must not."""
    found = re.findall(r"<loc>(.*?)</loc>(?:<lastmod>(.*?)</lastmod>)?", site["sitemap.xml"])
    listed = dict(found)
    assert len(listed) == len(found)
    assert all(address.startswith("https://example.org/digest/") for address in listed)
    ferry = f"https://example.org/digest/{addresses.story(morning.FERRY)}"
    assert listed[ferry] == "2026-11-21T06:40:00+00:00"
    for path, tree in trees(site):
        hidden = bool(tree.xpath("//meta[@name='robots' and @content='noindex']"))
        assert hidden == (f"https://example.org/digest/{path.removesuffix('index.html')}" not in listed), path
    assert "Sitemap: https://example.org/digest/sitemap.xml" in site["robots.txt"]


def test_every_page_names_its_own_lasting_address(site: dict[str, str]) -> None:
    """The canonical address is absolute and the same wherever a copy of the page is found."""
    for path, tree in trees(site):
        if not tree.xpath("//meta[@name='robots']"):
            address = f"https://example.org/digest/{path.removesuffix('index.html')}"
            assert tree.xpath("//link[@rel='canonical']/@href") == [address]


def test_front_page_stays_light() -> None:
    """Twelve stories of eight sources each and the stylesheet come to less than 60 kB."""
    sentence = "In this sentence stand about twenty words, as many as in most that a paper prints, namely {}."
    stories = []
    for number in range(12):
        told = [
            article(
                f"heavy{number:02}{index:05}",
                TIMES,
                f"A headline of usual length, number {number}, told by source {index}",
                [sentence.format(f"{number} of {index}")],
            )
            for index in range(8)
        ]
        told = [replace(a, source=replace(TIMES, id=f"s{i}", name=f"Source {i}")) for i, a in enumerate(told)]
        summary = [(a, a.paragraphs[0].text) for a in told[:3]]
        stories.append(story(f"{number:08}", f"heavy-{number}", summary, *told[3:]))
    site = written(shelf(edition("2026-11-21", *stories)))
    assert len((site["index.html"] + site["style.css"]).encode()) < 60_000


def test_own_template_replaces_ours(tmp_path: Path) -> None:
    """A file in the reader's own folder of templates takes the place of ours; all others stay."""
    (tmp_path / "about.html").write_text('{% extends "base.html" %}{% block main %}<h1>By me</h1>{% endblock %}')
    (tmp_path / "style.css").write_text("body { color: teal; }\n")
    site = written(templates=str(tmp_path))
    assert "By me" in text_of(site["about/index.html"])
    assert site["style.css"] == "body { color: teal; }\n"
    assert "Eight stories" in text_of(site["index.html"])
    check(str(tmp_path))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("about.html", b"a\n{% if %}", "template about.html: line 2: Expected an expression"),
        ("about.html", b"{{ 'a'|loud }}", "template about.html: line 1: No filter named 'loud'."),
        (
            "about.html",
            b'{% extends "bass.html" %}',
            "template about.html: `bass.html`, which it needs, is not there",
        ),
        ("style.css", b"\xff\xfe", "template style.css: not UTF-8: invalid start byte at byte 0"),
    ],
    ids=["malformed", "unknown filter", "missing base", "not text"],
)
def test_broken_template_is_named(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    """What is wrong with a template is said with its name and line, by a check as by a build."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(TemplateError, match=re.escape(reason)):
        check(str(tmp_path))
    with pytest.raises(TemplateError, match=re.escape(reason)):
        written(templates=str(tmp_path))


def test_unknown_name_in_a_template_is_an_error(tmp_path: Path) -> None:
    """A misspelt name stops the build and is named with its place; it never becomes a blank."""
    ours = (press._CHECKOUT / "_story.html").read_text("utf-8")
    (tmp_path / "_story.html").write_text(ours.replace("story.headline", "story.haedline"), "utf-8")
    with pytest.raises(TemplateError, match=r"template _story\.html: line \d+: .*haedline"):
        written(templates=str(tmp_path))


def test_folder_of_templates_must_be_there(tmp_path: Path) -> None:
    """A folder of templates that is not there is an error that names it."""
    with pytest.raises(TemplateError, match="nowhere: there is no such folder"):
        check(str(tmp_path / "nowhere"))


def test_templates_are_found_in_an_installed_package(
    site: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wheel carries the templates inside the package, where they are found without a checkout."""
    shutil.copytree(press._CHECKOUT, tmp_path / "templates")
    monkeypatch.setattr(press, "_PACKAGED", tmp_path / "templates")
    monkeypatch.setattr(press, "_CHECKOUT", tmp_path / "gone")
    assert written() == site


DIGEST_OF_THE_SITE = """
import hashlib
from digest.render import pages
from tests.morning import MORNING
print(hashlib.sha256(b"".join(p.path.encode() + p.body for p in pages(MORNING))).hexdigest())
"""


def test_same_library_gives_the_same_bytes_anywhere() -> None:
    """No page depends on the time zone, the locale or the hash seed of the machine."""
    found = {
        subprocess.run(
            [sys.executable, "-c", DIGEST_OF_THE_SITE],
            env={**os.environ, "TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[1],
            check=True,
            capture_output=True,
        ).stdout
        for zone, locale, seed in [("UTC", "C", "1"), ("Pacific/Chatham", "C.UTF-8", "2")]
    }
    assert len(found) == 1


@pytest.mark.parametrize(
    ("published", "today", "text", "note"),
    [
        (stated("2026-11-21T18:20"), date(2026, 11, 21), "18:20", ""),
        (stated("2026-11-21T18:20", hours=None), date(2026, 11, 21), "18:20", "zone unknown"),
        (stated("2026-11-20T18:20"), date(2026, 11, 21), "20 November, 18:20", ""),
        (stated("2026-11-21"), date(2026, 11, 21), "21 November", ""),
        (stated("2025-02-27T18:20"), date(2026, 11, 21), "27 February 2025, 18:20", ""),
        (stated("2026-11-21T18:20"), None, "21 November 2026, 18:20", ""),
        (stated("2026-07-01T18:20", hours=2), None, "1 July 2026, 18:20", ""),
        (stated("2026-11-21T18:20", hours=0), None, "21 November 2026, 18:20 UTC", ""),
        (stated("2026-11-21T23:20", hours=-8), None, "21 November 2026, 23:20 UTC\N{MINUS SIGN}8", ""),
        (stated("2025-03-07", settings=True), None, "7 March 2025", "from the settings"),
        (replace(stated("2026-11-21T18:20"), origin="first_seen"), None, "date unknown", ""),
        (None, None, "date unknown", ""),
    ],
)
def test_dates_are_shown_as_given(published: Dated | None, today: date | None, text: str, note: str) -> None:
    """A day is shown as a day, a time with its zone where it is not ours, and first sight as no date."""
    shown = words.when(published, zone=PARIS, today=today)
    assert (shown.text, shown.note) == (text, note)


def test_time_in_a_zone_of_half_hours_says_so() -> None:
    """A zone that is not a whole number of hours away is given to the minute."""
    value = datetime.fromisoformat("2026-11-21T18:20+05:30")
    dated = Dated(value=value, precision="minute", zone_known=True, origin="stated")
    assert words.when(dated, zone=PARIS).text == "21 November 2026, 18:20 UTC+5:30"


@pytest.mark.parametrize(
    ("amount", "text"),
    [(0, "no stories"), (1, "one story"), (10, "ten stories"), (11, "11 stories"), (1200, "1,200 stories")],
)
def test_numbers_up_to_ten_are_words(amount: int, text: str) -> None:
    """One is a story, ten are stories in words, and more are counted in digits."""
    assert words.count(amount, "story", "stories") == text


@pytest.mark.parametrize(("amount", "minutes"), [(1, 1), (238, 1), (239, 2), (2380, 10)])
def test_minutes_are_counted_from_words(amount: int, minutes: int) -> None:
    """Reading takes a minute for 238 words, rounded up, at least one."""
    assert words.minutes(["word " * amount]) == minutes


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (Change(kind="new"), "New"),
        (Change(kind="grown", sources=1), "+1 source"),
        (Change(kind="grown", sources=2, sentences=(1,)), "+2 sources, one new sentence"),
        (Change(kind="grown", stories=1, sources=1), "+1 story, +1 source"),
        (Change(kind="grown"), "Grown"),
        (Change(kind="corrected"), "Corrected"),
        (Change(kind="retracted"), "Retracted"),
    ],
)
def test_changes_are_put_into_words(change: Change, text: str) -> None:
    """What happened to a story since the last edition takes a few words."""
    assert words.changed(change) == text


@pytest.mark.parametrize(
    ("tag", "mark"),
    [("en", None), ("und", None), ("de", "de"), ("pt_BR", "pt-BR"), ('"><b>', None), ("", None)],
)
def test_only_other_languages_are_marked(tag: str, mark: str | None) -> None:
    """A text in the page's own language, or in none that is known, carries no tag."""
    assert words.foreign(tag, "en") == mark


@pytest.mark.chromium
def test_no_page_scrolls_sideways_and_fingers_find_every_control(tmp_path: Path, chromium: Any) -> None:
    """At 320 pixels every page fits, and what is not a word in a sentence is 44 pixels high."""
    for path, text in written().items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    page = chromium.new_page(viewport={"width": 320, "height": 700})
    for file in sorted(tmp_path.rglob("index.html")):
        page.goto(file.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, file
        small = page.evaluate(
            """[...document.querySelectorAll(
                'summary, nav a, .headline a, .label a, .title, .lines a, .calendar a'
            )].filter(e => e.getBoundingClientRect().height < 43.5).map(e => e.outerHTML)"""
        )
        assert not small, file
        split = "[...document.querySelectorAll('.mark')].some(e => e.getClientRects().length > 1)"
        assert not page.evaluate(split), file
    page.close()
