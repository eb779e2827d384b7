"""
Make the weights of the summarizer: `python -m tests.quality.summarizer FOLDER [WEIGHTS] [--measure]`.

FOLDER is as for `python -m tests.quality`: labelled rows under `data/`. With `--measure` it prints what such weights
are worth on stories that they were not learned from, beside what others are worth, and what both cost. Needs `torch`,
for learning only; of the others those are measured that are installed.
"""

import argparse
from pathlib import Path
from typing import Any

import numpy as np

from tests.quality.summarizer.learn import examples, learn
from tests.quality.summarizer.measure import measure, out_of_fold
from tests.quality.summarizer.samples import samples, tables


def main() -> None:
    """Learn and write, or measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("weights", type=Path, nargs="?")
    parser.add_argument("--measure", action="store_true")
    asked = parser.parse_args()
    found, known = samples(asked.folder), tables(asked.folder)
    shown = examples(found, known)
    if asked.measure:
        measure(found, out_of_fold(found, shown, known))
    if asked.weights:
        arrays: dict[str, Any] = dict(learn(found, shown, known))
        np.savez_compressed(asked.weights, **arrays)


if __name__ == "__main__":
    main()
