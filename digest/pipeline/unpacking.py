"""Settings in, the values that the rooms take out."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from urllib.parse import urlsplit

from digest import edition as editing
from digest.model import Dated, Declaration, Masthead, Metadata, Source, Subject, Topic
from digest.pipeline.catalogue import codes_under, subjects, topics_of
from digest.settings import ItemSettings, RuleSettings, Settings, duration, moment
from digest.text import phrase, plain, short_id, slug


def masthead(settings: Settings) -> Masthead:
    """Return what pages and feeds say of the digest itself."""
    return Masthead(
        title=settings.title,
        author=settings.author or settings.title,
        language=settings.language,
        base_url=settings.base_url,
        feed_id=settings.feed_id,
        timezone=settings.timezone,
        topics=subjects(settings),
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
    if not settings.rules:
        return ()
    hosts = {source.id: editing.host(url) for url, source in feeds(settings).items()}
    known = subjects(settings)
    return tuple(_rule(number, rule, hosts, known) for number, rule in enumerate(settings.rules, start=1))


def _rule(number: int, rule: RuleSettings, hosts: Mapping[str, str], known: Sequence[Subject]) -> editing.Rule:
    return editing.Rule(
        name=f"rule {number}: {_conditions(rule)}",
        action=rule.action,
        sources=None if rule.source is None else _names(rule.source, hosts),
        phrases=None if rule.words is None else tuple(map(phrase, rule.words)),
        topics=None if rule.topic is None else codes_under(rule.topic, known, "rules.topic"),
        language=rule.language,
        older_than=duration(rule.older_than) if rule.older_than else None,
        newer_than=duration(rule.newer_than) if rule.newer_than else None,
        boost=rule.boost or 1.0,
        files=None if rule.under is None else _topic(rule.under, known),
    )


def _topic(wanted: str, known: Sequence[Subject]) -> Topic:
    """Return the topic that a rule files stories under; *other* is none."""
    [topic] = topics_of(wanted, [subject for subject in known if subject.code], "rules.under")
    return topic


def _conditions(rule: RuleSettings) -> str:
    """Return the conditions as their owner wrote them, e.g. `source "Example Times", topic "sport"`."""
    conditions: list[str] = []
    for field in fields(rule):
        value = getattr(rule, field.name)
        if value and field.name not in ("action", "boost", "under"):
            texts = [f'"{text}"' for text in ([value] if isinstance(value, str) else value)]
            conditions.append(f"{field.name} {', '.join(texts)}")
    return ", ".join(conditions) or "everything"


def _names(source: str, hosts: Mapping[str, str]) -> frozenset[str]:
    """Return what a source may be known by: the name, id or host that is given, and ids of the feeds from there."""
    name = plain(source)
    host = name.removeprefix("www.")
    return frozenset({name, host, *(feed for feed, at in hosts.items() if at == host)})


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
