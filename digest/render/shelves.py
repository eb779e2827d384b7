"""
All that is published in, the shelves readers look for it on out: by story, topic, week, month and source.

The newest edition that holds a story has its latest state. An article of which several editions quote
different sentences has them all on its one source page.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from digest import addresses
from digest.model import Article, Edition, Library, Mention, Quote, Story, Subject
from digest.render.taken_back import is_retracted
from digest.render.views import has_address, public
from digest.topics import filed


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A story in its latest state, and the editions that showed it."""

    story: Story
    editions: tuple[Edition, ...]
    """Newest first; also those that showed what has become part of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A public article without an address of its own, and what stories quote of it."""

    article: Article
    quotes: tuple[Quote, ...]
    """In the order in which they stand in it."""
    stories: tuple[Story, ...]
    """None when all that told it is hidden."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """The editions of one ISO week that fall into one shelf."""

    day: date
    """Of its newest edition here."""
    editions: tuple[Edition, ...]
    """Newest first."""


def day_of(edition: Edition) -> date:
    """Return the day of *edition*."""
    return date.fromisoformat(edition.id)


def shown(library: Library) -> tuple[Shown, ...]:
    """Return every story in its latest state, the last to change first, but for those that are part of another."""
    editions: dict[str, dict[str, Edition]] = {}
    for edition in library.editions:
        for story in edition.stories:
            editions.setdefault(library.merged.get(story.id, story.id), {})[edition.id] = edition
    stories = sorted(_latest(library).values(), key=lambda story: story.id)
    stories.sort(key=lambda story: story.updated, reverse=True)
    return tuple(Shown(story=story, editions=tuple(editions[story.id].values())) for story in stories)


def moved(library: Library) -> tuple[tuple[Mention, Story], ...]:
    """Return every story that has become part of another one, by id, with that one; none that is hidden."""
    parts: dict[str, Mention] = {}
    for edition in library.editions:
        for story in edition.stories:
            for part in story.merged:
                parts.setdefault(part.id, part)
    latest = _latest(library)
    return tuple((parts[name], latest[home]) for name, home in sorted(library.merged.items()) if home in latest)


def _latest(library: Library) -> Mapping[str, Story]:
    """Return id → latest state, as its owner wants it shown, of every story that is part of no other one."""
    latest = {story.id: story for story in library.restated}
    for edition in library.editions:
        for story in edition.stories:
            if story.id not in library.merged:
                latest.setdefault(story.id, story)
    return latest


def by_topic(stories: Iterable[Shown], subjects: Sequence[Subject]) -> Mapping[Subject, tuple[Shown, ...]]:
    """
    Return the stories of each of *subjects*, empty ones too, in the order given; what fits none is under other.

    What was retracted is under none.
    """
    shelves: dict[str, list[Shown]] = {subject.code: [] for subject in subjects}
    for each in filter(lambda each: not is_retracted(each.story), stories):
        for code in filed(each.story.topics, subjects):
            shelves[code].append(each)
    return {subject: tuple(shelves[subject.code]) for subject in subjects}


def weeks(editions: Sequence[Edition]) -> tuple[Week, ...]:
    """Return *editions*, newest first, by ISO week."""
    groups = groupby(editions, key=lambda edition: addresses.week(day_of(edition)))
    found = (tuple(group) for _, group in groups)
    return tuple(Week(day=day_of(group[0]), editions=group) for group in found)


def months(editions: Sequence[Edition]) -> tuple[tuple[date, tuple[Week, ...]], ...]:
    """Return *editions*, newest first, by month; each month has the day of its newest edition."""
    groups = groupby(editions, key=lambda edition: edition.id[:7])
    found = (tuple(group) for _, group in groups)
    return tuple((day_of(group[0]), weeks(group)) for group in found)


def quoted(library: Library) -> tuple[Quoted, ...]:
    """Return every article of a story, reprints too, that has no address of its own, by key."""
    articles: dict[str, Article] = {}
    quotes: dict[str, dict[tuple[str, str], Quote]] = {}
    stories: dict[str, dict[str, Story]] = {}
    latest = _latest(library)
    for edition in library.editions:
        for story in edition.stories:
            for told in story.coverage:
                for each in (told.article, *told.reprints):
                    if has_address(each):
                        continue
                    article = public(each)
                    if article.url is None:
                        articles.setdefault(article.key, article)
                        home = latest[library.merged.get(story.id, story.id)]
                        stories.setdefault(article.key, {})[home.id] = home
            for quote in story.summary:
                known = quotes.setdefault(quote.article, {})
                known.setdefault((addresses.anchor(quote), quote.text), quote)
    for silent in library.silent:
        if not has_address(silent) and (article := public(silent)).url is None:
            articles.setdefault(article.key, article)
            stories.setdefault(article.key, {})
    return tuple(
        Quoted(
            article=article,
            quotes=tuple(sorted(quotes.get(key, {}).values(), key=lambda q: (q.paragraph, q.start, q.text))),
            stories=tuple(stories[key].values()),
        )
        for key, article in sorted(articles.items())
    )
