"""
Make the weights of `digest.extract.web`: `python -m tests.quality.web_cleaner FOLDER LINES.npz OUT.npz [--measure]`.

FOLDER holds `data/cleaning/dev.jsonl.gz` and `eval/` (its README says what they are). LINES.npz is what
`tests.quality.cleaner --measure` was told to make: beside it lie the weights of `digest.extract.trained` that were made
without the pages of one fold each. Needs scikit-learn and lightgbm besides the project's own packages, and about five
minutes on one core.

With `--measure` the pages of each fold are cleaned by weights, of both kinds, that were made without them, which takes
five times as long. A table of F1 is printed: of what the whole of `digest clean` makes of the pages, and of what
trafilatura (to be installed as well) does in the same run, with the bounds of both, and of the difference, in 95 of 100
draws of as many pages; below it stands what each costs in CPU time, trafilatura also when it is asked for metadata,
which `digest clean` always gives.
"""

import sys
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from digest.errors import ItemError
from digest.extract.trained.arrays import Floats
from digest.extract.trained.weights import packed, unpacked
from digest.extract.web import judge
from digest.extract.web.forest import forest
from digest.one_stage import clean
from tests.quality.cleaner.__main__ import use
from tests.quality.cleaner.measure import DRAWS, bounds
from tests.quality.cleaner.pages import script, without
from tests.quality.web_cleaner.fit import fit, names_matrix
from tests.quality.web_cleaner.pages import Sample, read_samples


def make(folder: Path, lines: Path, out: Path) -> None:
    """Make the weights."""
    samples = list(read_samples(folder, lines))
    out.write_bytes(packed(fit(samples, [names_matrix(sample) for sample in samples])))


def measure(folder: Path, lines: Path, out: Path) -> None:
    """Say what the weights are worth on pages of sites that they were made without, beside trafilatura."""
    samples = list(read_samples(folder, lines))
    matrices = [names_matrix(sample) for sample in samples]
    scorer = script(folder / "eval" / "cleaning.py")
    scores: dict[str, list[tuple[Any, Any]]] = defaultdict(list)
    seconds = dict.fromkeys(_CLEANERS, 0.0)
    for fold in sorted({sample.fold for sample in samples}):
        kept = without(out, fold)
        if not kept.exists():
            rest = [at for at, sample in enumerate(samples) if sample.fold != fold]
            kept.write_bytes(packed(fit([samples[at] for at in rest], [matrices[at] for at in rest])))
        use(unpacked(without(lines, fold).read_bytes()))
        _use(unpacked(kept.read_bytes()))
        for sample in samples:
            if sample.fold == fold:
                found = []
                for name, clean_page in _CLEANERS.items():
                    start = time.process_time()
                    found.append(clean_page(sample))
                    seconds[name] += time.process_time() - start
                ours, peer = (scorer.page_score(sample.article, text) for text in found[:2])
                is_english = sample.language == "en"
                for group in ("English", sample.source) if is_english else ("other languages", sample.language):
                    scores[group].append((ours, peer))
    print("| pages of | pages | `digest clean` | | trafilatura | | difference |\n|---|---:|---:|---|---:|---|---|")
    for group, pairs in sorted(scores.items()):
        columns = ([pair[which] for pair in pairs] for which in (0, 1))
        each = " | ".join(f"{scorer.aggregate(one)['f1']:.4f} | {bounds(one, scorer)}" for one in columns)
        print(f"| {group} | {len(pairs)} | {each} | {_difference(pairs, scorer)} |", flush=True)
    print(", ".join(f"{name} {1000 * spent / len(samples):.0f} ms a page" for name, spent in seconds.items()))


def _use(weights: Mapping[str, Floats]) -> None:
    """Let the package work with *weights*."""
    forests = (forest(weights, "first"), forest(weights, "second"))
    vars(judge).update(weights=lambda: weights, forests=lambda: forests)


def _cleaned(sample: Sample) -> str:
    """Return what all of cleaning makes of a page; nothing, where that finds no article."""
    try:
        return str(clean({"id": sample.id, "html": sample.html, "url": sample.url})["text"])
    except ItemError:
        return ""


def _by_peer(sample: Sample, *, metadata: bool = False) -> str:
    from trafilatura import extract

    return extract(sample.html, include_comments=False, with_metadata=metadata) or ""


_CLEANERS: Mapping[str, Callable[[Sample], str]] = {
    "`digest clean`": _cleaned,
    "trafilatura": _by_peer,
    "trafilatura with metadata": partial(_by_peer, metadata=True),
}


def _difference(pairs: Sequence[tuple[Any, Any]], scorer: ModuleType) -> str:
    lot = np.random.default_rng(0)
    found = []
    for draw in lot.integers(0, len(pairs), (DRAWS, len(pairs))):
        one, two = (scorer.aggregate([pairs[at][which] for at in draw])["f1"] for which in (0, 1))
        found.append(one - two)
    return f"{np.quantile(found, 0.025):+.3f} to {np.quantile(found, 0.975):+.3f}"


if __name__ == "__main__":
    arguments = [Path(argument) for argument in sys.argv[1:] if argument != "--measure"]
    if len(arguments) != 3:
        sys.exit("usage: python -m tests.quality.web_cleaner FOLDER LINES.npz OUT.npz [--measure]")
    (measure if "--measure" in sys.argv else make)(*arguments)
