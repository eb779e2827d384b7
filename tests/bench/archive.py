"""
A number in, a store that remembers so many articles out, as years of builds would have left it.

Every day brings twelve entries of feeds, and its edition showed each as a story of its own. The articles are
fictional and made from lists of words; what is long closed is written as it would have been told, without
telling it. Everything goes through the store's own methods.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import quote

from digest.model import Article, Change, Coverage, Dated, Edition, Item, Metadata, Quote, Source, Story, Topic
from digest.store import Store
from digest.text import short_id, slug
from digest.topics import TOP_LEVEL
from tests.world.words import VOICES, telling

STORIES_A_DAY = 12
DAY, HOUR = timedelta(days=1), timedelta(hours=1)

_SOURCES = tuple(Source(id=f"paper-{n}", name=f"Paper {n}", feed=True) for n in range(40))
_TOPICS = tuple(Topic(code=subject.code, label=subject.label, score=0.9) for subject in TOP_LEVEL)


def remember(path: Path, count: int, *, until: datetime) -> None:
    """
    Write a store.

    Args:
        path: Of the store; there is none yet.
        count: How many articles were seen and shown, twelve a day.
        until: Aware; when the last of these editions closed.
    """
    days = -(-count // STORIES_A_DAY)
    with Store(path) as store:
        for day in range(days):
            events = range(day * STORIES_A_DAY, min((day + 1) * STORIES_A_DAY, count))
            _remember_day(store, until - (days - day) * DAY, events)
        store.keep()


def page(event: int) -> bytes:
    """Return the web page of an article of a dozen sentences on an event."""
    headline, paragraphs = text(event)
    content = "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><title>{headline}</title></head>'
        f"<body><article><h1>{headline}</h1>\n{content}\n</article></body></html>\n"
    ).encode()


def _remember_day(store: Store, opened: datetime, events: range) -> None:
    """Remember an edition, and the entries it was made from, seen an hour after it opened."""
    seen = opened + HOUR
    items = [_item(event, published=opened) for event in events]
    store.take(items, now=seen, is_news=lambda _: True)
    store.remember(
        Edition(
            id=opened.date().isoformat(),
            title=f"The morning, {opened:%d %B %Y}",
            opened=opened,
            issued=seen,
            closed=True,
            stories=tuple(_story(event, item, shown=seen) for event, item in zip(events, items, strict=True)),
            still_going=(),
            left_out=(),
            rejections=(),
        )
    )


def _item(event: int, *, published: datetime) -> Item:
    source = _SOURCES[event % len(_SOURCES)]
    url = f"https://{source.id}.example/{event}"
    identities = (f"id:{source.id} {event}", f"url:{url}")
    stated = Dated(value=published, precision="minute", zone_known=True, origin="declared")
    return Item(
        key=short_id(identities[0]),
        source=source,
        locator=url,
        identities=identities,
        media_type="text/html",
        body=page(event),
        declared=Metadata(headline=text(event)[0], published=stated, url=url, language="en"),
    )


def _story(event: int, item: Item, *, shown: datetime) -> Story:
    """Return the story of an entry: its first three sentences."""
    headline, paragraphs = text(event)
    article = Article(
        key=item.key,
        version=short_id(item.body.hex()),
        source=item.source,
        url=item.declared.url,
        headline=headline,
        standfirst=None,
        byline=(),
        published=item.declared.published,
        language="en",
        paragraphs=(),
    )
    return Story(
        id=short_id("story", item.key),
        slug=slug(headline),
        headline=headline,
        language="en",
        summary=tuple(_quote(item.key, paragraphs, place) for place in range(3)),
        topics=(_TOPICS[event % len(_TOPICS)],),
        keywords=tuple(headline.split()[:2]),
        coverage=(Coverage(article=article),),
        first_shown=shown,
        updated=shown,
        change=Change(kind="new"),
    )


def _quote(key: str, paragraphs: Sequence[str], place: int) -> Quote:
    """Return the quotation of a whole paragraph, which is one sentence."""
    text = paragraphs[place]
    words = text.split()
    return Quote(
        text=text,
        article=key,
        paragraph=place,
        start=0,
        end=len(text),
        fragment=f"text={quote(' '.join(words[:3]), safe='')},{quote(' '.join(words[-3:]), safe='')}",
        before=paragraphs[place - 1] if place else "",
        after=paragraphs[place + 1],
    )


def text(event: int) -> tuple[str, tuple[str, ...]]:
    """Return headline and paragraphs: all that there is to tell of the event, in every way to tell it."""
    told = [telling(event, voice) for voice in range(len(VOICES))]
    return told[0][0], tuple(paragraph for _, paragraphs in told for paragraph in paragraphs)
