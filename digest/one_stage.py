"""
One stage alone: a row of JSON in, a row of JSON out, for anyone's articles.

Rows are what the command line reads and prints as JSON Lines; every row keeps its `id`. A row that
cannot be used raises `ItemError`, and the rest goes on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from digest import extract, summarize, topics
from digest.errors import ItemError
from digest.grouping import Grouped
from digest.grouping import group as group_articles
from digest.language import identify
from digest.model import Article, Cluster, Coverage, Dated, Item, Metadata, Paragraph, Source, Topic
from digest.settings import moment
from digest.summarize import Limit
from digest.text import slug
from digest.topics import OwnReasons, Reason

Row = dict[str, Any]

_REASONS = 6
"""Words that are named for and against a topic."""


def clean(row: Mapping[str, Any]) -> Row:
    """
    Clean a row `{id, html | text, url?}`.

    Returns:
        `{id, headline, byline, published, language, paragraphs: [{kind, text}], text}`.

    Raises:
        ItemError: A field is missing or of the wrong type, or the page holds no article.
    """
    name = _id(row)
    body, media_type = (_text(row, "html"), "text/html") if row.get("html") else (_text(row, "text"), "text/plain")
    article = extract.extract(
        Item(
            key=name,
            source=_source(name),
            locator=name,
            identities=(),
            media_type=media_type,
            body=body.encode("utf-8", "replace"),
            declared=Metadata(url=_optional(row, "url")),
        )
    )
    return cleaned(article, name=row["id"])


def cleaned(article: Article, *, name: object) -> Row:
    """Return the row of a clean article."""
    return {
        "id": name,
        "headline": article.headline,
        "byline": list(article.byline),
        "published": article.published.stated if article.published else None,
        "language": article.language,
        "paragraphs": [{"kind": p.kind, "text": p.text} for p in article.paragraphs],
        "text": article.text,
    }


def summary(row: Mapping[str, Any], *, limit: Limit, method: str) -> Row:
    """
    Summarize a row `{id, text | paragraphs, title?}` or `{id, articles: [{id, title, text, source, date}]}`.

    Returns:
        `{id, summary: [sentence], quotes: [{text, article, paragraph, start, end}]}`.
    """
    name = _id(row)
    rows = row.get("articles")
    if rows is None:
        articles = [article_of(row)]
        if not articles[0].paragraphs:
            raise ItemError(name, "no `text` to sum up")
    elif isinstance(rows, list) and rows and all(isinstance(r, dict) for r in rows):
        articles = [article_of(r) for r in rows]
    else:
        raise ItemError(name, "`articles` takes a list of articles, at least one")
    return summarized(articles, name=row["id"], limit=limit, method=method)


def summarized(articles: Sequence[Article], *, name: object, limit: Limit, method: str) -> Row:
    """Return the row of the summary of articles on one event."""
    cluster = Cluster(id=str(name), coverage=tuple(Coverage(article=article) for article in articles))
    quotes = summarize.summarizer(method)(cluster, limit)
    return {
        "id": name,
        "summary": [quote.text for quote in quotes],
        "quotes": [
            {
                "text": quote.text,
                "article": quote.article,
                "paragraph": quote.paragraph,
                "start": quote.start,
                "end": quote.end,
            }
            for quote in quotes
        ],
    }


def tag(row: Mapping[str, Any], *, threshold: float, own: Sequence[topics.OwnTopic] = ()) -> Row:
    """
    Tag a row `{id, text, title?}`; *own* are topics that an owner adds.

    Returns:
        `{id, topic, code, confidence, topics: [label], keywords: [phrase], suggested, own: [label]}`; *topic* and
        *code* are null below the threshold, *confidence* is always a number, *suggested* is a label of the second
        level or null.
    """
    return tagged(article_of(row), name=row["id"], threshold=threshold, own=own)


def tagged(article: Article, *, name: object, threshold: float, own: Sequence[topics.OwnTopic] = ()) -> Row:
    """Return the row of the topics of an article."""
    scores = topics.score(article.headline, article.text) if topics.is_readable(article.language) else ()
    best = scores[0] if scores and scores[0].score >= threshold else None
    suggestion = topics.suggestion([article], best) if topics.sure(scores) and best else None
    return {
        "id": name,
        "topic": best.label if best else None,
        "code": best.code if best else None,
        "confidence": scores[0].score if scores else 0.0,
        "topics": [topic.label for topic in topics.tag([article], threshold=threshold)],
        "keywords": list(topics.keywords([article])),
        "suggested": suggestion.label if suggestion else None,
        "own": [topic.label for topic in topics.own_topics_of([article], own)],
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What was made of a clean article, and why."""

    sentences: tuple[summarize.Judged, ...]
    """All that were read, in their order."""
    topics: tuple[topics.Reasons, ...]
    """Likeliest first; none where the language is not known to the tagger."""
    suggested: tuple[Topic, tuple[Reason, ...]] | None
    """What is suggested below the first topic, and why."""
    own: tuple[OwnReasons, ...]
    """One for each topic of the owner's, in the order of the settings."""


