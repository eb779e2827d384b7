"""
An edition made and published: what came in, what was remembered and the clock in, a site out.

The store is asked first and the core is called for what is missing. Nothing is touched before the
settings, the templates and the site's folder are known to be usable; the store keeps what the build
did only when the site is published.
"""

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import datetime

from digest import addresses, feed, pipeline, publish, render, sources
from digest.build import Outcome, Report, quiet
from digest.build.gather import gather, handed_out, health_of
from digest.build.heartbeat import beat, fall_silent
from digest.build.quiet import Inputs, Record, looks_of_site, note
from digest.build.remembered import clean, remember_standing, standing, tell
from digest.build.subscriptions import as_opml
from digest.build.workplace import Workplace
from digest.errors import DamagedError, ItemError, SettingsError, StoreError
from digest.model import Article, Edition, Item, Library, Page, Rejection
from digest.store import Cache, Store, cache_of, rescue

_LEDGER = "ledger"
"""Name of the note that tells the ledger which this store wrote last."""


def check(place: Workplace, *, anew: bool = True) -> None:
    """
    Refuse what cannot be worked with; touches nothing.

    Args:
        place: Settings and folders.
        anew: Whether program, templates or settings may differ from those that the last build worked with.

    Raises:
        SettingsError: A setting or a folder cannot be used.
        TemplateError: A template cannot be used.
        PublishError: The site's folder is not ours.
    """
    if anew:
        pipeline.check(place.settings)
        render.check(place.templates)
    if not place.seeds.is_dir():
        raise SettingsError(str(place.seeds), "no such folder; make it, or name another one")
    publish.owned(place.site)


def make(
    place: Workplace,
    inputs: Inputs,
    before: Record | None,
    *,
    shown_since: datetime | None,
    dry_run: bool,
    report: Report,
) -> Outcome:
    """
    Make the open edition.

    Args:
        place: Settings and folders.
        inputs: How everything that is read looks, taken before any of it was read; and the moment of the build.
        before: What the last build noted, when that may be relied on.
        shown_since: Stories shown from then on are shown once more.
        dry_run: Decide everything, write nothing.
        report: Told what is being done.
    """
    settings = place.settings
    with (
        Store(place.store, dry_run=dry_run) as store,
        closing(Cache(cache_of(place.store), dry_run=dry_run)) as cache,
    ):
        _recover(place, store)
        report(f"reading {place.seeds}")
        items, links, rejections = sources.read(place.seeds, declarations=pipeline.declarations(settings))
        report("asking the feeds")
        last = store.last_edition()
        # A clock that went back must not re-open what closed, nor make anything older than what was shown.
        now = max(inputs.now, last.issued) if last else inputs.now
        gathered = gather(settings, store, cache, links=links, now=inputs.now, seen=now)
        told_anew = before is None or {(r.locator, r.reason) for r in gathered.rejections} - {*before.set_aside}
        if before is not None and before.is_unchanged(inputs) and not store.changes and not told_anew:
            note(replace(before, due=gathered.due), store)
            store.keep()
            return quiet(place, before, inputs.now, alerts=gathered.alerts)

        editions = store.editions()
        current = pipeline.period(settings, now=now, last=last)
        keys = store.recognise(items, now=now)
        items = tuple(sources.rekeyed(item, key) for item, key in zip(items, keys, strict=True))
        news = handed_out(settings, store, links, since=pipeline.since(settings, current))
        items += tuple(item for item in news if item.key not in set(keys))
        first_seen = store.first_seen(item.key for item in items)
        articles, unclean = _articles(items, first_seen, cache, report)

        report("grouping")
        memory = pipeline.memory(editions, first_seen=first_seen, current=current)
        admitted, dropped = pipeline.admit(articles, settings, memory=memory, current=current)
        edited = pipeline.edit(
            [tell(cluster, settings, cache) for cluster in pipeline.group(admitted, memory=memory)],
            settings,
            memory=memory,
            now=now,
            current=current,
            again=[s for s in pipeline.last_states(editions) if shown_since and s.updated >= shown_since],
            rejections=sorted((*rejections, *gathered.rejections, *unclean), key=lambda r: (r.locator, r.reason)),
        )
        edition = edited.edition
        outcome = Outcome(
            made=edition,
            sources=len({article.source.id for article in articles}),
            rejections=(*edition.rejections, *gathered.unusable),
            dropped=(*dropped, *edited.dropped),
            alerts=gathered.alerts,
        )
        for each in outcome.dropped:
            report(f"dropped: {each.headline} ({each.rule})")
        if dry_run:
            return outcome
        earlier = _close(editions, edition, store)
        if edition.stories:
            store.remember(edition)
        health = health_of(settings, store, set_aside=len(edition.rejections))
        report("rendering")
        library = pipeline.library(settings, today=edition, earlier=earlier, health=health)
        published = _publish(library, place, inputs.program, store, cache)
        pulse = _pulse(library)
        record = Record(
            program=inputs.program,
            files=inputs.files,
            site=looks_of_site(place.site),
            built=inputs.now,
            closes=pipeline.closing(settings, now=inputs.now),
            due=gathered.due,
            set_aside=tuple((r.locator, r.reason) for r in edition.rejections),
            pulse=pulse,
        )
        note(record, store)
        cache.forget_unused()
        cache.keep()
        store.keep()
    (beat(place, pulse, inputs.now) if settings.heartbeat else fall_silent(place))
    return replace(outcome, published=published)


