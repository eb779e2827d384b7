"""
One stage alone, as JSON Lines: `clean`, `summarize`, `tag`, `group`.

Each reads the files named (raw, cleaned first), or with `--jsonl` JSON Lines on standard input, and
writes one object a line, in the order of the input. A line that cannot be used gives `{id, error}`.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from digest.cli.common import CONFIG, ExitCode, explained, own_topics
from digest.errors import ItemError, SettingsError, reason_of

if TYPE_CHECKING:
    from digest.model import Article
    from digest.one_stage import Groups

Row = dict[str, Any]
T = TypeVar("T")

_FILES = click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path(path_type=Path))
_JSONL = click.option("--jsonl", is_flag=True, help="Read JSON Lines from standard input.")


@click.command()
@_FILES
@_JSONL
def clean(files: Sequence[Path], *, jsonl: bool) -> None:
    """Take the article out of each FILE: headline, byline, date, language, paragraphs."""
    from digest import one_stage

    _run(files, jsonl, on_row=one_stage.clean, on_article=lambda a: one_stage.cleaned(a, name=a.key))


@click.command()
@_FILES
@_JSONL
@click.option("-n", "--sentences", type=click.IntRange(min=1), help="At most so many.  [default: 3]")
@click.option("--words", type=click.IntRange(min=1), help="At most so many; no sentence is cut.")
@click.option("--method", default="digest", show_default=True, help="Name of a summarizer.")
def summarize(files: Sequence[Path], sentences: int | None, words: int | None, method: str, *, jsonl: bool) -> None:
    """Sum up each FILE in sentences of its own."""
    from digest import one_stage
    from digest.summarize import Limit, summarizer

    with explained():
        summarizer(method)
    limit = Limit(sentences=sentences or (None if words else 3), words=words)
    _run(
        files,
        jsonl,
        on_row=lambda row: one_stage.summary(row, limit=limit, method=method),
        on_article=lambda a: one_stage.summarized([a], name=a.key, limit=limit, method=method),
    )


@click.command()
@_FILES
@_JSONL
@CONFIG
@click.option("--threshold", type=click.FloatRange(0, 1), help="Confidence from which a topic is named.")
def tag(files: Sequence[Path], file: Path | None, threshold: float | None, *, jsonl: bool) -> None:
    """Name the topics and keywords of each FILE."""
    from digest import one_stage
    from digest.topics import THRESHOLD

    level = THRESHOLD if threshold is None else threshold
    with explained():
        own = own_topics(file)
    _run(
        files,
        jsonl,
        on_row=lambda row: one_stage.tag(row, threshold=level, own=own),
        on_article=lambda a: one_stage.tagged(a, name=a.key, threshold=level, own=own),
    )


@click.command()
@_FILES
@_JSONL
@click.option("--one-by-one", is_flag=True, help="Take articles in order of date, without looking ahead.")
@click.option(
    "--memory",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Start from the groups in FILE, and save them there.",
)
def group(files: Sequence[Path], memory: Path | None, *, jsonl: bool, one_by_one: bool) -> None:
    """Group the FILEs that report one event, and find reprints."""
    from digest import one_stage

    with explained():
        earlier = _read_groups(memory)
    inputs = list(_without_doubles(_each(files, jsonl, on_row=one_stage.article_of, on_article=lambda a: a)))
    articles = [line for line in inputs if not isinstance(line, _Failure)]
    rows, groups = one_stage.group(articles, earlier=earlier, one_by_one=one_by_one)
    found = iter(rows)
    for line in inputs:
        _print(line.row if isinstance(line, _Failure) else next(found))
    if memory is not None:
        with explained():
            _write_groups(memory, groups)
    if len(articles) < len(inputs):
        sys.exit(ExitCode.SET_ASIDE)


STAGES: Sequence[click.Command] = (clean, summarize, tag, group)


@dataclass(frozen=True, slots=True)
class _Failure:
    """An input that cannot be used."""

    id: object
    reason: str

    @property
    def row(self) -> Row:
        return {"id": self.id, "error": self.reason}


def _run(
    files: Sequence[Path], jsonl: bool, *, on_row: Callable[[Row], Row], on_article: Callable[["Article"], Row]
) -> None:
    """Print an answer for every input; exit with 3 when one of them could not be used."""
    failed = False
    for line in _each(files, jsonl, on_row=on_row, on_article=on_article):
        if isinstance(line, _Failure):
            failed = True
            _print(line.row)
        else:
            _print(line)
    if failed:
        sys.exit(ExitCode.SET_ASIDE)


def _each(
    files: Sequence[Path], jsonl: bool, *, on_row: Callable[[Row], T], on_article: Callable[["Article"], T]
) -> Iterator[T | _Failure]:
    """Yield what becomes of every input, in order."""
    if jsonl == bool(files):
        raise click.UsageError("Name a FILE or more, or use --jsonl to read standard input.")
    if jsonl:
        for number, line in enumerate(sys.stdin.buffer, start=1):
            if line.strip():
                yield _of_line(line, number, on_row)
    for file in files:
        yield from _of_file(file, on_article)


def _without_doubles(lines: "Iterator[Article | _Failure]") -> "Iterator[Article | _Failure]":
    """Let an id stand for one article only."""
    seen: set[str] = set()
    for line in lines:
        if not isinstance(line, _Failure) and line.key in seen:
            yield _Failure(line.key, "another article before it has the same `id`")
            continue
        if not isinstance(line, _Failure):
            seen.add(line.key)
        yield line


def _of_line(line: bytes, number: int, on_row: Callable[[Row], T]) -> T | _Failure:
    import msgspec

    try:
        row = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return _Failure(None, f"line {number}: not JSON: {error}")
    if not isinstance(row, dict):
        return _Failure(None, f"line {number}: not a JSON object")
    try:
        return on_row(row)
    except ItemError as error:
        return _Failure(row.get("id"), error.reason)


def _of_file(file: Path, on_article: Callable[["Article"], T]) -> Iterator[T | _Failure]:
    from dataclasses import replace

    from digest import pipeline, sources
    from digest.model import Item

    try:
        found = sources.contents(file, name=str(file))
    except ItemError as error:
        yield _Failure(str(file), error.reason)
        return
    for item in found:
        if not isinstance(item, Item):
            yield _Failure(item.locator, item.reason)
            continue
        try:
            yield on_article(replace(pipeline.clean(item), key=item.locator))
        except ItemError as error:
            yield _Failure(item.locator, error.reason)


def _print(row: Row) -> None:
    import msgspec

    sys.stdout.buffer.write(msgspec.json.encode(row) + b"\n")
    sys.stdout.buffer.flush()


def _read_groups(file: Path | None) -> "Groups":
    import msgspec

    from digest.one_stage import Groups

    if file is None or not file.exists():
        return Groups()
    try:
        return msgspec.json.decode(file.read_bytes(), type=Groups)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise SettingsError(str(file), f"holds no groups: {error}; name a new file") from error


def _write_groups(file: Path, groups: "Groups") -> None:
    """Write beside the file, then replace it: a crash leaves the old groups."""
    import msgspec

    beside = file.with_name(f"{file.name}.new")
    try:
        beside.write_bytes(msgspec.json.encode(groups))
        beside.replace(file)
    except OSError as error:
        raise SettingsError(str(file), f"cannot be written: {reason_of(error)}") from error
