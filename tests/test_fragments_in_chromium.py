"""Text directives in a real browser: a quotation's link opens the page at its sentence."""

import base64
from collections.abc import Callable, Mapping
from html import escape
from typing import Any

import pytest

from digest.model import Paragraph
from digest.text import fragment, sentences

pytestmark = pytest.mark.chromium

Serve = Callable[[Mapping[str, bytes]], str]

SPACER = "<div style='height: 3000px'></div>"


def paragraphs(*raw: str, mended: Mapping[int, str] | None = None) -> list[Paragraph]:
    """Paragraphs as the source has them, and as they were mended where that differs."""
    return [Paragraph(kind="text", text=(mended or {}).get(i, each), raw=each) for i, each in enumerate(raw)]


def page(*html: str) -> bytes:
    """A page with far-apart paragraphs, each with an id."""
    body = SPACER.join(f"<p id='p{i}'>{each}</p>" for i, each in enumerate(html))
    return f"<!doctype html><meta charset=utf-8><title>Page</title>{SPACER}{body}{SPACER}".encode()


def arrived_at(browser: Any, address: str) -> str | None:
    """The id of the paragraph that the browser has scrolled to, none if it stayed at the top."""
    tab = browser.new_page()
    try:
        tab.goto(address)
        tab.wait_for_function("window.scrollY > 0", timeout=3000)
        found: str | None = tab.evaluate(
            "[...document.querySelectorAll('p')].find(p => { const box = p.getBoundingClientRect();"
            " return box.bottom > 0 && box.top < innerHeight })?.id ?? null"
        )
    except Exception as error:
        if "Timeout" not in type(error).__name__:
            raise
        return None
    else:
        return found
    finally:
        tab.close()


HIGHLIGHT = (
    "<style>p { font: 9px sans-serif; white-space: nowrap } ::target-text { background: #f00; color: #f00 }</style>"
)
READ_HIGHLIGHT = """
async ([id, screenshot]) => {
    const image = new Image()
    image.src = "data:image/png;base64," + screenshot
    await image.decode()
    const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d")
    canvas.drawImage(image, 0, 0)
    const text = document.getElementById(id).firstChild
    const isRed = at => {
        const range = document.createRange()
        range.setStart(text, at)
        range.setEnd(text, at + 1)
        const { left, top, width } = range.getBoundingClientRect()
        const [red, green] = canvas.getImageData(left + width / 2, top + 1, 1, 1).data
        return red > 200 && green < 60
    }
    return [...Array(text.length).keys()].filter(isRed).map(at => text.data[at]).join("")
}
"""


def highlighted(browser: Any, address: str, paragraph: str) -> str:
    """The characters of a paragraph of bare text, given by its id, that the browser shows on a red ground."""
    tab = browser.new_page()
    try:
        tab.goto(address)
        tab.wait_for_function("window.scrollY > 0", timeout=3000)
        screenshot = base64.b64encode(tab.screenshot()).decode()
        found: str = tab.evaluate(READ_HIGHLIGHT, [paragraph, screenshot])
    finally:
        tab.close()
    return found


def link(found: list[Paragraph], paragraph: int, sentence: int = 0) -> str:
    """The directive of a sentence, by its number in its paragraph."""
    start, end = sentences(found[paragraph].text)[sentence]
    return fragment(found, paragraph, start, end)


def test_wrong_link_stays_at_the_top(chromium: Any, served: Serve) -> None:
    """A directive that matches nothing leaves the page where it is, so that the tests below can fail."""
    base = served({"/a": page("One paragraph.", "Another paragraph.")})
    assert arrived_at(chromium, f"{base}/a#:~:text=No%20such%20words") is None


AWKWARD = {
    "commas and hyphens": "Well-known, long-serving harbour-masters, thrice winners, said: no comma-free day - ever",
    "ampersands, hashes and percents": "Berg & Sons paid 100% of the #1 claim, a/b + c=d; nothing? was lost!",
    "curly quotation marks": "“We’ll dredge the ‘north’ channel,” the harbour master of Lyr told “The Gull”.",
    "straight quotation marks": "\"We'll dredge it,\" Anna Berg said of the 'north' channel.",
    "a dash and an ellipsis": "The ferry — the last one of the day … left Lyr without a single passenger.",
    "brackets": "The council (all 14 members [two by letter]) voted for the ferry (No. 5).",
    "other scripts": "Паром «Чайка» вышел из порта Лир в пять часов утра, сообщила газета.",
    "accents": "À Lyr, l’équipage naïf a fêté Noël à l’Hôtel-Dieu — déjà vu, dit-elle.",
    "numbers": "It cost 1,600.50 crowns, 3.5 percent more than in 2019, and 12:30 was the last call.",
    "no end mark": "A paragraph that simply stops without a mark at its end",
    "an abbreviation at its end": "The office of the port authority moved from Main St. to the U.S.",
    "a script without spaces": "渡轮今天早上五点离开港口，船上有二十名乘客，报纸报道说。",
    "an emoji": "The crew 🚢 waved at the gulls of Lyr for one last time.",
    "non-breaking spaces": "At 5\u00a0p.m. the «\u00a0Lyr\u00a0» left with 20\u00a0aboard\u00a0— no\u202fmore.",
    "a phrase again and again": "The ferry, the ferry of Lyr and again the ferry of Lyr sailed, said the ferry of Lyr.",
    "single and double quotation marks": "'It's the \"Gull\"', she said; 'the 'Gull' of '64', he'd said.",
}


