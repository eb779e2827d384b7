"""
The feeds, asked when they are due: what they say is remembered at once.

A source that fails is retried quietly and told of once, and once more when it works again; what it
brought before stays.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

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
from digest.model import Alert, AlertKind, Item, Rejection, Source
from digest.settings import FetchSettings, Settings
from digest.store import Store

KEPT_EVERY = 25
"""Answers after which what they said is kept, whatever becomes of the build."""
_UNSAID = "unsaid"
"""Name of the note that holds what the owner has to know, until a build is done and says it."""
PRIVATE = "a private source"
"""What the public is told of a source that is nobody else's business."""


def ask(
    sources: Mapping[str, Source], settings: Settings, store: Store, *, now: datetime, seen: datetime
) -> tuple[tuple[str, ...], tuple[Rejection, ...]]:
    """
    Ask every feed that is due, and keep what comes.

    Args:
        sources: Address → feed.
        settings: Of the digest.
        store: Open.
        now: What the clock says, aware.
        seen: When entries that are new are first seen.

    Returns:
        What the owner has to know of feeds, a line each, and the entries that could not be used.
    """
    remembered = store.source_states(SourceState)
    states = {url: remembered.get(source.id) or new_source(url, now=now) for url, source in sources.items()}
    waiting: dict[Request, list[str]] = {}
    for url, state in states.items():
        if is_due(state, now):
            waiting.setdefault(request_of(state), []).append(url)
    unsaid = tuple((store.noted(_UNSAID) or "").splitlines())
    if not waiting:
        return unsaid, ()
    from digest.fetch.together import fetch_all

    policy = policy_of(settings.fetch)
    lines: dict[str, str] = {}
    rejections: list[Rejection] = []
    answered = 0
    with ThreadPoolExecutor(policy.in_flight) as executor:
        for request, outcome in fetch_all(waiting, policy, executor=executor, now=now):
            for url in waiting[request]:
                source, before = sources[url], states[url]
                after, unusable = _heard(outcome, before, source, url, settings, store, now=now, seen=seen)
                rejections += unusable
                if line := _told(before, after, source, settings, store, now=now):
                    lines[url] = line
                    store.note(_UNSAID, "\n".join((*unsaid, *lines.values())))
                    after = after_alert(after) if after.failures else after
                store.remember_source(source.id, after)
            answered += 1
            if answered % KEPT_EVERY == 0:
                store.keep_so_far()
    store.keep_so_far()
    return (*unsaid, *(lines[url] for url in sources if url in lines)), tuple(rejections)


def said(store: Store) -> None:
    """Remember that the owner is told all there is to know."""
    store.note(_UNSAID, "")


def policy_of(settings: FetchSettings) -> Policy:
    """Return how the settings want us to behave on the network."""
    return Policy(
        contact=settings.contact,
        allow_hosts=frozenset(settings.allow_hosts),
        timeout_s=settings.timeout,
        proxy=settings.proxy,
    )


def _heard(
    outcome: Response | FetchError,
    state: SourceState,
    source: Source,
    url: str,
    settings: Settings,
    store: Store,
    *,
    now: datetime,
    seen: datetime,
) -> tuple[SourceState, tuple[Rejection, ...]]:
    """Take what a source answered, and return what is to be remembered of the source and what was unusable."""
    from digest.sources import read_feed

    if isinstance(outcome, FetchError):
        return after_failure(state, outcome, now=now), ()
    if outcome.status == 304:
        return after_success(state, outcome, now=now), ()
    try:
        found = read_feed(
            outcome.body, source=source, url=outcome.url, media_type=outcome.media_type, charset=outcome.charset
        )
    except ItemError as error:
        return after_failure(state, FetchError(state.url, error.reason), now=now), ()
    _take(found.items, source, url, settings, store, now=seen)
    if found.is_cut_off:
        # What came is kept; the rest of it may come next time, and then it is no news of a later day.
        return after_failure(state, FetchError(state.url, "what it answers is cut off"), now=now), found.rejections
    if found.items:
        store.end_first_day(source.id)
    return after_success(state, outcome, now=now), found.rejections


def _take(items: Sequence[Item], source: Source, url: str, settings: Settings, store: Store, *, now: datetime) -> None:
    """Keep the entries of a feed."""
    from digest.sources import why_teaser

    is_first_day = store.is_first_day(source.id, items)
    newest = {items[place].key: rank for rank, place in enumerate(_newest_first(items))}
    with_pages = {feed.url for feed in settings.feeds if feed.full_text}
    store.take(
        items,
        now=now,
        is_news=lambda item: pipeline.is_news(newest[item.key], is_first_day=is_first_day),
        awaits_page=lambda item: url in with_pages and item.declared.url is not None and why_teaser(item) is not None,
    )


def _newest_first(items: Sequence[Item]) -> list[int]:
    """Return the places of a feed's entries, newest first; where one says no date, the feed's order has to do."""
    dates = [item.declared.published.instant for item in items if item.declared.published]
    if len(dates) < len(items):
        return list(range(len(items)))
    return sorted(range(len(items)), key=lambda place: (dates[place], -place), reverse=True)


def _told(
    before: SourceState, after: SourceState, source: Source, settings: Settings, store: Store, *, now: datetime
) -> str | None:
    """Return what the owner has to know, and record what of it the public may know; None when all is as it was."""
    name = PRIVATE if source.private else source.name
    since = after.failing_since.astimezone(UTC) if after.failing_since else None
    if needs_alert(after, now=now, after=settings.fetch.patience):
        reason = "" if source.private else after.reason or ""
        kind: AlertKind = "gone" if after.retired else "failing"
        store.record_alert(Alert(moment=now, kind=kind, source=name, reason=reason, since=since))
        return (
            f"{source.name}: {'is gone for ever' if after.retired else f'fails since {since:%Y-%m-%d}'}: {after.reason}"
        )
    if before.alerted and not after.failures:
        store.record_alert(Alert(moment=now, kind="recovered", source=name, reason=""))
        return f"{source.name}: works again"
    return None