def start_anew(place: Workplace, error: DamagedError) -> str:
    """
    Put a new store in the place of a damaged one, with all that can still be read.

    Returns:
        What the owner has to know.

    Raises:
        StoreError: The folder cannot be written, or the file was never a store.
    """
    aside = rescue(place.store)
    return f"{error.path} was damaged ({error.damage}); what could be read is saved, and the rest is kept as {aside}"


def _recover(place: Workplace, store: Store) -> None:
    """Add what the site's ledger remembers, unless this store wrote it."""
    ledger = publish.read(place.site, addresses.HISTORY)
    if ledger is None or store.noted(_LEDGER) == hashlib.sha256(ledger).hexdigest():
        return
    try:
        store.recover(ledger)
    except StoreError:
        if store.is_empty():
            raise
        # The store knows all of it, and the ledger is written anew.


def _articles(
    items: Iterable[Item], first_seen: Mapping[str, datetime], cache: Cache, report: Report
) -> tuple[list[Article], list[Rejection]]:
    """Clean every item; what has no article in it is set aside."""
    articles: list[Article] = []
    rejections: list[Rejection] = []
    for item in items:
        report(f"cleaning {item.locator}")
        try:
            articles.append(pipeline.seen(clean(item, cache), first_seen=first_seen[item.key]))
        except ItemError as error:
            rejections.append(Rejection(locator=error.locator, reason=error.reason))
    return articles, rejections


def _close(editions: Iterable[Edition], current: Edition, store: Store) -> list[Edition]:
    """Close every edition but the current one, each as it was last published."""
    earlier: list[Edition] = []
    for edition in editions:
        if edition.id != current.id:
            closed = replace(edition, closed=True)
            if closed != edition:
                store.remember(closed)
            earlier.append(closed)
    return earlier


def _publish(library: Library, place: Workplace, program: str, store: Store, cache: Cache) -> publish.Published:
    """Publish all pages, those that stand as they should untouched."""
    stood = standing(place, program, cache)
    ledger = store.ledger()
    pages = [
        *render.pages(library, templates=place.templates, standing=stood),
        *feed.pages(library, standing=stood),
        Page(path=addresses.FEEDS, body=as_opml(place, public=True)),
        Page(path=addresses.HISTORY, body=ledger),
    ]
    published = publish.publish(pages, place.site)
    remember_standing(pages, stood, place, program, cache)
    store.note(_LEDGER, hashlib.sha256(ledger).hexdigest())
    return published


def _pulse(library: Library) -> dict[str, object]:
    """Return what a heartbeat tells: the counts of the status page."""
    health, today = library.health, library.today
    return {
        "edition": today.id,
        "stories": len(today.stories),
        "feeds": health.followed,
        "failing": health.failing,
        "gone": health.retired,
        "set_aside": health.set_aside,
    }
