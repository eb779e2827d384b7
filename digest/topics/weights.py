"""
Packaged weights in, what the terms of an article say for and against each topic out.

A row of the table is a term, found by a hash of it, with a weight for each topic. An article's terms are weighted
by their uses and rarity and divided by the length of that vector (Salton & Buckley 1988), so that long and short
articles compare. `weights.md` says how the weights are learnt.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from digest.text import hashed
from digest.topics.subjects import TOP_LEVEL
from digest.topics.terms import LATELY, counted

PAIR = 0.5
"""What a pair of words counts beside a word, whose own words count too."""

SPREAD = 0.7
"""The power of the spread that a lead is measured by: at 0 only its size would count, at 1 few headlines were clear."""


@dataclass(frozen=True, slots=True)
class Confidence:
    """A logistic function: how often the leading topic is right."""

    base: float
    clear: float
    """For each unit of the lead over the closest rival, measured by its spread (`clearness`)."""


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """All that the topics are told by."""

    hashes: Any
    """Shape (terms,), ascending, unsigned 32-bit: what `hashed` makes of each term."""
    rarity: Any
    """Shape (terms,), above 0: higher for terms that few articles use."""
    table: Any
    """Shape (terms, topics): what a term says for each topic, times its rarity, in units of `scale`; 8-bit."""
    scale: Any
    """Shape (terms,)."""
    bias: Any
    """Shape (topics,)."""
    confidence: Confidence


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What an article says of each topic."""

    terms: tuple[str, ...]
    """The known ones."""
    shares: Any
    """Shape (terms, topics): what each term adds to each topic."""
    sums: tuple[float, ...]
    """One for each topic, in the order of `TOP_LEVEL`; comparable between articles."""


def evidence(uses: Mapping[str, int]) -> Evidence:
    """Weigh the terms of an article, given with their uses."""
    import numpy as np

    known = weights()
    terms = tuple(uses)
    rows, is_known = _rows(terms)
    found = np.flatnonzero(is_known)
    rows = rows[found]
    strengths = 1 + np.log(np.fromiter(uses.values(), np.float64, len(terms))[found])
    length = math.sqrt(float(((strengths * known.rarity[rows]) ** 2).sum())) or 1.0
    shares = known.table[rows] * (known.scale[rows] * strengths / length)[:, None]
    sums = shares.sum(axis=0) + (known.bias if len(found) else 0)
    return Evidence(tuple(terms[at] for at in found), shares, tuple(round(float(total), 6) for total in sums))


def spreads(shares: Any, leader: int) -> Any:
    """
    Return how widely the lead of a topic over each other one would vary with other words, shape (topics,).

    It is the length of the vector of what each term adds to that lead, as for a sum of independent terms: a lead that
    two words make is less sure than one of the same size that twenty words make.

    Args:
        shares: Shape (terms, topics): what each term adds to each topic.
        leader: Index of the leading topic.
    """
    import numpy as np

    return np.sqrt(1 + ((shares[:, [leader]] - shares) ** 2).sum(axis=0))


def clearness(sums: Sequence[float], spread: Any, leader: int) -> float:
    """
    Return the least of the leads over all rivals, each divided by a power of its spread; at least 0.

    Args:
        sums: What each topic has been given, shape (topics,).
        spread: Of the lead over each other topic, shape (topics,), above 0.
        leader: Index of the leading topic.
    """
    leads = ((sums[leader] - total) / spread[at] ** SPREAD for at, total in enumerate(sums) if at != leader)
    return round(float(min(leads)), 6)


@lru_cache(LATELY)
def vector(title: str, text: str) -> Mapping[str, float]:
    """Return the terms of an article, weighted by uses and rarity, scaled to length 1."""
    import numpy as np

    uses = counted(title, text)
    strengths = 1 + np.log(np.fromiter(uses.values(), np.float64, len(uses)))
    weighted = strengths * _rarities(tuple(uses))
    length = math.sqrt(float((weighted**2).sum())) or 1.0
    return dict(zip(uses, (weighted / length).round(9).tolist(), strict=True))


@cache
def weights() -> Weights:
    """Return the packaged weights; the first call reads them."""
    import numpy as np

    with (resources.files("digest.topics") / "weights.npz").open("rb") as file, np.load(file) as arrays:
        base, clear = map(float, arrays["confidence"])
        return Weights(
            hashes=arrays["hashes"],
            rarity=arrays["rarity"].astype(np.float64),
            table=arrays["table"].reshape(-1, len(TOP_LEVEL)),
            scale=arrays["scale"].astype(np.float64),
            bias=arrays["bias"].astype(np.float64),
            confidence=Confidence(base, clear),
        )


def _rarities(terms: tuple[str, ...]) -> Any:
    """Return how rare each term is, shape (terms,); one that the table does not have is as rare as any that it has."""
    import numpy as np

    rarity = weights().rarity
    rows, is_known = _rows(terms)
    rarest = rarity.max() * np.fromiter((PAIR if " " in term else 1.0 for term in terms), np.float64, len(terms))
    return np.where(is_known, rarity[rows], rarest)


@lru_cache(LATELY)
def _rows(terms: tuple[str, ...]) -> tuple[Any, Any]:
    """Return the row of each term, shape (terms,), and whether it is the term's own and not just where it would be."""
    import numpy as np

    known = weights().hashes
    hashes = np.fromiter(map(hashed, terms), np.uint32, len(terms))
    rows = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
    return rows, known[rows] == hashes
