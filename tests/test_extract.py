"""Extract: what a page wraps around its article is taken away, and the article is left as it was."""

import json
import re
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from digest.errors import ItemError
from digest.extract import EXTRACTORS, explain, extract
from digest.extract.bios import bios
from digest.extract.bylines import bare_names, names_after_label
from digest.extract.continued import with_continuation
from digest.extract.dates import find_dates
from digest.extract.entries import with_entries
from digest.extract.features import features
from digest.extract.glue import unglue
from digest.extract.lexicon import WORD, phrases
from digest.extract.lines import HEADING, ITEM, Line
from digest.extract.markup import parse
from digest.extract.mend import mended
from digest.extract.paragraphs import dateline, reporters
from digest.extract.trim import cuts
from digest.model import Article, Dated, Item, Metadata, Source

CASES = Path(__file__).parent / "cases" / "extract"
REFUSED = CASES.parent / "refused"
EXPECTED = sorted(CASES.glob("*.json"))
NOWHERE = Source(id="file-note", name="note")

LEDE = "The lock keepers of Ammer canal have asked for bicycles, since the towpath is now longer than their patience."
SECOND = (
    "Each of the nine keepers looks after two locks, and the walk between them takes twenty minutes in good weather."
)
THIRD = (
    "The canal office has ordered nine bicycles with baskets, it said on Monday, and one spare for the winter months."
)
HEADLINE = "Lock keepers on the Ammer canal are to get bicycles"
PLAIN = f"{HEADLINE}\n\n{LEDE}\n\n{SECOND}\n\n{THIRD}\n"


def item(body: bytes | str, *, media_type: str = "text/plain", declared: Metadata | None = None, **of: object) -> Item:
    """Return an item that holds *body*, from a file that names no source."""
    return Item(
        key="k",
        source=replace(NOWHERE, **of),  # type: ignore[arg-type]
        locator="seeds/note.txt",
        identities=(),
        media_type=media_type,
        body=body.encode("utf-8") if isinstance(body, str) else body,
        declared=declared or Metadata(),
    )


def case(expected: Path) -> Item:
    """Return the item of the page that lies beside *expected*."""
    [page] = [path for path in CASES.glob(f"{expected.stem}.*") if path != expected]
    return item(page.read_bytes(), media_type="text/html" if page.suffix == ".html" else "text/plain")


def rejection(body: bytes | str, *, media_type: str = "text/plain") -> str:
    """Return the reason for which *body* is set aside."""
    with pytest.raises(ItemError) as caught:
        extract(item(body, media_type=media_type))
    assert caught.value.locator == "seeds/note.txt"
    return caught.value.reason


def texts(article: Article) -> list[str]:
    return [paragraph.text for paragraph in article.paragraphs]


def letters(text: str) -> str:
    return "".join(WORD.findall(text))


# Cases: a page and, in the JSON file beside it, what is to come of it.


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda path: path.stem)
def test_page_gives_the_article_beside_it(expected: Path) -> None:
    """Add a page and a JSON file with what is to come of it, and it is a test."""
    wanted = json.loads(expected.read_text("utf-8"))
    article = extract(case(expected))
    found = {
        "headline": article.headline,
        "byline": list(article.byline),
        "published": article.published and article.published.stated,
        "language": article.language,
        "url": article.url,
        "site": article.source.name,
        "paragraphs": [{"kind": paragraph.kind, "text": paragraph.text} for paragraph in article.paragraphs],
    }
    assert {key: found[key] for key in wanted} == wanted


def test_there_are_cases_in_several_languages() -> None:
    """The cases cover English, German, French and Spanish at least."""
    languages = {json.loads(path.read_text("utf-8"))["language"] for path in EXPECTED}
    assert len(EXPECTED) >= 12
    assert languages >= {"en", "de", "fr", "es"}


# Laws.


def bare(text: str) -> str:
    """Return *text* without white space and quotation marks."""
    return re.sub(r"[\s\"'“”„‚‘’«»‹›]", "", text)


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda path: path.stem)
def test_text_is_that_of_the_source(expected: Path) -> None:
    """A paragraph says what its source says, character for character; only white space is mended."""
    for paragraph in extract(case(expected)).paragraphs:
        assert bare(paragraph.text) == bare(paragraph.raw)
        assert paragraph.text == " ".join(paragraph.text.split())


@pytest.mark.parametrize("expected", [p for p in EXPECTED if (CASES / f"{p.stem}.txt").exists()], ids=lambda p: p.stem)
def test_every_character_stands_in_the_page_in_order(expected: Path) -> None:
    """Nothing is added and nothing changes places: paragraph by paragraph, the source has it all."""
    made = case(expected)
    page = bare(made.body.decode("utf-8"))
    at = 0
    for paragraph in extract(made).paragraphs:
        at = page.index(bare(paragraph.text), at) + len(bare(paragraph.text))


def again(article: Article) -> Article:
    """Return *article* cleaned once more, from its headline and paragraphs."""
    return extract(item("\n\n".join([article.headline, *texts(article)])))


@pytest.mark.parametrize(
    # Neither lists nor code are marked in a text.
    "expected",
    [p for p in EXPECTED if '"item"' not in p.read_text("utf-8") and p.stem != "code-and-verse"],
    ids=lambda path: path.stem,
)
def test_clean_article_stays_as_it_is(expected: Path) -> None:
    """Cleaning what is clean changes nothing."""
    article = extract(case(expected))
    second = again(article)
    assert (second.headline, second.paragraphs) == (
        article.headline,
        tuple(replace(p, raw=q.raw) for p, q in zip(article.paragraphs, second.paragraphs, strict=True)),
    )


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda path: path.stem)
def test_explanation_tells_what_was_kept(expected: Path) -> None:
    """The lines that are said to be kept are the article's, and every other line says why it is not."""
    told = explain(case(expected))
    assert told.article == extract(case(expected))
    kinds = [fate.kept for fate in told.fates if fate.kept not in {"", "headline", "standfirst", "byline"}]
    assert kinds == [p.kind for p in told.article.paragraphs]
    assert all(bool(fate.kept) != bool(fate.why) for fate in told.fates)


@pytest.mark.parametrize(
    "expected", [p for p in EXPECTED if p.with_suffix(".txt").exists()], ids=lambda path: path.stem
)
def test_explanation_shows_every_word_of_a_dump(expected: Path) -> None:
    """Nothing of a page is passed over in silence."""
    shown = "".join(fate.text for fate in explain(case(expected)).fates)
    assert letters(shown) == letters(case(expected).body.decode("utf-8"))


NOUNS = ["ferry", "harbour", "council", "orchard", "tram", "archive", "glacier", "library", "choir", "quarry"]
VERBS = ["reopened", "closed", "moved", "doubled", "vanished", "returned", "failed", "grew"]
ENDS = ["after eleven years", "without a word", "in the middle of the night", "for the second time since the war"]
SENTENCES = st.builds(
    "The {} of {} {} {}, and the people of the {} were told of it on a rainy morning by the {}.".format,
    *(st.sampled_from(words) for words in (NOUNS, ["Holm", "Kell", "Lissen", "Marlow"], VERBS, ENDS, NOUNS, NOUNS)),
)
PARAGRAPHS = st.lists(st.lists(SENTENCES, min_size=1, max_size=3).map(" ".join), min_size=3, max_size=9, unique=True)


@given(st.sampled_from(NOUNS), PARAGRAPHS)
@settings(max_examples=60, deadline=None)
def test_text_without_boilerplate_is_kept_whole(noun: str, paragraphs: list[str]) -> None:
    """A headline and paragraphs with nothing around them come out as they went in, in their order."""
    headline = f"Why the {noun} of Marlow makes the news again this week"
    whole = [p for p in paragraphs if not any(p != q and p in q for q in paragraphs)]
    article = extract(item("\n\n".join([headline, *whole])))
    assert (article.headline, texts(article)) == (headline, whole)


