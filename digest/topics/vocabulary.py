"""
The IPTC Media Topics vocabulary in, the part of it that the tagger reads out.

Run as `python -m digest.topics.vocabulary iptc_mediatopics.tsv > digest/topics/media_topics.tsv`. The input
is tab-separated with a row of names (`uri`, `level1`, `label`, `definition`, others are ignored); each line
of the output is a topic: its number, that of the top-level topic above it, label and definition.
"""

import csv
import fileinput
import sys
from collections.abc import Iterable, Iterator


def shorten(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines of `media_topics.tsv`, ordered by top-level topic, then number."""
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    kept = [
        (
            row["level1"].removeprefix("medtop:"),
            row["uri"].rpartition("/")[2],
            " ".join(row["label"].split()),
            " ".join(row["definition"].split()),
        )
        for row in rows
    ]
    for top, code, label, definition in sorted(kept):
        yield f"{code}\t{top}\t{label}\t{definition}\n"


if __name__ == "__main__":
    with fileinput.input(encoding="utf-8") as vocabulary:
        sys.stdout.writelines(shorten(vocabulary))
