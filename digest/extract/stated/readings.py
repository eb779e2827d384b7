"""
A short text in, the ways to read names from it out.

What a page marks as its author is a name, names with degrees, roles, places and dates beside them, a handle, a first
name alone or an organisation that signs its texts. Which reading is right is for the ranking to say.
"""

import re
from collections.abc import Iterator

from digest.extract.bylines import LABEL, NAME, PARTS, is_person
from digest.extract.dates import find_dates, without_dates

Names = tuple[str, ...]

MAX_CHARS = 160
"""Characters of the longest text that is read."""

# Not of who wrote it.
_OTHERS = re.compile(
    r"""(?:medically|clinically|legally|expert|fact)?[\s-]*
        (?:review|check|edited|photo|image|illustrat|translat|powered|approved|verified|designed|sponsored|presented
        |recommended|sold)\w*\b (?!.*\bwritten\b)""",
    re.VERBOSE | re.IGNORECASE,
)
_LABEL = re.compile(
    rf"""\W* (?:
        (?: (?:article|post|posted|written|story|words|blog|created|authored|reported|contributed|submitted|shared
            |content|published|compiled|prepared|guest\spost) \s+ )? by\b \s* [:–—-]? \s*
      | (?: (?:about|meet)\sthe\s | (?:about|the|post|article|blog|lead|contributing)\s )?
        (?:authors?|writers?|contributors?|creator) (?![a-z]) (?:\(s\))? \s* [:(–—-]? \s*
      | {LABEL.pattern}
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_END = re.compile(
    r"""\s* (?: [|•·;\n] | \s[–—-]\s
      | \b (?: (?:medically|clinically|legally|expert|fact)[\s-]*(?:reviewed|checked) | reviewed | fact[\s-]?check\w*
        | edited | updated | published | posted | last | photos? | photograph\w* | illustrat\w+ | translated
        | read(?:ing)?\stime | min\sread | minutes? | views? | share | follow | subscribe | comments? | leave\sa
        | is\s(?:a|the) | has\sbeen ) \b ) .* $""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_PLACE = re.compile(r"\s+(?:in|on|with|from|for|at)(?:\s.*)?$", re.DOTALL)
_JUNK = re.compile(r"\S+@\S+\.\w+|@\s?\w+|\[[^\]]*\]|\([^)]*\)")
_DURATION = re.compile(r"\d+\s*min")
_INITIAL = re.compile(r"\b(?:[A-Z]|Jr|Sr)\.$")
_DEGREE = re.compile(
    r"""(?:,|\s) \s* (?:Ph\.?\s?D|M\.?D|MSc?|MA|BA|BSc|MBA|MPH|RDN?|RN|CPA|DVM|DDS|DO|JD|Esq|CFP|LCSW|PharmD|PsyD|EdD
        |CPT|LMFT|DPT|CSCS) (?![a-z]) \.?""",
    re.VERBOSE,
)
_ROLE = re.compile(
    r"""\b(?:editor|writer|reporter|correspondent|manager|director|head|(?:co-?)?founder|c[etmo]o|president|officer
        |author|contributor|specialist|engineer|consultant|expert|analyst|strategist|lead|chief|senior|staff|freelance
        |professor|developer|marketing|content|associate|assistant|vp|partner|coach|dietitian|nutritionist)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_LIST = re.compile(r"\s*[,;&]\s*|\s+(?:and|und|et|y|e|og|och|i)\s+")
_MAX_NAMES = 4
_MAX_WORDS = 5
_MAX_NAME = 50


def label_end(text: str) -> int:
    """Return where the label ends with which *text* says that it is a byline, 0 if it says no such thing."""
    end = 0
    # `Written by`, in an element, is often followed by `By` on the line.
    for _ in range(2):
        found = _LABEL.match(text, end)
        if found is None:
            break
        end = found.end()
    return end


def is_of_others(text: str) -> bool:
    """Return whether *text* names those who reviewed, edited or pictured the article."""
    return _OTHERS.match(text) is not None


def has_role(text: str) -> bool:
    """Return whether *text* says what somebody does."""
    return _ROLE.search(text) is not None


def readings(text: str, *, language: str, shown: bool) -> Iterator[tuple[Names, str]]:
    """
    Yield the names that *text* may give, and how they were read: `names`, `first-name`, `parts` or `first-part`.

    Args:
        text: One line, its label included.
        language: BCP 47 tag, for the dates in it.
        shown: Whether readers see it; what is written for machines holds no places.
    """
    bare = _without_others(text, language, shown=shown)
    if not bare:
        return
    names = _names(bare)
    if names:
        yield names, "names"
        if len(names) > 1:
            yield names[:1], "first-name"
    parts = [part for part in _LIST.split(bare) if part]
    if not parts:
        return
    whole = tuple(dict.fromkeys(parts))
    if len(parts) <= _MAX_NAMES and all(map(_may_sign, parts)) and whole != names:
        yield whole, "parts"
    if len(parts) > 1 and _may_sign(parts[0]) and parts[0] not in names[:1]:
        yield (parts[0],), "first-part"


def undated(text: str, *, language: str) -> str:
    """Return *text* with a bar in the place of each date."""
    return without_dates(text, find_dates(text, language=language), instead=" | ")


def _without_others(text: str, language: str, *, shown: bool) -> str:
    """Return *text* without its label and what stands beside the names."""
    if len(text) > MAX_CHARS or "//" in text or "{" in text:
        return ""
    rest = undated(text, language=language)
    end = label_end(rest)
    rest = rest[end:] if end < len(rest) else rest
    if is_of_others(rest):
        return ""
    rest = _END.sub("", rest)
    if shown:
        rest = _PLACE.sub("", rest)
    rest = " ".join(_JUNK.sub(" ", rest).split()).strip(" ,|•·–—-:")
    if not _INITIAL.search(rest):
        rest = rest.rstrip(".")
    return _DEGREE.sub("", rest).strip() if len(rest) > 1 and not _DURATION.match(rest) else ""


def _names(text: str) -> Names:
    """Return the names of people with which *text* begins."""
    found: list[str] = []
    for part in filter(None, PARTS.split(text)):
        role = _ROLE.search(part)
        name = part[: role.start()].strip(" ,-") if role else part
        if not NAME.fullmatch(name) or not is_person(name):
            break
        found.append(name)
        if role:
            break
    return tuple(dict.fromkeys(found))


def _may_sign(part: str) -> bool:
    return len(part) <= _MAX_NAME and len(part.split()) <= _MAX_WORDS
