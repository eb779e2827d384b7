"""
Text in, words out: the tokens that every comparison of texts in this package counts.

A token is case-folded and composed (NFC). Scripts that are written without spaces give one token
a character, which is what n-gram comparison of Chinese, Japanese and Thai does in the absence of a
dictionary (Nie et al. 2000, "On the use of words and n-grams for Chinese information retrieval").
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

# Thai, Lao, Burmese, Khmer, kana, Han and Hangul: a character is a token.
_UNSPACED = (
    "\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46\u0e81-\u0eb0\u0eb2\u0eb3\u0ebd-\u0ec6\u1000-\u102a\u1780-\u17b3"
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uac00-\ud7a3\uff66-\uff9f\U00020000-\U0003fffd"
)
# Marks are not `\w`, but a word goes on behind them; the joiners of Persian and Indic scripts too.
MARKS = (
    "\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09d7\u0a01-\u0a03\u0a3c-\u0a51"
    "\u0a70-\u0a75\u0a81-\u0a83\u0abc-\u0acd\u0b01-\u0b03\u0b3c-\u0b57\u0b82\u0bbe-\u0bcd\u0c00-\u0c04"
    "\u0c3e-\u0c56\u0c81-\u0c83\u0cbc-\u0cd6\u0d00-\u0d03\u0d3b-\u0d57\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
    "\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u102b-\u103e\u17b4-\u17d3\u200c\u200d\u3099\u309a"
)
_LETTER = rf"(?:[^\W_{_UNSPACED}]|[{MARKS}])"
_TOKEN = re.compile(
    rf"""
      (?P<acronym> (?<!\w) [^\W\d_{_UNSPACED}] (?: \.[^\W\d_{_UNSPACED}] )+ (?!\w) )  # U.S, e.g
    | \d+ (?: [.,]\d+ )+                                                              # 1,600 and 3.5
    | [{_UNSPACED}][{MARKS}]*
    | [^\W_{_UNSPACED}]{_LETTER}* (?: ['’]{_LETTER}+ )*                                # don't
    """,
    re.VERBOSE,
)
# The same where none of these scripts and marks occurs, at half of the time.
_UNUSUAL = re.compile(rf"[{_UNSPACED}{MARKS}]")
_PLAIN_TOKEN = re.compile(
    r"[^\W\d_][^\W_]+(?:'[^\W_]+)*|(?<!\w)[^\W\d_](?:\.[^\W\d_])+(?!\w)|\d+(?:[.,]\d+)+|[^\W_]+(?:'[^\W_]+)*"
)
_CHARACTER = re.compile(f"[{_UNSPACED}]")
# Western text is faster still: its separators become spaces, and so do marks that do not stand inside a word or number.
_SPACES = bytes(n if chr(n).isalnum() or chr(n) in ".,'" else 32 for n in range(256))
_OUTSIDE = re.compile(r"[.,'](?:(?![^\W_])|(?<![^\W_].))")
_PRINTED = "‘“”–—…"
"""Separators that are not in Latin-1."""


def words(text: str) -> tuple[str, ...]:
    """
    Return the words of *text*, case-folded, in order.

    Punctuation is dropped; apostrophes inside a word stay and are straightened (`don't`), a number with its
    separators is one word (`1,600`, `3.5`), a dotted acronym loses its full stops (`U.S.` is `us`), and a
    character of a script that is written without spaces is a word of its own.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).replace("’", "'")
        for separator in _PRINTED:
            text = text.replace(separator, " ")
    western = _western(text)
    if western is not None:
        # Most marks end a word. Where no others are, the words are what stands between spaces.
        bare = western.replace(", ", " ").replace(". ", " ").strip(" .,'")
        found = bare.split()
        if "." in bare or "," in bare or "'" in bare:
            found = [word for token in found for word in ((token,) if token.isalnum() else _marked(token))]
        return tuple(found)
    if not _UNUSUAL.search(text):
        return tuple(_plain(text))
    found = []
    for match in _TOKEN.finditer(text):
        token = match[0].replace("\u00ad", "").casefold()
        if match["acronym"]:
            token = token.replace(".", "")
        if token:
            found.append(token)
    return tuple(found)


def bare(word: str) -> str:
    """Return a word that `words` gave without what an apostrophe joins to it: `homme` of `l'homme`."""
    return max(word.split("'"), key=len)


def is_character(token: str) -> bool:
    """Return whether a word that `words` gave is a character of a script that is written without spaces."""
    return _CHARACTER.match(token) is not None


def _western(text: str) -> str | None:
    """Return a text in Latin-1 case-folded, with spaces for separators; None for any other."""
    # An underscore parts words, but no acronym begins or ends beside it; a soft hyphen does not part them.
    if "_" in text or "\u00ad" in text:
        return None
    try:
        return text.casefold().encode("latin-1").translate(_SPACES).decode("latin-1")
    except UnicodeEncodeError:
        return None


@lru_cache(1 << 16)
def _marked(token: str) -> Sequence[str]:
    """Return the words of what has marks inside: the same few come again and again."""
    return tuple(_plain(_OUTSIDE.sub(" ", token)))


def _plain(text: str) -> list[str]:
    """Return the words of a text without any of these scripts and marks."""
    found = " ".join(_PLAIN_TOKEN.findall(text)).casefold().split()
    return [t if "." not in t or t[0].isdecimal() else t.replace(".", "") for t in found]
