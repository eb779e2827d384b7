"""
What came over the network and is nowhere else to be had, and when to ask for more.

An entry is kept as its feed gave it. One that waits for the page it leads to is handed out when it
has that page, or when the wait is over; what a feed says of it later does not replace a page.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

import msgspec

from digest.model import Item
from digest.store.history import History
from digest.store.identity import fingerprint, recognise
from digest.store.rows import packed, unpacked

T = TypeVar("T")


class Entries(History):
    """What feeds and pages brought, and the state of every source."""

    def source_states(self, shape: type[T]) -> dict[str, T]:
        """Return source id → what is remembered of the source, a *shape*; damage counts as nothing."""
        decode = msgspec.json.Decoder(shape).decode
        states: dict[str, T] = {}
        with self._explained():
            for name, value in self._db.execute("SELECT id, value FROM sources ORDER BY id").fetchall():
                # The source is asked anew then, and that is all.
                with suppress(msgspec.MsgspecError, UnicodeDecodeError):
                    states[name] = decode(value)
        return states

    def remember_source(self, name: str, state: object) -> None:
        """Write what is to be remembered of a source."""
        with self._explained():
            self._db.execute("INSERT OR REPLACE INTO sources VALUES (?, ?)", (name, msgspec.json.encode(state)))

    def forget_source(self, name: str) -> None:
        """Forget what was remembered of a source."""
        with self._explained():
            self._db.execute("DELETE FROM sources WHERE id = ?", (name,))

    def is_first_day(self, source: str, items: Sequence[Item]) -> bool:
        """
        Tell whether a source is read for the first time.

        One that only has a new address is known by its entries.
        """
        with self._explained():
            read = self._db.execute("SELECT 1 FROM feeds_read WHERE mark = ?", (fingerprint(f"feed:{source}"),))
            if read.fetchone() is not None:
                return False
            known = sum(any(map(self._keys_of, item.identities)) for item in items)
            return known * 2 <= len(items)

    def end_first_day(self, source: str) -> None:
        """Remember that a source was read to its end."""
        with self._explained():
            mark = fingerprint(f"feed:{source}")
            self.changes += self._db.execute("INSERT OR IGNORE INTO feeds_read VALUES (?)", (mark,)).rowcount

    def take(
        self,
        items: Sequence[Item],
        *,
        now: datetime,
        is_news: Callable[[Item], bool],
        awaits_page: Callable[[Item], bool] = lambda _: False,
    ) -> None:
        """
        Remember the entries of a feed, in place of what the same feed said of them before.

        An entry belongs to the feed that brought it first, and keeps the earliest date that it ever bore.

        Args:
            items: In the order of the feed.
            now: Aware; when those not seen before are first seen.
            is_news: Says of an item not seen before whether it is news; else it is backlog, known and never shown.
            awaits_page: Whether an item not seen before, being news, waits for the page it leads to.
        """
        with self._explained():
            keys = recognise(items, keys_of=self._keys_of, is_taken=self._is_known)
            for key, item in zip(keys, items, strict=True):
                first_seen, was_backlog = self._sight(key) or (now.isoformat(), True)
                # Two feeds may bring it in one build, in either order.
                is_new = first_seen == now.isoformat()
                is_backlog = was_backlog and not (is_new and is_news(item))
                self._see(key, item, now=now, is_backlog=is_backlog)
                state = "awaited" if not is_backlog and awaits_page(item) else "as fed"
                self._write_entry(replace(item, key=key), first_seen, state, is_new=is_new, is_backlog=is_backlog)

    def take_link(self, item: Item, *, now: datetime) -> str:
        """Remember the page behind a link as an entry that is news, and return its key."""
        with self._explained():
            [key] = recognise([item], keys_of=self._keys_of, is_taken=self._is_known)
            self._see(key, item, now=now)
            self._write_entry(replace(item, key=key), now.isoformat(), "page", is_new=True, is_backlog=False)
            # It may have been backlog until somebody asked for it.
            self._db.execute(
                "UPDATE entries SET is_backlog = 0, seen = iif(is_backlog, ?, seen), value = ?, state = 'page'"
                " WHERE key = ?",
                (now.isoformat(), packed(replace(item, key=key)), key),
            )
            return key

    def settle(self, item: Item) -> None:
        """Write what an entry that awaited its page has come to, under its key: the page, or the entry as it was."""
        with self._explained():
            self._db.execute("UPDATE entries SET value = ?, state = 'page' WHERE key = ?", (packed(item), item.key))
            self.changes += 1
            self._see(item.key, item, now=self.first_seen([item.key])[item.key])

    def entries(self, *, since: datetime) -> tuple[Item, ...]:
        """Return what came as news since a moment and awaits no page, in order of first sight and key."""
        with self._explained():
            rows = self._db.execute(
                "SELECT value FROM entries WHERE is_backlog = 0 AND state != 'awaited' AND seen >= ?"
                " ORDER BY seen, key",
                (since.isoformat(),),
            ).fetchall()
            return tuple(unpacked(value) for (value,) in rows)

    def awaiting(self) -> tuple[Item, ...]:
        """Return the entries that await their page, in order of first sight and key."""
        with self._explained():
            rows = self._db.execute("SELECT value FROM entries WHERE state = 'awaited' ORDER BY seen, key").fetchall()
            return tuple(unpacked(value) for (value,) in rows)

    def entry(self, key: str) -> Item | None:
        """Return the entry of that key."""
        with self._explained():
            row = self._db.execute("SELECT value FROM entries WHERE key = ?", (key,)).fetchone()
            return None if row is None else unpacked(row[0])

    def has_entry(self, key: str) -> bool:
        """Tell whether there is an entry of that key."""
        with self._explained():
            return self._db.execute("SELECT 1 FROM entries WHERE key = ?", (key,)).fetchone() is not None

    def prune(self, *, before: datetime) -> int:
        """
        Let the texts of entries go that were first seen before a moment; that they were seen stays known.

        Those that await their page stay.

        Returns:
            How many.
        """
        with self._explained():
            return self._db.execute(
                "DELETE FROM entries WHERE seen < ? AND state != 'awaited'", (before.isoformat(),)
            ).rowcount

    def _sight(self, key: str) -> tuple[str, bool] | None:
        """Return when an item was first seen, and whether it was backlog then; None of one that is new."""
        row = self._db.execute("SELECT first_seen, is_backlog FROM items WHERE key = ?", (key,)).fetchone()
        return None if row is None else (row[0], bool(row[1]))

    def _write_entry(self, item: Item, seen: str, state: str, *, is_new: bool, is_backlog: bool) -> None:
        """Write an entry unless it stands so already, is another's, or has become a page."""
        row = self._db.execute(
            "SELECT value, state, source, is_backlog FROM entries WHERE key = ?", (item.key,)
        ).fetchone()
        if row is None:
            values = (item.key, seen, is_backlog, packed(item), state, item.source.id)
            self._db.execute(
                "INSERT INTO entries (key, seen, is_backlog, value, state, source) VALUES (?, ?, ?, ?, ?, ?)", values
            )
            self.changes += 1
            return
        value, known_state, source, was_backlog = row
        if was_backlog and not is_backlog:
            self._db.execute("UPDATE entries SET is_backlog = 0, state = ? WHERE key = ?", (state, item.key))
            self.changes += 1
        # Of two feeds that bring it in one build it belongs to the same one, whichever answered first.
        is_its_own = source in {"", item.source.id} or (is_new and item.source.id < source)
        item = _with_first_date(item, unpacked(value))
        if is_its_own and known_state != "page" and packed(item) != value:
            self._db.execute(
                "UPDATE entries SET value = ?, source = ? WHERE key = ?", (packed(item), item.source.id, item.key)
            )
            self.changes += 1


def _with_first_date(item: Item, before: Item) -> Item:
    """Return an item with the earlier of the two dates: an old post that is dated anew is an old post."""
    first, now = before.declared.published, item.declared.published
    if first is None or (now is not None and now.instant <= first.instant):
        return item
    return replace(item, declared=replace(item.declared, published=first))
