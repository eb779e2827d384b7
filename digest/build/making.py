"""
An edition made and published: what came in, what was remembered and the clock in, a site out.

The store is asked first and the core is called for what is missing. Nothing is touched before the
settings, the templates and the site's folder are known to be usable; the store keeps what the build
did only when the site is published.
"""

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime

from digest import addresses, feed, pipeline, publish, render, sources
from digest.build import Outcome, Report, quiet
from digest.build.feeds import said
from digest.build.gather import Gathered, gather, handed_out, health_of
from digest.build.heartbeat import beat, fall_silent
from digest.build.quiet import Inputs, Record, forget, looks_of_site, note
from digest.build.remembered import clean, remember_standing, standing, tell
from digest.build.subscriptions import as_opml
from digest.build.workplace import Workplace
from digest.errors import DamagedError, ItemError, SettingsError, StoreError
from digest.model import Article, Edition, Item, Library, Page, Rejection
from digest.sources import Link
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
    Make the open edition, unless nothing has come in after all.

    Args:
        place: Settings and folders.
        inputs: How everything that is read looks, taken before any of it was read; and the moment of the build.
        before: What the last build noted, when that may be relied on.
        shown_since: Stories shown from then on are shown once more.
        dry_run: Decide everything, write nothing.
        report: Told what is being done.
    """
    if not dry_run:
        publish.settle(place.site)
    with (
        Store(place.store, dry_run=dry_run) as store,
        closing(Cache(cache_of(place.store), dry_run=dry_run)) as cache,
    ):
        forget(store)  # a build that dies from here on must not be taken for one that is done
        _recover(place, store)
        desk = _Desk(place=place, inputs=inputs, store=store, cache=cache, report=report)
        came = desk.gather()
        if before is not None and desk.is_quiet(came, before):
            said(store)
            note(replace(before, looked=inputs.now, due=came.gathered.due), store)
            store.keep()
            return quiet(place, before, inputs.now, alerts=came.gathered.alerts)
        outcome, editions = desk.decide(came, shown_since=shown_since)
        if dry_run:
            return outcome
        outcome, pulse = desk.publish(outcome, editions, due=came.gathered.due)
    if place.settings.heartbeat:
        beat(place, pulse, inputs.now)
    else:
        fall_silent(place)
    return outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class _Came:
    """What the folder and the network brought."""

    items: tuple[Item, ...]
    """Of the folder."""
    links: tuple[Link, ...]
    rejections: tuple[Rejection, ...]
    gathered: Gathered
    now: datetime
    """Moment of the edition: a clock that went back must not make anything older than what was shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """All that one build works with."""

    place: Workplace
    inputs: Inputs
    store: Store
    cache: Cache
    report: Report

    def gather(self) -> _Came:
        """Read the folder and ask the network; what comes over the network is kept at once."""
        settings = self.place.settings
        self.report(f"reading {self.place.seeds}")
        items, links, rejections = sources.read(self.place.seeds, declarations=pipeline.declarations(settings))
        last = self.store.last_edition()
        now = max(self.inputs.now, last.issued) if last else self.inputs.now
        self.report("asking the feeds")
        gathered = gather(settings, self.store, self.cache, links=links, now=self.inputs.now, seen=now)
        return _Came(items=items, links=links, rejections=rejections, gathered=gathered, now=now)

    def is_quiet(self, came: _Came, before: Record) -> bool:
        """Tell whether nothing has come since the last build, and nothing else calls for an edition."""
        told_anew = {(r.locator, r.reason) for r in came.gathered.rejections} - {*before.set_aside}
        return before.is_unchanged(self.inputs) and not self.store.changes and not told_anew

    def decide(self, came: _Came, *, shown_since: datetime | None) -> tuple[Outcome, tuple[Edition, ...]]:
        """Return what the open edition comes to, and every edition there was, newest first."""
        settings, editions = self.place.settings, self.store.editions()
        current = pipeline.period(settings, now=came.now, last=editions[0] if editions else None)
        keys = self.store.recognise(came.items, now=came.now)
        items = tuple(sources.rekeyed(item, key) for item, key in zip(came.items, keys, strict=True))
        of_files = {*keys}
        news = handed_out(settings, self.store, came.links, since=pipeline.since(settings, current))
        items += tuple(item for item in news if item.key not in of_files)
        first_seen = self.store.first_seen(item.key for item in items)
        articles, unclean = self._articles(items, first_seen)

        self.report("grouping")
        memory = pipeline.memory(editions, first_seen=first_seen, current=current)
        admitted, dropped = pipeline.admit(articles, settings, memory=memory, current=current)
        rejections = (*came.rejections, *came.gathered.rejections, *unclean)
        edited = pipeline.edit(
            [tell(cluster, settings, self.cache) for cluster in pipeline.group(admitted, memory=memory)],
            settings,
            memory=memory,
            now=came.now,
            current=current,
            again=[s for s in pipeline.last_states(editions) if shown_since and s.updated >= shown_since],
            rejections=sorted(rejections, key=lambda r: (r.locator, r.reason)),
        )
        outcome = Outcome(
            made=edited.edition,
            sources=len({article.source.id for article in articles}),
            rejections=(*edited.edition.rejections, *came.gathered.unusable),
            dropped=(*dropped, *edited.dropped),
            alerts=came.gathered.alerts,
        )
        for each in outcome.dropped:
            self.report(f"dropped: {each.headline} ({each.rule})")
        return outcome, editions

    def publish(
        self, outcome: Outcome, editions: Iterable[Edition], *, due: datetime | None
    ) -> tuple[Outcome, Mapping[str, object]]:
        """Publish what was decided, then keep all of it; return what was written, and what a heartbeat tells."""
        place, edition = self.place, outcome.edition
        earlier = _close(editions, edition, self.store)
        if edition.stories:
            self.store.remember(edition)
        health = health_of(place.settings, self.store, set_aside=len(edition.rejections))
        self.report("rendering")
        library = pipeline.library(place.settings, today=edition, earlier=earlier, health=health)
        published = _publish(library, place, self.inputs.program, self.store, self.cache)
        pulse = _pulse(library)
        record = Record(
            program=self.inputs.program,
            files=self.inputs.files,
            site=looks_of_site(place.site),
            built=self.inputs.now,
            looked=self.inputs.now,
            closes=pipeline.closing(place.settings, now=self.inputs.now),
            due=due,
            set_aside=tuple((r.locator, r.reason) for r in edition.rejections),
            pulse=pulse,
        )
        note(record, self.store)
        said(self.store)
        self.cache.forget_unused()
        self.cache.keep()
        self.store.keep()
        return replace(outcome, published=published), pulse

    def _articles(
        self, items: Iterable[Item], first_seen: Mapping[str, datetime]
    ) -> tuple[list[Article], list[Rejection]]:
        """Clean every item; what has no article in it is set aside."""
        articles: list[Article] = []
        rejections: list[Rejection] = []
        for item in items:
            self.report(f"cleaning {item.locator}")
            try:
                articles.append(pipeline.seen(clean(item, self.cache), first_seen=first_seen[item.key]))
            except ItemError as error:
                rejections.append(Rejection(locator=error.locator, reason=error.reason))
        return articles, rejections