@given(st.binary(max_size=400))
@example(b"\xff\xfe")
@example(b"\xef\xbb\xbf")
@example(b"\x00\xd8\x00\xd8")
@example(b"<")
@example(b"<?xml version='1.0' encoding='idna'?><html><p>\xff</p>")
@settings(max_examples=150, deadline=None)
def test_any_bytes_give_an_article_or_a_reason(body: bytes) -> None:
    """Whatever a file holds, the build goes on."""
    for media_type in EXTRACTORS:
        with suppress(ItemError):
            assert extract(item(body, media_type=media_type)).paragraphs


PIECES = [
    *(
        "Also Read | ",
        "Photo: ",
        "(AP Photo/X)",
        "By Ann Berg ",
        "© 2024 ",
        "12 May 2024, 10:00 GMT",
        "“",
        "”",
        "'",
        '"',
    ),
    *(
        LEDE,
        SECOND,
        "\n",
        "\n\n",
        "The end.The start",
        "aB",
        "- ",
        "1. ",
        "# ",
        "> ",
        " | ",
        "\t",
        "<p>",
        "</p>",
        "<br>",
    ),
    *(
        "<h1>",
        "\u202e",
        "\u00ad",
        "&#x202e;",
        "é",
        "ß",
        "Комментарии",
        "评论",
        "http://x.example/Y.Z",
        "Skip to content",
    ),
]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=30).map("".join))
@settings(max_examples=200, deadline=None)
def test_any_text_gives_clean_characters_or_a_reason(text: str) -> None:
    """No control character and no mark that steers the direction of writing gets through."""
    for media_type in EXTRACTORS:
        try:
            article = extract(item(text.encode("utf-8", "replace"), media_type=media_type))
        except ItemError:
            continue
        for said in (article.headline, *article.byline, *texts(article)):
            assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b\ufffe\uffff]", said)


@given(st.text(max_size=80), st.sampled_from(["en", "de", "fr", "und"]))
@settings(max_examples=300, deadline=None)
def test_mending_adds_white_space_only_and_once(text: str, language: str) -> None:
    """A mended text differs in white space, and mending it again changes nothing."""
    once = mended(text, language=language)
    assert "".join(once.split()) == "".join(text.split())
    assert mended(once, language=language) == once


# Encodings.


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_read_with_and_without_a_mark(encoding: str) -> None:
    """UTF-8, UTF-16 and UTF-32 are told by their mark or by their zero bytes."""
    assert extract(item(PLAIN.encode(encoding))).headline == HEADLINE


def test_old_western_file_is_read() -> None:
    """A file from an old Windows editor keeps its umlauts."""
    page = (CASES / "deutsch.txt").read_text("utf-8").replace("Świerk", "Schwenk")
    article = extract(item(page.encode("cp1252")))
    assert article.paragraphs[0].text.startswith("Seit drei Wochen speist das Freibad in Kaltenau Strom ins Netz")
    assert "„Wir haben uns selbst gewundert“" in article.paragraphs[0].text


def test_a_stray_byte_does_not_spoil_a_utf_8_file() -> None:
    """UTF-8 with a few bytes of Windows-1252 in it stays UTF-8."""
    body = (
        PLAIN.replace("canal office", "café “office”").encode("utf-8").replace(b"winter months", b"winter \x96 months")
    )
    assert extract(item(body)).paragraphs[2].text == THIRD.replace("canal office", "café “office”").replace(
        "winter months", "winter – months"
    )


def page(head: str = "", body: str = f"<h1>{HEADLINE}</h1><p>{LEDE}</p><p>{SECOND}</p><p>{THIRD}</p>") -> str:
    """Return a small web page."""
    return f"<!DOCTYPE html><html><head>{head}<title>{HEADLINE}</title></head><body>{body}</body></html>"


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="iso-8859-1">', "cp1252"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">', "cp1251"),
        ('<meta charset="shift_jis">', "cp932"),
    ],
)
def test_declared_charset_of_a_page_is_believed(head: str, encoding: str) -> None:
    """A page is read in the charset that it declares, as browsers read it."""
    told = {"cp1252": "“Très bien”", "cp1251": "«Хорошо»", "cp932": "結構です"}[encoding]
    body = page(head).replace("on Monday", f"on Monday {told}").encode(encoding)
    assert told in extract(item(body, media_type="text/html")).text


def test_charset_of_the_media_type_is_believed() -> None:
    """What the server says of a page's charset counts."""
    body = page().replace("on Monday", "on Monday (Хорошо)").encode("koi8-r")
    assert "(Хорошо)" in extract(item(body, media_type="text/html; charset=koi8-r")).text


def test_unknown_declared_charset_is_guessed() -> None:
    """A page that declares a charset nobody knows is read by what its bytes show."""
    body = page('<meta charset="x-nobody">').replace("on Monday", "on Monday in a café").encode("cp1252")
    assert "in a café" in extract(item(body, media_type="text/html")).text


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty: 0 bytes"),
        (b"%PDF-1.7 and so on", "not text: a PDF file"),
        (b"PK\x03\x04 and so on", "not text: a ZIP archive or office document"),
        (b"\x89PNG\r\n\x1a\n", "not text: a PNG image"),
        (bytes(range(256)) * 8, "not text: zero bytes in it, and it is not UTF-16"),
        (bytes([0x81, 0x8D, 0x01, 0x02, 0x03, 0x04, 0x05]) * 40, "unknown encoding: byte 0x81 at 0 is not UTF-8"),
        (b"a" * 50_000_000, "too large: 50.0 MB, at most 8 MB"),
    ],
)
def test_what_is_not_text_is_set_aside(body: bytes, reason: str) -> None:
    """Empty files, pictures, programs and giants are named as what they are."""
    assert rejection(body).startswith(reason)


# Pages that hold no article.


def test_too_few_words_are_counted_out() -> None:
    """The message says how many words there are and how many are needed."""
    words = "The bakery on the corner of Mill Lane will be closed until further notice for lack of bread."
    assert rejection(words) == "no article text found: 18 words, at least 50 needed"


@pytest.mark.parametrize("media_type", sorted(EXTRACTORS))
def test_white_space_is_no_article(media_type: str) -> None:
    """A page without a word is set aside."""
    assert rejection(" \n\t\n ", media_type=media_type) == "no article text found: 0 words, at least 50 needed"


