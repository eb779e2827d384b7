"""Coverage in, its order and the stories that it was told in out."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from digest.model import Article, Coverage

Rank = tuple[int, datetime, str, str]


def rank(article: Article) -> Rank:
    """Return what articles are ordered by: date of publication, then of first sight, then key."""
    published = article.published
    if published is None:
        return (2, datetime.min.replace(tzinfo=UTC), article.key, article.version)
    return (int(published.origin == "first_seen"), published.instant, article.key, article.version)


def divided(coverage: Sequence[Coverage], *, known: Mapping[str, str], growing: Collection[str]) -> Iterator[Coverage]:
    """
    Yield coverage that no two stories share.

    A text of which copies were told in several stories is parted into the copies of each. Those not told before go with
    the first story among these that takes new coverage.

    Args:
        coverage: Distinct texts.
        known: Article key → id of the story it belongs to, for whatever was told before.
        growing: Ids of the stories among these that take new coverage.
    """
    for told in coverage:
        stories = list(dict.fromkeys(known[article.key] for article in articles_of(told) if article.key in known))
        if len(stories) < 2:
            yield told
            continue
        home = next((story for story in stories if story in growing), stories[0])
        parts: defaultdict[str, list[Article]] = defaultdict(list)
        for article in articles_of(told):
            parts[known.get(article.key, home)].append(article)
        yield from (Coverage(article=first, reprints=tuple(rest)) for first, *rest in parts.values())


def story_of(told: Coverage, known: Mapping[str, str]) -> str | None:
    """Return the id of the story that a text or a copy of it was told in."""
    return next((known[article.key] for article in articles_of(told) if article.key in known), None)


def places(coverage: Sequence[Coverage]) -> Mapping[str, int]:
    """Return article key → number of its coverage."""
    return {article.key: number for number, told in enumerate(coverage) for article in articles_of(told)}


def articles_of(told: Coverage) -> Iterator[Article]:
    """Yield a text and its copies."""
    yield told.article
    yield from told.reprints
