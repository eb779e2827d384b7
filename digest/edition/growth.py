"""
How a story lives: it is new, it grows, its sources correct it, and after ten quiet days it closes.

One that turns out to be the same as an older one becomes part of that. What was shown and is no longer at hand stays.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from digest.edition.corrected import SECOND
from digest.edition.discretion import articles_in
from digest.model import Change, Coverage, Mention, Story, Telling
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
        suggested=telling.suggested,
        tagged=telling.tagged,
        keywords=telling.keywords,
        coverage=telling.cluster.coverage,
        first_shown=now,
        updated=now,
        change=Change(kind="new"),
    )


def mention(story: Story) -> Mention:
    """Return a story in one line."""
    return Mention(id=story.id, slug=story.slug, headline=story.headline, language=story.language)


def retold(
    last: Story,
    telling: Telling,
    *,
    now: datetime,
    standing: Container[str],
    others: Sequence[Story] = (),
    is_put_right: bool = False,
) -> Story:
    """
    Return a story as its telling has it now.

    Args:
        last: As it was last shown.
        telling: Of the articles at hand, of which some may be new and some gone; publishable.
        now: Moment of the build, aware, whole seconds.
        standing: Ids of the stories that the open edition shows; only these may change without growing.
        others: Stories that become part of it, as they were last shown; that counts as growing.
        is_put_right: Whether its owner has taken articles out of it, which is a correction like a source's.

    Returns:
        *last* itself when there is nothing to say.
    """
    coverage = telling.cluster.coverage
    shown = [text for story in (last, *others) for text in story.coverage]
    before = {article.key: article for article in articles_in(shown)}
    at_hand = {article.key: article for article in articles_in(coverage)}
    gone = before.keys() - at_hand.keys()
    has_grown = bool(others) or any(text.article.key not in before for text in coverage)
    is_edited = any(at_hand[key].version != before[key].version for key in before.keys() & at_hand.keys())
    is_corrected = is_put_right or (is_edited and _wording(telling) != _wording(last))
    if not has_grown and not is_put_right and (gone or not (is_corrected or last.id in standing)):
        return last

    # A quotation of an article that is no longer at hand stays: nothing else can stand for it.
    kept = tuple(quote for story in (last, *others) for quote in story.summary if quote.article in gone)
    story = replace(
        last,
        headline=telling.headline,
        language=telling.language,
        summary=(*kept, *telling.summary),
        topics=telling.topics,
        suggested=telling.suggested,
        tagged=telling.tagged,
        keywords=telling.keywords,
        coverage=_with_gone(coverage, shown, gone),
    )
    if not has_grown and not is_corrected:
        return story
    return replace(
        story,
        updated=max(now, *(each.updated + SECOND for each in (last, *others))),
        change=_change(last, story, others, is_corrected=is_corrected, standing=standing),
        merged=(*last.merged, *(part for other in others for part in (mention(other), *other.merged))),
    )


def corrected(story: Story, *, now: datetime) -> Story:
    """Return a story out of which its owner has taken something, when it cannot be told anew."""
    return replace(story, updated=max(now, story.updated + SECOND), change=Change(kind="corrected"))


def _change(
    last: Story, story: Story, others: Sequence[Story], *, is_corrected: bool, standing: Container[str]
) -> Change:
    """Say what is new since the edition before the open one."""
    already = last.change if last.id in standing else Change(kind="grown")
    before = {article.key: article.source.id for article in articles_in(last.coverage)}
    joined = {text.article.source.id for text in story.coverage if text.article.key not in before} - {*before.values()}
    change = Change(
        kind="grown",
        sources=already.sources + len(joined),
        stories=already.stories + sum(1 + each.change.stories * (each.id in standing) for each in others),
    )
    if is_corrected or already.kind == "corrected":
        return replace(change, kind="corrected")
    if already.kind == "new":
        return already
    known = {text for each in (last, *others) for text in _known(each, is_standing=each.id in standing)}
    return replace(change, sentences=tuple(i for i, quote in enumerate(story.summary) if quote.text not in known))


def _known(story: Story, *, is_standing: bool) -> Iterator[str]:
    """Yield the sentences of a story that an edition before the open one showed."""
    if is_standing and story.change.kind == "new":
        return
    for index, quote in enumerate(story.summary):
        if not (is_standing and index in story.change.sentences):
            yield quote.text


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
