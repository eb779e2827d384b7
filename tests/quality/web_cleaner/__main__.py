"""
Make the weights of `digest.extract.web`: `python -m tests.quality.web_cleaner FOLDER LINES OUT.npz [--measure]`.

FOLDER holds `data/cleaning/dev.jsonl.gz` and `eval/` (its README says what they are); LINES holds the weights of
`digest.extract.trained` that were made without the pages of one fold each. Needs scikit-learn and lightgbm besides the
project's own packages, and about five minutes on one core. With `--measure` the pages of each fold are judged by
weights that were made without them, which takes four times as long, and F1 is printed beside that of trafilatura.
"""

import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from digest.extract.trained import chosen
from digest.extract.trained.arrays import Floats
from digest.extract.trained.weights import packed, unpacked
from digest.extract.web.forest import forest, odds
from digest.extract.web.judge import first_rows, probability, second_rows
from tests.quality.cleaner.__main__ import interval
from tests.quality.cleaner.pages import script
from tests.quality.web_cleaner.fit import Arrays, fit, names_matrix
from tests.quality.web_cleaner.pages import Sample, read_samples


def main(folder: Path, lines: Path, out: Path, *, measure: bool) -> None:
    """Make the weights, and say what they are worth."""
    samples = list(read_samples(folder, lines))
    matrices = [names_matrix(sample) for sample in samples]
    out.write_bytes(packed(fit(samples, matrices)))
    if not measure:
        return
    from trafilatura import extract

    scorer = script(folder / "eval" / "cleaning.py")
    scores: dict[str, list[tuple[Any, Any]]] = defaultdict(list)
    for fold in sorted({sample.fold for sample in samples}):
        rest = [at for at, sample in enumerate(samples) if sample.fold != fold]
        learnt = fit([samples[at] for at in rest], [matrices[at] for at in rest])
        for sample in samples:
            if sample.fold == fold:
                ours = scorer.page_score(sample.article, "\n".join(kept(sample, learnt)))
                peer = scorer.page_score(sample.article, extract(sample.html, include_comments=False) or "")
                group = sample.source if sample.language == "en" else sample.language
                for name in (group, "English" if sample.language == "en" else "other languages"):
                    scores[name].append((ours, peer))
    for name, found in sorted(scores.items()):
        ours, peer = ([pair[which] for pair in found] for which in (0, 1))
        print(
            f"{name:20}{len(found):5}{scorer.aggregate(ours)['f1']:8.4f} {interval(ours, scorer)}"
            f"   trafilatura {scorer.aggregate(peer)['f1']:.4f} {interval(peer, scorer)}   {_difference(found, scorer)}"
        )


def kept(sample: Sample, learnt: Arrays) -> list[str]:
    """Return the lines of a page that weights keep."""
    weights = unpacked(packed(learnt))
    rows = first_rows(sample.page, sample.signs, sample.title, sample.likely, weights, sample.layout)
    first = probability(odds(rows, forest(weights, "first")))
    again = second_rows(rows, first, sample.signs, sample.layout)
    own: Floats = probability(odds(again, forest(weights, "second")))
    marks = chosen(own, sample.signs.words, sample.signs.ends)
    return [line for line, is_own in zip(sample.page.lines, marks, strict=True) if is_own]


def _difference(pairs: Sequence[tuple[Any, Any]], scorer: Any, *, draws: int = 1000) -> str:
    """Return the bounds of the difference of F1 in 95 of 100 draws of as many pages."""
    lot = np.random.default_rng(0)
    found = []
    for _ in range(draws):
        drawn = [pairs[at] for at in lot.integers(0, len(pairs), len(pairs))]
        one, two = (scorer.aggregate([pair[which] for pair in drawn])["f1"] for which in (0, 1))
        found.append(one - two)
    return f"difference [{np.quantile(found, 0.025):+.4f}, {np.quantile(found, 0.975):+.4f}]"


if __name__ == "__main__":
    arguments = [argument for argument in sys.argv[1:] if argument != "--measure"]
    if len(arguments) != 3:
        sys.exit("usage: python -m tests.quality.web_cleaner FOLDER LINES OUT.npz [--measure]")
    main(Path(arguments[0]), Path(arguments[1]), Path(arguments[2]), measure="--measure" in sys.argv)
