"""
The tables of the store, and how an older store becomes one of today.

`items` (first seen), `identities` (what each item can be recognised by), `editions` (what each showed), `alerts` and
`feeds_read` (whose first day is over) are history and never pruned; `ledger_days` are lines of the ledger that
are written already.
`entries` holds what came over the network and is nowhere else to be had, `sources` when each feed is to
be asked again, `notes` lines from one build to the next.
"""

import sqlite3
from pathlib import Path
from typing import Literal

from digest.errors import StoreError

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
    """
DROP TABLE cache;
ALTER TABLE items ADD COLUMN is_backlog INTEGER NOT NULL DEFAULT 0;
UPDATE items SET is_backlog = 1 WHERE key IN (SELECT key FROM entries WHERE is_backlog = 1);
CREATE INDEX items_by_sight ON items (first_seen);
UPDATE OR IGNORE identities SET identity = substr(identity, 1, instr(identity, ':') + 16);
ALTER TABLE entries ADD COLUMN state TEXT NOT NULL DEFAULT 'as fed';
ALTER TABLE entries ADD COLUMN source TEXT NOT NULL DEFAULT '';
CREATE TABLE feeds_read (mark TEXT PRIMARY KEY) WITHOUT ROWID, STRICT;
CREATE TABLE alerts (id INTEGER PRIMARY KEY, value BLOB NOT NULL) STRICT;
CREATE TABLE ledger_days (day TEXT PRIMARY KEY, line BLOB NOT NULL) WITHOUT ROWID, STRICT;
CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID, STRICT;
""",
)
"""What turns a store of version n into one of version n + 1, from 0, the empty file."""
SCHEMA_VERSION = len(_MIGRATIONS)

COLUMNS: dict[str, dict[str, type]] = {
    "items": {"key": str, "first_seen": str, "is_backlog": int},
    "identities": {"identity": str, "key": str},
    "editions": {"id": str, "value": bytes},
    "alerts": {"id": int, "value": bytes},
    "feeds_read": {"mark": str},
    "sources": {"id": str, "value": bytes},
    "entries": {"key": str, "seen": str, "is_backlog": int, "value": bytes, "state": str, "source": str},
    "notes": {"name": str, "value": str},
}
"""Table → its columns → what they hold, for all that cannot be made again."""
DAMAGED = "damaged"
"""Name of the note that tells the next build of a damage which it might not come across."""
OF_THIS_FILE = frozenset({"quiet", "ledger", DAMAGED})
"""Names of the notes of what the last build left, and of this file's state; they are of no use to another store."""


def reading(table: str, direction: Literal["ASC", "DESC"] = "ASC") -> str:
    """Return the query for a table's rows, in the order in which they were written where that matters, else by key."""
    order = "rowid" if table == "identities" else "1"
    return f"SELECT {', '.join(COLUMNS[table])} FROM {table} ORDER BY {order} {direction}"  # noqa: S608 - our own words


def migrate(db: sqlite3.Connection, path: Path) -> None:
    """
    Make the tables what they are today, within the transaction that is open.

    Raises:
        StoreError: The store is of a later version.
    """
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version > SCHEMA_VERSION:
        raise StoreError(str(path), f"made by a later version of digest (schema {version}); upgrade")
    if version == SCHEMA_VERSION:
        return
    for script in _MIGRATIONS[version:]:
        for statement in script.strip().split(";\n"):
            db.execute(statement)
    db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
