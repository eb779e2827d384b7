"""What tells at a glance that a file has not been touched: paths in, sizes and times of modification out."""

import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple


class Stamp(NamedTuple):
    """How a file looked from outside."""

    size: int
    """Bytes."""
    modified_ns: int
    """Nanoseconds since 1970."""


def stamps(site: Path, paths: Iterable[str]) -> dict[str, Stamp]:
    """Return the stamp of each of *paths* that is a plain file in the folder *site*."""
    folder = str(site)
    found: dict[str, Stamp] = {}
    for path in paths:
        try:
            status = os.lstat(f"{folder}/{path}")
        except OSError:
            continue
        if stat.S_ISREG(status.st_mode):
            found[path] = Stamp(status.st_size, status.st_mtime_ns)
    return found
