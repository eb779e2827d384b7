"""
Counts and dates in, plain English out: the pages' own words.

Names of days and months stand in tables here, because `strftime` answers in the language of whoever
runs the build. Reading speed is the mean that Brysbaert found for silent reading in English
(2019, "How many words do we read per minute?").
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from digest.model import Change, Dated
from digest.text import words

WORDS_PER_MINUTE = 238

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_RELATIVE = re.compile(
    rf"\b(?:{'|'.join(_DAYS)}|yesterday|today|tomorrow|tonight|(?:last|this|next) (?:week|month|year|weekend))\b",
    re.IGNORECASE,
)
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """When an article was published, ready to be shown."""

    text: str
    """E.g. `18:20`, `17 October, 18:20`, `27 February 2025` or `date unknown`."""
    stated: str | None
    """The same for machines, ISO 8601; None when the date is unknown."""
    note: str
    """What a careful reader should know of it, e.g. `zone unknown`; may be empty."""


def number(amount: int) -> str:
    """Return *amount* as it reads in a sentence: in words up to ten, then in digits."""
    return _NUMBERS[amount] if amount < len(_NUMBERS) else f"{amount:,}"


def count(amount: int, one: str, many: str) -> str:
    """Return *amount* with the noun that fits it, e.g. `one story` or `23 sources`."""
    return f"{number(amount)} {one if amount == 1 else many}"


def sentence_case(text: str) -> str:
    """Return *text* with its first letter made a capital."""
    return text[:1].upper() + text[1:]


def listed(names: Iterable[str]) -> str:
    """Return *names* as a sentence lists them: `a, b and c`."""
    *most, last = [*names] or [""]
    return f"{', '.join(most)} and {last}" if most else last


def minutes(texts: Iterable[str]) -> int:
    """Return how many minutes it takes to read *texts*: rounded up, at least one."""
    amount = sum(len(words(text)) for text in texts)
    return max(1, -(-amount // WORDS_PER_MINUTE))


def month(day: date) -> str:
    """Return the name of the month that *day* falls in."""
    return _MONTHS[day.month - 1]


def short_day(day: date) -> str:
    """Return *day* as a list of a month's days names it, e.g. `Sat 18`."""
    return f"{_DAYS[day.weekday()][:3]} {day.day}"


def weekday(day: date) -> str:
    """Return *day* without its year, e.g. `Saturday, 18 October`."""
    return f"{_DAYS[day.weekday()]}, {day.day} {month(day)}"


def day_month(day: date) -> str:
    """Return e.g. `18 October`."""
    return f"{day.day} {month(day)}"


def full_day(day: date) -> str:
    """Return e.g. `18 October 2025`."""
    return f"{day_month(day)} {day.year}"


def week_span(day: date) -> str:
    """Return the days of the ISO week that *day* falls in, e.g. `13 to 19 October 2025`."""
    first = day - timedelta(days=day.weekday())
    last = first + timedelta(days=6)
    if first.year != last.year:
        return f"{full_day(first)} to {full_day(last)}"
    return f"{first.day if first.month == last.month else day_month(first)} to {full_day(last)}"


def moment(instant: datetime, zone: tzinfo) -> str:
    """Return a moment of our own clock as the digest's zone has it, e.g. `18 October 2025, 07:40`."""
    local = instant.astimezone(zone)
    return f"{full_day(local.date())}, {local:%H:%M}"


def when(published: Dated | None, *, zone: tzinfo, today: date | None = None) -> When:
    """
    Return when an article was published, as its source gives it and never moved to another zone.

    Args:
        published: The date; first sight counts as unknown.
        zone: The digest's own; a time in another zone says so.
        today: Day of the page: its date, and any other date's year when it is the same, go unsaid.
    """
    if published is None or published.origin == "first_seen":
        return When(text="date unknown", stated=None, note="")
    value = published.value
    notes = ["from the settings"] if published.origin == "settings" else []
    same_year = today is not None and today.year == value.year
    shown = day_month(value.date()) if same_year else full_day(value.date())
    if published.precision == "minute":
        clock = f"{value:%H:%M}{_offset(value, zone) if published.zone_known else ''}"
        shown = clock if today == value.date() else f"{shown}, {clock}"
        if not published.zone_known:
            notes.insert(0, "zone unknown")
    return When(text=shown, stated=published.stated, note=", ".join(notes))


def names_a_day(text: str) -> bool:
    """Return whether *text* names a day that only its date of publication tells, e.g. `on Friday` or `last week`."""
    return _RELATIVE.search(text) is not None


def changed(change: Change) -> str:
    """Return what is new about a story, e.g. `+2 sources, one new sentence`."""
    if change.kind == "new":
        return "New"
    parts = []
    if change.stories:
        parts.append(f"+{change.stories} {'story' if change.stories == 1 else 'stories'}")
    if change.sources:
        parts.append(f"+{change.sources} {'source' if change.sources == 1 else 'sources'}")
    if change.sentences:
        parts.append(count(len(change.sentences), "new sentence", "new sentences"))
    if change.kind == "grown":
        return ", ".join(parts) or "Grown"
    return ": ".join(filter(None, [change.kind.capitalize(), ", ".join(parts)]))


def foreign(language: str, own: str) -> str | None:
    """Return the tag to mark a text with, or None when it is in the pages' *own* language or unknown."""
    tag = language.replace("_", "-")
    usable = _TAG.fullmatch(tag) and tag.lower() not in {"und", "mul", "zxx", own.lower()}
    return tag if usable else None


def is_rtl(text: str) -> bool:
    """Return whether *text* runs from right to left: its first letter decides, as in `dir="auto"`."""
    strong = (kind for kind in map(unicodedata.bidirectional, text) if kind in {"L", "R", "AL"})
    return next(strong, "L") != "L"


def _offset(value: datetime, zone: tzinfo) -> str:
    """Return the zone of *value*, e.g. ` UTC+2`, or nothing when *zone* is the same at that moment."""
    here, there = value.astimezone(zone).utcoffset(), value.utcoffset()
    if there is None or there == here:
        return ""
    total = int(there.total_seconds()) // 60
    hours, rest = divmod(abs(total), 60)
    sign = "\N{MINUS SIGN}" if total < 0 else "+"
    return f" UTC{f'{sign}{hours}' if total else ''}{f':{rest:02}' if rest else ''}"
