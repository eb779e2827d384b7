"""
Measure where sentences end: `python -m tests.quality.sentences LANGUAGE FILE...`.

The files are treebanks of Universal Dependencies (CoNLL-U). Each paragraph (`# newpar`, `# newdoc`) is put together of
its sentences and split anew; what is counted are the ends inside paragraphs. Of nupunkt, pysbd and syntok those are
measured, too, that are installed.
"""

import argparse
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from digest.text import sentences
from digest.text.lexicon import primary

Split = Callable[[str], Iterable[str]]

_UNSPACED = frozenset(["ja", "th", "zh"])
"""Languages that write no space between sentences."""


def main() -> None:
    """Print a table: precision, recall and F1 of each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("language")
    parser.add_argument("files", type=Path, nargs="+")
    asked = parser.parse_args()
    found = [each for file in asked.files for each in paragraphs(file.read_text("utf-8").splitlines())]
    joint = "" if primary(asked.language) in _UNSPACED else " "
    print(f"{sum(map(len, found))} sentences, {len(found)} paragraphs\n")
    print("| | precision | recall | F1 |\n|---|---|---|---|")
    for name, split in splitters(asked.language).items():
        print("| {} | {:.1f} | {:.1f} | {:.1f} |".format(name, *measured(found, split, joint)), flush=True)


def paragraphs(lines: Iterable[str]) -> Iterator[Sequence[str]]:
    """Yield the paragraphs of a treebank, each as its sentences."""
    own: list[str] = []
    for line in lines:
        if line.startswith(("# newpar", "# newdoc")) and own:
            yield own
            own = []
        elif line.startswith("# text = "):
            own.append(line.removeprefix("# text = "))
    if own:
        yield own


def measured(found: Iterable[Sequence[str]], split: Split, joint: str) -> tuple[float, float, float]:
    """Return precision, recall and F1 of the ends inside paragraphs, in percent."""
    right = told = wanted = 0
    for own in found:
        ends, ours = _ends(own), _ends(split(joint.join(own)))
        right += len(ends & ours)
        told += len(ours)
        wanted += len(ends)
    return 100 * right / max(1, told), 100 * right / max(1, wanted), 200 * right / max(1, told + wanted)


def splitters(language: str) -> Mapping[str, Split]:
    """Return ours, and those that are installed and know the language, by name."""
    found: dict[str, Split] = {"digest": partial(_ours, language)}
    if find_spec("nupunkt"):
        found["nupunkt"] = import_module("nupunkt").sent_tokenize
    if find_spec("pysbd"):
        pysbd: Any = import_module("pysbd")
        if language in import_module("pysbd.languages").LANGUAGE_CODES:
            found["pysbd"] = pysbd.Segmenter(language=language, clean=False).segment
    if find_spec("syntok"):
        found["syntok"] = _by_syntok
    return found


def _ours(language: str, text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, language=language)]


def _by_syntok(text: str) -> list[str]:
    segmenter: Any = import_module("syntok.segmenter")
    starts = [sentence[0].offset for paragraph in segmenter.analyze(text) for sentence in paragraph]
    return [text[start:end] for start, end in pairwise([*starts, len(text)])]


def _ends(own: Iterable[str]) -> set[int]:
    """Return where sentences end but for the last one, in characters that are no white space."""
    return set(list(accumulate(len("".join(sentence.split())) for sentence in own))[:-1])


if __name__ == "__main__":
    main()
