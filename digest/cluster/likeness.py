"""
Articles in, how far each two of them tell of one event out: for the pairs that are worth a look, and no others.

Articles of one language are compared, by their words; see `traits`, `portraits`, `candidates`, `evidence` and
`verdict` for the steps. The likeness of two English articles depends on nothing but these two.
"""

from collections import defaultdict
from collections.abc import Mapping

import numpy as np

from digest.cluster.candidates import candidates
from digest.cluster.evidence import evidence
from digest.cluster.linkage import Pair
from digest.cluster.portraits import portraits
from digest.cluster.rarity import rarities
from digest.cluster.traits import Traits, traits
from digest.cluster.verdict import verdict
from digest.model import Article

# Pairs that are looked at together: enough to keep arrays long, not so many that they leave the processor's cache.
AT_ONCE = 4096


def likenesses(articles: Mapping[int, Article]) -> Mapping[Pair, float]:
    """Return (number of the one, that of the other) → likeness in (0, 1], the smaller number first."""
    by_language: defaultdict[str, list[tuple[int, Traits]]] = defaultdict(list)
    for number, article in articles.items():
        found = traits(article)
        by_language[found.language].append((number, found))
    alike: dict[Pair, float] = {}
    for language, told in by_language.items():
        told.sort(key=lambda one: (one[1].day is None, one[1].day or 0, one[0]))
        own = portraits([found for _, found in told], rarities(language, [found for _, found in told]))
        pairs = candidates(own)
        numbers = np.array([number for number, _ in told])
        for start in range(0, len(pairs), AT_ONCE):
            part = pairs[start : start + AT_ONCE]
            values = verdict(evidence(own, part))
            doubtful = np.flatnonzero(values)
            ends = np.sort(numbers[part[doubtful]], axis=1)
            alike |= {
                (low, high): value for (low, high), value in zip(ends.tolist(), values[doubtful].tolist(), strict=True)
            }
    return alike
