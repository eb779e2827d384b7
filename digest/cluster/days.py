"""
Text in, the days that it names out: weekdays, dates, years.

Months and weekdays are read in English only, dates in numbers in any language.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_WEEKDAYS = {name: number for number, name in enumerate(("Mon", "Tues", "Wednes", "Thurs", "Fri", "Satur", "Sun"))}
_MONTHS = {name: number for number, name in enumerate(re.findall("...", "janfebmaraprmayjunjulaugsepoctnovdec"), 1)}
# What begins with certain characters is found many times as fast as what begins with a boundary of words.
_WEEKDAY = re.compile(r"([MTWFS](?<!\w.)[a-z]{2,5})day\b")
_NAME = (
    "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?"
    "|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
# Texts that went through a tokeniser have spaces around marks.
_DATE = re.compile(
    rf"""
      \b (?P<month_first>{_NAME}) \.?\ (?P<day_second>\d\d?) \b (?: \ ?,\ ?(?P<year_third>\d{{4}}) \b )?
    | \b (?P<day_first>\d\d?) \ (?P<month_second>{_NAME}) \b (?: ,?\ (?P<year_last>\d{{4}}) \b )?
    | \b (?P<year>\d{{4}}) \ ?-\ ? (?P<month>\d\d) \ ?-\ ? (?P<day>\d\d) \b
    | \b (?P<m>\d\d?) \ ?/\ ? (?P<d>\d\d?) \ ?/\ ? (?P<y>\d{{4}}) \b
    """,
    re.VERBOSE,
)
_YEAR = re.compile(r"(?:19[5-9]|20[0-4])\d\b(?<!\w\d{4})")
_BEGINNING = re.compile(r"[JFMASOND\d](?<!\w.)(?:(?<=\d)|an|eb|ar|pr|ay|un|ul|ug|ep|ct|ov|ec)")


@dataclass(frozen=True, slots=True)
class Days:
    """The days that a text names."""

    weekdays: tuple[int, ...]
    """Of headline and lede, in order; Monday is 0."""
    dates: frozenset[tuple[int, int]]
    """(month, day of the month)."""
    years: frozenset[int]
    stated: int | None
    """The first date with a year, as a proleptic Gregorian ordinal."""

    def event(self, published: int) -> int:
        """Return the day (ordinal) of what is told: the last such weekday before the day of publication, or on it."""
        if not self.weekdays:
            return published
        return published - (published - self.weekdays[0] - 1) % 7


def days(opening: str, text: str) -> Days:
    """Return the days that are named: weekdays in the *opening*, all else in the whole *text*."""
    dates, stated = [], None
    for found in _dates(text):
        year, month, day = _parts(found)
        if 1 <= month <= 12 and 1 <= day <= 31:
            dates.append((month, day))
            stated = stated or _ordinal(year, month, day)
    return Days(
        weekdays=tuple(_WEEKDAYS[name] for name in _WEEKDAY.findall(opening) if name in _WEEKDAYS),
        dates=frozenset(dates),
        years=frozenset(int(year) for year in _YEAR.findall(text)),
        stated=stated,
    )


def _dates(text: str) -> Iterator[re.Match[str]]:
    """Yield what looks like a date, in order."""
    end = 0
    for beginning in _BEGINNING.finditer(text):
        if beginning.start() >= end and (found := _DATE.match(text, beginning.start())):
            end = found.end()
            yield found


def _parts(found: re.Match[str]) -> tuple[int, int, int]:
    """Return (year or 0, month, day)."""
    if found["month_first"]:
        return int(found["year_third"] or 0), _MONTHS[found["month_first"][:3].lower()], int(found["day_second"])
    if found["day_first"]:
        return int(found["year_last"] or 0), _MONTHS[found["month_second"][:3].lower()], int(found["day_first"])
    if found["year"]:
        return int(found["year"]), int(found["month"]), int(found["day"])
    month, day = int(found["m"]), int(found["d"])
    return int(found["y"]), *((day, month) if month > 12 else (month, day))


def _ordinal(year: int, month: int, day: int) -> int | None:
    try:
        return date(year, month, day).toordinal()
    except ValueError:
        return None
