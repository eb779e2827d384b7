"""
The lines that were judged to be an article in, those from its lede on out.

Headline, standfirst, byline and date stand right above the lede, and are as much about its subject.
"""

import re
from collections.abc import Sequence

from digest.extract.features import Features
from digest.extract.imprint import is_imprint
from digest.extract.lexicon import UPPER
from digest.extract.lines import Line

MIN_LEDE = 8.0
"""Words of the shortest sentence that opens an article."""
_MAX_ABOVE = 6
"""Lines of headline, standfirst, byline and date above it."""
_PLACE = re.compile(rf"[{UPPER}][\w’'-]+(?:[ ,/-][{UPPER}][\w’'-]+){{0,3}}:")
"""A dateline that stands on a line of its own: `New Harbour:`."""
_MAX_STANDFIRST = 45.0
"""Words of the longest standfirst."""


def from_lede(
    lines: Sequence[Line], known: Sequence[Features], chosen: Sequence[int], sure: frozenset[int], language: str
) -> list[int]:
    """
    Return the lines of the body, without what the network takes for its beginning.

    Args:
        lines: All lines of the page, in order.
        known: Their features.
        chosen: Indexes of the lines that were judged to be the body, in order.
        sure: Those of *chosen* that surely are; above the lede these stay, but for byline and date.
        language: BCP 47 tag of the page.
    """
    body = list(chosen)
    texts = [place for place, at in enumerate(body) if known[at].ends and known[at].words >= MIN_LEDE][:2]
    if not texts:
        return body
    if len(texts) > 1 and known[body[texts[0]]].words <= _MAX_STANDFIRST:
        below = range(body[texts[0]] + 1, body[texts[1]])
        others = sum(known[at].phrases.alone is None for at in below)
        if others <= _MAX_ABOVE and any(is_imprint(lines[at], known[at], language) for at in below):
            texts = texts[1:]
    above = [at for at in body[: texts[0]] if not _PLACE.fullmatch(lines[at].text)]
    if len(above) > _MAX_ABOVE or any(lines[at].text[-1] in ":;," for at in above):
        return body
    while above and above[-1] in sure:
        above.pop()
    out = {*above, *(at for at in body[: texts[0]] if _is_beside(lines[at], known[at], language))}
    return [at for at in body if at not in out]


def _is_beside(line: Line, known: Features, language: str) -> bool:
    """Return whether a line above a lede says who wrote that, when or where."""
    return _PLACE.fullmatch(line.text) is not None or is_imprint(line, known, language)
