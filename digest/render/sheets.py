"""All that is published in, one sheet per page out: its path, its template, and what it says."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date
from functools import partial
from itertools import groupby, islice
from zoneinfo import ZoneInfo

from digest import addresses
from digest.model import Edition, Library, Masthead, Story, Subject
from digest.render import shelves, words
from digest.render.front import edition_view
from digest.render.notices import notices
from digest.render.passages import passages
from digest.render.sheet import Sheet
from digest.render.taken_back import is_retracted, news
from digest.render.timeline import timeline, weeks
from digest.render.views import Link, mention_link, shown_at, sources, story_view

STORIES_OF_A_TOPIC = 60
"""Older ones stand in the editions alone."""
MOST_IN_SITEMAP = 50_000
"""What https://www.sitemaps.org/protocol.html allows; the oldest stories are not in it."""
RECENT_EDITIONS = 7
"""Those that the archive lists with their lead story."""


def sheets(library: Library) -> Iterator[Sheet]:
    """Return the sheet of every page of *library*, the front page first."""
    shown = shelves.shown(library)
    topics = shelves.by_topic(shown, library.masthead.topics)
    yield from _editions(library)
    yield from _weeks(library)
    yield from _stories(library, shown)
    yield from notices(library)
    yield from _topics(library, topics)
    yield from _articles(library)
    yield _archive(library)
    feeds = tuple(_topic_link(subject, addresses.topic_feed(subject.slug)) for subject in topics if subject.is_listed)
    yield Sheet(path=addresses.SUBSCRIBE, template="subscribe.html", basis=(), values=lambda: {"feeds": feeds})
    yield _status(library, len(shown))
    yield Sheet(path=addresses.ABOUT, template="about.html", basis=(), values=dict)
    yield Sheet(path=addresses.NOT_FOUND, template="404.html", basis=(), values=dict, listed=False)


def sitemap(masthead: Masthead, written: Iterable[Sheet]) -> Sheet:
    """Return the sitemap of the pages *written*, of as many as a sitemap may have."""
    entries = [
        (
            masthead.base_url + sheet.path,
            sheet.changed and sheet.changed.astimezone(UTC).isoformat(timespec="seconds"),
        )
        for sheet in islice((sheet for sheet in written if sheet.listed), MOST_IN_SITEMAP)
    ]
    return Sheet(
        path=addresses.SITEMAP,
        template="sitemap.xml",
        basis=tuple(entries),
        values=lambda: {"entries": entries},
        listed=False,
    )


def robots(masthead: Masthead) -> Sheet:
    """Return what crawlers are told: come in, and here is the sitemap."""
    values = {"sitemap": masthead.base_url + addresses.SITEMAP}
    return Sheet(path=addresses.ROBOTS, template="robots.txt", basis=(), values=lambda: values, listed=False)


def _editions(library: Library) -> Iterator[Sheet]:
    """Return the front page, and the page of each dated edition."""
    today, editions = library.today, library.editions
    earlier = [edition for edition in editions if edition.id < today.id]
    yield _edition("", today, None, earlier[0] if earlier else None, library.masthead)
    for later, edition, before in zip((None, *editions), editions, (*editions[1:], None), strict=False):
        yield _edition(addresses.edition(edition), edition, later, before, library.masthead)


def _edition(path: str, edition: Edition, later: Edition | None, earlier: Edition | None, masthead: Masthead) -> Sheet:
    """Return the page of *edition* at *path*; the front page without stories shows the *earlier* one's headlines."""
    instead = earlier if not path and not news(edition) else None

    def values() -> Mapping[str, object]:
        return {
            "edition": edition_view(edition, masthead),
            "earlier": earlier and _edition_link(earlier),
            "later": later and _edition_link(later),
            "week": _week_link(shelves.day_of(edition)),
            "instead": edition_view(instead, masthead) if instead else None,
        }

    return Sheet(
        path=path,
        template="edition.html",
        basis=(edition, later and later.id, earlier and earlier.id, instead),
        values=values,
        changed=edition.issued,
    )


