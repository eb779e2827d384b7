"""
Which item is which: raw items in, the keys that they are remembered by out.

An item is recognised by its strongest known identity. An edited file keeps its path, a renamed one
its bytes; only when nothing else answers do the bytes decide, and never for two items at once.
"""

import hashlib
from collections.abc import Callable, Sequence

from digest.model import Item
from digest.text import short_id

KEPT_DIGITS = 16
"""Hexadecimal digits of a fingerprint: 64 bits keep millions of items apart."""


def fingerprint(identity: str) -> str:
    """Return what is kept of an identity: its kind, and enough to recognise it by, but no path or address."""
    kind = identity.partition(":")[0]
    return f"{kind}:{hashlib.sha256(identity.encode()).hexdigest()[:KEPT_DIGITS]}"


def recognise(
    items: Sequence[Item], *, keys_of: Callable[[str], Sequence[str]], is_taken: Callable[[str], bool]
) -> tuple[str, ...]:
    """
    Find every item's key.

    Args:
        items: In any order, keyed by their own strongest identity.
        keys_of: Identity → keys it was recorded for, the first one first.
        is_taken: Whether a key belongs to an item already.

    Returns:
        A key for each item, in the same order, no two the same: of two claims the stronger wins.
    """
    keys: dict[int, str] = {}
    claimed: set[str] = set()
    depth = max((len(item.identities) for item in items), default=0)
    for rank in range(depth):
        for place, item in enumerate(items):
            if place not in keys and rank < len(item.identities):
                known = [key for key in keys_of(item.identities[rank]) if key not in claimed]
                if known:
                    keys[place] = known[0]
                    claimed.add(known[0])
    for place, item in enumerate(items):
        if place not in keys:
            key = item.key
            while key in claimed or is_taken(key):  # a new file where a renamed one used to be
                key = short_id(key, "again")
            keys[place] = key
            claimed.add(key)
    return tuple(keys[place] for place in range(len(items)))