LOGIN = (
    "Log in",
    "Please log in to continue reading this article.",
    "Enter your email address and your password below.",
    "Forgot your password? Click here and we will send you a new one.",
    "Don't have an account? Sign up for free in less than a minute.",
    "By signing in you agree to our terms of service and our privacy policy.",
    "Already a subscriber? Sign in with your subscription number instead.",
    "Contact us if you have trouble with your account or your browser.",
)
CONSENT = (
    "We value your privacy",
    "We use cookies and similar methods to store personal data on your device with your consent.",
    "With your consent, we and our partners use cookies to measure advertisements and learn about your preferences.",
    "You can withdraw your consent at any time in our cookie settings or in your browser.",
    "Accept all cookies or become a subscriber and read without advertisements.",
    "Read our privacy policy and our cookie policy to find out how we use personal data.",
)
LOST = (
    "404",
    "Page not found",
    "The page you are looking for could not be found, or it is no longer available.",
    "Please check the address, or go back home and try again later.",
    "If you think that something went wrong on our side, tell the site administrator the error code below.",
)
RIGHTS = (
    "© 2025 The Ammer Post. All rights reserved.",
    "Nothing on these pages may be reproduced without prior written permission of the publisher.",
    "By reading on you accept our terms of use and our privacy policy, both of which are found below.",
    "The views expressed here are those of their authors and do not necessarily reflect those of the paper.",
    "What is said here is for informational purposes only and does not constitute investment advice.",
)
COPYRIGHT = (
    "Court lets painters keep the copyright in doors",
    "A painter of doors keeps her copyright, a court has found.",
    "Copyright ends with the door, a timber merchant had argued.",
    "Doors are art and copyright outlives hinges, the judges said.",
    "The merchant had copied forty doors, all of them under copyright.",
    "Painters of windows want copyright too, their lawyer said on Monday.",
    "The copyright in keyholes was not before the court this week.",
)
LINKS = tuple(f"{noun.title()} {verb} {end}" for noun in NOUNS for verb in VERBS[:4] for end in ENDS[:2])
FRONT = tuple(
    line
    for headline, blurb in {
        "Ferry strike enters its third week": "Islanders fetch bread by rowing boat while both sides wait for a judge.",
        "Composer finds lost waltz in a piano stool": "Eleven bars were missing, and a granddaughter remembers them.",
        "Cup final moved indoors": "Rain has turned the pitch at Lissen into a pond, and herons have been seen.",
        "Parliament debates summer time": "Farmers want longer mornings, restaurants plead for evenings.",
        "Chess champion beaten by pupil, 9": "She learnt from library cards that her uncle had thrown away.",
        "Why bakers hoard rye": "Prices doubled within a month, but nobody outside Halm seems to know the reason.",
        "Tunnel drill christened Berta": "Engineers expect daylight near Osterby before next Easter.",
        "Museum lends out its whale": "Movers needed nine hours, two cranes and a very patient policeman.",
    }.items()
    for line in (headline, blurb)
)


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (LOGIN, "% of the text is a login, consent or subscription notice"),
        (CONSENT, "% of the text is a login, consent or subscription notice"),
        (LOST, "% of the text is an error notice,"),
        (RIGHTS, "% of the text is a legal notice,"),
        (LINKS, "words, at least 50 needed"),
        (FRONT, "short texts on different things, one text needed"),
    ],
    ids=["login", "consent", "error", "rights", "links", "front page"],
)
@pytest.mark.parametrize("space", ["\n", "\n\n"], ids=["tight", "spaced"])
def test_pages_without_an_article_are_set_aside(lines: tuple[str, ...], reason: str, space: str) -> None:
    """A login, a cookie wall, an error, terms of use, links and a front page are no articles; the reason says so."""
    found = rejection(space.join(lines))
    assert found.startswith("no article text found: ")
    assert reason in found


@pytest.mark.parametrize("media_type", ["text/plain", "text/html"])
def test_article_on_copyright_is_no_legal_notice(media_type: str) -> None:
    """Every sentence of it may speak of the law."""
    body = "\n".join(COPYRIGHT)
    if media_type == "text/html":
        paragraphs = "".join(f"<p>{line}</p>" for line in COPYRIGHT[1:])
        body = f"<html><body><h1>{COPYRIGHT[0]}</h1>{paragraphs}</body></html>"
    assert texts(extract(item(body, media_type=media_type))) == list(COPYRIGHT[1:])


@pytest.mark.parametrize(("name", "reason"), json.loads((REFUSED / "reasons.json").read_text("utf-8")).items())
def test_saved_pages_without_an_article_are_set_aside(name: str, reason: str) -> None:
    """Consent and login walls, error pages, stubs of videos, lists of links, results and front pages are none."""
    [page] = REFUSED.glob(f"{name}.*")
    assert reason in rejection(page.read_bytes(), media_type="text/html" if page.suffix == ".html" else "text/plain")


LIST = "<ul><li>A second crane for the northern quay</li><li>A shelter for those who wait</li></ul>"


@pytest.mark.parametrize("end", [LIST, "<table><tr><td>Cars</td><td>4,100</td></tr></table>"])
def test_list_or_table_that_ends_a_fragment_stays(end: str) -> None:
    """A feed's content may end in one; it is no headline of another article."""
    article = extract(
        item(f"<p>{LEDE}</p><p>{SECOND}</p><p>{THIRD}</p><p>Three things:</p>{end}", media_type="text/html")
    )
    assert len(article.paragraphs) == (6 if end == LIST else 5)


def test_list_that_ends_a_dump_stays() -> None:
    """So does one in a text."""
    article = extract(item(f"{PLAIN}\nThe office wants three things:\n- A second crane for the quay\n- A shelter"))
    assert [p.kind for p in article.paragraphs][-2:] == ["item", "item"]


def test_code_in_a_fragment_keeps_its_lines() -> None:
    """What is preformatted in an entry of a feed is not squashed, and is never quoted as text."""
    fragment = f"<p>{LEDE}</p><p>{SECOND}</p><pre>barges = 0\n  # one more\n  barges += 1</pre><p>{THIRD}</p>"
    found = extract(item(fragment, media_type="text/html")).paragraphs
    assert [(p.kind, p.text) for p in found[2:-1]] == [
        ("quote", "barges = 0"),
        ("quote", "# one more"),
        ("quote", "barges += 1"),
    ]


def test_subheads_that_are_their_own_anchors_are_no_pointers() -> None:
    """Many pages link each subhead to itself; links to other pages below each other make a front page."""
    page = "<html><body><h1>Canal</h1>" + "".join(
        f"<h2><a href='{{}}'>Part {n}</a></h2><p>{text}</p>"
        for n, text in enumerate((LEDE, SECOND, THIRD, LEDE + " So."))
    )
    assert extract(item(page.replace("{}", "#part"), media_type="text/html")).paragraphs
    assert "links with a few words" in rejection(page.replace("{}", "/part"), media_type="text/html")


def test_entities_of_a_text_without_markup_are_read() -> None:
    """What a feed calls HTML may have entities and no tags."""
    article = extract(item(f"Fish &amp; chips &#8212; {LEDE} {SECOND}\n\n{THIRD}", media_type="text/html"))
    assert "Fish & chips —" in article.headline + article.text


def test_page_of_many_elements_inside_each_other_is_read() -> None:
    """Some pages never close their blocks."""
    text = f"<p>{LEDE}</p><p>{SECOND}</p><p>{THIRD}</p>"
    article = extract(item(f"<html><body>{'<div>' * 260}<h1>Canal</h1>{text}", media_type="text/html"))
    assert len(article.paragraphs) == 3


@pytest.mark.parametrize(
    ("media_type", "line"),
    [("text/plain", "a\n"), ("text/html", "a<br>"), ("text/html", "<html>a<br>"), ("text/markdown", "- a\n")],
)
def test_page_of_too_many_lines_is_set_aside(media_type: str, line: str) -> None:
    """No article has so many, and reading them would take minutes."""
    assert rejection(line * 60_000, media_type=media_type) == "too long: 60,000 lines, at most 50,000"


def test_element_of_very_many_attributes_is_read() -> None:
    """It loses them; its text stays, and so do long values."""
    many = " ".join(f"a{number}=1" for number in range(20_000))
    long_value = "x " * 20_000
    body = f"<p {many}>{LEDE}</p><p>{SECOND}</p><p title='{long_value}'>{THIRD}</p>"
    page = f"<html><body><h1>{HEADLINE}</h1>{body}</body></html>"
    assert texts(extract(item(page, media_type="text/html"))) == [LEDE, SECOND, THIRD]
    tree = parse(page)
    assert tree is not None
    assert [len(element.attrib) for element in tree.iter("p")] == [0, 0, 1]


def test_whole_page_is_known_behind_a_long_comment() -> None:
    """Its head is not text."""
    comment = f"<!-- {'licence ' * 800} -->"
    head = "<html><head><title>Canal</title></head><body><h1>Canal</h1>"
    page = f"{comment}{head}<p>{LEDE}</p><p>{SECOND}</p><p>{THIRD}</p>"
    assert extract(item(page, media_type="text/html")).headline == "Canal"


