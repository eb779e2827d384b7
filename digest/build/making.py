"""
An edition made and published: what came in, what was remembered and the clock in, a site out.

The store is asked first and the core is called for what is missing. Nothing is touched before the
settings, the templates and the site's folder are known to be usable; the store keeps what the build
did only when the site is published.
"""

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime

from digest import pipeline, publish, render, sources
from digest.build import Outcome, Report, quiet
from digest.build.deciding import Came, Decision, decide
from digest.build.examples import folders
from digest.build.feeds import said
from digest.build.gather import gather, health_of
from digest.build.heartbeat import beat, fall_silent
from digest.build.publishing import close, publish_all, recover
from digest.build.quiet import Inputs, Record, forget, looks_of_site, note
from digest.build.workplace import Workplace
from digest.errors import DamagedError, SettingsError
from digest.model import Library
from digest.store import Cache, Store, cache_of, rescue

_IDLE = "idle overrides"
"""Name of the note that lists the overrides which do nothing, of which the owner has been told."""


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
    folders(place)
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
        recover(place, store)
        desk = _Desk(place=place, inputs=inputs, store=store, cache=cache, report=report)
        came = desk.gather()
        if before is not None and desk.is_quiet(came, before):
            said(store)
            note(replace(before, looked=inputs.now, due=came.gathered.due), store)
            store.keep()
            return quiet(place, before, inputs.now, alerts=came.gathered.alerts)
        decision = decide(place, store, cache, came, shown_since=shown_since, report=report)
        alerts = (*decision.outcome.alerts, *_untold(decision.idle, store))
        decision = replace(decision, outcome=replace(decision.outcome, alerts=alerts))
        if dry_run:
            return decision.outcome
        outcome, pulse = desk.publish(decision, due=came.gathered.due)
    if place.settings.heartbeat:
        beat(place, pulse, inputs.now)
    else:
        fall_silent(place)
    return outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """All that one build works with."""

    place: Workplace
    inputs: Inputs
    store: Store
    cache: Cache
    report: Report

    def gather(self) -> Came:
        """Read the folder and ask the network; what comes over the network is kept at once."""
        settings = self.place.settings
        self.report(f"reading {self.place.seeds}")
        items, links, rejections = sources.read(self.place.seeds, declarations=pipeline.declarations(settings))
        last = self.store.last_edition()
        now = max(self.inputs.now, last.issued) if last else self.inputs.now
        self.report("asking the feeds")
        gathered = gather(settings, self.store, self.cache, links=links, now=self.inputs.now, seen=now)
        return Came(items=items, links=links, rejections=rejections, gathered=gathered, now=now)

    def is_quiet(self, came: Came, before: Record) -> bool:
        """Tell whether nothing has come since the last build, and nothing else calls for an edition."""
        told_anew = {(r.locator, r.reason) for r in came.gathered.rejections} - {*before.set_aside}
        return before.is_unchanged(self.inputs) and not self.store.changes and not told_anew

    def publish(self, decision: Decision, *, due: datetime | None) -> tuple[Outcome, Mapping[str, object]]:
        """Publish what was decided, then keep all of it; return what was written, and what a heartbeat tells."""
        place, edition = self.place, decision.edited.edition
        earlier = close(decision.editions, edition, self.store)
        if edition.stories:
            self.store.remember(edition)
        health = health_of(place.settings, self.store, set_aside=len(edition.rejections))
        self.report("rendering")
        library = pipeline.library(
            place.settings, today=edition, earlier=earlier, health=health, corrections=decision.corrections
        )
        published = publish_all(library, place, self.inputs.program, self.store, self.cache)
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
        return replace(decision.outcome, published=published), pulse


def _untold(idle: Sequence[str], store: Store) -> tuple[str, ...]:
    """Return the lines on overrides that do nothing which the owner has not been told yet, and remember them all."""
    told = (store.noted(_IDLE) or "").splitlines()
    store.note(_IDLE, "\n".join(idle))
    return tuple(line for line in idle if line not in told)


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


def _pulse(library: Library) -> dict[str, object]:
    """Return what a heartbeat tells: the counts of the status page."""
    health, today = library.health, library.today
    return {
        "edition": today.id,
        "stories": sum(story.change.kind != "retracted" for story in today.stories),
        "feeds": health.followed,
        "failing": health.failing,
        "gone": health.retired,
        "set_aside": health.set_aside,
    }
