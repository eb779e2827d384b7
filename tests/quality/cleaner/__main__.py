"""
Make the weights of `digest.extract.trained`: `python -m tests.quality.cleaner FOLDER OUT.npz [--measure]`.

FOLDER holds `data/cleaning/dev.jsonl.gz` and `eval/` (its README says what they are). Needs scikit-learn, torch,
beautifulsoup4 and html2text besides the project's own packages, and about six minutes on one core. With `--measure`
the pages of each fifth of the sites are first cleaned by weights that were made without them, which takes five times as
long, and the scores of what is kept are printed.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from digest.extract import trained as runtime
from digest.extract.trained import repair
from digest.extract.trained.arrays import Floats
from digest.extract.trained.features import features
from digest.extract.trained.shared import meanings
from digest.extract.trained.weights import packed, unpacked
from tests.quality.cleaner.linear import fit_join, fit_lexical, places
from tests.quality.cleaner.network import SHARES, Sample, trained
from tests.quality.cleaner.pages import KINDS, Page, View, folds, read_pages, script, view


def main(folder: Path, out: Path, *, measure: bool) -> None:
    """Make the weights, and say what they are worth."""
    pages = list(read_pages(folder))
    if measure:
        scorer = script(folder / "eval" / "cleaning.py")
        scores: dict[str, list[Any]] = defaultdict(list)
        for fold in folds(pages):
            use(fit([page for page in pages if page.fold != fold]))
            for page in pages:
                if page.fold == fold:
                    for kind in KINDS:
                        if kind in page.dumps:
                            score = scorer.page_score(page.article, "\n".join(kept(view(page, kind))))
                            group = page.source if page.language == "en" else page.language
                            for name in (group, "English" if page.language == "en" else "other languages"):
                                scores[f"{kind}: {name}"].append(score)
        for name, found in sorted(scores.items()):
            print(f"{name:40}{len(found):5}{scorer.aggregate(found)['f1']:8.4f}  {interval(found, scorer)}")
    out.write_bytes(packed(fit(pages)))


def fit(pages: Sequence[Page]) -> Mapping[str, Floats]:
    """Return weights learnt on *pages*; what the words say is learnt without the site that it is said of."""
    join = fit_join(pages)
    use(join)
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
    """Let the package work with *weights*, with the precision that they are kept in."""
    kept = unpacked(packed(weights))
    for module in (runtime, repair):
        vars(module)["weights"] = lambda: kept


def kept(page: View) -> list[str]:
    """Return the lines of a page that are kept."""
    own, _ = runtime.judged_lines(page.lines, language=page.language)
    return [line.text for line, is_own in zip(page.lines, own, strict=True) if is_own]


def _lexical_views(views: Iterable[Mapping[str, View]]) -> list[tuple[View, float]]:
    shares = {"block": 1.0, "soup": 0.5}
    return [(view[kind], share) for view in views for kind, share in shares.items() if kind in view]


def _sample(page: View, lexical: Mapping[str, Floats]) -> tuple[Sample, Sequence[str]]:
    gaps = np.array([line.gap for line in page.lines])
    marks = np.array([line.mark for line in page.lines])
    line, group = meanings(page.signs)
    found, names = features(page.signs, runtime.lexical(page.signs, lexical), gaps, marks, (line, group))
    return Sample(found.astype(np.float32), page.signs.words, line, group, places(page.own)), names


def interval(scores: Sequence[Any], scorer: Any, *, draws: int = 1000) -> str:
    """Return the bounds between which F1 is in 95 of 100 draws of as many pages."""
    lot = np.random.default_rng(0)
    found = [
        scorer.aggregate([scores[at] for at in lot.integers(0, len(scores), len(scores))])["f1"] for _ in range(draws)
    ]
    return f"[{np.quantile(found, 0.025):.4f}, {np.quantile(found, 0.975):.4f}]"


if __name__ == "__main__":
    arguments = [argument for argument in sys.argv[1:] if argument != "--measure"]
    if len(arguments) != 2:
        sys.exit("usage: python -m tests.quality.cleaner FOLDER OUT.npz [--measure]")
    main(Path(arguments[0]), Path(arguments[1]), measure="--measure" in sys.argv)
