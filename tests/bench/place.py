"""A digest to measure: its folder, and what builds have left in it."""

import json
import sqlite3
import sys
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from digest.build.quiet import note, recall
from digest.build.workplace import Workplace, find
from digest.fetch.schedule import SourceState
from digest.store import Store, cache_of
from tests.bench.archive import page, remember
from tests.bench.cost import Cost, cost

_NEW = 20_000_000
"""Number of the first event that no archive has."""


class Place:
    """A digest in a folder of its own; what is measured is `digest build`, as cron starts it."""

    def __init__(self, folder: Path, count: int, *, feeds: str, followed: int) -> None:
        """
        Found it.

        Args:
            folder: Empty.
            count: How many articles are remembered.
            feeds: Address that feeds are at.
            followed: How many of them are followed.
        """
        self.folder = folder
        self._added = 0
        opened = _now() - timedelta(hours=12)  # so that no edition closes while we measure
        (folder / "seeds").mkdir()
        (folder / "digest.toml").write_text(_settings(opened, feeds, followed), "utf-8")
        if count:
            remember(self._place.store, count, until=opened)

    def build(self, *, is_watched: bool = False) -> Cost:
        """Build."""
        return cost([sys.executable, "-m", "digest", "build"], self.folder, is_watched=is_watched)

    def add(self) -> None:
        """Drop a new article into the folder of seeds."""
        (self.folder / "seeds" / f"article-{self._added}.html").write_bytes(page(_NEW + self._added))
        self._added += 1

    def let_feeds_be_due(self) -> None:
        """Change what is remembered of the feeds as if their answers had been good until now."""
        place, now = self._place, _now()
        before = recall(place)
        with Store(place.store) as store:
            for name, state in store.source_states(SourceState).items():
                store.remember_source(name, replace(state, due=now))
            if before is not None:
                note(replace(before, due=now), store)
            store.keep()

    def files(self) -> Mapping[str, str]:
        """Return path → fingerprint of all that is published."""
        manifest = json.loads((self.folder / "site" / ".digest.json").read_text("utf-8"))
        files: dict[str, str] = manifest["files"]
        return files

    def made(self, room: str) -> frozenset[str]:
        """Return the fingerprints of all that a room's cache holds: `cleaned` or `told`."""
        with closing(sqlite3.connect(cache_of(self._place.store))) as db:
            rows = db.execute("SELECT fingerprint FROM cache WHERE room = ?", (room,)).fetchall()
        return frozenset(fingerprint for (fingerprint,) in rows)

    @property
    def _place(self) -> Workplace:
        return find(self.folder / "digest.toml")


def _settings(opened: datetime, feeds: str, followed: int) -> str:
    tables = "".join(f'[[feeds]]\nurl = "{feeds}/{number}.xml"\n' for number in range(followed))
    return f'[edition]\ncloses = "{opened:%H:%M}"\n[fetch]\nallow_hosts = ["127.0.0.1"]\n{tables}'


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)  # noqa: TID251 - builds look at the clock too
