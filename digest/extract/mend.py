"""
A paragraph in, the same paragraph with the spaces out that its source lost.

Only white space is added: behind the end of a sentence, before an opening and behind a closing quotation mark. Web
addresses, numbers, abbreviations and names with a full stop inside keep their form.
"""

import re
from collections.abc import Callable

from digest.extract.lexicon import LOWER, UPPER, listed
from digest.text import stop_words

_SENTENCE = re.compile(rf"(?<=[{LOWER}])(?P<end>[.!?…]+[”’\"»)\]]*)(?P<after>[“‘„«\"]?(?P<word>[{UPPER}][^\W\d_]*))")
_MAY_END = re.compile(rf"[.!?…][”’\"»)\]]*[“‘„«\"]?[{UPPER}]")
"""Whether it is worth looking for such an end; this is much faster."""
_LONG_WORD = 3
"""Letters of a word that surely opens a sentence; shorter ones must be known."""
_ADDRESS = re.compile(r"://|www\.|@|[\\/_=#]|\.(?:com|org|net|gov|edu|info|io|co|de|fr|es|uk|eu)\b", re.IGNORECASE)

_BEFORE_OPENING = rf"(?<=[{LOWER}{UPPER},;:.!?…)”])"
_LOW = re.compile(rf"{_BEFORE_OPENING}(?=[„‚][{LOWER}{UPPER}\d])")
_HIGH = re.compile(rf"{_BEFORE_OPENING}(?=“[{LOWER}{UPPER}\d$£€¿¡‘'\[(])")
_SINGLE = re.compile(rf"(?<=[,;:.!?…])(?=‘[{LOWER}{UPPER}\d])")
_ANGLE = re.compile(rf"{_BEFORE_OPENING}(?=«[\s{LOWER}{UPPER}\d])")
_CLOSED = re.compile(rf"(?<=[{LOWER}{UPPER}\d.,!?…]”)(?=[{LOWER}{UPPER}])")
_STRAIGHT = re.compile(rf"(?<=[{LOWER}{UPPER},;:.!?…)])\"(?=[{LOWER}{UPPER}$£€])")

_AROUND = 60
"""Characters that are looked at to tell an address from a sentence."""


def mended(text: str, *, language: str) -> str:
    """
    Return *text* with the spaces its source lost.

    Args:
        text: One paragraph, white space collapsed.
        language: BCP 47 tag; it decides which quotation marks open.
    """
    primary = language.partition("-")[0]
    if _MAY_END.search(text):
        text = _SENTENCE.sub(_sentence_space(stop_words(language)), text)
    # Patterns are tried where their marks are at all; most paragraphs have none.
    if "„" in text or "‚" in text:
        text = _LOW.sub(" ", text)
    if primary not in listed("low_opening") and "„" not in text:
        if "“" in text:
            text = _HIGH.sub(" ", text)
        if "‘" in text:
            text = _SINGLE.sub(" ", text)
    if "«" in text and primary not in listed("inward"):
        text = _ANGLE.sub(" ", text)
    if "”" in text:
        text = _CLOSED.sub(" ", text)
    return _straight(text)


def _sentence_space(stops: frozenset[str]) -> Callable[[re.Match[str]], str]:
    def spaced(match: re.Match[str]) -> str:
        text, word = match.string, match["word"]
        whole = match[0]
        start = max(text.rfind(" ", max(0, match.start() - _AROUND), match.start()) + 1, match.start() - _AROUND)
        stop = text.find(" ", match.end(), match.end() + _AROUND)
        token = text[start : stop if stop >= 0 else match.end() + _AROUND]
        initial = len(word) == 1 and text[match.end() : match.end() + 1] != " "
        known = len(word) >= _LONG_WORD or word.casefold() in stops or match["after"] != word
        if (
            initial
            or not known
            or _ADDRESS.search(token)
            or (len(word) > 1 and word.isupper() and len(word) <= _LONG_WORD)
        ):
            return whole
        return f"{match['end']} {match['after']}"

    return spaced


def _straight(text: str) -> str:
    """Return *text* with spaces at straight quotation marks; whether one opens is told by counting them."""
    if '"' not in text or text.count('"') % 2:
        return text
    parts: list[str] = []
    done = quotes = 0
    for match in _STRAIGHT.finditer(text):
        quotes += text.count('"', done, match.start())
        opens = quotes % 2 == 0
        parts.append(text[done : match.start()] + (' "' if opens else '" '))
        quotes += 1
        done = match.end()
    return "".join(parts) + text[done:]
