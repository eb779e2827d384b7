"""
Pages and the site that stands in, a `Plan` out: what to write, what to leave, what to remove.

A file is unchanged when its bytes on disk are the page's, whatever the manifest says: a damaged
file is healed. Nothing foreign is ever overwritten, followed through a link, or removed.
"""

import os
import stat
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from digest.errors import PublishError
from digest.publish.manifest import MANIFEST, STAGING, digest_of, dump, folders_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a publication does to a site; paths are relative to it and sorted."""

    site: Path
    bodies: Mapping[str, bytes]
    """Path → what is to stand there, for all but what stands untouched."""
    manifest: bytes
    """Names everything that is ours when it is done."""
    written: tuple[str, ...]
    """New, changed or damaged."""
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    """Ours, and no longer produced."""
    owned: Collection[str]
    """What was ours before."""

    @property
    def paths(self) -> frozenset[str]:
        """Everything that is ours when it is done."""
        return frozenset(self.written) | frozenset(self.unchanged)

    @property
    def is_done(self) -> bool:
        """Whether the site stands as it should and nothing has to be touched."""
        return not self.written and not self.removed and _reads(self.site / MANIFEST, self.manifest)


def make_plan(bodies: Mapping[str, bytes], standing: Collection[str], site: Path, owned: Mapping[str, str]) -> Plan:
    """
    Compare what is to stand with what stands.

    Args:
        bodies: Path → what is to stand there.
        standing: Paths of ours that stand as they should.
        site: The folder.
        owned: Path → SHA-256 of all that was ours before.

    Raises:
        PublishError: A foreign file stands where a page or its folder has to be.
    """
    written: list[str] = []
    unchanged = [*standing]
    for path, body in sorted(bodies.items()):
        _check_way(site, path, owned)
        (unchanged if _reads(site / path, body) else written).append(path)
    return Plan(
        site=site,
        bodies=bodies,
        manifest=dump({path: owned[path] for path in standing} | {p: digest_of(body) for p, body in bodies.items()}),
        written=tuple(written),
        unchanged=tuple(sorted(unchanged)),
        removed=tuple(p for p in sorted(owned.keys() - bodies.keys() - {*standing}) if _can_go(site, p)),
        owned=owned,
    )


def foreign(site: Path, owned: Collection[str]) -> tuple[str, ...]:
    """
    Return all that stands in the site and is not ours, sorted.

    Files, links and whatever else there is, and folders that are not there for our sake; a folder
    comes before what is in it, and no link is followed.
    """
    our_folders = frozenset(folder for path in owned for folder in folders_of(path))
    return tuple(sorted(path for path, is_dir in _walk(site) if path not in (our_folders if is_dir else owned)))


def is_folder(path: Path) -> bool:
    """Tell whether *path* is a folder itself and not a link to one."""
    return path.is_dir() and not path.is_symlink()


def _walk(site: Path, prefix: str = "") -> Iterator[tuple[str, bool]]:
    """Yield every path below *site*, and whether a folder itself stands there."""
    with os.scandir(site / prefix) as entries:
        found = [(f"{prefix}{entry.name}", entry.is_dir(follow_symlinks=False)) for entry in entries]
    for path, is_dir in found:
        if path in {MANIFEST, STAGING}:
            continue
        yield path, is_dir
        if is_dir:
            yield from _walk(site, f"{path}/")


def _check_way(site: Path, path: str, owned: Collection[str]) -> None:
    """Check that nothing foreign is in the way of a page or its folders."""
    for folder in folders_of(path):
        if os.path.lexists(site / folder) and not is_folder(site / folder) and folder not in owned:
            raise _in_the_way(site, folder)
    if is_folder(site / path):
        # Our own old folder makes way for the page once it is empty.
        for other in foreign(site, owned):
            if other == path or other.startswith(f"{path}/"):
                raise _in_the_way(site, other)
    elif os.path.lexists(site / path) and path not in owned:
        raise _in_the_way(site, path)


def _in_the_way(site: Path, path: str) -> PublishError:
    return PublishError(str(site), f"`{path}` is not ours and stands where a page has to be; move it away")


def _can_go(site: Path, path: str) -> bool:
    """Tell whether removing *path* removes nothing foreign: no folder, nothing behind a link."""
    return not is_folder(site / path) and not any((site / folder).is_symlink() for folder in folders_of(path))


def _reads(file: Path, body: bytes) -> bool:
    """Tell whether *file* is a plain file with these bytes."""
    try:
        standing = file.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    if not stat.S_ISREG(standing.st_mode) or standing.st_size != len(body):
        return False
    return file.read_bytes() == body
