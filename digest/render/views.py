"""
Stories in, what pages say of them out: words, links and order, but no markup.

A link is a path of the site (`digest.addresses`) or an address of the web; the templates turn it into
what fits the page at hand.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from digest import addresses
from digest.model import Article, Dated, Masthead, Mention, Quote, Story
from digest.render import words
from digest.render.press import outward
from digest.topics import below, named

SOURCES_IN_LINE = 4
_PLAIN_ADDRESS = re.compile(r"https?://[a-z0-9-]+(\.[a-z0-9-]+)+/[\w/.-]*", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Words that lead somewhere."""

    text: str
    target: str | None
    language: str | None = None
    """Tag of *text* when it is not in the pages' own language."""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceView:
    """One sentence of a summary."""

    number: int
    text: str
    language: str | None
    new: bool
    target: str
    """Where it stands in its source."""
    name: str
    """What the link to it is called, e.g. `Sentence 2, from Example Times`."""
    written: str
    """When it was written, if it names a day that depends on that, as `on Friday` does; else empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One article of a story."""

    source: str
    target: str
    headline: str | None
    """None when its source is private."""
    language: str | None
    byline: str
    when: words.When
    quoted: str
    """Which of the summary's sentences stand in it, e.g. `sentences 1 and 3`; may be empty."""
    reprints: tuple["Report", ...] = ()
    copies: str = ""
    """How many reprints, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView:
    """A story as one page shows it."""

    path: str
    headline: str
    language: str | None
    topics: tuple[Link, ...]
    suggested: str
    """What it seems to be on more exactly; may be empty."""
    kind: str
    change: str
    """What is new about it, in words; empty when that goes without saying."""
    summary: tuple[tuple[str, tuple[SentenceView, ...]], ...]
    """Its sentences, those in a row that run the same way together: `ltr` or `rtl`, and they."""
    reports: tuple[Report, ...]
    """In order of publication."""
    line: tuple[Report, ...]
    """One of each source, the quoted ones first: the few that stand in the line of sources."""
    more: tuple[str, ...]
    """What that line leaves out, in words, e.g. `three more sources` and `one reprint`."""
    names: tuple[str, ...]
    first_shown: words.When
    updated: words.When | None
    """None when it has not changed since it was first shown."""


def story_view(story: Story, masthead: Masthead, *, today: date | None = None, silent: bool = False) -> StoryView:
    """
    Return *story* as a page shows it.

    Args:
        story: The story, with all its coverage.
        masthead: Gives the pages' own language and time zone.
        today: Day of the page; its date and year go unsaid.
        silent: Whether being new goes unsaid.
    """
    zone = ZoneInfo(masthead.timezone)
    articles = {a.key: public(a) for c in story.coverage for a in (c.article, *c.reprints)}
    reports = tuple(
        replace(
            _report(articles[c.article.key], story.summary, masthead, zone, today),
            reprints=tuple(_report(articles[r.key], story.summary, masthead, zone, today) for r in c.reprints),
            copies=words.sentence_case(words.count(len(c.reprints), "reprint", "reprints")),
        )
        for c in story.coverage
    )
    suggested = below(story.topics, story.suggested, masthead.topics)
    line = _one_of_each([*filter(lambda r: r.quoted, reports), *reports])
    return StoryView(
        path=addresses.story(story),
        headline=story.headline,
        language=words.foreign(story.language, masthead.language),
        topics=tuple(
            Link(text=words.sentence_case(subject.label), target=addresses.topic(subject.slug))
            for subject in named(story.topics, masthead.topics)
        ),
        suggested=words.sentence_case(suggested.label) if suggested else "",
        kind=story.change.kind,
        change="" if silent and story.change.kind == "new" else words.changed(story.change),
        summary=_by_direction(
            _sentence(index, quote, story, articles[quote.article], masthead, today=today)
            for index, quote in enumerate(story.summary)
        ),
        reports=reports,
        line=line[:SOURCES_IN_LINE],
        more=_more(len(line) - SOURCES_IN_LINE, sum(len(report.reprints) for report in reports)),
        names=story.keywords,
        first_shown=shown_at(story.first_shown, zone),
        updated=shown_at(story.updated, zone) if story.updated > story.first_shown else None,
    )


def mention_link(story: Story | Mention, masthead: Masthead) -> Link:
    """Return *story* in one line."""
    language = words.foreign(story.language, masthead.language)
    return Link(text=story.headline, target=addresses.story(story), language=language)


def sources(stories: Iterable[Story]) -> int:
    """Return how many sources tell *stories*; one that only carries a reprint tells nothing of its own."""
    return len({coverage.article.source.id for story in stories for coverage in story.coverage})


def public(article: Article) -> Article:
    """Return what pages may show of *article*: of a private source nothing but its name and the date."""
    if article.source.private:
        return replace(article, url=None, headline="", standfirst=None, byline=(), paragraphs=())
    return replace(article, url=outward(article.url) if article.url else None)


def has_address(article: Article) -> bool:
    """Tell at a glance whether a reader can go to *article* itself; when in doubt, not."""
    return not article.source.private and article.url is not None and _PLAIN_ADDRESS.fullmatch(article.url) is not None


def place(article: Article) -> str:
    """Return where a public *article* is to be read: at its own address, else on its source page."""
    return article.url or addresses.article(article.key)


def _report(
    article: Article, summary: tuple[Quote, ...], masthead: Masthead, zone: ZoneInfo, today: date | None
) -> Report:
    """Return the public *article* as a line of a list of sources."""
    return Report(
        source=article.source.name,
        target=place(article),
        headline=article.headline or None,
        language=words.foreign(article.language, masthead.language),
        byline=words.listed(article.byline),
        when=words.when(article.published, zone=zone, today=today),
        quoted=_quoted([str(index) for index, quote in enumerate(summary, 1) if quote.article == article.key]),
    )


def _quoted(numbers: Sequence[str]) -> str:
    """Return the sentences of these *numbers*, in words."""
    return f"sentence{'' if len(numbers) == 1 else 's'} {words.listed(numbers)}" if numbers else ""


def _one_of_each(reports: Iterable[Report]) -> tuple[Report, ...]:
    """Return the first report of each source, in the order given."""
    return tuple({report.source: report for report in reversed([*reports])}.values())[::-1]


def _sentence(
    index: int, quote: Quote, story: Story, article: Article, masthead: Masthead, *, today: date | None
) -> SentenceView:
    """Return the summary's sentence at *index*, which stands in the public *article*."""
    return SentenceView(
        number=index + 1,
        text=quote.text,
        language=words.foreign(article.language, masthead.language),
        new=story.change.kind != "new" and index in story.change.sentences,
        target=addresses.quoted(quote, article),
        name=f"Sentence {index + 1}, from {article.source.name}",
        written=_written(quote, article.published, today),
    )


