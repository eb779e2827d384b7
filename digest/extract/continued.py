"""
The lines of a page and which of them are the article's in, with those that the page says to be its continuation out.

Pages that put an advertisement or a box to sign up into their text say so: `Article continues after advertisement`.
"""

from collections.abc import Sequence
from functools import cache

from digest.extract.lexicon import listed, phrases, words_of
from digest.extract.lines import Line, is_closed

_MIN_TEXT = 8
"""Words of a text that goes on."""
_MAX_OTHERS = 3
"""Lines in a row that are no text, such as a caption and a subhead, from which the article has ended."""
_MAX_MARK = 60
"""Characters of the longest line that says that an article goes on."""


def with_continuation(lines: Sequence[Line], kept: Sequence[bool]) -> tuple[bool, ...]:
    """Return *kept* with the texts that follow on a line which says that the article goes on, if it has begun."""
    own = list(kept)
    for at, line in enumerate(lines):
        if len(line.text) <= _MAX_MARK and True in own[:at] and " ".join(words_of(line.text.casefold())) in _marks():
            _keep_on(lines, own, at + 1)
    return tuple(own)


def _keep_on(lines: Sequence[Line], own: list[bool], start: int) -> None:
    others = 0
    for at in range(start, len(lines)):
        is_text = is_closed(lines[at].text) and len(lines[at].text.split()) >= _MIN_TEXT
        others = 0 if own[at] or is_text else others + 1
        if others > _MAX_OTHERS or phrases(words_of(lines[at].text.casefold())[:60]).alone == "heading":
            return
        own[at] = own[at] or is_text


@cache
def _marks() -> frozenset[str]:
    return frozenset(" ".join(words_of(mark)) for mark in listed("continuing"))
