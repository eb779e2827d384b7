"""
What became of a source in, when to ask it again out.

Pure functions: the moment is an argument, and what looks like chance is made from the address. A
server's wishes are honoured within bounds, and no moment is believed that our own clock, had it been
right, could not have set.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from digest.fetch.errors import FetchError
from digest.fetch.values import Request, Response

SHORTEST = timedelta(minutes=5)
LONGEST = timedelta(days=1)
USUAL = timedelta(minutes=30)
"""For a source that does not say how long its answers stay good."""
FIRST_RETRY = timedelta(minutes=15)
"""After the first failure; twice as long after each further one, up to `LONGEST`."""

_SLACK = timedelta(minutes=1)
"""A job that runs every hour must not find a source fresh for an hour to be due in some seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What is remembered of a source from one build to the next."""

    url: str
    """Where to ask: as the settings say, or where permanent redirects have led."""
    due: datetime
    """When to ask again; aware, as all moments here."""
    asked: datetime | None = None
    """When it was last asked."""
    etag: str | None = None
    """Exactly as it came."""
    last_modified: str | None = None
    """Exactly as it came."""
    validated_url: str | None = None
    """The address that gave the two."""
    failures: int = 0
    """In a row."""
    failing_since: datetime | None = None
    """The first failure of those in a row."""
    reason: str | None = None
    """The last of them, in words."""
    retired: bool = False
    """Whether it said that it is gone for ever (410)."""
    alerted: bool = False
    """Whether the owner has been told of the failures."""


def new_source(url: str, *, now: datetime) -> SourceState:
    """Return the state of a source that nothing is known of."""
    return SourceState(url=url, due=now)


def request_of(state: SourceState) -> Request:
    """Return the question to ask a source."""
    return Request(
        url=state.url,
        kind="feed",
        etag=state.etag,
        last_modified=state.last_modified,
        validated_url=state.validated_url,
    )


def is_due(state: SourceState, now: datetime) -> bool:
    """
    Tell whether to ask a source now.

    A moment further away than the longest wait was set by a clock that was wrong, and so was one set by a clock that
    was ahead of this one: it is due.
    """
    is_credible = state.due <= now + LONGEST and (state.asked is None or state.asked <= now)
    return not state.retired and not (is_credible and now + _SLACK < state.due)


def next_due(states: Iterable[SourceState]) -> datetime | None:
    """Return when the first of these sources is due, none when none of them ever is."""
    return min((state.due - _SLACK for state in states if not state.retired), default=None)


def after_success(state: SourceState, response: Response, *, now: datetime) -> SourceState:
    """
    Return the state of a source that answered.

    Only for an answer that proved to be what was wanted: the login page of a hotel's network would
    be remembered as the source's new home.
    """
    is_new = response.status == 200
    fresh_for_s = response.fresh_for_s
    return SourceState(
        url=response.permanent_url or state.url,
        due=now + _within(USUAL if fresh_for_s is None else timedelta(seconds=fresh_for_s)),
        asked=now,
        etag=response.etag if is_new else response.etag or state.etag,
        last_modified=response.last_modified if is_new else response.last_modified or state.last_modified,
        validated_url=response.url,
    )


def after_failure(state: SourceState, error: FetchError, *, now: datetime) -> SourceState:
    """
    Return the state of a source that did not answer, or not with what was wanted.

    Args:
        state: The state before.
        error: What happened; of something that could be fetched and not be read, the reader makes one.
        now: The moment of the failure.
    """
    failures = state.failures + 1
    wait = max(_backoff(state.url, failures), timedelta(seconds=error.retry_after_s or 0))
    return replace(
        state,
        due=now + _within(wait),
        asked=now,
        failures=failures,
        failing_since=min(state.failing_since or now, now),
        reason=error.reason,
        retired=error.is_gone,
    )


def needs_alert(state: SourceState, *, now: datetime, after: timedelta) -> bool:
    """
    Tell whether it is time to tell the owner, once, that a source fails.

    A source that is gone is told of at once; `after_alert` has to follow. When a success follows on an
    alerted state, it is time to say that the source has recovered.
    """
    if state.alerted or state.failing_since is None:
        return False
    return state.retired or now - state.failing_since >= after


def after_alert(state: SourceState) -> SourceState:
    """Return the state of a source of which the owner has been told."""
    return replace(state, alerted=True)


def _backoff(url: str, failures: int) -> timedelta:
    """Return how long to wait: doubled each time, and up to a fifth less so that not all return at once."""
    doubled = min(FIRST_RETRY * (1 << min(failures - 1, 16)), LONGEST)
    chance = int.from_bytes(hashlib.sha256(f"{failures} {url}".encode()).digest()[:4]) / 2**32
    return doubled * (1 - chance / 5)


def _within(wait: timedelta) -> timedelta:
    return min(max(wait, SHORTEST), LONGEST)
