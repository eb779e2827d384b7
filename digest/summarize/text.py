"""A story as its sentences and their words: what every method weighs."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The sentences of a story, in reading order."""

    sentences: Sequence[str]
    tokens: Sequence[Sequence[str]]
    """The words of each sentence, as `digest.text.words` gives them."""
    articles: Sequence[int]
    """Number of each sentence's article, ascending from 0."""
    headlines: Sequence[str]
    """One for each article, empty where there is none."""
    language: str
    """BCP 47 tag."""
