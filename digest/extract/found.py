"""What an extractor finds on a page, before it is joined with what is declared of the item."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from digest.errors import ItemError
from digest.model import Metadata, Paragraph


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a line of a page, or of a part of one."""

    text: str
    kept: str = ""
    """As what it was kept: the kind of a paragraph, `headline`, `standfirst` or `byline`; empty if it was left out."""
    why: str = ""
    """Why it was left out."""


Fates = Callable[[], Iterable[Fate]]
"""Tells what became of the lines of a page that were judged, in order; few ask."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """An article as its page gives it."""

    stated: Metadata
    """What the page says of it."""
    standfirst: str | None = None
    paragraphs: tuple[Paragraph, ...]
    """In the order of the page, at least one."""
    fates: Fates = tuple


class NoArticle(ItemError):  # noqa: N818 - says what is wrong, as its reason does
    """A page was read and no article is on it."""

    def __init__(self, locator: str, reason: str, fates: Fates = tuple) -> None:
        super().__init__(locator, reason)
        self.fates = fates


def unlikely(likely: float) -> str:
    """Return why a line was left out that was too little like an article's."""
    return f"is little like the article: {likely:.0%}"
