"""
What feeds put where the authors belong in, names of people out.

Mail addresses, accounts, agencies and desks are no names.
"""

import re
from collections.abc import Iterator

from digest.sources.found import Text
from digest.sources.markup import line

_MAIL = re.compile(r"(?:mailto:)?[^\s@()<>,;]{1,64}@[^\s@()<>,;]{1,255}|https?://\S+")
_PARTS = re.compile(r"\s*[;/|&]\s*|\s+(?:and|und|et|y|och|og)\s+")
_LABEL = re.compile(r"(?:by|von|par|por)\s+", re.IGNORECASE)
_ACCOUNT = re.compile(r"@?[a-z0-9._-]+")
_MAX_NAME = 80
"""Characters."""


def names(authors: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of people among *authors*, each once, in order."""
    return tuple(dict.fromkeys(name for author in authors for name in _named(author)))


def _named(author: str) -> Iterator[str]:
    # The words that no person's name has are those of the extractor; it takes a while to load.
    from digest.extract.bylines import is_person

    text = line(Text(value=author, kind="guess")) or ""
    text = _MAIL.sub(" ", text).replace("<", " ").replace(">", " ")
    text = " ".join(re.sub(r"^\s*\((.*)\)\s*$", r"\1", text).split())
    text = re.sub(r"\s*\([^()]*\)", "", _LABEL.sub("", text, count=1) if _LABEL.match(text) else text)
    for part in _PARTS.split(text):
        listed = [name for one in part.split(",") if (name := one.strip(" .-–—")) and is_person(name)]
        # `Doe, Jane` is one person.
        for name in listed if all(" " in name for name in listed) else [", ".join(listed)]:
            if len(name) <= _MAX_NAME and not _ACCOUNT.fullmatch(name):
                yield name
