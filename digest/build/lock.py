"""One build at a time: an advisory lock on a file beside the store, free again when its holder ends."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from digest.errors import LockedError, StoreError, reason_of


@contextmanager
def hold(path: Path, *, dry_run: bool = False) -> Iterator[None]:
    """
    Hold the lock, or none in a dry run before the first build: there is nothing to protect yet.

    Raises:
        LockedError: Another build holds it.
        StoreError: The folder of the store cannot be written.
    """
    if dry_run and not path.exists():
        yield
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a")
    except OSError as error:
        raise StoreError(str(path), f"cannot be written: {reason_of(error)}") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise LockedError(str(path)) from error
        yield
