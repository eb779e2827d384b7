"""The folders of example articles that the settings name in, the topics that the owner adds out."""

from collections.abc import Callable
from pathlib import Path

from digest import pipeline, sources
from digest.build.workplace import Workplace
from digest.errors import ItemError, SettingsError
from digest.model import Article, Item, Rejection
from digest.topics import OwnTopic, is_readable


def own_topics(
    place: Workplace, clean: Callable[[Item], Article]
) -> tuple[tuple[OwnTopic, ...], tuple[Rejection, ...]]:
    """
    Learn the topics that the owner adds; *clean* makes an article of an item.

    Returns:
        The topics, and the examples that could not be used.

    Raises:
        SettingsError: A folder is missing.
    """
    articles: dict[str, list[Article]] = {}
    rejections: list[Rejection] = []
    for name, folder in folders(place).items():
        items, _, unread = sources.read(folder, declarations={})
        rejections += (Rejection(locator=f"{name}/{each.locator}", reason=each.reason) for each in unread)
        found = articles.setdefault(name, [])
        for item in items:
            try:
                found.append(clean(item))
            except ItemError as error:
                rejections.append(Rejection(locator=f"{name}/{error.locator}", reason=error.reason))
        if not any(is_readable(article.language) for article in found):
            rejections.append(Rejection(locator=name, reason="no example in English, of which alone a topic is learnt"))
    return pipeline.own_topics(place.settings, articles), tuple(rejections)


def folders(place: Workplace) -> dict[str, Path]:
    """
    Return each folder of examples, by the name that the settings have for it.

    Raises:
        SettingsError: One of them is missing.
    """
    found = {own.examples: place.base / own.examples for own in place.settings.topics.add if own.examples}
    for folder in found.values():
        if not folder.is_dir():
            raise SettingsError(str(folder), "no such folder; make it, or name another one as `topics.add.examples`")
    return found
