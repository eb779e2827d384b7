"""
Text in, language out: a BCP 47 primary tag, found offline.

The method is a naive Bayes classifier over byte n-grams (Lui and Baldwin 2012, "langid.py: An
off-the-shelf language identification tool") in the implementation and with the model of py3langid.
A declared language is evidence, not proof: pages are often written on templates of another language.
"""

from collections.abc import Callable, Mapping
from functools import cache
from itertools import islice

UNKNOWN = "und"

_READ = 2000
"""Characters that are read; more do not change the answer."""
_MIN_LETTERS = 12
"""Letters below which a text says nothing of its language."""
_MIN_PROBABILITY = 0.4
_TRUST = 0.05
"""Probability from which the declared language is believed."""

# Tags that the model tells apart, but written news does not: spoken varieties and their written form.
_WRITTEN_AS = {"yue": "zh", "wuu": "zh", "pcm": "en", "arz": "ar", "ary": "ar", "srl": "sr", "zxx": UNKNOWN}


def identify(text: str, *, declared: str | None = None) -> str:
    """
    Return the language of *text*; where it cannot be told, what is declared, else `und`.

    Args:
        text: Running text; the first 2,000 characters are read.
        declared: BCP 47 tag that the source states. It decides when the text says too little, and
            wins over a language that is hardly more likely.
    """
    sample = " ".join(text[:_READ].split())
    stated = _primary(declared)
    letters = islice(filter(str.isalpha, sample), _MIN_LETTERS)
    if len(list(letters)) < _MIN_LETTERS:
        return stated
    scores = _scores(sample)
    if stated != UNKNOWN and scores.get(stated, 0.0) >= _TRUST:
        return stated
    # Rounded, so that the last bits of a floating-point sum cannot decide; ties go by name.
    best = min(scores, key=lambda tag: (-round(scores[tag], 6), tag))
    if scores[best] >= _MIN_PROBABILITY:
        return best
    return stated


def _primary(tag: str | None) -> str:
    """Return the language of a BCP 47 tag, `und` when there is none in it."""
    first = (tag or "").strip().replace("_", "-").partition("-")[0].lower()
    return first if first.isascii() and first.isalpha() and 2 <= len(first) <= 3 else UNKNOWN


def _scores(sample: str) -> Mapping[str, float]:
    """Return the probability of each language; the sum is 1."""
    found: dict[str, float] = {}
    for tag, probability in _ranker()(sample):
        written = _WRITTEN_AS.get(tag, tag)
        found[written] = found.get(written, 0.0) + float(probability)
    return found


@cache
def _ranker() -> Callable[[str], list[tuple[str, float]]]:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    ranker: Callable[[str], list[tuple[str, float]]] = LanguageIdentifier.from_model_file(
        MODEL_FILE, norm_probs=True
    ).rank
    return ranker
