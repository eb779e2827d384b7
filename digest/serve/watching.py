"""Files and folders in, a call whenever one of them changed: by polling, which works on every file system."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from threading import Event

Signature = Mapping[str, tuple[int, int]]
"""Path → size in bytes and time of modification in nanoseconds."""


def watch(
    paths: Callable[[], Iterable[Path]],
    on_change: Callable[[], object],
    *,
    interval_s: float = 1.0,
    until: Event | None = None,
) -> None:
    """
    Call *on_change* at once, and again whenever a file was changed, added or taken away.

    Args:
        paths: Says what to look at: files, and folders with all they hold. Asked at every look,
            because what is read may change with the settings; what is not there is no error.
        on_change: What changes while it runs is seen at the next look.
        interval_s: Time between two looks.
        until: Ends it when set; without one it goes on until it is interrupted.
    """
    until = until or Event()
    seen: Signature | None = None
    while not until.is_set():
        found = _look(paths())
        if found != seen:
            seen = found
            on_change()
        until.wait(interval_s)


def _look(paths: Iterable[Path]) -> Signature:
    signature: dict[str, tuple[int, int]] = {}
    for path in paths:
        for file in _files(path):
            try:
                status = file.stat()
            except OSError:  # taken away meanwhile, or a link to nowhere
                continue
            signature[str(file)] = (status.st_size, status.st_mtime_ns)
    return signature


def _files(path: Path) -> Iterator[Path]:
    """Yield the file, or those in the folder; editors' hidden files come and go and mean nothing."""
    if not path.is_dir():
        yield path
        return
    for parent, folders, files in os.walk(path):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(parent, name) for name in files if not name.startswith("."))
