"""
A page's text in, its lines out: the units that are judged to be article or boilerplate.

Dumps of pages hold one block of the page on a line. Where a dump was wrapped at a fixed width its lines are
joined again: a break is the wrapper's when the next line's first word would not have fitted (the inverse of
greedy wrapping; RFC 3676 calls such breaks soft). What other kinds of dumps need is the work of `trained.repair`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from digest.errors import ItemError
from digest.model import ParagraphKind

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

PLAIN, HEADING, ITEM, CITED, ROW = range(5)
"""What a line can be marked as."""
MARKS: Mapping[ParagraphKind, int] = {"text": PLAIN, "subhead": HEADING, "item": ITEM, "quote": CITED, "table": ROW}
"""How a block of each kind is marked."""

MAX_LINES = 50_000
"""Lines of the longest page that is looked at; whole books have fewer."""

_BULLET = re.compile(r"(?:[-*•·–▪●►▶»›>#+]|\(?\d{1,3}[.)]|[a-z]\))\s")
_TORN = re.compile(r"[,;.:!?)\]%’”]|['’]s\b")
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
    mark: int = PLAIN
    """What its source marks it as, without showing the mark in the text: `PLAIN`, `HEADING` and so on."""


def split_lines(text: str) -> tuple[Line, ...]:
    """Return the lines of *text* that hold anything, breaks inside paragraphs undone."""
    lines = tuple(_found(text))
    width = _width(lines)
    return lines if width is None else tuple(_joined(lines, width))


def check_length(lines: Sequence[object], *, locator: str) -> None:
    """
    Check that a page has no more lines than can be read in seconds.

    Raises:
        ItemError: It has more than `MAX_LINES`.
    """
    if len(lines) > MAX_LINES:
        raise ItemError(locator, f"too long: {len(lines):,} lines, at most {MAX_LINES:,}")


def is_closed(text: str) -> bool:
    """Return whether *text* ends as a sentence does."""
    return not text[-1:].isalpha() and _SENTENCE_END.search(text[-_TAIL:]) is not None


def _found(text: str) -> Iterator[Line]:
    gap = True
    every = [(line, line.strip()) for line in text.split("\n")]
    filled = [line for line, raw in every if raw]
    indented = sum(line[:2].isspace() for line in filled)
    # A few indented lines among others open paragraphs; when most are, it is the margin.
    opens = 0 < indented < 0.5 * len(filled)
    for line, raw in every:
        if not raw:
            gap = True
            continue
        # Printable white space is a space; few lines have any other, or two in a row.
        text = raw if raw.isprintable() and "  " not in raw else " ".join(raw.split())
        yield Line(text, raw, gap or (opens and line[:2].isspace()))
        gap = False


def _width(lines: Sequence[Line]) -> int | None:
    """Return the column at which a dump was wrapped, None if it was not."""
    lengths = [len(line.raw) for line in lines]
    fitting = sorted(length for length in lengths if length <= _WIDE)
    longer = len(lengths) - len(fitting)
    if not fitting or fitting[-1] < _NARROW or longer > 0.1 * len(lengths):
        return None
    # The few longest lines may be addresses that could not be wrapped.
    width = fitting[max(0, len(fitting) - 1 - len(fitting) // 50)]
    full = [line for line, length in zip(lines, lengths, strict=True) if width - _FULL <= length <= width]
    if len(full) < max(_MIN_WRAPPED, 0.25 * len(lines)) or sum(is_closed(line.text) for line in full) > 0.4 * len(full):
        return None
    return width


def _joined(lines: Sequence[Line], width: int) -> Iterator[Line]:
    """Yield *lines*, those that were wrapped at *width* joined again."""
    parts: list[Line] = []
    for line in lines:
        if parts and not _goes_on(parts[-1], line, width):
            yield _join(parts)
            parts = []
        parts.append(line)
    if parts:
        yield _join(parts)


def _goes_on(line: Line, following: Line, width: int) -> bool:
    """Return whether the break behind *line* is the wrapper's."""
    if following.gap or _BULLET.match(following.text):
        return False
    if _HANGING.search(line.text[-2:]) and following.text[0].islower():
        return True
    # Whoever wraps by hand leaves some room; a full line that ends inside a sentence goes on.
    room = 0 if is_closed(line.text) else _FULL
    return len(line.raw) + 1 + len(following.raw.split(maxsplit=1)[0]) + room > width


def _join(parts: Sequence[Line]) -> Line:
    text = parts[0].text
    for one, two in pairwise(parts):
        # A word divided at the break keeps its hyphen: the source may have meant it.
        divided = _HANGING.search(one.text[-2:]) and two.text[0].islower() and not _SUSPENDED.match(two.text)
        sticks = divided or _TORN.match(two.text)
        text += two.text if sticks else f" {two.text}"
    return Line(text, "\n".join(part.raw for part in parts), parts[0].gap)
