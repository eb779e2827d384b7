"""
A `Plan` in, the new site in place of the old one, in one step of the file system.

The new tree is built beside the old one, unchanged and foreign files linked over with everything
they have. Then the two folders change places, which a reader sees as one moment: Linux's
`renameat2` with `RENAME_EXCHANGE` (see its manual page); Python has no name for it.
"""

import ctypes
import errno
import os
import platform
import shutil
import stat
import sys
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path

from digest.errors import PublishError
from digest.publish.manifest import MANIFEST, folders_of
from digest.publish.plan import Plan, foreign, is_folder

REFUSALS = frozenset(
    {
        errno.EACCES,  # the parent folder is not ours to write in
        errno.EBUSY,  # the site is a mount point
        errno.EINVAL,  # the file system knows no exchange
        errno.EMLINK,  # a file has as many names as it can have
        errno.ENOSYS,  # the system knows no exchange
        errno.EOPNOTSUPP,
        errno.EPERM,
        errno.EROFS,  # the parent folder is mounted for reading only
        errno.EXDEV,  # a part of the site is on another file system
    }
)
"""Errors that say: not this way; file by file may do."""

MANY = 100
"""Files from which on waiting for the whole disk once is quicker than waiting for each."""
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_SYSCALL_NUMBERS = {"x86_64": 316, "aarch64": 276}
"""Of `renameat2`, for C libraries that are older than it."""


def replace_tree(plan: Plan) -> bool:
    """
    Put the new site in place of the old one.

    Returns:
        False when it cannot be done this way here; then nothing has been touched.

    Raises:
        OSError: It cannot be done at all, e.g. the disk is full; nothing has been touched.
    """
    if _is_standing_inside(plan.site):
        return False
    new = beside(plan.site)
    try:
        _build(plan, new)
        if plan.site.exists():
            _exchange(new, plan.site)
        else:
            new.rename(plan.site)
    except OSError as error:
        with suppress(OSError):
            remove_tree(new)
        if error.errno in REFUSALS:
            return False
        raise
    # From here on the new site stands; what cannot be cleared now is cleared by the next run.
    with suppress(OSError):
        settle({plan.site.parent})
        if new.exists():
            _save_late(new, plan)
            remove_tree(new)
    return True


def beside(site: Path) -> Path:
    """Return the folder in which the new site is built, and which holds the old one afterwards."""
    return site.with_name(f".{site.name}.new")


def clear_leftovers(site: Path) -> None:
    """
    Remove what a crashed run left beside the site.

    Raises:
        PublishError: What stands there is not ours.
    """
    if not site.name or not os.path.lexists(leftover := beside(site)):
        return
    if not is_folder(leftover) or (not (leftover / MANIFEST).exists() and any(leftover.iterdir())):
        raise PublishError(str(site), f"`{leftover}` is not ours and in the way; move it away")
    remove_tree(leftover)


def write_file(file: Path, body: bytes) -> None:
    """Write a new file; never one that stands, whose bytes the old site may share."""
    with file.open("xb") as stream:
        stream.write(body)


def settle(paths: Collection[Path]) -> None:
    """Wait until files, and the names in folders, are on disk."""
    if len(paths) > MANY:
        os.sync()
        return
    for path in sorted(paths):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def remove_tree(path: Path) -> None:
    """Remove a folder and all in it, following no link; its manifest goes last, so that it stays ours."""
    if not is_folder(path):
        path.unlink()
        return
    if path.stat().st_mode & 0o700 != 0o700:
        path.chmod(0o700)
    for inner in sorted(path.iterdir(), key=lambda inner: (inner.name == MANIFEST, inner.name)):
        remove_tree(inner)
    path.rmdir()


def _is_standing_inside(site: Path) -> bool:
    """Tell whether this process works inside the site: exchanged, it would stand in a removed folder."""
    try:
        return not site.name or Path.cwd().is_relative_to(site.resolve())
    except FileNotFoundError:
        return False


def _build(plan: Plan, new: Path) -> None:
    """Build the whole new site at *new*."""
    new.parent.mkdir(parents=True, exist_ok=True)
    new.mkdir()
    write_file(new / MANIFEST, plan.manifest)
    for path in plan.written:
        (new / path).parent.mkdir(parents=True, exist_ok=True)
        write_file(new / path, plan.bodies[path])
    for path in plan.unchanged:
        (new / path).parent.mkdir(parents=True, exist_ok=True)
        _link_or_copy(plan.site / path, new / path)
    if plan.site.exists():
        _carry_over(plan, new)
    written = {new / path for path in (MANIFEST, *plan.written)}
    settle(written | {path.parent for path in written})


def _carry_over(plan: Plan, new: Path) -> None:
    """Give the new site all that is foreign in the old one, and its folders' modes."""
    others = foreign(plan.site, plan.owned)
    for path in others:
        if is_folder(plan.site / path):
            (new / path).mkdir(parents=True, exist_ok=True)
        else:
            (new / path).parent.mkdir(parents=True, exist_ok=True)
            os.link(plan.site / path, new / path, follow_symlinks=False)
    _liken_folders(plan, new, others)


def _link_or_copy(standing: Path, name: Path) -> None:
    try:
        os.link(standing, name, follow_symlinks=False)
    except OSError:
        shutil.copy2(standing, name)


def _liken_folders(plan: Plan, new: Path, others: Iterable[str]) -> None:
    """Give every folder the mode and the owner it had; a foreign one keeps its times too."""
    whole = {path for path in others if is_folder(new / path)}
    folders = {folder for path in (*plan.paths, *others) for folder in folders_of(path)} | whole | {""}
    for folder in sorted(folders, reverse=True):
        before, after = plan.site / folder, new / folder
        if not is_folder(before):
            continue
        was, is_ = before.stat(), after.stat()
        if was.st_dev != is_.st_dev:
            # Something is mounted there, and would stay behind in the old tree.
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV), str(before))
        if (was.st_uid, was.st_gid) != (is_.st_uid, is_.st_gid):
            os.chown(after, was.st_uid, was.st_gid)
        if folder in whole:
            shutil.copystat(before, after)
        elif was.st_mode != is_.st_mode:
            after.chmod(stat.S_IMODE(was.st_mode))


def _exchange(new: Path, site: Path) -> None:
    """
    Let two folders change places in one step.

    Raises:
        OSError: The system, the file system or the place of the folders does not allow it.
    """
    if sys.platform != "linux":
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), str(site))
    libc = ctypes.CDLL(None, use_errno=True)
    arguments = (_AT_FDCWD, os.fsencode(new), _AT_FDCWD, os.fsencode(site), _RENAME_EXCHANGE)
    if hasattr(libc, "renameat2"):
        result = libc.renameat2(*arguments)
    elif sys.maxsize > 2**32 and (number := _SYSCALL_NUMBERS.get(platform.machine())):
        result = libc.syscall(number, *arguments)
    else:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), str(site))
    if result != 0:
        raise OSError(code := ctypes.get_errno(), os.strerror(code), str(site))


def _save_late(old: Path, plan: Plan) -> None:
    """Move over what others put into the old site while the new one was being built."""
    ours = plan.paths
    for path in foreign(old, plan.owned):
        late, place = old / path, plan.site / path
        if path in ours:
            continue
        if is_folder(late):
            place.mkdir(parents=True, exist_ok=True)
        elif not os.path.lexists(place) or not os.path.samestat(late.lstat(), place.lstat()):
            place.parent.mkdir(parents=True, exist_ok=True)
            late.replace(place)
