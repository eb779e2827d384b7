"""
Sentences in, their words and word pairs as numbers out: what can be seen of each without understanding it.

A word is known by its stem. What is told of it is where it stands, how often, with what capital, in which headline, how
rare it is elsewhere: the features that regressions of n-gram importance use (Hong and Nenkova 2014, "Improving the
estimation of word importance for news multi-document summarization"; Li, Qian and Liu 2013, "Using supervised
bigram-based ILP for extractive summarization"). Only what occurs is counted, so that cost grows with the text.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, count
from struct import pack
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digest.summarize.stems import stems
from digest.summarize.text import Text
from digest.text import Remembered, distinct, hashed, hashes, stop_words, words
from digest.text.lexicon import lexicon, primary
from digest.text.usage import beginning, usage

Numbers = NDArray[Any]
Ints = NDArray[np.intp]

BUCKETS = 1 << 15
"""Rows of the tables of words; a stem's row is its checksum, so that no table holds a readable word."""
LEADS = (1, 3, 5)
"""Sentences of an article that count as its beginning."""
_PARTS = 5
# Capitals are rarer than what stands before them: they are looked for first.
_CAPITALS = re.compile(r"[A-ZÀ-ÞΑ-ΩА-Я](?<=[\s“\"‘(].)\w+")
_QUOTATION_MARKS = re.compile(r"[\"“”„«»]")
_SUBJECT = 5
"""Words at a sentence's start that tell what it is about."""
_CORE = 6
"""Words that a story is about, by frequency and rarity."""
_LONGEST = 12
"""Letters of a stem that are counted at most."""
RAREST = 5.0
"""Rarity of words that are not common, in languages of which only the common ones are known: English summaries lost
least by it when English was read as such a language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """What is known of English words in general, by row; see `BUCKETS`."""

    rarity: Numbers
    headline: Numbers
    """Log-odds that a headline has a word that its article has, against those of an average word."""

    def of(self, rows: Ints) -> tuple[Numbers, Numbers]:
        """Return rarity and log-odds of English stems."""
        return self.rarity[rows], self.headline[rows]


def abroad(forms: Sequence[str], stop: Numbers, language: str) -> Numbers:
    """
    Return the rarity of words of another language than English.

    Args:
        forms: A form of each word, as `words` gives it.
        stop: 1 for stop words.
        language: Primary language.
    """
    known = usage(language)
    shares = known.of(hashes(map(beginning, forms))) if known else np.zeros(len(forms), np.float32)
    usual = -np.log(np.maximum(shares, np.finfo(np.float32).tiny))
    return np.where(shares > 0, usual, np.where(stop > 0, 1, RAREST))


def _look(stem: str) -> bytes:
    """Return what is seen of a stem by itself, a `_LOOK`."""
    return pack("=Iff", hashed(stem) % BUCKETS, stem[:1].isdigit(), min(len(stem), _LONGEST))


_LOOK = np.dtype([("row", np.uint32), ("digit", np.float32), ("letters", np.float32)])
"""The row of a stem in the tables of words, whether it is a number, and how many letters it has."""
_LOOKS = Remembered(_look)


class Places:
    """Where the sentences of a story stand; arrays have an entry for each."""

    def __init__(self, text: Text) -> None:
        self.articles = np.array(text.articles, dtype=np.intp)
        self.count = len(self.articles)
        self.several = int(self.articles[-1]) + 1
        """How many articles tell the story."""
        self.place = np.arange(self.count) - np.searchsorted(self.articles, self.articles)
        """Sentences before it in its article."""
        self.size = np.bincount(self.articles)[self.articles]
        """Sentences of its article."""
        self.lengths = np.array([len(tokens) for tokens in text.tokens], dtype=np.intp)
        """Words of each sentence."""
        self.quoted = np.array([bool(_QUOTATION_MARKS.search(s)) for s in text.sentences], dtype=np.float32)
        self.alike = (float(any(text.headlines)), float(np.log(self.count)), float(self.several))
        """What is the same for all: whether there is a headline, how much there is to read, of how many articles."""


class Grams:
    """Words or pairs as they occur; arrays have an entry for each distinct one."""

    def __init__(self, ids: Ints, at: Ints, count: int, places: Places) -> None:
        """Take the number of each occurrence, in reading order, and its sentence."""
        self.count = count
        self.places = places
        self.gram, self.sentence = np.divmod(distinct(ids * places.count + at), places.count)
        """Which is in which sentence: two arrays of one length, without repetition, gram by gram."""
        self.total = np.bincount(ids, minlength=count)
        """Occurrences in the story."""
        self.often = np.bincount(self.gram, minlength=count)
        """Sentences that have it."""
        self.tellers = np.ones(count, dtype=np.intp)
        """Articles that have it."""
        if places.several > 1:
            tellers = distinct(self.gram * places.several + places.articles[self.sentence])
            self.tellers = np.bincount(tellers // places.several, minlength=count)
        self._starts = np.cumsum(self.often) - self.often

    def most(self, values: Numbers) -> Numbers:
        """Return the greatest value of the sentences that have each."""
        if not self.count:
            return np.zeros(0, dtype=np.float32)
        return np.maximum.reduceat(values[self.sentence], self._starts).astype(np.float32)

    def mean(self, values: Numbers) -> Numbers:
        """Return the mean value of the sentences that have each."""
        return self._sum(values[self.sentence]) / self.often

    def within(self, values: Numbers) -> Numbers:
        """Return for each sentence the sum of the values of what it has."""
        return np.bincount(self.sentence, values[self.gram], self.places.count)

    def rows(self, pool: Sequence[int]) -> Numbers:
        """Return which of some sentences (rows) have which (columns), as ones and zeros."""
        row_of = np.full(self.places.count, -1)
        row_of[pool] = np.arange(len(pool))
        row = row_of[self.sentence]
        inside = row >= 0
        held = np.zeros((len(pool), self.count), dtype=np.float32)
        held[row[inside], self.gram[inside]] = 1
        return held

    def standing(self) -> list[Numbers]:
        """Return where each stands and how often, an array for each feature."""
        places = self.places
        place = places.place[self.sentence]
        first, last = -self.most(-places.place.astype(np.float32)), self.most(places.place.astype(np.float32))
        part = place * _PARTS // places.size[self.sentence]
        spread = np.bincount(self.gram * _PARTS + part, minlength=self.count * _PARTS).reshape(-1, _PARTS) > 0
        return [
            np.log1p(self.total), np.log1p(self.often), np.log1p(first), np.log1p(last),
            np.log1p(self._sum(place) / self.often), first / places.size.max(),
            *(self._sum(place < lead) / places.several for lead in LEADS),
            spread.sum(1), self.tellers / places.several, 100 * self.total / places.lengths.sum(),
            self.mean(places.quoted),
        ]  # fmt: skip

    def _sum(self, values: Numbers) -> Numbers:
        return np.bincount(self.gram, values, self.count)


class Words:
    """The distinct stems of a story, each with its numbers."""

    def __init__(self, text: Text, tables: Tables) -> None:
        stem, stops = stems(text.language), stop_words(text.language)
        tokens = list(chain.from_iterable(text.tokens))
        rows: dict[str, int] = defaultdict(count().__next__)
        self.ids = np.fromiter(map(rows.__getitem__, map(stem, tokens)), np.intp, len(tokens))
        """The number of each word as it comes."""
        self.text = text
        self.stems = tuple(rows)
        self.places = Places(text)
        self.at = np.repeat(np.arange(self.places.count), self.places.lengths)
        """The sentence of each word as it comes."""
        self.grams = Grams(self.ids, self.at, len(rows), self.places)
        self.stop = np.zeros(len(rows), dtype=np.float32)
        self.stop[self.ids[[token in stops for token in tokens]]] = 1
        self.content = 1 - self.stop
        looks = np.frombuffer(b"".join(map(_LOOKS.__getitem__, rows)), _LOOK)
        self.digit, self.letters = looks["digit"], looks["letters"]
        if (language := primary(text.language)) == "en":
            self.rarity, self.fame = tables.of(looks["row"])
        else:
            _, first = np.unique(self.ids, return_index=True)
            self.rarity = abroad([tokens[at] for at in first], self.stop, language)
            self.fame = np.zeros(len(rows))
        capitals = [rows.get(stem(name.casefold()), -1) for s in text.sentences for name in _CAPITALS.findall(s)]
        self.capital = (
            np.bincount(np.array(capitals, dtype=np.intp) + 1, minlength=len(rows) + 1)[1:] / self.grams.total
        )
        self.headline = np.zeros(len(rows), dtype=np.float32)
        """Share of the headlines that have the word."""
        for headline in text.headlines:
            known = {rows[each] for token in words(headline) if (each := stem(token)) in rows}
            self.headline[list(known)] += 1 / len(text.headlines)
        self.weight = np.log1p(self.grams.total) * np.maximum(self.rarity, 0) * self.content
        """TF-IDF, stop words left out."""
        fame = self.grams.within(np.maximum(0, self.fame) * self.content * np.log1p(self.grams.total))
        density = fame / np.sqrt(np.maximum(1, self.places.lengths))
        self.density = np.asarray(density / max(1e-6, float(density.sum()) / self.places.count), dtype=np.float32)
        """How much of what headlines are made of each sentence has, against the average sentence."""

    def columns(self) -> Numbers:
        """Return the features of every word, shape (words, features)."""
        places, grams = self.places, self.grams
        starts = np.cumsum(places.lengths) - places.lengths
        inside = np.arange(len(self.ids)) - starts[self.at]
        first = np.zeros(grams.count, dtype=np.intp)
        first[self.ids[::-1]] = np.arange(len(self.ids))[::-1]
        order = np.argsort(-self.weight, kind="stable")
        rank = np.empty(grams.count)
        rank[order] = np.arange(grams.count)
        core = grams.within((rank < _CORE).astype(np.float32))
        subject = np.bincount(self.ids[inside < _SUBJECT], minlength=grams.count) / grams.total
        length = places.lengths[self.at[first]]
        own = [
            self.stop, self.rarity, self.fame, self.capital, self.headline,
            self.digit, self.letters,
            self.weight, np.log1p(rank), np.log1p(inside[first]), inside[first] / length, length, subject,
            grams.most(core), grams.mean(core), grams.most(self.density), grams.mean(self.density),
        ]  # fmt: skip
        return _table([*grams.standing(), *own], places)


class Pairs:
    """The distinct pairs of neighbouring words of a story, each with its numbers."""

    def __init__(self, of: Words) -> None:
        same = of.at[1:] == of.at[:-1]
        keys = of.ids[:-1][same] * len(of.stems) + of.ids[1:][same]
        keys, ids = np.unique(keys, return_inverse=True)
        self.first, self.second = np.divmod(keys, max(1, len(of.stems)))
        """The words of each."""
        self.grams = Grams(ids, of.at[1:][same], len(keys), of.places)
        self._of = of

    def columns(self) -> Numbers:
        """Return the features of every pair that do not hang on what is expected, shape (pairs, features)."""
        of, grams, a, b = self._of, self.grams, self.first, self.second
        both = (of.stop, of.rarity, of.capital, of.headline)
        own = [column[each] for column in both for each in (a, b)]
        own += [
            np.minimum(of.rarity[a], of.rarity[b]), grams.total / of.grams.total[a], grams.total / of.grams.total[b],
            np.minimum(of.headline[a], of.headline[b]), np.minimum(of.capital[a], of.capital[b]),
        ]  # fmt: skip
        return _table([*grams.standing(), *own], of.places)


def sentence_columns(of: Words) -> Numbers:
    """Return the features of every sentence that do not hang on what is expected, shape (sentences, features)."""
    places, grams, text = of.places, of.grams, of.text
    known = lexicon(text.language)
    length = np.maximum(1, places.lengths)
    fame = grams.within(np.maximum(0, of.fame) * of.content)
    meaning = np.maximum(1, grams.within(of.content))
    norm = np.sqrt(np.maximum(1e-6, grams.within(of.weight**2)))
    led = np.bincount(grams.gram, places.place[grams.sentence] == 0, grams.count) > 0
    own = [
        places.place, places.place / places.size, np.log1p(places.place), places.size, length, np.minimum(length, 12),
        fame, fame / length, of.density, grams.within(of.capital > 0.5), grams.within(of.headline * of.content),
        grams.within(of.weight * of.grams.total) / norm / max(1e-6, float(np.linalg.norm(of.weight * of.grams.total))),
        grams.within(led * of.content) / meaning, grams.within((grams.tellers > 1) * of.content) / meaning,
        places.articles, places.quoted,
        grams.within(of.digit) > 0,
        [not known.personal.isdisjoint(tokens) for tokens in text.tokens],
        [bool(tokens) and tokens[0] in known.leaning for tokens in text.tokens],
        [":" in sentence for sentence in text.sentences], ["?" in sentence for sentence in text.sentences],
    ]  # fmt: skip
    return _table(own, places)


def _table(columns: Sequence[Any], places: Places) -> Numbers:
    """Return columns as a table, with what is alike for all rows behind them."""
    table = np.empty((len(columns) + len(places.alike), len(columns[0])), dtype=np.float32)
    for number, column in enumerate((*columns, *places.alike)):
        table[number] = column
    return table.T
