"""An address in, whether it holds what only its owner should know out: it is better to hide one too many."""

import re
from urllib.parse import parse_qsl, unquote, urlsplit

_NAME = re.compile(r"auth|key|pass|pwd|secret|session|sig|token|user", re.IGNORECASE)
_RANDOM = re.compile(r"(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z0-9]{16,}")
"""Letters and digits in one long run, as no word and no number is written."""


def holds_secret(url: str) -> bool:
    """
    Tell whether an address seems to hold a password, a key or a token.

    They stand in front of the host, in parameters of a telling name, or look like nothing but chance.
    """
    try:
        parts = urlsplit(url)
        parameters = parse_qsl(f"{parts.query}&{parts.fragment}", keep_blank_values=True)
    except ValueError:
        return True
    if parts.username is not None or parts.password is not None:
        return True
    if any(_NAME.search(name) for name, _ in parameters):
        return True
    return any(_RANDOM.search(unquote(text)) for text in (parts.path, *(value for _, value in parameters)))
