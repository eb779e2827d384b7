"""
The text of a `digest.toml` in, checked `Settings` out.

Every key has a default; an unknown one is an error that names the nearest right one. Nothing here
reads a disk: paths stay strings, and `build` resolves them against the file's folder.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from typing import Any, get_args, get_type_hints
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from digest.errors import SettingsError

FILE_NAME = "digest.toml"

_DURATION = re.compile(r"(\d+(?:\.\d+)?) (hour|day|week)s?")
_HOURS = {"hour": 1, "day": 24, "week": 168}
_ADDRESS = re.compile(r"https?://[^\s/?#]+\S*")
_FEED_ID = re.compile(r"[a-z0-9][a-z0-9.-]*,\d{4}-\d{2}-\d{2}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionSettings:
    """When an edition opens and closes, and what it has room for."""

    date: str | None = None
    """ISO 8601; pins the date of every build, to make a sample that never changes."""
    closes: str = "06:00"
    """Wall-clock time at which one edition closes and the next one opens."""
    window: str = "7 days"
    """How old an entry of a feed may be to be news."""
    max_stories: int = 12
    max_per_source: int = 4
    """How many stories may rest on one and the same feed alone."""

    @property
    def closing(self) -> time:
        """The closing time as a value."""
        return time.fromisoformat(self.closes)

    @property
    def window_length(self) -> timedelta:
        """The window as a value."""
        return duration(self.window)


@dataclass(frozen=True, slots=True, kw_only=True)
class SummarySettings:
    """How a story is summed up."""

    method: str = "digest"
    """A name from `digest.summarize.SUMMARIZERS`, or `package.module:function`."""
    sentences: int = 3
    """At most so many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemSettings:
    """What a file does not say of itself."""

    headline: str | None = None
    byline: tuple[str, ...] = ()
    published: str | None = None
    """ISO 8601, a day or a moment; without an offset its zone is unknown."""
    source: str | None = None
    url: str | None = None
    language: str | None = None
    private: bool = False
    republish: bool = False
    boost: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSettings:
    """A feed to follow."""

    url: str
    name: str | None = None
    """Else the host of its address."""
    private: bool = False
    republish: bool = False
    boost: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchSettings:
    """How we behave on the network."""

    contact: str = ""
    """Where the owner can be reached, e.g. `mailto:me@example.org`; servers are told."""
    allow_hosts: tuple[str, ...] = ()
    """Private and loopback hosts are refused unless they are named here."""
    timeout: float = 20
    """Seconds, for a whole fetch."""
    alert_after: str = "2 days"
    """How long a source fails before its owner is told, once."""
    proxy: str | None = None
    """`http://host:port`; what the environment says of proxies is ignored."""

    @property
    def patience(self) -> timedelta:
        """The length of time before an alert, as a value."""
        return duration(self.alert_after)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything a user may set."""

    title: str = "The morning"
    base_url: str = "http://localhost:8000/"
    feed_id: str = "localhost,2026-01-01"
    language: str = "en"
    timezone: str = "UTC"
    author: str = ""
    """Empty: the title."""
    seeds: str = "seeds"
    site: str = "site"
    store: str = ".digest/store.sqlite"
    templates: str | None = None
    """Folder whose files replace the templates of the same name."""
    edition: EditionSettings = field(default_factory=EditionSettings)
    summary: SummarySettings = field(default_factory=SummarySettings)
    fetch: FetchSettings = field(default_factory=FetchSettings)
    feeds: tuple[FeedSettings, ...] = ()
    items: Mapping[str, ItemSettings] = field(default_factory=dict)
    """Path of a file under seeds → what it does not say of itself."""

    @property
    def zone(self) -> ZoneInfo:
        """The time zone as a value."""
        return ZoneInfo(self.timezone)


def parse(text: str, *, name: str = FILE_NAME) -> Settings:
    """
    Check the text of a settings file.

    Args:
        text: TOML.
        name: What messages call the file.

    Raises:
        SettingsError: It is not TOML, has an unknown key, or a value that cannot be used.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(name, f"not TOML: {error}") from error
    _check_keys(table, Settings, prefix="", name=name)
    try:
        settings = msgspec.convert(_dates_as_text(table), Settings, strict=True)
    except msgspec.ValidationError as error:
        raise SettingsError(name, _explain(str(error))) from error
    _check_values(settings, name)
    if settings.base_url.endswith("/"):
        return settings
    return replace(settings, base_url=f"{settings.base_url}/")


def duration(text: str) -> timedelta:
    """
    Return the length of time that a text such as `7 days` or `12 hours` stands for.

    Raises:
        ValueError: *text* is not a number and a unit.
    """
    match = _DURATION.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"`{text}` is not a length of time; write it like `7 days` or `12 hours`")
    return timedelta(hours=float(match[1]) * _HOURS[match[2]])


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


