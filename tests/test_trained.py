"""The trained cleaner of page dumps: what it keeps, and what it makes of dumps of other kinds."""

from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.extract.features import features
from digest.extract.gate import refusal
from digest.extract.lexicon import WORD, words_of
from digest.extract.lines import CITED, HEADING, ITEM, PLAIN, Line, split_lines
from digest.extract.trained import judged_lines
from digest.extract.trained.repair import is_marked, repaired, unmarked
from digest.extract.trim import cuts

PAGE = """\
Skip to content
Home
News
Sport
Weather
Log in
Bridge over the Arle reopens after a year of repairs
By Jane Miller
3 March 2025
Share this article
The old bridge over the Arle was reopened on Monday after repairs that took more than a year, the mayor of Norbury said.
Workers replaced forty of its sixty beams, and the stone of both piers was cleaned for the first time in its life.
"We could have built a new one for less," the mayor told reporters, "but nobody in this town would have forgiven us."
The repairs cost 2.4 million pounds, a third of which was raised by people who live on the two banks of the river.
Buses will cross the bridge again from Thursday, and lorries from the beginning of next month, the council announced.
Related articles
Council to vote on parking fees
Ten things to do this weekend
Sign up for our newsletter
Terms of use
Privacy policy
© 2025 Norbury Courier. All rights reserved.
"""
BODY = range(10, 15)


def lines_of(*texts: str) -> list[Line]:
    return [Line(text, text, gap=False) for text in texts]


def kept(page: str) -> tuple[bool, ...]:
    return judged_lines(repaired(split_lines(page)), language="en")[0]


@given(st.text(st.one_of(st.characters(max_codepoint=0x17F), st.sampled_from("’“–…•€™→ßαж北ก\u0301 "))))
@settings(max_examples=300)
def test_words_are_the_same_however_they_are_looked_for(text: str) -> None:
    """The fast way to the words of Western lines finds what the slow way finds."""
    assert words_of(text) == WORD.findall(text)


def test_the_article_is_kept_and_the_page_around_it_is_not() -> None:
    """Of a page with menus and notices the paragraphs are left."""
    own = kept(PAGE)
    assert all(own[at] for at in BODY)
    assert not any(own[:6])
    assert not any(own[15:])


def test_blank_lines_between_blocks_change_nothing() -> None:
    """A dump with empty lines between its blocks gives the same article."""
    assert kept(PAGE.replace("\n", "\n\n")) == kept(PAGE)


def test_a_page_without_words_has_no_article() -> None:
    """Marks alone are nothing to keep."""
    assert judged_lines(lines_of("***", "---", "|"), language="und")[0] == (False, False, False)
    assert judged_lines([], language="en") == ((), ())


def test_what_ends_an_article_is_no_headline_when_it_is_sure() -> None:
    """A list that closes an article stays when the cleaner is sure of it; else its end could be the next headline."""
    lines = lines_of(
        "The fair visits four towns in June, its organisers said on Friday.", "Norbury, market square", "Arle, old quay"
    )
    known = features(lines, language="en")
    assert list(cuts(lines, known, range(3), is_dump=True)) == [2, 1]
    assert not cuts(lines, known, range(3), is_dump=True, sure=frozenset({2}))


def test_two_sure_sentences_on_a_long_page_are_an_article() -> None:
    """A short item between long menus is an article when the cleaner is sure of its sentences."""
    lines = lines_of("The old bridge over the Arle was reopened on Monday. Buses will cross it again from Thursday on.")
    known = features(lines, language="en")
    judge = partial(refusal, known, [0], sentence_count=2, page_words=900, stops=frozenset())
    assert judge(is_vouched=True) is None
    assert "at least 50 needed" in str(judge(is_vouched=False))


@settings(deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1), min_size=1, max_size=30))
def test_every_line_has_a_probability(texts: list[str]) -> None:
    """Whatever stands on a page, each line is judged once, the same each time."""
    lines = lines_of(*texts)
    own, likely = judged_lines(lines, language="en")
    assert len(own) == len(likely) == len(lines)
    assert all(0 <= p <= 1 for p in likely)
    assert judged_lines(lines, language="en") == (own, likely)


@pytest.mark.parametrize(
    ("line", "text", "kind"),
    [
        ("## A subhead", "A subhead", HEADING),
        ("* An item", "An item", ITEM),
        ("The **old** bridge and _its_ stone", "The old bridge and its stone", PLAIN),
        (r"2 \* 3 in file\_name and snake_case", "2 * 3 in file_name and snake_case", PLAIN),
        ("Sides of 2*3*4 or 10**6 metres", "Sides of 2*3*4 or 10**6 metres", PLAIN),
        ("**2025**: 2 ** 3 in *italics*", "2025: 2 ** 3 in italics", PLAIN),
        ("> The *old* bridge", "The old bridge", CITED),
        ("> > 1. Its stone", "1. Its stone", ITEM),
        (">", "", CITED),
        ("* * *", "", ITEM),
    ],
)
def test_markdown_is_taken_off(line: str, text: str, kind: int) -> None:
    """Marks are taken off, what they said is kept, and marks that are the text's own stay."""
    assert unmarked(line) == (text, kind)


def test_a_page_is_markdown_when_it_has_headings_and_more_marks() -> None:
    """A list with stars does not make a page Markdown."""
    assert is_marked(["# Bridge reopens", "* one", "* two"])
    assert not is_marked(["* one", "* two", "* three"])


def test_lines_broken_at_links_are_joined() -> None:
    """What `get_text` tore at a link or an emphasis is one paragraph again, and traceable to its lines."""
    torn = PAGE.replace(" after repairs", "\nafter repairs").replace(", the mayor", "\n, the mayor")
    [joined] = [line for line in repaired(split_lines(torn)) if line.text.startswith("The old bridge")]
    assert joined.text == repaired(split_lines(PAGE))[10].text
    assert joined.raw.count("\n") == 2


@given(st.sets(st.integers(0, PAGE.count(" ") - 1)))
def test_no_character_is_lost_by_repair(torn_at: set[int]) -> None:
    """Wherever a page was torn, repair changes its breaks and spaces and nothing else."""
    first, *others = PAGE.split(" ")
    torn = first + "".join(("\n" if at in torn_at else " ") + word for at, word in enumerate(others))
    assert "".join("".join(line.text for line in repaired(split_lines(torn))).split()) == "".join(PAGE.split())
