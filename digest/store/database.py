"""
An SQLite file and one transaction on it: the ground that the kinds of memory stand on.

A build is one transaction, kept as a whole or not at all, but for what was fetched: that is kept at
once. What SQLite and the disk say is put into words for the user here and nowhere else.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from digest.errors import DamagedError, StoreError, reason_of
from digest.store.schema import DAMAGED, OF_THIS_FILE, migrate

_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_REMEDIES = {
    sqlite3.SQLITE_BUSY: "another program is at work on it; try again when that is done",
    sqlite3.SQLITE_READONLY: "make the file and its folder writable for yourself",
    sqlite3.SQLITE_CANTOPEN: "make the file and its folder readable and writable for yourself",
    sqlite3.SQLITE_FULL: "make room on the disk",
    sqlite3.SQLITE_IOERR: "look whether the disk is full or failing",
}
"""Kind of error → what to do."""


class Database:
    """
    An open store; use it as a context manager.

    Nothing is kept unless `keep` is called before it closes, and nothing at all in a dry run: that works on a copy,
    waits for nobody and keeps nobody waiting.

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
            self._db = _copied(path) if dry_run else _opened(path)
            try:
                self._begin()
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

    def note_damage(self, damage: str) -> None:
        """Have the next build save what it can: to that, the store is damaged."""
        self.forget_last_build()
        self.note(DAMAGED, damage)

    def forget_last_build(self) -> None:
        """Forget what the last build left for the next one, so that the next one does everything."""
        with self._explained():
            self._db.executemany("DELETE FROM notes WHERE name = ?", [(name,) for name in OF_THIS_FILE])
            self._db.execute("DELETE FROM ledger_days")

    def shrink(self) -> None:
        """Give the disk what is no longer needed; only when nothing waits to be kept."""
        with self._explained():
            self._db.execute("VACUUM")

    def _begin(self) -> None:
        # Text that is none is damage too, and SQLite's own way of saying so cannot be told from other trouble.
        self._db.text_factory = bytes.decode
        self._db.execute("BEGIN IMMEDIATE")
        migrate(self._db, self.path)
        if not self._is_dry and (damage := self.noted(DAMAGED)):
            raise DamagedError(str(self.path), damage)

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
            remedy = _REMEDIES.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, "look after the file and its disk")
            raise StoreError(str(self.path), f"cannot be used: {error}; {remedy}") from error
        except OSError as error:
            raise StoreError(str(self.path), f"cannot be used: {reason_of(error)}") from error


def _opened(path: Path) -> sqlite3.Connection:
    """Return the file, opened to be written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    db = sqlite3.connect(path, isolation_level=None, timeout=5)
    try:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
    except BaseException:
        db.close()
        raise
    return db


def _copied(path: Path) -> sqlite3.Connection:
    """Return a copy that is gone when it is closed; an empty one when there is no file."""
    copy = sqlite3.connect("", isolation_level=None)  # in memory, or a temporary file when it is too large for that
    if path.exists():
        with closing(sqlite3.connect(path, isolation_level=None, timeout=5)) as db:
            # `backup` waits for ever where this gives up in time; what it then reads is of one moment.
            db.execute("BEGIN")
            db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            db.backup(copy)
    return copy
