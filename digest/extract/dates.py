"""
A line of a page in, the dates that are written in it out.

The forms are those that newspapers print, with month names of many languages; a month and a day without a
year, a weekday or a time of day alone is no date. Where day and month could be either (03/04/2025), the custom of
the language decides, and in English nothing does. A zone is known only when it is printed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from datetime import time as clock
from zoneinfo import ZoneInfo

from digest.extract.lexicon import months, zones
from digest.model import Dated, DateOrigin

_YEARS = range(1900, 2100)

_MONTH_FIRST = frozenset({"en"})

_NAME = r"(?P<name>[^\W\d_]{3,12})\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_MARK = r"(?:st|nd|rd|th|er|º|ª|°|\.)?"
_TIME = r"""
    (?P<hour>[01]?\d|2[0-4]) \s? (?: [:.h] (?P<minute>[0-5]\d) (?: :[0-5]\d (?:\.\d+)? )? | (?=\s?[ap]\.?m\b) )
    \s? (?P<half>[ap]\.?\s?m\b\.?)? (?: \s? (?:uhr|hrs?|h|hs)\b )?
    (?: \s? \(? (?P<zone> (?:utc|gmt)? [+\-−]\d\d?:?(?:\d\d)? | [A-Za-z]{1,4}\b ) )?
"""
_FORMS = (
    r"(?P<year>(?:19|20)\d\d) [-/.] (?P<month>\d\d?) [-/.] (?P<day>\d\d?) (?!\d)",
    r"(?P<year>(?:19|20)\d\d) \s?[年년]\s? (?P<month>\d\d?) \s?[月월]\s? (?P<day>\d\d?) \s?[日일]",
    rf"""(?P<day>\d\d?){_MARK} [\s\-/]{{0,3}} (?:de\s|of\s|d['’]\s?)? {_NAME} ,? [\s\-/]{{0,3}} (?:de\s|del\s)?
         {_YEAR} (?!\d)""",
    rf"{_YEAR} \s{{1,2}} {_NAME} \s{{1,2}} (?P<day>\d\d?) (?!\d)",
    rf"{_NAME} \s{{1,3}} (?P<day>\d\d?){_MARK} ,? \s{{1,3}} {_YEAR} (?!\d)",
    r"(?P<one>\d\d?) (?P<between>[./-]) \s? (?P<two>\d\d?) (?P=between) \s? (?P<year>(?:19|20)\d\d)(?!\d|\.\d)",
)
_ANY_YEAR = re.compile(r"(?:19|20)\d\d")
_DATE = tuple(re.compile(rf"(?<![\d.,/-]) {form}", re.VERBOSE | re.IGNORECASE) for form in _FORMS)
_AT = r"(?:at|um|à|a\slas|alle|às|as|kl\.?|klo|om|o|в|saat|ore|godz\.?|stand:?)"
_BETWEEN = rf"\s{{0,2}} [T,|·•\-–—(]{{0,2}} \s{{0,2}} (?:{_AT}\s{{1,2}})?"
_TIME_AFTER = re.compile(rf"{_BETWEEN} {_TIME}", re.VERBOSE | re.IGNORECASE)
_TIME_BEFORE = re.compile(
    rf"""(?<![\d:.]) {_TIME} \)? [\s,|·•–—-]{{1,3}} (?: (?:on|am|le|el|il|den) \s )?
        (?: [^\W\d_]{{2,11}}\.?,?\s )? $""",
    re.VERBOSE | re.IGNORECASE,
)
_REACH = 40
"""Characters before a date in which its time of day may stand."""


PUBLISHED = (
    r"publish|posted|releas|erschien|erstellt|veröffentlicht|publi[éc]|pubblicat|publicad|gepubliceerd|opublik|dodano|"
    r"опублик|дата|δημοσ|yayın|publicerad|publisert"
)
"""Words, as a pattern, that say of a date that it is the one of publication."""
UPDATED = (
    r"updat|modif|edited|review|aktualisier|geändert|mise?\sà\sjour|actualiz|aggiornat|atualiz|bijgewerkt|aktualiz|"
    r"обновл|ενημέρωσ|ενημερώ|güncel|uppdaterad|oppdatert"
)
"""Words that say that it is a later one."""


@dataclass(frozen=True, slots=True)
class Found:
    """A date and where it stands in its line, its time of day included."""

    dated: Dated
    start: int
    end: int


def find_dates(text: str, *, language: str, origin: DateOrigin = "stated") -> tuple[Found, ...]:
    """
    Return the dates in *text*, in the order in which they stand.

    Args:
        text: One line of a page, or a value of its metadata.
        language: BCP 47 tag; it decides which of two numbers is the month.
        origin: Recorded with each date.
    """
    if _ANY_YEAR.search(text) is None:
        return ()
    found: list[Found] = []
    for pattern in _DATE:
        for match in pattern.finditer(text):
            day = _day(match, language)
            if day is not None and not any(f.start < match.end() and match.start() < f.end for f in found):
                found.append(_with_time(text, match, day, origin))
    return tuple(sorted(found, key=lambda f: f.start))


def without_dates(text: str, found: Sequence[Found], *, instead: str = " ") -> str:
    """Return *text* on one line without the dates that were *found* in it, which are in order."""
    for one in reversed(found):
        text = f"{text[: one.start]}{instead}{text[one.end :]}"
    return " ".join(text.split())


def last_match(pattern: re.Pattern[str], text: str) -> int:
    """Return where the last match of *pattern* in *text* begins, -1 if there is none."""
    return max((match.start() for match in pattern.finditer(text)), default=-1)


def _day(match: re.Match[str], language: str) -> datetime | None:
    parts = match.groupdict()
    year = int(parts["year"])
    if parts.get("one"):
        one, two = int(parts["one"]), int(parts["two"])
        dotted = parts["between"] == "."
        if one == two or one > 12 or dotted or (two <= 12 and language.partition("-")[0] not in _MONTH_FIRST):
            day, month = one, two
        elif two > 12:
            day, month = two, one
        else:
            return None
    else:
        day = int(parts["day"])
        month = int(parts["month"]) if parts.get("month") else months().get(parts["name"].casefold(), 0)
    if year not in _YEARS:
        return None
    try:
        return datetime.combine(date(year, month, day), clock.min)
    except ValueError:
        return None


def _with_time(text: str, match: re.Match[str], day: datetime, origin: DateOrigin) -> Found:
    start, end = match.span()
    after = _TIME_AFTER.match(text, end)
    before = _TIME_BEFORE.search(text[max(0, start - _REACH) : start])
    time = after or before
    moment = _moment(day, time) if time else None
    if time is None or moment is None:
        return Found(Dated(value=day, precision="day", zone_known=False, origin=origin), start, end)
    value, zoned, zone_end = moment
    if time is after:
        end = zone_end
    else:
        start = max(0, start - _REACH) + time.start()
    return Found(Dated(value=value, precision="minute", zone_known=zoned, origin=origin), start, end)


def _moment(day: datetime, time: re.Match[str]) -> tuple[datetime, bool, int] | None:
    """Return the moment, whether its zone is known, and where in the line its statement ends."""
    hour, minute = int(time["hour"]), int(time["minute"] or 0)
    half = (time["half"] or "").replace(".", "").replace(" ", "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    if hour > 23:
        return None
    value = day.replace(hour=hour, minute=minute)
    zone = _zone(time["zone"])
    end = time.end() if zone or not time["zone"] else time.start("zone")
    return (value.replace(tzinfo=zone) if zone else value), zone is not None, end


def _zone(stated: str | None) -> tzinfo | None:
    if not stated:
        return None
    known = zones().get(stated.lower())
    if isinstance(known, str):
        return ZoneInfo(known)
    if known is None:
        numbers = re.search(r"([+\-−])(\d\d?):?(\d\d)?$", stated)
        if numbers is None:
            return None
        known = (int(numbers[2]) + int(numbers[3] or 0) / 60) * (1 if numbers[1] == "+" else -1)
    return UTC if known == 0 else timezone(timedelta(hours=known)) if -15 < known < 15 else None
