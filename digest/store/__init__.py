"""
What outlives a build: one SQLite file in, values out, and the ledger that a lost store recovers from.

Three tables are history and are never pruned: `items` (first seen), `identities` (what each item
can be recognised by) and `editions` (what each showed). `entries` holds what came over the network and
is nowhere else to be had, `sources` when each feed is to be asked again. `cache` can be lost at any
time. A build is one transaction, kept as a whole or not at all, but for what was fetched: that is kept
at once.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import msgspec

from digest.errors import StoreError
from digest.model import Edition, Item
from digest.store.identity import fingerprint, recognise
from digest.store.ledger import ItemRecord, read_ledger, write_ledger

__all__ = ["Store"]

_MIGRATIONS = (
    """
CREATE TABLE items (key TEXT PRIMARY KEY, first_seen TEXT NOT NULL) WITHOUT ROWID, STRICT;
CREATE TABLE identities (identity TEXT NOT NULL, key TEXT NOT NULL, UNIQUE (identity, key)) STRICT;
CREATE INDEX identities_by_key ON identities (key);
CREATE TABLE editions (id TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID, STRICT;
CREATE TABLE cache (
    room TEXT NOT NULL, fingerprint TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY (room, fingerprint)
) WITHOUT ROWID, STRICT;
""",
    """
CREATE TABLE sources (id TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID, STRICT;
CREATE TABLE entries (
    key TEXT PRIMARY KEY, seen TEXT NOT NULL, is_backlog INTEGER NOT NULL, value BLOB NOT NULL
) WITHOUT ROWID, STRICT;
CREATE INDEX entries_by_sight ON entries (is_backlog, seen);
""",
)
"""What turns a store of version n into one of version n + 1, from 0, the empty file."""
SCHEMA_VERSION = len(_MIGRATIONS)

T = TypeVar("T")


class Store:
    """
    An open store; use it as a context manager.

    Nothing is kept unless `keep` is called before it closes.

    Raises:
        StoreError: The file cannot be opened, is no store, or is of a later version.
    """

    def __init__(self, path: Path, *, dry_run: bool = False) -> None:
        self.path = path
        self._seen_in_this_build: set[tuple[str, str]] = set()
        with self._explained():
            if dry_run and not path.exists():
                self._db = sqlite3.connect(":memory:", isolation_level=None)
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._db = sqlite3.connect(path, isolation_level=None, timeout=5)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = FULL")
            self._db.execute("BEGIN IMMEDIATE")
            self._migrate()

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
        with self._explained():
            self._db.execute("COMMIT")

    def keep_so_far(self) -> None:
        """Keep what was written until now, whatever becomes of the build."""
        with self._explained():
            self._db.execute("COMMIT")
            self._db.execute("BEGIN IMMEDIATE")

    def source_states(self, shape: type[T]) -> dict[str, T]:
        """Return source id → what is remembered of the source, a *shape*."""
        with self._explained():
            rows = self._db.execute("SELECT id, value FROM sources").fetchall()
            return {name: msgspec.json.decode(value, type=shape) for name, value in rows}

    def remember_source(self, name: str, state: object) -> None:
        """Write what is to be remembered of a source."""
        with self._explained():
            self._db.execute("INSERT OR REPLACE INTO sources VALUES (?, ?)", (name, msgspec.json.encode(state)))

    def take(self, items: Sequence[Item], *, now: datetime, is_news: Callable[[int, Item], bool]) -> None:
        """
        Remember the entries of a feed, in place of what was remembered of them.

        Args:
            items: In the order of the feed.
            now: Aware; when those not seen before are first seen.
            is_news: Told the place and the item, says of one not seen before whether it is news; else it
                is backlog, known and never shown.
        """
        with self._explained():
            keys = recognise(items, keys_of=self._keys_of, is_taken=self._is_known)
            for place, (key, item) in enumerate(zip(keys, items, strict=True)):
                is_new = not self._is_known(key)
                self._see(key, item, now=now)
                self._db.execute(
                    "INSERT INTO entries VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
                    (
                        key,
                        now.isoformat(),
                        not (is_new and is_news(place, item)),
                        msgspec.json.encode(replace(item, key=key)),
                    ),
                )

    def entries(self, *, since: datetime) -> tuple[Item, ...]:
        """Return what feeds brought as news since a moment, in order of first sight and key."""
        with self._explained():
            rows = self._db.execute(
                "SELECT value FROM entries WHERE is_backlog = 0 AND seen >= ? ORDER BY seen, key", (since.isoformat(),)
            ).fetchall()
            return tuple(msgspec.json.decode(value, type=Item) for (value,) in rows)

    def recognise(self, items: Sequence[Item], *, now: datetime) -> tuple[str, ...]:
        """
        Return the key that each item is remembered by, and remember the new ones as first seen *now*.

        Identities that disagree with the store are recorded too, behind those it knew.
        """
        with self._explained():
            keys = recognise(items, keys_of=self._keys_of, is_taken=self._is_known)
            for key, item in zip(keys, items, strict=True):
                self._see(key, item, now=now)
            return keys

    def first_seen(self, keys: Iterable[str]) -> dict[str, datetime]:
        """Return key → moment (aware, UTC) for those of *keys* that were seen."""
        with self._explained():
            rows = [
                self._db.execute("SELECT key, first_seen FROM items WHERE key = ?", (key,)).fetchone() for key in keys
            ]
        return {key: datetime.fromisoformat(moment) for key, moment in filter(None, rows)}

    def editions(self) -> tuple[Edition, ...]:
        """Return every edition, newest first."""
        with self._explained():
            rows = self._db.execute("SELECT value FROM editions ORDER BY id DESC").fetchall()
            return tuple(msgspec.json.decode(value, type=Edition) for (value,) in rows)

    def remember(self, edition: Edition) -> None:
        """Write an edition, in place of what was remembered of it."""
        value = msgspec.json.encode(replace(edition, rejections=()))
        with self._explained():
            self._db.execute("INSERT OR REPLACE INTO editions VALUES (?, ?)", (edition.id, value))

    def cached(self, room: str, key: str, shape: type[T]) -> T | None:
        """Return what a room made of the same input before; damage counts as nothing."""
        self._seen_in_this_build.add((room, key))
        with self._explained():
            row = self._db.execute("SELECT value FROM cache WHERE room = ? AND fingerprint = ?", (room, key)).fetchone()
        try:
            return None if row is None else msgspec.json.decode(row[0], type=shape)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return None

    def cache(self, room: str, key: str, value: object) -> None:
        """Remember what a room made of its input."""
        with self._explained():
            self._db.execute("INSERT OR REPLACE INTO cache VALUES (?, ?, ?)", (room, key, msgspec.json.encode(value)))

    def forget_unused(self) -> None:
        """Drop what this build did not ask the cache for."""
        with self._explained():
            kept = self._seen_in_this_build
            rows = self._db.execute("SELECT room, fingerprint FROM cache").fetchall()
            self._db.executemany(
                "DELETE FROM cache WHERE room = ? AND fingerprint = ?", [r for r in rows if r not in kept]
            )

    def ledger(self) -> bytes:
        """Return the history as JSON Lines, the same bytes for the same history."""
        return write_ledger(self._item_records(), reversed(self.editions()))

    def recover(self, ledger: bytes) -> None:
        """
        Add what a ledger remembers and the store does not.

        What both know stays as the store has it, but for the earlier of two first sights.

        Raises:
            StoreError: The ledger is damaged.
        """
        try:
            records, editions = read_ledger(ledger)
        except ValueError as error:
            raise StoreError(str(self.path), f"the site's ledger is damaged: {error}") from error
        with self._explained():
            for record in records:
                self._db.execute(
                    "INSERT INTO items VALUES (?, ?)"
                    " ON CONFLICT DO UPDATE SET first_seen = min(first_seen, excluded.first_seen)",
                    (record.key, record.first_seen),
                )
                self._record_identities(record.key, record.identities)
            self._db.executemany(
                "INSERT OR IGNORE INTO editions VALUES (?, ?)",
                [(edition.id, msgspec.json.encode(edition)) for edition in editions],
            )

    def _is_known(self, key: str) -> bool:
        return self._db.execute("SELECT 1 FROM items WHERE key = ?", (key,)).fetchone() is not None

    def _see(self, key: str, item: Item, *, now: datetime) -> None:
        """Record that an item was seen, and what it was recognised by."""
        self._db.execute("INSERT OR IGNORE INTO items VALUES (?, ?)", (key, now.isoformat()))
        # A renamed file leaves its path to whatever is put there next.
        self._db.execute("DELETE FROM identities WHERE key = ? AND identity LIKE 'path:%'", (key,))
        self._record_identities(key, map(fingerprint, item.identities))

    def _record_identities(self, key: str, fingerprints: Iterable[str]) -> None:
        self._db.executemany("INSERT OR IGNORE INTO identities VALUES (?, ?)", [(mark, key) for mark in fingerprints])

    def _item_records(self) -> Iterator[ItemRecord]:
        for key, first_seen in self._db.execute("SELECT key, first_seen FROM items ORDER BY key").fetchall():
            rows = self._db.execute("SELECT identity FROM identities WHERE key = ? ORDER BY identity", (key,))
            yield ItemRecord(key=key, first_seen=first_seen, identities=tuple(row[0] for row in rows))

    def _keys_of(self, identity: str) -> tuple[str, ...]:
        """Return the keys that an identity was recorded for, the first one first."""
        rows = self._db.execute(
            "SELECT key FROM identities WHERE identity = ? ORDER BY rowid", (fingerprint(identity),)
        )
        return tuple(row[0] for row in rows)

    def _migrate(self) -> None:
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version > SCHEMA_VERSION:
            raise StoreError(str(self.path), f"made by a later version of digest (schema {version}); upgrade")
        for script in _MIGRATIONS[version:]:
            for statement in script.strip().split(";\n"):
                self._db.execute(statement)
        self._db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn what SQLite and the disk say into words for the user."""
        try:
            yield
        except (sqlite3.Error, OSError, msgspec.MsgspecError) as error:
            remedy = "move it away, and the next build recovers from the site's ledger"
            raise StoreError(str(self.path), f"cannot be used: {error}; {remedy}") from error