def test_two_full_sentences_are_an_article() -> None:
    """A short item of a wire is kept, in a text file and on a web page."""
    words = "The night train to Marlow runs again. It was four minutes early on Tuesday, with every single berth taken."
    assert texts(extract(item(f"Night train is back\n\n{words}"))) == [words]
    web = page(body=f"<h1>Night train is back</h1><p>{words}</p>")
    assert texts(extract(item(web, media_type="text/html"))) == [words]


def test_unknown_media_type_names_the_known_ones() -> None:
    """A format that nothing can read is set aside with the formats that something can."""
    assert rejection(PLAIN, media_type="image/png") == (
        "unknown media type `image/png`; known are "
        "application/xhtml+xml, message/rfc822, text/html, text/markdown, text/plain"
    )


# What is declared, what is stated.

STATED = Dated(value=datetime.fromisoformat("2024-05-12T10:00"), precision="minute", zone_known=False, origin="stated")
DATED = PLAIN.replace(f"{HEADLINE}\n", f"{HEADLINE}\n\nBy Ann Berg 12 May 2024 10:00\n")


def test_stated_date_and_byline_are_found() -> None:
    """The line between headline and text says who wrote it and when."""
    article = extract(item(DATED))
    assert (article.byline, article.published, texts(article)) == (("Ann Berg",), STATED, [LEDE, SECOND, THIRD])


@pytest.mark.parametrize("origin", ["settings", "declared"])
def test_declared_date_wins_over_the_stated_one(origin: str) -> None:
    """What the settings or a feed say of the date wins over the page."""
    told = Dated(value=datetime.fromisoformat("2023-01-02"), precision="day", zone_known=False, origin=origin)  # type: ignore[arg-type]
    assert extract(item(DATED, declared=Metadata(published=told))).published == told


def test_first_sight_is_no_date_of_publication() -> None:
    """A date of first sight never stands in for the date that a page states."""
    seen = Dated(value=datetime.fromisoformat("2025-01-02"), precision="day", zone_known=False, origin="first_seen")
    assert extract(item(DATED, declared=Metadata(published=seen))).published == STATED


def test_declared_headline_and_byline_win() -> None:
    """A feed's headline and authors are taken as they are."""
    declared = Metadata(headline="Keepers  on wheels", byline=("Jo Nye",), url="https://x.example/a")
    article = extract(item(DATED, declared=declared))
    assert (article.headline, article.byline, article.url) == ("Keepers on wheels", ("Jo Nye",), "https://x.example/a")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "/a", "file:///etc/passwd", "https://", "x"]
)
def test_only_web_addresses_are_addresses(url: str) -> None:
    """A link that is no absolute http or https address is dropped."""
    canonical = page(f'<link rel="canonical" href="{url}">')
    assert extract(item(canonical, media_type="text/html")).url is None
    assert extract(item(PLAIN, declared=Metadata(url=url))).url is None


def test_file_takes_the_name_that_its_page_gives() -> None:
    """A file without a source is of the site that its page names, and keeps what was set for it."""
    named = page('<meta property="og:site_name" content="Ammer Valley Post">')
    source = extract(item(named, media_type="text/html", private=True, boost=2.0)).source
    assert source == Source(id="ammer-valley-post", name="Ammer Valley Post", private=True, boost=2.0)


@pytest.mark.parametrize(
    ("notice", "name"),
    [
        ("© 2026 Ammer Valley Post. All rights reserved.", "Ammer Valley Post"),
        ("Copyright © 2019-2026 Ammer Post Pty Ltd", "Ammer Post"),
        ("© 2026 Ammer News & Media Limited or its affiliated companies. All rights reserved.", "Ammer News & Media"),
        ("© Ammerline 2026 · Imprint", "Ammerline"),
        ("2010 - 2026 Friends of the Ammer©. All Rights Reserved.", "Friends of the Ammer"),
        ("© 2005 - 2026 All Rights Reserved", "note"),
        ("Copyright Notice", "note"),
        ("Terms and Privacy Policy © 2026 All rights reserved.", "note"),
        ("© 2026 Ammer Rights Watch. All rights reserved.", "Ammer Rights Watch"),
        ("© Somebody's Agency\n\nContact us © 2026 All rights reserved.", "note"),
        ("Photo: Hans Meier ©", "note"),
        ("© 2026 Johnson and Partners Ltd", "Johnson and Partners"),
        ("The Copyright Tribunal said on Monday that", "note"),
    ],
)
def test_a_dump_is_of_whom_its_copyright_notice_names(notice: str, name: str) -> None:
    """Without its legal form; what names nobody is no name, and the file's own stands."""
    assert extract(item(f"{PLAIN}\n\n{notice}")).source.name == name


def test_feed_and_named_file_keep_their_source() -> None:
    """A source that is known is never renamed by a page."""
    named = page('<meta property="og:site_name" content="Ammer Valley Post">')
    for known in (Source(id="ammer", name="Ammer"), Source(id="file-ammer", name="Ammer", feed=True)):
        assert extract(replace(item(named, media_type="text/html"), source=known)).source == known


def test_first_sentence_is_no_headline_where_one_is_declared() -> None:
    """Nor when it ends with a quotation, and says what the headline says."""
    opening = "The keepers of the canal have called a towpath that is longer than their patience “absurd.”"
    declared = Metadata(headline="Keepers call the towpath ‘absurd’")
    article = extract(item(f"{opening}\n\n{SECOND}\n\n{THIRD}", declared=declared))
    assert texts(article) == [opening, SECOND, THIRD]


def test_text_without_a_headline_is_called_by_its_first_sentence() -> None:
    """Every article can be listed."""
    assert extract(item(f"{LEDE} {SECOND}\n\n{THIRD}")).headline == LEDE


def test_version_follows_the_bytes() -> None:
    """An edited file is another version of the same article."""
    first, same, edited = extract(item(PLAIN)), extract(item(PLAIN)), extract(item(PLAIN.replace("nine", "ten")))
    assert first.version == same.version != edited.version
    assert first.key == edited.key


# Web pages.


def test_nothing_active_leaves_a_page() -> None:
    """Scripts, styles, event handlers and markup stay behind; only text comes out."""
    hostile = page(
        "<script>steal()</script><style>p{}</style>",
        f'<h1 onclick="steal()">{HEADLINE}</h1><p>{LEDE}<script>steal()</script></p><p onload="steal()">{SECOND}</p>'
        f'<p>{THIRD}<img src=x onerror="steal()"></p><iframe srcdoc="steal()"></iframe><svg onload="steal()"></svg>',
    )
    article = extract(item(hostile, media_type="text/html"))
    assert texts(article) == [LEDE, SECOND, THIRD]


def test_markup_written_as_text_stays_text() -> None:
    """What an article says of tags is kept as text, for the views to escape."""
    told = page(
        body=f"<h1>{HEADLINE}</h1><p>{LEDE}</p><p>{SECOND} She typed &lt;b&gt; and it was bold.</p><p>{THIRD}</p>"
    )
    assert "She typed <b> and it was bold." in extract(item(told, media_type="text/html")).text


def test_page_without_paragraphs_is_read_as_a_dump() -> None:
    """Where the markup tells nothing, the text of the page does."""
    flat = f"<div><b>{HEADLINE}</b></div>" + "".join(f"<div><span>{t}</span></div>" for t in (LEDE, SECOND, THIRD))
    assert texts(extract(item(page(body=flat), media_type="text/html"))) == [LEDE, SECOND, THIRD]


def test_plain_text_that_is_called_html_is_read() -> None:
    """Feeds call plain text HTML."""
    assert texts(extract(item(PLAIN, media_type="text/html"))) == [LEDE, SECOND, THIRD]


