"""A moment and the hour of closing in, the edition that is open then out."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The day an edition is named after, and the closing at which it opened."""

    id: str
    opened: datetime


def period(now: datetime, *, closes: time, timezone: tzinfo) -> Period:
    """
    Return the edition that is open at *now*.

    Args:
        now: Aware.
        closes: Wall-clock time in *timezone* at which each edition closes and the next one opens.
        timezone: Where the reader lives; a closing that summer time skips or repeats happens once.
    """
    day = now.astimezone(timezone).date()
    opened = datetime.combine(day, closes, timezone).astimezone(UTC)
    if opened > now:
        day -= timedelta(days=1)
        opened = datetime.combine(day, closes, timezone).astimezone(UTC)
    return Period(id=day.isoformat(), opened=opened)
