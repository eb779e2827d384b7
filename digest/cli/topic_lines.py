"""The reasons for what is told below and beside the tagger's topics in, lines of `digest explain` out."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from digest.model import Topic
    from digest.topics import OwnReasons, Reason

COLUMN = 10
"""Columns of what stands before a line."""


def suggested_lines(found: "tuple[Topic, tuple[Reason, ...]] | None") -> Iterator[str]:
    """Yield what is suggested below the first topic, with the words that speak for it."""
    if found:
        topic, reasons = found
        yield "\nSuggested below the first of them:"
        yield f"{topic.score:{COLUMN}.2f}  {topic.label} + {', '.join(reason.words for reason in reasons)}"


def own_lines(found: "Sequence[OwnReasons]") -> Iterator[str]:
    """Yield what speaks for each topic of the owner's: words of the settings, then terms of the examples."""
    if found:
        yield "\nTopics of your own:"
        yield from map(_own_line, found)


def _own_line(found: "OwnReasons") -> str:
    from digest.topics import ALIKE

    said = [f"says {', '.join(found.said)}"] if found.said else []
    terms = ", ".join(reason.words for reason in found.alike)
    alike = [f"shares with its examples {terms}"] if terms else []
    reasons = "; ".join([*said, *alike]) or "nothing"
    if found.is_on:
        return f"{found.topic.score:{COLUMN}.2f}  {found.topic.label}: {reasons}"
    return f"{'-':{COLUMN}}  [{found.topic.score:.2f}, {ALIKE:.2f} needed] {found.topic.label}: {reasons}"