def test_line_breaks_make_paragraphs() -> None:
    """Old pages part their paragraphs by line breaks."""
    broken = page(body=f"<h1>{HEADLINE}</h1><div>{LEDE}<br><br>{SECOND}<br><br>{THIRD}</div>")
    assert texts(extract(item(broken, media_type="text/html"))) == [LEDE, SECOND, THIRD]


@pytest.mark.parametrize("kind", ["NewsArticle", ["Article", "Thing"]])
def test_linked_data_gives_authors_and_date(kind: object) -> None:
    """People in a page's JSON-LD are its authors, organisations are not."""
    data = {
        "@graph": [
            {"@type": "Organization", "name": "Post"},
            {
                "@type": kind,
                "headline": HEADLINE,
                "datePublished": "2024-05-12T00:00:00Z",
                "author": [{"@type": "Person", "name": "Ann Berg"}, {"@type": "Organization", "name": "Post Staff"}],
            },
        ]
    }
    article = extract(
        item(page(f'<script type="application/ld+json">{json.dumps(data)}</script>'), media_type="text/html")
    )
    assert article.byline == ("Ann Berg",)
    assert article.published is not None
    assert (article.published.stated, article.published.zone_known) == ("2024-05-12", False)


# Dates.


@pytest.mark.parametrize(
    ("text", "language", "stated", "zone_known"),
    [
        ("February 27, 2025 6:20 PM", "en", "2025-02-27T18:20", False),
        ("Published: 27 Feb. 2025, 18.20 GMT", "en", "2025-02-27T18:20+00:00", True),
        ("6:20 PM EST, Thu February 27, 2025", "en", "2025-02-27T18:20-05:00", True),
        ("Updated 9:35 a.m. ET, July 3, 2024", "en", "2024-07-03T09:35-04:00", True),
        ("12:05 am on May 2nd, 2024", "en", "2024-05-02T00:05", False),
        ("2025-02-27T18:20:31+05:30", "en", "2025-02-27T18:20+05:30", True),
        ("27.02.2025, 18:20 Uhr", "de", "2025-02-27T18:20", False),
        ("3. März 2025", "de", "2025-03-03", False),
        ("Publié le 1er août 2024 à 8h05", "fr", "2024-08-01T08:05", False),
        ("03/04/2025", "fr", "2025-04-03", False),
        ("27 de febrero de 2025 a las 10:05", "es", "2025-02-27T10:05", False),
        ("12 lutego 2025, 10:00", "pl", "2025-02-12T10:00", False),
        ("27 февраля 2025, 18:20", "ru", "2025-02-27T18:20", False),
        ("2025年2月27日 18:20", "zh", "2025-02-27T18:20", False),
    ],
)
def test_dates_are_read_as_newspapers_print_them(text: str, language: str, stated: str, zone_known: bool) -> None:
    """A date keeps its own clock; its zone is known only when it is printed."""
    [found] = find_dates(text, language=language)
    assert (found.dated.stated, found.dated.zone_known) == (stated, zone_known)


@pytest.mark.parametrize(
    "text",
    ["11:51 PM", "Feb. 27", "on Thursday", "2024", "03/04/2025", "31 February 2024", "1.2.2025.3", "room 12, 1984"],
)
def test_half_a_date_is_none(text: str) -> None:
    """A time of day, a weekday, a day without a year and a date that could be two are no dates."""
    assert find_dates(text, language="en") == ()


@pytest.mark.parametrize(
    "line",
    [
        "9:42 PM",
        "Thursday",
        "The lock at dawn on May 3, 2019. (Jo Nye/AFP via Getty Images)",
        "Photo: Jo Nye, 3 May 2019",
        "港の夜明け＝ホルムで2019年5月",
    ],
)
def test_date_of_a_picture_or_a_time_of_day_is_no_date_of_publication(line: str) -> None:
    """What stands in a caption or a sidebar does not date the article."""
    assert extract(item(PLAIN.replace(f"{HEADLINE}\n", f"{HEADLINE}\n\n{line}\n"))).published is None


def test_a_dateline_with_a_date_is_no_caption() -> None:
    """An agency in brackets behind a day says who reported, and the day is that of publication."""
    found = extract(item(PLAIN.replace(f"{HEADLINE}\n", f"{HEADLINE}\n\nNORRBY January 12, 2012 (AP)\n"))).published
    assert found is not None
    assert found.value.isoformat()[:10] == "2012-01-12"


def test_dates_in_the_text_do_not_date_it() -> None:
    """An article that speaks of a day was not published on it."""
    told = PLAIN.replace("it said on Monday", "it said on 3 May 2019")
    assert extract(item(told)).published is None


# Bylines.


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Ann Berg in London and Marie de la Cour in Paris", ("Ann Berg", "Marie de la Cour")),
        ("by Jean-Luc O'Brien, Political Editor", ("Jean-Luc O'Brien",)),
        ("By ANN BERG", ("ANN BERG",)),
        ("By ANN BERG AP Science Writer", ("ANN BERG",)),
        ("By AP Science Writer", ()),
        ("Von Anna-Lena Müller, Berlin", ("Anna-Lena Müller",)),
        ("Por María José Pérez", ("María José Pérez",)),
        ("Par Camille d'Estang avec AFP", ("Camille d'Estang",)),
        ("Автор: Иван Петров", ("Иван Петров",)),
        ("By Yusuf al-Amin | 4 min read", ("Yusuf al-Amin",)),
        ("By Reuters Staff", ()),
        ("By Associated Press", ()),
        ("Von der Redaktion", ()),
        ("By the end of the week", ()),
        ("Photo by Ann Berg", ()),
        ("Newsletter with Ann Berg", ()),
    ],
)
def test_byline_names_people_only(line: str, names: tuple[str, ...]) -> None:
    """Agencies, desks, roles and places are no authors; neither are photographers."""
    assert names_after_label(line) == names


@pytest.mark.parametrize("line", ["Ann Berg", "Ann Berg and Jo Nye"])
def test_names_alone_are_names(line: str) -> None:
    """A line can be a byline without saying so."""
    assert bare_names(line) == tuple(line.split(" and "))


@pytest.mark.parametrize("line", ["Home", "World News", "Ann Berg went home", "READ MORE", "The Daily Post"])
def test_menus_are_no_names(line: str) -> None:
    """A line of a menu is no byline."""
    assert bare_names(line) == ()


def imprinted(*lines: str) -> Article:
    """Return the article with *lines* between its headline and its text."""
    return extract(item(PLAIN.replace(f"{HEADLINE}\n", "\n".join([HEADLINE, "", *lines, ""]))))


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (("Ann Berg", "12 May 2024, 10:00"), ("Ann Berg",)),
        (("12 May 2024", "Ann Berg, canal correspondent"), ("Ann Berg",)),
        (("Ann Berg", "Jo Nye", "12 May 2024"), ("Ann Berg", "Jo Nye")),
        (("Written by", "Ann Berg"), ("Ann Berg",)),
        (("Canal Office", "12 May 2024"), ()),
        (("Weather", "Ferries", "12 May 2024"), ()),
    ],
)
def test_names_below_the_headline_are_the_byline(lines: tuple[str, ...], names: tuple[str, ...]) -> None:
    """A byline may stand without a label; what the article speaks of is no author."""
    assert imprinted(*lines).byline == names


def test_published_wins_over_updated() -> None:
    """Of two dates the one of publication is taken, in whichever order they stand."""
    for lines in (("Updated 3 June 2024", "Published 12 May 2024"), ("Published 12 May 2024 Updated 3 June 2024",)):
        published = imprinted(*lines).published
        assert published is not None
        assert published.stated == "2024-05-12"


def test_date_behind_the_text_is_found_when_it_says_what_it_is() -> None:
    """Some pages state the date of publication at their foot."""
    published = extract(item(f"{PLAIN}\n" + "More\n" * 8 + "First published on 12 May 2024\n")).published
    assert published is not None
    assert published.stated == "2024-05-12"


