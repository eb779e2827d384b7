"""
Pages in, the site out: whole old or whole new at every moment, and untouched where nothing changed.

The new site is built beside the old one and takes its place in one step (`exchange`); where the
system or the place does not allow that, files are replaced one by one under a journal that the
next run finishes after a crash (`journal`). A manifest names what is ours (`manifest`): everything
else in the folder stays as it is, and a folder that is not ours is refused.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from digest.errors import PublishError, reason_of
from digest.model import Page, Standing
from digest.publish.exchange import clear_leftovers, replace_tree
from digest.publish.journal import finish, replace_files
from digest.publish.manifest import check_together, checked, load
from digest.publish.plan import make_plan
from digest.publish.stamps import Stamp, stamps

__all__ = ["Published", "Stamp", "digests", "owned", "publish", "put", "read", "settle", "stamps"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What a publication did; paths are relative to the site and sorted."""

    written: tuple[str, ...]
    """New, changed or damaged."""
    removed: tuple[str, ...]
    """Ours, and no longer produced."""
    unchanged: int
    """How many files were left as they were, with their times."""


def publish(pages: Iterable[Page | Standing], site: Path) -> Published:
    """
    Make *site* hold *pages*, and leave everything in it that is not ours.

    Args:
        pages: The whole site, in any order, what stands and need not be touched too.
        site: Folder, made with its parents when missing; a link to a folder stays a link. Other
            programs should reach it by its path: an open folder is the old one after an exchange.

    Raises:
        ValueError: A path is none, or two of them cannot stand in one folder.
        KeyError: Something stands, it is said, that we never published.
        PublishError: *site* is not ours, holds something foreign where a page has to be, or
            cannot be written.
    """
    bodies, standing = _sorted_out(pages)
    with _explained(site):
        settle(site)
        site = _real(site)
        plan = make_plan(bodies, standing, site, load(site))
        if not plan.is_done and not replace_tree(plan):
            replace_files(plan)
    return Published(written=plan.written, removed=plan.removed, unchanged=len(plan.unchanged))


def owned(site: Path) -> frozenset[str]:
    """
    Return the paths in *site* that are ours, none when it is missing or empty; touches nothing.

    Raises:
        PublishError: The folder is not ours, or cannot be read.
    """
    with _explained(site):
        return frozenset(load(_real(site)))


def digests(site: Path) -> Mapping[str, str]:
    """
    Return path → SHA-256 (hexadecimal digits) of all that was last published, none when nothing was.

    Raises:
        PublishError: The folder is not ours, or cannot be read.
    """
    with _explained(site):
        return load(_real(site))


def settle(site: Path) -> None:
    """
    Bring a publication to its end that was cut short, or forget it when it had not been decided.

    Raises:
        PublishError: It cannot be finished, or *site* is not ours.
    """
    with _explained(site):
        site = _real(site)
        load(site)  # refuses a foreign folder before anything is touched
        clear_leftovers(site)
        finish(site)


def read(site: Path, path: str) -> bytes | None:
    """
    Return what was published at *path*, or None when there is nothing.

    Raises:
        ValueError: *path* is not the path of a page.
        PublishError: The file cannot be read.
    """
    with _explained(site):
        try:
            return (_real(site) / checked(path)).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None


def put(page: Page, site: Path) -> None:
    """
    Write one file that is no part of the site's content, in one step.

    Raises:
        PublishError: It cannot be written, or there is no site.
    """
    with _explained(site):
        place = _real(site) / checked(page.path)
        beside = place.with_name(f".{place.name}.new")
        beside.write_bytes(page.body)
        beside.replace(place)


def _sorted_out(pages: Iterable[Page | Standing]) -> tuple[dict[str, bytes], frozenset[str]]:
    everything = list(pages)
    check_together(checked(page.path) for page in everything)
    return (
        {page.path: page.body for page in everything if isinstance(page, Page)},
        frozenset(page.path for page in everything if isinstance(page, Standing)),
    )


def _real(site: Path) -> Path:
    """Follow a link, and give a name to a folder such as `.`; messages keep the path as given."""
    return site.resolve() if site.is_symlink() or site.name in {"", ".."} else site


@contextmanager
def _explained(site: Path) -> Iterator[None]:
    """Put an error of the system into words for the user."""
    try:
        yield
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        raise PublishError(str(site), f"cannot be used: {reason_of(error)}{where}") from error
