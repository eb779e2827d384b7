"""
History, never lost: when each item was first seen, what each edition showed, what the owner was told.

The same stands in the site as a ledger, from which a fresh machine recovers. Its lines are written
once a day of first sights and kept, so that it costs what changed and not what there is.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

import msgspec

from digest import addresses
from digest.errors import StoreError
from digest.model import Alert, Edition, Item
from digest.store.database import Database
from digest.store.identity import fingerprint, recognise
from digest.store.ledger import ItemRecord, alert_line, edition_line, feeds_line, header, items_line, read_ledger
from digest.store.rows import moment_of
from digest.text import canonical


class History(Database):
    """What was seen, shown and told."""

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

    def key_of(self, name: str) -> str | None:
        """Return the key of the item that a key, the path of a file or an address stands for, if it was seen."""
        address = canonical(name)
        with self._explained():
            if self._is_known(name):
                return name
            for identity in (f"path:{name}", *([f"url:{address}"] if address else [])):
                for key in self._keys_of(identity):
                    return key
        return None

    def first_seen(self, keys: Iterable[str]) -> dict[str, datetime]:
        """Return key → moment (aware, UTC) for those of *keys* that were seen."""
        with self._explained():
            rows = [
                self._db.execute("SELECT key, first_seen FROM items WHERE key = ?", (key,)).fetchone() for key in keys
            ]
            return {key: moment_of(moment) for key, moment in filter(None, rows)}

    def editions(self) -> tuple[Edition, ...]:
        """Return every edition, newest first."""
        decode = msgspec.json.Decoder(Edition).decode
        with self._explained():
            rows = self._db.execute("SELECT value FROM editions ORDER BY id DESC").fetchall()
            return tuple(decode(value) for (value,) in rows)

    def last_edition(self) -> Edition | None:
        """Return the newest edition."""
        with self._explained():
            row = self._db.execute("SELECT value FROM editions ORDER BY id DESC LIMIT 1").fetchone()
            return None if row is None else msgspec.json.decode(row[0], type=Edition)

    def remember(self, edition: Edition) -> None:
        """Write an edition, in place of what was remembered of it."""
        value = msgspec.json.encode(replace(edition, rejections=()))
        with self._explained():
            self._db.execute("INSERT OR REPLACE INTO editions VALUES (?, ?)", (edition.id, value))
        self.changes += 1

    def alerts(self) -> tuple[Alert, ...]:
        """Return what the owner was told of sources, oldest first."""
        with self._explained():
            rows = self._db.execute("SELECT value FROM alerts ORDER BY id").fetchall()
            alerts = [msgspec.json.decode(value, type=Alert) for (value,) in rows]
        # Those of another store may have been added behind our own.
        return tuple(sorted(alerts, key=lambda alert: alert.moment))

    def record_alert(self, alert: Alert) -> None:
        """Remember what the owner is told."""
        with self._explained():
            self._db.execute("INSERT INTO alerts (value) VALUES (?)", (msgspec.json.encode(alert),))
        self.changes += 1

    def ledger(self) -> bytes:
        """Return the history as JSON Lines, the same bytes for the same history."""
        with self._explained():
            self._write_days()
            days = self._db.execute("SELECT line FROM ledger_days ORDER BY day").fetchall()
            editions = self._db.execute("SELECT value FROM editions ORDER BY id").fetchall()
            alerts = self._db.execute("SELECT value FROM alerts ORDER BY id").fetchall()
            read = self._db.execute("SELECT mark FROM feeds_read ORDER BY mark").fetchall()
        lines = [
            header(),
            *(line for (line,) in days),
            *(edition_line(value) for (value,) in editions),
            *(alert_line(value) for (value,) in alerts),
            *([feeds_line(mark for (mark,) in read)] if read else []),
        ]
        return b"".join(lines)

    def recover(self, ledger: bytes, *, name: str = addresses.HISTORY) -> None:
        """
        Add what a ledger remembers and the store does not.

        What both know stays as the store has it, but for the earlier of two first sights and the later of two states
        of an edition: a build may have been killed when it had published and not yet kept.

        Args:
            ledger: As `ledger` gave it.
            name: What messages call its file.

        Raises:
            StoreError: The ledger cannot be used; nothing of it was added.
        """
        try:
            told = read_ledger(ledger)
        except ValueError as error:
            raise StoreError(name, str(error)) from error
        self.changes += 1
        with self._explained():
            for record in told.items:
                self._recover_item(record)
            for edition in told.editions:
                self._recover_edition(edition)
            self._db.executemany("INSERT OR IGNORE INTO feeds_read VALUES (?)", [(mark,) for mark in told.feeds_read])
            for alert in told.alerts:
                self._put_alert(msgspec.json.encode(alert))

    def is_empty(self) -> bool:
        """Tell whether nothing was ever seen or shown."""
        with self._explained():
            row = self._db.execute("SELECT EXISTS (SELECT 1 FROM items), EXISTS (SELECT 1 FROM editions)").fetchone()
        return not any(row)

    def _recover_item(self, record: ItemRecord) -> None:
        row = self._db.execute("SELECT first_seen FROM items WHERE key = ?", (record.key,)).fetchone()
        if row is None or record.first_seen < row[0]:
            if row is not None:
                self._forget_day(row[0])
            self._forget_day(record.first_seen)
            self._db.execute(
                "INSERT OR REPLACE INTO items VALUES (?, ?, ?)", (record.key, record.first_seen, record.is_backlog)
            )
        self._record_identities(record.key, record.identities)

    def _recover_edition(self, edition: Edition) -> None:
        row = self._db.execute("SELECT value FROM editions WHERE id = ?", (edition.id,)).fetchone()
        known = None if row is None else msgspec.json.decode(row[0], type=Edition)
        if known is None or (edition.issued, edition.closed) > (known.issued, known.closed):
            value = msgspec.json.encode(edition)
            self._db.execute("INSERT OR REPLACE INTO editions VALUES (?, ?)", (edition.id, value))

    def _put_alert(self, value: bytes) -> None:
        """Record an alert, given as JSON, unless the same was told already."""
        self._db.execute(
            "INSERT INTO alerts (value) SELECT ? WHERE NOT EXISTS (SELECT 1 FROM alerts WHERE value = ?)",
            (value, value),
        )

    def _is_known(self, key: str) -> bool:
        return self._db.execute("SELECT 1 FROM items WHERE key = ?", (key,)).fetchone() is not None

    def _see(self, key: str, item: Item, *, now: datetime, is_backlog: bool = False) -> None:
        """Record that an item was seen, and what it was recognised by; one that was news once is no backlog."""
        marks = {fingerprint(identity) for identity in item.identities}
        rows = self._db.execute("SELECT identity FROM identities WHERE key = ?", (key,))
        known = {mark for (mark,) in rows}
        # A renamed file leaves its path to whatever is put there next.
        paths = {mark for mark in known - marks if mark.startswith("path:")}
        self._db.executemany("DELETE FROM identities WHERE key = ? AND identity = ?", [(key, mark) for mark in paths])
        row = self._db.execute("SELECT is_backlog FROM items WHERE key = ?", (key,)).fetchone()
        self._db.execute(
            "INSERT INTO items VALUES (?, ?, ?)"
            " ON CONFLICT DO UPDATE SET is_backlog = min(is_backlog, excluded.is_backlog)",
            (key, now.isoformat(), is_backlog),
        )
        if row is None or (row[0] and not is_backlog) or paths or not marks <= known:
            in_order = dict.fromkeys(map(fingerprint, item.identities))
            self._record_identities(key, [mark for mark in in_order if mark not in known])
            self._forget_day_of(key)
            self.changes += 1

    def _record_identities(self, key: str, fingerprints: Sequence[str]) -> None:
        changed = self._db.executemany(
            "INSERT OR IGNORE INTO identities VALUES (?, ?)", [(mark, key) for mark in fingerprints]
        ).rowcount
        if changed > 0:
            self._forget_day_of(key)

    def _keys_of(self, identity: str) -> tuple[str, ...]:
        """Return the keys that an identity was recorded for, the first one first."""
        rows = self._db.execute(
            "SELECT key FROM identities WHERE identity = ? ORDER BY rowid", (fingerprint(identity),)
        )
        return tuple(row[0] for row in rows)

    def _forget_day_of(self, key: str) -> None:
        for (moment,) in self._db.execute("SELECT first_seen FROM items WHERE key = ?", (key,)).fetchall():
            self._forget_day(moment)

    def _forget_day(self, moment: str) -> None:
        """Take back the ledger's line of the day that a moment (ISO 8601, UTC) falls on."""
        self._db.execute("DELETE FROM ledger_days WHERE day = ?", (moment[:10],))

    def _write_days(self) -> None:
        """Write those lines of the ledger that are missing."""
        days = self._db.execute(
            "SELECT DISTINCT substr(first_seen, 1, 10) AS day FROM items"
            " WHERE day NOT IN (SELECT day FROM ledger_days) ORDER BY day"
        ).fetchall()
        for (day,) in days:
            line = items_line(self._item_records(day))
            self._db.execute("INSERT INTO ledger_days VALUES (?, ?)", (day, line))

    def _item_records(self, day: str) -> Iterator[ItemRecord]:
        """Yield what was first seen on a day, by moment and key."""
        rows = self._db.execute(
            "SELECT key, first_seen, is_backlog FROM items WHERE first_seen >= ? AND first_seen < ?"
            " ORDER BY first_seen, key",
            (day, f"{day}U"),  # U follows the T behind the day
        ).fetchall()
        for key, first_seen, is_backlog in rows:
            marks = self._db.execute("SELECT identity FROM identities WHERE key = ? ORDER BY identity", (key,))
            yield ItemRecord(
                key=key,
                first_seen=first_seen,
                identities=tuple(mark for (mark,) in marks),
                is_backlog=bool(is_backlog),
            )
