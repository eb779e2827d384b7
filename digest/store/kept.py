"""
The store that a build opens: history and entries in one file, and every row of it for what moves or saves a store.

A row from elsewhere is looked at before it is written, and is written so that it can be used: what it
implies is known too.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from digest.store.entries import Entries
from digest.store.identity import fingerprint
from digest.store.rows import check_row, unpacked
from digest.store.schema import COLUMNS, OF_THIS_FILE, reading


class Store(Entries):
    """Use it as a context manager, and `keep` what is to stay."""

    def damages(self) -> Iterator[str]:
        """Yield what is wrong with the file, as SQLite sees it, and with what it holds; nothing when all is well."""
        with self._explained():
            yield from (line for (line,) in self._db.execute("PRAGMA integrity_check(20)").fetchall() if line != "ok")
            for table in COLUMNS:
                for row in self._db.execute(reading(table)):
                    try:
                        check_row(table, row)
                    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
                        yield f"{table}, {row[0]}: {error}"

    def rows(self, table: str) -> Iterator[tuple[Any, ...]]:
        """
        Yield a table's rows, but for what concerns this machine alone.

        Raises:
            DamagedError: One of them is not what it has to be.
        """
        with self._explained():
            for row in self._db.execute(reading(table)):
                if not _is_of_this_file(table, row):
                    check_row(table, row)
                    yield row

    def put_row(self, table: str, row: Sequence[Any]) -> None:
        """
        Write what another store remembered, unless something of that name is known already.

        Raises:
            msgspec.MsgspecError: It is no row of that table.
            UnicodeDecodeError: The same.
        """
        check_row(table, row)
        if _is_of_this_file(table, row):
            return
        with self._explained():
            if table == "alerts":
                self._put_alert(row[1])  # every store numbers its own
                return
            marks = ", ".join("?" * len(row))
            self._db.execute(f"INSERT OR IGNORE INTO {table} ({', '.join(COLUMNS[table])}) VALUES ({marks})", row)  # noqa: S608
            if table == "entries":
                key, seen, is_backlog, value, *_ = row
                self._db.execute("INSERT OR IGNORE INTO items VALUES (?, ?, ?)", (key, seen, is_backlog))
                self._record_identities(key, [*map(fingerprint, unpacked(value).identities)])


def _is_of_this_file(table: str, row: Sequence[Any]) -> bool:
    return table == "notes" and row[0] in OF_THIS_FILE
