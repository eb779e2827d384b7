"""
The stages in their order, as pure functions; the only unpacker of settings.

    Item → extract → Article → dedupe → Coverage → cluster → Cluster → summarize + topics → Telling → edition
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from urllib.parse import urlsplit

from digest import cluster as clustering
from digest import edition as editing
from digest import extract, summarize, topics
from digest.dedupe import fold
from digest.model import (
    Article,
    Cluster,
    Dated,
    Declaration,
    Edition,
    Item,
    Library,
    Masthead,
    Memory,
    Metadata,
    Rejection,
    Source,
    Story,
    Telling,
)
from digest.settings import ItemSettings, Settings, moment
from digest.text import short_id, slug

NEWS_OF_FIRST_DAY = 5
"""How many entries of a feed that is read for the first time are news."""
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def masthead(settings: Settings) -> Masthead:
    """Return what pages and feeds say of the digest itself."""
    return Masthead(
        title=settings.title,
        author=settings.author or settings.title,
        language=settings.language,
        base_url=settings.base_url,
        feed_id=settings.feed_id,
        timezone=settings.timezone,
    )


def declarations(settings: Settings) -> dict[str, Declaration]:
    """Return what the settings say of files, by path under the seeds."""
    return {path: _declaration(item) for path, item in settings.items.items()}


def feeds(settings: Settings) -> dict[str, Source]:
    """Return the address of every feed to follow → the source that it is, in the order of the settings."""
    return {
        feed.url: Source(
            id=f"{slug(urlsplit(feed.url).hostname or '')}-{short_id(feed.url)[:6]}",
            name=feed.name or (urlsplit(feed.url).hostname or feed.url).removeprefix("www."),
            private=feed.private,
            republish=feed.republish,
            boost=feed.boost,
            feed=True,
        )
        for feed in settings.feeds
    }


def is_news(place: int, item: Item, settings: Settings, *, now: datetime, is_first_day: bool) -> bool:
    """
    Tell whether an entry that a feed brings for the first time is news.

    Args:
        place: Its place in the feed, from 0.
        item: The entry.
        settings: Of the digest.
        now: Aware.
        is_first_day: Whether the feed is read for the first time: then only its newest few are news.
    """
    published = item.declared.published
    if published is not None and now - published.instant > settings.edition.window_length:
        return False
    return place < NEWS_OF_FIRST_DAY or not is_first_day


def check(settings: Settings) -> None:
    """
    Refuse settings that only the stages can judge.

    Raises:
        SettingsError: There is no such summarizer.
    """
    summarize.summarizer(settings.summary.method)


def clean(item: Item) -> Article:
    """
    Make an article of an item.

    Raises:
        ItemError: There is no article in it.
    """
    return extract.extract(item)


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
    """Return the edition that is open at *now*, never an earlier one than the *last*."""
    current = editing.period(now, closes=settings.edition.closing, timezone=settings.zone)
    if last is not None and last.id > current.id:
        return editing.Period(id=last.id, opened=last.opened)
    return current


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
) -> Edition:
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
        again=again,
        rejections=rejections,
    )


def library(settings: Settings, *, today: Edition, earlier: Iterable[Edition]) -> Library:
    """
    Put together all that is published.

    Args:
        settings: Of the digest.
        today: The open edition.
        earlier: All others, newest first.
    """
    return Library(
        masthead=masthead(settings),
        today=today,
        editions=tuple(edition for edition in (today, *earlier) if edition.stories),
    )


def _declaration(item: ItemSettings) -> Declaration:
    return Declaration(
        metadata=Metadata(
            headline=item.headline,
            byline=item.byline,
            published=_dated(item.published) if item.published else None,
            url=item.url,
            language=item.language,
        ),
        source=item.source,
        private=item.private,
        republish=item.republish,
        boost=item.boost,
    )


def _dated(text: str) -> Dated:
    value = moment(text)
    if isinstance(value, datetime):
        zone_known = value.utcoffset() is not None
        return Dated(value=value, precision="minute", zone_known=zone_known, origin="settings")
    midnight = datetime.combine(value, datetime.min.time())
    return Dated(value=midnight, precision="day", zone_known=False, origin="settings")
