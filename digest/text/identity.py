"""
Text in, names out: slugs for addresses, short ids for keys, and a plain form to compare names by.

Ids are BLAKE2b (RFC 7693) in the base32 alphabet of RFC 4648, lower case. Accents are removed by
compatibility decomposition (Unicode Standard Annex 15).
"""

import base64
import hashlib
import re
import unicodedata
from hashlib import blake2b

import msgspec

from digest.text.words import MARKS

_ID_LENGTH = 12

# Latin letters that do not decompose into a letter and an accent.
_LATIN = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i", "ŋ": "n"}
)
_STRAIGHT = dict.fromkeys("‘’‚‛′`´ʼ＇", "'") | dict.fromkeys("“”„‟″«»＂", '"') | dict.fromkeys("‐‑‒–—―−", "-")
# A pattern passes over what stays as it is ten times as fast as `str.translate` does.
_CURLY = re.compile(f"[{''.join(_STRAIGHT)}]")
_ACCENTS = re.compile("[\u0300-\u036f]+")
_ASCII_WORD = re.compile("[a-z0-9]+")
_ANY_WORD = re.compile(rf"(?:[^\W_]|[{MARKS}])+")


def plain(text: str) -> str:
    """Return *text* case-folded, without accents, on one line, with straight quotation marks and dashes."""
    if text.isascii():
        return " ".join(text.replace("`", "'").lower().split())
    folded = unicodedata.normalize("NFKD", _straightened(text)).casefold()
    bare = unicodedata.normalize("NFC", _ACCENTS.sub("", folded))
    return " ".join(_straightened(bare).split())


def _straightened(text: str) -> str:
    return _CURLY.sub(lambda mark: _STRAIGHT[mark[0]], text)


def slug(text: str, *, max_length: int = 60) -> str:
    """
    Return the readable part of an address: words joined by hyphens, cut after a word, never empty.

    Words are lower-case ASCII; a text without any Latin letter keeps the letters of its own script.

    Args:
        text: A headline, usually.
        max_length: Characters, at least 1; only a first word longer than that is cut inside.
    """
    latin = _ASCII_WORD.findall(plain(text).translate(_LATIN).replace("'", ""))
    own = _ANY_WORD.findall(unicodedata.normalize("NFC", text.casefold()))
    if any(not word.isdigit() for word in latin) or not own:
        return _join(latin, max_length)
    return _join(own, max_length)


def short_id(*parts: str) -> str:
    """Return 12 characters of `a-z2-7`, the same for the same *parts* in the same order."""
    state = blake2b()
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        # The length in front keeps ("ab", "c") apart from ("a", "bc").
        state.update(b"%d:" % len(encoded))
        state.update(encoded)
    return base64.b32encode(state.digest())[:_ID_LENGTH].decode("ascii").lower()


def fingerprint(*values: object) -> str:
    """Return 64 hexadecimal digits, the same for the same *values*: anything that can be written as JSON."""
    return hashlib.sha256(msgspec.json.encode(values)).hexdigest()


def _join(parts: list[str], max_length: int) -> str:
    if not parts:
        return "story"[:max_length]
    joined = parts[0][:max_length]
    for part in parts[1:]:
        if len(joined) + 1 + len(part) > max_length:
            break
        joined += f"-{part}"
    return joined
