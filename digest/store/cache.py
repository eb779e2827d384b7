"""
The cache: what rooms made of their input, in a file of its own that may be lost at any time.

It stands beside the store, is written without waiting for the disk, and is begun anew when it is
damaged: whatever it held is made again, the same bytes.
"""

import contextlib
import hashlib
import sqlite3
from pathlib import Path
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")

_TABLE = """
CREATE TABLE IF NOT EXISTS cache (
    room TEXT NOT NULL, fingerprint TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY (room, fingerprint)
) WITHOUT ROWID, STRICT
"""


_SEAL = 8
"""Bytes before each value that tell whether it is still what was put in."""


def cache_of(store: Path) -> Path:
    """Return where the cache of a store stands."""
    return store.with_name(f"{store.stem}.cache{store.suffix}")


class Cache:
    """An open cache. Trouble with its file is never an error: then nothing is found, and nothing kept."""

    def __init__(self, path: Path, *, dry_run: bool = False) -> None:
        self._path = path
        self._is_dry = dry_run
        self._asked_for: set[tuple[str, str]] = set()
        self._db: sqlite3.Connection | None = None
        if not dry_run or path.exists():
            self._db = self._opened() or self._begun_anew()

    def get(self, room: str, key: str, shape: type[T]) -> T | None:
        """Return what a room made of the same input before; damage counts as nothing."""
        self._asked_for.add((room, key))
        rows = self._ask("SELECT value FROM cache WHERE room = ? AND fingerprint = ?", (room, key))
        sealed = rows[0][0] if rows else b""
        body = sealed[_SEAL:]
        if sealed != _sealed(body, room, key):
            return None
        try:
            return msgspec.json.decode(body, type=shape)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return None

    def put(self, room: str, key: str, value: object) -> None:
        """Remember what a room made of its input."""
        self._asked_for.add((room, key))
        sealed = _sealed(msgspec.json.encode(value), room, key)
        self._ask("INSERT OR REPLACE INTO cache VALUES (?, ?, ?)", (room, key, sealed))

    def forget_unused(self) -> None:
        """Drop what was neither asked for nor put in since the cache was opened."""
        unused = [row for row in self._ask("SELECT room, fingerprint FROM cache") if row not in self._asked_for]
        for row in unused:
            self._ask("DELETE FROM cache WHERE room = ? AND fingerprint = ?", row)

    def keep(self) -> None:
        """Keep what was put in."""
        if not self._is_dry:
            self._ask("COMMIT")
            self._ask("BEGIN")

    def close(self) -> None:
        """Close the file; what was put in since the last `keep` is gone."""
        if self._db is not None:
            with contextlib.suppress(sqlite3.Error):
                self._db.close()
            self._db = None

    def _ask(self, statement: str, values: tuple[object, ...] = ()) -> list[Any]:
        if self._db is None:
            return []
        try:
            return self._db.execute(statement, values).fetchall()
        except sqlite3.DatabaseError:
            self.close()
            self._db = None if self._is_dry else self._begun_anew()
            return []

    def _opened(self) -> sqlite3.Connection | None:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            db = sqlite3.connect(self._path, isolation_level=None, timeout=5)
        except (sqlite3.Error, OSError):
            return None
        try:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = OFF")
            db.execute("BEGIN")
            db.execute(_TABLE)
        except sqlite3.Error:
            db.close()
            return None
        return db

    def _begun_anew(self) -> sqlite3.Connection | None:
        with contextlib.suppress(OSError):
            for suffix in ("", "-wal", "-shm"):
                self._path.with_name(f"{self._path.name}{suffix}").unlink(missing_ok=True)
        return self._opened()


def _sealed(body: bytes, room: str, key: str) -> bytes:
    """Return a value with its seal before it."""
    seal = hashlib.blake2b(f"{room} {key}\n".encode(), digest_size=_SEAL)
    seal.update(body)
    return seal.digest() + body
