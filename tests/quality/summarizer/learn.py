"""Samples in, weights out: the right answers of each, and sets of its sentences with their ROUGE."""

import random
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from digest.summarize.grams import Numbers, Pairs, Tables, Words, sentence_columns
from digest.summarize.stems import stems
from tests.quality.summarizer.network import Example, train
from tests.quality.summarizer.samples import Sample
from tests.quality.summarizer.scores import f1

WEIGHTS = {"article": 1.0, "highlights": 1.0, "story": 1.0, "central": 0.5}
"""How much a sample of each kind counts."""
SETS = 40
"""Sets of sentences that are compared for each story."""
_SET_SENTENCES = 3
_STORY_WORDS = 70
_EARLY = 8
"""Sentences in which the chance to be drawn for a set falls to a half."""


def examples(found: Sequence[Sample], known: Tables) -> list[Example]:
    """Return samples as the networks see them."""
    usual = [usual_length(found, story=story) for story in (False, True)]
    return [_example(sample, known, usual[sample.kind == "story"]) for sample in found]


def learn(found: Sequence[Sample], shown: Sequence[Example], known: Tables) -> Mapping[str, Numbers]:
    """Return the arrays of weights learned from samples, *shown* as the networks see them."""
    lengths = [usual_length(found, story=story) for story in (False, True)]
    tables = {"rarity": known.rarity, "headline": known.headline}
    packed = {key: array for name, table in tables.items() for key, array in _packed(name, table).items()}
    return {**train(shown), **packed, "lengths": np.array(lengths, dtype=np.float32)}


def usual_length(found: Sequence[Sample], *, story: bool) -> float:
    """Return how many words the summaries of stories, or of single articles, have on average."""
    return float(np.mean([len(s.stems) for s in found if s.kind != "central" and (s.kind == "story") == story]))


def _example(sample: Sample, known: Tables, usual: float) -> Example:
    of = Words(sample.text, known)
    pairs = Pairs(of)
    wanted = sample.stems
    words, couples = set(wanted), set(pairwise(wanted))
    names = list(zip([of.stems[i] for i in pairs.first], [of.stems[i] for i in pairs.second], strict=True))
    stem = stems(sample.text.language)
    told = [[stem(token) for token in tokens] for tokens in sample.text.tokens]
    introduced = np.zeros(of.grams.count, dtype=np.intp)
    introduced[of.ids[::-1]] = of.at[::-1]
    sets = _sets(sample)
    scores = [_score([stem for i in each for stem in told[i]], wanted) for each in sets]
    return Example(
        words=of.columns(),
        sentences=sentence_columns(of),
        pairs=pairs.columns(),
        cells=(of.grams.sentence, of.grams.gram),
        pair_cells=(pairs.grams.sentence, pairs.grams.gram),
        first=pairs.first,
        second=pairs.second,
        introduced=introduced,
        content=of.content.astype(np.float32),
        lengths=np.maximum(1, of.places.lengths).astype(np.float32),
        has_word=np.array([each in words for each in of.stems], dtype=np.float32),
        has_pair=np.array([each in couples for each in names], dtype=np.float32),
        worth=np.array([_score(each, wanted) for each in told], dtype=np.float32),
        sets=_held(sets, of.grams.sentence, of.grams.gram),
        pair_sets=_held(sets, pairs.grams.sentence, pairs.grams.gram),
        set_lengths=np.array([sum(len(told[i]) for i in each) for each in sets], dtype=np.float32),
        set_scores=np.array(scores, dtype=np.float32),
        usual=usual,
        weight=WEIGHTS[sample.kind],
    )


def _score(said: Sequence[str], wanted: Sequence[str]) -> float:
    """Return ROUGE-1 and ROUGE-2 together, in [0, 2]."""
    return (f1(said, wanted) + f1(list(pairwise(said)), list(pairwise(wanted)))) / 100


def _sets(sample: Sample) -> list[tuple[int, ...]]:
    """Return sets of sentences such as a summary may be, drawn by lot, early sentences more often."""
    lots = random.Random(sample.cluster.id)
    places = [i - sample.text.articles.index(article) for i, article in enumerate(sample.text.articles)]
    chances = [1 / (1 + place / _EARLY) for place in places]
    found: dict[tuple[int, ...], None] = {}
    for _ in range(SETS):
        drawn = list(dict.fromkeys(lots.choices(range(len(places)), chances, k=12)))
        if sample.kind == "story":
            room = _STORY_WORDS - np.cumsum([len(sample.text.tokens[i]) for i in drawn])
            drawn = drawn[: max(1, int((room >= 0).sum()))]
        else:
            drawn = drawn[:_SET_SENTENCES]
        found[tuple(sorted(drawn))] = None
    return list(found)


def _held(sets: Sequence[tuple[int, ...]], sentence: Numbers, gram: Numbers) -> tuple[Numbers, Numbers]:
    """Return which set holds which word or pair: two arrays of one length, without repetition."""
    own = [np.unique(gram[np.isin(sentence, each)]) for each in sets]
    return np.repeat(np.arange(len(sets)), [len(each) for each in own]), np.concatenate(own)


def _packed(name: str, table: Numbers) -> Mapping[str, Numbers]:
    """Return a table as it is kept: a byte for each number."""
    low = float(table.min())
    step = max(1e-9, float(table.max()) - low) / 255
    steps = np.clip(np.round((table - low) / step), 0, 255).astype(np.uint8)
    return {name: steps, f"{name} low": np.array(low), f"{name} step": np.array(step)}
