"""
An SQLite file and one transaction on it: the ground that the kinds of memory stand on.

A build is one transaction, kept as a whole or not at all, but for what was fetched: that is kept at
once. What SQLite and the disk say is put into words for the user here and nowhere else.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec

from digest.errors import DamagedError, StoreError
from digest.store.schema import COLUMNS, migrate

_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


class Database:
    """
    An open store; use it as a context manager.

    Nothing is kept unless `keep` is called before it closes, and nothing at all in a dry run.

    Raises:
        DamagedError: The file is no store, or no longer one.
        StoreError: The file cannot be opened, or is of a later version.
    """

    def __init__(self, path: Path, *, dry_run: bool = False) -> None:
        self.path = path
        self.changes = 0
        """How often something was written that an edition or the ledger may show."""
        self._is_dry = dry_run
        with self._explained():
            if dry_run and not path.exists():
                self._db = sqlite3.connect(":memory:", isolation_level=None)
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._db = sqlite3.connect(path, isolation_level=None, timeout=5)
            try:
                self._db.execute("PRAGMA journal_mode = WAL")
                self._db.execute("PRAGMA synchronous = FULL")
                self._db.execute("BEGIN IMMEDIATE")
                migrate(self._db, path)
            except BaseException:
                self._db.close()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")
        self._db.close()

    def keep(self) -> None:
        """Keep what this build has written."""
        if not self._is_dry:
            with self._explained():
                self._db.execute("COMMIT")

    def keep_so_far(self) -> None:
        """Keep what was written until now, whatever becomes of the build."""
        if not self._is_dry:
            with self._explained():
                self._db.execute("COMMIT")
                self._db.execute("BEGIN IMMEDIATE")

    def note(self, name: str, value: str) -> None:
        """Write a line that a later build wants to find again."""
        with self._explained():
            self._db.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, value))

    def noted(self, name: str) -> str | None:
        """Return the line of that name, if one was written."""
        with self._explained():
            row = self._db.execute("SELECT value FROM notes WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def damages(self) -> tuple[str, ...]:
        """Return what SQLite finds wrong with the file, nothing when all is well."""
        with self._explained():
            rows = self._db.execute("PRAGMA integrity_check(20)").fetchall()
        return tuple(str(line) for (line,) in rows if line != "ok")

    def shrink(self) -> None:
        """Give the disk what is no longer needed; only when nothing waits to be kept."""
        with self._explained():
            self._db.execute("VACUUM")

    def rows(self, table: str) -> Iterator[tuple[Any, ...]]:
        """Yield a table's rows in the order in which they were written, or by key where there is no such order."""
        order = "rowid" if table == "identities" else "1"
        with self._explained():
            yield from self._db.execute(f"SELECT {', '.join(COLUMNS[table])} FROM {table} ORDER BY {order}")  # noqa: S608

    def put_row(self, table: str, row: Sequence[object]) -> None:
        """
        Write a row unless it is there already.

        Raises:
            KeyError: There is no such table.
        """
        columns = COLUMNS[table]
        marks = ", ".join("?" * len(columns))
        with self._explained():
            self._db.execute(f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({marks})", tuple(row))  # noqa: S608

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn what SQLite and the disk say into words for the user."""
        try:
            yield
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise DamagedError(str(self.path), str(error)) from error
        except sqlite3.DatabaseError as error:
            # The low byte is the kind of error; what is above it tells kinds of kinds apart.
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGE:
                raise DamagedError(str(self.path), str(error)) from error
            raise StoreError(str(self.path), f"cannot be used: {error}") from error
        except OSError as error:
            raise StoreError(str(self.path), f"cannot be used: {(error.strerror or str(error)).lower()}") from error
