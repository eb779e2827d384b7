"""
Texts in, how alike they are out: cosines of TF-IDF vectors over stems.

Vectors are sparse and of unit length (Salton and Buckley 1988, "Term-weighting approaches in automatic
text retrieval"); stop words are left out and stems come from sumy's stemmers, which need no download.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from digest.text import Remembered, stop_words, words
from digest.text.lexicon import primary
from digest.text.words import bare

Vector = Mapping[str, float]

_STEMMERS = {
    "ar": "arabic",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nb": "norwegian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sk": "slovak",
    "sv": "swedish",
    "uk": "ukrainian",
}
"""Those that sumy can use as it is; for Greek and Polish it asks for other packages."""
_PLACES = 6
"""Digits to which scores are rounded, so that sums in another order cannot change a result."""


@cache
def stemmer(language: str) -> Callable[[str], str]:
    """Return sumy's stemmer of a language (BCP 47 tag) with a memory, one that changes nothing if it has none."""
    from sumy.nlp.stemmers import Stemmer, null_stemmer

    name = _STEMMERS.get(primary(language))
    stem = Stemmer(name) if name else null_stemmer

    def of_bare(word: str) -> str:
        core = bare(word)
        # The Czech one warns of whatever is neither small nor capital, of numbers first of all.
        return stem(core) if core.islower() or name != "czech" else core

    return Remembered(stem if name == "english" else of_bare).__getitem__


def terms(text: str, language: str) -> tuple[str, ...]:
    """Return the stems of a text's words, stop words left out, in order."""
    stem, stops = stemmer(language), stop_words(language)
    return tuple(stem(word) for word in words(text) if word not in stops)


def rarity(documents: Sequence[Iterable[str]]) -> Mapping[str, float]:
    """Return the inverse document frequency of every term, smoothed, always above zero."""
    counts = Counter(term for document in documents for term in set(document))
    return {term: math.log(1 + len(documents) / count) for term, count in counts.items()}


def vector(found: Iterable[str], idf: Mapping[str, float]) -> Vector:
    """Return the TF-IDF vector of terms, of unit length or empty; unknown terms are left out."""
    weights = {term: (1 + math.log(n)) * idf[term] for term, n in Counter(found).items() if term in idf}
    length = math.sqrt(math.fsum(weight * weight for weight in weights.values()))
    return {term: weight / length for term, weight in weights.items()} if length else {}


def cosine(one: Vector, other: Vector) -> float:
    """Return the cosine of two unit vectors, in [0, 1], rounded to 6 digits."""
    if len(other) < len(one):
        one, other = other, one
    return rounded(math.fsum(weight * other[term] for term, weight in one.items() if term in other))


def shared(one: Sequence[str], other: Sequence[str]) -> float:
    """Return the share of the smaller set of terms that the other has too, in [0, 1]."""
    left, right = set(one), set(other)
    return rounded(len(left & right) / max(1, min(len(left), len(right))))


def rounded(score: float) -> float:
    """Return a score rounded as all scores are before they are compared."""
    return round(score, _PLACES)
