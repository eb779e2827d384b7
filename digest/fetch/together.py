"""
Many requests in, what became of each out, as it comes.

Legs run on an executor; who goes when is decided here, in the thread of whoever takes the outcomes.
Requests are read, and answers fetched, only so far ahead of that.
"""

import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from copy import copy
from dataclasses import replace
from datetime import datetime
from typing import Any

from digest.fetch.errors import FetchError
from digest.fetch.guard import Resolver, system_resolver
from digest.fetch.journey import Journey, set_out, travel
from digest.fetch.robots import Rules, robots_request, rules_of
from digest.fetch.turns import Turns, line_of
from digest.fetch.values import Policy, Request, Response

READ_AHEAD = 1_000
"""Requests known and not yet under way: room to find hosts that are not busy."""

_MOST_RULES = 256
"""Hosts whose robots.txt is remembered, so that many large ones cannot fill the memory."""


def fetch(request: Request, policy: Policy, *, now: datetime, resolve: Resolver = system_resolver) -> Response:
    """
    Fetch one address, here and now.

    Args:
        request: What to fetch.
        policy: How to behave.
        now: Aware; what the server's dates are held against when it does not tell its own.
        resolve: What is asked for the addresses of a name.

    Raises:
        FetchError: There is nothing that can be used; says why.
    """
    alone = replace(policy, host_delay_s=0.0)
    [(_, outcome)] = fetch_all([request], alone, executor=_InPlace(), now=now, resolve=resolve)
    if isinstance(outcome, FetchError):
        raise outcome
    return outcome


def fetch_all(
    requests: Iterable[Request],
    policy: Policy,
    *,
    executor: Executor,
    now: datetime,
    resolve: Resolver = system_resolver,
) -> Iterator[tuple[Request, Response | FetchError]]:
    """
    Fetch many addresses, many hosts at the same time.

    Args:
        requests: What to fetch, in any number; read as far ahead as `READ_AHEAD`.
        policy: How to behave, to each host and in all.
        executor: Where the legs of journeys run; of its workers, no more than `policy.in_flight` are used.
        now: Aware; what servers' dates are held against when they do not tell their own.
        resolve: What is asked for the addresses of a name; has to be picklable if the executor's workers are
            processes.

    Yields:
        Every request once with its outcome, in the order in which they end. Errors carry no traceback.
    """
    crowd = _Crowd(policy)
    source = iter(requests)
    under_way: dict[Future[Journey | Response], Journey] = {}
    is_more = True
    try:
        while is_more or crowd.is_busy or under_way:
            while is_more and crowd.has_room:
                request = next(source, None)
                if request is None:
                    is_more = False
                else:
                    crowd.enter(request)
            while len(under_way) + len(crowd.done) < policy.in_flight:
                if (journey := crowd.turns.take(time.monotonic())) is None:
                    break
                under_way[executor.submit(travel, journey, policy, resolve, now)] = journey
            while crowd.done:
                yield crowd.done.popleft()
            for future in _finished(under_way, crowd.turns, policy):
                crowd.turns.leave(journey := under_way.pop(future), time.monotonic())
                crowd.take_in(journey, future)
    finally:
        for future in under_way:
            future.cancel()


class _Crowd:
    """All journeys that have begun and not ended, and the rules that they have to keep."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._rules: OrderedDict[tuple[str, bool], Rules] = OrderedDict()
        self._held: dict[tuple[str, bool], list[Journey]] = {}
        self._brush_offs: dict[str, FetchError] = {}
        self.turns = Turns(policy)
        self.done: deque[tuple[Request, Response | FetchError]] = deque()

    @property
    def is_busy(self) -> bool:
        """Whether anybody waits for anything but a leg under way."""
        return bool(self.turns.waiting or self._held or self.done)

    @property
    def has_room(self) -> bool:
        """Whether another request may be read."""
        held = sum(len(journeys) for journeys in self._held.values())
        return self.turns.waiting + held + len(self.done) < READ_AHEAD

    def enter(self, request: Request) -> None:
        """Let a request set out."""
        try:
            self._admit(set_out(request, self._policy))
        except FetchError as error:
            self.done.append((request, copy(error)))

    def take_in(self, journey: Journey, leg: Future[Journey | Response]) -> None:
        """Take in what came of a leg."""
        try:
            came_to = leg.result()
        except FetchError as error:
            # The traceback would keep all that the leg had in its hands, body included.
            bare = copy(error)
            dismissed: tuple[Journey, ...] = ()
            if bare.is_brush_off and not journey.ours:
                self._brush_offs[line_of(journey)] = bare
                dismissed = self.turns.dismiss(line_of(journey))
            self._settle(journey, bare)
            for other in dismissed:
                self._admit(other)
        else:
            if isinstance(came_to, Journey):
                self._admit(came_to)
            else:
                self._settle(journey, came_to)

    def _admit(self, journey: Journey) -> None:
        """Put a journey in line for its next leg, if it may go on."""
        if (brush_off := self._brush_offs.get(line_of(journey))) is not None:
            reason = f"not asked, since `{journey.address.host}` already {brush_off.reason}"
            self._settle(journey, brush_off.retold(journey.request.url, reason))
        elif journey.request.kind == "feed":
            self.turns.join(journey)
        elif (rules := self._rules_for(journey)) is not None:
            if rules.allows(journey.address.url):
                self.turns.join(journey)
            else:
                self._settle(journey, FetchError(journey.request.url, rules.reason))

    def _rules_for(self, journey: Journey) -> Rules | None:
        """Return the rules that a page is under; if they are not known, send for them and hold the page."""
        key = _origin(journey)
        if key in self._rules:
            self._rules.move_to_end(key)
            return self._rules[key]
        if key in self._held:
            self._held[key].append(journey)
            return None
        self._held[key] = [journey]
        errand = set_out(robots_request(journey.address), self._policy)
        self._admit(replace(errand, ours=journey.ours, errand_for=journey))
        return None

    def _settle(self, journey: Journey, outcome: Response | FetchError) -> None:
        """End a journey; if it was an errand, let those go on who waited for it."""
        if journey.errand_for is None:
            self.done.append((journey.request, outcome))
            return
        key = _origin(journey.errand_for)
        self._rules[key] = rules_of(journey.errand_for.address, outcome)
        if len(self._rules) > _MOST_RULES:
            self._rules.popitem(last=False)
        for held in self._held.pop(key):
            self._admit(held)


class _InPlace(Executor):
    """Runs everything at once, in the thread of the caller."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run it, and return its outcome as one that has come already."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # raised where the outcome is taken
            future.set_exception(error)
        return future


def _origin(journey: Journey) -> tuple[str, bool]:
    """Return what rules are remembered by: what a stranger is refused says nothing of what we are."""
    return journey.address.origin, journey.ours


def _finished(
    under_way: dict[Future[Journey | Response], Journey], turns: Turns, policy: Policy
) -> tuple[Future[Journey | Response], ...]:
    """Wait until a leg is over or somebody's turn has come, and return the legs that are over."""
    pause_s = turns.wait_s(time.monotonic())
    if not under_way:
        time.sleep(pause_s or 0.0)
        return ()
    if len(under_way) >= policy.in_flight:
        pause_s = None
    done, _ = wait(under_way, timeout=pause_s, return_when=FIRST_COMPLETED)
    return tuple(future for future in under_way if future in done)
