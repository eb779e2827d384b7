"""History in, the site out: what the ledger alone remembers is added before, and it is written anew after."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from digest import addresses, feed, publish, render
from digest.build.remembered import remember_standing, standing
from digest.build.subscriptions import as_opml
from digest.build.workplace import Workplace
from digest.errors import StoreError
from digest.model import Edition, Library, Page
from digest.store import Cache, Store

_LEDGER = "ledger"
"""Name of the note that tells the ledger which this store wrote last."""


def recover(place: Workplace, store: Store) -> None:
    """
    Add what the site's ledger remembers, unless this store wrote it.

    Raises:
        StoreError: There is no other memory, and the ledger is lost or damaged.
    """
    ledger = publish.read(place.site, addresses.HISTORY)
    found = hashlib.sha256(ledger).hexdigest() if ledger is not None else None
    if found is not None and store.noted(_LEDGER) == found:
        return
    written = publish.digests(place.site).get(addresses.HISTORY)
    if store.is_empty() and written and written != found:
        raise StoreError(
            str(place.site / addresses.HISTORY),
            "is not what was published, and nothing else remembers what was shown; restore it, or name a new `site`",
        )
    try:
        if ledger is not None:
            store.recover(ledger, name=str(place.site / addresses.HISTORY))
    except StoreError:
        if store.is_empty():
            raise
        # The store knows all of it, and the ledger is written anew.


def close(editions: Iterable[Edition], current: Edition, store: Store) -> list[Edition]:
    """Close every edition but the current one, each as it was last published."""
    earlier: list[Edition] = []
    for edition in editions:
        if edition.id != current.id:
            closed = replace(edition, closed=True)
            if closed != edition:
                store.remember(closed)
            earlier.append(closed)
    return earlier


def publish_all(library: Library, place: Workplace, program: str, store: Store, cache: Cache) -> publish.Published:
    """
    Publish all pages, those that stand as they should untouched.

    Args:
        library: What the pages say.
        place: Settings and folders.
        program: Fingerprint of program, templates and settings.
        store: Open; its ledger is published too.
        cache: Open; remembers what stands.
    """
    stood = standing(place, program, cache)
    ledger = store.ledger()
    pages = [
        *render.pages(library, templates=place.templates, standing=stood),
        *feed.pages(library, standing=stood),
        Page(path=addresses.FEEDS, body=as_opml(place, public=True)),
        Page(path=addresses.HISTORY, body=ledger),
    ]
    published = publish.publish(pages, place.site)
    remember_standing(pages, stood, place, program, cache)
    store.note(_LEDGER, hashlib.sha256(ledger).hexdigest())
    return published
