"""
Measure what a build costs as the archive grows: `python -m tests.bench [--sizes N ...] [--runs N] [--large]`.

With `--cleaning`, how fast text dumps of pages are cleaned, and nothing else.

Every figure is of whole processes, in seconds of all processors: the least and the median of so many runs.
What a build without news costs is held against what it costs to start Python with three libraries, which runs
in turn with it. Prints a table in Markdown; what is being done, on standard error.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench.cleaning import megabytes_a_second
from tests.bench.cost import Cost, cost
from tests.bench.feeds import served
from tests.bench.place import Place

SIZES = (1_000, 10_000, 100_000)
FOLLOWED = 200
MANY = 10_000
"""Sources of the large measurement."""
IMPORTS = (sys.executable, "-c", "import click, sqlite3, jinja2")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What builds on one archive cost."""

    articles: int
    """That are remembered."""
    first: Cost
    """The build that makes the whole site."""
    quiet: tuple[Cost, ...]
    """With nothing new."""
    imports: tuple[Cost, ...]
    """Of Python with three libraries."""
    one_new: tuple[Cost, ...]
    """With one new article."""
    written: int
    """Files that the last of these wrote or removed, of *files*."""
    files: int
    cleanings: int
    """Articles that the last of these cleaned."""
    tellings: int
    """Stories that the last of these told."""
    asked: tuple[Cost, ...]
    """With all feeds due and none of them changed."""


def main(sizes: Sequence[int], *, runs: int, is_large: bool) -> None:
    """Print all figures."""
    figures: list[Figures] = []
    for size in sizes:
        _say(f"{size:,} articles")
        with tempfile.TemporaryDirectory() as folder, served(has_entries=False) as address:
            figures.append(measure(Place(Path(folder), size, feeds=address, followed=FOLLOWED), size, runs=runs))
    _print_rows(rows(figures))
    if is_large:
        _print_rows(large())


def measure(place: Place, size: int, *, runs: int) -> Figures:
    """Return the figures of a digest that remembers *size* articles, each the outcome of so many runs."""
    place.add()
    first = place.build()
    quiet: list[Cost] = []
    imports: list[Cost] = []
    for _ in range(runs):
        quiet.append(place.build())
        imports.append(cost(IMPORTS, place.folder))
    one_new: list[Cost] = []
    for _ in range(runs):
        files, cleaned, told = place.files(), place.made("cleaned"), place.made("told")
        place.add()
        one_new.append(place.build(is_watched=True))
    asked: list[Cost] = []
    for _ in range(runs):
        place.let_feeds_be_due()
        asked.append(place.build())
    now = place.files()
    return Figures(
        articles=size,
        first=first,
        quiet=tuple(quiet),
        imports=tuple(imports),
        one_new=tuple(one_new),
        written=sum(files.get(path) != now.get(path) for path in files.keys() | now.keys()),
        files=len(now),
        cleanings=len(place.made("cleaned") - cleaned),
        tellings=len(place.made("told") - told),
        asked=tuple(asked),
    )


def rows(figures: Sequence[Figures]) -> Iterator[tuple[str, ...]]:
    """Yield the table's rows, a column for each archive."""
    yield ("remembered articles", *(f"{each.articles:,}" for each in figures))
    yield ("nothing new", *(_cpu(each.quiet) for each in figures))
    yield ("`python -c 'import click, sqlite3, jinja2'`", *(_cpu(each.imports) for each in figures))
    yield ("ratio of the two", *(_ratio(each) for each in figures))
    yield (f"{FOLLOWED} feeds asked, nothing new", *(_cpu(each.asked) for each in figures))
    yield ("the same by the clock on the wall", *(_wall(each.asked) for each in figures))
    yield ("one new article", *(_cpu(each.one_new) for each in figures))
    yield ("its cleanings, tellings", *(f"{each.cleanings}, {each.tellings}" for each in figures))
    yield ("its files written, of all", *(f"{each.written} of {each.files:,}" for each in figures))
    yield ("its memory, MiB", *(f"{max(run.peak_mib for run in each.one_new):.0f}" for each in figures))
    yield ("the whole site made", *(f"{each.first.cpu_s:.0f}" for each in figures))


def large() -> Iterator[tuple[str, ...]]:
    """Yield the rows of very many sources, read for the first time and then asked again."""
    yield (f"{MANY:,} sources", "seconds of all processors", "by the clock on the wall", "memory, MiB", "descriptors")
    for has_entries in (False, True):
        with tempfile.TemporaryDirectory() as folder, served(has_entries=has_entries) as address:
            place = Place(Path(folder), 0, feeds=address, followed=MANY)
            place.add()
            for what in ("read for the first time", "asked, nothing new"):
                _say(f"{MANY:,} feeds {what}")
                spent = place.build(is_watched=True)
                figures = (spent.cpu_s, spent.wall_s, spent.peak_mib, spent.descriptors)
                yield (f"with {'an entry' if has_entries else 'no entries'}, {what}", *(f"{n:.0f}" for n in figures))
                place.let_feeds_be_due()


def cleaning() -> Iterator[tuple[str, ...]]:
    """Yield the row of dumps: the most and the median of three runs."""
    speeds = megabytes_a_second()
    yield ("text dumps cleaned, megabytes a second of a processor", f"{max(speeds):.2f}, {median(speeds):.2f}")


def _cpu(runs: Sequence[Cost]) -> str:
    return _least_and_median([run.cpu_s for run in runs])


def _wall(runs: Sequence[Cost]) -> str:
    return _least_and_median([run.wall_s for run in runs])


def _least_and_median(seconds: Sequence[float]) -> str:
    return f"{min(seconds):.2f}, {median(seconds):.2f}"


def _ratio(figures: Figures) -> str:
    quiet, imports = ([run.cpu_s for run in runs] for runs in (figures.quiet, figures.imports))
    return f"{min(quiet) / min(imports):.2f}, {median(quiet) / median(imports):.2f}"


def _print_rows(table: Iterator[tuple[str, ...]]) -> None:
    for number, row in enumerate(table):
        sys.stdout.write(f"| {' | '.join(row)} |\n")
        if number == 0:
            sys.stdout.write(f"|---{'|---:' * (len(row) - 1)}|\n")
        sys.stdout.flush()


def _say(what: str) -> None:
    sys.stderr.write(f"{what}\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure what a build costs.")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="how many articles are remembered")
    parser.add_argument("--runs", type=int, default=5, help="of each build, at most ten")
    parser.add_argument("--large", action="store_true", help=f"measure {MANY:,} sources too, which takes minutes")
    parser.add_argument("--cleaning", action="store_true", help="measure how fast dumps are cleaned, and only that")
    told = parser.parse_args()
    if told.cleaning:
        _print_rows(cleaning())
    else:
        main(told.sizes, runs=told.runs, is_large=told.large)
