"""Settings in, an error out for a value of the right type that cannot be used."""

import re
from collections.abc import Iterator
from datetime import MAXYEAR, MINYEAR
from math import inf
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from digest.errors import SettingsError
from digest.settings.spelling import duration, moment
from digest.settings.tables import Settings

_ADDRESS = re.compile(r"https?://[^\s/?#]+\S*")
_FEED_ID = re.compile(r"[a-z0-9][a-z0-9.-]*,\d{4}-\d{2}-\d{2}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_A_DURATION = "a length of time, e.g. `7 days`"
_A_FACTOR = "a number above 0, e.g. `2.0`"
_A_LABEL = "a label of one line, with a letter or digit"
_A_LANGUAGE = "a language tag, e.g. `en`"
_MAX_SLUG = 60
"""Characters of a slug that is given by hand."""
_ACTIONS = ("keep", "drop", "boost", "must-carry", "file")


Check = tuple[object, str, object, str]
"""(whether it is right, key, value, what it takes)."""


def check_values(settings: Settings, name: str) -> None:
    """
    Refuse values of the right type that make no sense.

    Args:
        settings: As they were read.
        name: What messages call the file.

    Raises:
        SettingsError: Names the key, its value, and what it takes.
    """
    for right, key, value, wanted in (
        *_of_the_digest(settings),
        *_of_topics(settings),
        *_of_sources(settings),
        *_of_rules(settings),
        *_of_overrides(settings),
    ):
        if not right:
            raise SettingsError(name, f"`{key}` is `{value}`; it takes {wanted}")
    dates = {f'items."{path}".published': item.published for path, item in settings.items.items()}
    dates |= {f'overrides."{name}".published': each.published for name, each in settings.overrides.items()}
    for key, text in {"edition.date": settings.edition.date, **dates}.items():
        try:
            day = moment(text or "2026-01-01")
        except ValueError as error:
            raise SettingsError(name, f"`{key}`: {error}") from error
        if not MINYEAR < day.year < MAXYEAR:
            raise SettingsError(name, f"`{key}`: `{text}` is so near an end of the calendar that no page can show it")


def _of_the_digest(settings: Settings) -> Iterator[Check]:
    edition, summary, fetch = settings.edition, settings.summary, settings.fetch
    address = _ADDRESS.fullmatch(settings.base_url) and not set("?#") & set(settings.base_url)
    closes = re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", edition.closes)
    yield address, "base_url", settings.base_url, "an http or https address, e.g. `https://example.org/digest/`"
    feed_id = _FEED_ID.fullmatch(settings.feed_id)
    yield feed_id, "feed_id", settings.feed_id, "a host and a date, e.g. `example.org,2026-11-21`"
    yield _LANGUAGE.fullmatch(settings.language), "language", settings.language, _A_LANGUAGE
    yield _is_zone(settings.timezone), "timezone", settings.timezone, "an IANA name, e.g. `Europe/Paris`"
    yield settings.title.strip(), "title", settings.title, "some text"
    yield closes, "edition.closes", edition.closes, "a time of day, e.g. `06:00`"
    yield _is_duration(edition.window), "edition.window", edition.window, _A_DURATION
    yield edition.max_stories >= 1, "edition.max_stories", edition.max_stories, "1 or more"
    yield edition.max_per_source >= 1, "edition.max_per_source", edition.max_per_source, "1 or more"
    yield summary.sentences >= 1, "summary.sentences", summary.sentences, "1 or more"
    yield _is_duration(fetch.alert_after), "fetch.alert_after", fetch.alert_after, _A_DURATION
    yield fetch.timeout > 0, "fetch.timeout", fetch.timeout, "a number of seconds above 0"


def _of_topics(settings: Settings) -> Iterator[Check]:
    for topic, label in settings.topics.rename.items():
        yield _is_label(label), f"topics.rename.{topic}", label, _A_LABEL
    for own in settings.topics.add:
        yield _is_label(own.label), "topics.add.label", own.label, _A_LABEL
        slug = own.slug is None or (re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", own.slug) and len(own.slug) <= _MAX_SLUG)
        wanted = f"at most {_MAX_SLUG} small letters, digits and hyphens, e.g. `old-town`"
        yield slug, "topics.add.slug", own.slug, wanted
        yield all(map(_is_text, own.words)), "topics.add.words", list(own.words), "words or phrases"
        told = bool(own.words or own.examples or own.texts)
        yield told, "topics.add", own.label, "`words`, `examples` or `texts` beside its label"


def _of_sources(settings: Settings) -> Iterator[Check]:
    for feed in settings.feeds:
        yield _ADDRESS.fullmatch(feed.url), "feeds.url", feed.url, "an http or https address"
        yield _is_factor(feed.boost), "feeds.boost", feed.boost, _A_FACTOR
    for path, item in settings.items.items():
        yield _is_factor(item.boost), f'items."{path}".boost', item.boost, _A_FACTOR


def _of_rules(settings: Settings) -> Iterator[Check]:
    for rule in settings.rules:
        is_boost = rule.action == "boost"
        yield rule.action in _ACTIONS, "rules.action", rule.action, "`keep`, `drop`, `boost`, `must-carry` or `file`"
        yield (
            not is_boost or _is_factor(rule.boost),
            "rules.boost",
            "missing" if rule.boost is None else rule.boost,
            _A_FACTOR,
        )
        yield is_boost or rule.boost is None, "rules.boost", rule.boost, 'a value only beside `action = "boost"`'
        is_file = rule.action == "file"
        yield rule.under if is_file else True, "rules.under", "missing", "label, slug or code of a topic"
        yield is_file or rule.under is None, "rules.under", rule.under, 'a value only beside `action = "file"`'
        yield _is_text(rule.source), "rules.source", rule.source, "name, id or host of a source"
        yield _is_text(rule.topic), "rules.topic", rule.topic, "label, slug or code of a topic"
        words = ["any"] if rule.words is None else list(rule.words)
        yield words and all(map(_is_text, words)), "rules.words", words, "one or more words or phrases"
        language = rule.language
        yield language is None or _LANGUAGE.fullmatch(language), "rules.language", language, _A_LANGUAGE
        for key, text in (("rules.older_than", rule.older_than), ("rules.newer_than", rule.newer_than)):
            yield text is None or _is_duration(text), key, text, _A_DURATION


def _of_overrides(settings: Settings) -> Iterator[Check]:
    for name, override in settings.overrides.items():
        for key in ("headline", "topic", "merge_into", "split_from"):
            value = getattr(override, key)
            yield _is_text(value), f'overrides."{name}".{key}', value, "some text"


def _is_text(text: str | None) -> bool:
    """Tell whether a value that may be missing has a letter or digit when it is there."""
    return text is None or any(map(str.isalnum, text))


def _is_label(text: str) -> bool:
    """Tell whether a text can be the name of a topic, on pages and in XML."""
    return _is_text(text) and text.isprintable()


def _is_factor(number: float | None) -> bool:
    return number is not None and 0 < number < inf


def _is_duration(text: str) -> bool:
    try:
        duration(text)
    except ValueError:
        return False
    return True


def _is_zone(timezone: str) -> bool:
    try:
        ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
