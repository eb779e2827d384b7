"""One look at a store, for a build that may have nothing to do: a name in, the line that was noted out."""

import sqlite3
from contextlib import closing
from pathlib import Path


def glance(path: Path, name: str) -> str | None:
    """Return a line that a build noted, without waiting for anyone; None when it cannot be had."""
    if not path.exists():
        return None
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=0)) as db:
            row = db.execute("SELECT value FROM notes WHERE name = ?", (name,)).fetchone()
    except sqlite3.Error:
        return None
    return None if row is None else str(row[0])
