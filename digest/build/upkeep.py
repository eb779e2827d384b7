"""The store looked after by hand: checked, pruned, written out as one file, read in again."""

import math
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from digest import addresses, pipeline, publish
from digest.build.lock import hold
from digest.build.workplace import Workplace
from digest.errors import DamagedError, SettingsError, StoreError, reason_of
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
    with hold(place.lock):
        try:
            with Store(place.store, dry_run=True) as store:
                damages = [*store.damages()]
                tells = store.ledger()
        except DamagedError as error:
            damages, tells = [error.damage], None
        if damages:
            _leave_word(place, damages[0])
        told = publish.read(place.site, addresses.HISTORY)
    findings = [f"{place.store}: {damage}" for damage in damages]
    if tells is not None and told is not None and told != tells:
        findings.append(f"{place.site / addresses.HISTORY}: tells another history than {place.store}")
    return tuple(findings)


def prune(place: Workplace, *, older_than: timedelta) -> int:
    """
    Let the texts of old entries go, and make the file smaller; what was seen and shown stays known.

    Returns:
        How many texts went.

    Raises:
        SettingsError: What is as young as that may still be needed.
        StoreError: There is no store, or it cannot be written.
    """
    _needed(place)
    now = datetime.now(UTC)
    with hold(place.lock):
        with Store(place.store) as store:
            current = pipeline.period(place.settings, now=now, last=store.last_edition())
            needed = pipeline.since(place.settings, current)
            if now - older_than > needed:
                days = math.ceil((now - needed) / timedelta(days=1))
                raise SettingsError("--older-than", f"younger texts may still be shown; it takes `{days} days` or more")
            count = store.prune(before=now - older_than)
            store.keep()
            store.shrink()
        cache = Cache(cache_of(place.store))
        cache.forget_unused()  # nothing was asked for
        cache.keep()
        cache.close()
    return count


def export(place: Workplace) -> Iterator[bytes]:
    """
    Yield everything that the store remembers, a line at a time; see `digest.store.portable`.

    Raises:
        StoreError: There is no store, or it cannot be read.
    """
    _needed(place)
    try:
        with Store(place.store, dry_run=True) as store:
            yield from export_lines(store)
    except DamagedError as error:
        with hold(place.lock):
            _leave_word(place, error.damage)
        raise


def import_(place: Workplace, file: Path) -> int:
    """
    Add to the store what another one remembered.

    Returns:
        How many things there were in *file*.

    Raises:
        StoreError: *file* cannot be read or used; the store is as it was.
    """
    try:
        with file.open("rb") as lines, hold(place.lock), Store(place.store) as store:
            count = import_lines(store, lines, name=str(file))
            store.keep()
            return count
    except OSError as error:
        raise StoreError(str(file), f"cannot be read: {reason_of(error)}") from error


def _leave_word(place: Workplace, damage: str) -> None:
    """Tell the next build of a damage: it might not come across it."""
    with suppress(DamagedError), Store(place.store) as store:  # else it will
        store.note_damage(damage)
        store.keep()


def _needed(place: Workplace) -> None:
    if not place.store.exists():
        raise StoreError(str(place.store), "no store here yet; `digest build` makes one")
