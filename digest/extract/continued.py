"""
The lines of a page and which of them are the article's in, with those that the page says to be its continuation out.

Pages that put an advertisement or a box to sign up into their text say so: `Article continues after advertisement`.
"""

from collections.abc import Sequence

from digest.extract.lexicon import listed, phrases, words_of
from digest.extract.lines import Line, is_closed

_MIN_TEXT = 8
"""Words of a text that goes on."""
_MAX_OTHERS = 3
"""Lines in a row that are no text, such as a caption and a subhead, from which the article has ended."""
_MAX_HEADING = 80
"""Characters of the longest heading over what follows an article."""
_MARKS = frozenset(listed("continuing"))


def with_continuation(lines: Sequence[Line], kept: Sequence[bool]) -> tuple[bool, ...]:
    """Return *kept* with the texts that follow on a line which says that the article goes on, if it has begun."""
    own = list(kept)
    has_begun = goes_on = False
    others = 0
    for at, line in enumerate(lines):
        has_begun = has_begun or kept[at]
        if line.text.casefold().rstrip(" .:…") in _MARKS:
            goes_on, others = has_begun, 0
        elif goes_on:
            own[at] = own[at] or _is_text(line)
            others = 0 if own[at] else others + 1
            goes_on = others <= _MAX_OTHERS and not _is_heading(line)
    return tuple(own)


def _is_text(line: Line) -> bool:
    return is_closed(line.text) and len(line.text.split()) >= _MIN_TEXT


def _is_heading(line: Line) -> bool:
    return len(line.text) <= _MAX_HEADING and phrases(words_of(line.text.casefold())).alone == "heading"
