"""
What comes over the network: feeds and pages that are due are asked for, what they say is remembered at
once, and what may be news is handed out.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from digest import pipeline
from digest.build.feeds import ask, policy_of
from digest.build.pages import declared, failures, fetch_pages, key_of
from digest.fetch.schedule import SourceState, next_due
from digest.model import Health, Item, Rejection, Source
from digest.settings import Settings
from digest.sources import Link
from digest.store import Cache, Store

_PRIVATE = "private"
"""Name of the note that lists feeds which are nobody else's business."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What the owner has to know of what came in; the rest is in the store."""

    alerts: tuple[str, ...]
    """A line a source that has failed for too long, or works again."""
    unusable: tuple[Rejection, ...]
    """Entries of the feeds that answered in this build."""
    rejections: tuple[Rejection, ...]
    """Links that could not be fetched yet."""
    due: datetime | None
    """When there is something to ask for next; none when there is nothing."""


def gather(
    settings: Settings, store: Store, cache: Cache, *, links: Sequence[Link] = (), now: datetime, seen: datetime
) -> Gathered:
    """
    Ask the feeds and fetch the pages behind links and teasers.

    Args:
        settings: Of the digest.
        store: Open; what is fetched is kept in it at once.
        cache: Open.
        links: Of the folder.
        now: What the clock says, aware.
        seen: When what comes is first seen: not before what was shown already, whatever the clock says.
    """
    sources = pipeline.feeds(settings)
    alerts, unusable = ask(sources, settings, store, now=now, seen=seen)
    _fetch_pages(links, sources, settings, store, cache, now=now, seen=seen)
    missing = (link for link in links if key_of(link, store) is None)
    states = store.source_states(SourceState)
    followed = {source.id for source in sources.values()}
    return Gathered(
        alerts=alerts,
        unusable=unusable,
        rejections=tuple(failures(missing, store)),
        due=next_due(state for name, state in states.items() if name in followed or name.startswith("page-")),
    )


def handed_out(settings: Settings, store: Store, links: Sequence[Link], *, since: datetime) -> tuple[Item, ...]:
    """
    Return what came over the network and may be news.

    Args:
        settings: Of the digest.
        store: Open.
        links: Of the folder.
        since: What was first seen before this moment is of no use to any open story.
    """
    known = {source.id: source for source in pipeline.feeds(settings).values()}
    private = _private(known.values(), store)
    of_links = {key: link for link in reversed(links) if (key := key_of(link, store)) is not None}
    items: list[Item] = []
    for item in store.entries(since=since):
        if item.key in of_links and not item.source.feed:
            items.append(declared(item, of_links[item.key]))
        else:
            source = replace(item.source, private=item.source.private or item.source.id in private)
            items.append(replace(item, source=known.get(item.source.id, source)))
    return tuple(items)


def _private(followed: Collection[Source], store: Store) -> frozenset[str]:
    """Return the ids of all feeds that are private or were, when they were last followed."""
    noted = set((store.noted(_PRIVATE) or "").split())
    now = {source.id for source in followed if source.private} | (noted - {source.id for source in followed})
    if now != noted:
        store.note(_PRIVATE, " ".join(sorted(now)))
    return frozenset(now)


def health_of(settings: Settings, store: Store, *, set_aside: int) -> Health:
    """Return how the sources are; *set_aside* is how many items could not be used."""
    remembered = store.source_states(SourceState)
    states = [remembered.get(source.id) for source in pipeline.feeds(settings).values()]
    return Health(
        followed=len(states),
        failing=sum(state is not None and state.alerted and not state.retired for state in states),
        retired=sum(state is not None and state.retired for state in states),
        set_aside=set_aside,
        alerts=store.alerts(),
    )


def _fetch_pages(
    links: Sequence[Link],
    sources: dict[str, Source],
    settings: Settings,
    store: Store,
    cache: Cache,
    *,
    now: datetime,
    seen: datetime,
) -> None:
    """Fetch the pages of links and of entries that await theirs; let go what is no longer to be fetched."""
    policy = policy_of(settings.fetch)
    with_pages = {sources[feed.url].id for feed in settings.feeds if feed.full_text}
    awaiting: list[Item] = []
    for item in store.awaiting():
        if item.source.id in with_pages:
            awaiting.append(item)
        else:
            store.settle(item)
    states = store.source_states(SourceState) if awaiting else {}
    fetch_pages(
        [link for link in links if key_of(link, store) is None],
        awaiting,
        policy,
        store,
        cache,
        own_feeds=frozenset(name for name, state in states.items() if policy.owns(_host(state.validated_url))),
        now=now,
        seen=seen,
    )


def _host(url: str | None) -> str:
    return urlsplit(url or "").hostname or ""
