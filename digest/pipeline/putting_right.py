"""Corrections in, articles, memory and library as their owner wants them out."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from digest import edition as editing
from digest.model import Article, Corrections, Library, Memory, Story


def put_right(
    articles: Iterable[Article], found: Corrections
) -> tuple[tuple[Article, ...], tuple[editing.Dropped, ...]]:
    """Return articles with the headlines and dates that their owner gives them, and those that are hidden."""
    shown = []
    dropped = []
    for article in articles:
        correction = found.articles.get(article.key)
        if correction is not None and correction.hidden:
            dropped.append(editing.Dropped(headline=article.headline, rule=f"{correction.name}.hide"))
        else:
            shown.append(editing.restated(article, correction))
    return tuple(shown), tuple(dropped)


def corrected_memory(memory: Memory, found: Corrections) -> Memory:
    """Return what was shown, with each article in the story to which its owner gives it."""
    shown = {key: story for key, story in memory.shown.items() if (key, story) not in found.apart}
    homes = {key: story for key, story in found.homes.items() if key in memory.first_seen}
    return replace(memory, shown=shown | homes)


def as_wanted(library: Library, states: Iterable[Story], found: Corrections) -> Library:
    """
    Return what is published, as its owner wants it.

    Args:
        library: As editions tell it.
        states: The last state of every story that is part of no other one.
        found: What is put right.
    """
    last = {story.id: story for story in states}
    hidden = editing.hidden(last.values(), found)
    unseen = hidden | {part for part, home in library.merged.items() if home in hidden}
    wanted = {story_id: editing.as_wanted(story, found) for story_id, story in last.items()}
    return replace(
        library,
        today=editing.published(library.today, found, unseen=unseen),
        editions=tuple(editing.published(edition, found, unseen=unseen) for edition in library.editions),
        restated=tuple(story for i, story in wanted.items() if story != last[i] and i not in hidden),
        hidden=tuple(each for i in sorted(hidden) for each in (editing.mention(last[i]), *last[i].merged)),
        silent=tuple(_silent(library, found, unseen=unseen).values()),
    )


def _silent(library: Library, found: Corrections, *, unseen: Collection[str]) -> Mapping[str, Article]:
    """Return by key the articles that are hidden, alone or with a whole story, of whatever edition, silenced."""
    return {
        article.key: editing.silenced(article)
        for edition in library.editions
        for story in edition.stories
        for article in editing.articles_in(story.coverage)
        if story.id in unseen or editing.is_hidden(article.key, found)
    }
