"""
What the rows of the store have to be: a row from anywhere in, a word on what is wrong with it out.

The tables hold values as JSON, entries packed too, moments as text. A row of a damaged store or of an
export is looked at here before it is believed.
"""

import zlib
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from digest.model import Alert, Edition, Item
from digest.store.schema import COLUMNS

STATES = frozenset({"as fed", "awaited", "page"})
"""Of an entry: its feed's word, waiting for its page, settled."""


def packed(item: Item) -> bytes:
    """Return an item as the store keeps it."""
    return zlib.compress(msgspec.json.encode(item), 6)


def unpacked(value: bytes) -> Item:
    """
    Return a packed item; version 2 of the store did not pack.

    Raises:
        msgspec.DecodeError: It is none.
    """
    try:
        return msgspec.json.decode(value if value.startswith(b"{") else zlib.decompress(value), type=Item)
    except zlib.error as error:
        raise msgspec.DecodeError(str(error)) from error


def moment_of(text: str) -> datetime:
    """
    Return the moment that a text stands for: ISO 8601 in UTC, as Python writes it.

    Raises:
        msgspec.ValidationError: It is none.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise msgspec.ValidationError(f"`{text}` is no moment") from error
    if moment.utcoffset() != timedelta(0) or moment.isoformat() != text:
        raise msgspec.ValidationError(f"`{text}` is no moment in UTC")
    return moment


def check_row(table: str, row: Sequence[Any]) -> None:
    """
    Refuse what is no row of a table.

    Raises:
        msgspec.MsgspecError: With the reason.
        UnicodeDecodeError: The value is no UTF-8.
    """
    columns = COLUMNS.get(table)
    if columns is None:
        raise msgspec.ValidationError(f"no table is called `{table}`")
    if [*map(type, row)] != [*columns.values()]:
        raise msgspec.ValidationError(f"a row of `{table}` has {', '.join(columns)}")
    cells = dict(zip(columns, row, strict=True))
    if cells.get("is_backlog", 0) not in {0, 1}:
        raise msgspec.ValidationError("`is_backlog` is 0 or 1")
    if table in _CHECKS:
        _CHECKS[table](cells)


def _check_item(cells: dict[str, Any]) -> None:
    moment_of(cells["first_seen"])


def _check_edition(cells: dict[str, Any]) -> None:
    edition = msgspec.json.decode(cells["value"], type=Edition)
    try:
        day = date.fromisoformat(edition.id).isoformat()
    except ValueError:
        day = None
    if not cells["id"] == edition.id == day:
        raise msgspec.ValidationError(f"`{cells['id']}` is not the day of edition `{edition.id}`")
    _check_aware(edition.opened, edition.issued)
    for story in edition.stories:
        _check_aware(story.first_shown, story.updated)


def _check_alert(cells: dict[str, Any]) -> None:
    alert = msgspec.json.decode(cells["value"], type=Alert)
    _check_aware(alert.moment, alert.since)


def _check_source(cells: dict[str, Any]) -> None:
    msgspec.json.decode(cells["value"], type=dict[str, Any])


def _check_entry(cells: dict[str, Any]) -> None:
    moment_of(cells["seen"])
    if unpacked(cells["value"]).key != cells["key"]:
        raise msgspec.ValidationError("an entry under the key of another one")
    if cells["state"] not in STATES:
        raise msgspec.ValidationError(f"no entry is in state `{cells['state']}`")


def _check_aware(*moments: datetime | None) -> None:
    if any(moment is not None and moment.tzinfo is None for moment in moments):
        raise msgspec.ValidationError("a moment without a time zone")


_CHECKS: dict[str, Callable[[dict[str, Any]], None]] = {
    "items": _check_item,
    "editions": _check_edition,
    "alerts": _check_alert,
    "sources": _check_source,
    "entries": _check_entry,
}
"""Table → what refuses cells that no build has written."""