def start_anew(place: Workplace, error: DamagedError) -> str:
    """
    Put a new store in the place of a damaged one, with all that can still be read.

    Returns:
        What the owner has to know.

    Raises:
        StoreError: The folder cannot be written, or the file was never a store.
    """
    aside = rescue(place.store)
    return f"{error.path} was damaged ({error.damage}); what could be read is saved, and the damaged file is {aside}"


def _recover(place: Workplace, store: Store) -> None:
    """
    Add what the site's ledger remembers, unless this store wrote it.

    Raises:
        StoreError: There is no other memory, and the ledger is lost or damaged.
    """
    ledger = publish.read(place.site, addresses.HISTORY)
    found = hashlib.sha256(ledger).hexdigest() if ledger is not None else None
    if found is not None and store.noted(_LEDGER) == found:
        return
    written = publish.digests(place.site).get(addresses.HISTORY)
    if store.is_empty() and written and written != found:
        raise StoreError(
            str(place.site / addresses.HISTORY),
            "is not what was published, and nothing else remembers what was shown; restore it, or name a new `site`",
        )
    try:
        if ledger is not None:
            store.recover(ledger, name=str(place.site / addresses.HISTORY))
    except StoreError:
        if store.is_empty():
            raise
        # The store knows all of it, and the ledger is written anew.


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
