"""
Articles and word lists in, matrices to learn from out.

The vocabulary and the rarity of its terms are counted over all articles, without their topics.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp

from digest.text import stop_words, words
from digest.topics import TOP_LEVEL
from digest.topics.terms import NUMBER, YEAR, counted, stem, terms
from digest.topics.wordlists import lexicon, media_topics
from tests.quality.tagger.encoder import Encoder
from tests.quality.tagger.texts import Labelled, Text, labelled, unlabelled

TOPICS = len(TOP_LEVEL)

# Articles that must use a word or a pair of words; a pair is also asked to stand in two sources.
WORD_USES = 2
PAIR_USES = 8
# What a pair counts beside a word: its words count too.
PAIR = 0.5
# A label or definition of the vocabulary beside a term of the lexicon, and how bold the spreading of both is.
LABEL = 0.5
RIDGE = 2.0
# What a term is believed to say by its meaning alone, beside what the lexicon says of it.
SPREAD = 0.75


@dataclass(frozen=True, slots=True, eq=False)
class Corpus:
    """All that is learnt from."""

    terms: tuple[str, ...]
    rarity: Any
    """Shape (terms,)."""
    known: Any
    """Labelled articles, sparse, shape (articles, terms), rows of length 1."""
    topics: Any
    """Shape (articles,), indexes into `TOP_LEVEL`."""
    sources: Any
    """Shape (articles,)."""
    known_vectors: Any
    others: Any
    """Unlabelled articles, as `known`."""
    other_vectors: Any
    listed_vectors: Any
    """Of the lexicon's terms, then the vocabulary's labels, then its labels with definitions."""
    listed: Any
    """The lexicon's terms, then the vocabulary's definitions under their labels, as `known`."""
    listed_topics: Any
    """Of `listed_vectors`; of `listed` the first ones."""
    listed_weights: Any
    prior: Any
    """Shape (terms, topics): what the lexicon and the meaning of each term say, before any article is read."""


def corpus(folder: Path, encoder: Encoder) -> Corpus:
    """Read and encode everything below *folder*."""
    rows, others = labelled(folder), unlabelled(folder)
    known_uses = [counted(row.text.title, row.text.text) for row in rows]
    other_uses = [counted(text.title, text.text) for text in others]
    articles = Counter(term for uses in (*known_uses, *other_uses) for term in uses)
    kept = _vocabulary(articles, rows, known_uses, other_uses)
    total = len(rows) + len(others)
    rarity = np.array(
        [math.log((total + 1) / (articles[term] + 1)) * (PAIR if " " in term else 1.0) for term in kept], np.float32
    )
    listed = tuple(lexicon())
    labels = [topic.label for topic in media_topics()]
    defined = [f"{topic.label}: {topic.definition}" for topic in media_topics()]
    vectors = encoder.vectors([*listed, *labels, *defined])
    tops = [topic.top for topic in media_topics()]
    membership = np.zeros((len(listed), TOPICS), np.float32)
    for row, term in enumerate(listed):
        membership[row, list(lexicon()[term])] = 1 / len(lexicon()[term])
    return Corpus(
        terms=kept,
        rarity=rarity,
        known=_matrix(known_uses, kept, rarity),
        topics=np.array([row.topic for row in rows]),
        sources=np.array([row.source for row in rows]),
        known_vectors=encoder.vectors([row.text.start for row in rows]),
        others=_matrix(other_uses, kept, rarity),
        other_vectors=encoder.vectors([text.start for text in others]),
        listed_vectors=vectors,
        listed=_matrix(
            [
                *(counted(term, "") for term in listed),
                *(counted(topic.label, topic.definition) for topic in media_topics()),
            ],
            kept,
            rarity,
        ),
        listed_topics=np.array([*membership.argmax(1), *tops, *tops]),
        listed_weights=np.array([1.0] * len(listed) + [LABEL] * len(tops) + [1.0] * len(tops)),
        prior=_prior(
            kept,
            _meanings(kept, rows, others, encoder),
            vectors[: len(listed) + len(tops)],
            np.vstack([membership, np.eye(TOPICS, dtype=np.float32)[tops]]),
        ),
    )


def _vocabulary(
    articles: Mapping[str, int],
    rows: Sequence[Labelled],
    known_uses: Sequence[Mapping[str, int]],
    other_uses: Iterable[Mapping[str, int]],
) -> tuple[str, ...]:
    by_source: dict[str, set[str]] = {"": set().union(*other_uses)}
    for row, uses in zip(rows, known_uses, strict=True):
        by_source.setdefault(row.source, set()).update(uses)
    kept = {
        term
        for term, uses in articles.items()
        if (
            uses >= PAIR_USES and sum(term in used for used in by_source.values()) > 1
            if " " in term
            else uses >= WORD_USES
        )
    }
    for topic in media_topics():
        kept.update(term for term in terms(f"{topic.label}. {topic.definition}") if " " not in term)
    return tuple(sorted(kept.union(filter(None, map(_as_term, lexicon())))))


def _matrix(each: Sequence[Mapping[str, int]], kept: Sequence[str], rarity: Any) -> Any:
    columns = {term: column for column, term in enumerate(kept)}
    entries = [
        (row, columns[term], (1 + math.log(n)) * rarity[columns[term]])
        for row, uses in enumerate(each)
        for term, n in uses.items()
        if term in columns
    ]
    rows, cols, values = zip(*entries, strict=True)
    matrix = sp.csr_matrix((np.array(values, np.float32), (rows, cols)), shape=(len(each), len(kept)))
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(1)).ravel())
    return (sp.diags(1 / np.maximum(lengths, 1e-9)) @ matrix).tocsr().astype(np.float32)


def _meanings(kept: Sequence[str], rows: Sequence[Labelled], others: Sequence[Text], encoder: Encoder) -> Any:
    """Return the vectors of the terms, each read with the commonest word for each stem."""
    uses: Counter[str] = Counter()
    for text in (*(row.text for row in rows), *others):
        uses.update(words(f"{text.title} {text.text}"))
    for listed in (*lexicon(), *(topic.label + " " + topic.definition for topic in media_topics())):
        uses.update(set(words(listed)))
    best: dict[str, str] = {}
    for word in sorted(uses, key=lambda word: (-uses[word], word)):
        best.setdefault(stem(word), word)
    return encoder.vectors(
        [" ".join(best.get(part, part) for part in term.split()) if _has_meaning(term) else "" for term in kept]
    )


def _has_meaning(term: str) -> bool:
    """Return whether a term means something out of its sentence."""
    return " " not in term or (stop_words("en") | {NUMBER, YEAR}).isdisjoint(term.split())


def _prior(kept: Sequence[str], meanings: Any, listed: Any, membership: Any) -> Any:
    """Return what the lexicon says of its terms, and what their likeness to it says of all others."""
    from sklearn.linear_model import Ridge

    weights = np.where(np.arange(len(listed)) < len(lexicon()), 1.0, LABEL)
    spread = Ridge(alpha=RIDGE).fit(listed, membership - 1 / TOPICS, sample_weight=weights).predict(meanings)
    prior = SPREAD * (spread - spread.mean(axis=1, keepdims=True))
    prior[[column for column, term in enumerate(kept) if not _has_meaning(term)]] = 0
    columns = {term: column for column, term in enumerate(kept)}
    for term, indexes in lexicon().items():
        column = columns.get(_as_term(term) or "")
        if column is not None:
            prior[column] -= 1 / TOPICS
            prior[column, list(indexes)] += 1 / len(indexes)
    return prior.astype(np.float32)


def _as_term(listed: str) -> str | None:
    """Return the term that articles have for one of the lexicon; none for what is longer than a pair."""
    found = list(terms(listed))
    return found[-1] if found and found[-1].count(" ") == listed.count(" ") else None
