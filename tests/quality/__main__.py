"""
Measure what each stage is worth: `python -m tests.quality FOLDER [TASK]...`.

FOLDER holds `data/` (labelled rows, JSON Lines, gzipped) and `eval/` (their scorers). Each task feeds
rows to a command of `digest`, as anyone would, and gives what it prints to the scorer. The scorer of
summaries needs the package `rouge-score`.
"""

import gzip
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Task:
    """One figure: rows of labelled data, the command that answers them, the scorer."""

    command: tuple[str, ...]
    data: tuple[str, ...]
    """Files of rows, one after the other; the last one is the scorer's."""
    fields: tuple[str, ...]
    """What of a row the command is shown."""
    scorer: tuple[str, ...]
    """Script, and what it is told behind the files."""
    where: str = ""
    """Source that rows must come from; empty for all."""


TASKS = {
    "clean-text": Task(
        ("clean",), ("cleaning/dev",), ("id", "text"), ("cleaning.py", "--by", "source", "--where", "lang=en")
    ),
    "clean-html": Task(
        ("clean",),
        ("cleaning/dev",),
        ("id", "html", "url"),
        ("cleaning.py", "--by", "source", "--where", "lang=en"),
    ),
    "metadata": Task(("clean",), ("cleaning/dev",), ("id", "html", "url"), ("metadata.py",)),
    "summarize": Task(
        ("summarize", "-n", "3"),
        ("summaries/dev",),
        ("id", "title", "text", "paragraphs"),
        ("summaries.py",),
        where="cnndm",
    ),
    "lead": Task(
        ("summarize", "-n", "3", "--method", "lead"),
        ("summaries/dev",),
        ("id", "title", "text", "paragraphs"),
        ("summaries.py",),
        where="cnndm",
    ),
    "summarize-stories": Task(
        ("summarize", "--words", "70"),
        ("stories/dev_story_summaries",),
        ("id", "articles"),
        ("summaries.py",),
    ),
    "tag": Task(("tag", "--threshold", "0"), ("topics/dev",), ("id", "title", "text"), ("topics.py",)),
    "tag-when-sure": Task(("tag",), ("topics/dev",), ("id", "title", "text"), ("topics.py",)),
    "group": Task(("group",), ("stories/dev",), ("id", "title", "text", "date", "source"), ("stories.py",)),
    "group-undated": Task(("group",), ("stories/dev",), ("id", "title", "text", "source"), ("stories.py",)),
    "reprints": Task(
        ("group",),
        ("stories/neardup_base", "stories/neardup_dev_queries"),
        ("id", "title", "text"),
        ("neardup.py",),
    ),
}


def main(folder: Path, names: Iterable[str]) -> None:
    """Print the figures of each task."""
    for name in names:
        print(f"\n== {name}", flush=True)
        measure(TASKS[name], folder)


def measure(task: Task, folder: Path) -> None:
    """Run one task and let its scorer print."""
    gold = [row for data in task.data for row in read(folder / "data" / f"{data}.jsonl.gz")]
    gold = [row for row in gold if str(row.get("source", "")).startswith(task.where)]
    questions = "".join(
        json.dumps({field: row[field] for field in task.fields if row.get(field)}) + "\n" for row in gold
    )
    answer = subprocess.run(
        [sys.executable, "-m", "digest", *task.command, "--jsonl"],
        input=questions.encode(),
        stdout=subprocess.PIPE,
        check=False,
    )
    with tempfile.TemporaryDirectory() as place:
        answers, asked = Path(place, "answers.jsonl"), Path(place, "gold.jsonl")
        answers.write_bytes(answer.stdout)
        last = list(read(folder / "data" / f"{task.data[-1]}.jsonl.gz"))
        kept = [row for row in last if str(row.get("source", "")).startswith(task.where)]
        asked.write_text("".join(json.dumps(row) + "\n" for row in kept), "utf-8")
        script, *options = task.scorer
        subprocess.run([sys.executable, folder / "eval" / script, asked, answers, *options], check=True)


def read(file: Path) -> Iterator[Row]:
    """Yield the rows of a gzipped file of JSON Lines."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


if __name__ == "__main__":
    if len(sys.argv) < 2 or not set(sys.argv[2:]) <= TASKS.keys():
        sys.exit(f"usage: python -m tests.quality FOLDER [{' | '.join(TASKS)}]...")
    main(Path(sys.argv[1]), sys.argv[2:] or TASKS)
