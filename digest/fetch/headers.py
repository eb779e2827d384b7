"""
The header fields of an answer in, what they mean to us out (RFC 9110, RFC 9111).

Servers get these wrong in every way there is. What cannot be read counts as not said.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from digest.text.charsets import encoding_of

DAY_S = 86_400
"""The longest wait that a server can ask for."""

_SECONDS = re.compile(r"[0-9]{1,12}")
_MEDIA_TYPE = re.compile(r"\s*([a-z0-9.+_-]+/[a-z0-9.+_-]+)\s*(?:[;,]|$)")
_CHARSET = re.compile(r"""[;,]\s*charset\s*=\s*["']?([a-z0-9.:_-]+)""")
_DIRECTIVE = re.compile(r"""([a-z-]+)(?:\s*=\s*"?([^",]*)"?)?""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Headers:
    """Fields of an answer; a byte of a value is a character of it (Latin-1), so that nothing is lost."""

    fields: tuple[tuple[str, str], ...]
    """Names in lower case, in the order in which they came."""

    def first(self, name: str) -> str | None:
        """Return the first value of a field that takes one value."""
        return next((value for field, value in self.fields if field == name), None)

    def joined(self, name: str) -> str:
        """Return the values of a field that takes a list."""
        return ", ".join(value for field, value in self.fields if field == name)


def fresh_for_s(headers: Headers, *, now: datetime) -> int | None:
    """
    Return for how many seconds the answer stays good, from 0 to a day; `None` if nothing is said.

    `max-age` less `Age` comes before `Expires` less `Date`, as for any private cache.
    """
    said = dict(_DIRECTIVE.findall(headers.joined("cache-control").lower()))
    if "no-cache" in said or "no-store" in said:
        return 0
    if (max_age := _seconds(said.get("max-age"))) is not None:
        return _clamped(max_age - (_seconds(headers.first("age")) or 0))
    if (expires := headers.first("expires")) is None:
        return None
    moment = _moment(expires)
    # `0` and other nonsense is how servers say "at once" (RFC 9111, 5.3).
    return 0 if moment is None else _clamped((moment - _sent(headers, now)).total_seconds())


def retry_after_s(headers: Headers, *, now: datetime) -> int | None:
    """Return for how many seconds the server wants to be left alone, from 0 to a day."""
    said = headers.first("retry-after")
    if (seconds := _seconds(said)) is not None:
        return _clamped(seconds)
    moment = _moment(said or "")
    return None if moment is None else _clamped((moment - _sent(headers, now)).total_seconds())


def content_type(headers: Headers) -> tuple[str | None, str | None]:
    """Return the media type in lower case, and the encoding by Python's name that its charset stands for."""
    said = (headers.first("content-type") or "").lower()
    media_type, charset = _MEDIA_TYPE.match(said), _CHARSET.search(said)
    return media_type and media_type[1], encoding_of(charset and charset[1])


def _seconds(text: str | None) -> int | None:
    return int(text) if text and _SECONDS.fullmatch(text.strip()) else None


def _clamped(seconds: float) -> int:
    return int(min(max(seconds, 0), DAY_S))


def _sent(headers: Headers, now: datetime) -> datetime:
    """Return the server's own clock when it tells it: differences are then right even if it is wrong."""
    return _moment(headers.first("date") or "") or now


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
