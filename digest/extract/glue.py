"""
Lines in, lines out, parted where a page's blocks were glued together without a space.

Careless scrapers drop the break between a teaser, subhead or pull quote and the paragraph behind it:
`Also Read | Bridge reopensThe ferry …`. Such a seam is a small letter or a closing mark followed by a capital. Names
have seams too (`McDonald`, `iPhone`, `YouTube`), so a seam between letters counts only when what stands left of it is a
word of its own and what stands right of it can open a sentence.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

from digest.extract.lexicon import LOWER, UPPER, inner_teaser, is_teaser, listed, opening_teaser, words_of
from digest.extract.lines import HEADING, Line, is_closed
from digest.text import stop_words

_SEAM = re.compile(
    rf"(?:[{LOWER}\d]|(?<=\S)[\"”’'»)]|[?!…]|(?<=[{LOWER}\d])\.)(?=[“‘„«\"]?[{UPPER}])",
)
_MAY_BE_SEAM = re.compile(rf"[{UPPER}](?:(?<=[{LOWER}\d?!….].)|(?<=\S[\"”’'»)“‘„«].))")
"""Whether it is worth looking for a seam; this is much faster."""
_LETTERS_LEFT = re.compile(r"[^\W\d_]+$")
_YEAR_LEFT = re.compile(r"(?<!\d)\d{4}$")
_LETTERS_RIGHT = re.compile(r"[^\W\d_]+")
_INNER_END = re.compile(rf"[.!?…][\"”’»)]*\s+[“‘„«\"]?[{UPPER}]")
# A quotation between single marks, apostrophes inside it aside.
_QUOTED = re.compile(r"(?:^|[\s(])['‘]\S[^'‘’]*(?:\w['’]\w[^'‘’]*)*['’]$")
_CODE = re.compile(r"[{}=;<>\\]|\(\)|://|\w_\w")

_CREDITS = re.compile(
    r"\s?\((?:additional\s)?(?:reporting|writing|compiled|edited|editing|report)\sby\s[^()]{2,300}\)\.?$", re.IGNORECASE
)
_REACH = 320
"""Characters of a line in which a seam is looked for: the longest teaser, subhead or pull quote."""
_MIN_REST = 5
"""Words of a paragraph that stands behind a seam."""
_MAX_CUTS = 5
"""Pieces that are cut off the beginning of one line."""
_MIN_LEFT = 4
"""Letters of a word in small letters that surely is one; shorter ones must be known."""
_MAX_SUBHEAD = 16
"""Words of a subhead that stands before a seam."""
_MIN_PULLED = 4
"""Words of a sentence that is recognised as said elsewhere on the page."""
_MAX_LOOKUPS = 500
"""Sentences that are looked for on a page; what a page has beyond that is not worth the time."""
_MAX_TEASER = 25
"""Words of a teaser behind which no seam is found."""


@dataclass
class _Page:
    """What a page says about its words, counted when it is first asked, which few pages are."""

    lines: Sequence[Line]
    stops: frozenset[str]
    lookups: int = 0

    @cached_property
    def words(self) -> Counter[str]:
        """How often each word stands on the page, as it is written."""
        return Counter(chain.from_iterable(words_of(line.text) for line in self.lines))

    @cached_property
    def joined(self) -> str:
        """All words of the page in lower case, a space before and behind each, lines parted by `|`."""
        return " | ".join(f" {' '.join(words_of(line.text))} ".casefold() for line in self.lines)

    def is_word(self, token: str) -> bool:
        """Return whether the page has *token* as a word of its own, large or small."""
        folded = token.casefold()
        return folded in self.stops or any(form in self.words for form in (token, folded, folded.capitalize()))

    def says_elsewhere(self, text: str) -> bool:
        """Return whether the words of *text* stand in another place too."""
        tokens = [token.casefold() for token in words_of(text)]
        self.lookups += 1
        if len(tokens) < _MIN_PULLED or self.lookups > _MAX_LOOKUPS:
            return False
        sought = f" {' '.join(tokens)} "
        first = self.joined.find(sought)
        return first >= 0 and self.joined.find(sought, first + 1) >= 0


def unglue(lines: Sequence[Line], *, language: str) -> tuple[Line, ...]:
    """Return what is left of all *lines* one after another; see `unglued`."""
    parted = unglued(lines, language=language, own=[True] * len(lines))
    return tuple(part for parts in parted for part in parts)


def unglued(lines: Sequence[Line], *, language: str, own: Sequence[bool]) -> tuple[tuple[Line, ...], ...]:
    """
    Return the parts of each line, without teasers and pull quotes glued to paragraphs, subheads parted from them.

    Args:
        lines: Lines of a page, in order; what is a word is told from all of them.
        language: BCP 47 tag of the page's text.
        own: Which of them are looked at; the others stay as they are.
    """
    page = _Page(lines, stop_words(language))
    return tuple(tuple(_parted(line, page)) if cuts else (line,) for line, cuts in zip(lines, own, strict=True))


def _parted(line: Line, page: _Page) -> Iterator[Line]:
    is_pointed = False
    for _ in range(_MAX_CUTS):
        found = _first_seam(line.text, page, is_pointed=is_pointed)
        if found is None:
            break
        at, is_subhead = found
        left = line.text[:at]
        is_pointed = is_teaser(left)
        if is_subhead and not is_pointed:
            yield replace(line, text=left, raw=left, mark=HEADING)
            line = _behind(line, at, gap=True)
            break
        line = _behind(line, at, gap=line.gap)
    for part in _without_inner_teaser(line, page):
        text = without_credits(part.text)
        yield part if text == part.text else replace(part, text=text, raw=text)


def without_credits(text: str) -> str:
    """Return a paragraph without the brackets at its end that say who reported and edited it."""
    found = _CREDITS.search(text, max(0, len(text) - _REACH)) if text.endswith((")", ").")) else None
    return text[: found.start()] if found and found.start() else text


def _behind(line: Line, at: int, *, gap: bool) -> Line:
    """Return what stands behind *at*; its raw form is its text, since only white space is lost."""
    rest = line.text[at:].strip()
    return replace(line, text=rest, raw=rest, gap=gap)


def _first_seam(text: str, page: _Page, *, is_pointed: bool) -> tuple[int, bool] | None:
    """
    Return where the paragraph begins that something is glued to, and whether that is a subhead.

    It is a teaser where a pointer to another page stood before it: *is_pointed*.
    """
    if _MAY_BE_SEAM.search(text, 0, _REACH) is None or _SEAM.search(text, 0, _REACH) is None:
        return None
    if _CODE.search(text, 0, _REACH):
        return None
    teaser = is_pointed or opening_teaser(text)
    for seam in _SEAM.finditer(text, 0, _REACH):
        at = seam.end()
        left, right = text[:at], text[at : at + _REACH]
        if len(right.split(maxsplit=_MIN_REST)) < _MIN_REST or _INNER_END.search(left):
            return None
        if not _is_seam(seam[0], left, right, page):
            continue
        if teaser or page.says_elsewhere(left):
            return at, False
        if _is_subhead(left) and is_closed(text) and not _may_be_name(left, right, page):
            return at, True
    return None


def _without_inner_teaser(line: Line, page: _Page) -> Iterator[Line]:
    """Yield *line* without a teaser that follows one of its sentences."""
    teaser = inner_teaser(line.text)
    if teaser is None:
        yield line
        return
    head, rest = line.text[: teaser.start()], line.text[teaser.end() :]
    ends = (found.end() for found in _SEAM.finditer(rest, 0, _REACH))
    cut = next((at for at in ends if _is_seam(rest[at - 1], rest[:at], rest[at : at + _REACH], page)), None)
    if cut is None and len(rest.split(maxsplit=_MAX_TEASER + 1)) > _MAX_TEASER:
        yield line
        return
    yield replace(line, text=head, raw=head)
    if cut is not None:
        yield _behind(line, teaser.end() + cut, gap=line.gap)


def _is_seam(mark: str, left: str, right: str, page: _Page) -> bool:
    if mark[-1] in "'’":
        return _QUOTED.search(left) is not None
    if not mark[-1].isalnum() or not right[0].isalpha():
        # A closing mark, or an opening one behind a letter: `Kremlin“I have`.
        return True
    before, after = _LETTERS_LEFT.search(left), _LETTERS_RIGHT.match(right)
    if after is None:
        return False
    if before is None:
        # Behind a figure, which is glued to a word; `5S` and `747MAX` are names, but `1908A spokesman` is none.
        is_article = _YEAR_LEFT.search(left) and after[0].casefold() in page.stops and right[1:2].isspace()
        return bool(is_article) or (not after[0].isupper() and page.is_word(after[0]))
    return _is_seam_of_words(before[0], after[0], page)


def _is_seam_of_words(one: str, two: str, page: _Page) -> bool:
    """Return whether *one* and *two*, written as one word, are two."""
    is_acronym = len(two) > 1 and two.isupper()
    if one.casefold() in listed("name_prefixes") or is_acronym or page.words[one + two] > 1:
        return False
    if one[0].islower():
        return len(one) >= _MIN_LEFT or page.is_word(one)
    return page.is_word(one) and page.is_word(two)


def _may_be_name(left: str, right: str, page: _Page) -> bool:
    """
    Return whether a name such as `NorthGrid` may stand at a seam: two capitals, and no stop word behind it.

    A subhead of which all words have capitals ends with one too.
    """
    before, after = _LETTERS_LEFT.search(left), _LETTERS_RIGHT.match(right)
    if not before or not after or before[0][0].islower() or after[0].casefold() in page.stops:
        return False
    return any(word[0].islower() and len(word) >= _MIN_LEFT for word in left.split())


def _is_subhead(left: str) -> bool:
    count = len(left.split())
    return 2 <= count <= _MAX_SUBHEAD and not left[0].islower() and left[-1] not in ".…,;:"
