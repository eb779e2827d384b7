"""
The lines of a page and which of them are the article's in, with those of a live blog's entries out.

A live blog is a row of short texts, each below the time at which it was written. Taken one by one they look like the
teasers below an article; what tells them apart is that their times follow on each other, all up or all down.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from digest.extract.bylines import bare_names
from digest.extract.lines import Line, is_closed

_ZONE = r"\s?(?:uhr|h|[ap]\.?m\.?|[a-z]{2,4})"
_CLOCK = re.compile(
    rf"(?P<hour>[01]?\d|2[0-3])(?:[:h]|\.(?=\d\d{_ZONE}))(?P<minute>[0-5]\d)(?:{_ZONE})?", re.IGNORECASE
)
_MIN_ENTRIES = 3
_LONGEST = 40
"""Lines of the longest entry."""
_MIN_TEXT = 5
"""Words of a text in an entry."""
_MAX_TITLE = 20
"""Words of the longest title of an entry."""


def with_entries(lines: Sequence[Line], kept: Sequence[bool]) -> tuple[bool, ...]:
    """Return *kept* with times, titles and texts of all entries of a live blog, if some of them are kept."""
    own = list(kept)
    first = next((at for at, line in enumerate(lines) if kept[at] and _is_text(line)), len(lines))
    for run in _runs(lines):
        ends = [*run[1:], _end(lines, run[-1])]
        entries = [list(_told(lines, start, end)) for start, end in zip(run, ends, strict=True)]
        likely = sum(any(kept[at] and _is_text(lines[at]) for at in entry) for entry in entries)
        # The first time may be the article's own, and the others those of teasers below it.
        if likely > 1 or (likely and first < run[0]):
            for at in chain(run, *entries):
                own[at] = True
    return tuple(own)


def is_clock(text: str) -> bool:
    """Return whether a line is a time of day and nothing else."""
    return _CLOCK.fullmatch(text) is not None


def _runs(lines: Sequence[Line]) -> Iterator[list[int]]:
    """Yield the places of times that stand on lines of their own and rise or fall from each to the next."""
    clocks = [(at, int(m["hour"]) * 60 + int(m["minute"])) for at, m in _clocks(lines)]
    run: list[int] = []
    direction = 0
    for (at, time), (below, later) in pairwise(clocks):
        step = (later > time) - (later < time)
        is_next = below - at <= _LONGEST and any(_is_text(line) for line in lines[at + 1 : below])
        if is_next and step and step in (direction, direction or step):
            run, direction = [*(run or [at]), below], step
            continue
        if len(run) >= _MIN_ENTRIES:
            yield run
        run, direction = [], 0
    if len(run) >= _MIN_ENTRIES:
        yield run


def _clocks(lines: Sequence[Line]) -> Iterator[tuple[int, re.Match[str]]]:
    for at, line in enumerate(lines):
        if len(line.text) <= 12 and (match := _CLOCK.fullmatch(line.text)):
            yield at, match


def _end(lines: Sequence[Line], start: int) -> int:
    """Return where the last entry ends: below the first texts in a row."""
    first = next((at for at in range(start + 1, min(len(lines), start + 6)) if _is_text(lines[at])), start)
    return next((at for at in range(first, len(lines)) if not _is_text(lines[at])), len(lines))


def _told(lines: Sequence[Line], start: int, end: int) -> Iterator[int]:
    """Yield the places of an entry's texts, and of its title, which stands above the first of them."""
    texts = [at for at in range(start + 1, end) if _is_text(lines[at])]
    if not texts:
        return
    above = texts[0] - 1
    if above > start and 1 < len(lines[above].text.split()) <= _MAX_TITLE and not bare_names(lines[above].text):
        yield above
    yield from texts


def _is_text(line: Line) -> bool:
    return is_closed(line.text) and len(line.text.split()) >= _MIN_TEXT
