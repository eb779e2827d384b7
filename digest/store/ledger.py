"""
The history as a file in the site, from which a fresh machine recovers: values in, lines out, and back.

A ledger holds nothing that the pages do not show: items are known by keys and fingerprints, not by
paths or addresses, and what could not be used is left out.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from digest.model import Edition

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRecord:
    """That an item was seen."""

    key: str
    first_seen: str
    """ISO 8601, UTC."""
    identities: tuple[str, ...]
    """Fingerprints."""


class _Line(msgspec.Struct, omit_defaults=True, forbid_unknown_fields=True):
    digest: int | None = None
    item: ItemRecord | None = None
    edition: Edition | None = None


def write_ledger(records: Iterable[ItemRecord], editions: Iterable[Edition]) -> bytes:
    """Write a ledger: a line that says its format, a line an item, a line an edition, oldest first."""
    lines = [
        _Line(digest=FORMAT),
        *(_Line(item=record) for record in records),
        *(_Line(edition=edition) for edition in editions),
    ]
    return b"".join(msgspec.json.encode(line) + b"\n" for line in lines)


def read_ledger(body: bytes) -> tuple[tuple[ItemRecord, ...], tuple[Edition, ...]]:
    """
    Read a ledger.

    Raises:
        ValueError: It is damaged, or of a later format.
    """
    decoder = msgspec.json.Decoder(_Line)
    records: list[ItemRecord] = []
    editions: list[Edition] = []
    for number, line in enumerate(body.splitlines(), start=1):
        try:
            value = decoder.decode(line)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise ValueError(f"line {number}: {error}") from error
        if value.digest is not None and value.digest > FORMAT:
            raise ValueError(f"line {number}: format {value.digest} is of a later version of digest; upgrade")
        if value.item is not None:
            records.append(value.item)
        if value.edition is not None:
            editions.append(value.edition)
    return tuple(records), tuple(editions)
