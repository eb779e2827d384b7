"""
A page's text in, its lines out: the units that are judged to be article or boilerplate.

Dumps of pages hold one block of the page on a line. Where a dump was wrapped at a fixed width its lines are
joined again: a break is the wrapper's when the next line's first word would not have fitted (the inverse of
greedy wrapping; RFC 3676 calls such breaks soft). Where a dump was torn at every link, lines that go on in
lower case or with a comma are joined as well.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_SENTENCE_END = re.compile(
    r"""(?: [.!?…。！？؟।] | [.!?…]\d{1,2} ) [\"”’»›“‘)\]）］」』】》*_]*  # a footnote's number, closing marks
    (?: \s? (?: \( (?:[a-z]{2,5}|[A-Z]{2,5}) \) | （[^（）]{1,30}） ) )? $""",  # and who wrote it: an agency, a reader
    re.VERBOSE,
)

_TAIL = 48
"""Characters by which the end of a line is told."""

_NARROW, _WIDE = 45, 132
"""Columns between which a dump may have been wrapped."""
_FULL = 14
"""Columns that a wrapped line may stay short of the width: the length of a long word."""
_MIN_WRAPPED = 4
"""Full lines that make a width."""

_BULLET = re.compile(r"(?:[-*•·–▪●►▶»›>#+]|\(?\d{1,3}[.)]|[a-z]\))\s")
_TORN = re.compile(r"[,;.:!?)\]%’”]|['’]s\b")
# Articles, prepositions and the like, behind which no block ends; nor does one end behind a comma.
_DANGLING = re.compile(r" [^\W\d_]{1,3}$|,$")
_HANGING = re.compile(r"\w-$")
_SUSPENDED = re.compile(r"(?:und|oder|bis|sowie|and|or|to|et|ou|y|o|e|en|of)\b")


@dataclass(frozen=True, slots=True)
class Line:
    """One block of the page."""

    text: str
    """White space collapsed; never empty."""
    raw: str
    """The same characters as the page has them, trimmed."""
    gap: bool
    """Whether an empty line stands before it."""


_Follows = Callable[[Line, Line], bool]


def split_lines(text: str) -> tuple[Line, ...]:
    """Return the lines of *text* that hold anything, breaks inside paragraphs undone."""
    lines = tuple(_found(text))
    width = _width([len(line.raw) for line in lines], [_is_open(line.text) for line in lines])
    if width is not None:
        return tuple(_joined(lines, _wrapped_at(width)))
    return tuple(_joined(lines, _torn if _is_torn(lines) else _sticks))


def is_closed(text: str) -> bool:
    """Return whether *text* ends as a sentence does."""
    return _SENTENCE_END.search(text[-_TAIL:]) is not None


def _found(text: str) -> Iterator[Line]:
    gap = True
    indented = sum(line[:2].isspace() for line in text.split("\n") if line.strip())
    filled = sum(1 for line in text.split("\n") if line.strip())
    # A few indented lines among others open paragraphs; when most are, it is the margin.
    opens = 0 < indented < 0.5 * filled
    for line in text.split("\n"):
        raw = line.strip()
        if not raw:
            gap = True
            continue
        yield Line(" ".join(raw.split()), raw, gap or (opens and line[:2].isspace()))
        gap = False


def _is_open(text: str) -> bool:
    return not is_closed(text)


def _width(lengths: Sequence[int], is_open: Sequence[bool]) -> int | None:
    """Return the column at which a dump was wrapped, None if it was not."""
    fitting = sorted(length for length in lengths if length <= _WIDE)
    longer = len(lengths) - len(fitting)
    if not fitting or fitting[-1] < _NARROW or longer > 0.1 * len(lengths):
        return None
    # The few longest lines may be addresses that could not be wrapped.
    width = fitting[max(0, len(fitting) - 1 - len(fitting) // 50)]
    full = [o for length, o in zip(lengths, is_open, strict=True) if width - _FULL <= length <= width]
    if len(full) < max(_MIN_WRAPPED, 0.25 * len(lengths)) or sum(full) < 0.6 * len(full):
        return None
    return width


def _wrapped_at(width: int) -> _Follows:
    def follows(line: Line, following: Line) -> bool:
        if following.gap or _BULLET.match(following.text):
            return False
        last = line.raw.rpartition("\n")[2]
        # Whoever wraps by hand leaves some room; a full line that ends inside a sentence goes on.
        room = 0 if is_closed(line.text) else _FULL
        return len(last) + 1 + len(following.raw.split(maxsplit=1)[0]) + room > width

    return follows


def _is_torn(lines: Sequence[Line]) -> bool:
    """Return whether the dump breaks at every link and emphasis, as naive scrapers make it."""
    return sum(_sticks(one, two) for one, two in pairwise(lines)) > max(2, 0.01 * len(lines))


def _sticks(line: Line, following: Line) -> bool:
    """Return whether *following* opens with what cannot open a block."""
    return not following.gap and _TORN.match(following.text) is not None and _is_open(line.text)


def _torn(line: Line, following: Line) -> bool:
    if following.gap or not _is_open(line.text):
        return False
    goes_on = following.text[0].islower() or _TORN.match(following.text) is not None
    dangling = _DANGLING.search(line.text[-8:])
    return goes_on or (dangling is not None and dangling[0] == dangling[0].lower())


def _joined(lines: Sequence[Line], follows: _Follows) -> Iterator[Line]:
    """Yield *lines*, those that follow on one before them joined to it."""
    parts: list[Line] = []
    for line in lines:
        if parts and not follows(parts[-1], line):
            yield _join(parts)
            parts = []
        parts.append(line)
    if parts:
        yield _join(parts)


def _join(parts: Sequence[Line]) -> Line:
    text = parts[0].text
    for one, two in pairwise(parts):
        # A word divided at the break keeps its hyphen: the source may have meant it.
        divided = _HANGING.search(one.text[-2:]) and two.text[0].islower() and not _SUSPENDED.match(two.text)
        sticks = divided or _TORN.match(two.text)
        text += two.text if sticks else f" {two.text}"
    return Line(text, "\n".join(part.raw for part in parts), parts[0].gap)
