"""
Dates in, places on a line out: what the small pictures of a page are drawn from.

Everything is in per cent of a picture's width, so that a picture fits any screen and its dots stay round.
A date of which only the day is known is as wide as that day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from digest.model import Article, Dated, Masthead, Story
from digest.render import words

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where one article stands on a story's timeline."""

    left: float
    """Per cent of the picture's width, in [0, 100]."""
    width: float
    """Per cent of the picture's width; 0 for a moment, more for a whole day."""
    reprint: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One week of a topic."""

    left: float
    """Per cent of the picture's width."""
    height: float
    """Per cent of the picture's height; the fullest week has 100, an empty one 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weeks:
    """How many stories a topic had, week by week."""

    bars: tuple[Bar, ...]
    width: float
    """Of a bar, per cent of the picture's width."""
    title: str
    """What the picture shows, in words."""
    told: str
    """Its numbers, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One article on a story's timeline, in words."""

    when: words.When
    source: str
    role: str
    """`first report`, `reprint`, or empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A story's articles in order of publication, undated last."""

    events: tuple[Event, ...]
    spots: tuple[Spot, ...]
    """The same as a picture; empty when there is nothing to see."""
    title: str
    """What the picture shows, in words."""


def timeline(story: Story, masthead: Masthead) -> Timeline:
    """Return when *story* was reported, from the first report on."""
    zone = ZoneInfo(masthead.timezone)
    told = [
        _Told(article=article, reprint=article is not coverage.article)
        for coverage in story.coverage
        for article in (coverage.article, *coverage.reprints)
    ]
    told.sort(key=_Told.order)
    dates = [(each.published, each.reprint) for each in told if each.published]
    first = _first(told)
    return Timeline(
        events=tuple(
            Event(
                when=words.when(each.published, zone=zone),
                source=each.article.source.name,
                role="reprint" if each.reprint else "first report" if each is first else "",
            )
            for each in told
        ),
        spots=spots(dates),
        title=_title([published.value.date() for published, _ in dates]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """One article of a story."""

    article: Article
    reprint: bool

    @property
    def published(self) -> Dated | None:
        """When it was published; our own first sight of it says nothing of that."""
        published = self.article.published
        return None if published is None or published.origin == "first_seen" else published

    def order(self) -> tuple[bool, datetime, bool, str, str]:
        """Return what it is sorted by: undated last, reprints behind what they may repeat."""
        published = self.published
        instant = published.instant if published else datetime.max.replace(tzinfo=UTC)
        return (published is None, instant, self.reprint, self.article.source.name, self.article.key)


def _first(told: Sequence[_Told]) -> _Told | None:
    """Return the first report, or None when another of the same day may have been before it."""
    dates = [each.published for each in told if each.published]
    near = [date for date in dates if date.value.date() == dates[0].value.date()]
    exact = all(date.precision == "minute" and date.zone_known for date in near)
    return told[0] if dates and (exact or len(near) == 1) else None


def _title(days: Sequence[date]) -> str:
    """Return what the picture of reports on these *days* shows, in words."""
    if not days:
        return ""
    first, last = words.full_day(days[0]), words.full_day(days[-1])
    span = f"on {first}" if first == last else f"from {first} to {last}"
    return words.sentence_case(f"{words.count(len(days), 'report', 'reports')} {span}")


def spots(dates: Iterable[tuple[Dated, bool]]) -> tuple[Spot, ...]:
    """
    Place dated articles on a line from the first to the last.

    Args:
        dates: Date of each article, and whether it is a reprint.

    Returns:
        One spot per distinct place, whole days first, so that no moment hides behind one; none when
        all dates are the same, as there is nothing to see.
    """
    spans = [
        (dated.instant, dated.instant + (_DAY if dated.precision == "day" else timedelta(0)), reprint)
        for dated, reprint in dates
    ]
    if len({(first, last) for first, last, _ in spans}) < 2:
        return ()
    start = min(first for first, _, _ in spans)
    whole = max(last for _, last, _ in spans) - start
    placed = {
        (round((last - first) / whole * 100, 1), round((first - start) / whole * 100, 1), reprint)
        for first, last, reprint in spans
    }
    widest_first = sorted(placed, key=lambda spot: (-spot[0], spot[1:]))
    return tuple(Spot(left=left, width=width, reprint=reprint) for width, left, reprint in widest_first)


def weeks(days: Iterable[date], *, until: date, amount: int = 12) -> Weeks | None:
    """
    Count *days* by ISO week, for the last *amount* weeks up to that of *until*.

    Returns:
        One bar per week, oldest first, empty weeks too; None when fewer than two have anything.
    """
    newest = _monday(until)
    counts = dict.fromkeys((newest - timedelta(weeks=ago) for ago in reversed(range(amount))), 0)
    for monday in map(_monday, days):
        if monday in counts:
            counts[monday] += 1
    if sum(map(bool, counts.values())) < 2:
        return None
    most = max(counts.values())
    told = words.listed(f"{words.number(n)} in week {day.isocalendar().week}" for day, n in counts.items() if n)
    return Weeks(
        bars=tuple(
            Bar(left=round(index / amount * 100, 2), height=round(stories / most * 100, 1))
            for index, stories in enumerate(counts.values())
        ),
        width=round(80 / amount, 2),
        title=f"Stories a week over {words.number(amount)} weeks",
        told=f"{told}; none in the others" if not all(counts.values()) else told,
    )


def _monday(day: date) -> date:
    """Return the first day of the ISO week that *day* falls in."""
    return day - timedelta(days=day.weekday())
