"""
Portraits in, those worth comparing with a new one out: an inverted index of the words that matter most.

Only an article's heaviest terms are looked up, and only the best few finds are kept, so that cost grows
with the articles and not with their pairs.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from digest.cluster.likeness import Portrait

# Terms of headline and lede, and names, that an article is looked up by.
OPENING_TERMS = 30
NAMES = 14
# Share of the names in the score of a find.
NAME_SHARE = 0.25
# Finds that are kept, and the score that they need.
KEPT = 24
LEAST = 0.05
# Articles after which a term is too common to find one by.
COMMON = 1000


class Index:
    """The articles seen so far, by their heaviest terms."""

    def __init__(self) -> None:
        self._postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)

    def add(self, number: int, portrait: Portrait) -> None:
        """Remember an article by *number*."""
        for term, weight in _heaviest(portrait):
            if len(self._postings[term]) < COMMON:
                self._postings[term].append((number, weight))

    def find(self, portrait: Portrait) -> Sequence[int]:
        """Return the numbers of the articles that share most with *portrait*, best first."""
        scores: Counter[int] = Counter()
        for term, weight in _heaviest(portrait):
            for number, other in self._postings.get(term, ()):
                scores[number] += weight * other  # type: ignore[assignment]
        found = [(-round(score, 6), number) for number, score in scores.items() if score >= LEAST]
        return [number for _, number in sorted(found)[:KEPT]]


def _heaviest(portrait: Portrait) -> list[tuple[str, float]]:
    return _top(portrait.opening, OPENING_TERMS, 1 - NAME_SHARE) + _top(portrait.names, NAMES, NAME_SHARE)


def _top(weights: Mapping[str, float], size: int, share: float) -> list[tuple[str, float]]:
    """Return the *size* heaviest terms, weighed so that the product of two counts by *share*."""
    ranked = sorted(weights.items(), key=lambda item: (-round(item[1], 9), item[0]))
    return [(term, weight * share**0.5) for term, weight in ranked[:size]]