def _dates_as_text(value: Any) -> Any:
    """Spell TOML's own dates the way a quoted one is spelled, so that either may be written."""
    if isinstance(value, dict):
        return {key: _dates_as_text(inner) for key, inner in value.items()}
    return value.isoformat() if isinstance(value, date | datetime) else value


def _check_keys(table: Mapping[str, Any], shape: type, *, prefix: str, name: str) -> None:
    """Refuse what *shape* does not know, at any depth, with the nearest name that it does."""
    hints = get_type_hints(shape)
    known = [f.name for f in fields(shape)]
    for key, value in table.items():
        if key not in known:
            raise SettingsError(name, f"unknown setting `{prefix}{key}`{_nearest(key, known)}")
        inner = hints[key]
        if is_dataclass(inner) and isinstance(inner, type) and isinstance(value, dict):
            _check_keys(value, inner, prefix=f"{prefix}{key}.", name=name)
        elif (entry := _entry_shape(inner)) is not None and isinstance(value, dict):
            for label, row in value.items():
                if isinstance(row, dict):
                    _check_keys(row, entry, prefix=f'{prefix}{key}."{label}".', name=name)
        elif entry is not None and isinstance(value, list):
            for row in value:
                if isinstance(row, dict):
                    _check_keys(row, entry, prefix=f"{prefix}{key}.", name=name)


def _entry_shape(hint: Any) -> type | None:
    """Return the dataclass that a mapping maps to, if it does."""
    shapes = [a for a in get_args(hint) if isinstance(a, type) and is_dataclass(a)]
    return shapes[0] if shapes else None


def _nearest(key: str, known: list[str]) -> str:
    """Return the end of a message that names the setting most likely meant."""
    if close := get_close_matches(key, known, n=1, cutoff=0.6):
        return f"; did you mean `{close[0]}`?"
    everywhere = {
        f.name: f"{table}.{f.name}"
        for table, shape in (("edition", EditionSettings), ("summary", SummarySettings), ("fetch", FetchSettings))
        for f in fields(shape)
    }
    if close := get_close_matches(key, everywhere, n=1, cutoff=0.6):
        return f"; did you mean `{everywhere[close[0]]}`?"
    return f"; known here: {', '.join(f'`{k}`' for k in known)}"


def _explain(message: str) -> str:
    """Put the decoder's message into the words of the file: the key first, then what was found."""
    what, _, where = message.partition(" - at `$.")
    key = where.rstrip("`").replace("[...]", "")
    what = (what[:1].lower() + what[1:]).replace("`object`", "a table").replace("`array`", "a list")
    return f"`{key}`: {what}" if key else what


def _check_values(settings: Settings, name: str) -> None:
    """Refuse values of the right type that make no sense."""
    edition = settings.edition
    checks = (
        (_ADDRESS.fullmatch(settings.base_url) and not set("?#") & set(settings.base_url),
         "base_url", settings.base_url, "an http or https address, e.g. `https://example.org/digest/`"),
        (_FEED_ID.fullmatch(settings.feed_id), "feed_id", settings.feed_id,
         "a host and a date, e.g. `example.org,2026-11-21`"),
        (_LANGUAGE.fullmatch(settings.language), "language", settings.language, "a language tag, e.g. `en`"),
        (_is_zone(settings.timezone), "timezone", settings.timezone, "an IANA name, e.g. `Europe/Paris`"),
        (re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", edition.closes), "edition.closes", edition.closes,
         "a time of day, e.g. `06:00`"),
        (_DURATION.fullmatch(edition.window.strip()), "edition.window", edition.window,
         "a length of time, e.g. `7 days`"),
        (edition.max_stories >= 1, "edition.max_stories", edition.max_stories, "1 or more"),
        (edition.max_per_source >= 1, "edition.max_per_source", edition.max_per_source, "1 or more"),
        (settings.summary.sentences >= 1, "summary.sentences", settings.summary.sentences, "1 or more"),
        (settings.title.strip(), "title", settings.title, "some text"),
        (_DURATION.fullmatch(settings.fetch.alert_after.strip()), "fetch.alert_after", settings.fetch.alert_after,
         "a length of time, e.g. `2 days`"),
        (settings.fetch.timeout > 0, "fetch.timeout", settings.fetch.timeout, "a number of seconds above 0"),
        *((_ADDRESS.fullmatch(feed.url), "feeds.url", feed.url, "an http or https address") for feed in settings.feeds),
    )  # fmt: skip
    for right, key, value, wanted in checks:
        if not right:
            raise SettingsError(name, f"`{key}` is `{value}`; it takes {wanted}")
    dates = {f'items."{path}".published': item.published for path, item in settings.items.items()}
    for key, text in {"edition.date": edition.date, **dates}.items():
        try:
            moment(text or "2026-01-01")
        except ValueError as error:
            raise SettingsError(name, f"`{key}`: {error}") from error


def _is_zone(timezone: str) -> bool:
    try:
        ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
