"""
A story in, what a summary of it would hold out: a chance for each word and word pair, a worth for each sentence.

Three small networks, each reading what the one before it found: words by what is seen of them; sentences by the words
they hold and where they stand; pairs by their words and sentences. They were fitted together to news with summaries
written by people; see `weights.md`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from digest.summarize.grams import Numbers, Pairs, Tables, Words, sentence_columns
from digest.summarize.text import Text

BOUND = 5.0
"""A feature counts by so many standard deviations at most."""
USUAL = 35.0
"""Words of a usual summary, for what a sentence is worth by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What a summary of a story is expected to hold."""

    words: Words
    pairs: Pairs
    worth: Numbers
    """Of each sentence by itself: its expected ROUGE-1 and ROUGE-2, added up."""
    word_chance: Numbers
    """That a summary holds a word, for each word."""
    pair_chance: Numbers
    length: float
    """Words of the summary that people would write, on average."""


@dataclass(frozen=True, slots=True)
class Network:
    """One hidden layer."""

    mean: Numbers
    scale: Numbers
    hidden: Numbers
    hidden_bias: Numbers
    out: Numbers
    out_bias: Numbers

    def __call__(self, columns: Numbers) -> Numbers:
        """Return the answer for each row of *columns*, shape (rows, features)."""
        known = np.clip((columns - self.mean) * self.scale, -BOUND, BOUND)
        answer: Numbers = np.maximum(0, known @ self.hidden + self.hidden_bias) @ self.out + self.out_bias
        return answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What was learned."""

    tables: Tables
    words: Network
    sentences: Network
    pairs: Network
    lengths: tuple[float, float]
    """Words of a summary of one article and of several, on average."""


def expect(text: Text, weights: Weights) -> Expectation:
    """Return what a summary of a story is expected to hold."""
    words = Words(text, weights.tables)
    chance = likelihood(weights.words(words.columns()))
    worth = weights.sentences(np.hstack([sentence_columns(words), held_columns(words, chance)]))
    pairs = Pairs(words)
    told = weights.pairs(np.hstack([pairs.columns(), pair_columns(pairs, chance, worth)]))
    return Expectation(
        words=words,
        pairs=pairs,
        worth=worth,
        word_chance=chance,
        pair_chance=likelihood(told),
        length=weights.lengths[words.places.several > 1],
    )


def held_columns(of: Words, chance: Numbers) -> Numbers:
    """Return what the words that are expected say of the sentences that hold them, shape (sentences, features)."""
    length = np.maximum(1, of.places.lengths)
    content = chance * of.content
    coverage, whole = of.grams.within(content), of.grams.within(chance)
    first = np.zeros(of.grams.count, dtype=np.intp)
    first[of.ids[::-1]] = of.at[::-1]
    new = np.bincount(first, content, of.places.count)
    best = np.zeros(of.places.count, dtype=np.float32)
    np.maximum.at(best, of.grams.sentence, content[of.grams.gram])
    before, after = np.zeros_like(coverage), np.zeros_like(coverage)
    before[1:], after[:-1] = coverage[:-1], coverage[1:]
    columns = [coverage, whole, coverage / length, whole / length, whole / (length + USUAL), best, new, before, after]
    return np.array(columns, dtype=np.float32).T


def pair_columns(of: Pairs, chance: Numbers, worth: Numbers) -> Numbers:
    """Return what words and sentences that are expected say of their pairs, shape (pairs, features)."""
    a, b = chance[of.first], chance[of.second]
    columns = [a, b, np.minimum(a, b), a * b, of.grams.most(worth), of.grams.mean(worth)]
    return np.array(columns, dtype=np.float32).T


def likelihood(odds: Numbers) -> Numbers:
    """Return the probabilities of log-odds."""
    return np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float32)


@cache
def learned() -> Weights:
    """Return the weights that come with the package."""
    with (resources.files("digest.summarize") / "weights.npz").open("rb") as file, np.load(file) as arrays:
        return weights_of({name: arrays[name] for name in arrays.files})


def weights_of(arrays: Mapping[str, Numbers]) -> Weights:
    """Return weights of the arrays that they are kept in."""
    tables = {name: arrays[f"{name} low"] + arrays[f"{name} step"] * arrays[name] for name in ("rarity", "headline")}
    one, several = arrays["lengths"]
    networks = {
        name: Network(*(arrays[f"{name} {part}"].astype(np.float32) for part in Network.__dataclass_fields__))
        for name in ("words", "sentences", "pairs")
    }
    return Weights(
        tables=Tables(**{name: table.astype(np.float32) for name, table in tables.items()}),
        **networks,
        lengths=(float(one), float(several)),
    )
