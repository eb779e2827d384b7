"""
What a feed says of itself and of its entries, whatever its format, before it becomes items.

Nothing is checked yet: addresses may be relative or hostile, dates nonsense, markup anything.
"""

import re
from dataclasses import dataclass
from typing import Literal

UNSOUND = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Characters that XML forbids, and halves of others that only JSON can smuggle in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text as a feed gives it."""

    value: str
    kind: Literal["plain", "html", "guess"]
    """A guess is plain unless it looks like markup: RSS does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a feed."""

    id: str | None
    """Exactly as it came, white space around it aside."""
    url: str | None
    """Absolute unless the feed's own address is needed to make it so."""
    title: Text | None
    contents: tuple[Text, ...]
    """Everything that may be the article or the beginning of it."""
    authors: tuple[str, ...]
    dates: tuple[str, ...]
    """The one to be believed first: of publication, then of change."""
    language: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A whole feed."""

    title: Text | None
    language: str | None
    entries: tuple[Entry, ...]
    is_cut_off: bool = False
    """Whether its end is missing."""
    flaw: str | None = None
    """Why it could not be read to its end."""


def sound(value: object) -> str | None:
    """Return *value* without characters that no text may have, `None` if nothing is left or it is no text."""
    return (UNSOUND.sub("", value).strip() or None) if isinstance(value, str) else None
