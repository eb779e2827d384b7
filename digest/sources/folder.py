"""
A folder of files in, raw items, links and rejections out.

A *reader* makes the items of one file; the file's content chooses it before its suffix does. Bookmarks
and lists of addresses give links, which somebody else has to fetch. What cannot be read is set aside
with a reason and the rest goes on. Nothing outside the folder is read.
"""

import json
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from digest.errors import ItemError, reason_of
from digest.model import Declaration, Item, Metadata, Rejection
from digest.sources.characters import characters
from digest.sources.front_matter import markdown
from digest.sources.items import made
from digest.sources.json_items import is_json, json_items
from digest.sources.links import BOOKMARKS, LISTS, Link, links
from digest.sources.mail import is_mail, mail, mailbox

MAX_BYTES = 20_000_000
"""Largest file that is read; no article comes near it."""

Reader = Callable[[bytes, str, Declaration], Iterable[Item | Rejection]]
"""(body, path under the folder, what the settings say of it) → items, and what of the file cannot be used."""

_BEGINNING = 65_536
"""Bytes by which the kind of a file is told; the header of a mail may be long."""
_PAGE = re.compile(r"<!doctype html|<html\b", re.IGNORECASE)
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?:\w[\w-]*:[^\n]*\n|[ \t#-][^\n]*\n)+(?:---|\.\.\.)[ \t]*\r?\n")
_UNDECLARED = Declaration(metadata=Metadata())


def read(
    folder: Path, *, declarations: Mapping[str, Declaration]
) -> tuple[tuple[Item, ...], tuple[Link, ...], tuple[Rejection, ...]]:
    """
    Read every file below *folder*, in order of path.

    Args:
        folder: An existing folder. Hidden files and editors' backups (`name~`) are passed over.
        declarations: Path under the folder, with forward slashes → what the settings say of it.

    Returns:
        Items, the links of bookmarks and lists of addresses, and what was set aside.
    """
    found: list[Item | Link | Rejection] = []
    for path in _walk(folder):
        name = path.relative_to(folder).as_posix()
        declaration = declarations.get(name, _UNDECLARED)
        try:
            body = _bytes_of(path, name, folder)
            if addresses := links(body, name=name, declaration=declaration):
                found += addresses
            else:
                found += _items(body, name, declaration)
        except ItemError as error:
            found.append(Rejection(locator=error.locator, reason=error.reason))
    return (
        tuple(item for item in found if isinstance(item, Item)),
        tuple(link for link in found if isinstance(link, Link)),
        tuple(rejection for rejection in found if isinstance(rejection, Rejection)),
    )


def read_file(
    path: Path, *, name: str, declaration: Declaration | None = None, within: Path | None = None
) -> tuple[Item, ...]:
    """
    Read the items of one file, as `contents` does, and leave out what else is in it.

    Raises:
        ItemError: As `contents` does.
    """
    found = contents(path, name=name, declaration=declaration, within=within)
    return tuple(item for item in found if isinstance(item, Item))


def contents(
    path: Path, *, name: str, declaration: Declaration | None = None, within: Path | None = None
) -> tuple[Item | Rejection, ...]:
    """
    Read the items of one file, and what of it cannot be used, in its order.

    Args:
        path: The file.
        name: What the file is called in messages and recognised by.
        declaration: What the settings say of it.
        within: Folder that a symbolic link may not lead out of.

    Raises:
        ItemError: It cannot be read, no reader knows its kind, or it holds links instead of an article.
    """
    body = _bytes_of(path, name, within)
    if links(body, name=name, declaration=declaration or _UNDECLARED):
        raise ItemError(name, "no article but addresses; a build fetches what is there")
    return _items(body, name, declaration or _UNDECLARED)


def text_dump(body: bytes, name: str, declaration: Declaration) -> Iterator[Item]:
    """Make one item of the text dump of a page."""
    yield made(body, name, declaration, media_type="text/plain")


def web_page(body: bytes, name: str, declaration: Declaration) -> Iterator[Item]:
    """Make one item of an HTML page."""
    yield made(body, name, declaration, media_type="text/html")


READERS: Mapping[str, Reader] = {
    ".txt": text_dump,
    ".text": text_dump,
    ".html": web_page,
    ".htm": web_page,
    ".xhtml": web_page,
    ".md": markdown,
    ".markdown": markdown,
    ".eml": mail,
    ".mbox": mailbox,
    ".json": json_items,
    ".jsonl": json_items,
    ".ndjson": json_items,
}
"""Suffix → reader; one function and one line add a kind of file."""


def _walk(folder: Path) -> Iterator[Path]:
    """Yield files, and whatever else bears the name of one, in order of path; folders that cannot be read last."""
    closed: list[Path] = []
    for parent, folders, files in os.walk(folder, onerror=lambda error: closed.append(Path(str(error.filename)))):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        # A folder that is called like an article, or a link to a folder, is named, not entered.
        odd = [name for name in folders if _looks_like_file(name) or Path(parent, name).is_symlink()]
        folders[:] = [name for name in folders if name not in odd]
        for name in sorted([*files, *odd]):
            if not name.startswith(".") and not name.endswith("~"):
                yield Path(parent, name)
    yield from closed


def _looks_like_file(name: str) -> bool:
    return Path(name).suffix.lower() in READERS


def _bytes_of(path: Path, name: str, within: Path | None) -> bytes:
    """Read a regular file of reasonable size; anything else is refused before it is opened."""
    try:
        real = path.resolve(strict=True)
        if within is not None and not real.is_relative_to(within.resolve()):
            raise ItemError(name, "a symbolic link that leads out of the folder; copy the file instead")
        status = real.stat()
        if stat.S_ISDIR(status.st_mode):
            os.scandir(real).close()  # says why, when the folder cannot be read
            raise ItemError(name, "a folder where a file is expected")
        if not stat.S_ISREG(status.st_mode):
            raise ItemError(name, "not a regular file")
        if status.st_size > MAX_BYTES:
            raise ItemError(
                name, f"too large: {status.st_size / 1e6:.0f} MB, at most {MAX_BYTES / 1e6:.0f} MB are read"
            )
        if status.st_size == 0:
            raise ItemError(name, "the file is empty")
        return real.read_bytes()
    except (OSError, RuntimeError) as error:  # a loop of links is a RuntimeError before Python 3.13
        reason = reason_of(error) if isinstance(error, OSError) else str(error).lower()
        raise ItemError(name, f"cannot be read: {reason}") from error


def _items(body: bytes, name: str, declaration: Declaration) -> tuple[Item | Rejection, ...]:
    """Return what a file holds that can be read."""
    suffix = Path(name).suffix
    reader = READERS.get(_kind(suffix.lower(), body))
    if reader is None:
        known = ", ".join(f"`{suffix}`" for suffix in (*READERS, *BOOKMARKS))
        raise ItemError(name, f"unknown kind of file `{suffix}`; it takes {known}")
    return tuple(reader(body, name, declaration))


def _kind(suffix: str, body: bytes) -> str:
    """Return the suffix that a file should have had: a page or a mail saved as `.txt` is still one."""
    if suffix not in READERS:
        return suffix
    start = characters(body[:_BEGINNING]).lstrip("\ufeff \t\r\n")
    if _PAGE.match(start):
        return ".html"
    if is_mail(start):
        return ".eml"
    if is_json(start) and _is_whole_json(body):
        return ".json"
    if suffix in LISTS and _FRONT_MATTER.match(start):
        return ".md"
    # What is in none of the forms that its suffix promises is still a text.
    return suffix


def _is_whole_json(body: bytes) -> bool:
    """Return whether a file, or its first line, is JSON from its beginning to its end."""
    text = characters(body).strip()
    for part in (text.partition("\n")[0], text):
        with suppress(ValueError, RecursionError):
            json.loads(part, strict=False)
            return True
    return False
