"""
What the owner puts right in, stories and editions as they are to be shown out.

What is hidden is nowhere to be seen for as long as the settings say so, in closed editions neither, and is remembered
all the same. What is retracted is gone for good: a notice stands in its place, here and wherever it was shown.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from digest.edition.discretion import articles_in
from digest.edition.filing import Told, relabelled
from digest.model import Article, Change, Correction, Corrections, Coverage, Edition, Story

SECOND = timedelta(seconds=1)


def put_right(told: Told, correction: Correction | None) -> Told:
    """Return a story with the headline and the topics that its owner gives it."""
    if correction is None:
        return told
    titled = told if correction.headline is None else replace(told, headline=correction.headline)
    return titled if correction.topics is None else relabelled(titled, correction.topics)


def restated(article: Article, correction: Correction | None) -> Article:
    """Return an article with the headline and the date that its owner gives it."""
    if correction is None:
        return article
    return replace(
        article,
        headline=article.headline if correction.headline is None else correction.headline,
        published=correction.published or article.published,
    )


def leaving(story: Story, corrections: Corrections, *, into: str | None = None) -> frozenset[str]:
    """Return the keys of the articles that are neither a story's any more nor that of the one that takes it in."""
    homes = {story.id, into or story.id}
    return frozenset(
        article.key
        for article in articles_in(story.coverage)
        if is_hidden(article.key, corrections)
        or any((article.key, home) in corrections.apart for home in homes)
        or corrections.homes.get(article.key, story.id) not in homes
    )


def without(story: Story, keys: Collection[str]) -> Story:
    """
    Return a story without some of its articles, what it quotes of them, and their headline.

    The first copy that stays stands for an article that does not. The name of a part may be a sentence of an article
    without a headline: when such a one leaves, only a headline that stays is a name.
    """
    kept = ([a for a in (text.article, *text.reprints) if a.key not in keys] for text in story.coverage)
    coverage = tuple(Coverage(article=first, reprints=tuple(copies)) for first, *copies in filter(None, kept))
    summary = tuple(quote for quote in story.summary if quote.article not in keys)
    headlines = [text.article.headline for text in coverage if text.article.headline]
    lost = {article.headline for article in articles_in(story.coverage) if article.key in keys}
    is_nameless = "" in lost
    is_headless = story.headline in lost and story.headline not in headlines
    instead = (*headlines, *(quote.text for quote in summary), story.slug)
    return replace(
        story,
        coverage=coverage,
        summary=summary,
        headline=instead[0] if is_headless else story.headline,
        merged=tuple(
            replace(part, headline=part.slug)
            if part.headline in lost or (is_nameless and part.headline not in headlines)
            else part
            for part in story.merged
        ),
    )


def is_hidden(key: str, corrections: Corrections) -> bool:
    """Tell whether an article is not to be shown."""
    return key in corrections.articles and corrections.articles[key].hidden


def hidden(stories: Iterable[Story], corrections: Corrections) -> frozenset[str]:
    """
    Return the ids of the stories that are not to be shown, or all of whose articles are not.

    What was retracted says nothing any more, and its notice stays for whoever has read it.
    """
    return frozenset(
        story.id
        for story in stories
        if story.change.kind != "retracted"
        and (
            (story.id in corrections.stories and corrections.stories[story.id].hidden)
            or all(is_hidden(article.key, corrections) for article in articles_in(story.coverage))
        )
    )


def silent(stories: Iterable[Story], corrections: Corrections) -> frozenset[str]:
    """Return the ids of the stories that tell nothing, because they are hidden or retracted."""
    known = tuple(stories)
    return hidden(known, corrections) | {story.id for story in known if story.change.kind == "retracted"}


def withdrawn(story: Story) -> Story:
    """Return a story without what it said; that its articles are its own stays known."""
    is_said = story.headline in {quote.text for quote in story.summary}
    headline = story.coverage[0].article.source.name if is_said else story.headline
    return replace(
        story,
        headline=headline,
        merged=tuple(replace(part, headline=headline, language=story.language) for part in story.merged),
        summary=(),
        keywords=(),
        coverage=tuple(
            Coverage(article=silenced(text.article), reprints=tuple(map(silenced, text.reprints)))
            for text in story.coverage
        ),
    )


def silenced(article: Article) -> Article:
    """Return an article without anything that it says."""
    return replace(article, headline="", standfirst=None, byline=(), paragraphs=())


def retract(editions: Sequence[Edition], story: Story, *, reason: str, now: datetime) -> tuple[Edition, ...]:
    """
    Put a notice in the place of a story, in every edition that showed it or what has become part of it.

    Args:
        editions: All of them, newest first; the first one is open and tells of the retraction, whether it has shown
            the story or not.
        story: As it was last shown.
        reason: A line for its readers, or nothing.
        now: Aware, whole seconds.

    Returns:
        The editions that change, in the same order.
    """
    updated = max(now, story.updated + SECOND)
    notice = replace(withdrawn(story), updated=updated, change=Change(kind="retracted", reason=reason))
    gone = {story.id, *(part.id for part in story.merged)}
    changed = []
    for place, edition in enumerate(editions):
        others = tuple(each for each in edition.stories if each.id not in gone)
        going = tuple(mention for mention in edition.still_going if mention.id not in gone)
        is_told = place == 0 or others != edition.stories
        if is_told or going != edition.still_going:
            stories = (*others, notice) if is_told else others
            changed.append(replace(edition, issued=max(now, edition.issued), stories=stories, still_going=going))
    return tuple(changed)


def published(edition: Edition, corrections: Corrections, *, unseen: Collection[str]) -> Edition:
    """
    Return an edition without what its owner hides; *unseen* are the ids of stories that are hidden as a whole.

    Returns:
        *edition* itself when nothing in it is hidden.
    """
    bare = (_bared(story, corrections) for story in edition.stories if story.id not in unseen)
    # What has become part of another story may have nothing left of its own.
    stories = tuple(story for story in bare if story.coverage)
    going = tuple(mention for mention in edition.still_going if mention.id not in unseen)
    if stories == edition.stories and going == edition.still_going:
        return edition
    return replace(edition, stories=stories, still_going=going)


def as_wanted(story: Story, corrections: Corrections) -> Story:
    """Return a story as its owner wants it shown; a new headline of an article is the story's that bore the old one."""
    articles = corrections.articles
    headlines = {
        article.headline: articles[article.key].headline or article.headline
        for article in articles_in(story.coverage)
        if article.key in articles
    }
    coverage = tuple(
        Coverage(
            article=restated(text.article, articles.get(text.article.key)),
            reprints=tuple(restated(reprint, articles.get(reprint.key)) for reprint in text.reprints),
        )
        for text in story.coverage
    )
    bare = _bared(replace(story, coverage=coverage), corrections)
    named = replace(bare, headline=headlines.get(bare.headline, bare.headline))
    return put_right(named, corrections.stories.get(story.id))


def _bared(story: Story, corrections: Corrections) -> Story:
    """Return a story without its hidden articles."""
    keys = frozenset(a.key for a in articles_in(story.coverage) if is_hidden(a.key, corrections))
    return without(story, keys) if keys else story
