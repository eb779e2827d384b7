"""Grouping on its own: stories and originals without a memory of editions."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import pytest

from digest import grouping
from digest.dedupe import fold
from digest.grouping import Grouped, group
from digest.model import Article, Coverage
from digest.text import short_id
from tests.test_cluster import ALL, EVENTS, FERRY, MATCH_MEN
from tests.values import article, source

LONG = replace(FERRY[0], key="long", paragraphs=(*FERRY[0].paragraphs, *FERRY[1].paragraphs))


def copy_of(one: Article, key: str, day: str | None = "2026-11-19") -> Article:
    """Return the same text as another source carries it."""
    return replace(one, key=key, source=source(key), published=article(key, day=day).published)


def test_the_result_is_in_the_order_of_the_input() -> None:
    """Every article comes back in its place, with its story."""
    mixed = [FERRY[1], MATCH_MEN[0], FERRY[0]]
    found = group(mixed)
    assert [grouped.article for grouped in found] == mixed
    assert [grouped.story for grouped in found] == [
        short_id("story", "ferry-1"),
        short_id("story", "men-1"),
        short_id("story", "ferry-1"),
    ]


def test_a_copy_names_its_original_and_shares_its_story() -> None:
    """A copy is a reprint of the article that was published first."""
    late, early = copy_of(LONG, "late"), copy_of(LONG, "early", "2026-11-17")
    found = group([late, FERRY[2], early])
    assert [grouped.reprint_of for grouped in found] == ["early", None, None]
    assert len({grouped.story for grouped in found}) == 1


def test_of_undated_copies_the_first_given_is_the_original() -> None:
    """Without dates the order of the input decides, but a dated copy comes before all of them."""
    undated = [copy_of(LONG, key, None) for key in ("c", "b", "a")]
    assert [grouped.reprint_of for grouped in group(undated)] == [None, "c", "c"]
    dated = copy_of(LONG, "z")
    assert [grouped.reprint_of for grouped in group([*undated, dated])] == ["z", "z", "z", None]


def test_undated_articles_stay_undated() -> None:
    """What comes back is what was handed in, without a date of our making."""
    undated = replace(FERRY[0], published=None)
    [found] = group([undated])
    assert found.article == undated


@pytest.mark.parametrize("one_by_one", [False, True])
def test_an_earlier_run_keeps_its_stories(one_by_one: bool) -> None:
    """What an earlier run grouped is not renamed by what comes later, even if that is older."""
    earlier = group([FERRY[1], MATCH_MEN[0]], one_by_one=one_by_one)
    found = group([FERRY[0], FERRY[2], MATCH_MEN[1]], earlier=earlier, one_by_one=one_by_one)
    ferry, match = (grouped.story for grouped in earlier)
    assert [grouped.story for grouped in found] == [ferry, ferry, match]


def test_an_earlier_original_stays_the_original() -> None:
    """An older copy that turns up late is a reprint of the article that was there before it."""
    earlier = group([copy_of(LONG, "known"), copy_of(LONG, "copy", "2026-11-20")])
    [found] = group([copy_of(LONG, "older", "2026-11-01")], earlier=earlier)
    assert (found.reprint_of, found.story) == ("known", earlier[0].story)


def test_a_newer_version_of_an_article_stays_in_its_story() -> None:
    """An article that is handed in again is judged as it is now, in the story it was in."""
    [earlier] = group([FERRY[0]])
    rewritten = replace(FERRY[0], paragraphs=MATCH_MEN[0].paragraphs)
    [found] = group([rewritten], earlier=[earlier])
    assert found == Grouped(article=rewritten, story=earlier.story, reprint_of=None)


@pytest.mark.parametrize("one_by_one", [False, True])
def test_what_is_long_past_is_not_read_again(one_by_one: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new article costs the same, however many old ones earlier runs have left."""
    read: list[str] = []

    def noted(articles: Iterable[Article]) -> tuple[Coverage, ...]:
        known = tuple(articles)
        read.extend(article.key for article in known)
        return fold(known)

    earlier = group([copy_of(LONG, "past", "2026-10-17"), copy_of(MATCH_MEN[0], "recent", "2026-10-31"), FERRY[0]])
    monkeypatch.setattr(grouping, "fold", noted)
    [found] = group([FERRY[1]], earlier=earlier, one_by_one=one_by_one)
    assert (read, found.story) == (["recent", "ferry-1", "ferry-2"], earlier[2].story)


def test_a_newer_version_keeps_its_story_after_any_time() -> None:
    """An article that is corrected a year later stays in its story, and one with its address is its copy."""
    first = replace(FERRY[0], url="https://example.org/ferry")
    [earlier] = group([first])
    corrected = replace(first, published=article("x", day="2027-11-17").published)
    [newer] = group([corrected], earlier=[earlier])
    [copied] = group([replace(corrected, key="other")], earlier=[earlier])
    assert (newer.story, newer.reprint_of, copied.reprint_of) == (earlier.story, None, "ferry-1")


def test_an_undated_article_joins_a_story_of_any_time() -> None:
    """What does not say when it was published may be of any time."""
    [earlier] = group([copy_of(LONG, "past", "2025-10-17")])
    [found] = group([copy_of(LONG, "undated", None)], earlier=[earlier])
    assert (found.story, found.reprint_of) == (earlier.story, "past")


@pytest.mark.parametrize("one_by_one", [False, True])
def test_a_newer_version_that_is_a_copy_stays_in_its_story(one_by_one: bool) -> None:
    """What an earlier run told of another event does not move to the story whose text it repeats now."""
    ferry, match = group([LONG, MATCH_MEN[0]])
    rewritten = replace(MATCH_MEN[0], paragraphs=LONG.paragraphs, headline=LONG.headline)
    [found] = group([rewritten], earlier=[ferry, match], one_by_one=one_by_one)
    assert (found.story, found.reprint_of) == (match.story, None)


def test_what_lies_long_back_is_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is what may still be a copy, but too old to tell of the same event."""
    from digest.cluster import likeness

    compared: list[str] = []
    found = likeness.likenesses

    def noted(articles: Mapping[int, Article]) -> Mapping[tuple[int, int], float]:
        compared.extend(article.key for article in articles.values())
        return found(articles)

    monkeypatch.setattr(likeness, "likenesses", noted)
    earlier = group([copy_of(MATCH_MEN[0], "old", "2026-11-04"), FERRY[0]])
    compared.clear()
    group([FERRY[1]], earlier=earlier)
    assert compared == ["ferry-1", "ferry-2"]


def test_one_by_one_sorts_a_morning_into_its_events() -> None:
    """Taken in order of publication, articles on five events make five stories."""
    assert len({grouped.story for grouped in group(ALL, one_by_one=True)}) == len(EVENTS)


def test_keys_must_be_distinct() -> None:
    """Two articles of one key could not be told apart in the result."""
    with pytest.raises(ValueError, match="distinct"):
        group([FERRY[0], FERRY[0]])
