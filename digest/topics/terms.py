"""
Text in, terms out: the stemmed words and pairs of neighbours that a topic is told by.

Words that grammar alone asks for say nothing by themselves, but a pair may hold one (`how to`, `on trial`).
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import pairwise

from digest.text import stop_words, words

# How much a word counts by where it stands.
HEADLINE_USES = 3
LEDE_USES = 2
LEDE_LENGTH = 400  # characters
READ_LENGTH = 3000  # characters: what comes later says little new

LATELY = 64
"""Articles of which is remembered what was counted: several questions are asked of each."""

# Any number, and one of four digits, which mostly is a year.
NUMBER, YEAR = "0", "0000"

_HISSING = ("sses", "xes", "ches", "shes", "zes")


@lru_cache(LATELY)
def counted(title: str, text: str) -> Mapping[str, int]:
    """Return the terms of an article with their uses; a headline's and a lede's count for more than one."""
    uses: dict[str, int] = {}
    for part, count in _parts(title, text):
        for term in terms(part):
            uses[term] = uses.get(term, 0) + count
    return uses


def written(title: str, text: str) -> Mapping[str, str]:
    """Return the terms of an article with the words that first stood for each."""
    forms: dict[str, str] = {}
    for part, _ in _parts(title, text):
        for form in words(part):
            for term in _terms([form]):
                forms.setdefault(term, form)
        for pair in pairwise(words(part)):
            for term in _terms(pair):
                forms.setdefault(term, " ".join(pair))
    return forms


def terms(text: str) -> Iterator[str]:
    """Yield the terms of *text*, each word before the pair that it ends."""
    return _terms(words(text))


def _terms(forms: Iterable[str]) -> Iterator[str]:
    empty = _empty()
    before = ""
    empty_before = True
    for form in forms:
        if form in empty:
            if not empty_before:
                yield f"{before} {form}"
            before, empty_before = form, True
            continue
        term = _term(form)
        if len(term) > 1 or term == NUMBER:
            yield term
        if before:
            yield f"{before} {term}"
        before, empty_before = term, False


@lru_cache(1 << 17)
def _term(form: str) -> str:
    """Return the stem of a word, or what stands for a number."""
    if not form[0].isdigit():
        return stem(form)
    return YEAR if len(form) == 4 and form.isdigit() else NUMBER


def stem(word: str) -> str:
    """Return *word* without its commonest English endings: good enough to tell that two words are kin."""
    word = word.removesuffix("'s")
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif word.endswith(_HISSING):
        word = word[:-2]
    elif len(word) > 3 and word.endswith("s") and word[-2] not in "su'i":
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word.removesuffix(ending)
            doubled = word[-1] == word[-2] and word[-1] not in "lsz"
            word = word[:-1] if doubled else word
            break
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


def _parts(title: str, text: str) -> Iterator[tuple[str, int]]:
    yield title, HEADLINE_USES
    yield text[:LEDE_LENGTH], LEDE_USES
    yield text[LEDE_LENGTH:READ_LENGTH], 1


@cache
def _empty() -> frozenset[str]:
    return stop_words("en") - {"novel"}  # the list has it for its other meaning
