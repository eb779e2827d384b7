"""
A damaged store in, what can still be read of it in a new one out.

The damaged file is moved aside and never deleted. Rows are read from both ends of each table, so that
a damaged page in the middle costs what stands on it; what is lost of the history comes back from the
site's ledger at the next build.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import msgspec

from digest.errors import StoreError
from digest.model import Alert, Edition
from digest.store.cache import cache_of
from digest.store.database import Database
from digest.store.schema import COLUMNS

_MAGIC = b"SQLite format 3\0"
_SHAPES: dict[str, type] = {"editions": Edition, "alerts": Alert}
"""Tables whose values have to be what a build has written."""


def rescue(path: Path) -> Path:
    """
    Put a new store in the place of a damaged one.

    Returns:
        Where the damaged one is now.

    Raises:
        StoreError: The folder cannot be written, or the file was never a store.
    """
    try:
        if not _was_ours(path):
            raise StoreError(str(path), "no store, but a file of another kind; name another one as `store`")
        aside = _moved_aside(path)
        with Database(path) as store:
            for table, columns in COLUMNS.items():
                for row in _readable(aside, table, columns):
                    store.put_row(table, row)
            store.keep()
    except OSError as error:
        raise StoreError(str(path), f"is damaged and cannot be moved aside: {error.strerror}") from error
    return aside


def _was_ours(path: Path) -> bool:
    """Tell whether a build wrote the file: it begins like a store, or a cache stands beside it."""
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC or cache_of(path).exists()


def _moved_aside(path: Path) -> Path:
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    path.rename(aside)
    for suffix in ("-wal", "-shm"):
        with suppress(FileNotFoundError):
            path.with_name(f"{path.name}{suffix}").rename(aside.with_name(f"{aside.name}{suffix}"))
    return aside


def _readable(path: Path, table: str, columns: tuple[str, ...]) -> Iterator[tuple[object, ...]]:
    """Yield the rows of a table that can be read, some of them perhaps twice."""
    shape = _SHAPES.get(table)
    for order in ("ASC", "DESC"):
        with suppress(sqlite3.Error), closing(sqlite3.connect(path, isolation_level=None)) as db:
            for row in db.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY 1 {order}"):  # noqa: S608 - ours
                if shape is None or _is(shape, row[1]):
                    yield row


def _is(shape: type, value: bytes) -> bool:
    try:
        msgspec.json.decode(value, type=shape)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return False
    return True
