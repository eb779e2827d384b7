"""
One build: settings, a folder and the clock in, a published site out. Joins both ends of the house.

The store is asked first and the core is called for what is missing. Nothing is touched before the
settings, the templates and the site's folder are known to be usable; the store keeps what the build
did only when the site is published.
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import msgspec

from digest import addresses, feed, pipeline, publish, render, sources
from digest.build.gather import gather
from digest.build.lock import hold
from digest.build.workplace import Workplace
from digest.edition import STAYS_OPEN
from digest.errors import ItemError, SettingsError
from digest.model import Article, Cluster, Edition, Item, Library, Page, Rejection, Telling
from digest.settings import Settings, moment
from digest.store import Store

Report = Callable[[str], None]
"""Takes a line about what is being done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a build came to."""

    edition: Edition
    published: publish.Published | None
    """What was written; nothing in a dry run."""
    sources: int
    """How many sources the articles at hand come from."""
    alerts: tuple[str, ...] = ()
    """What the owner has to know of sources that fail or work again."""

    @property
    def rejections(self) -> tuple[Rejection, ...]:
        """What was set aside."""
        return self.edition.rejections


def build(
    place: Workplace,
    *,
    day: str | None = None,
    since: str | None = None,
    dry_run: bool = False,
    report: Report = lambda _: None,
) -> Outcome:
    """
    Build the digest.

    Args:
        place: Settings and folders.
        day: ISO 8601 date or moment of the build; else what the environment, the settings or the clock say.
        since: ISO 8601 date or moment; stories shown from then on are shown once more.
        dry_run: Decide everything, write nothing.
        report: Told what is being done.

    Raises:
        SettingsError: A setting, a template or a folder cannot be used; nothing was touched.
        LockedError: Another build is at work.
        DigestError: The build failed; the old site is untouched.
    """
    settings = place.settings
    pipeline.check(settings)
    render.check(place.templates)
    if not place.seeds.is_dir():
        raise SettingsError(str(place.seeds), "no such folder; make it, or name another one")
    publish.owned(place.site)
    now = _moment_of_build(settings, day)
    shown_since = _as_moment(since, settings) if since else None

    with hold(place.lock, dry_run=dry_run), Store(place.store, dry_run=dry_run) as store:
        if ledger := publish.read(place.site, addresses.HISTORY):
            store.recover(ledger)
        editions = store.editions()
        if editions:
            now = max(now, editions[0].issued)  # a clock that went back must not re-open what closed
        current = pipeline.period(settings, now=now, last=editions[0] if editions else None)

        report(f"reading {place.seeds}")
        items, rejections = sources.read(place.seeds, declarations=pipeline.declarations(settings))
        keys = store.recognise(items, now=now)
        items = tuple(sources.rekeyed(item, key) for item, key in zip(items, keys, strict=True))
        first_seen = store.first_seen(keys)

        report("asking the feeds")
        gathered = gather(
            settings,
            store,
            now=now,
            since=current.opened - max(STAYS_OPEN, settings.edition.window_length),
            ask=not dry_run,
        )
        items += tuple(item for item in gathered.items if item.key not in first_seen)
        first_seen |= store.first_seen(item.key for item in gathered.items)

        articles: list[Article] = []
        for item in items:
            report(f"cleaning {item.locator}")
            try:
                article = _clean(item, store)
            except ItemError as error:
                rejections += (Rejection(locator=error.locator, reason=error.reason),)
            else:
                articles.append(pipeline.seen(article, first_seen=first_seen[item.key]))

        memory = pipeline.memory(editions, first_seen=first_seen, current=current)
        report("grouping")
        clusters = pipeline.group(articles, memory=memory)
        tellings = [_tell(cluster, settings, store) for cluster in clusters]
        edition = pipeline.edit(
            tellings,
            settings,
            memory=memory,
            now=now,
            current=current,
            again=[s for s in pipeline.last_states(editions) if shown_since and s.updated >= shown_since],
            rejections=sorted(rejections, key=lambda r: r.locator),
        )
        published = None
        if not dry_run:
            earlier = _close(editions, edition, store)
            if edition.stories:
                store.remember(edition)
            report("rendering")
            library = pipeline.library(settings, today=edition, earlier=earlier)
            published = publish.publish([*_pages(library, place), _ledger(store)], place.site)
            store.forget_unused()
            store.keep()
    return Outcome(
        edition=edition, published=published, sources=len({a.source.id for a in articles}), alerts=gathered.alerts
    )


def _moment_of_build(settings: Settings, day: str | None) -> datetime:
    """
    Return the moment of the build, aware, whole seconds.

    `SOURCE_DATE_EPOCH` is the reproducible builds' variable: seconds since 1970, UTC.
    """
    if day:
        return _as_moment(day, settings)
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        try:
            return datetime.fromtimestamp(int(epoch), UTC)
        except (ValueError, OverflowError, OSError) as error:
            raise SettingsError("SOURCE_DATE_EPOCH", f"`{epoch}` is not a number of seconds") from error
    if settings.edition.date:
        return _as_moment(settings.edition.date, settings)
    return datetime.now(UTC).replace(microsecond=0)


def _as_moment(text: str, settings: Settings) -> datetime:
    """Return the moment a text stands for: a day is the moment its edition opens."""
    try:
        value = moment(text)
    except ValueError as error:
        raise SettingsError("date", str(error)) from error
    if not isinstance(value, datetime):
        value = datetime.combine(value, settings.edition.closing)
    aware = value if value.tzinfo else value.replace(tzinfo=settings.zone)
    return aware.astimezone(UTC).replace(microsecond=0)


def _clean(item: Item, store: Store) -> Article:
    """Return the item's article, from the cache when nothing it depends on has changed."""
    content = hashlib.sha256(item.body).hexdigest()
    key = _fingerprint(content, pipeline.clean_with(item))
    reason = store.cached("rejected", key, str)
    if reason is not None:
        raise ItemError(item.locator, reason)
    article = store.cached("cleaned", key, Article)
    if article is None:
        try:
            article = pipeline.clean(item)
        except ItemError as error:
            store.cache("rejected", key, error.reason)
            raise
        store.cache("cleaned", key, article)
    return article


def _tell(cluster: Cluster, settings: Settings, store: Store) -> Telling:
    """Return the cluster's telling, from the cache when nothing it depends on has changed."""
    key = _fingerprint(cluster, pipeline.tell_with(settings))
    telling = store.cached("told", key, Telling)
    if telling is None:
        telling = pipeline.tell(cluster, settings)
        store.cache("told", key, telling)
    return telling


def _fingerprint(*parts: object) -> str:
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()


def _close(editions: tuple[Edition, ...], current: Edition, store: Store) -> list[Edition]:
    """Close every edition but the current one, each as it was last published."""
    earlier: list[Edition] = []
    for edition in editions:
        if edition.id == current.id:
            continue
        closed = replace(edition, closed=True)
        if closed != edition:
            store.remember(closed)
        earlier.append(closed)
    return earlier


def _pages(library: Library, place: Workplace) -> Iterator[Page]:
    yield from render.pages(library, templates=place.templates)
    yield from feed.pages(library)


def _ledger(store: Store) -> Page:
    return Page(path=addresses.HISTORY, body=store.ledger())
