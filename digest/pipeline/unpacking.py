"""Settings in, the values that the rooms take out."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from difflib import get_close_matches
from urllib.parse import urlsplit

from digest import edition as editing
from digest.errors import SettingsError
from digest.model import Dated, Declaration, Masthead, Metadata, Source, Topic
from digest.settings import FILE_NAME, ItemSettings, RuleSettings, Settings, duration, moment
from digest.text import plain, short_id, slug
from digest.topics import OTHER, TOP_LEVEL


def masthead(settings: Settings) -> Masthead:
    """Return what pages and feeds say of the digest itself."""
    return Masthead(
        title=settings.title,
        author=settings.author or settings.title,
        language=settings.language,
        base_url=settings.base_url,
        feed_id=settings.feed_id,
        timezone=settings.timezone,
    )


def declarations(settings: Settings) -> dict[str, Declaration]:
    """Return what the settings say of files, by path under the seeds."""
    return {path: _declaration(item) for path, item in settings.items.items()}


def feeds(settings: Settings) -> dict[str, Source]:
    """Return the address of every feed to follow → the source that it is, in the order of the settings."""
    return {
        feed.url: Source(
            id=f"{slug(urlsplit(feed.url).hostname or '')}-{short_id(feed.url)[:6]}",
            name=feed.name or (urlsplit(feed.url).hostname or feed.url).removeprefix("www."),
            private=feed.private,
            republish=feed.republish,
            boost=feed.boost,
            feed=True,
        )
        for feed in settings.feeds
    }


def rules(settings: Settings) -> tuple[editing.Rule, ...]:
    """
    Return what the reader wants in and out, in the order of the settings.

    Raises:
        SettingsError: A rule names a topic that there is not.
    """
    hosts = {source.id: editing.host(url) for url, source in feeds(settings).items()}
    return tuple(_rule(number, rule, hosts) for number, rule in enumerate(settings.rules, start=1))


def _rule(number: int, rule: RuleSettings, hosts: Mapping[str, str]) -> editing.Rule:
    return editing.Rule(
        name=f"rule {number}: {_conditions(rule)}",
        action=rule.action,
        sources=None if rule.source is None else _names(rule.source, hosts),
        phrases=None if rule.words is None else tuple(map(editing.phrase, rule.words)),
        topic=None if rule.topic is None else _topic_code(rule.topic),
        language=rule.language,
        older_than=duration(rule.older_than) if rule.older_than else None,
        newer_than=duration(rule.newer_than) if rule.newer_than else None,
        boost=rule.boost or 1.0,
    )


def _conditions(rule: RuleSettings) -> str:
    """Return the conditions as their owner wrote them, e.g. `source "Example Times", topic "sport"`."""
    conditions: list[str] = []
    for field in fields(rule):
        value = getattr(rule, field.name)
        if value and field.name not in ("action", "boost"):
            texts = [f'"{text}"' for text in ([value] if isinstance(value, str) else value)]
            conditions.append(f"{field.name} {', '.join(texts)}")
    return ", ".join(conditions) or "everything"


def _names(source: str, hosts: Mapping[str, str]) -> frozenset[str]:
    """Return what a source may be known by: the name, id or host that is given, and ids of the feeds from there."""
    name = plain(source)
    host = name.removeprefix("www.")
    return frozenset({name, host, *(feed for feed, at in hosts.items() if at == host)})


def topics_of(wanted: str, *, key: str) -> tuple[Topic, ...]:
    """
    Return the topic of a story, given by label, slug or code; none for *other*.

    Raises:
        SettingsError: There is no such topic; the nearest one is named, and the *key* that asks for it.
    """
    code = _topic_code(wanted, key=key)
    return tuple(Topic(code=code, label=subject.label, score=1.0) for subject in TOP_LEVEL if subject.code == code)


def _topic_code(wanted: str, *, key: str = "rules.topic") -> str:
    """
    Return the code of a top-level topic, given by label, slug or code.

    Raises:
        SettingsError: There is no such topic; the nearest one is named.
    """
    subjects = (*TOP_LEVEL, OTHER)
    codes = {name.lower(): subject.code for subject in subjects for name in (subject.label, subject.slug, subject.code)}
    if wanted.strip().lower() in codes:
        return codes[wanted.strip().lower()]
    # A topic is often called by one word of its label.
    parts = {part: subject.slug for subject in subjects for part in (*subject.slug.split("-"), subject.slug)}
    [nearest] = get_close_matches(wanted.lower(), parts, n=1, cutoff=0.0)
    raise SettingsError(
        FILE_NAME,
        f"`{key}` is `{wanted}`; it takes label, slug or code of a topic; did you mean `{parts[nearest]}`?",
    )


def _declaration(item: ItemSettings) -> Declaration:
    return Declaration(
        metadata=Metadata(
            headline=item.headline,
            byline=item.byline,
            published=dated(item.published) if item.published else None,
            url=item.url,
            language=item.language,
        ),
        source=item.source,
        private=item.private,
        republish=item.republish,
        boost=item.boost,
    )


def dated(text: str) -> Dated:
    """Return the date that a text of the settings, ISO 8601, stands for."""
    value = moment(text)
    if isinstance(value, datetime):
        zone_known = value.utcoffset() is not None
        return Dated(value=value, precision="minute", zone_known=zone_known, origin="settings")
    midnight = datetime.combine(value, datetime.min.time())
    return Dated(value=midnight, precision="day", zone_known=False, origin="settings")
