"""
Whether there is anything to do at all: what a build can change by, seen from outside.

A build that is done notes how everything it read looked, and until when nothing changes by itself. As long
as files, program and settings look the same and that moment has not come, the next build has nothing to
do. Files are looked at, never opened; the cost does not depend on what the store holds.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

import digest
from digest import addresses
from digest.build.workplace import Workplace
from digest.store.glance import glance

if TYPE_CHECKING:
    from digest.store import Store

_NOTE = "quiet"
_PROGRAM = Path(digest.__file__).parent
_IN_CHECKOUT = _PROGRAM.parent / "templates"
"""Where our templates stand in a checkout; in a wheel they are inside the program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What a build that is done knows of the next one."""

    program: str
    """Fingerprint of program, templates and settings."""
    files: str
    """Fingerprint of what was read, as it looked from outside."""
    site: str
    """Fingerprint of what was published, as it looks from outside."""
    built: datetime
    """When; aware, UTC."""
    looked: datetime
    """When a build last found nothing new, or built; aware, UTC."""
    closes: datetime
    """When the open edition closes."""
    due: datetime | None
    """When a feed or a page is to be asked for next; none when there is none to ask."""
    set_aside: tuple[tuple[str, str], ...] = ()
    """Locator and reason of what could not be used."""
    pulse: dict[str, Any] = field(default_factory=dict)
    """What a heartbeat tells beside its moment."""

    def stands(self, inputs: "Inputs") -> bool:
        """Tell whether a build that finds these inputs would find nothing to do."""
        return self.is_unchanged(inputs) and (inputs.is_told or self.due is None or inputs.now < self.due)

    def is_unchanged(self, inputs: "Inputs") -> bool:
        """Tell the same of all but what comes over the network."""
        looks = (self.program, self.files, self.site) == (inputs.program, inputs.files, inputs.site)
        return looks and (inputs.is_told or self.looked <= inputs.now < self.closes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """How everything that a build reads looks from outside, as fingerprints, and its moment."""

    program: str
    files: str
    """Of the moment too when that was told."""
    site: str
    now: datetime
    is_told: bool
    """Whether the moment was told, and not read from a clock: nothing happens by itself then."""


def inputs_of(place: Workplace, *, now: datetime, told: str | None) -> Inputs:
    """
    Look at everything that a build reads.

    Args:
        place: Settings and folders.
        now: Moment of the build, aware.
        told: The same as it was told, if it was not read from a clock.
    """
    return Inputs(
        program=_digest([digest.__version__, repr(place.settings), *_looks_of_program(place)]),
        files=_digest([str(told), str(place.seeds), *_looks(place.seeds), *_looks_of_examples(place)]),
        site=looks_of_site(place.site),
        now=now,
        is_told=told is not None,
    )


def _looks_of_program(place: Workplace) -> Iterator[str]:
    """Yield how program, libraries, templates and the owner's own summarizer look."""
    yield from _looks(_PROGRAM)
    if not (_PROGRAM / "templates").is_dir():
        yield from _looks(_IN_CHECKOUT)
    yield _look("", str(Path(msgspec.__file__).parents[1]))  # where libraries are put in and taken out
    if place.templates:
        yield from _looks(Path(place.templates), hidden=True)
    module = place.settings.summary.method.partition(":")
    if module[1]:
        with suppress(ImportError, ValueError):
            found = find_spec(module[0])
            yield _look("", found.origin or "" if found else "")


def _looks_of_examples(place: Workplace) -> Iterator[str]:
    """Yield how the articles look that the owner's topics are learnt from."""
    for own in place.settings.topics.add:
        if own.examples:
            yield from _looks(place.base / own.examples)


def looks_of_site(site: Path) -> str:
    """
    Return the fingerprint of what stands at the top of the site, the manifest of all that is below among it.

    A publication that was cut short leaves a folder behind that does not belong there.
    """
    try:
        with os.scandir(site) as entries:
            top = sorted(
                _look(entry.name, entry.path) if entry.is_file(follow_symlinks=False) else entry.name
                for entry in entries
                if entry.name != addresses.HEARTBEAT
            )
    except OSError:
        top = []
    return _digest([str(site), *top])


def recall(place: Workplace) -> Record | None:
    """Return what the last build noted, if it can be had."""
    noted = glance(place.store, _NOTE)
    try:
        return msgspec.json.decode(noted, type=Record) if noted else None
    except msgspec.MsgspecError:
        return None


def forget(store: "Store") -> None:
    """Take back what was noted: until a build is done, nobody knows whether there is anything to do."""
    store.note(_NOTE, "")


def note(record: Record, store: "Store") -> None:
    """Leave word for the next build."""
    store.note(_NOTE, msgspec.json.encode(record).decode())


def _looks(root: Path, *, hidden: bool = False) -> Iterator[str]:
    """Yield how every file below a folder looks, in a fixed order; byte code aside."""
    for parent, folders, files in os.walk(root):
        folders[:] = sorted(n for n in folders if (hidden or not n.startswith(".")) and n != "__pycache__")
        for name in sorted([*files, *(folder for folder in folders if os.path.islink(os.path.join(parent, folder)))]):  # noqa: PTH114, PTH118 - a third of the time
            if hidden or not name.startswith("."):
                yield _look(name, f"{parent}/{name}")


def _look(name: str, path: str) -> str:
    """Return how a file looks; one that is moved into another's place differs too."""
    try:
        status = os.stat(path)  # noqa: PTH116 - a third of the time
    except OSError as error:
        return f"{path} {error.errno}"
    return f"{path} {name} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino} {status.st_mode}"


def _digest(lines: list[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()
