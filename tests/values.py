"""Short ways to make the values that tests talk about; every text is fictional."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from digest.build.workplace import Workplace
from digest.model import (
    Article,
    Change,
    Cluster,
    Coverage,
    Dated,
    Edition,
    Item,
    Memory,
    Metadata,
    Paragraph,
    Quote,
    Source,
    Story,
    Telling,
)
from digest.settings import parse
from digest.text import short_id

FERRY = (
    "The night ferry between Holm and Sandvik ran aground on Tuesday with 214 people on board.",
    "All of them were brought ashore by fishing boats before sunrise, the coast guard said.",
)
BRIDGE = (
    "The old iron bridge at Norrby will be torn down in spring, the town council decided on Monday.",
    "A wooden bridge for walkers is to take its place by the end of next year.",
)


def workplace(folder: Path, settings: str = "") -> Workplace:
    """Return the places of a digest in *folder*, where nothing is put, with these settings and the usual address."""
    return Workplace(
        settings=parse(f"base_url = 'https://example.org/'\n{settings}"),
        file=None,
        seeds=folder / "seeds",
        site=folder / "site",
        store=folder / "memory" / "store.sqlite",
        templates=None,
    )


def at(text: str) -> datetime:
    """Return an aware moment in UTC, e.g. `2026-11-21 07:30`."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def source(name: str, *, feed: bool = False, private: bool = False, republish: bool = False) -> Source:
    """Return a source called *name*."""
    return Source(id=name.lower().replace(" ", "-"), name=name, feed=feed, private=private, republish=republish)


def article(
    key: str,
    *paragraphs: str,
    headline: str = "Night ferry runs aground off Holm",
    day: str | None = "2026-11-20",
    of: Source | None = None,
    version: str = "1",
    url: str | None = None,
    language: str = "en",
) -> Article:
    """Return an article published on a day, or undated."""
    published = day and Dated(value=datetime.fromisoformat(day), precision="day", zone_known=False, origin="stated")
    return Article(
        key=key,
        version=version,
        source=of or source(f"Source {key}"),
        url=url,
        headline=headline,
        standfirst=None,
        byline=(),
        published=published or None,
        language=language,
        paragraphs=tuple(Paragraph(kind="text", text=p, raw=p) for p in paragraphs or FERRY),
    )


def quote(of: Article, paragraph: int = 0) -> Quote:
    """Return a quotation of a whole paragraph."""
    text = of.paragraphs[paragraph].text
    return Quote(
        text=text, article=of.key, paragraph=paragraph, start=0, end=len(text),
        fragment=f"text={text.split()[0]}", before="", after="",
    )  # fmt: skip


def telling(story_id: str, *texts: Article | Coverage, headline: str | None = None) -> Telling:
    """Return the telling of a cluster: the first paragraph of each text is its summary."""
    coverage = tuple(t if isinstance(t, Coverage) else Coverage(article=t) for t in texts)
    return Telling(
        cluster=Cluster(id=story_id, coverage=coverage),
        headline=headline or coverage[0].article.headline,
        language="en",
        summary=tuple(quote(c.article) for c in coverage),
        topics=(),
        keywords=(),
    )


def memory(*stories: Story, edition: Edition | None = None, seen: str = "2026-11-20 08:00") -> Memory:
    """Return the memory of having shown *stories*."""
    keys = [(a.key, s.id) for s in stories for c in s.coverage for a in (c.article, *c.reprints)]
    return Memory(
        first_seen={key: at(seen) for key, _ in keys},
        shown=dict(keys),
        stories=stories,
        edition=edition,
    )


def item(name: str, body: bytes = b"text", *, url: str | None = None) -> Item:
    """Return an item as a file of that name and content would give it."""
    identities = (*((f"url:{url}",) if url else ()), f"path:{name}", f"bytes:{body!r}")
    return Item(
        key=short_id(identities[0]),
        source=source(name),
        locator=name,
        identities=identities,
        media_type="text/plain",
        body=body,
        declared=Metadata(),
    )


def shown_edition(day: str) -> Edition:
    """Return the edition of a day, with one story."""
    opened = at(f"{day} 06:00")
    ferry = article(f"a-{day}")
    told = telling(f"story-{day}", ferry)
    story = Story(
        id=told.cluster.id,
        slug="ferry",
        headline=told.headline,
        language="en",
        summary=told.summary,
        topics=(),
        keywords=("Holm",),
        coverage=(Coverage(article=replace(ferry, paragraphs=())),),
        first_shown=opened,
        updated=opened,
        change=Change(kind="new"),
    )
    return Edition(
        id=day, title=f"The morning, {day}", opened=opened, issued=opened, closed=False,
        stories=(story,), still_going=(), left_out=(), rejections=(),
    )  # fmt: skip
