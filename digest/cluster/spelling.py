"""
Text in, the words that articles of its language are compared by out, and the numbers of words and names.

English words lose the endings of plural and possessive, those of other languages all but their first letters. Of
scripts that are written without spaces pairs of characters are compared: single ones say next to nothing (Nie et al.
2000, "On the use of words and n-grams for Chinese information retrieval").
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise

from digest.text import Numbers, stop_words, words
from digest.text.usage import beginning
from digest.text.words import is_character

UNSPACED = frozenset(("zh", "yue", "wuu", "ja", "ko", "th", "lo", "my", "km"))
"""Languages whose words `words` gives character by character."""


def terms(text: str, language: str) -> Sequence[str]:
    """Return what a text is compared by, in order: its words, or its pairs of characters."""
    found = words(text)
    return tuple(_paired(found)) if language in UNSPACED else found


def stem(language: str) -> Callable[[str], str]:
    """Return what leaves of a word the part that is compared."""
    return _english if language == "en" else beginning


@dataclass(frozen=True, slots=True)
class Spelling:
    """How what is read becomes numbers."""

    words: Numbers
    """Of words: those of their stems."""
    names: Numbers
    """Of capitalised words in a row: those of the names in it."""
    proper: Numbers
    """Of the same: those of the stems of all words of these names."""


@lru_cache(8)
def spelling(language: str) -> Spelling:
    """Return how words and names of a language (primary, as `zh`) become numbers."""
    of_word = stem(language)
    return Spelling(
        words=Numbers(lambda word: (of_word(word),)),
        names=Numbers(lambda run: (f"@{name}" for name in named(run, language))),
        proper=Numbers(lambda run: (of_word(name) for name in named(run, language) if " " not in name)),
    )


def named(run: str, language: str) -> Sequence[str]:
    """Return the names in capitalised words that stand in a row: all of them, and each word of a longer one."""
    stops = stop_words(language)
    found: list[str] = []
    part: list[str] = []
    for word in [*run.split(" "), ""]:
        name = word.replace("’", "'").rstrip("'-").removesuffix("'s").casefold()
        if word[:1].isupper() and name not in stops and len(name) > 1:
            part.append(name)
        elif part:
            found += part
            if len(part) > 1:
                found.append(" ".join(part))
            part = []
    return found


def _english(word: str) -> str:
    """Return an English word without the endings of plural and possessive."""
    word = word.removesuffix("'s")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


def _paired(tokens: Sequence[str]) -> Iterator[str]:
    """Yield words, and characters in a row as overlapping pairs; a character by itself stays."""
    for are_characters, run in groupby(tokens, is_character):
        row = list(run)
        yield from map("".join, pairwise(row)) if are_characters and len(row) > 1 else row
