"""
Candidates for a headline, a date or a byline in, the likeliest out.

A candidate is a value and what speaks for and against it, by name; its score is the sum of the weights of these
features. The weights were learned as a conditional logit (McFadden 1974, "Conditional logit analysis of qualitative
choice behavior"): a page is one choice among its candidates and none of them. `weights.md` says from what.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, Generic, Literal, TypeVar

Kind = Literal["headline", "published", "byline"]

T = TypeVar("T")


@dataclass(slots=True)
class Candidate(Generic[T]):
    """A value that may be the one that is sought."""

    value: T
    features: dict[str, float] = field(default_factory=dict)
    """Each in [0, 1]; what does not hold is left out."""

    def add(self, *features: str) -> None:
        """Note that *features* hold."""
        self.features.update(dict.fromkeys(features, 1.0))

    def has(self, *beginnings: str) -> bool:
        """Return whether the name of any feature begins with any of *beginnings*."""
        return any(name.startswith(beginnings) for name in self.features)


def best(candidates: Iterable[Candidate[T]], kind: Kind) -> T | None:
    """Return the value of the likeliest candidate for what is sought, None if none is likely enough."""
    return likeliest(candidates, _learned()[kind])


def likeliest(candidates: Iterable[Candidate[T]], learned: Mapping[str, Any]) -> T | None:
    """
    Return the value of the candidate with the highest score, the first of equals, None if none is likely enough.

    Args:
        candidates: All of a page.
        learned: `weights`, by the names of features, and `none`, which a score must be above.
    """
    weights: Mapping[str, float] = learned["weights"]
    top, found = float(learned["none"]), None
    for candidate in candidates:
        score = round(sum(weights.get(name, 0.0) * value for name, value in candidate.features.items()), 6)
        if score > top:
            top, found = score, candidate.value
    return found


@cache
def _learned() -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(
        (resources.files("digest.extract.stated") / "weights.json").read_text("utf-8")
    )
    return found
