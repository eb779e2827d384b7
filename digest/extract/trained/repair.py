r"""
Lines of a dump made another way in, lines as a plain dump has them out: one block of the page a line.

Some dumps break wherever a link or an emphasis begins (`get_text("\n")` does); whether a break is the page's own is
told by a logistic model of what stands on both sides of it. Others put Markdown marks around the text.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from digest.extract.lines import CITED, HEADING, ITEM, PLAIN, ROW, Line
from digest.extract.trained.arrays import Bools, Floats, Ints
from digest.extract.trained.said import mixed
from digest.extract.trained.signs import CALL, COLON, COMMA, LOWER, STOP, UPPER, Signs, signs
from digest.extract.trained.weights import weights

JOIN_BUCKETS = 1 << 12
_SHIFT = np.uint32(32 - 12)

_MARKED = re.compile(r"#{1,6} \S|[*+-] +\S|\*\*\S|> \S")
_OPENING = re.compile(r"^((?:> ?)*)(#{1,6}(?= |$)|(?:[*+-]|\d{1,3}\\?\.)(?= )|)\s*(.*)", re.DOTALL)
"""Marks of what is cited, the mark of a heading or an item, and the rest of any line."""
_ESCAPED = re.compile(r"\\(?=[\\`*_{}\[\]()#+\-.!>|~])")
# Stars between digits or spaces are the text's own: `2*3`, `10**6`, `2 * 3`.
_EMPHASIS = re.compile(r"(?<![\d*])\*++(?=\S)|(?<=[^\s*])\*++(?!\d)|(?<![^\W_])_+(?=\S)|(?<=\S)_+(?![^\W_])|`+|~~")
_RULE = re.compile(r"[-*_| :`~=]+")
_MAX_GAPS = 0.2
"""Share of lines behind empty ones above which a dump is not torn: who parts blocks does not break them."""
_MIN_SMALL, _SMALL = 3, 0.04
"""Lines that open with a small letter, and their share, from which a dump may be torn."""
_ENDING = ".…。।!?！？؟"
"""What ends a sentence, closing marks behind it aside."""
_STICKING = f",、，،{_ENDING}:;：；"
_TIGHT = ",.;:!?…)]}%’”、，。！？：；）」』"
"""What stands without a space behind the word before it."""
_SENTENCE = 1.0
"""Log-odds that a break needs more when it parts whole sentences: two paragraphs in one are worse than one in two."""
_MIN_MARKED = 3
"""Marked lines that make a page Markdown."""


def repaired(lines: Sequence[Line]) -> tuple[Line, ...]:
    """
    Return the *lines* of a whole page, torn ones joined, without Markdown marks but with what these said.

    Where any line is marked already, nobody tore them and their marks are off.
    """
    if any(line.mark != PLAIN for line in lines):
        return tuple(lines)
    if is_marked([line.text for line in lines]):
        return _without_marks(lines)
    if len(lines) > 1 and _may_be_torn(lines):
        found = signs([line.text for line in lines], language="und")
        if is_torn(found):
            learnt = weights()
            odds = learnt["join"][:, 0][seams(found)].sum(axis=1) + learnt["join bias"]
            odds -= _SENTENCE * (found.ends[:-1] & (found.first_class[1:] == UPPER))
            lines = [_joined([lines[at] for at in group]) for group in joined(odds)]
    return tuple(lines)


def _without_marks(lines: Sequence[Line]) -> tuple[Line, ...]:
    kept: list[Line] = []
    gap = False
    for line in lines:
        gap = gap or line.gap
        text, mark = unmarked(line.text)
        if text:
            # The page that was dumped shows no marks either.
            kept.append(Line(text, line.raw if text == line.text else text, gap, mark))
            gap = False
    return tuple(kept)


def _may_be_torn(lines: Sequence[Line]) -> bool:
    """Return whether it is worth a closer look; few pages are."""
    if sum(line.gap for line in lines) > _MAX_GAPS * len(lines):
        return False
    openings = [line.text[0] for above, line in pairwise(lines) if above.text[-1] not in _ENDING]
    small = sum(map(str.islower, openings))
    return small >= max(_MIN_SMALL, _SMALL * len(lines)) or any(map(_STICKING.__contains__, openings))


def _joined(lines: Sequence[Line]) -> Line:
    if len(lines) == 1:
        return lines[0]
    text = lines[0].text
    for line in lines[1:]:
        text += line.text if line.text[0] in _TIGHT else f" {line.text}"
    return Line(text, "\n".join(line.raw for line in lines), lines[0].gap)


def is_marked(lines: Sequence[str]) -> bool:
    """Return whether *lines* are of a page with Markdown marks: with headings, and more of its marks."""
    found = [match[0] for line in lines if line[0] in "#*+->" and (match := _MARKED.match(line))]
    return len(found) >= _MIN_MARKED and any(one[0] == "#" or one[:2] == "**" for one in found)


def unmarked(line: str) -> tuple[str, int]:
    """Return a line without its Markdown marks, and what it was marked as; no text is left of a rule."""
    [(cited, mark, text)] = _OPENING.findall(line)
    kind = CITED if cited else PLAIN
    if mark:
        kind = HEADING if mark[0] == "#" else ITEM
    if mark[:1].isdigit():
        text = f"{mark} {text}"  # readers see the number
    if _RULE.fullmatch(text):
        return "", kind
    if kind == PLAIN and " | " in text:
        kind = ROW
    if "*" in text or "_" in text or "`" in text or "~" in text:
        first, *rest = text.split("\\")
        # Escaped marks are the text's own.
        text = "\\".join([_EMPHASIS.sub("", first), *(part[:1] + _EMPHASIS.sub("", part[1:]) for part in rest)])
    return _ESCAPED.sub("", text).strip(), kind


def is_torn(found: Signs) -> bool:
    """Return whether the dump may break inside sentences: lines go on behind one without an end."""
    is_open = ~found.ends[:-1]
    goes_on = (found.first_class[1:] == LOWER) & is_open
    return bool((_sticking(found) & is_open).any()) or int(goes_on.sum()) >= max(_MIN_SMALL, _SMALL * len(found.ends))


def _sticking(found: Signs) -> Bools:
    """Return which lines but the first open with what cannot open a block."""
    return np.isin(found.first_class[1:], (COMMA, STOP, CALL, COLON))


def seams(found: Signs) -> Ints:
    """
    Return what stands around each break between two lines, hashed.

    Returns:
        Buckets, shape (lines - 1, signs).
    """
    n = len(found.ends)
    has = found.tokens > 0
    first = np.where(has, found.code[np.minimum(found.begins, len(found.code) - 1)] if len(found.code) else 0, 0)
    stop = np.maximum(0, found.begins + found.tokens - 1)
    last = np.where(has, found.code[np.minimum(stop, len(found.code) - 1)] if len(found.code) else 0, 0)
    first, last = first.astype(np.int64), last.astype(np.int64)
    size = np.minimum(9, np.log2(found.tokens + 1.0) * 1.5).astype(np.int64)
    open_, close = found.first_class, found.last_class
    above, below = slice(0, n - 1), slice(1, n)
    after = np.minimum(np.arange(2, n + 1), n - 1)
    before = np.maximum(np.arange(n - 1) - 1, 0)
    ends = found.ends.astype(np.int64)
    pair = close[above] * 16 + open_[below]
    share = float((_sticking(found) & ~found.ends[:-1]).mean())
    level = int(np.searchsorted((0.0, 0.01, 0.03), share))
    columns = (
        (pair * 32 + size[above]) * 4 + level,
        (pair * 32 + size[below]) * 4 + level,
        size[above] * 16 + size[below] + 4096 * level,
        pair * 4 + level,
        last[above],
        first[below],
        last[below],
        first[above],
        pair,
        pair * 32 + size[above],
        pair * 32 + size[below],
        found.last[above] * 16 + open_[below],
        found.first[below] * 16 + close[above],
        size[above] * 16 + size[below],
        ends[above] * 512 + open_[below] * 32 + size[below],
        close[below] * 256 + size[below] * 16 + open_[after],
        close[below] * 256 + open_[after] * 16 + open_[below],
        close[before] * 256 + open_[above] * 16 + size[above],
        close[before] * 4096 + open_[above] * 256 + pair,
        (last[above] << 4) + open_[below],
        (first[below] << 4) + close[above],
        (first[below] << 4) + size[above],
        (last[above] << 4) + size[below],
        (size[before] * 16 + size[after]) * 16 + size[below],
    )
    buckets = [mixed(column, salt) >> _SHIFT for salt, column in enumerate(columns)]
    return np.stack(buckets, axis=1).astype(np.int64)


def joined(odds: Floats) -> list[list[int]]:
    """Return the indexes of lines that belong together, by the log-odds that the break before each is none."""
    groups = [[0]]
    for at, odd in enumerate(odds.tolist(), start=1):
        if odd > 0:
            groups[-1].append(at)
        else:
            groups.append([at])
    return groups
