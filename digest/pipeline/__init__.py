"""
The stages in their order, as pure functions; the only unpacker of settings.

    Item → extract → Article → rules → dedupe → Coverage → cluster → Cluster → summarize + topics → Telling → edition
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from digest import cluster as clustering
from digest import edition as editing
from digest import extract, summarize, topics
from digest.dedupe import fold
from digest.model import (
    Article,
    Cluster,
    Dated,
    Edition,
    Health,
    Item,
    Library,
    Memory,
    Rejection,
    Story,
    Telling,
)
from digest.pipeline.unpacking import declarations, feeds, masthead, rules
from digest.settings import Settings

__all__ = [
    "admit",
    "check",
    "clean",
    "clean_with",
    "closing",
    "declarations",
    "edit",
    "feeds",
    "group",
    "is_news",
    "last_states",
    "library",
    "masthead",
    "memory",
    "period",
    "rules",
    "seen",
    "since",
    "tell",
    "tell_with",
]

NEWS_OF_FIRST_DAY = 5
"""How many entries of a feed that is read for the first time are news."""
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def is_news(rank: int, *, is_first_day: bool) -> bool:
    """
    Tell whether an entry that a feed brings for the first time may be news; whether it is too old, the edition judges.

    Args:
        rank: How many entries of the feed are newer.
        is_first_day: Whether the feed is read for the first time: then only its newest few are news.
    """
    return rank < NEWS_OF_FIRST_DAY or not is_first_day


def check(settings: Settings) -> None:
    """
    Refuse settings that only the stages can judge.

    Raises:
        SettingsError: There is no such summarizer, or no such topic.
    """
    summarize.summarizer(settings.summary.method)
    rules(settings)


def clean(item: Item) -> Article:
    """
    Make an article of an item.

    Raises:
        ItemError: There is no article in it.
    """
    return extract.extract(item)


def explain(item: Item) -> extract.Explanation:
    """Return what becomes of an item that is cleaned, and why, line by line."""
    return extract.explain(item)


def clean_with(item: Item) -> tuple[object, ...]:
    """Return all that `clean` depends on but the item's bytes."""
    return (extract.VERSION, item.key, item.source, item.media_type, item.declared)


def seen(article: Article, *, first_seen: datetime) -> Article:
    """Date an article that does not say when it was published by the moment it was first seen."""
    if article.published is not None:
        return article
    sight = Dated(value=first_seen, precision="minute", zone_known=True, origin="first_seen")
    return replace(article, published=sight)


def period(settings: Settings, *, now: datetime, last: Edition | None) -> editing.Period:
    """
    Return the edition that is open at *now*, never an earlier one than the *last*.

    One that a clock which was ahead has closed stays closed: what comes after belongs to the next one.
    """
    current = editing.period(now, closes=settings.edition.closing, timezone=settings.zone)
    if last is None or last.id < current.id:
        return current
    if last.closed:
        return period(settings, now=last.opened + timedelta(hours=36), last=None)
    return editing.Period(id=last.id, opened=last.opened)


def closing(settings: Settings, *, now: datetime) -> datetime:
    """Return when the edition closes that is open at *now*."""
    opened = period(settings, now=now, last=None).opened
    # A day and a half later the next edition is open, whatever summer time does.
    return period(settings, now=opened + timedelta(hours=36), last=None).opened


def since(settings: Settings, current: editing.Period) -> datetime:
    """
    Return the moment before which an entry must have been seen to be of no use.

    It may belong to a story that is open, and longer than that it is what a reprint within the window is a reprint of.
    """
    return current.opened - editing.STAYS_OPEN - settings.edition.window_length


def memory(editions: Sequence[Edition], *, first_seen: Mapping[str, datetime], current: editing.Period) -> Memory:
    """
    Sum up what earlier builds saw and showed.

    Args:
        editions: All of them, newest first.
        first_seen: Article key → moment, for the articles at hand.
        current: The edition that is open.
    """
    shown: dict[str, str] = {}
    for edition in reversed(editions):
        for story in edition.stories:
            for coverage in story.coverage:
                for article in (coverage.article, *coverage.reprints):
                    shown.setdefault(article.key, story.id)
    standing = {story.id for edition in editions[:1] if edition.id == current.id for story in edition.stories}
    return Memory(
        first_seen=first_seen,
        shown={key: shown[key] for key in first_seen if key in shown},
        stories=tuple(
            story
            for story in reversed(last_states(editions))
            if story.id in standing or editing.is_open(story, opened=current.opened)
        ),
        edition=editions[0] if editions else None,
    )


def last_states(editions: Iterable[Edition]) -> tuple[Story, ...]:
    """
    Return every story as it was last shown, the one shown last first.

    Args:
        editions: Newest first.
    """
    states: dict[str, Story] = {}
    for edition in editions:
        for story in edition.stories:
            states.setdefault(story.id, story)
    return tuple(states.values())


def admit(
    articles: Iterable[Article], settings: Settings, *, memory: Memory, current: editing.Period
) -> tuple[tuple[Article, ...], tuple[editing.Dropped, ...]]:
    """Divide articles into those that may be grouped and those that the reader's rules drop."""
    return editing.admit(articles, rules(settings), shown=memory.shown, opened=current.opened)


def group(articles: Iterable[Article], *, memory: Memory) -> tuple[Cluster, ...]:
    """Fold reprints and group what is on one event."""
    return clustering.cluster(fold(articles), memory=memory)


def tell(cluster: Cluster, settings: Settings) -> Telling:
    """Sum up and tag a cluster."""
    articles = [coverage.article for coverage in cluster.coverage]
    central = summarize.central(cluster)
    summarizer = summarize.summarizer(settings.summary.method)
    return Telling(
        cluster=cluster,
        headline=central.headline,
        language=central.language,
        summary=summarizer(cluster, summarize.Limit(sentences=settings.summary.sentences)),
        topics=topics.tag(articles),
        keywords=topics.keywords(articles),
    )


def tell_with(settings: Settings) -> tuple[object, ...]:
    """Return all that `tell` depends on but the cluster."""
    return (summarize.VERSION, topics.VERSION, settings.summary)


def edit(
    tellings: Iterable[Telling],
    settings: Settings,
    *,
    memory: Memory,
    now: datetime,
    current: editing.Period,
    again: Sequence[Story] = (),
    rejections: Sequence[Rejection] = (),
) -> editing.Edited:
    """Decide what the open edition shows; *again* are stories of earlier editions to show once more."""
    day = date.fromisoformat(current.id)
    return editing.edit(
        tellings,
        memory=memory,
        now=now,
        current=current,
        title=f"{settings.title}, {day.day} {MONTHS[day.month - 1]} {day.year}",
        max_stories=settings.edition.max_stories,
        max_per_source=settings.edition.max_per_source,
        window=settings.edition.window_length,
        rules=rules(settings),
        again=again,
        rejections=rejections,
    )


def library(settings: Settings, *, today: Edition, earlier: Iterable[Edition], health: Health) -> Library:
    """
    Put together all that is published.

    Args:
        settings: Of the digest.
        today: The open edition.
        earlier: All others, newest first.
        health: How the sources are.
    """
    return Library(
        masthead=masthead(settings),
        today=today,
        editions=tuple(edition for edition in (today, *earlier) if edition.stories),
        health=health,
    )
