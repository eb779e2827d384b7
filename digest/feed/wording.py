"""
Text of any origin in, text and addresses that every feed reader can bear out; and our own few words.

XML 1.0 cannot hold control characters and lone surrogates; overrides of the writing direction could
make one text pass for another. Names of months stand here, because `strftime` asks the locale.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from urllib.parse import quote, urlsplit, urlunsplit

from digest.model import Alert, Change, Dated

_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_BAD_HOST = re.compile(r"""[\s"'<>\\^`{|}%]""")
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
# Beside letters, digits and `_.-~`, these may stand in an address as they are (RFC 3986).
_IN_ADDRESS = "%/:?@!$&'()*+,;="
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def plain(text: str) -> str:
    """Return *text* on one line, without what a feed cannot or should not hold."""
    return _UNFIT.sub("", " ".join(text.split())).strip()


def web_address(url: str) -> str | None:
    """Return *url* fit for a link, or None when it is not an address of the web (http or https)."""
    try:
        parts = urlsplit(_UNFIT.sub("", url.strip()))
        is_of_the_web = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    host = parts.netloc.rpartition("@")[2]  # what stands before is a name and a password
    if not is_of_the_web or _BAD_HOST.search(host):
        return None
    rest = (
        quote(_LONE_PERCENT.sub("%25", part), safe=_IN_ADDRESS) for part in (parts.path, parts.query, parts.fragment)
    )
    return urlunsplit((parts.scheme, host, *rest))


def site_address(base_url: str, path: str) -> str:
    """Return the address of a *path* of the site, whose letters may be of any script."""
    return base_url + quote(path, safe=f"{_IN_ADDRESS}#")


def language_tag(language: str) -> str:
    """Return a language tag as it is, or `und` when it is none."""
    return language if _LANGUAGE.fullmatch(language) else "und"


def is_right_to_left(text: str) -> bool:
    """Tell whether *text* runs from right to left, as its first letter decides."""
    strong = (kind for kind in map(unicodedata.bidirectional, text) if kind in {"L", "R", "AL"})
    return next(strong, "L") != "L"


def day_in_words(day: date) -> str:
    """Return e.g. `18 October 2025`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def weekday_in_words(day: date) -> str:
    """Return e.g. `Saturday, 18 October 2025`."""
    return f"{_DAYS[day.weekday()]}, {day_in_words(day)}"


def date_in_words(published: Dated | None) -> str:
    """Return a date as its source gives it, e.g. `17 October 2025, 18:20 UTC+2`; first sight is none."""
    if published is None or published.origin == "first_seen":
        return "date unknown"
    value = published.value
    words = day_in_words(value.date())
    if published.precision == "minute":
        words += f", {value:%H:%M}"
        words += f" {_zone(f'{value:%z}')}" if published.zone_known else " (zone unknown)"
    return words


def counted(amount: int, one: str, many: str) -> str:
    """Return *amount* with the noun that fits it, e.g. `one reprint` or `23 reprints`."""
    number = _NUMBERS[amount] if amount < len(_NUMBERS) else str(amount)
    return f"{number} {one if amount == 1 else many}"


def listed(names: Iterable[str]) -> str:
    """Return *names* as a sentence lists them: `a, b and c`."""
    *most, last = [*names] or [""]
    return f"{', '.join(most)} and {last}" if most else last


def change_in_words(change: Change) -> str:
    """Return what is new about a story, a sentence, and the reason if one was given; empty when all of it is new."""
    joined = (
        (change.stories, "story that was told apart", "stories that were told apart"),
        (change.sources, "more source", "more sources"),
    )
    parts = [counted(amount, one, many) for amount, one, many in joined if amount]
    if change.sentences:
        numbers = listed(str(index + 1) for index in change.sentences)
        parts.append(f"sentence {numbers} is new" if len(change.sentences) == 1 else f"sentences {numbers} are new")
    opening = {
        "new": "",
        "grown": "" if parts else "the story has grown",
        "corrected": "its text has changed",
        "retracted": "what it said is withdrawn",
    }[change.kind]
    said = "; ".join(filter(None, [opening, *parts]))
    label = "New" if change.kind == "grown" else change.kind.capitalize()
    reason = f" {change.reason}" if change.reason else ""
    return "" if change.kind == "new" else f"{label}: {said}.{reason}"


def alert_in_words(alert: Alert) -> str:
    """Return what the owner was told of a source, e.g. `Example fails since 18 October 2025: it does not answer`."""
    said = (
        plain(alert.source)
        + {
            "failing": f" fails since {day_in_words(alert.since.date())}" if alert.since else " fails",
            "gone": " is gone for ever",
            "recovered": " works again",
        }[alert.kind]
    )
    return f"{said}: {plain(alert.reason)}" if alert.reason else said


def _zone(offset: str) -> str:
    """Return an offset such as `+0530` as `UTC+5:30`."""
    hours, minutes = int(offset[1:3]), offset[3:5]
    if not hours and minutes == "00":
        return "UTC"
    sign = "\N{MINUS SIGN}" if offset[0] == "-" else "+"
    return f"UTC{sign}{hours}{f':{minutes}' if minutes != '00' else ''}"
