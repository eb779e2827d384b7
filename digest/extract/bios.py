"""
The body's lines and the names of its authors in, the lines that say who these are out.

They stand right below the article or above its lede and begin with a name: `Ann Berg covers shipping.`
"""

import re
from collections.abc import Sequence

from digest.extract.features import Features
from digest.extract.lexicon import alternatives, listed
from digest.extract.lines import Line

ABOUT_AUTHOR = "is about who wrote it"
"""Why such a line is none of the article's."""
_DOING = alternatives(listed("doing"))
_TITLE = alternatives(listed("titles"))
_MAX_WORDS = 80.0
"""Words of the longest line about an author."""
_ABOVE, _BELOW = 1, 3
"""Lines at the beginning and the end of a body among which such a line is looked for."""


def bios(lines: Sequence[Line], known: Sequence[Features], body: Sequence[int], names: Sequence[str]) -> list[int]:
    """
    Return the indexes of those lines of the body that are about its authors.

    Args:
        lines: All lines of the page, in order.
        known: Their features.
        body: Indexes of the article's lines, in order.
        names: Of its authors.
    """
    full = [name for name in names if " " in name]
    if not full or len(body) <= _ABOVE + _BELOW:
        return []
    bare = [re.sub(rf"^{_TITLE}\.?\s", "", name, flags=re.IGNORECASE) for name in full]
    called = [*map(re.escape, bare), *(rf"{_TITLE}\.?\s{re.escape(name.split()[-1])}" for name in bare)]
    opening = re.compile(rf"(?:{_TITLE}\.?\s)?(?:{'|'.join(called)}),?\s{_DOING}\s", re.IGNORECASE)
    edges = (*body[:_ABOVE], *body[-_BELOW:])
    return [at for at in edges if known[at].words <= _MAX_WORDS and opening.match(lines[at].text)]
