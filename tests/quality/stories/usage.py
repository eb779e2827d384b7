"""
Make the table of common words: `python -m tests.quality.stories.usage`. Writes `usage.npz` in `digest/text`.

Needs wordfreq, whose lists say how often words are used. Of articles of some 500 words a share of 500 f / (1 + 500 f)
has a word that is used with the frequency f: that is what counts of English and German articles give.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise, product
from pathlib import Path

import numpy as np
from wordfreq import available_languages, get_frequency_dict

import digest.text
from digest.cluster.spelling import UNSPACED
from digest.text import hashed, words
from digest.text.usage import Usage, beginning, packed

LENGTH = 500
"""Words of an article."""
LEAST = 5e-5
"""Frequency from which a word is kept: one of forty articles has it."""
ENDS = 800
"""Of scripts without spaces: so many of the characters that words most often end and begin with."""


def usage(language: str) -> Usage:
    """Return how common the words of a language of wordfreq's are."""
    listed = get_frequency_dict(language, "best")
    used = _pairs(listed) if language in UNSPACED else _stems(listed)
    shares = {hashed(term): LENGTH * often / (1 + LENGTH * often) for term, often in used.items() if often >= LEAST}
    keys = np.array(sorted(shares), np.uint32)
    return Usage(keys, np.array([shares[key] for key in keys.tolist()], np.float32))


def _stems(listed: Mapping[str, float]) -> Mapping[str, float]:
    """Return how often the stems of words are used, and the words as names, which are told by their capitals."""
    used: defaultdict[str, float] = defaultdict(float)
    for word, often in listed.items():
        for part in words(word):
            used[beginning(part)] += often
            if part.upper() != part:
                used[f"@{part}"] += often
    return used


def _pairs(listed: Mapping[str, float]) -> Mapping[str, float]:
    """Return how often pairs of characters are used, in words and, as chance has it, where two words meet."""
    used: defaultdict[str, float] = defaultdict(float)
    first: defaultdict[str, float] = defaultdict(float)
    last: defaultdict[str, float] = defaultdict(float)
    length = 0.0
    for word, often in listed.items():
        characters = words(word)
        length += often * len(characters)
        for pair in pairwise(characters):
            used["".join(pair)] += often
        for ends, character in ((first, characters[:1]), (last, characters[-1:])):
            for each in character:
                ends[each] += often
    for one, other in product(_most(last), _most(first)):
        used[one + other] += last[one] * first[other]
    return {pair: often / length for pair, often in used.items()}


def _most(used: Mapping[str, float]) -> Sequence[str]:
    return sorted(used, key=lambda character: (-used[character], character))[:ENDS]


if __name__ == "__main__":
    (Path(digest.text.__file__).parent / "usage.npz").write_bytes(
        packed({language: usage(language) for language in available_languages() if language != "en"})
    )
