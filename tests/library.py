"""
Short ways to make what is published: articles, quotes, stories, editions and whole libraries.

Every place, paper and sentence is invented. `tests.morning` makes a rich library of them.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import quote as percent_encoded

from digest import pipeline
from digest.model import (
    Article,
    Change,
    Coverage,
    Dated,
    Edition,
    Library,
    Masthead,
    Mention,
    Omission,
    Paragraph,
    Quote,
    Source,
    Story,
    Topic,
)
from digest.settings import Settings

MASTHEAD = Masthead(
    title="The Morning",
    author="The Morning",
    language="en",
    base_url="https://example.org/digest/",
    feed_id="example.org,2026-11-01",
    timezone="Europe/Paris",
    topics=pipeline.subjects(Settings()),
)

TIMES = Source(id="port-times", name="Port Times", url="https://times.example/", feed=True)
HERALD = Source(id="skerry-herald", name="Skerry Herald", url="https://herald.example/", feed=True)
WIRE = Source(id="northern-wire", name="Northern Wire", url="https://wire.example/", feed=True)
GAZETTE = Source(id="upland-gazette", name="Upland Gazette", url="https://gazette.example/")
POST = Source(id="evening-post", name="Evening Post", url="https://post.example/")
MAIL = Source(id="island-mail", name="Island Mail", url="https://mail.example/")
LETTER = Source(id="inside-letter", name="The Inside Letter", private=True)
COMMONS = Source(id="open-observer", name="Open Observer", republish=True)
NOTES = Source(id="harbour-notes", name="harbour-notes.txt")
WAHA = Source(id="al-waha", name="الواحة اليوم", url="https://waha.example/")

ARTS = Topic(code="medtop:01000000", label="arts, culture, entertainment and media", score=0.7)
DISASTER = Topic(code="medtop:03000000", label="disaster, accident and emergency incident", score=0.9)
ECONOMY = Topic(code="medtop:04000000", label="economy, business and finance", score=0.8)
ENVIRONMENT = Topic(code="medtop:06000000", label="environment", score=0.6)
HEALTH = Topic(code="medtop:07000000", label="health", score=0.7)
POLITICS = Topic(code="medtop:11000000", label="politics", score=0.8)
SCIENCE = Topic(code="medtop:13000000", label="science and technology", score=0.9)
SPORT = Topic(code="medtop:15000000", label="sport", score=0.9)

NEW = Change(kind="new")


def utc(text: str) -> datetime:
    """Return a moment in UTC, e.g. `2026-11-21T06:40`."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def stated(text: str, *, hours: int | None = 1, settings: bool = False) -> Dated:
    """Return the date that *text* states, a day or a minute; *hours* east of Greenwich, None when unknown."""
    value, minute = datetime.fromisoformat(text), "T" in text
    known = minute and hours is not None
    return Dated(
        value=value.replace(tzinfo=timezone(timedelta(hours=hours or 0))) if known else value,
        precision="minute" if minute else "day",
        zone_known=known,
        origin="settings" if settings else "stated",
    )


def seen(text: str) -> Dated:
    """Return a date that is only our own first sight of an article."""
    return replace(stated(text, hours=0), origin="first_seen")


def article(
    key: str,
    source: Source,
    headline: str,
    *text: list[str] | Paragraph,
    published: Dated | None = None,
    byline: tuple[str, ...] = (),
    language: str = "en",
) -> Article:
    """Return an article of paragraphs, given as lists of sentences or whole."""
    joined = [part if isinstance(part, Paragraph) else paragraph(" ".join(part)) for part in text]
    return Article(
        key=key,
        version="1",
        source=source,
        url=f"{source.url}{key}" if source.url else None,
        headline=headline,
        standfirst=None,
        byline=byline,
        published=published,
        language=language,
        paragraphs=tuple(joined),
    )


def paragraph(text: str, kind: str = "text") -> Paragraph:
    """Return a paragraph that its source has just so."""
    return Paragraph(kind=kind, text=text, raw=text)  # type: ignore[arg-type]


def quote(source: Article, sentence: str) -> Quote:
    """Return *sentence* as quoted from *source*, with its neighbours in the paragraph."""
    index, text = next((i, p.text) for i, p in enumerate(source.paragraphs) if sentence in p.text)
    start = text.index(sentence)
    end = start + len(sentence)
    before = text[:start].strip().rpartition(". ")[2]
    after, stop, _ = text[end:].strip().partition(". ")
    return Quote(
        text=sentence,
        article=source.key,
        paragraph=index,
        start=start,
        end=end,
        fragment=f"text={percent_encoded(sentence, safe='')}",
        before=before,
        after=f"{after}{stop}".strip(),
    )


def story(
    story_id: str,
    slug: str,
    summary: list[tuple[Article, str]],
    *others: Article,
    reprints: tuple[Article, ...] = (),
    headline: str | None = None,
    topics: tuple[Topic, ...] = (),
    names: tuple[str, ...] = (),
    first_shown: str = "2026-11-21T06:40",
    updated: str | None = None,
    change: Change = NEW,
) -> Story:
    """Return a story of the articles that *summary* quotes and of *others*; *reprints* are of the first."""
    quoted = list(dict.fromkeys(source for source, _ in summary))
    told = [*quoted, *others]
    return Story(
        id=story_id,
        slug=slug,
        headline=headline or told[0].headline,
        language=told[0].language,
        summary=tuple(quote(source, sentence) for source, sentence in summary),
        topics=topics,
        keywords=names,
        coverage=tuple(
            Coverage(article=kept(each), reprints=tuple(map(kept, reprints)) if each is told[0] else ())
            for each in told
        ),
        first_shown=utc(first_shown),
        updated=utc(updated or first_shown),
        change=change,
    )


def kept(source: Article) -> Article:
    """Return *source* as it is remembered: without its text, unless that may be republished."""
    return source if source.source.republish else replace(source, paragraphs=())


def edition(
    day: str,
    *stories: Story,
    closed: bool = True,
    still_going: tuple[Mention, ...] = (),
    left_out: tuple[Omission, ...] = (),
) -> Edition:
    """Return the edition of *day*."""
    opened = utc(f"{day}T05:00")
    return Edition(
        id=day,
        title=f"The Morning, {day}",
        opened=opened,
        issued=max([opened, *(story.updated for story in stories)]),
        closed=closed,
        stories=stories,
        still_going=still_going,
        left_out=left_out,
        rejections=(),
    )


def mention(of: Story) -> Mention:
    """Return *of* in one line."""
    return Mention(id=of.id, slug=of.slug, headline=of.headline, language=of.language)


def shelf(*editions: Edition, masthead: Masthead = MASTHEAD) -> Library:
    """Return the library of *editions*, the open one first; it may have no stories."""
    return Library(masthead=masthead, today=editions[0], editions=tuple(each for each in editions if each.stories))