def test_sentence_between_headline_and_byline_is_the_standfirst() -> None:
    """A standfirst is kept apart from the text."""
    article = imprinted("Nine of them.", "Nobody on this canal walks gladly any more.", "By Ann Berg 12 May 2024")
    assert article.standfirst == "Nobody on this canal walks gladly any more."


# Behind and between the paragraphs.


def test_pull_quote_on_its_own_line_goes() -> None:
    """A sentence that the page pulled out of its own text is not said twice."""
    pulled = "the walk between them takes twenty minutes"
    article = extract(item(PLAIN.replace(f"{THIRD}\n", f"{pulled}\n\n{THIRD}\n")))
    assert texts(article) == [LEDE, SECOND, THIRD]


def test_subheads_stay_that_a_paragraph_says_again() -> None:
    """A subhead is part of the text even if the paragraph below it begins with the same words."""
    subheads = ("What you need before the season begins", "Grease the hinges of both gates")
    guide = (
        "A lock wants looking after in every season; most of it is done with a brush, a can of grease and patience.",
        subheads[0],
        f"Before you start, lay out {subheads[0].lower()}: a brush, a can of grease, two ropes and a good lamp.",
        subheads[1],
        f"On the first dry day you should {subheads[1].lower()}, and let the grease rest for an hour.",
        "A lock that is looked after in this way lasts for eighty years, as the keepers on the Ammer canal have shown.",
    )
    assert texts(extract(item("\n\n".join(("How to look after a lock", *guide))))) == list(guide)


RULES = (
    "We are glad that you want to say something about what you have read here.",
    "Please keep your comments to the canal, its keepers and its locks; there are other places for all the rest.",
    "Comments are moderated by two retired keepers, who read slowly and do not like to be hurried by anyone.",
    "What insults a keeper, a skipper or a heron is taken down, and whoever wrote it will not be asked back.",
    "Your comment will be reviewed before it can be seen, which takes an evening in summer and two in winter.",
    "We reserve the right to remove what is longer than the canal, what is sold by the dozen, and what rhymes.",
    "By posting a comment you let us print it in the yearbook, on the calendar and on the back of the timetable.",
)


def test_rules_for_comments_below_a_short_item_are_not_taken_for_it() -> None:
    """What is longer than the article, and written as well, but is about the page, does not take its place."""
    short = (
        "Nine lock keepers on the Ammer get bicycles in spring, the canal office said.",
        "Each of them looks after two locks, a walk of twenty minutes.",
        "The bicycles have baskets.",
    )
    page = ("Home", "News", "Sport", "Weather", "About us", HEADLINE, "By Ann Berg", *short)
    lines = (*page, "Home", "News", "Weather", "Comments", *RULES)
    explained = explain(item("\n".join(lines)))
    assert explained.article is not None
    assert texts(explained.article) == list(short)
    assert [fate.text for fate in explained.fates] == list(lines)
    why = {fate.text: fate.why for fate in explained.fates}
    assert why[RULES[3]] == "stands among rules for comments"


@pytest.mark.parametrize(
    "sentence",
    [
        "“We reserve the right to remove any rower who breaks the rules,” the chair of the canal office said.",
        "“We need your permission before the boats may pass the second lock,” the officer told the keepers.",
        "The editor of the canal's magazine said that comments are moderated by two of the retired keepers.",
        "Zuerst hatte der „Kanalbote“ über dieses Thema berichtet, und die Stadt hat es danach bestätigt.",
        "Die Redaktion behält sich vor, gegen das Urteil des Gerichts in Norrby Berufung einzulegen.",
        "Posiadanie takiej łodzi jest zabronione pod groźbą kary, przypomina straż kanałowa w Norrby.",
        "Суд постановил, что владелец шлюза не несет ответственности за содержание берега канала.",
    ],
)
def test_what_people_are_quoted_with_is_text(sentence: str) -> None:
    """Words of notices and rules may be an article's own; two of them do not take what stands between."""
    whole = [LEDE, sentence, SECOND, sentence.replace("canal", "river"), THIRD]
    kept = texts(extract(item("\n\n".join((HEADLINE, *whole)))))
    assert [text for text in dict.fromkeys(whole) if text not in kept] == []


def test_consents_and_rights_in_other_languages_go() -> None:
    """What readers must consent to, and what they must not copy, is no paragraph of an article."""
    for line in (
        "Um eingebettete Inhalte anzuzeigen, ist eine jederzeit widerrufliche Einwilligung notwendig.",
        "Wyrażam zgodę na przetwarzanie moich danych osobowych przez Kurier Kanałowy z siedzibą w Norrby.",
        "Согласие на обработку персональных данных даю редакции «Курьер канала».",
        "免责声明：本文仅供参考，不构成投资建议。",
    ):
        article = extract(item(PLAIN.replace(f"{THIRD}\n", f"{line}\n\n{THIRD}\n")))
        assert texts(article) == [LEDE, SECOND, THIRD], line


def test_paragraph_that_comes_again_goes() -> None:
    """A paragraph that a page repeats is kept once."""
    assert texts(extract(item(f"{PLAIN}\n{SECOND}\n"))) == [LEDE, SECOND, THIRD]


def test_credits_and_pointers_between_paragraphs_go() -> None:
    """Captions and teasers inside a text are no paragraphs of it."""
    for line in (
        "A keeper on the towpath. Photo: Jo Nye",
        "Read more: Canal floods town",
        "Jo Nye/Reuters",
    ):
        assert texts(extract(item(PLAIN.replace(f"{THIRD}\n", f"{line}\n\n{THIRD}\n")))) == [LEDE, SECOND, THIRD]


def test_paragraph_that_speaks_of_photographs_stays() -> None:
    """A sentence on a photograph is a sentence, and so is one that pairs it with another word by a slash."""
    for told in (
        "One photograph of the old lock hangs in the canal office, and the keepers bow to it on their way home.",
        "The canal office keeps a chest of letters, a photo/sketch of each lock, and the keys to all of its gates.",
    ):
        assert told in texts(extract(item(PLAIN.replace(f"{THIRD}\n", f"{told}\n\n{THIRD}\n"))))


# Inside lines.


@pytest.mark.parametrize(
    ("text", "language", "result"),
    [
        ("calm and, in the end,“friendly” talks", "en", "calm and, in the end, “friendly” talks"),
        ("he said.“We go.”", "en", "he said. “We go.”"),
        ('he said,"we go"and left', "en", 'he said, "we go" and left'),
        ("It is over.The bridge stays.", "en", "It is over. The bridge stays."),
        ("“Go.”“No.”", "en", "“Go.” “No.”"),
        ("Er sagte:„Wir gehen“, und ging.", "de", "Er sagte: „Wir gehen“, und ging."),
        ("Il a dit :« Oui. »", "fr", "Il a dit : « Oui. »"),
    ],
)
def test_lost_spaces_are_put_back(text: str, language: str, result: str) -> None:
    """A space goes behind a sentence and before an opening quotation mark."""
    assert mended(text, language=language) == result


