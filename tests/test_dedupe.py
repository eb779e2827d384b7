"""Dedupe: one text carried by many sources is one coverage, and nothing else is."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.dedupe import CROWD, fold
from digest.model import Article, Dated
from tests.values import article, at, source

HARBOUR = (
    (
        "The harbour board of Tarnvik voted on Tuesday evening to close the east quay to heavy lorries "
        "from May, after divers found cracks in nine of its forty granite piers."
    ),
    (
        "Fishing boats may still land their catch there, the harbour master said, but every crate must be "
        "carried by hand or on small carts to the auction hall two streets away."
    ),
    (
        "Repairs will take until the end of next year and cost about six million crowns, half of which "
        "the county has promised to pay if the town keeps the quay open to the public."
    ),
    (
        "Shopkeepers along the quay said that they had not been asked and that the summer trade would "
        "suffer, since the only other road to the water is too steep for coaches."
    ),
)
ORCHARD = (
    (
        "Apple growers in the Lerdal valley expect their smallest crop for eleven years after three "
        "nights of frost in the middle of May destroyed most of the early blossom."
    ),
    (
        "The cooperative, which presses half of the valley's fruit, has told its customers that juice "
        "will be short before Christmas and that it will not buy apples from elsewhere."
    ),
    (
        "Growers who had lit fires between the rows lost only a tenth of their blossom, its chairwoman "
        "said, and the county would be asked to pay for stoves before next spring."
    ),
)
TEMPLATE = (
    (
        "This is the daily notice of the Tarnvik town hall, which is read every morning by four thousand "
        "people and is sent free of charge to every household that asks for it at the front desk."
    ),
    (
        "Opening hours are from nine to four on working days; the registry is closed on Wednesday "
        "afternoons, and dogs are welcome in the waiting room as long as they are kept on a lead at all "
        "times."
    ),
)


def seen_first(one: Article, moment: str) -> Article:
    """Return *one* with no date but that of our own first sight."""
    sight = Dated(value=at(moment), precision="minute", zone_known=True, origin="first_seen")
    return replace(one, published=sight)


def with_every_tenth_word_changed(paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    """Return the paragraphs as a careless editor leaves them."""
    return tuple(
        " ".join("other" if n % 10 == 9 else word for n, word in enumerate(text.split())) for text in paragraphs
    )


def test_reprint_goes_under_the_first_to_publish() -> None:
    """The earliest copy is the article; later copies are its reprints."""
    early, late = article("b", *HARBOUR, day="2026-11-01"), article("a", *HARBOUR, day="2026-11-02")
    [coverage] = fold([late, early])
    assert (coverage.article, coverage.reprints) == (early, (late,))


def test_different_texts_stay_apart_earliest_first() -> None:
    """Two texts are two coverages, in the order of publication."""
    harbour, orchard = article("a", *HARBOUR, day="2026-11-02"), article("b", *ORCHARD, day="2026-11-01")
    assert [coverage.article for coverage in fold([harbour, orchard])] == [orchard, harbour]


def test_first_sight_is_no_publication() -> None:
    """A copy without a date comes after the dated ones, however early we saw it."""
    dated = article("b", *HARBOUR, day="2026-11-20")
    undated = article("a", *HARBOUR, day=None)
    seen = seen_first(article("c", *HARBOUR), "2026-11-01 06:00")
    [coverage] = fold([undated, seen, dated])
    assert (coverage.article, coverage.reprints) == (dated, (seen, undated))


def test_undated_copies_are_ordered_by_first_sight_then_key() -> None:
    """Among copies without any date the one that was seen first is the article, then the key decides."""
    later, sooner = (
        seen_first(article("a", *HARBOUR), "2026-11-03 06:00"),
        seen_first(article("b", *HARBOUR), "2026-11-02 06:00"),
    )
    other = replace(sooner, key="c")
    [coverage] = fold([other, later, sooner])
    assert (coverage.article, coverage.reprints) == (sooner, (other, later))


@pytest.mark.parametrize(
    "copy",
    [
        with_every_tenth_word_changed(HARBOUR),
        HARBOUR[:2],
        (
            "NORTHERN WIRE —",
            *HARBOUR,
            "Sign up for our morning letter, and follow the town hall on every network.",
        ),
    ],
    ids=["edited", "cut to half", "garnished"],
)
def test_changed_copies_are_copies(copy: tuple[str, ...]) -> None:
    """Wire copy that was edited, cut or framed by the house's own lines is still a reprint."""
    original = article("a", *HARBOUR, day="2026-11-01")
    [coverage] = fold([article("b", *copy, day="2026-11-02"), original])
    assert coverage.article == original


def test_a_long_quotation_is_no_reprint() -> None:
    """An article that quotes a sentence of another one is an article of its own."""
    quoting = article("b", *ORCHARD[:2], HARBOUR[1], ORCHARD[2], day="2026-11-02")
    assert len(fold([article("a", *HARBOUR, day="2026-11-01"), quoting])) == 2


