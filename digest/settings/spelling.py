"""The spellings of time in a `digest.toml` in, values out."""

import re
from datetime import date, datetime, timedelta

_DURATION = re.compile(r"(\d+(?:\.\d+)?) (hour|day|week)s?")
_HOURS = {"hour": 1, "day": 24, "week": 168}
_LONGEST = timedelta(days=36500)


def duration(text: str) -> timedelta:
    """
    Return the length of time that a text such as `7 days` or `12 hours` stands for.

    Raises:
        ValueError: *text* is not a number and a unit, or longer than a hundred years.
    """
    match = _DURATION.fullmatch(text.strip())
    hours = float(match[1]) * _HOURS[match[2]] if match else None
    if hours is None or hours > _LONGEST / timedelta(hours=1):
        raise ValueError(f"`{text}` is not a length of time; write it like `7 days` or `12 hours`")
    return timedelta(hours=hours)


def moment(text: str) -> date | datetime:
    """
    Return the day, or the moment with or without an offset, that an ISO 8601 text stands for.

    Raises:
        ValueError: *text* is neither.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"`{text}` is not a date; write it like `2026-11-21` or `2026-11-21T07:30`") from None
