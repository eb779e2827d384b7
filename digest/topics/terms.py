"""
Text in, terms out: the stemmed words and pairs of neighbours that a topic is told by.

Words that grammar alone asks for say nothing by themselves, but a pair may hold one (`how to`, `on trial`).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from digest.text import stop_words, words

# How much a word counts by where it stands.
HEADLINE_USES = 3
LEDE_USES = 2
LEDE_LENGTH = 400  # characters
READ_LENGTH = 3000  # characters: what comes later says little new

# Any number, and one of four digits, which mostly is a year.
NUMBER, YEAR = "0", "0000"

_HISSING = ("sses", "xes", "ches", "shes", "zes")


def counted(title: str, text: str) -> Mapping[str, int]:
    """Return the terms of an article with their uses; a headline's and a lede's count for more than one."""
    uses: defaultdict[str, int] = defaultdict(int)
    for part, count in _parts(title, text):
        for term, _ in terms(part):
            uses[term] += count
    return uses


def written(title: str, text: str) -> Mapping[str, str]:
    """Return the terms of an article with the words that first stood for each."""
    forms: dict[str, str] = {}
    for part, _ in _parts(title, text):
        for term, form in terms(part):
            forms.setdefault(term, form)
    return forms


def terms(text: str) -> Iterator[tuple[str, str]]:
    """Yield each term of *text*, words before the pairs that they end, and the words that it stands for."""
    empty = _empty()
    before = form_before = ""
    empty_before = True
    for form in words(text):
        if form[0].isdigit():
            term, is_empty = (YEAR if len(form) == 4 and form.isdigit() else NUMBER), False
        else:
            is_empty = form in empty
            term = form if is_empty else stem(form)
        if not is_empty and (len(term) > 1 or term == NUMBER):
            yield term, form
        if before and not (is_empty and empty_before):
            yield f"{before} {term}", f"{form_before} {form}"
        before, form_before, empty_before = term, form, is_empty


@cache
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