@pytest.mark.parametrize(
    "text",
    [
        "at www.Repair.Example.Com or https://x.example/A.B",
        "a Ph.D. and a Node.js server, version 2.1.Beta of ASP.NET",
        "McDonald's iPhone, eBay, O'Brien, J.R.R. Tolkien, U.S. Army",
        'a 6"plank and the "deplete" of it',
        "prices of 1,600.50 and 3.5",
        "Der „Tag“ ist um und das “Ende” auch",
        "rock ’n’ roll in the ’90s",
    ],
)
def test_what_needs_no_mending_is_left_alone(text: str) -> None:
    """Addresses, abbreviations, numbers and names keep their form."""
    assert mended(text, language="de" if text.startswith("Der") else "en") == text


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("LONDON (Reuters) - The council", 19),
        ("MARLOW BAY, 14 May (AP) — The council", 26),
        ("Berlin (dpa) - Der Rat", 15),
        ("Frankfurt am Main (dpa) – Der Rat", 26),
        ("MADRID, 3 mayo (EFE) - El consejo", 23),
        ("KELL (Reuters) The council", 15),
        ("OSLO, March 3, 2025 /Newswire/ -- The council", 34),
        ("KELL — The council", 7),
        ("Argamilla, 11 de noviembre de 2026.- La Cooperativa", 37),
        ("Oslo, 3 March 2025 – The council", 21),
        ("Anna Berg, 11 of them – The council", 0),
        ("NATO – The alliance said that NATO would stay", 0),
        ("The company (APX) - a maker of glass", 0),
        ("Apple Inc (AAPL) - the maker", 0),
        ("She said (AP) nothing", 0),
    ],
)
def test_dateline_is_told_from_text(text: str, length: int) -> None:
    """Place and agency go, an acronym or a ticker stays."""
    assert dateline(text) == length


def parts(*lines: str) -> list[str]:
    return [line.text for line in unglue([Line(text, text, True) for text in lines], language="en")]


@pytest.mark.parametrize("word", ["McDonald", "iPhone", "LaGuardia", "DeLonghi", "YouTube", "JavaScript", "O'Brien"])
def test_names_with_inner_capitals_are_not_cut(word: str) -> None:
    """A capital inside a name is no seam between two blocks."""
    sentence = f"Nobody at the {word} works would say how it had come to this, a driver said."
    assert parts(sentence) == [sentence]
    assert parts(f"Also Read | {word} works to close in MayThe council was told on Monday that nobody knew.") == [
        "The council was told on Monday that nobody knew."
    ]


def test_name_of_two_capitalised_words_is_not_cut_at_the_end_of_a_subhead() -> None:
    """`NorthGrid` is one word even on a page that has both of its words, unless the line begins like a title."""
    line = "The grid operator NorthGrid says that the north coast has no light."
    assert parts("A grid for the North", line)[1:] == [line]
    assert parts("Residents slept at Dawn", "Voting At DawnResidents of the north coast have no light.")[1:] == [
        "Voting At Dawn",
        "Residents of the north coast have no light.",
    ]


def test_headline_behind_a_glued_pointer_goes_with_it() -> None:
    """`Read More` is no subhead; what is glued to it up to the paragraph is another page's headline."""
    line = "Read MoreHow a sandbank ate the stationThe keepers of the canal fear for the summer, one of them said."
    assert parts(line) == ["The keepers of the canal fear for the summer, one of them said."]


def test_who_reported_and_edited_is_cut_off() -> None:
    """The brackets at the end of an agency's text are no sentence of it; others stay."""
    assert parts(f"{LEDE} (Reporting by Ann Berg; Editing by Jo Holt)") == [LEDE]
    assert parts(f"{LEDE} (They cost a lot by any measure)") == [f"{LEDE} (They cost a lot by any measure)"]


def out_of(*lines: str) -> dict[str, str]:
    """Return which of *lines*, all taken for a body of which nothing is sure, are cut, and why."""
    page = [Line(line, line, gap=False) for line in lines]
    found = cuts(page, features(page, language="en"), range(len(page)), is_dump=True)
    return {lines[at]: why for at, why in found.items()}


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("Two keepers rest on a gate of the upper lock on Monday.", "Jo Holt | Acme | Getty Images"),
        ("The upper lock was built by hand in nine summers.", "Foto: Jo Holt/dpa"),
    ],
)
def test_caption_is_told_by_the_credit_below_it(caption: str, credit: str) -> None:
    """A sentence right above a line that says who made a picture is below the picture; above a source it is text."""
    assert out_of(LEDE, caption, credit, SECOND, THIRD)[caption] == "a caption"
    assert out_of(LEDE, caption, "Source: canal office", SECOND, THIRD).get(caption) is None


def test_text_in_place_of_a_picture_goes_with_the_caption_below_it() -> None:
    """Some pages show what a picture shows between two mentions of who made it; nothing else is cut by that."""
    pictured = "Acme Press Two keepers sit on a gate of the lockAcme Press"
    below = "The upper lock was built by hand"
    assert out_of(LEDE, pictured, below, SECOND, THIRD) == dict.fromkeys((pictured, below), "a caption")
    assert out_of(LEDE, "Keepers and Other Keepers", below, SECOND, THIRD) == {}


def test_headlines_below_a_pointer_are_left_out() -> None:
    """What stands between `Read more` and the next sentence is not the article's; the last short line is a subhead."""
    links = ("Bakery shuts after ninety years on the quay", "The row over a street that split a village")
    cut = out_of(LEDE, "Read more", *links, "What happens next", SECOND, THIRD)
    assert set(cut) == {"Read more", *links}
    assert out_of(LEDE, *links, SECOND, THIRD) == {}


def test_name_of_the_site_below_the_item_of_a_feed_goes() -> None:
    """`The post … appeared first on …` and a pointer that trails off are no sentences of an article."""
    for line in ("The post Nine keepers get bicycles appeared first on Canal Wire.", "Continue reading..."):
        assert set(out_of(LEDE, SECOND, THIRD, line)) == {line}


def test_line_about_the_author_is_left_out_at_the_edges() -> None:
    """Who wrote an article is told by the byline; that somebody of this name acts in it is told by its text."""
    own = [LEDE, SECOND, THIRD, "Ann Berg is a keeper too.", LEDE, SECOND, THIRD, "Dr. Berg covers canals and locks."]
    lines = [Line(text, text, gap=False) for text in own]
    known = features(lines, language="en")
    assert bios(lines, known, range(len(lines)), ["Dr. Ann Berg"]) == [7]
    assert bios(lines, known, range(len(lines)), ["Jo Holt"]) == []


def test_entries_of_a_live_blog_are_kept_together() -> None:
    """Texts below times that rise or fall are entries; below an article with a time of its own they are teasers."""
    blog = (LEDE, "14:52", "Lock opens", SECOND, "13:10", THIRD, "09:30 Uhr", "Ann Berg", SECOND, "Share")
    lines = [Line(text, text, gap=False) for text in blog]
    assert with_entries(lines, [at < 4 for at in range(len(blog))]) == (*[True] * 7, False, True, False)
    assert with_entries(lines, [at == 3 for at in range(len(blog))]) == tuple(at == 3 for at in range(len(blog)))
    mixed = [Line(text.replace("13:10", "23:10"), text, gap=False) for text in blog]
    assert not any(with_entries(mixed, [at < 4 for at in range(len(blog))])[4:])


def test_signature_of_a_web_page_is_no_paragraph() -> None:
    """A byline without `by` is known by the author whom the page names; a sentence that begins so is text."""
    said = "Ann Berg in Kell counted the keepers of the canal by hand, for the ninth year in a row, on Monday."
    page = (
        '<!doctype html><html lang="en"><head><meta name="author" content="Ann Berg"></head><body><main>'
        f"<h1>{HEADLINE}</h1><p>Ann Berg in Kell</p><p>{LEDE}</p><p>{said}</p><p>{SECOND}</p><p>{THIRD}</p></main>"
    )
    assert texts(extract(item(page, media_type="text/html"))) == [LEDE, said, SECOND, THIRD]


def test_article_goes_on_where_its_page_says_so() -> None:
    """Behind `article continues below` come its texts, up to the heading over other things; before it begins, menus."""
    page = (
        "Story continues below",
        LEDE,
        "after newsletter promotion",
        "A caption",
        SECOND,
        THIRD,
        "Most read",
        SECOND,
    )
    lines = [Line(text, text, gap=False) for text in page]
    kept = [at == 1 for at in range(len(page))]
    assert with_continuation(lines, kept) == (False, True, False, False, True, True, False, False)
    assert with_continuation(lines, [False] * len(page)) == (False,) * len(page)


