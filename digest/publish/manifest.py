"""
The manifest: a file in the site that names what is ours, so that all the rest is left alone.

It maps every path to the SHA-256 of what was published there. Paths from outside, be they of pages
or of a manifest that somebody edited, pass `checked` before anything is done with them.
"""

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

from digest.errors import PublishError

MANIFEST = ".digest.json"
STAGING = ".digest.new"
"""Folder inside the site that holds the files of a publication not yet done."""
JOURNAL = f"{STAGING}/journal.json"
"""What is left to do of it; from the moment it stands, the publication is decided."""


def checked(path: str) -> str:
    """
    Return *path* when it names a file inside the site.

    Raises:
        ValueError: It is empty, absolute, steps out of the site, is not written the one way there
            is to write it, or is a name that publishing needs for itself.
    """
    parts = path.split("/")
    if not all(parts) or {".", ".."} & set(parts) or "\\" in path or "\0" in path:
        raise ValueError(f"`{path}` is not the path of a page; it takes one like `topics/index.html`")
    if parts[0].casefold() in {MANIFEST, STAGING}:
        raise ValueError(f"`{path}` is a name that publishing keeps for itself")
    return path


def check_together(paths: Iterable[str]) -> None:
    """
    Check that the paths can stand in one folder, on file systems that ignore case too.

    Raises:
        ValueError: One is written twice, or is the folder of another.
    """
    seen: dict[str, str] = {}
    for path in paths:
        if other := seen.get(_folded(path)):
            raise ValueError(f"`{path}` and `{other}` are one file where case does not count")
        seen[_folded(path)] = path
    for path in seen.values():
        for folder in folders_of(path):
            if other := seen.get(_folded(folder)):
                raise ValueError(f"`{other}` cannot be both a page and the folder of `{path}`")


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def folders_of(path: str) -> Iterable[str]:
    """Yield the folders that *path* stands in, innermost first."""
    folder, slash, _ = path.rpartition("/")
    while slash:
        yield folder
        folder, slash, _ = folder.rpartition("/")


def digest_of(body: bytes) -> str:
    """Return the SHA-256 of what is published, in hexadecimal digits."""
    return hashlib.sha256(body).hexdigest()


def dump(files: Mapping[str, str]) -> bytes:
    """Return the manifest of *files*, path → SHA-256: the same bytes for the same files."""
    return (json.dumps({"files": dict(sorted(files.items()))}, ensure_ascii=False, indent=1) + "\n").encode()


def load(site: Path) -> Mapping[str, str]:
    """
    Return path → SHA-256 of all that is ours, none when the folder is missing or empty.

    Raises:
        PublishError: The folder holds something and no manifest, or one that cannot be read.
    """
    if not site.exists():
        return {}
    if not site.is_dir():
        raise PublishError(str(site), "is a file; name a folder to write the site to")
    try:
        text = (site / MANIFEST).read_text("utf-8")
    except FileNotFoundError:
        # The first publication of all may have been cut short before it had a manifest.
        if (site / JOURNAL).exists() or all(entry.name == STAGING for entry in site.iterdir()):
            return {}
        raise PublishError(str(site), f"is not ours: it has no {MANIFEST}; name an empty or a new folder") from None
    except UnicodeDecodeError as error:
        raise _damaged(site, error) from error
    try:
        return {checked(path): str(digest) for path, digest in json.loads(text)["files"].items()}
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise _damaged(site, error) from error


def _damaged(site: Path, error: Exception) -> PublishError:
    return PublishError(
        str(site),
        f"its {MANIFEST}, which names the files that are ours, cannot be read ({error}); "
        "restore it, or name an empty or a new folder",
    )
