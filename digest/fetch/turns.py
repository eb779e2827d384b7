"""
Journeys in, whose turn it is out: every host has its own line, its few places and its pause.

Nothing here waits or looks at a clock: the time is an argument, in seconds of any steady clock.
"""

import heapq
from collections import deque
from dataclasses import dataclass, field

from digest.fetch.journey import Journey
from digest.fetch.values import Policy


def line_of(journey: Journey) -> str:
    """Return the line that a journey stands in: one for each host, on whatever port."""
    return f"our {journey.address.host}" if journey.ours else journey.address.host


@dataclass(slots=True, kw_only=True)
class _Host:
    places: int
    """How many connections it may see at the same time."""
    pause_s: float
    """From the last time that it heard from us."""
    line: deque[Journey] = field(default_factory=deque)
    active: int = 0
    free_at: float = 0.0
    """When its pause is over."""
    is_called: bool = False
    """Whether it stands among those whose turn will come by itself."""


class Turns:
    """The lines of all hosts."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._hosts: dict[str, _Host] = {}
        self._calls: list[tuple[float, int, str]] = []
        self._called = 0
        self.waiting = 0
        """Journeys in line."""

    def join(self, journey: Journey) -> None:
        """Put a journey at the end of its line."""
        line = line_of(journey)
        if line not in self._hosts:
            self._hosts[line] = _Host(
                places=self._policy.in_flight if journey.ours else self._policy.per_host,
                pause_s=0.0 if journey.ours else self._policy.host_delay_s,
            )
        self._hosts[line].line.append(journey)
        self.waiting += 1
        self._call(line)

    def take(self, now: float) -> Journey | None:
        """Return a journey that may go on its next leg now, if there is one: the longest due first."""
        while self._calls and self._calls[0][0] <= now:
            _, _, line = heapq.heappop(self._calls)
            host = self._hosts[line]
            host.is_called = False
            if host.line and host.free_at <= now:
                journey = host.line.popleft()
                self.waiting -= 1
                host.active += 1
                host.free_at = now + host.pause_s
                self._call(line)
                return journey
            self._call(line)
        return None

    def leave(self, journey: Journey, now: float) -> None:
        """Free the place of a journey whose leg is over."""
        host = self._hosts[line_of(journey)]
        host.active -= 1
        host.free_at = now + host.pause_s
        self._call(line_of(journey))

    def dismiss(self, line: str) -> tuple[Journey, ...]:
        """Send away all that wait in a line."""
        host = self._hosts[line]
        dismissed = tuple(host.line)
        host.line.clear()
        self.waiting -= len(dismissed)
        return dismissed

    def wait_s(self, now: float) -> float | None:
        """Return in how many seconds it may be somebody's turn; `None` if that takes a free place first."""
        return max(self._calls[0][0] - now, 0.0) if self._calls else None

    def _call(self, line: str) -> None:
        """See to it that a host with somebody in line and a free place has its turn."""
        host = self._hosts[line]
        if host.line and host.active < host.places and not host.is_called:
            host.is_called = True
            self._called += 1
            heapq.heappush(self._calls, (host.free_at, self._called, line))
