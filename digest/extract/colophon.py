"""A page's lines in, the name of whoever publishes it out, as its copyright notice gives it."""

import re
from collections.abc import Sequence

from digest.extract.lines import Line

_YEARS = r"\d{4} (?: \s?[-–]\s?\d{2,4} )?"
_MARK = rf"(?: © | \(c\) | copyright (?= \s* (?: © | \(c\) | {_YEARS} | by\s ) ) )"
_NAME = r"(?P<name> [^.,|©·•(:\d]{2,60}? )"
_RIGHTS = r"(?: all\srights | alle\srechte | tous\sdroits | todos\slos )"
_NOTICE = re.compile(
    rf"""{_MARK} \s* (?: \(c\) | © | copyright )? \s* (?:{_YEARS})? \s* (?:by\s)?
        {_NAME} \s* (?:\d{{4}})? \s* (?: [.,|·•(] | {_RIGHTS} | $ )""",
    re.VERBOSE | re.IGNORECASE,
)
_NAMED_FIRST = re.compile(
    rf"^ (?P<years>{_YEARS}\s)? {_NAME} \s* © (?(years) | (?= [\s.]* (?: \d{{4}} | {_RIGHTS} ) ) )",
    re.VERBOSE | re.IGNORECASE,
)
_DATED = re.compile(r"©.{0,12}\d{4}|\d{4}.{0,60}©")
_AFFILIATES = re.compile(r"\s(?:and|or|&)\s(?:its|their|affiliate|licensor|subsidiar|partner).*$")
_LEGAL_FORM = re.compile(
    r"(?:,?\s(?:AG|BV|Co|Corp|GmbH|Inc|Limited|LLC|LLP|Ltd|NV|plc|Pty|SA|SAS|SE|SpA|Srl|(?i:and|&) Co))+$"
)
_NOBODY = re.compile(
    r"(?:all\srights|(?:alle\s)?rechte|back\sto|contact|cookie|copyright|derechos|droits|home\b|impressum|imprint|menu|"
    r"notice|powered|privacy\spolicy|rights|site\sby|terms|theme|top\b|tous|todos)",
    re.IGNORECASE,
)
"""How what stands beside a mark begins where it names nobody."""
_NOTICED = 40
"""Lines at the end of a page that may have its copyright notice."""
_MAX_OWNER = 5
"""Words of the longest name in such a notice."""


def site_by_copyright(lines: Sequence[Line]) -> str | None:
    """Return the name that the page's copyright notice gives, None if there is none or it names nobody."""
    for line in reversed(lines[-_NOTICED:]):
        text = line.text[:200]
        for form in (_NOTICE, _NAMED_FIRST):
            if (match := form.search(text)) and (name := _owner(match["name"])):
                return name
        if _DATED.search(text):
            return None
    return None


def _owner(name: str) -> str | None:
    """Return who owns a page by its notice, without its legal form; None when the notice names nobody."""
    bare = _LEGAL_FORM.sub("", _AFFILIATES.sub("", name.strip()))
    is_name = len(bare.split()) <= _MAX_OWNER and bare[:1].isupper() and not _NOBODY.match(f"{bare} ")
    return bare if is_name and len(bare) > 1 else None
