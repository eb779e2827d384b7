"""
What the feeds bring: those that are due are asked, what they say is remembered at once, and what may
be news is handed out.

A source that fails is retried quietly and told of once; what it brought before stays.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime

from digest import pipeline
from digest.errors import ItemError
from digest.fetch import FetchError, Policy, Request, Response
from digest.fetch.schedule import (
    SourceState,
    after_alert,
    after_failure,
    after_success,
    is_due,
    needs_alert,
    new_source,
    request_of,
)
from digest.model import Item, Source
from digest.settings import FetchSettings, Settings
from digest.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What came in, and what the owner has to know of it."""

    items: tuple[Item, ...]
    alerts: tuple[str, ...]
    """A line a source that has failed for too long, or works again."""


def gather(settings: Settings, store: Store, *, now: datetime, since: datetime, ask: bool) -> Gathered:
    """
    Ask the feeds and return what may be news.

    Args:
        settings: Of the digest.
        store: Open; what is fetched is kept in it at once.
        now: Moment of the build, aware.
        since: Entries first seen before this moment are of no use to any open story.
        ask: Whether to use the network; else only what was fetched before is handed out.
    """
    sources = pipeline.feeds(settings)
    alerts = tuple(_ask(sources, settings, store, now=now)) if ask and sources else ()
    known = {source.id: source for source in sources.values()}
    items = (replace(item, source=known.get(item.source.id, item.source)) for item in store.entries(since=since))
    return Gathered(items=tuple(items), alerts=alerts)


def _ask(sources: dict[str, Source], settings: Settings, store: Store, *, now: datetime) -> Iterator[str]:
    """Ask every feed that is due, remember the answers, and yield what the owner has to know."""
    remembered = store.source_states(SourceState)
    states = {url: remembered.get(source.id) or new_source(url, now=now) for url, source in sources.items()}
    waiting: dict[Request, list[str]] = {}
    for url, state in states.items():
        if is_due(state, now):
            waiting.setdefault(request_of(state), []).append(url)
    if not waiting:
        return
    from digest.fetch.together import fetch_all

    policy = policy_of(settings.fetch)
    with ThreadPoolExecutor(policy.in_flight) as executor:
        for request, outcome in fetch_all(waiting, policy, executor=executor, now=now):
            for url in waiting[request]:
                before = states[url]
                after = _heard(outcome, before, sources[url], settings, store, now=now)
                if needs_alert(after, now=now, after=settings.fetch.patience):
                    yield f"{sources[url].name}: fails since {after.failing_since:%Y-%m-%d}: {after.reason}"
                    after = after_alert(after)
                elif before.alerted and not after.failures:
                    yield f"{sources[url].name}: works again"
                store.remember_source(sources[url].id, after)
    store.keep_so_far()


def _heard(
    outcome: Response | FetchError,
    state: SourceState,
    source: Source,
    settings: Settings,
    store: Store,
    *,
    now: datetime,
) -> SourceState:
    """Take what a source answered, and return what is to be remembered of the source."""
    from digest.sources import read_feed

    if isinstance(outcome, FetchError):
        return after_failure(state, outcome, now=now)
    if outcome.status == 200:
        try:
            items, _ = read_feed(
                outcome.body,
                source=source,
                url=outcome.url,
                media_type=outcome.media_type,
                charset=outcome.charset,
            )
        except ItemError as error:
            return after_failure(state, FetchError(state.url, error.reason), now=now)
        is_first_day = state.validated_url is None
        store.take(
            items,
            now=now,
            is_news=lambda place, item: pipeline.is_news(place, item, settings, now=now, is_first_day=is_first_day),
        )
    return after_success(state, outcome, now=now)


def policy_of(settings: FetchSettings) -> Policy:
    """Return how the settings want us to behave on the network."""
    return Policy(
        contact=settings.contact,
        allow_hosts=frozenset(settings.allow_hosts),
        timeout_s=settings.timeout,
        proxy=settings.proxy,
    )
