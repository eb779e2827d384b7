"""An edition as its page shows it: its stories, how much there is to read, and what stands in one line."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from digest import addresses
from digest.model import Edition, Masthead, Omission
from digest.render import words
from digest.render.press import outward
from digest.render.taken_back import is_retracted, news
from digest.render.views import Link, StoryView, mention_link, sources, story_view


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionView:
    """An edition as its page shows it."""

    path: str
    day: str
    stated: str
    """The day for machines, ISO 8601."""
    truth: str
    """How much there is and how long it takes, e.g. `Nine stories from 23 sources, about five minutes`."""
    stories: tuple[StoryView, ...]
    still_going: tuple[Link, ...]
    retracted: tuple[Link, ...]
    left_out: tuple[Link, ...]
    left_count: str
    """How many were left out, in words."""
    topics: tuple[Link, ...]
    """Main topics of its stories, in their order, with how many each has."""


def edition_view(edition: Edition, masthead: Masthead) -> EditionView:
    """Return *edition* as its page shows it."""
    day = date.fromisoformat(edition.id)
    stories = news(edition)
    silent = all(story.change.kind == "new" for story in stories)
    views = tuple(story_view(story, masthead, today=day, silent=silent) for story in stories)
    return EditionView(
        path=addresses.edition(edition),
        day=words.weekday(day) + f" {day.year}",
        stated=edition.id,
        truth=_truth(edition),
        stories=views,
        still_going=tuple(mention_link(mention, masthead) for mention in edition.still_going),
        retracted=tuple(mention_link(story, masthead) for story in edition.stories if is_retracted(story)),
        left_out=tuple(_left_out(omission, masthead) for omission in edition.left_out),
        left_count=words.count(len(edition.left_out), "story", "stories"),
        topics=_contents(views),
    )


def _left_out(omission: Omission, masthead: Masthead) -> Link:
    """Return a story that did not make the edition, and why."""
    return Link(
        text=omission.headline,
        target=outward(omission.url) if omission.url else None,
        language=words.foreign(omission.language, masthead.language),
        note=f"{omission.source}; {omission.reason}" if omission.reason else omission.source,
    )


def _truth(edition: Edition) -> str:
    """Return how much there is to read and how long it takes."""
    stories = news(edition)
    if not stories:
        return "No stories" if edition.closed else "No stories yet"
    read = [story.headline for story in stories]
    read += [quote.text for story in stories for quote in story.summary]
    read += [mention.headline for mention in edition.still_going]
    counted = words.count(len(stories), "story", "stories")
    told = words.count(sources(stories), "source", "sources")
    time = words.count(words.minutes(read), "minute", "minutes")
    return words.sentence_case(f"{counted} from {told}, about {time}")


def _contents(views: Iterable[StoryView]) -> tuple[Link, ...]:
    """Return the main topics of an edition, in the order of its stories, with how often if more than once."""
    mains = Counter(view.topics[0] for view in views if view.topics)
    return tuple(replace(link, note=words.number(amount) if amount > 1 else "") for link, amount in mains.items())
