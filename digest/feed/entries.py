"""
Stories and editions in, the entries of our feeds out.

Ids are `tag:` URIs (RFC 4151) under the digest's own name: wherever the site moves, an entry stays
the same one. All text in an entry is fit for XML.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from markupsafe import escape

from digest import addresses
from digest.feed.markup import edition_html, story_html
from digest.feed.wording import (
    alert_in_words,
    change_in_words,
    language_tag,
    plain,
    site_address,
    web_address,
    weekday_in_words,
)
from digest.model import OWN, Alert, Article, Coverage, Edition, Masthead, Story, Subject
from digest.text import short_id
from digest.topics import below, named

SCHEME = "http://cv.iptc.org/newscodes/mediatopic/"
"""Names the IPTC Media Topics as the list that a category is from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """An article that a story was made from."""

    url: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A topic, which has a code and a label, or a keyword, which has neither."""

    term: str
    scheme: str | None = None
    label: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A story or an edition in a feed."""

    id: str
    title: str
    language: str
    """BCP 47 tag, `und` when not known."""
    url: str
    """Its page; absolute."""
    published: datetime
    """When it was first shown; aware, UTC."""
    updated: datetime
    """When it last said something new; aware, UTC."""
    summary: str
    """Plain text."""
    content: str
    """HTML, safe to show."""
    origins: tuple[Origin, ...] = ()
    contributors: tuple[str, ...] = ()
    categories: tuple[Category, ...] = ()


def tag_uri(masthead: Masthead, name: str) -> str:
    """Return the id of what is called *name*, e.g. `story/1a2b3c`."""
    return f"tag:{masthead.feed_id}:{name}"


def story_entry(story: Story, masthead: Masthead) -> Entry:
    """Return the entry of a story: the whole of it as it stands, or that it was retracted."""
    if story.change.kind == "retracted":
        return _retracted(story, masthead)
    coverage = tuple(
        Coverage(article=_public(told.article), reprints=tuple(map(_public, told.reprints))) for told in story.coverage
    )
    articles = [told.article for told in coverage]
    return Entry(
        id=tag_uri(masthead, f"story/{story.id}"),
        title=plain(story.headline) or story.slug,
        language=language_tag(story.language),
        url=site_address(masthead.base_url, addresses.story(story)),
        published=story.first_shown,
        updated=story.updated,
        summary=" ".join(plain(quote.text) for quote in story.summary),
        content=story_html(story, coverage, masthead),
        origins=_origins(articles),
        contributors=_unique(name for article in articles for name in article.byline),
        categories=(
            *_topics(story, masthead),
            *(Category(term=keyword) for keyword in _unique(story.keywords)),
        ),
    )


def _retracted(story: Story, masthead: Masthead) -> Entry:
    notice = change_in_words(story.change)
    return Entry(
        id=tag_uri(masthead, f"story/{story.id}"),
        title=f"Retracted: {plain(story.headline) or story.slug}",
        language=language_tag(masthead.language),
        url=site_address(masthead.base_url, addresses.story(story)),
        published=story.first_shown,
        updated=story.updated,
        summary=notice,
        content=f"<p><strong>{escape(notice)}</strong></p>",
        categories=_topics(story, masthead),
    )


def _topics(story: Story, masthead: Masthead) -> tuple[Category, ...]:
    """Return a category for each topic that a story is labelled with, and for what is suggested below them."""
    exact = below(story.topics, story.suggested, masthead.topics)
    return (
        *(_category(subject, masthead) for subject in named(story.topics, masthead.topics)),
        *([Category(term=exact.code, scheme=SCHEME, label=exact.label)] if exact else []),
    )


def _category(subject: Subject, masthead: Masthead) -> Category:
    if subject.code.startswith(OWN):
        return Category(term=subject.slug, scheme=tag_uri(masthead, "topics"), label=subject.label)
    return Category(term=subject.code, scheme=SCHEME, label=subject.label)


def published(edition: Edition) -> datetime:
    """Return when an edition came out: at its opening, whatever it has shown since."""
    return min(edition.opened, edition.issued)


def edition_entry(edition: Edition, masthead: Masthead) -> Entry:
    """Return the entry of an edition."""
    return Entry(
        id=tag_uri(masthead, f"edition/{edition.id}"),
        title=weekday_in_words(date.fromisoformat(edition.id)),
        language=language_tag(masthead.language),
        url=site_address(masthead.base_url, addresses.edition(edition)),
        published=published(edition),
        updated=edition.issued,
        summary=" · ".join(plain(story.headline) for story in edition.stories if story.change.kind != "retracted"),
        content=edition_html(edition, masthead),
    )


def alert_entry(alert: Alert, masthead: Masthead) -> Entry:
    """Return the entry of what the owner was told of a source."""
    said = alert_in_words(alert)
    return Entry(
        id=tag_uri(masthead, f"health/{short_id(alert.kind, alert.source, alert.moment.isoformat())}"),
        title=said,
        language=language_tag("en"),
        url=site_address(masthead.base_url, addresses.STATUS),
        published=alert.moment,
        updated=alert.moment,
        summary=said,
        content=f"<p>{escape(said)}</p>",
    )


def _public(article: Article) -> Article:
    """Return what a feed may say of an article: of a private source nothing but its name and the date."""
    if article.source.private:
        return replace(article, url=None, headline="", byline=())
    return replace(article, url=web_address(article.url) if article.url else None)


def _origins(articles: Iterable[Article]) -> tuple[Origin, ...]:
    """Return every article with an address, each address once."""
    titles: dict[str, str] = {}
    for article in articles:
        if article.url:
            titles.setdefault(article.url, plain(article.headline) or plain(article.source.name))
    return tuple(Origin(url=url, title=title) for url, title in titles.items())


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    """Return *names* fit for XML, each once, in their order."""
    return tuple(dict.fromkeys(filter(None, map(plain, names))))
