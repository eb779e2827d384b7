"""The store looked after by hand: checked, pruned, written out as one file, read in again."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from digest import addresses, publish
from digest.build.lock import hold
from digest.build.workplace import Workplace
from digest.errors import DamagedError, StoreError
from digest.fetch.schedule import SourceState
from digest.store import Cache, Store, cache_of, export_lines, import_lines


def check_store(place: Workplace) -> tuple[str, ...]:
    """
    Read all that the store remembers, and compare it with the site's ledger.

    Returns:
        What is wrong, a line each; the next build mends it.

    Raises:
        StoreError: There is no store, or it cannot be opened.
    """
    _needed(place)
    findings: list[str] = []
    with hold(place.lock):
        try:
            with Store(place.store, dry_run=True) as store:
                findings += (f"{place.store}: {line}" for line in store.damages())
                store.editions()
                store.alerts()
                store.source_states(SourceState)
                store.entries(since=datetime.min.replace(tzinfo=UTC))
                ledger = publish.read(place.site, addresses.HISTORY)
                if ledger is not None and hashlib.sha256(ledger).digest() != hashlib.sha256(store.ledger()).digest():
                    findings.append(f"{place.site / addresses.HISTORY}: tells another history than {place.store}")
        except DamagedError as error:
            findings.append(str(error))
    return tuple(findings)


def prune(place: Workplace, *, older_than: timedelta) -> int:
    """
    Let the texts of old entries go, and make the file smaller; what was seen and shown stays known.

    Returns:
        How many texts went.
    """
    _needed(place)
    with hold(place.lock):
        with Store(place.store) as store:
            count = store.prune(before=datetime.now(UTC) - older_than)
            store.keep()
            store.shrink()
        cache = Cache(cache_of(place.store))
        cache.forget_unused()  # nothing was asked for
        cache.keep()
        cache.close()
    return count


def export(place: Workplace) -> Iterator[bytes]:
    """Yield everything that the store remembers, a line at a time; see `digest.store.portable`."""
    _needed(place)
    with hold(place.lock), Store(place.store, dry_run=True) as store:
        yield from export_lines(store)


def import_(place: Workplace, file: Path) -> int:
    """
    Add to the store what another one remembered.

    Returns:
        How many things there were in *file*.

    Raises:
        StoreError: *file* cannot be read or used; the store is as it was.
    """
    try:
        with hold(place.lock), file.open("rb") as lines, Store(place.store) as store:
            count = import_lines(store, lines, name=str(file))
            store.keep()
            return count
    except OSError as error:
        raise StoreError(str(file), f"cannot be read: {(error.strerror or '').lower()}") from error


def _needed(place: Workplace) -> None:
    if not place.store.exists():
        raise StoreError(str(place.store), "no store here yet; `digest build` makes one")
