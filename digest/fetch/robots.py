"""
The answer to a question for robots.txt in, what it lets us read out (RFC 9309).

No file (4xx) means that everything is allowed; a server that fails or cannot be reached means that
nothing is. Longest match and wildcards are Protego's, which does them in linear time.
"""

from collections.abc import Callable
from dataclasses import dataclass

from digest.fetch.address import Address
from digest.fetch.errors import FetchError
from digest.fetch.values import PRODUCT, Request, Response

_MOST_BYTES = 512_000
"""As much of a file as counts; the standard asks for 500 KiB at least."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What one origin lets us read."""

    allows: Callable[[str], bool]
    """Address → whether it may be read."""
    reason: str
    """Why not, when it may not."""


def robots_request(address: Address) -> Request:
    """Return the question for the rules that hold for *address*."""
    return Request(url=f"{address.origin}/robots.txt", kind="feed")


def rules_of(address: Address, outcome: Response | FetchError) -> Rules:
    """
    Read the rules of an origin.

    Args:
        address: Any of the origin's addresses.
        outcome: What came of the question for its robots.txt.
    """
    refused = f"robots.txt of `{address.host}` does not let `{PRODUCT}` in here"
    if isinstance(outcome, Response):
        return Rules(allows=_parsed(outcome.body), reason=refused)
    # Told to slow down is not told that there is no file.
    if outcome.status and 400 <= outcome.status < 500 and not outcome.is_brush_off:
        return Rules(allows=lambda _: True, reason=refused)
    return Rules(allows=lambda _: False, reason=f"robots.txt of `{address.host}`: {outcome.reason}")


def _parsed(body: bytes) -> Callable[[str], bool]:
    from protego import Protego

    rules = Protego.parse(body[:_MOST_BYTES].decode("utf-8-sig", "replace"))
    return lambda url: rules.can_fetch(url, PRODUCT)
