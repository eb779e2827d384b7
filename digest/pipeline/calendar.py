"""Settings and moments in, the edition that is open then out: when it opened, when it closes, what it is called."""

from datetime import date, datetime, timedelta

from digest import edition as editing
from digest.model import Edition
from digest.settings import Settings

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def period(settings: Settings, *, now: datetime, last: Edition | None) -> editing.Period:
    """
    Return the edition that is open at *now*, never an earlier one than the *last*.

    One that a clock which was ahead has closed stays closed: what comes after belongs to the next one.
    """
    current = editing.period(now, closes=settings.edition.closing, timezone=settings.zone)
    if last is None or last.id < current.id:
        return current
    if last.closed:
        return period(settings, now=last.opened + timedelta(hours=36), last=None)
    return editing.Period(id=last.id, opened=last.opened)


def closing(settings: Settings, *, now: datetime) -> datetime:
    """Return when the edition closes that is open at *now*."""
    opened = period(settings, now=now, last=None).opened
    # A day and a half later the next edition is open, whatever summer time does.
    return period(settings, now=opened + timedelta(hours=36), last=None).opened


def since(settings: Settings, current: editing.Period) -> datetime:
    """
    Return the moment before which an entry must have been seen to be of no use.

    It may belong to a story that is open, and longer than that it is what a reprint within the window is a reprint of.
    """
    return current.opened - editing.STAYS_OPEN - settings.edition.window_length


def title_of(settings: Settings, current: editing.Period) -> str:
    """Return what an edition is called."""
    day = date.fromisoformat(current.id)
    return f"{settings.title}, {day.day} {MONTHS[day.month - 1]} {day.year}"