def _weeks(library: Library) -> Iterator[Sheet]:
    """Return the page of each ISO week that has an edition."""
    for week in shelves.weeks(library.editions):
        yield Sheet(
            path=addresses.week(week.day),
            template="week.html",
            basis=(week.editions,),
            values=partial(_week, week, library.masthead),
            changed=max(edition.issued for edition in week.editions),
        )


def _week(week: shelves.Week, masthead: Masthead) -> Mapping[str, object]:
    days = [
        (_edition_link(edition, year=False), [_story_line(story, masthead) for story in news(edition)])
        for edition in week.editions
    ]
    year, number, _ = week.day.isocalendar()
    return {"number": number, "year": year, "span": words.week_span(week.day), "days": days}


def _stories(library: Library, shown: Iterable[shelves.Shown]) -> Iterator[Sheet]:
    """Return the page of each story; of one that was retracted, the notice in its place."""
    for each in shown:
        if is_retracted(each.story):
            yield Sheet(
                path=addresses.story(each.story),
                template="withdrawn.html",
                basis=(each.story, [edition.id for edition in each.editions]),
                values=partial(_withdrawn, each, library.masthead),
                listed=False,
            )
            continue
        yield Sheet(
            path=addresses.story(each.story),
            template="story.html",
            basis=(each.story, [edition.id for edition in each.editions]),
            values=partial(_story, each, library.masthead),
            changed=each.story.updated,
        )


def _story(each: shelves.Shown, masthead: Masthead) -> Mapping[str, object]:
    return {
        "story": story_view(each.story, masthead, silent=True),
        "timeline": timeline(each.story, masthead),
        "editions": [_edition_link(edition) for edition in each.editions],
        "merged": [mention_link(part, masthead) for part in each.story.merged],
    }


def _withdrawn(each: shelves.Shown, masthead: Masthead) -> Mapping[str, object]:
    return {
        "headline": mention_link(each.story, masthead),
        "when": shown_at(each.story.updated, ZoneInfo(masthead.timezone)),
        "reason": each.story.change.reason,
        "editions": [_edition_link(edition) for edition in each.editions],
    }


def _topics(library: Library, topics: Mapping[Subject, Sequence[shelves.Shown]]) -> Iterator[Sheet]:
    """Return the index of topics, and the page of each."""
    links = [
        _topic_link(subject, addresses.topic(subject.slug), words.count(len(stories), "story", "stories"))
        for subject, stories in topics.items()
        if subject.is_listed
    ]
    yield Sheet(path=addresses.TOPICS, template="topics.html", basis=tuple(links), values=lambda: {"topics": links})
    today = shelves.day_of(library.today)
    for subject, stories in topics.items():
        latest = [each.story for each in stories[:STORIES_OF_A_TOPIC]]
        yield Sheet(
            path=addresses.topic(subject.slug),
            template="topic.html",
            basis=(latest, [each.story.first_shown for each in stories], today),
            values=partial(_topic, subject, stories, today, library.masthead),
            changed=max((each.story.updated for each in stories), default=None),
            listed=subject.is_listed,
        )


def _topic(subject: Subject, stories: Sequence[shelves.Shown], today: date, masthead: Masthead) -> Mapping[str, object]:
    zone = ZoneInfo(masthead.timezone)
    days = [each.story.first_shown.astimezone(zone).date() for each in stories]
    return {
        "topic": words.sentence_case(subject.label),
        "definition": words.sentence_case(subject.definition.rstrip(".")),
        "feed": addresses.topic_feed(subject.slug),
        "under": [_topic_link(s, addresses.topic(s.slug)) for s in masthead.topics if s.code == subject.under != ""],
        "stories": [story_view(each.story, masthead) for each in stories[:STORIES_OF_A_TOPIC]],
        "older": len(stories) > STORIES_OF_A_TOPIC,
        "weeks": weeks(days, until=today),
    }


