"""
A line of a page in, the people who wrote the article out.

A byline gives names of people: agencies, desks and roles are left out, as are places and dates that
stand on the same line. A name is two to five words with capitals, particles between them aside.
"""

import re
from collections.abc import Iterator, Sequence

from digest.extract.lexicon import AGENCY, LOWER, UPPER, alternatives, listed

LABEL = re.compile(
    r"""(?:
      by | (?:written|words|story|reported|report|text|reporting|posted|analysis|opinion) \s by | authors?
    | von | text \s? (?:von)? | ein\s\w+\svon | aus\s\w+\sberichtet | autor(?:in|en|es|a|ka)? | redigiert\svon
    | par | propos\srecueillis\spar | auteurs? | por | escrito\spor | texto(?:\sde)? | di | a\scura\sdi | autore
    | door | av | af | skriven\sav | tekst | opracowanie | автор(?:ы)? | текст
    | συντάκτης | γράφει | γράφουν | tarafından
    )
    (?: \s* [:–—-] \s* | \s+ ) | (?-i:[Bb]y)(?=(?-i:[A-Z][a-z]+\s[A-Z]))""",
    re.VERBOSE | re.IGNORECASE,
)
_CLOSING_LABEL = re.compile(r"(?:additional\s)?reporting\sby\s", re.IGNORECASE)

_CAPITAL = rf"(?:(?:[dlDLO]['’]|[ae]l-)?[{UPPER}][{LOWER}{UPPER}'’]*(?:[-‑][{UPPER}{LOWER}][{LOWER}{UPPER}'’]*)*\.?)"
_PARTICLE = alternatives(listed("name_particles"))
NAME = re.compile(rf"{_CAPITAL}(?:\s+(?:{_PARTICLE}\s+){{0,2}}{_CAPITAL}){{1,4}}(?![\w’'-])")

PARTS = re.compile(
    r"\s*(?:[,;|•·/&+–—]|\s-\s|\b(?:and|und|et|y|with|mit|avec|con|com|e|en|och|og|oraz|и|і|και)\b)\s*", re.IGNORECASE
)
_PLACE = re.compile(
    r"\s+(?:in|aus|at|for|from|of|à|a|au|en|em|para|desde|dla|für|pour|special|senior|chief|is|has|wrote|translated)\s.*$"
)
_JUNK = re.compile(r"\S+@\S+|@\w+|https?://\S+|\([^)]*\)|\[[^\]]*\]|\b\d+\s+(?:min(?:ute)?s?|minutes?)\b.*$|\d.*$")

_ROLE = re.compile(rf"(?:\s+{AGENCY}(?:\s+\w+){{0,2}})?(?:\s+{alternatives(listed('roles'))})+$", re.IGNORECASE)
_NOT_PEOPLE = frozenset(listed("not_people"))
_MAX_BEHIND = 5
"""Words behind a name in a byline, or of a desk's name."""
_MAX_WORDS = 40
_MAX_CHARS = 400
"""Words and characters of the longest line that can be a byline."""


def names_after_label(text: str, *, closing: bool = False) -> tuple[str, ...]:
    """
    Return the names of a line that says of itself that it is a byline, none if it does not.

    Args:
        text: The line, dates taken out of it.
        closing: Whether it stands behind the article, where `Reporting by` is a byline too.
    """
    if len(text) > _MAX_CHARS or len(text.split()) > _MAX_WORDS:
        return ()
    label = LABEL.match(text) or (_CLOSING_LABEL.match(text) if closing else None)
    return tuple(_names(text[label.end() :])) if label else ()


def is_label(text: str) -> bool:
    """Return whether a line says that names follow, and nothing else."""
    return LABEL.fullmatch(f"{text.strip(' :')} ") is not None


def bare_names(text: str) -> tuple[str, ...]:
    """Return the names of a line that is made of nothing else, none if it holds more."""
    if len(text) > _MAX_CHARS or len(text.split()) > _MAX_WORDS // 3:
        return ()
    parts = [part for part in PARTS.split(text.strip(" |•·,–—-:")) if part]
    found = [part for part in parts if NAME.fullmatch(part) and not part.isupper() and is_person(part)]
    return tuple(dict.fromkeys(found)) if found and len(found) == len(parts) else ()


def is_signature(text: str, names: Sequence[str]) -> bool:
    """Return whether a line is one of the *names*, with a label before it, and a place or a role behind it, or none."""
    bare = LABEL.sub("", text, count=1) if LABEL.match(text) else text
    name = next((name for name in names if bare.casefold().startswith(name.casefold())), None)
    return name is not None and len(bare[len(name) :].split()) <= _MAX_BEHIND


def is_desk(text: str) -> bool:
    """Return whether a line says that nobody in particular wrote it: `By Reuters staff`."""
    label = LABEL.match(text)
    words = text[label.end() :].split() if label else []
    known = any(word[0].isupper() and word.casefold().strip(".") in _NOT_PEOPLE for word in words)
    return known and len(words) <= _MAX_BEHIND


def is_person(name: str) -> bool:
    """Return whether none of the words of *name* is one that only agencies, desks and roles have."""
    return not any(word.casefold().strip(".") in _NOT_PEOPLE for word in re.split(r"[\s-]+", name))


def _names(text: str) -> Iterator[str]:
    """Yield the names with which *text* goes on, up to the first part that is none."""
    seen: set[str] = set()
    for part in PARTS.split(_JUNK.sub("", text).strip()):
        bare = _PLACE.sub("", part).strip(" .:")
        if not bare:
            continue
        bare = _ROLE.sub("", bare)
        if not NAME.fullmatch(bare) or not is_person(bare):
            if seen:
                return
            continue
        if seen and bare.isupper() and not any(name.isupper() for name in seen):
            return
        if bare not in seen:
            seen.add(bare)
            yield bare
