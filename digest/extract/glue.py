"""
Lines in, lines out, parted where a page's blocks were glued together without a space.

Careless scrapers drop the break between a teaser, subhead or pull quote and the paragraph behind it:
`Also Read | Bridge reopensThe ferry …`. Such a seam is a small letter or a closing mark followed by a capital.
Names have seams too (`McDonald`, `iPhone`, `YouTube`), so a seam between letters counts only when what stands
left of it is a word of its own and what stands right of it opens a sentence.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from digest.extract.lexicon import WORD, opening_teaser
from digest.extract.lines import Line, is_closed
from digest.text import stop_words

LOWER = "".join(char for char in map(chr, range(0x530)) if char.islower())
UPPER = "".join(char for char in map(chr, range(0x530)) if char.isupper())

_SEAM = re.compile(rf"(?:[{LOWER}\d]|[.?!…]?[\"”’'»)]|[?!…]|(?<=[{LOWER}\d])\.)(?=[“‘„«\"]?[{UPPER}])")
_LETTERS_LEFT = re.compile(r"[^\W\d_]+$")
_LETTERS_RIGHT = re.compile(r"[“‘„«\"]?([^\W\d_]+)(?![^\W_])")
_INNER_END = re.compile(rf"[.!?…][\"”’»)]*\s+[“‘„«\"]?[{UPPER}]")
_QUOTED = re.compile(r"(?:^|[\s(])['‘]\S[^'‘’]*(?:\w['’]\w[^'‘’]*)*['’]$")
_CODE = re.compile(r"[{}=;<>\\]|\(\)|://|\w_\w")
# What names begin with before an inner capital.
_NAME_PREFIXES = frozenset(
    "mc mac fitz de del della di da du la le van von vander st san o d al el ben bin abu i e my mini anti pro non".split()
)

_MIN_REST = 5
"""Words of a paragraph that stands behind a seam."""
_MAX_SUBHEAD = 16
"""Words of a subhead that stands before one."""
_MIN_PULLED = 4
"""Words of a sentence that is recognised as said elsewhere on the page."""
_MAX_LOOKUPS = 500
"""Sentences that are looked for on a page; what a page has beyond that is not worth the time."""


@dataclass(slots=True)
class _Page:
    """What the whole page says about its words."""

    counts: Counter[str]
    """How often each word stands on the page, as it is written."""
    joined: str
    """All words of the page in lower case, a space before and behind each, lines parted by `|`."""
    stops: frozenset[str]
    lookups: int = 0

    def is_word(self, token: str) -> bool:
        """Return whether the page has *token* as a word of its own, large or small."""
        folded = token.casefold()
        return folded in self.stops or any(self.counts[form] for form in (token, folded, folded.capitalize()))

    def says_elsewhere(self, text: str) -> bool:
        """Return whether the words of *text* stand in another place too."""
        tokens = [token.casefold() for token in WORD.findall(text)]
        self.lookups += 1
        if len(tokens) < _MIN_PULLED or self.lookups > _MAX_LOOKUPS:
            return False
        sought = f" {' '.join(tokens)} "
        first = self.joined.find(sought)
        return first >= 0 and self.joined.find(sought, first + 1) >= 0


def unglue(lines: Sequence[Line], *, language: str) -> tuple[Line, ...]:
    """
    Return *lines* without teasers and pull quotes that are glued to paragraphs, and with subheads parted from them.

    Args:
        lines: All lines of the page, in order.
        language: BCP 47 tag of the page's text.
    """
    if not any(_SEAM.search(line.text) for line in lines):
        return tuple(lines)
    words = [WORD.findall(line.text) for line in lines]
    page = _Page(
        counts=Counter(word for found in words for word in found),
        joined=" | ".join(f" {' '.join(found)} ".casefold() for found in words),
        stops=stop_words(language),
    )
    return tuple(part for line in lines for part in _parted(line, page))


def _parted(line: Line, page: _Page) -> Iterator[Line]:
    text = line.text
    if _SEAM.search(text) is None or _CODE.search(text) or len(text.split()) < _MIN_REST:
        yield line
        return
    teaser = opening_teaser(text)
    for seam in _SEAM.finditer(text):
        at = seam.end()
        left, right = text[:at], text[at:]
        if len(right.split(maxsplit=_MIN_REST)) < _MIN_REST or _INNER_END.search(left):
            break
        if not _is_seam(seam[0], left, right, page):
            continue
        if teaser or page.says_elsewhere(left):
            yield from _parted(_cut(line, at), page)
            return
        if _is_subhead(left) and is_closed(right):
            yield Line(left, left, line.gap)
            yield _cut(line, at, gap=True)
            return
    yield line


def _cut(line: Line, at: int, *, gap: bool | None = None) -> Line:
    """Return what stands behind *at*; its raw form is its text, since only white space is lost."""
    rest = line.text[at:].strip()
    return Line(rest, rest, line.gap if gap is None else gap)


def _is_seam(mark: str, left: str, right: str, page: _Page) -> bool:
    if mark[-1] in "'’" and not _closes(left):
        return False
    if not mark[-1].isalnum():
        return True
    if not right[0].isalpha():
        # An opening quotation mark behind a letter: `Kremlin“I have`.
        return True
    before, after = _LETTERS_LEFT.search(left), _LETTERS_RIGHT.match(right)
    if before is None or after is None:
        return before is None and after is not None and page.is_word(after[1])
    one, two = before[0], after[1]
    if one.casefold() in _NAME_PREFIXES or (len(two) > 1 and two.isupper()) or page.counts[one + two] > 1:
        return False
    if one[0].islower():
        return len(one) > 3 or page.is_word(one)
    return page.is_word(one) and page.is_word(two)


def _closes(left: str) -> bool:
    """Return whether the mark at the end of *left* closes a quotation, and is no apostrophe."""
    return _QUOTED.search(left) is not None


def _is_subhead(left: str) -> bool:
    count = len(left.split())
    return 2 <= count <= _MAX_SUBHEAD and not left[0].islower() and left[-1] not in ".…,;:"
