"""What becomes of a web page before and after its lines are judged."""

import numpy as np
import pytest
from lxml.html import document_fromstring

from digest.extract.markup import page_blocks, parse
from digest.extract.trained.signs import signs
from digest.extract.web import judged_page
from digest.extract.web.blocks import blocks
from digest.extract.web.forest import forest, odds
from digest.extract.web.judge import forests, weights
from digest.extract.web.naming import BUCKETS, CLASSES
from digest.extract.web.outline import Outline, outline

PARAGRAPH = (
    "The harbour board voted on Tuesday to keep the old ferry, which has crossed the bay since 1931, until spring."
)
PAGE = f"""<html><head><title>Ferry stays - Bay News</title></head><body>
<nav class="menu"><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article class="story"><h1>Ferry stays</h1>
{"".join(f"<p>{PARAGRAPH.replace('1931', str(1931 + year))}</p>" for year in range(6))}
<h2>What it costs</h2><ul><li>Fares rise by a tenth from May, the board says.</li></ul>
<blockquote><p>“We could not let her go,” said the harbour master, Ines Holm.</p></blockquote>
<table><tr><td>Cars</td><td>4,100</td></tr></table></article>
<footer class="footer"><p>© Bay News. All rights reserved.</p></footer></body></html>"""


def page(html: str) -> Outline:
    """Return the outline of a page that has text."""
    found = outline(document_fromstring(html))
    assert found is not None
    return found


def everything(html: str) -> list[tuple[str, str]]:
    """Return the blocks of a page of which every line is kept, by kind and text."""
    found = page(html)
    n = len(found.lines)
    words = signs(found.lines, language="en").words
    return [(block.kind, block.text) for block in blocks(found, [True] * n, words)]


@pytest.mark.parametrize(
    "html",
    [
        "<p>One</p>",
        "<!DOCTYPE html PUBLIC '-//X//DTD Odd//EN' [<!ENTITY a 'b'>]><p>One</p>",
        "<!doctype html>\n<html lang='en'/><head><title>T</title></head><body><p>One</p></body>",
        "<?xml version='1.0' encoding='iso-8859-1'?><html><body><p>One</p></body></html>",
    ],
)
def test_parts_and_faulty_beginnings_of_pages_are_parsed(html: str) -> None:
    """Whatever browsers read is read."""
    tree = parse(html)
    assert tree is not None
    assert [text for _, text in page_blocks(tree)][-1] == "One"


@pytest.mark.parametrize("text", ["", "  \n", "One < two > none", "I <3 it"])
def test_text_without_markup_is_no_page(text: str) -> None:
    """What feeds call HTML and is plain text is read as text."""
    assert parse(text) is None


def test_a_block_or_what_stands_before_a_break_is_a_line() -> None:
    """Inline elements do not part lines; blocks and line breaks do."""
    found = page("<p>One <b>bold</b> <a href='#'>link</a>.<br>Two</p><div>Three<p>Four</p>Five</div>")
    assert found.lines == ("One bold link.", "Two", "Three", "Four", "Five")
    assert found.broken.tolist() == [0, 1, 0, 0, 0]


def test_element_of_an_unknown_kind_breaks_no_line_of_text() -> None:
    """Sites make up elements for words, in the midst of text, and for boxes, which stand by themselves."""
    words = "<p>The <x-term>ferry</x-term> stays.</p><div><x-name>Holm</x-name> is glad.</div>"
    boxes = "<x-card>Fares rise</x-card> <x-card>Cod is scarce</x-card>"
    found = page(words + boxes)
    assert list(found.lines) == ["The ferry stays.", "Holm is glad.", "Fares rise", "Cod is scarce"]
    assert [text for _, text in page_blocks(document_fromstring(words + boxes))] == list(found.lines)


def test_what_readers_do_not_see_is_no_line() -> None:
    """Scripts, styles and choices of forms are left out, what stands behind them is not."""
    choice = "<select><option>Three</option></select>"
    found = page(f"<div>One<script>x()</script> two{choice} four<!-- five --> six</div>")
    assert found.lines == ("One two four six",)


def test_blocks_know_their_lines() -> None:
    """Each block spans the lines that stand in it."""
    found = page("<div><p>One</p><section><p>Two</p><p>Three</p></section></div>")
    spans = {(int(low), int(high)) for low, high in zip(found.first, found.last, strict=True)}
    assert spans == {(0, 3), (0, 1), (1, 3), (1, 2), (2, 3)}


def test_page_without_text_has_no_outline() -> None:
    """An empty page is not an error."""
    assert outline(document_fromstring("<div><img src='x'></div>")) is None
    assert judged_page(document_fromstring("<div></div>")).blocks == ()