def test_lede_in_chinese_says_who_reported_it() -> None:
    """The brackets before it hold the byline and are no part of the text."""
    for opening, names in (
        ("本报讯（记者 陈思远 李明）", ("陈思远", "李明")),
        ("〔記者林曉雯／東嶼報導〕", ("林曉雯",)),
    ):
        lede = f"{opening}港务局星期二表示，旧起重机将被漆成蓝色。"
        assert (dateline(lede), reporters(lede)) == (len(opening), names)
    assert reporters("港务局（记者会后）表示") == ()


def test_agency_in_brackets_behind_no_sentence_belongs_to_a_picture() -> None:
    """`The lock (ansa)` is a caption, `… it said. (dpa)` the end of a paragraph."""
    assert out_of(LEDE, "The old lock at night (ansa)", SECOND, THIRD) == {"The old lock at night (ansa)": "a caption"}
    assert out_of(LEDE, f"{SECOND} (dpa)", THIRD) == {}


def test_desk_of_a_correspondent_is_no_part_of_the_name() -> None:
    """`Ann Berg Norway correspondent` is Ann Berg."""
    for line in ("Ann Berg Norway correspondent", "Ann Berg, Norway correspondent", "Ann Berg Political reporter"):
        assert extract(item(f"{HEADLINE}\n{line}\n14 May 2025\n{LEDE}\n{SECOND}\n{THIRD}\n")).byline == ("Ann Berg",)


def test_speech_behind_a_dash_is_no_list() -> None:
    """A line that opens with a dash and tells who speaks is text; lines with bullets are items."""
    for speech in ("– Bez mostu nie ma miasta – powiedziała Ewa Lis.", "- We are late - said Berg."):
        found = extract(item(f"{HEADLINE}\n\n{LEDE}\n\n{SECOND}\n\n{speech}\n\n{THIRD}\n")).paragraphs
        assert [(p.kind, p.text) for p in found][2] == ("text", speech)


def test_table_whose_cells_are_parted_by_tabs_is_kept() -> None:
    """Rows below a paragraph stay with it, and so does the sentence below them."""
    rows = ["Lock\tKeepers\tBicycles", "Upper\t4\t5", "Lower\t5\t4"]
    found = extract(item("\n".join([HEADLINE, LEDE, SECOND, *rows, THIRD]))).paragraphs
    assert [p.kind for p in found] == ["text", "text", "table", "table", "table", "text"]


def test_subhead_above_a_list_with_bullets_is_no_item() -> None:
    """Short lines in a row make a list; where the list has bullets, what stands over it has none."""
    found = extract(
        item("\n".join([HEADLINE, LEDE, SECOND, "What they get", "- A lamp", "- A bell", THIRD]))
    ).paragraphs
    assert [p.kind for p in found] == ["text", "text", "subhead", "item", "item", "text"]


def test_headline_stands_above_its_standfirst() -> None:
    """A long line right below the headline is its standfirst, a short one above it names the section."""
    standfirst = "Keepers who were promised bicycles by May say that the canal office has heard it all before"
    assert extract(item(f"{HEADLINE}\n{standfirst}\n{LEDE}\n{SECOND}\n{THIRD}\n")).headline == HEADLINE
    for kicker in (
        "Towpath affairs",
        "Nov 12, 2026 - Canals & Locks",
        "Home / News / Canals",
    ):
        assert extract(item(f"{kicker}\n{HEADLINE}\n{LEDE}\n{SECOND}\n{THIRD}\n")).headline == HEADLINE


@pytest.mark.parametrize(
    "imprint",
    [
        "Ann Berg | Kell\n14 May 2025",
        "Published: 14 May 2025 by Ann Berg",
        "14 May 2025\nShare\nSave\nPrint\nAnn Berg",
    ],
)
def test_byline_is_found_beside_place_date_and_buttons(imprint: str) -> None:
    """A bar parts a name from a place that the text speaks of; buttons do not part it from its date."""
    article = extract(item(f"{HEADLINE}\n{imprint}\n{LEDE} Kell is far.\n{SECOND}\n{THIRD}\n"))
    assert article.byline == ("Ann Berg",)
    assert article.published is not None
    assert article.published.stated == "2025-05-14"


def test_teaser_behind_a_sentence_is_cut_out() -> None:
    """A pointer to another page goes, wherever in the line it was glued."""
    assert parts(
        f"{LEDE} Also Read | Canal floods townThe canal office said on Monday that it would pay for lamps."
    ) == [
        LEDE,
        "The canal office said on Monday that it would pay for lamps.",
    ]
    assert parts(f"{LEDE} Read more: Nine ways to cross a canal") == [LEDE]


def test_parts_of_a_line_are_of_its_kind() -> None:
    """What is left of a list item is one, however it was cut; a subhead that was glued to it is a subhead."""
    text = "The council was told on Monday that nobody knew."
    for line in (f"Also Read | Works to close in May{text}", f"{text} Read more: Nine ways to cross a canal"):
        [part] = unglue([Line(line, line, gap=True, mark=ITEM)], language="en")
        assert (part.text, part.mark) == (text, ITEM)
    line = f"What the council was told{text}"
    assert [part.mark for part in unglue([Line(line, line, gap=True, mark=ITEM)], language="en")] == [HEADING, ITEM]


# The page as a whole.


def test_phrases_are_told_by_their_place_in_a_line() -> None:
    """A button is a button only on its own line; in a sentence its words are words."""
    alone, inside = phrases(("share",)), phrases(("they", "share", "a", "boat"))
    assert (alone.alone, inside.alone) == ("button", None)


def test_words_of_scripts_without_spaces_are_counted() -> None:
    """A character of Chinese counts as a part of a word, so such articles are long enough."""
    text = "港务局星期二表示旧起重机将被漆成蓝色。"
    [known] = features([Line(text, text, True)], language="zh")
    assert len(WORD.findall(text)) == 18
    assert known.words == pytest.approx(10.8)
    assert known.ends


def test_sample_article_in_chinese_is_kept() -> None:
    """Pages in scripts without spaces are cleaned too."""
    body = [f"港务局第{n}次会议在星期二举行，主席表示旧起重机将被漆成蓝色，工程预计下个月完成。" for n in "一二三四五"]
    text = "\n".join(["首页", "新闻", "港务局决定把旧起重机漆成蓝色", *body, "评论", "版权所有"])
    article = extract(item(text))
    assert (article.language, article.headline, texts(article)) == ("zh", "港务局决定把旧起重机漆成蓝色", body)


@pytest.mark.parametrize(
    "above",
    [
        ["Home", "News", "Harbour", "{}", "By Ann Berg", "12 November 2026"],
        ["Home / News / {}", "{}", "Share", "Ann Berg", "12 November 2026"],
        ["{}", "The council votes on it next week, and not everybody is pleased.", "Ann Berg, 12 November 2026"],
        ["{}", "Share this story", "Share all options for: {}", "Photo: Jo Nye", "The lock at dawn."],
    ],
)
def test_the_headline_is_found_above_what_stands_between(above: list[str]) -> None:
    """Menus, steps, a standfirst, a caption: none of them is the headline."""
    body = PLAIN.partition("\n")[2]
    page = "\n".join(line.format(HEADLINE) for line in above)
    assert extract(item(f"{page}\n{body}")).headline == HEADLINE


def test_a_text_below_a_menu_has_no_headline_of_the_menu() -> None:
    """Where no line above the text speaks of it, the text itself opens."""
    body = PLAIN.partition("\n")[2]
    found = extract(item(f"Home\nWeather\nSport\n12 November 2026\n{body}"))
    assert found.headline not in {"Home", "Weather", "Sport"}
