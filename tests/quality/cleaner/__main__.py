"""
Make the weights of `digest.extract.trained`: `python -m tests.quality.cleaner FOLDER OUT.npz [--measure]`.

FOLDER holds `data/cleaning/dev.jsonl.gz` and `eval/` (its README says what they are). Needs scikit-learn, torch,
beautifulsoup4 and html2text besides the project's own packages, and about six minutes on one core.

With `--measure` the pages of each fifth of the sites are cleaned by weights that were made without them, which takes
five times as long, and a table of what that is worth is printed; `measure.py` says what stands in it. These weights
stay beside OUT, as `OUT.without-0.npz` and so on, and are used again when they are there: remove them when what they
are made by has changed.
"""

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from digest.extract import trained as runtime
from digest.extract.trained import repair
from digest.extract.trained.arrays import Floats
from digest.extract.trained.features import features
from digest.extract.trained.shared import meanings
from digest.extract.trained.weights import packed, unpacked
from tests.quality.cleaner.linear import fit_join, fit_lexical, places
from tests.quality.cleaner.measure import add, no_scores, rows
from tests.quality.cleaner.network import SHARES, Sample, trained
from tests.quality.cleaner.pages import Page, View, folds, read_pages, script, view, without


def make(folder: Path, out: Path) -> None:
    """Make the weights."""
    out.write_bytes(packed(fit(list(read_pages(folder)))))


def measure(folder: Path, out: Path) -> None:
    """Say what the weights are worth on pages of sites that they were made without."""
    pages = list(read_pages(folder))
    scorer = script(folder / "eval" / "cleaning.py")
    scores = no_scores()
    for fold in folds(pages):
        kept = without(out, fold)
        if not kept.exists():
            kept.write_bytes(packed(fit([page for page in pages if page.fold != fold])))
        use(unpacked(kept.read_bytes()))
        add(scores, [page for page in pages if page.fold == fold], scorer)
    for row in rows(scores, scorer):
        print(row, flush=True)


def fit(pages: Sequence[Page]) -> Mapping[str, Floats]:
    """Return weights learnt on *pages*; what the words say is learnt without the site that it is said of."""
    join = fit_join(pages)
    use(unpacked(packed(join)))
    views = [{kind: view(page, kind) for kind in SHARES if kind in page.dumps} for page in pages]
    samples: list[dict[str, Sample]] = [{} for _ in pages]
    names: Sequence[str] = ()
    for fold in folds(pages):
        rest = _lexical_views(one for page, one in zip(pages, views, strict=True) if page.fold != fold)
        lexical = fit_lexical(rest)
        for at, page in enumerate(pages):
            if page.fold == fold:
                for kind, one in views[at].items():
                    samples[at][kind], names = _sample(one, lexical)
    return {**join, **fit_lexical(_lexical_views(views)), **trained(samples, names).arrays()}


def use(weights: Mapping[str, Floats]) -> None:
    """Let the package work with *weights*."""
    for module in (runtime, repair):
        vars(module)["weights"] = lambda: weights


def _lexical_views(views: Iterable[Mapping[str, View]]) -> list[tuple[View, float]]:
    shares = {"block": 1.0, "soup": 0.5}
    return [(view[kind], share) for view in views for kind, share in shares.items() if kind in view]


def _sample(page: View, lexical: Mapping[str, Floats]) -> tuple[Sample, Sequence[str]]:
    gaps = np.array([line.gap for line in page.lines])
    marks = np.array([line.mark for line in page.lines])
    line, group = meanings(page.signs)
    found, names = features(page.signs, runtime.lexical(page.signs, lexical), gaps, marks, (line, group))
    return Sample(found.astype(np.float32), page.signs.words, line, group, places(page.own)), names


if __name__ == "__main__":
    arguments = [argument for argument in sys.argv[1:] if argument != "--measure"]
    if len(arguments) != 2:
        sys.exit("usage: python -m tests.quality.cleaner FOLDER OUT.npz [--measure]")
    (measure if "--measure" in sys.argv else make)(Path(arguments[0]), Path(arguments[1]))
