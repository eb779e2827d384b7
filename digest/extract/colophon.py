"""A page's lines in, the name of whoever publishes it out, as its copyright notice gives it."""

import re
from collections.abc import Sequence

from digest.extract.lines import Line

_COPYRIGHT = re.compile(
    r"""(?: © | \(c\) | copyright ) \s* (?: \(c\) | © | copyright )? \s* (?: \d{4} (?: \s?[-–]\s?\d{2,4} )? )?
        \s* (?:by\s)? (?P<name> [^.,|©·•(\d]{2,60}? ) \s* (?:\d{4})? \s*
        (?: [.,|·•(] | all\srights | alle\srechte | tous\sdroits | todos\slos | $ )""",
    re.VERBOSE | re.IGNORECASE,
)
_BEFORE_MARK = re.compile(r"^(?:\d{4}\s?(?:[-–]\s?\d{2,4}\s)?)?(?P<name>[^.,|©·•(\d]{2,60}?)\s*©")
_AFFILIATES = re.compile(
    r"\s(?:and|or|&) (?:its |their )?(?:affiliate|licensor|subsidiar|partner)\w*.*$", re.IGNORECASE
)
_LEGAL_FORM = re.compile(
    r"(?:,?\s(?:AG|BV|Co|Corp|GmbH|Inc|Limited|LLC|LLP|Ltd|NV|plc|Pty|SA|SAS|SE|SpA|Srl|(?i:and|&) Co))+$"
)
_NOBODY = re.compile(
    r"\b(?:all|copyright|derechos|droits|notice|policy|powered|privacy|rechte|reserved|rights|site by|terms|theme)\b",
    re.IGNORECASE,
)
_NOTICED = 40
"""Lines at the end of a page that may have its copyright notice."""
_MAX_OWNER = 5
"""Words of the longest name in such a notice."""


def site_by_copyright(lines: Sequence[Line]) -> str | None:
    """Return the name that the page's copyright notice gives, None if there is none."""
    for line in reversed(lines[-_NOTICED:]):
        for notice in (_COPYRIGHT, _BEFORE_MARK):
            if (match := notice.search(line.text[:200])) and (name := _owner(match["name"])):
                return name
    return None


def _owner(name: str) -> str | None:
    """Return who owns a page by its notice, without its legal form; None when the notice names nobody."""
    bare = _LEGAL_FORM.sub("", _AFFILIATES.sub("", name.strip()))
    is_name = len(bare.split()) <= _MAX_OWNER and bare[:1].isupper() and not _NOBODY.search(bare)
    return bare if is_name and len(bare) > 1 else None
