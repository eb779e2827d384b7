"""
Articles in, the story and the original of each out: `dedupe` and `cluster` without a memory of editions.

For grouping on its own, outside a build: what an earlier run found is handed in as it was handed out.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from digest.cluster import assign, assign_in_turn, divided
from digest.dedupe import fold
from digest.model import Article, Coverage, Dated

REACH = 20  # days
"""An article that was published longer before or after all others at hand has no copy among them, nor tells of their
events: twice as long as a story stays open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouped:
    """An article and where it belongs."""

    article: Article
    story: str
    """Id of the story it tells of."""
    reprint_of: str | None
    """Key of the article it is a copy of; never that of a copy."""


def group(
    articles: Sequence[Article], *, earlier: Sequence[Grouped] = (), one_by_one: bool = False
) -> tuple[Grouped, ...]:
    """
    Find copies, and the articles that tell of the same event.

    Args:
        articles: Clean articles with distinct keys. Of copies the one published first is the original;
            undated ones come behind all others, in the order in which they are given.
        earlier: What earlier runs returned, texts included. It keeps its stories and originals, is open to
            new articles, and is left out where its key is among *articles*: those are newer versions. What is out
            of `REACH` costs nothing; an undated article has everything in reach.
        one_by_one: Judge each article by nothing but *earlier* and what was published before it.

    Returns:
        One value an article, in the same order.

    Raises:
        ValueError: Two of *articles* have the same key.
    """
    fresh = {article.key: article for article in articles}
    if len(fresh) < len(articles):
        raise ValueError("articles must have distinct keys")
    earlier = _in_reach(earlier, articles)
    known = {grouped.article.key: grouped for grouped in earlier}
    pool = [grouped.article for grouped in known.values() if grouped.article.key not in fresh]
    told_before = {key: grouped.story for key, grouped in known.items()}
    growing = frozenset(told_before.values())
    coverage = tuple(divided(fold(_in_order([*pool, *articles])), known=told_before, growing=growing))
    if one_by_one:
        coverage = tuple(sorted(coverage, key=lambda told: _keys(told).isdisjoint(told_before)))
        stories = assign_in_turn(coverage, known=told_before)
    else:
        stories = assign(coverage, known=told_before, growing=growing)
    found: dict[str, Grouped] = {}
    for told, story in zip(coverage, stories, strict=True):
        original = _original(told, known)
        for key in _keys(told) & fresh.keys():
            found[key] = Grouped(article=fresh[key], story=story, reprint_of=original if key != original else None)
    return tuple(found[article.key] for article in articles)


def _in_reach(earlier: Sequence[Grouped], articles: Sequence[Article]) -> Sequence[Grouped]:
    """Return what the articles are compared with, and what has the key or the address of one of them."""
    days = sorted(day for article in articles if (day := _day(article)) is not None)
    if len(days) < len(articles):
        return earlier
    same = {name for article in articles for name in (article.key, article.url) if name}

    def is_in_reach(article: Article) -> bool:
        day = _day(article)
        if day is None or article.key in same or article.url in same:
            return True
        return bisect_left(days, day - REACH) < bisect_right(days, day + REACH)

    return [grouped for grouped in earlier if is_in_reach(grouped.article)]


def _day(article: Article) -> int | None:
    return article.published.value.toordinal() if article.published else None


def _in_order(articles: Sequence[Article]) -> list[Article]:
    """Return the articles, undated ones dated as first seen one after the other, which only orders them."""
    return [
        article
        if article.published
        else replace(
            article,
            published=Dated(
                value=datetime.min.replace(tzinfo=UTC) + timedelta(seconds=number),
                precision="minute",
                zone_known=True,
                origin="first_seen",
            ),
        )
        for number, article in enumerate(articles)
    ]


def _keys(told: Coverage) -> set[str]:
    return {told.article.key, *(reprint.key for reprint in told.reprints)}


def _original(told: Coverage, known: Mapping[str, Grouped]) -> str:
    """Return the key of the original: what an earlier run took for it stays so."""
    for article in (told.article, *told.reprints):
        if article.key in known:
            return known[article.key].reprint_of or article.key
    return told.article.key
