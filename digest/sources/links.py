"""
A bookmark or a list of addresses in, the links out; nothing is fetched here.

Bookmarks are what a browser leaves when its address is dragged to a folder: `.url` (Windows, an INI file) and
`.webloc` (macOS, a property list in XML or binary). A text is a list if most of its lines are web addresses.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from digest.model import Declaration, Rejection
from digest.sources.characters import characters
from digest.text import canonical

BOOKMARKS = (".url", ".webloc")
"""Suffixes of files that hold one address."""
LISTS = (".txt", ".text")
"""Suffixes of files that may be a list of addresses."""
MAX_BYTES = 1_000_000
"""Largest text that is taken for a list."""

_URL_LINE = re.compile(r"^[ \t]*URL[ \t]*=[ \t]*(\S+)[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address that the owner wants to be fetched."""

    locator: str
    """Path under seeds of the file that it stands in."""
    url: str
    """Canonical, http or https."""
    declaration: Declaration
    """What the settings say of the file."""


def links(body: bytes, *, name: str, declaration: Declaration) -> tuple[Link | Rejection, ...]:
    """
    Return the addresses of a bookmark or list, each once, and what else stands there, in its order.

    Args:
        body: The file.
        name: Its path under the folder; the suffix says what it may be.
        declaration: What the settings say of it.

    Returns:
        Empty when it is no such file, but a text or page.
    """
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in BOOKMARKS:
        address = _of_shortcut(body) if suffix == ".url" else _of_property_list(body)
        url = canonical(address)
        if url is None:
            return (Rejection(locator=name, reason="no web address in it"),)
        return (Link(locator=name, url=url, declaration=declaration),)
    if suffix in LISTS and len(body) <= MAX_BYTES and b"://" in body.replace(b"\x00", b""):
        return tuple(_of_list(_text(body).splitlines(), name, declaration))
    return ()


def _of_list(lines: list[str], name: str, declaration: Declaration) -> Iterator[Link | Rejection]:
    """Yield what stands on each line, nothing unless most of them are addresses."""
    said = {number: line.strip() for number, line in enumerate(lines, start=1)}
    said = {number: line for number, line in said.items() if line and not line.startswith("#")}
    if sum(_ADDRESS.fullmatch(line) is not None for line in said.values()) * 2 <= len(said):
        return
    seen: set[str] = set()
    for number, line in said.items():
        url = canonical(line) if _ADDRESS.fullmatch(line) else None
        if url is None:
            yield Rejection(locator=name, reason=f"line {number}: `{line[:60]}` is not a web address")
        elif url not in seen:
            seen.add(url)
            yield Link(locator=name, url=url, declaration=declaration)


def _of_shortcut(body: bytes) -> str:
    """Return the address of an INI file, empty if it has none."""
    found = _URL_LINE.search(_text(body))
    return found[1] if found else ""


def _of_property_list(body: bytes) -> str:
    """Return the address of a property list, empty if it has none; plistlib refuses those that define entities."""
    import plistlib
    from xml.parsers.expat import ExpatError

    try:
        content = plistlib.loads(body)
    except (plistlib.InvalidFileException, ExpatError, ValueError, LookupError, TypeError, AttributeError,
            OverflowError, RecursionError, MemoryError):  # fmt: skip
        return ""
    address = content.get("URL") if isinstance(content, dict) else None
    return address if isinstance(address, str) else ""


def _text(body: bytes) -> str:
    """Return the characters of a file that begins with ASCII, also of UTF-16 without a mark, as Windows has it."""
    return characters(codecs.BOM_UTF16_LE + body if body[1:2] == b"\x00" else body)
