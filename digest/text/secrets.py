"""An address in, whether it holds what only its owner should know out: it is better to hide one too many."""

import re
from urllib.parse import parse_qsl, unquote, urlsplit

_NAME = re.compile(r"auth|code|key|pass|pwd|secret|session|sig|token|user", re.IGNORECASE)
_PLAIN_VALUE = re.compile(r"[a-z]{0,15}\d{0,6}", re.IGNORECASE)
_LONGEST_WORD = 19
_LONGEST_NUMBER = 11


def holds_secret(url: str) -> bool:
    """
    Tell whether an address seems to hold a password, a key or a token.

    They stand in front of the host, in parameters, or look like nothing but chance.
    """
    try:
        parts = urlsplit(url)
        parameters = parse_qsl(f"{parts.query}&{parts.fragment}", keep_blank_values=True)
    except ValueError:
        return True
    if parts.username is not None or parts.password is not None:
        return True
    if any(_NAME.search(name) or not _PLAIN_VALUE.fullmatch(value) for name, value in parameters):
        return True
    return any(map(_is_chance, (*(parts.hostname or "").split("."), *unquote(parts.path).split("/"))))


def _is_chance(part: str) -> bool:
    """Tell whether part of an address reads like a key: long, and neither words nor a number."""
    runs = re.findall(r"[A-Za-z]+|\d+", part)
    if any(len(run) > (_LONGEST_NUMBER if run.isdigit() else _LONGEST_WORD) for run in runs):
        return True
    # Words and dates are parted by hyphens; in a key letters and digits stand side by side.
    turns = len(re.findall(r"[A-Za-z](?=\d)|\d(?=[A-Za-z])", part))
    return turns >= 3 and len("".join(runs)) >= 8
