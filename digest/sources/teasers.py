"""An entry of a feed in, whether it carries its article or only the beginning of it out."""

import re
from html import unescape

from digest.model import Item
from digest.sources.markup import TAG, UNSEEN
from digest.text import words

FEWEST_WORDS = 120
"""Of a text that is taken for a whole article."""

_CONTENT = re.compile(r"<article>\s*(?:<h1>[^<]*</h1>)?(.*)</article>", re.DOTALL)
_CREDIT = re.compile(r"\s*The post .{1,200} (?:appeared first|first appeared) on .{1,100}$", re.IGNORECASE)
"""What WordPress writes behind a text, whole or not."""
_BROKEN_OFF = re.compile(r"(?:…|\.\.\.)[\s\])»›→>]*$")
_INVITES = re.compile(
    r"\b(?:read (?:more|on|the (?:full|whole|rest))|continue reading|keep reading|weiterlesen|lire la suite"
    r"|leer más|seguir leyendo|leggi tutto|continua a leggere|leia mais|lees (?:meer|verder))\b.{0,80}$",
    re.IGNORECASE,
)
_TAIL = 400
"""Characters in which the end of a text shows."""


def why_teaser(item: Item) -> str | None:
    """Return why the content of an entry is taken for the beginning of its article only, `None` if it is not."""
    text = _own_text(item)
    count = own_words(item)
    if count < FEWEST_WORDS:
        return f"{count} words, fewer than {FEWEST_WORDS}"
    tail = _CREDIT.sub("", text[-_TAIL:])
    if _BROKEN_OFF.search(tail):
        return "it breaks off"
    if (invitation := _INVITES.search(tail)) is not None:
        return f"it ends in `{invitation[0]}`"
    return None


def own_words(item: Item) -> int:
    """Return how many words the content of an entry has."""
    return len(words(_own_text(item)))


def _own_text(item: Item) -> str:
    """Return the words of an entry without its headline, on one line."""
    page = item.body.decode("utf-8", "replace")
    content = _CONTENT.search(page)
    bare = TAG.sub(" ", UNSEEN.sub(" ", content[1] if content else page))
    return " ".join(unescape(bare).split())
