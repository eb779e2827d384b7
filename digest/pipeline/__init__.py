"""
The stages in their order, as pure functions; the only unpacker of settings.

    Item → extract → Article → rules → dedupe → Coverage → cluster → Cluster → summarize + topics → Telling → edition
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from digest import cluster as clustering
from digest import edition as editing
from digest import extract, summarize, topics
from digest.dedupe import fold
from digest.model import (
    Article,
    Cluster,
    Corrections,
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
from digest.pipeline.calendar import closing, period, since, title_of
from digest.pipeline.catalogue import own_topics, subjects
from digest.pipeline.corrections import check_overrides, corrections, unmatched
from digest.pipeline.history import last_states, memory, merges
from digest.pipeline.named import Known, nearest
from digest.pipeline.putting_right import as_wanted, corrected_memory, put_right
from digest.pipeline.unpacking import declarations, feeds, masthead, rules
from digest.settings import Settings

__all__ = [
    "Known",
    "admit",
    "check",
    "clean",
    "clean_with",
    "closing",
    "corrected_memory",
    "corrections",
    "declarations",
    "edit",
    "feeds",
    "group",
    "is_news",
    "last_states",
    "library",
    "masthead",
    "memory",
    "merges",
    "nearest",
    "own_topics",
    "period",
    "retract",
    "rules",
    "seen",
    "since",
    "subjects",
    "tell",
    "tell_with",
    "unmatched",
]

NONE = Corrections()
NEWS_OF_FIRST_DAY = 5
"""How many entries of a feed that is read for the first time are news."""


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
        SettingsError: There is no such summarizer or topic, a topic cannot be what it is to be, or overrides
            contradict each other.
    """
    summarize.summarizer(settings.summary.method)
    subjects(settings)
    rules(settings)
    check_overrides(settings)


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


def admit(
    articles: Iterable[Article],
    settings: Settings,
    *,
    memory: Memory,
    current: editing.Period,
    corrections: Corrections = NONE,
) -> tuple[tuple[Article, ...], tuple[editing.Dropped, ...]]:
    """Divide articles, put right, into those that may be grouped and those that their owner or the rules keep out."""
    wanted, hidden = put_right(articles, corrections)
    kept, dropped = editing.admit(wanted, rules(settings), shown=memory.shown, opened=current.opened)
    return kept, (*hidden, *dropped)


def group(articles: Iterable[Article], *, memory: Memory, corrections: Corrections = NONE) -> tuple[Cluster, ...]:
    """
    Fold reprints, group what is on one event, and find shown stories that are one.

    What its owner takes out of a story is no copy of what stays; what is hidden or retracted is merged with nothing.
    """
    taken_out = {key for key, _ in corrections.apart}
    rest: list[Article] = []
    apart: list[Article] = []
    for article in articles:
        (apart if article.key in taken_out else rest).append(article)
    return clustering.cluster(
        (*fold(rest), *fold(apart)),
        memory=memory,
        apart=corrections.apart,
        together=corrections.together,
        joined=corrections.joined,
        alone=editing.silent(memory.stories, corrections),
    )


def tell(cluster: Cluster, settings: Settings, own: Sequence[topics.OwnTopic] = ()) -> Telling:
    """Sum up and tag a cluster; *own* are the topics that the owner adds."""
    articles = [coverage.article for coverage in cluster.coverage]
    central = summarize.central(cluster)
    summarizer = summarize.summarizer(settings.summary.method)
    leaning = topics.leaning(articles)
    sure = topics.sure(leaning)
    main = sure[0] if sure else None
    return Telling(
        cluster=cluster,
        headline=central.headline,
        language=central.language,
        summary=summarizer(cluster, summarize.Limit(sentences=settings.summary.sentences)),
        topics=sure,
        keywords=topics.keywords(articles),
        leaning=leaning,
        tagged=main,
        own=topics.own_topics_of(articles, own),
        suggested=topics.suggestion(articles, main) if main else None,
    )


def tell_with(settings: Settings, own: Sequence[topics.OwnTopic] = ()) -> tuple[object, ...]:
    """Return all that `tell` depends on but the cluster."""
    return (summarize.VERSION, topics.VERSION, settings.summary, *own)


def edit(
    tellings: Iterable[Telling],
    settings: Settings,
    *,
    memory: Memory,
    now: datetime,
    current: editing.Period,
    corrections: Corrections = NONE,
    again: Sequence[Story] = (),
    rejections: Sequence[Rejection] = (),
) -> editing.Edited:
    """Decide what the open edition shows; *again* are stories of earlier editions to show once more."""
    return editing.edit(
        tellings,
        memory=memory,
        now=now,
        current=current,
        title=title_of(settings, current),
        max_stories=settings.edition.max_stories,
        max_per_source=settings.edition.max_per_source,
        window=settings.edition.window_length,
        rules=rules(settings),
        corrections=corrections,
        again=again,
        rejections=rejections,
    )


def retract(
    editions: Sequence[Edition], story: Story, settings: Settings, *, reason: str, now: datetime
) -> tuple[Edition, ...]:
    """
    Put a notice in the place of a story, in the open edition too.

    Args:
        editions: All of them, newest first; at least one.
        story: As it was last shown.
        settings: Of the digest.
        reason: A line for the story's readers, or nothing.
        now: Moment of the retraction, aware, whole seconds, never before the last edition was issued.

    Returns:
        The editions that change, the open one first.
    """
    current = period(settings, now=now, last=editions[0])
    if editions[0].id != current.id:
        nothing = Memory(first_seen={}, shown={}, stories=(), edition=None)
        editions = (edit((), settings, memory=nothing, now=now, current=current).edition, *editions)
    return editing.retract(editions, story, reason=reason, now=now)


def library(
    settings: Settings, *, today: Edition, earlier: Sequence[Edition], health: Health, corrections: Corrections = NONE
) -> Library:
    """
    Put together all that is published.

    Args:
        settings: Of the digest.
        today: The open edition.
        earlier: All others, newest first.
        health: How the sources are.
        corrections: Of the owner.
    """
    editions = tuple(edition for edition in (today, *earlier) if edition.stories)
    told = Library(masthead=masthead(settings), today=today, editions=editions, merged=merges(editions), health=health)
    if not (corrections.stories or corrections.articles):
        return told
    return as_wanted(told, last_states(told.editions), corrections)
