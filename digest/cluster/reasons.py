"""
The coverage of a story in, why it is one out: how alike its articles are, and the rarest that they have in common.

The likenesses are those that the stories were made by; the words are named because they are telling, and did not
decide alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from digest.cluster.likeness import likenesses
from digest.cluster.rarity import rarities
from digest.cluster.traits import Traits, spelled, traits
from digest.model import Article, Coverage

WORDS = 6
"""Words and names that are named of a pair."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bond:
    """What ties an article to its story."""

    article: str
    """Its key."""
    mean: float
    """Average likeness to the story's other articles, in [0, 1]; pairs that were never compared count as unlike."""
    closest: str
    """Key of the article that it is most like."""
    likeness: float
    """To that one, in [0, 1]."""
    shared: tuple[str, ...]
    """Words and names that both use, rarest first, in lower case."""


def bonds(coverage: Sequence[Coverage]) -> tuple[Bond, ...]:
    """Return what ties each article of a story to it, in the order given; nothing when it is the only one."""
    articles = [told.article for told in coverage]
    if len(articles) < 2:
        return ()
    alike = likenesses(dict(enumerate(articles)))
    read = [traits(article) for article in articles]
    found = []
    for number, article in enumerate(articles):
        others = {n: alike.get((min(n, number), max(n, number)), 0.0) for n in range(len(articles)) if n != number}
        closest = max(others, key=lambda n: (others[n], -n))
        found.append(
            Bond(
                article=article.key,
                mean=round(sum(others.values()) / len(others), 6),
                closest=articles[closest].key,
                likeness=others[closest],
                shared=_shared(article, read[number], read[closest]),
            )
        )
    return tuple(found)


def _shared(article: Article, one: Traits, other: Traits) -> tuple[str, ...]:
    """Return the rarest words and names of two articles; no word of a name that is named already."""
    keys = np.concatenate([np.intersect1d(one.words, other.words), np.intersect1d(one.names, other.names)])
    rarest = np.argsort(-rarities(one.language, [one, other])(keys), kind="stable")
    written = spelled(article)
    named: list[str] = []
    for word in (written[key] for key in keys[rarest].tolist() if key in written):
        if not any(word in name.split(" ") for name in named):
            named.append(word)
    return tuple(named[:WORDS])
