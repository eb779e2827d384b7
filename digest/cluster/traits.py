"""
An article in, what it is compared by out: its words, names, runs of words, and the days that it names.

Only the beginning of a long text is read, because what happened stands there. Everything is hashed to 32 bits, so
that articles can be compared in arrays.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digest.cluster.days import Days, days
from digest.cluster.spelling import named, spelling, terms
from digest.model import Article
from digest.text import distinct, runs, stop_words
from digest.text.lexicon import primary

HEAD_LENGTH = 350  # characters
LEDE_LENGTH = 1200
READ_LENGTH = 6000

# One in so many runs of five words is kept, always the same ones.
SAMPLE = 4

Hashes = NDArray[np.uint32]
Counts = NDArray[np.uint8]
Flags = NDArray[np.bool_]

_QUOTATION = re.compile(r"[“\"]([^“”\"]{15,600})[”\"]")
# Capitalised words in a row, and letters that have no capitals, which are left out later.
_NAME = re.compile(r"[^\W\d_a-z][\w'’-]*(?: [^\W\d_a-z][\w'’-]*)*")
_FIGURE = re.compile(r"(?!(?:19|20)\d\d$)\d[\d.,]+")
_MOST = 255
_ZONE_BITS = 2
"""Of the number of one of up to four parts of an article."""


@dataclass(frozen=True, slots=True, eq=False)
class Traits:
    """What an article is compared by; keys are hashes, distinct and ascending."""

    language: str
    """Primary language; articles are compared within one only."""
    day: int | None
    """Proleptic Gregorian ordinal of the day of publication, None if that is unknown."""
    days: Days
    length: int
    """Words that were read, stop words left out."""
    words: Hashes
    """Shape (words,)."""
    uses: Counts
    """Shape (words, 4): uses in the headline, in headline and very beginning, in the lede, and in all of it."""
    figures: Flags
    """Shape (words,): whether the word is a number, but no year, of headline or lede."""
    proper: Flags
    """Shape (words,): whether the word is a name or part of one."""
    names: Hashes
    """Shape (names,)."""
    name_uses: Counts
    """Shape (names, 3): uses in the headline, the lede, and all that was read."""
    pairs: Hashes
    """Two words in a row, of headline and lede."""
    shingles: Hashes
    """A sample of the runs of five words."""
    quoted: Hashes
    """Runs of three words in quotation marks."""


def traits(article: Article) -> Traits:
    """Return what *article* is compared by."""
    language = primary(article.language)
    text = "\n".join(p.text for p in article.paragraphs if p.kind != "table")[:READ_LENGTH]
    parts = (article.headline, text[:HEAD_LENGTH], text[HEAD_LENGTH:LEDE_LENGTH], text[LEDE_LENGTH:])
    read = [terms(part, language) for part in parts]
    known = spelling(language)
    headline, head, lede, rest = (known.words.of(part) for part in read)
    stops = _stops(language)
    found, uses = _counted([headline, head, lede, rest])
    telling = ~_among(found, stops)
    found, uses = found[telling], uses[telling]
    in_headline, in_head, in_lede, _ = uses.T
    in_all = uses.sum(axis=1)
    figures = [word for part in read[:3] for word in part if word[0].isdecimal() and _FIGURE.fullmatch(word)]
    zones = [_NAME.findall(part) for part in (article.headline, text[:LEDE_LENGTH], text[LEDE_LENGTH:])]
    names, name_uses = _counted([known.names.of(zone) for zone in zones])
    shingles = runs(np.concatenate([head, lede, rest]), 5)
    opening = np.concatenate([headline, head, lede])
    return Traits(
        language=language,
        day=day_of(article),
        days=days(f"{article.headline}\n{text[:LEDE_LENGTH]}", f"{article.headline}\n{text}"),
        length=int(in_all.sum()),
        words=found,
        uses=_limited(in_headline, in_headline + in_head, in_head + in_lede, in_all),
        figures=_among(found, distinct(_stemmed(figures, language))),
        proper=_among(found, distinct(known.proper.of(chain(*zones)))),
        names=names,
        name_uses=_limited(name_uses[:, 0], name_uses[:, 1], name_uses.sum(axis=1)),
        pairs=distinct(runs(opening[~_among(opening, stops)], 2)),
        shingles=distinct(shingles[shingles % SAMPLE == 0]),
        quoted=_quoted(text, language),
    )


def spelled(article: Article) -> Mapping[int, str]:
    """Return key → word or name of what is read of *article*, as it first stands there, in lower case."""
    language = primary(article.language)
    text = "\n".join(p.text for p in article.paragraphs if p.kind != "table")[:READ_LENGTH]
    read = f"{article.headline}\n{text}"
    written = terms(read, language)
    runs_of_names = _NAME.findall(read)
    names = [name for run in runs_of_names for name in named(run, language)]
    # Of words of one key the first is kept.
    keys = _stemmed(reversed(written), language).tolist() + spelling(language).names.of(runs_of_names).tolist()
    return dict(zip(keys, [*reversed(written), *names], strict=True))


def day_of(article: Article) -> int | None:
    """
    Return when an article was published, as an ordinal, None if that is unknown.

    A feed brings it soon after that, a file may be of any age.
    """
    published = article.published
    if published is None or (published.origin == "first_seen" and not article.source.feed):
        return None
    return published.value.toordinal()


def _counted(zones: Sequence[Hashes]) -> tuple[Hashes, NDArray[np.int64]]:
    """Return the distinct keys, ascending, and how often each zone uses them: shape (keys, zones)."""
    numbers = np.repeat(np.arange(len(zones)), [len(zone) for zone in zones])
    used = np.sort(np.concatenate(zones).astype(np.int64) << _ZONE_BITS | numbers)
    at = np.flatnonzero(_is_first(used))
    keys = (used[at] >> _ZONE_BITS).astype(np.uint32)
    is_first = _is_first(keys)
    uses = np.zeros((is_first.sum(), len(zones)), np.int64)
    uses[np.cumsum(is_first) - 1, used[at] & ((1 << _ZONE_BITS) - 1)] = np.diff(at, append=len(used))
    return keys[is_first], uses


def _is_first(ascending: NDArray[np.integer[Any]]) -> Flags:
    """Return which values differ from the one before them."""
    found = np.ones(len(ascending), bool)
    np.not_equal(ascending[1:], ascending[:-1], out=found[1:])
    return found


def _quoted(text: str, language: str) -> Hashes:
    """Return the runs of three words in quotation marks."""
    said = [terms(part, language) for part in _QUOTATION.findall(text)]
    part = np.repeat(np.arange(len(said)), [len(part) for part in said])
    # A run that begins in one quotation and ends in another one is none.
    return distinct(runs(_stemmed(chain(*said), language), 3)[part[:-2] == part[2:]])


def _among(hashes: Hashes, known: Hashes) -> Flags:
    """Return which hashes are among the *known* ones, which are ascending."""
    if not len(known):
        return np.zeros(len(hashes), bool)
    found: Flags = known[np.minimum(np.searchsorted(known, hashes), len(known) - 1)] == hashes
    return found


def _limited(*columns: NDArray[np.int64]) -> Counts:
    return np.minimum(np.stack(columns, axis=1), _MOST).astype(np.uint8)


def _stemmed(tokens: Iterable[str], language: str) -> Hashes:
    """Return the hash of every word, in order."""
    return spelling(language).words.of(tokens)


@cache
def _stops(language: str) -> Hashes:
    return distinct(_stemmed(sorted(stop_words(language)), language))