def test_a_page_that_holds_an_article_among_much_else_is_no_reprint_of_it() -> None:
    """A short notice is not the original of a long page that happens to repeat it."""
    filler = [f"Paragraph {n} speaks of matter {n * n} and of place {n + 7} only." for n in range(80)]
    assert len(fold([article("a", HARBOUR[0]), article("b", HARBOUR[0], *filler)])) == 2


def test_a_follow_up_that_repeats_the_background_is_no_reprint() -> None:
    """News on top of what was told the week before is another article; the same on top of a copy is not."""
    news = [" ".join(f"word{n}" for n in range(at, at + 66)) for at in (0, 100)]
    background = [HARBOUR[0], HARBOUR[1], HARBOUR[2]]
    first, later = (article(str(n), text, *background, day=f"2026-11-0{n + 1}") for n, text in enumerate(news))
    copied = article("c", *background, news[0], day="2026-11-03")
    assert [len(fold([first, later])), len(fold([first, copied]))] == [2, 1]


def test_the_same_address_is_the_same_article() -> None:
    """Two versions of one page belong together, however much its text has changed."""
    first = article("a", *HARBOUR, url="https://paper.example/1", day="2026-11-01")
    second = article("b", *ORCHARD, url="https://paper.example/1", day="2026-11-02")
    [coverage] = fold([second, first])
    assert (coverage.article, coverage.reprints) == (first, (second,))


def test_one_source_s_template_makes_no_copies() -> None:
    """Two notices of one source that share its standing text are two articles; of two sources, copies."""
    hall = source("Town hall", feed=True)
    notices = [
        article("a", *TEMPLATE, HARBOUR[0], headline="East quay closed to lorries", of=hall),
        article("b", *TEMPLATE, ORCHARD[0], headline="Frost in the orchards", of=hall),
    ]
    elsewhere = [replace(notices[0], source=source("One")), replace(notices[1], source=source("Two"))]
    assert [len(fold(notices)), len(fold(elsewhere))] == [2, 1]


def test_one_source_may_carry_a_text_twice() -> None:
    """A source that publishes an article again under a like headline has reprinted it."""
    paper = source("Paper", feed=True)
    first = article(
        "a",
        *HARBOUR,
        headline="East quay closed to lorries from May",
        of=paper,
        day="2026-11-01",
    )
    again = article("b", *HARBOUR[:3], headline="Lorries: east quay closed", of=paper, day="2026-11-02")
    [coverage] = fold([again, first])
    assert coverage.reprints == (again,)


def test_short_notices_must_be_alike_as_a_whole() -> None:
    """Two alerts of one formula are two; the same alert from two sources is one."""
    formula = "A tremor of magnitude {} shook the coast near {} on {} morning, the seismic office said."
    one = article("a", formula.format("4.1", "Holm", "Monday"))
    other = article("b", formula.format("3.2", "Sandvik", "Friday"))
    same = replace(one, key="c", source=source("Another"))
    assert sorted(len(coverage.reprints) for coverage in fold([one, other, same])) == [0, 1]


def test_articles_without_text_are_no_copies_of_each_other() -> None:
    """Nothing in common is not the same as everything in common."""
    empty = replace(article("a"), paragraphs=())
    assert len(fold([empty, replace(empty, key="b")])) == 2


def test_a_crowd_behind_one_template_hides_no_copy() -> None:
    """A copy is found among many pages of other sources that share most of their text."""
    pages = [
        article(f"p{n:03}", *TEMPLATE, *(f"Matter {n} of {n + k} is heard in room {n * k}." for k in range(40)))
        for n in range(CROWD + 20)
    ]
    copied = replace(pages[-1], key="z", source=source("Copyist"))
    found = {c.article.key: c.reprints for c in fold([*pages, copied])}
    assert found[pages[-1].key] == (copied,)


MANY = [
    article("a", *HARBOUR, day="2026-11-01"),
    article("b", *with_every_tenth_word_changed(HARBOUR), day="2026-11-01"),
    article("c", *HARBOUR[1:], day=None),
    article("d", *HARBOUR[:2], *ORCHARD, day="2026-11-03"),
    article("e", *ORCHARD, day="2026-11-03"),
    article("f", *ORCHARD[:2], day=None, url="https://paper.example/f"),
    article("g", *TEMPLATE, day="2026-11-02", url="https://paper.example/f"),
]


@settings(max_examples=30, deadline=None)
@given(st.permutations(MANY))
def test_reading_order_does_not_matter(articles: list[Article]) -> None:
    """The same articles in another order fold the same way."""
    assert fold(articles) == fold(MANY)


@pytest.mark.parametrize("threshold", [-0.1, 1.1])
def test_a_threshold_is_a_share(threshold: float) -> None:
    """A threshold outside [0, 1] is refused."""
    with pytest.raises(ValueError, match=str(threshold)):
        fold([], threshold=threshold)
