"""
Lines in, numbers out: what each line of a page is made of, counted for all lines at once.

Characters are counted by class, words are hashed, so that nothing of any text is kept. All arrays are computed
over the whole page; the only Python that runs for each word is the look-up of its code.
"""

import re
import unicodedata
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from digest.extract.lexicon import UNSPACED, words_of
from digest.extract.trained.arrays import Bools, Floats, Ints, is_among
from digest.text import stop_words

OTHER, LOWER, UPPER, DIGIT, SPACE, COMMA, STOP, CALL, QUOTE, CLOSE, COLON, BAR, CHARACTER, MARK, BREAK, DASH = range(16)
"""Classes of characters. STOP ends a sentence, CALL too (`?` and `!`); CHARACTER is one of a script without spaces."""

_CLASSES = {
    COMMA: ",、，،",
    STOP: ".…。।",
    CALL: "!?！？؟",
    QUOTE: "\"“„«‘「『'",
    CLOSE: "”»’)]）」』】》›",
    COLON: ":;：；",
    BAR: "|›→←/·•>",
    MARK: "©#*@&%$€£+=_~^<\\{}[",
    DASH: "-–—",
}
_ENDS = np.isin(np.arange(16), (STOP, CALL))
_CLOSES = np.isin(np.arange(16), (CLOSE, QUOTE))

_IS_UPPER, _IS_CAPITALS, _IS_NUMBER, _IS_LONG, _IS_CHARACTER = (1 << (32 + bit) for bit in range(5))
_CODE = (1 << 32) - 1
_STEM = 38
"""Bits above which the hash of a word's stem stands."""
_STEM_LETTERS = 5
"""Letters by which words are compared, so that their endings do not matter."""
_MAX_KNOWN = 200_000
"""Words whose codes are remembered."""
_MIN_LONG = 4
"""Letters of a word that can carry meaning."""
_LONGEST = 40
"""Letters by which a word is told."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What is counted of a page; n lines, t words."""

    counts: Floats
    """Characters of each class, shape (n, 16)."""
    size: Floats
    """Characters of each line, shape (n,)."""
    first: Ints
    """Code points of the first characters, shape (n,)."""
    last: Ints
    first_class: Ints
    last_class: Ints
    ends: Bools
    """Whether each line ends as a sentence does."""
    words: Floats
    """Words of each line; characters of scripts without spaces count as parts of one."""
    tokens: Ints
    """Words of each line as they are hashed, a character each in such scripts."""
    begins: Ints
    """Where the words of each line begin in the arrays below."""
    line: Ints
    """Line of each word, shape (t,)."""
    code: NDArray[np.uint32]
    """Hash of each word, case-folded; numbers are told by their number of digits only."""
    stem: Ints
    """Hash of its first letters."""
    upper: Bools
    capitals: Bools
    number: Bools
    stop: Bools
    """Whether it is a stop word of the language."""
    meaning: Bools
    """Whether it can tell what a text is about."""
    character: Bools


def signs(lines: Sequence[str], *, language: str) -> Signs:
    """
    Return what the *lines* are made of.

    Args:
        lines: At least one; each without breaks, white space collapsed, none empty.
        language: BCP 47 tag; it says which words are stop words.
    """
    n = len(lines)
    text = "\n".join(lines)
    points = np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32).astype(np.int64)
    kinds = _table()[np.minimum(points, 0xFFFF)]
    breaks = np.flatnonzero(kinds == BREAK)
    starts = np.concatenate(([0], breaks + 1))
    stops = np.concatenate((breaks, [len(points)]))
    row = np.repeat(np.arange(n), np.diff(np.concatenate((starts, [len(points)]))))
    counts = np.bincount(row * 16 + kinds, minlength=n * 16).reshape(n, 16).astype(np.float32)
    tail = [kinds[np.maximum(starts, stops - 1 - back)] for back in range(3)]
    ends = _ENDS[tail[0]] | (_CLOSES[tail[0]] & (_ENDS[tail[1]] | (_CLOSES[tail[1]] & _ENDS[tail[2]])))

    known = _known()
    if len(known) > _MAX_KNOWN:
        known.clear()
    words = [words_of(line) for line in lines]
    tokens = np.fromiter(map(len, words), np.int64, n)
    line = np.repeat(np.arange(n), tokens)
    found = np.fromiter(map(known.__getitem__, chain.from_iterable(words)), np.int64, len(line))
    code = (found & _CODE).astype(np.uint32)
    stop = is_among(code, _stop_codes(language))
    character = (found & _IS_CHARACTER) != 0
    number = (found & _IS_NUMBER) != 0
    return Signs(
        counts=counts,
        size=(stops - starts).astype(np.float32),
        first=points[starts],
        last=points[stops - 1],
        first_class=kinds[starts],
        last_class=tail[0],
        ends=ends,
        words=(tokens - 0.4 * np.bincount(line, weights=character, minlength=n)).astype(np.float32),
        tokens=tokens,
        begins=np.concatenate(([0], np.cumsum(tokens)[:-1])),
        line=line,
        code=code,
        stem=found >> _STEM,
        upper=(found & _IS_UPPER) != 0,
        capitals=(found & _IS_CAPITALS) != 0,
        number=number,
        stop=stop,
        meaning=((found & _IS_LONG) != 0) & ~stop & ~number,
        character=character,
    )


_NUMBERS = ("", "0", "0", "000", "0000", "00000")
"""What stands for a number, by its digits: days and hours have one or two, years have four."""


class _Codes(dict[str, int]):
    """The code of each word: its hash, and what can be seen of it as bits above."""

    def __missing__(self, word: str) -> int:
        folded = _NUMBERS[min(5, len(word))] if word.isdigit() else word[:_LONGEST].casefold()
        code = zlib.crc32(folded.encode("utf-8", "replace"))
        code |= (zlib.crc32(folded[:_STEM_LETTERS].encode("utf-8", "replace")) & 0xFFFFFF) << _STEM
        if word[0].isupper():
            code |= _IS_UPPER
        if word[0].isdigit():
            code |= _IS_NUMBER
        if len(word) >= _MIN_LONG:
            code |= _IS_LONG
        if len(word) > 1:
            code |= _IS_CAPITALS * word.isupper()
        elif _UNSPACED.match(word):
            code |= _IS_CHARACTER
        self[word] = code
        return code


_UNSPACED = re.compile(f"[{UNSPACED}]")


@cache
def _known() -> _Codes:
    return _Codes()


@cache
def _stop_codes(language: str) -> NDArray[np.uint32]:
    return np.array(sorted({_known()[word] & _CODE for word in stop_words(language)}), np.uint32)


@cache
def _table() -> Ints:
    """Return the class of each character of the basic plane."""
    table = np.full(0x10000, OTHER, np.int64)
    for low, high in zip(UNSPACED[::3], UNSPACED[2::3], strict=True):
        table[ord(low) : ord(high) + 1] = CHARACTER
    for point in range(0x2000):
        char = chr(point)
        if char.islower():
            table[point] = LOWER
        elif char.isupper():
            table[point] = UPPER
        elif unicodedata.category(char) == "Nd":
            table[point] = DIGIT
    for kind, chars in _CLASSES.items():
        table[[ord(char) for char in chars]] = kind
    table[[0x20, 0xA0, 0x3000]] = SPACE
    table[0x0A] = BREAK
    return table