@pytest.mark.parametrize("sentence", AWKWARD.values(), ids=AWKWARD.keys())
def test_link_finds_awkward_sentences(chromium: Any, served: Serve, sentence: str) -> None:
    """Commas, hyphens, quotation marks or other scripts in a sentence do not break its link."""
    found = paragraphs("The first paragraph is about the weather.", sentence, "The last one is about football.")
    base = served({"/a": page(*(escape(p.raw) for p in found))})
    assert arrived_at(chromium, f"{base}/a#:~:{link(found, 1)}") == "p1"


@pytest.mark.parametrize("sentence", AWKWARD.values(), ids=AWKWARD.keys())
def test_link_highlights_the_sentence_alone(chromium: Any, served: Serve, sentence: str) -> None:
    """What the browser marks is the quoted sentence to its last character, and nothing of its neighbours."""
    before = "Rain fell on the ferry of Lyr. "
    found = paragraphs("The ferry of Lyr sails daily.", f"{before}{sentence} The ferry of Lyr said no more.")
    directive = fragment(found, 1, len(before), len(before) + len(sentence))
    html = page(*(escape(p.raw) for p in found)) + HIGHLIGHT.encode()
    base = served({"/a": html})
    assert highlighted(chromium, f"{base}/a#:~:{directive}", "p1") == sentence


def test_link_finds_the_second_of_two_equal_sentences(chromium: Any, served: Serve) -> None:
    """A sentence that stands twice on a page is told apart by the words around it."""
    again = "The ferry will sail again on Monday."
    found = paragraphs(f"Rain fell all day. {again} Nobody cheered.", f"Then the sun came out. {again} All cheered.")
    base = served({"/a": page(*(p.raw for p in found))})
    assert arrived_at(chromium, f"{base}/a#:~:{link(found, 0, 1)}") == "p0"
    assert arrived_at(chromium, f"{base}/a#:~:{link(found, 1, 1)}") == "p1"


def test_link_finds_a_long_sentence_that_begins_like_another(chromium: Any, served: Serve) -> None:
    """Long sentences that begin and end alike are told apart."""
    one = "The council of Lyr decided late on Friday night to buy a new ferry for the people of the island of Lyr."
    two = one.replace("buy a new", "sell the old")
    found = paragraphs(one, two)
    base = served({"/a": page(*(p.raw for p in found))})
    assert arrived_at(chromium, f"{base}/a#:~:{link(found, 0)}") == "p0"
    assert arrived_at(chromium, f"{base}/a#:~:{link(found, 1)}") == "p1"


def test_link_finds_a_sentence_with_tags_in_it(chromium: Any, served: Serve) -> None:
    """Links, emphasis, comments and line breaks of the source inside a sentence do not matter."""
    html = (
        "The <a href='/x'>ferry</a> of <em>Lyr</em>, built\n in <b>19</b>64,<!-- so --> was <i>sold</i> on&nbsp;Monday."
    )
    found = paragraphs("Something else stands here.", "The ferry of Lyr, built\n in 1964, was sold on\u00a0Monday.")
    base = served({"/a": page(found[0].raw, html)})
    assert arrived_at(chromium, f"{base}/a#:~:{link(found, 1)}") == "p1"


def test_link_uses_the_characters_of_the_source(chromium: Any, served: Serve) -> None:
    """A sentence whose spaces were mended is looked for as its source has it."""
    raw = "The mayor was angry about the noise of the ferries.“We will not pay for it,” Anna Berg said on Monday."
    mended = raw.replace(".“", ". “")
    found = paragraphs("Something else.", raw, mended={1: mended})
    base = served({"/a": page(*(p.raw for p in found))})
    assert arrived_at(chromium, f"{base}/a#:~:{link(found, 1, 1)}") == "p1"


def test_link_to_a_sentence_stuck_to_the_one_before(chromium: Any, served: Serve) -> None:
    """A sentence that follows without a space is found all the same."""
    raw = "The ferry sailed in January.Stand at the pier early if you want to see it leave the harbour."
    found = paragraphs("Something else.", raw)
    base = served({"/a": page(*(p.raw for p in found))})
    assert arrived_at(chromium, f"{base}/a#:~:{link(found, 1, 1)}") == "p1"


def test_link_to_an_open_subhead_and_item(chromium: Any, served: Serve) -> None:
    """Text of other kinds counts as neighbourhood: what stands in a subhead, too, is told apart."""
    found = [
        Paragraph(kind="subhead", text="The ferry will sail again", raw="The ferry will sail again"),
        *paragraphs("The ferry will sail again."),
    ]
    base = served({"/a": page(*(p.raw for p in found))})
    assert arrived_at(chromium, f"{base}/a#:~:{link(found, 1)}") == "p1"
