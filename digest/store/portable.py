"""
A whole store as one file, and back: what moves a digest to another machine.

JSON Lines. The first line says the format, the last one how many there are between the two. Each entry is an item as
JSON Feed 1.1 has it (so other programs can read them too), with all that JSON Feed has no words for under `_digest`;
each row of the other tables is `{"table": …, "row": […]}`, in the order in which it was written. Nothing is lost on
the way but what the last build left for the next one on the same machine.
"""

from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Any

import msgspec

from digest.errors import StoreError
from digest.model import Item
from digest.store.kept import Store
from digest.store.rows import packed, unpacked
from digest.store.schema import COLUMNS

FORMAT = 2
_ENTRIES = "entries"


class _Entry(msgspec.Struct):
    """What JSON Feed has no words for."""

    seen: str
    is_backlog: int
    state: str
    source: str
    item: dict[str, Any]
    """All of it, but for a body that is text."""


class _Line(msgspec.Struct):
    digest_store: int | None = None
    table: str | None = None
    row: tuple[str | int, ...] = ()
    id: str = ""
    content_html: str | None = None
    entry: _Entry | None = msgspec.field(default=None, name="_digest")
    lines: int | None = None


def export_lines(store: Store) -> Iterator[bytes]:
    """
    Yield all that a store remembers, a line at a time.

    Raises:
        DamagedError: The store holds what cannot be read.
    """
    yield _json({"digest_store": FORMAT})
    count = 0
    for table in COLUMNS:
        for row in store.rows(table):
            yield _json(_entry_line(row) if table == _ENTRIES else {"table": table, "row": [*map(_as_text, row)]})
            count += 1
    yield _json({"lines": count})


def import_lines(store: Store, lines: Iterable[bytes], *, name: str) -> int:
    """
    Add what was exported to a store; what it knows already stays as it is.

    Args:
        store: Open; nothing is kept by this.
        lines: As `export_lines` gave them.
        name: What messages call the file.

    Returns:
        How many lines there were, the first and the last one aside.

    Raises:
        StoreError: A line is damaged or missing, or the file is none of ours.
    """
    count = 0
    end: int | None = None
    for number, line in enumerate(lines, start=1):
        try:
            value = msgspec.json.decode(line, type=_Line)
            if number == 1:
                _check_format(value, name)
                continue
            if end is not None:
                raise StoreError(name, f"line {number} stands behind the last one; export once more")
            end = value.lines
            if end is None:
                store.put_row(*_row(value))
                count += 1
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            if number == 1:
                raise StoreError(name, "not an export of `digest store export`") from error
            raise StoreError(name, f"line {number} is damaged: {error}") from error
    if not count and end is None:
        raise StoreError(name, "nothing in it")
    if end is None:
        raise StoreError(name, "cut off: the last line, which counts the others, is missing; copy it once more")
    if end != count:
        raise StoreError(name, f"incomplete: {count} lines are there, {end} were written; copy it once more")
    store.forget_last_build()
    return count


def _check_format(first: _Line, name: str) -> None:
    if first.digest_store is None:
        raise StoreError(name, "not an export of `digest store export`")
    if first.digest_store != FORMAT:
        raise StoreError(name, f"format {first.digest_store} is of another version of digest; use one for both")


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


def _row(line: _Line) -> tuple[str, list[object]]:
    """Return the table and the row that a line tells of."""
    if line.entry is not None:
        told = line.entry
        body = {} if line.content_html is None else {"body": line.content_html.encode()}
        item = msgspec.convert(told.item | body, Item)
        return _ENTRIES, [line.id, told.seen, told.is_backlog, packed(item), told.state, told.source]
    table = line.table or ""
    # Cells too many or too few are refused with the row.
    cells = zip_longest(line.row, COLUMNS.get(table, {}).values())
    return table, [cell.encode() if shape is bytes and isinstance(cell, str) else cell for cell, shape in cells]


def _text(body: bytes) -> str | None:
    try:
        return body.decode()
    except UnicodeDecodeError:
        return None


def _as_text(cell: object) -> object:
    return cell.decode() if isinstance(cell, bytes) else cell


def _json(line: dict[str, Any]) -> bytes:
    return msgspec.json.encode(line) + b"\n"