def judgement(article: Article, *, limit: Limit, own: Sequence[topics.OwnTopic] = ()) -> Judgement:
    """Return why an article would be summed up and tagged as it is, if it stood alone."""
    cluster = Cluster(id=article.key, coverage=(Coverage(article=article),))
    is_tagged = topics.is_readable(article.language)
    told = topics.reasons(article.headline, article.text, limit=_REASONS) if is_tagged else ()
    is_sure = bool(told) and told[0].topic.score >= topics.THRESHOLD
    return Judgement(
        sentences=summarize.explain(cluster, limit),
        topics=told,
        suggested=topics.suggestion_reasons([article], told[0].topic, limit=_REASONS) if is_sure else None,
        own=topics.own_reasons([article], own, limit=_REASONS),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """What an earlier run grouped, as a file can hold it."""

    grouped: tuple[Grouped, ...] = ()


def group(articles: Sequence[Article], *, earlier: Groups, one_by_one: bool) -> tuple[list[Row], Groups]:
    """
    Group articles.

    Returns:
        `{id, story, reprint_of}` for each, in the same order, and all groups so far.
    """
    grouped = group_articles(articles, earlier=earlier.grouped, one_by_one=one_by_one)
    rows: list[Row] = [
        {"id": article.key, "story": found.story, "reprint_of": found.reprint_of}
        for article, found in zip(articles, grouped, strict=True)
    ]
    return rows, Groups(grouped=(*earlier.grouped, *grouped))


def article_of(row: Mapping[str, Any]) -> Article:
    """
    Take a row `{id, text | paragraphs, title?, source?, date?, url?}` for a clean article.

    Paragraphs of a text are parted by blank lines; a headline may stand alone. Two rows without a source
    come from different ones.

    Raises:
        ItemError: A field is missing or of the wrong type.
    """
    name = _id(row)
    title = _optional(row, "title") or ""
    paragraphs = row.get("paragraphs")
    if paragraphs is None and title and not row.get("text"):
        bodies = []
    elif paragraphs is None:
        bodies = [body.strip() for body in _text(row, "text").split("\n\n") if body.strip()]
    elif isinstance(paragraphs, list) and all(isinstance(p, str) for p in paragraphs):
        bodies = paragraphs
    else:
        raise ItemError(name, "`paragraphs` takes a list of texts")
    return Article(
        key=name,
        version="",
        source=_source(name, row.get("source")),
        url=_optional(row, "url"),
        headline=title,
        standfirst=None,
        byline=(),
        published=_dated(name, row.get("date")),
        language=identify(" ".join([title, *bodies])),
        paragraphs=tuple(Paragraph(kind="text", text=body, raw=body) for body in bodies),
    )


def _id(row: Mapping[str, Any]) -> str:
    name = row.get("id")
    if not isinstance(name, str | int) or name == "":
        raise ItemError("?", "no `id`; every row needs one, a text or a whole number")
    return str(name)


def _text(row: Mapping[str, Any], field: str) -> str:
    value = row.get(field)
    if not isinstance(value, str):
        raise ItemError(_id(row), f"no `{field}`; it takes a text")
    if not value.strip():
        raise ItemError(_id(row), f"`{field}` is empty")
    return value


def _optional(row: Mapping[str, Any], field: str) -> str | None:
    """Return a text that a row may go without; null counts as none."""
    value = row.get(field)
    if value is not None and not isinstance(value, str):
        raise ItemError(_id(row), f"`{field}` takes a text")
    return value


def _source(name: str, source: object = None) -> Source:
    if source:
        return Source(id=slug(str(source)), name=str(source))
    return Source(id=f"file-{name}", name=name)


def _dated(name: str, value: object) -> Dated | None:
    if not value:
        return None
    try:
        parsed = moment(str(value))
    except ValueError as error:
        raise ItemError(name, f"`date`: {error}") from error
    if isinstance(parsed, datetime):
        known = parsed.utcoffset() is not None
        return Dated(value=parsed, precision="minute", zone_known=known, origin="declared")
    return Dated(
        value=datetime.combine(parsed, datetime.min.time()),
        precision="day",
        zone_known=False,
        origin="declared",
    )
