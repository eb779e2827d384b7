"""
Fold near-duplicates: one wire copy carried by many sites becomes one Coverage.

Two articles are near-duplicates when the shorter one's 4-word shingles are contained in the longer one's
(Broder 1997, "On the resemblance and containment of documents"). Pairs worth comparing are found by
MinHash signatures cut into bands (Leskovec, Rajaraman & Ullman, "Mining of Massive Datasets", chapter 3), so
that cost grows with the articles and not with their pairs.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from digest.model import Article, Coverage
from digest.text import distinct, hashes, runs, stop_words, words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

THRESHOLD = 0.55
"""Containment that tells a copy: one with every tenth word changed keeps 0.9⁴ = 0.66 of its shingles."""

SHINGLE = 4  # words
# A pair with Jaccard index s meets with the chance 1 - (1 - s²)^64: 0.47 at 0.10, 0.999 at 0.32.
BANDS = 64
ROWS = 2
# Shingles that are hashed at once.
AT_ONCE = 512
# A bucket takes no more articles than this: what so many share is a template, and copies share more.
CROWD = 40
# Candidates that are compared, those with most buckets in common first.
COMPARED = 20
# Bits of a shingle that tell most of those that two texts do not share.
GLANCED = 15

# Fewer shared shingles than this are a quotation or a formula, unless the texts are alike as a whole.
SHARED = 20
WHOLE = 0.8  # Jaccard index
# Shorter text to longer text, in shingles; below it the longer one holds the shorter among other things.
RATIO = 0.15
# A follow-up repeats what is known below a beginning of its own. So below this containment the beginning of one of two
# copies, of so many words, must stand in the other one to this share.
SURE = 0.75
LEDE = 60
LEDE_SHARED = 0.3
# Share of the words of the shorter headline that copies within one source have in common.
LIKE_HEADLINE = 0.5

Rank = tuple[int, datetime, str, str, str]


@dataclass(frozen=True, slots=True, eq=False)
class _Print:
    """What an article is compared by."""

    source: str
    headline: frozenset[str]
    """Its words, stop words left out."""
    shingles: "NDArray[np.uint32]"
    """Hashes of the distinct 4-word shingles, ascending."""
    lede: "NDArray[np.uint32]"
    """Those of the beginning."""
    bands: "NDArray[np.uint64]"
    """Hash of each band, shape (BANDS,); empty for a text without words."""


def fold(articles: Iterable[Article], *, threshold: float = THRESHOLD) -> tuple[Coverage, ...]:
    """
    Group reprints under the article that was published first.

    The articles are taken earliest first. Each goes under the one before it that it is most alike, reprints
    aside, if that is alike enough; one with the address of an earlier article always goes with that. Within
    one source copies must have like headlines too, for the rest may be the source's template.

    Args:
        articles: Clean articles, in any order. A date of first sight says nothing of publication: such
            articles come behind the dated ones, in the order in which they were seen, those without any
            date last.
        threshold: Containment of the shorter text in the longer, in [0, 1], from which they count as the
            same.

    Returns:
        One `Coverage` per distinct text, in the order described; so are the reprints of each.

    Raises:
        ValueError: *threshold* is outside [0, 1].
    """
    if not 0 <= threshold <= 1:
        raise ValueError(f"threshold must be in [0, 1], got {threshold}")
    ordered = sorted(articles, key=rank)
    read = [_print(article) for article in ordered]
    found: list[list[Article]] = []
    prints: list[_Print] = []
    by_url: dict[str, int] = {}
    buckets: defaultdict[int, list[int]] = defaultdict(list)
    for article, own, bands in zip(ordered, read, _shared_bands(read), strict=True):
        number = by_url.get(article.url) if article.url else None
        if number is None:
            number = _most_alike(own, prints, _candidates(bands, buckets), threshold)
        if number is None:
            number = len(found)
            found.append([])
            prints.append(own)
            for band in bands:
                if len(buckets[band]) < CROWD:
                    buckets[band].append(number)
        found[number].append(article)
        if article.url:
            by_url.setdefault(article.url, number)
    return tuple(Coverage(article=first, reprints=tuple(rest)) for first, *rest in found)


def rank(article: Article) -> Rank:
    """Return what articles are ordered by: date of publication, then of first sight, then key."""
    published = article.published
    if published is None:
        return (2, datetime.min.replace(tzinfo=UTC), article.key, article.version, article.source.id)
    undated = published.origin == "first_seen"
    return (int(undated), published.instant, article.key, article.version, article.source.id)


def _shared_bands(prints: Sequence[_Print]) -> list[list[int]]:
    """Return the bands of each text that another one has too, numbered: few are, and no others make two texts meet."""
    import numpy as np

    rows = [number for number, own in enumerate(prints) if len(own.bands)]
    shared = np.full((len(prints), BANDS), -1)
    for band, hashed in enumerate(np.array([prints[row].bands for row in rows]).T):
        _, place, uses = np.unique(hashed, return_inverse=True, return_counts=True)
        shared[rows, band] = np.where(uses[place] > 1, place * BANDS + band, -1)
    return [row[row >= 0].tolist() for row in shared]


def _candidates(bands: Iterable[int], buckets: Mapping[int, Sequence[int]]) -> Iterator[int]:
    """Yield the numbers of the texts that share most buckets, earliest first of equals."""
    votes = Counter(number for band in bands for number in buckets.get(band, ()))
    ranked = sorted(votes, key=lambda number: (-votes[number], number))
    return iter(ranked[:COMPARED])


def _most_alike(own: _Print, prints: list[_Print], candidates: Iterable[int], threshold: float) -> int | None:
    likely = _likely(own, prints, candidates, threshold)
    alike = ((_likeness(own, prints[number], threshold), -number) for number in likely)
    best, number = max(alike, default=(0.0, 0))
    return -number if best else None


def _likely(own: _Print, prints: list[_Print], candidates: Iterable[int], threshold: float) -> Iterator[int]:
    """Yield the candidates that are not seen at a glance, by some bits of each shingle, to share too little."""
    import numpy as np

    present = np.zeros(1 << GLANCED, bool)
    present[own.shingles >> np.uint32(32 - GLANCED)] = True
    for number in candidates:
        other = prints[number].shingles
        if present[other >> np.uint32(32 - GLANCED)].sum() >= threshold * min(len(own.shingles), len(other)):
            yield number


def _likeness(one: _Print, other: _Print, threshold: float) -> float:
    """Return the containment of the shorter text in the longer if they are copies, else 0."""
    few, many = sorted((one.shingles, other.shingles), key=len)
    shorter, longer = len(few), len(many)
    shared = _shared(few, many)
    whole = shared / (shorter + longer - shared)
    if shared < threshold * shorter or shorter < RATIO * longer or (shared < SHARED and whole < WHOLE):
        return 0.0
    if one.source == other.source and whole < 1 and not _like_headlines(one.headline, other.headline):
        return 0.0
    if shared < SURE * shorter and not (_holds_lede(one, other) or _holds_lede(other, one)):
        return 0.0
    return round(shared / shorter, 6)


def _shared(few: "NDArray[np.uint32]", many: "NDArray[np.uint32]") -> int:
    """Return how many hashes two ascending arrays have in common."""
    import numpy as np

    return int((many[np.minimum(np.searchsorted(many, few), len(many) - 1)] == few).sum())


def _holds_lede(one: _Print, other: _Print) -> bool:
    return _shared(other.lede, one.shingles) >= LEDE_SHARED * len(other.lede)


def _like_headlines(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= LIKE_HEADLINE * max(1, min(len(one), len(other)))


def _print(article: Article) -> _Print:

    tokens = hashes(words(article.text))
    # A text of fewer words is one shorter shingle.
    size = max(1, min(SHINGLE, len(tokens)))
    shingles = distinct(runs(tokens, size))
    return _Print(
        source=article.source.id,
        headline=frozenset(words(article.headline)) - stop_words(article.language),
        shingles=shingles,
        lede=distinct(runs(tokens[:LEDE], size)),
        bands=_bands(shingles),
    )


def _bands(shingles: "NDArray[np.uint32]") -> "NDArray[np.uint64]":
    """Return the bands of the MinHash signature: each row is the shingles' least hash by one function."""
    import numpy as np

    if not len(shingles):
        return np.zeros(0, np.uint64)
    factors, summands = _functions()
    # Part by part, because the product of a whole book and all functions would fill the memory.
    rows = np.full(len(factors), np.iinfo(np.uint32).max, np.uint32)
    for at in range(0, len(shingles), AT_ONCE):
        part = shingles[at : at + AT_ONCE] * factors
        part += summands
        np.minimum(rows, part.min(axis=1), out=rows)
    joined: NDArray[np.uint64] = rows.astype(np.uint64).reshape(BANDS, ROWS) @ np.array([1 << 32, 1], np.uint64)
    return joined


@cache
def _functions() -> "tuple[NDArray[np.uint32], NDArray[np.uint32]]":
    """
    Return factors and summands of one hash function a row, each of shape (rows of all bands, 1).

    A factor times the value plus a summand, modulo 2³²: the values are hashes already, so that this is enough.
    """
    import numpy as np

    numbers = np.frombuffer(
        b"".join(blake2b(b"%d" % row, digest_size=8).digest() for row in range(BANDS * ROWS)), dtype="<u4"
    ).astype(np.uint32)
    return (numbers[::2] | np.uint32(1))[:, None], numbers[1::2, None]
