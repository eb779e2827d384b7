"""
How a story lives: it is new, it grows, its sources correct it, and after ten quiet days it closes.

What was shown and is no longer at hand stays.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from digest.edition.corrected import SECOND
from digest.edition.discretion import articles_in
from digest.model import Change, Coverage, Story, Telling
from digest.text import slug

STAYS_OPEN = timedelta(days=10)
"""How long after its latest article a story takes more."""
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def latest(coverage: Iterable[Coverage]) -> datetime:
    """Return when the latest article was published; a moment long past when none says so."""
    return max((a.published.instant for a in articles_in(coverage) if a.published), default=_LONG_AGO)


def is_open(story: Story, *, opened: datetime) -> bool:
    """Tell whether a story still takes articles in the edition that opened at that moment."""
    return opened - max(latest(story.coverage), story.first_shown) <= STAYS_OPEN


def new_story(telling: Telling, *, now: datetime) -> Story:
    """Make the story that a publishable telling is when it is first shown: id and slug are fixed here."""
    return Story(
        id=telling.cluster.id,
        slug=slug(telling.headline),
        headline=telling.headline,
        language=telling.language,
        summary=telling.summary,
        topics=telling.topics,
        keywords=telling.keywords,
        coverage=telling.cluster.coverage,
        first_shown=now,
        updated=now,
        change=Change(kind="new"),
    )


def retold(last: Story, telling: Telling, *, now: datetime, is_standing: bool, is_put_right: bool = False) -> Story:
    """
    Return a story as its telling has it now.

    Args:
        last: As it was last shown.
        telling: Of the articles at hand, of which some may be new and some gone; publishable.
        now: Moment of the build, aware, whole seconds.
        is_standing: Whether the open edition shows it; only then may it change without growing.
        is_put_right: Whether its owner has taken articles out of it, which is a correction like a source's.

    Returns:
        *last* itself when there is nothing to say.
    """
    coverage = telling.cluster.coverage
    before = {article.key: article for article in articles_in(last.coverage)}
    at_hand = {article.key: article for article in articles_in(coverage)}
    gone = before.keys() - at_hand.keys()
    grown = [text for text in coverage if text.article.key not in before]
    is_edited = any(at_hand[key].version != before[key].version for key in before.keys() & at_hand.keys())
    is_corrected = is_put_right or (is_edited and _wording(telling) != _wording(last))
    if not grown and not is_put_right and (gone or not (is_corrected or is_standing)):
        return last

    # A quotation of an article that is no longer at hand stays: nothing else can stand for it.
    kept = tuple(quote for quote in last.summary if quote.article in gone)
    story = replace(
        last,
        headline=telling.headline,
        language=telling.language,
        summary=(*kept, *telling.summary),
        topics=telling.topics,
        keywords=telling.keywords,
        coverage=_with_gone(coverage, last.coverage, gone),
    )
    if not grown and not is_corrected:
        return story
    return replace(
        story,
        updated=max(now, last.updated + SECOND),
        change=_change(last, story, grown, is_corrected=is_corrected, is_standing=is_standing),
    )


def corrected(story: Story, *, now: datetime) -> Story:
    """Return a story out of which its owner has taken something, when it cannot be told anew."""
    return replace(story, updated=max(now, story.updated + SECOND), change=Change(kind="corrected"))


def _change(last: Story, story: Story, grown: Sequence[Coverage], *, is_corrected: bool, is_standing: bool) -> Change:
    """Say what is new since the edition before the open one."""
    already = last.change if is_standing else Change(kind="grown")
    known_sources = {article.source.id for article in articles_in(last.coverage)}
    joined = already.sources + len({text.article.source.id for text in grown} - known_sources)
    if is_corrected or already.kind == "corrected":
        return Change(kind="corrected", sources=joined)
    if already.kind == "new":
        return already
    known = {quote.text for i, quote in enumerate(last.summary) if i not in already.sentences}
    return Change(
        kind="grown",
        sources=joined,
        sentences=tuple(i for i, quote in enumerate(story.summary) if quote.text not in known),
    )


def _wording(told: Story | Telling) -> tuple[str, ...]:
    return (told.headline, *(quote.text for quote in told.summary))


def _with_gone(coverage: tuple[Coverage, ...], before: Iterable[Coverage], gone: Iterable[str]) -> tuple[Coverage, ...]:
    """Add back what was shown and is no longer at hand, in order of publication."""
    missing = frozenset(gone)
    lost = [
        replace(text, reprints=tuple(r for r in text.reprints if r.key in missing))
        for text in before
        if text.article.key in missing
    ]
    return tuple(sorted((*coverage, *lost), key=_by_publication)) if lost else coverage


def _by_publication(text: Coverage) -> tuple[bool, datetime, str]:
    published = text.article.published
    return (published is None, published.instant if published else _LONG_AGO, text.article.key)
