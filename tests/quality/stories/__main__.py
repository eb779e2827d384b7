"""
Make the weights of grouping, or measure what they are worth: `python -m tests.quality.stories FOLDER [--measure]`.

FOLDER holds `data/`, labelled rows that are not part of the repository. Without `--measure`, `rarity.npz` and
`verdict.npz` in `digest/cluster` are written anew; with it, nothing is written and figures out of fold are printed.
Needs lightgbm and torch.
"""

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random

import numpy as np

import digest.cluster
from digest.cluster.rarity import unpacked
from digest.cluster.stories import THRESHOLD
from digest.cluster.turns import in_turn
from digest.cluster.verdict import packed
from tests.quality.__main__ import read
from tests.quality.stories.material import Lesson, lesson, rarities
from tests.quality.stories.measuring import (
    RESAMPLES,
    Lessons,
    Verdicts,
    bcubed,
    benches,
    grouped,
    interval,
    out_of_fold,
)
from tests.quality.stories.merging import first_two, river

OPEN_DAYS = 10
"""Days over which ids are watched."""

PLACE = Path(digest.cluster.__file__).parent


def main(folder: Path, *, is_measured: bool) -> None:
    """Write the weights, or print figures."""
    words = rarities(folder)
    rows, short = (list(read(folder / "data" / "stories" / f"{name}.jsonl.gz")) for name in ("dev", "dev_short"))
    weigh = unpacked(words)
    lessons = {
        "dated": lesson(rows, weigh, dated=True),
        "undated": lesson(rows, weigh, dated=False),
        "short": lesson(short, weigh, dated=False),
    }
    if is_measured:
        measure(lessons)
        return
    (PLACE / "rarity.npz").write_bytes(words)
    (PLACE / "verdict.npz").write_bytes(packed(benches(lessons)))


def measure(lessons: Lessons) -> None:
    """Print how articles are grouped by judges that have never seen their stories."""
    verdicts = out_of_fold(lessons)
    for name, taught in lessons.items():
        print(name)
        for threshold in (THRESHOLD - 0.04, THRESHOLD, THRESHOLD + 0.04):
            _print(f"threshold {threshold:.2f}", taught.stories, grouped(taught, verdicts[name], threshold=threshold))
        groups = grouped(taught, verdicts[name])
        for source in sorted({key.partition("-")[0] for key in taught.ids}):
            own = [n for n, key in enumerate(taught.ids) if key.startswith(f"{source}-")]
            _print(f"  of {source}", [taught.stories[n] for n in own], [groups[n] for n in own])
        one_by_one(taught, verdicts[name])
        merged(taught, verdicts[name])


def one_by_one(taught: Lesson, verdicts: Verdicts) -> None:
    """Print what comes out when articles arrive in the order of their days, and how many ids a day changes."""
    pairs = np.sort(taught.pairs, axis=1).tolist()
    likenesses = {(one, other): value for (one, other), value in zip(pairs, verdicts.tolist(), strict=True) if value}
    count = len(taught.ids)
    before: list[str] = []
    today, kept, had = taught.days[0], 0, 0
    now: Sequence[str] = ()
    for number, now in enumerate(in_turn(taught.ids, likenesses, known=[None] * count, threshold=THRESHOLD)):
        last = number == count - 1
        if last or taught.days[number + 1] != today:
            open_ones = [n for n in range(len(before)) if (taught.days[n] or 0) >= (today or 0) - OPEN_DAYS]
            had += len(open_ones)
            kept += sum(before[n] == now[n] for n in open_ones)
            before = list(now)
            today = None if last else taught.days[number + 1]
    place = {story: number for number, story in enumerate(dict.fromkeys(now))}
    _print("one by one", taught.stories, [place[story] for story in now])
    if had:
        print(f"  ids that a day's articles leave unchanged: {kept / had:.4f} of the last {OPEN_DAYS} days' ({had})")


def merged(taught: Lesson, verdicts: Verdicts) -> None:
    """Print what comes out edition by edition, and what becomes of stories whose first two articles were parted."""
    grown = river(taught, verdicts)
    place = {story: number for number, story in enumerate(grown.members)}
    _print("by editions", taught.stories, [place[grown.story[n]] for n in range(len(taught.ids))])
    print(f"  of that, mergers of shown stories: {len(grown.mergers)}")
    apart = first_two(taught)
    healed = river(taught, verdicts, apart=apart)
    labels = dict(zip(taught.ids, taught.stories, strict=True))
    right = [labels[one] == labels[other] for one, other in healed.mergers]
    together = Counter((taught.stories[n], healed.story[n]) for n in apart)
    low, high = np.percentile([np.mean(_drawn(right, seed)) for seed in range(RESAMPLES)], [2.5, 97.5])
    print(
        f"  shown apart by force: {2 * sum(n == 2 for n in together.values()) / len(apart):.3f} become one; "
        f"of {len(right)} mergers right {np.mean(right):.3f} [{low:.3f}, {high:.3f}]"
    )


def _drawn(values: Sequence[bool], seed: int) -> Sequence[bool]:
    return Random(seed).choices(values, k=len(values))


def _print(name: str, stories: Sequence[str], groups: Sequence[int]) -> None:
    precision, recall, f1 = bcubed(stories, groups)
    low, high = interval(stories, groups)
    print(
        f"  {name:16} F1 {f1:.4f} [{low:.4f}, {high:.4f}]  precision {precision:.4f}  recall {recall:.4f}", flush=True
    )


if __name__ == "__main__":
    if len(sys.argv) not in {2, 3} or sys.argv[2:] not in ([], ["--measure"]):
        sys.exit("usage: python -m tests.quality.stories FOLDER [--measure]")
    main(Path(sys.argv[1]), is_measured=len(sys.argv) == 3)
