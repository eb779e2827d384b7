"""
The date of an entry as its feed writes it in, a `Dated` that says no more than that out.

RFC 822 in all the ways that people get it wrong, ISO 8601 (W3C-DTF, RFC 3339), and the American way. A date
without a zone keeps none. What a content system writes when it knows nothing, such as 1970 or the year 1, is no date.
"""

import re
from datetime import datetime, timedelta, timezone

from digest.model import Dated

_TIME = r"(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,:]\d+)?)?\s*(?P<half>[ap]\.?m\b\.?)?"
_ZONE = r"(?P<zone>[+-]\d{1,2}(?::?\d\d)?(?::\d\d)?|[a-z]{1,5}(?:[+-]\d{1,2}(?::?\d\d)?)?)?"
_CLOCK = rf"(?:(?:\s*t\s*|[\s,]+(?:at\s+|-\s+)?){_TIME}\s*{_ZONE}(?:\s*\([^)]*\))?)?"
_YEAR = r"(?P<year>\d{4}|\d\d)"
_WEEKDAY = r"(?:[^\W\d_]{2,12}\.?\s*,?\s*)?"
_SHAPES = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"(?P<year>\d{{4}})[-/](?P<month>\d{{1,2}})(?:[-/](?P<day>\d{{1,2}}))?{_CLOCK}",
        rf"(?P<year>\d{{4}})(?P<month>\d\d)(?P<day>\d\d){_CLOCK}",
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?[\s-]*(?:de\s+)?(?P<name>[^\W\d_]{{3,10}})\.?,?[\s-]*(?:de\s+)?{_YEAR}{_CLOCK}",
        rf"{_WEEKDAY}(?P<name>[^\W\d_]{{3,10}})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}}){_CLOCK}",
        # What C's `asctime` prints: the year comes last.
        rf"{_WEEKDAY}(?P<name>[^\W\d_]{{3,10}})\s+(?P<day>\d{{1,2}})\s+{_TIME}\s+(?:(?P<zone>[a-z]{{1,5}})\s+)?(?P<year>\d{{4}})",
    )
)

# The first letters by which the names of the months are told, in the languages of Europe's West and in English.
_MONTHS = {
    **dict.fromkeys(("jan", "ene", "gen"), 1), **dict.fromkeys(("feb", "fév", "fev"), 2),
    **dict.fromkeys(("mar", "mär", "mrz", "maa", "mrt"), 3), **dict.fromkeys(("apr", "avr", "abr"), 4),
    **dict.fromkeys(("may", "mai", "mag", "mei", "maj"), 5), **dict.fromkeys(("jun", "juin", "giu"), 6),
    **dict.fromkeys(("jul", "juil", "lug"), 7), **dict.fromkeys(("aug", "aoû", "aou", "ago"), 8),
    **dict.fromkeys(("sep", "set"), 9), **dict.fromkeys(("oct", "okt", "out", "ott"), 10),
    **dict.fromkeys(("nov",), 11), **dict.fromkeys(("dec", "déc", "dez", "dic"), 12),
}  # fmt: skip

# Hours east of Greenwich. Names that mean different zones to different people (IST, CST in China) are left out where
# the common reading is not clear; RFC 822 knows the American ones.
_ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6,
    "pst": -8, "pdt": -7, "akst": -9, "akdt": -8, "hst": -10, "ast": -4, "adt": -3, "nst": -3.5, "ndt": -2.5, "brt": -3,
    "bst": 1, "west": 1, "cet": 1, "cest": 2, "mez": 1, "mesz": 2, "eet": 2, "eest": 3, "msk": 3, "jst": 9, "kst": 9,
    "awst": 8, "acst": 9.5, "acdt": 10.5, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13,
}  # fmt: skip

_YEARS = range(1971, 2100)
_MAX_LENGTH = 100
"""Characters of the longest text that is taken for a date."""


def declared(text: str) -> Dated | None:
    """Return the date that *text* declares, with its zone if it states one; `None` if it cannot be told."""
    line = " ".join(text.split())
    if len(line) > _MAX_LENGTH:
        return None
    for shape in _SHAPES:
        if match := shape.fullmatch(line):
            return _dated(match.groupdict())
    return None


def _dated(parts: dict[str, str | None]) -> Dated | None:
    month = _month(parts)
    year = int(parts["year"] or 0)
    if len(parts["year"] or "") == 2:  # RFC 2822, 4.3
        year += 2000 if year < 50 else 1900
    if month is None or year not in _YEARS or parts["day"] is None:
        return None
    try:
        day = datetime(year, month, int(parts["day"]))  # noqa: DTZ001 -- wall-clock time, until a zone is stated
        if parts["hour"] is None:
            return Dated(value=day, precision="day", zone_known=False, origin="declared")
        # Midnight at the end of a day, and leap seconds, are real and Python has neither.
        time = timedelta(
            hours=_hour(parts), minutes=int(parts["minute"] or 0), seconds=min(int(parts["second"] or 0), 59)
        )
        if time > timedelta(days=1):
            return None
        zone = _zone(parts["zone"])
        value = (day + time).replace(tzinfo=zone)
    except (ValueError, OverflowError):
        return None
    return Dated(value=value, precision="minute", zone_known=zone is not None, origin="declared")


def _month(parts: dict[str, str | None]) -> int | None:
    """Return the number of the month, 1 to 12."""
    if name := parts.get("name"):
        name = name.lower()
        return _MONTHS.get(name[:4]) or _MONTHS.get(name[:3])
    return int(parts["month"] or 0)


def _hour(parts: dict[str, str | None]) -> int:
    hour = int(parts["hour"] or 0)
    half = (parts["half"] or "").lower()[:1]
    if not half:
        return hour
    if hour > 12:
        raise ValueError(hour)
    return hour % 12 + (12 if half == "p" else 0)


def _zone(name: str | None) -> timezone | None:
    """Return the zone of an offset or a common name; `-0000` says that the zone is unknown (RFC 2822, 3.3)."""
    text = (name or "").lower()
    if match := re.fullmatch(r"(?:gmt|utc?)?([+-])(\d{1,2}):?(\d\d)?(?::\d\d)?", text):
        if match[0] in {"-0000", "-00:00"}:
            return None
        offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
        return timezone(-offset if match[1] == "-" else offset)
    hours = _ZONES.get(text)
    return None if hours is None else timezone(timedelta(hours=hours))