def _written(quote: Quote, published: Dated | None, today: date | None) -> str:
    if published is None or published.origin == "first_seen" or not words.names_a_day(quote.text):
        return ""
    day = published.value.date()
    if day == today:
        return ""
    return words.day_month(day) if today is not None and day.year == today.year else words.full_day(day)


def _by_direction(sentences: Iterable[SentenceView]) -> tuple[tuple[str, tuple[SentenceView, ...]], ...]:
    """Return *sentences* in runs of one direction, as lines that turn half-way are hard to read."""
    runs = groupby(sentences, key=lambda sentence: words.is_rtl(sentence.text))
    return tuple(("rtl" if rtl else "ltr", tuple(run)) for rtl, run in runs)


def _more(unnamed: int, reprints: int) -> tuple[str, ...]:
    """Return what the line of sources leaves out."""
    told = [words.count(unnamed, "more source", "more sources")] if unnamed > 0 else []
    copied = [words.count(reprints, "reprint", "reprints")] if reprints else []
    return (*told, *copied)


def shown_at(instant: datetime, zone: ZoneInfo) -> words.When:
    """Return a moment of our own clock."""
    stated = instant.isoformat(timespec="seconds").replace("+00:00", "Z")
    return words.When(text=words.moment(instant, zone), stated=stated, note="")
