"""
The path of a request in, a file of the site out.

The site is looked up afresh every time, because publishing puts another folder in its place.
Nothing outside of it is given, no hidden file, and no list of what a folder holds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from os import fstat
from pathlib import Path
from urllib.parse import unquote_to_bytes

INDEX = "index.html"

_MEDIA_TYPES: Mapping[str, str] = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/vnd.microsoft.icon",
    ".jpg": "image/jpeg",
    ".json": "application/json",
    # Not registered with IANA; what jsonlines.org proposes.
    ".jsonl": "application/jsonl",
    ".opml": "text/x-opml; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
}
"""Suffix → media type. JSON is always UTF-8, so its types take no charset (RFC 8259)."""

_FEEDS: Mapping[str, str] = {
    "atom.xml": "application/atom+xml; charset=utf-8",
    "editions.xml": "application/atom+xml; charset=utf-8",
    "feed.json": "application/feed+json",
    "health.xml": "application/atom+xml; charset=utf-8",
}
"""Names that say more than their suffix."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file of the site, read at one moment."""

    media_type: str
    modified: datetime
    """Aware, UTC, whole seconds."""
    body: bytes


def segments(path: str) -> tuple[str, ...] | None:
    """
    Return the decoded names between the slashes of a request's path.

    Args:
        path: As it came, percent-encoded, without its query.

    Returns:
        An empty name at the end stands for the slash behind a folder. None when the path can name
        nothing in a site: it leads upwards or to a hidden file, or a name is empty or holds a slash.
    """
    first, *encoded = path.split("/")
    if first or not encoded:
        return None
    try:
        names = [unquote_to_bytes(name).decode() for name in encoded]
    except UnicodeDecodeError:
        return None
    *folders, last = names
    wrong = not all(folders) or any(n.startswith(".") or "/" in n or "\0" in n for n in (*folders, last))
    return None if wrong else tuple(names)


def read(site: Path, names: Sequence[str]) -> File | None:
    """
    Read the file that *names* lead to; a folder is its index.

    Args:
        site: Folder of the site.
        names: As `segments` gives them; none at all name nothing.

    Returns:
        None when there is no such file, or when it is not to be seen.
    """
    if not names:
        return None
    *folders, last = names
    try:
        root = site.resolve(strict=True)
        file = root.joinpath(*folders, last or INDEX).resolve(strict=True)
        # A link may lead anywhere: what counts is where the file stands.
        if not file.is_relative_to(root) or any(name.startswith(".") for name in file.relative_to(root).parts):
            return None
        if not file.is_file():
            return None
        with file.open("rb") as stream:
            modified, body = fstat(stream.fileno()).st_mtime, stream.read()
    except (OSError, RuntimeError):  # a loop of links is a RuntimeError before Python 3.13
        return None
    return File(media_type=_media_type(file.name), modified=datetime.fromtimestamp(int(modified), UTC), body=body)


def _media_type(name: str) -> str:
    return _FEEDS.get(name) or _MEDIA_TYPES.get(Path(name).suffix.lower(), "application/octet-stream")