def test_kept_lines_have_the_kinds_of_their_blocks() -> None:
    """Subheads, items, quotations and rows of tables are told apart; the cells of a row are one block."""
    kinds = everything(PAGE)
    assert ("subhead", "What it costs") in kinds
    assert ("item", "Fares rise by a tenth from May, the board says.") in kinds
    assert ("quote", "“We could not let her go,” said the harbour master, Ines Holm.") in kinds
    assert ("table", "Cars | 4,100") in kinds


def test_line_in_bold_type_is_a_subhead() -> None:
    """Many pages set their subheads, and interviews their questions, in bold paragraphs."""
    found = everything(f"<p><b>Who did it?</b></p><p>{PARAGRAPH}</p><p><strong>Note:</strong> It rained.</p>")
    assert [kind for kind, _ in found] == ["subhead", "text", "text"]


def test_headline_is_no_block_of_its_article() -> None:
    """A first-level heading is left out where it opens what is kept, and kept where it parts it."""
    found = everything(f"<h1>Ferry stays</h1><p>{PARAGRAPH}</p><h1>Fares rise</h1><p>Twice {PARAGRAPH}</p>")
    assert [kind for kind, _ in found] == ["text", "subhead", "text"]


def test_table_that_lays_out_a_page_is_none() -> None:
    """What stands in its cells is text like any other."""
    found = everything(f"<table><tr><td>Menu</td><td><p>{PARAGRAPH}</p><p>{PARAGRAPH * 4}</p></td></tr></table>")
    assert {kind for kind, _ in found} == {"text"}


def test_row_of_a_script_without_spaces_is_measured_by_its_characters() -> None:
    """A cell that holds a whole article in Chinese lays out the page too."""
    article = "港口管理局周二投票决定保留旧渡轮，该渡轮自一九三一年以来一直穿越海湾，直到明年春天。" * 6
    assert everything(f"<table><tr><td><p>{article}</p></td></tr></table>") == [("text", article)]


def test_table_is_kept_whole_or_not_at_all() -> None:
    """Its head and its short cells go with the rest of it."""
    rows = "".join(f"<tr><td>{PARAGRAPH[:40]} {n}</td><td>{n}</td></tr>" for n in range(4))
    found = page(f"<table><tr><th>Line</th><th>Fare</th></tr>{rows}</table>")
    words = signs(found.lines, language="en").words
    kept = blocks(found, [len(line) > 20 for line in found.lines], words)
    assert [block.text for block in kept][:2] == ["Line | Fare", f"{PARAGRAPH[:40].strip()} 0 | 0"]
    assert not blocks(found, [line == "3" for line in found.lines], words)


def test_box_beside_the_text_and_around_a_form_is_known() -> None:
    """What an aside and a sign-up form say is told from the article's own words."""
    form = "<div><h4>Our letter</h4><p>Every Friday.</p><form><button>Subscribe</button></form></div>"
    found = page(f"<article><p>{PARAGRAPH}</p><aside><p>Members get more.</p></aside>{form}</article>")
    kept = blocks(found, [True] * len(found.lines), signs(found.lines, language="en").words)
    assert [block.text for block in kept if not block.boxed] == [PARAGRAPH]


def test_article_is_kept_and_the_page_around_it_is_not() -> None:
    """Menus and legal lines are left behind."""
    texts = [block.text for block in judged_page(document_fromstring(PAGE)).blocks]
    assert sum("harbour board voted" in text for text in texts) == 6
    assert not any("rights reserved" in text or text in {"Home", "Sport"} for text in texts)


def test_page_is_not_changed() -> None:
    """Judging a page twice gives the same twice."""
    tree = document_fromstring(PAGE)
    assert judged_page(tree) == judged_page(tree)


@pytest.mark.parametrize(("row", "expected"), [((0.0, 5.0), 21.0), ((1.0, 0.0), 12.0), ((1.0, 5.0), 24.0)])
def test_forest_leads_to_the_leaves(row: tuple[float, float], expected: float) -> None:
    """Up to its limit a node leads one way, above it the other; trees may differ in size."""
    nodes = {
        "root": (0, 5),
        "column": (0, 0, 1, 0, 0, 1, 0, 0),
        "limit": (0.5, 0, 2.5, 0, 0, 4, 0, 0),
        "low": (1, 1, 3, 3, 4, 6, 6, 7),
        "high": (2, 1, 4, 3, 4, 7, 6, 7),
        "value": (0, 1, 0, 2, 4, 0, 10, 20),
    }
    trees = forest({f"small {part}": np.array(values, np.float32) for part, values in nodes.items()}, "small")
    assert odds(np.array([row], np.float32), trees).tolist() == [expected]


def test_weights_fit_the_features() -> None:
    """The packaged weights are of the shapes that the code reads."""
    assert weights()["names"].shape == (BUCKETS, len(CLASSES))
    first, second = forests()
    assert second.column.max() > first.column.max()
    assert first.lower.any(axis=0).all()
