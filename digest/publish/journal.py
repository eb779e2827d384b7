"""
A `Plan` in, the new site out, file by file, for places where folders cannot be exchanged.

First every new file is written into a folder of its own inside the site; then a journal says what
is to be done; then it is done. A run that dies before the journal stands has changed nothing, and
what a run that dies later has left is finished by the next one.
"""

import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from digest.errors import PublishError
from digest.publish.exchange import remove_tree, settle, write_file
from digest.publish.manifest import JOURNAL, MANIFEST, STAGING, checked, folders_of
from digest.publish.plan import Plan, is_folder


def replace_files(plan: Plan) -> None:
    """
    Put the new files in place of the old ones.

    Raises:
        OSError: Nothing has been touched, or the journal stands and the next run goes on with it.
    """
    staging = plan.site / STAGING
    plan.site.mkdir(parents=True, exist_ok=True)
    try:
        staging.mkdir()
        _stage(plan, staging)
    except OSError:
        with suppress(OSError):
            remove_tree(staging)
        raise
    finish(plan.site)


def finish(site: Path) -> None:
    """
    Do what a journal says, or what is left of it; without a journal, forget what was staged.

    Raises:
        PublishError: The journal cannot be read.
    """
    staging = site / STAGING
    if not staging.exists():
        return
    if (site / JOURNAL).exists():
        writes, removes = _read(site)
        in_the_way = {path for path in removes if _is_in_the_way(path, writes)}
        _remove(site, sorted(in_the_way))
        for number, path in enumerate(writes):
            _move(staging / str(number), site / path)
        _remove(site, [path for path in removes if path not in in_the_way])
        _move(staging / MANIFEST, site / MANIFEST)
    remove_tree(staging)
    settle({site})


def order(paths: Iterable[str]) -> tuple[str, ...]:
    """
    Return the order in which files take their places, so that none names one that is not there yet.

    What pages are made of (style, pictures), then the pages of stories and articles, then the
    pages that list them, then feeds and other files for machines.
    """
    return tuple(sorted(paths, key=lambda path: (_turn(path), path)))


def _turn(path: str) -> int:
    if path.endswith((".xml", ".json", ".jsonl", ".txt", ".opml")):
        return 3
    if not path.endswith(".html"):
        return 0
    return 1 if path.startswith(("stories/", "articles/")) else 2


def _stage(plan: Plan, staging: Path) -> None:
    """Write the new files, each under its number, then the journal."""
    writes = order(plan.written)
    for number, path in enumerate(writes):
        write_file(staging / str(number), plan.bodies[path])
    write_file(staging / MANIFEST, plan.manifest)
    draft = staging / "draft"
    write_file(draft, json.dumps({"write": writes, "remove": plan.removed}).encode())
    settle({staging, *staging.iterdir()})
    draft.replace(plan.site / JOURNAL)
    settle({staging})


def _read(site: Path) -> tuple[list[str], list[str]]:
    try:
        journal = json.loads((site / JOURNAL).read_text("utf-8"))
        return [checked(path) for path in journal["write"]], [checked(path) for path in journal["remove"]]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise PublishError(
            str(site), f"an unfinished publication cannot be finished: `{JOURNAL}` is damaged ({error})"
        ) from error


def _is_in_the_way(path: str, writes: Sequence[str]) -> bool:
    """Tell whether a file that goes is where a folder has to be, or the other way round."""
    return any(path in folders_of(other) or other in folders_of(path) for other in writes)


def _move(staged: Path, place: Path) -> None:
    if not staged.exists():
        return  # done before the crash
    place.parent.mkdir(parents=True, exist_ok=True)
    staged.replace(place)


def _remove(site: Path, paths: Iterable[str]) -> None:
    """Remove files and the folders that are empty without them."""
    for path in paths:
        if not is_folder(site / path):
            with suppress(FileNotFoundError, NotADirectoryError):
                (site / path).unlink()
        for folder in folders_of(path):
            try:
                (site / folder).rmdir()
            except OSError:
                break
