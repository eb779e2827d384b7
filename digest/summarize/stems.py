"""
Words in, their stems out: what our own method knows a word by.

English words lose the commonest endings of number and tense, as `ferries`, `ferry` → `ferri`. So little is enough to
compare words by (Harman 1991, "How effective is suffixing?"), and costs a tenth of a full stemmer. Other languages
have the stemmers that sumy ships.
"""

from collections.abc import Callable
from functools import cache

from digest.summarize.likeness import stemmer
from digest.text import Remembered
from digest.text.lexicon import primary

_LEAST = 3
"""Letters that an ending leaves at least."""


@cache
def stems(language: str) -> Callable[[str], str]:
    """Return the stemmer of a language (BCP 47 tag), with a memory."""
    return Remembered(_english).__getitem__ if primary(language) == "en" else stemmer(language)


def _english(word: str) -> str:
    stem = word.removesuffix("'s")
    if stem.endswith("ies"):
        stem = stem[:-2]
    elif stem.endswith("s") and not stem.endswith(("ss", "us", "is")) and len(stem) > _LEAST:
        stem = stem[:-1]
    for ending in ("ing", "ed", "ly"):
        if stem.endswith(ending) and len(stem) >= _LEAST + len(ending):
            stem = stem[: -len(ending)]
            # `stopped` is of `stop`, `called` of `call`.
            return stem[:-1] if stem[-1] == stem[-2] and stem[-1] not in "lsz" else stem
    if len(stem) <= _LEAST:
        return stem
    return stem[:-1] + "i" if stem[-1] == "y" else stem.removesuffix("e")
