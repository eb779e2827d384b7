"""
The history as a file in the site, from which a fresh machine recovers: values in, lines out, and back.

A ledger holds nothing that the pages do not show: items are known by keys and fingerprints, not by
paths or addresses, and what could not be used is left out. Its first line says its format; then
comes a line for each day's first sights, for each edition, for each word to the owner, and one that tells by
fingerprints whose first day is over.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec

from digest.model import Alert, Edition
from digest.store.identity import KEPT_DIGITS
from digest.store.rows import moment_of

FORMAT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRecord:
    """That an item was seen."""

    key: str
    first_seen: str
    """ISO 8601, UTC."""
    identities: tuple[str, ...]
    """Fingerprints."""
    is_backlog: bool = False
    """Whether it was never news, but known from a feed's first day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a ledger tells."""

    items: tuple[ItemRecord, ...]
    editions: tuple[Edition, ...]
    alerts: tuple[Alert, ...]
    feeds_read: tuple[str, ...]


class _Line(msgspec.Struct, omit_defaults=True, forbid_unknown_fields=True):
    digest: int | None = None
    seen: Mapping[str, Mapping[str, tuple[str, ...]]] = {}
    """First sight → key → fingerprints, of what may be news."""
    backlog: Mapping[str, Mapping[str, tuple[str, ...]]] = {}
    """The same of what is none."""
    item: ItemRecord | None = None
    """How format 1 told of an item."""
    edition: Edition | None = None
    alert: Alert | None = None
    feeds_read: tuple[str, ...] = ()


def header() -> bytes:
    """Return the line that says the format."""
    return msgspec.json.encode(_Line(digest=FORMAT)) + b"\n"


def items_line(records: Iterable[ItemRecord]) -> bytes:
    """Return the line of items, in the order given."""
    seen: dict[str, dict[str, tuple[str, ...]]] = {}
    backlog: dict[str, dict[str, tuple[str, ...]]] = {}
    for record in records:
        (backlog if record.is_backlog else seen).setdefault(record.first_seen, {})[record.key] = record.identities
    return msgspec.json.encode(_Line(seen=seen, backlog=backlog)) + b"\n"


def edition_line(value: bytes) -> bytes:
    """Return the line of an edition, given as JSON."""
    return b'{"edition":' + value + b"}\n"


def alert_line(value: bytes) -> bytes:
    """Return the line of an alert, given as JSON."""
    return b'{"alert":' + value + b"}\n"


def feeds_line(marks: Iterable[str]) -> bytes:
    """Return the line of the feeds that were read."""
    return msgspec.json.encode(_Line(feeds_read=tuple(marks))) + b"\n"


def read_ledger(body: bytes) -> Told:
    """
    Read a ledger.

    Raises:
        ValueError: It is damaged, or of a later format.
    """
    decoder = msgspec.json.Decoder(_Line)
    records: list[ItemRecord] = []
    editions: list[Edition] = []
    alerts: list[Alert] = []
    feeds_read: list[str] = []
    for number, line in enumerate(body.splitlines(), start=1):
        try:
            value = decoder.decode(line)
            for moment in (*value.seen, *value.backlog, *([value.item.first_seen] if value.item else [])):
                moment_of(moment)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise ValueError(
                f"line {number} is damaged: {error}; put a sound copy of the file in its place, or delete it: "
                "what it remembers of items and editions is lost then"
            ) from error
        if value.digest is not None and value.digest > FORMAT:
            raise ValueError(f"format {value.digest} is of a later version of digest; upgrade")
        if value.item is not None:
            records.append(value.item)
        for sights, is_backlog in ((value.seen, False), (value.backlog, True)):
            records += (
                ItemRecord(key=key, first_seen=moment, identities=marks, is_backlog=is_backlog)
                for moment, keys in sights.items()
                for key, marks in keys.items()
            )
        if value.edition is not None:
            editions.append(value.edition)
        if value.alert is not None:
            alerts.append(value.alert)
        feeds_read += value.feeds_read
    return Told(
        items=tuple(map(_shortened, records)),
        editions=tuple(editions),
        alerts=tuple(alerts),
        feeds_read=tuple(feeds_read),
    )


def _shortened(record: ItemRecord) -> ItemRecord:
    """Cut fingerprints of format 1 to the length that is kept today."""
    marks = (mark.partition(":") for mark in record.identities)
    return ItemRecord(
        key=record.key,
        first_seen=record.first_seen,
        identities=tuple(f"{kind}:{digits[:KEPT_DIGITS]}" for kind, _, digits in marks),
        is_backlog=record.is_backlog,
    )
