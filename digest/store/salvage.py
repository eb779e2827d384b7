"""
A damaged store in, what can still be read of it in a new one out.

The new store is finished beside the damaged one before it takes its place, and the damaged file is kept,
never deleted. What is lost of the history comes back from the site's ledger at the next build; what is
lost of the entries, from the feeds: every source is forgotten, so that none answers that nothing is new.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Literal

import msgspec

from digest.errors import StoreError, reason_of
from digest.store.cache import cache_of
from digest.store.kept import Store
from digest.store.schema import COLUMNS, reading

_MAGIC = b"SQLite format 3\0"
_LOGS = ("-wal", "-shm")
"""Endings of the files that SQLite keeps beside a store."""


def rescue(path: Path) -> Path:
    """
    Put a new store in the place of a damaged one.

    Returns:
        Where the damaged one is now.

    Raises:
        StoreError: The folder cannot be written, or the file was never a store.
    """
    new = path.with_name(f"{path.name}.new")
    try:
        if not _was_ours(path):
            raise StoreError(str(path), "no store, but a file of another kind; name another one as `store`")
        for ending in ("", *_LOGS):  # of a rescue that died
            new.with_name(f"{new.name}{ending}").unlink(missing_ok=True)
        with Store(new) as store:
            for table in COLUMNS:
                if table != "sources":
                    for row in _readable(path, table):
                        with suppress(msgspec.MsgspecError, UnicodeDecodeError):
                            store.put_row(table, row)
            store.keep()
        aside = _set_aside(path)
        new.replace(path)
    except OSError as error:
        raise StoreError(str(path), f"is damaged and cannot be replaced: {reason_of(error)}") from error
    return aside


def _was_ours(path: Path) -> bool:
    """Tell whether a build wrote the file: it begins like a store, or a cache stands beside it."""
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC or cache_of(path).exists()


def _set_aside(path: Path) -> Path:
    """Give the damaged file a second name; under its own it stays until the new one takes that."""
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    try:
        aside.hardlink_to(path)
    except OSError:  # not every file system has links
        shutil.copy2(path, aside)
    # A log that SQLite could not fold in must not be taken for one of the new store.
    for ending in _LOGS:
        with suppress(FileNotFoundError):
            path.with_name(f"{path.name}{ending}").rename(aside.with_name(f"{aside.name}{ending}"))
    return aside


def _readable(path: Path, table: str) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a table that can be read, some of them perhaps twice: up to a damage, and from behind it."""
    try:
        yield from _rows(path, table, "ASC")
    except sqlite3.Error:
        behind: list[tuple[Any, ...]] = []
        with suppress(sqlite3.Error):
            behind.extend(_rows(path, table, "DESC"))
        yield from reversed(behind)


def _rows(path: Path, table: str, direction: Literal["ASC", "DESC"]) -> Iterator[tuple[Any, ...]]:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.text_factory = _text
        yield from db.execute(reading(table, direction))


def _text(cell: bytes) -> str | bytes:
    """Return a cell as text; as bytes when it is none, so that its row is refused and the next one read."""
    try:
        return cell.decode()
    except UnicodeDecodeError:
        return cell
