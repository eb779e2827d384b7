"""
A whole store as one file, and back: what moves a digest to another machine.

JSON Lines. The first line says the format. Each entry is an item as JSON Feed 1.1 has it (so other programs can
read them too), with all that JSON Feed has no words for under `_digest`; each row of the other tables is
`{"table": …, "row": […]}`, in the order in which it was written. Nothing is lost on the way.
"""

import base64
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from digest.errors import StoreError
from digest.model import Item
from digest.store.entries import Entries, packed, unpacked
from digest.store.schema import COLUMNS

FORMAT = 1
_ENTRIES = "entries"
_OF_TEXT = "notes"
"""The table whose values are text; those of the others are bytes."""


def export_lines(store: Entries) -> Iterator[bytes]:
    """Yield all that a store remembers, a line at a time."""
    yield msgspec.json.encode({"digest_store": FORMAT}) + b"\n"
    for table in COLUMNS:
        for row in store.rows(table):
            line = _entry_line(row) if table == _ENTRIES else {"table": table, "row": [_as_text(cell) for cell in row]}
            yield msgspec.json.encode(line) + b"\n"


def import_lines(store: Entries, lines: Iterable[bytes], *, name: str) -> int:
    """
    Add what was exported to a store; what it knows already stays as it is.

    Args:
        store: Open; nothing is kept by this.
        lines: As `export_lines` gave them.
        name: What messages call the file.

    Returns:
        How many lines there were, the first one aside.

    Raises:
        StoreError: A line is damaged, or the file is none of ours.
    """
    count = 0
    for number, line in enumerate(lines):
        try:
            value = msgspec.json.decode(line, type=dict[str, Any])
            if number == 0 or "digest_store" in value:
                if value.get("digest_store") != FORMAT:
                    raise StoreError(name, "not an export of `digest store export`, or of a later version of digest")
                continue
            table, row = (_ENTRIES, _entry_row(value)) if "_digest" in value else (value["table"], value["row"])
            store.put_row(table, tuple(_as_bytes(table, row)))
        except (msgspec.MsgspecError, UnicodeDecodeError, LookupError, ValueError, TypeError) as error:
            raise StoreError(name, f"line {number + 1} is damaged: {error}") from error
        count += 1
    if count == 0:
        raise StoreError(name, "nothing in it")
    return count


def _entry_line(row: tuple[Any, ...]) -> dict[str, Any]:
    key, seen, is_backlog, value, state, source = row
    item = unpacked(value)
    told = msgspec.to_builtins(item)
    content = _text(item.body)
    if content is not None:
        del told["body"]
    published = item.declared.published
    line = {
        "id": key,
        "url": item.declared.url,
        "title": item.declared.headline,
        "content_html": content,
        # A date without a zone is none in RFC 3339; it is told in full below.
        "date_published": published.value.isoformat() if published and published.value.tzinfo else None,
        "authors": [{"name": name} for name in item.declared.byline] or None,
        "language": item.declared.language,
    }
    known = {name: told_ for name, told_ in line.items() if told_ is not None}
    return known | {"_digest": {"seen": seen, "is_backlog": is_backlog, "state": state, "source": source, "item": told}}


def _entry_row(line: dict[str, Any]) -> list[Any]:
    told = line["_digest"]
    item = told["item"]
    if "body" not in item:
        item["body"] = base64.b64encode(line["content_html"].encode()).decode()
    value = packed(msgspec.convert(item, Item))
    return [line["id"], told["seen"], told["is_backlog"], value, told["state"], told["source"]]


def _text(body: bytes) -> str | None:
    try:
        return body.decode()
    except UnicodeDecodeError:
        return None


def _as_text(cell: object) -> object:
    return cell.decode() if isinstance(cell, bytes) else cell


def _as_bytes(table: str, row: Iterable[object]) -> Iterator[object]:
    """Yield the cells of a row, those that are bytes in the store as bytes."""
    for column, cell in zip(COLUMNS[table], row, strict=True):
        is_bytes = column == "value" and table != _OF_TEXT
        yield cell.encode() if is_bytes and isinstance(cell, str) else cell