def _articles(library: Library) -> Iterator[Sheet]:
    """Return the source page of each article without an address of its own."""
    for each in shelves.quoted(library):
        stories = [mention_link(story, library.masthead) for story in each.stories]
        yield Sheet(
            path=addresses.article(each.article.key),
            template="article.html",
            basis=(each.article, each.quotes, stories),
            values=partial(_article, each, stories, library.masthead),
            listed=False,
        )


def _article(each: shelves.Quoted, stories: Sequence[Link], masthead: Masthead) -> Mapping[str, object]:
    article = each.article
    return {
        "headline": article.headline or None,
        "language": words.foreign(article.language, masthead.language),
        "source": article.source,
        "byline": words.listed(article.byline),
        "when": words.when(article.published, zone=ZoneInfo(masthead.timezone)),
        "whole": bool(article.source.republish and article.paragraphs),
        "passages": passages(article, each.quotes),
        "quoted": bool(each.quotes),
        "stories": stories,
    }


def _archive(library: Library) -> Sheet:
    """Return the list of all editions."""
    recent = [edition for edition in library.editions if news(edition)][:RECENT_EDITIONS]

    def values() -> Mapping[str, object]:
        months = [
            (words.month(day), day.year, [_week_row(week) for week in weeks])
            for day, weeks in shelves.months(library.editions)
        ]
        years = [(year, list(group)) for year, group in groupby(months, key=lambda month: month[1])]
        return {
            "recent": [(_edition_link(each), _lead_line(each, library.masthead)) for each in recent],
            "years": years,
        }

    ids = [edition.id for edition in library.editions]
    return Sheet(path=addresses.ARCHIVE, template="archive.html", basis=(recent, ids), values=values)


def _status(library: Library, stories: int) -> Sheet:
    """Return how the digest is, in numbers that name no source."""
    health, editions = library.health, library.editions
    last = _edition_link(editions[0]) if editions else None
    rows = [
        ("Editions", len(editions)),
        ("Stories shown", stories),
        ("Feeds followed", health.followed),
        ("Feeds that fail", health.failing),
        ("Feeds that are gone for ever", health.retired),
        ("Items set aside", health.set_aside),
    ]
    return Sheet(
        path=addresses.STATUS,
        template="status.html",
        basis=(rows, last),
        values=lambda: {"rows": rows, "last": last},
    )


def _week_row(week: shelves.Week) -> tuple[Link, list[Link]]:
    """Return a week of the archive and its days, oldest first."""
    days = [
        Link(text=words.short_day(shelves.day_of(edition)), target=addresses.edition(edition))
        for edition in reversed(week.editions)
    ]
    return _week_link(week.day), days


def _week_link(day: date) -> Link:
    """Return the ISO week that *day* falls in."""
    return Link(text=f"Week {day.isocalendar().week}", target=addresses.week(day))


def _edition_link(edition: Edition, *, year: bool = True) -> Link:
    """Return *edition* by its day, with the *year* where the page does not say it."""
    day = shelves.day_of(edition)
    text = f"{words.weekday(day)} {day.year}" if year else words.weekday(day)
    return Link(text=text, target=addresses.edition(edition))


def _lead_line(edition: Edition, masthead: Masthead) -> Link:
    """Return the first story of *edition* in one line that says how many more there are."""
    lead, *others = news(edition)
    note = f"and {words.number(len(others))} more" if others else ""
    return replace(mention_link(lead, masthead), note=note)


def _story_line(story: Story, masthead: Masthead) -> Link:
    """Return *story* in one line that says how many sources it has."""
    return replace(mention_link(story, masthead), note=words.count(sources([story]), "source", "sources"))


def _topic_link(subject: Subject, target: str, note: str = "") -> Link:
    """Return *subject* by its name."""
    return Link(text=words.sentence_case(subject.label), target=target, note=note)
