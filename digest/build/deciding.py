"""
What came in and what is remembered in, the open edition out, with all that led to it.

A build publishes what is decided here, and `digest explain` tells of it; nothing is written but first sights.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from digest import pipeline, sources
from digest.build import Outcome, Report
from digest.build.examples import own_topics
from digest.build.gather import Gathered, handed_out
from digest.build.remembered import clean, tell_each
from digest.build.workplace import Workplace
from digest.edition import Edited
from digest.errors import ItemError
from digest.model import Article, Corrections, Edition, Item, Rejection, Telling
from digest.sources import Link
from digest.store import Cache, Store
from digest.topics import OwnTopic


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What the folder and the network brought."""

    items: tuple[Item, ...]
    """Of the folder."""
    links: tuple[Link, ...]
    rejections: tuple[Rejection, ...]
    gathered: Gathered
    now: datetime
    """Moment of the edition: a clock that went back must not make anything older than what was shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The open edition, and what it was made of."""

    outcome: Outcome
    edited: Edited
    editions: tuple[Edition, ...]
    """Every edition there was, newest first."""
    own: tuple[OwnTopic, ...]
    """Topics that the owner adds."""
    tellings: tuple[Telling, ...]
    corrections: Corrections
    names: Mapping[str, str]
    """Article key → the file or address that it came from."""
    keys: Mapping[str, str]
    """The other way round, with the addresses that articles state."""
    idle: tuple[str, ...]
    """A line for each override that does nothing."""


def decide(
    place: Workplace,
    store: Store,
    cache: Cache,
    came: Came,
    *,
    shown_since: datetime | None = None,
    report: Report = lambda _: None,
) -> Decision:
    """
    Decide what the open edition shows.

    Args:
        place: Settings and folders.
        store: Open; what was not seen before is remembered as first seen now.
        cache: Open.
        came: What there is beside what the store remembers.
        shown_since: Stories shown from then on are shown once more.
        report: Told what is being done.
    """
    settings, editions = place.settings, store.editions()
    current = pipeline.period(settings, now=came.now, last=editions[0] if editions else None)
    keys = store.recognise(came.items, now=came.now)
    items = tuple(sources.rekeyed(item, key) for item, key in zip(came.items, keys, strict=True))
    of_files = {*keys}
    news = handed_out(settings, store, came.links, since=pipeline.since(settings, current))
    items += tuple(item for item in news if item.key not in of_files)
    first_seen = store.first_seen(item.key for item in items)
    articles, unclean = _articles(items, first_seen, cache, report)
    own, unlearnt = own_topics(place, lambda item: clean(item, cache))

    report("grouping")
    memory = pipeline.memory(editions, first_seen=first_seen, current=current)
    by_name = {item.locator: item.key for item in items} | {a.url: a.key for a in articles if a.url}
    corrections, idle = corrected(place, store, editions, now=came.now, keys=by_name)
    memory = pipeline.corrected_memory(memory, corrections)
    admitted, dropped = pipeline.admit(articles, settings, memory=memory, current=current, corrections=corrections)
    clusters = pipeline.group(admitted, memory=memory, corrections=corrections)
    tellings = tuple(tell_each(clusters, settings, own, cache))
    states = pipeline.last_states(editions)
    rejections = (*came.rejections, *came.gathered.rejections, *unclean, *unlearnt)
    edited = pipeline.edit(
        tellings,
        settings,
        memory=memory,
        now=came.now,
        current=current,
        corrections=corrections,
        again=[story for story in states if shown_since and story.updated >= shown_since],
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
        report(f"dropped: {each.headline} ({each.rule})")
    known = {story.id for story in states} | {name for each in clusters for name in (each.id, *each.merged)}
    return Decision(
        outcome=outcome,
        edited=edited,
        editions=editions,
        own=own,
        tellings=tellings,
        corrections=corrections,
        names={item.key: item.locator for item in items},
        keys=by_name,
        idle=(*idle, *pipeline.unmatched(corrections, known, states, keys=first_seen)),
    )


def corrected(
    place: Workplace, store: Store, editions: Sequence[Edition], *, now: datetime, keys: Mapping[str, str] | None = None
) -> tuple[Corrections, tuple[str, ...]]:
    """
    Return what the owner puts right, and a line for each override that does nothing.

    Args:
        place: The settings.
        store: Open.
        editions: All of them, newest first.
        now: Moment of the build, aware.
        keys: File or address → key of articles, for what the store does not know by that name.
    """
    if not place.settings.overrides:
        return Corrections(), ()
    current = pipeline.period(place.settings, now=now, last=editions[0] if editions else None)
    memory = pipeline.memory(editions, first_seen={}, current=current)
    known = pipeline.Known(
        states={story.id: story for story in pipeline.last_states(editions)},
        growing={story.id for story in memory.stories if story.change.kind != "retracted"},
        merged=pipeline.merges(editions),
        key_of=lambda name: store.key_of(name) or (keys or {}).get(name),
    )
    return pipeline.corrections(place.settings, known)


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
