"""
A sign of life: one small file in the site that every build renews, when the owner wants one.

A digest is silent when nothing is new, and silent when its machine is dead. Whoever watches from
outside can tell by the age of `status.json`. It is no page and stands in no manifest.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime

import msgspec

from digest import __version__, addresses, publish
from digest.build.workplace import Workplace
from digest.model import Page


def beat(place: Workplace, pulse: Mapping[str, object], now: datetime) -> None:
    """
    Write the file, unless something else of that name stands there.

    Args:
        place: Where the site is.
        pulse: What to tell: counts and names that may be public.
        now: Moment of the build.
    """
    built = now.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if not _is_ours(place):
        return
    body = msgspec.json.encode({"digest": __version__, "built": built, **pulse})
    publish.put(Page(path=addresses.HEARTBEAT, body=msgspec.json.format(body, indent=1) + b"\n"), place.site)


def fall_silent(place: Workplace) -> None:
    """Take the file away if it is ours: an old one would tell of a death."""
    if _is_ours(place):
        with suppress(OSError):
            (place.site / addresses.HEARTBEAT).unlink()


def _is_ours(place: Workplace) -> bool:
    """Tell whether the file is ours, or not there."""
    body = publish.read(place.site, addresses.HEARTBEAT)
    try:
        return body is None or "digest" in msgspec.json.decode(body, type=dict[str, object])
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return False
