"""
An expectation in, the sentences that cover most of it out, under the rules that every summary obeys.

A set of sentences is worth what it is expected to share with a summary written by people, for its length: the chances
of its words and word pairs, each counted once (Gillick and Favre 2009, "A scalable global model for summarization"),
as ROUGE counts them. Such coverage is sub-modular, so that adding the best sentence again and again comes near the
best set (Lin and Bilmes 2011, "A class of submodular functions for document summarization"); a beam of such sets
comes nearer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from digest.summarize.choosing import SAME, count_words
from digest.summarize.expecting import Expectation
from digest.summarize.fitness import Fitness
from digest.summarize.grams import Numbers, Words
from digest.summarize.quoting import Verdict, Verdicts
from digest.summarize.stems import stems
from digest.summarize.text import Text
from digest.text import distinct, words

POOL = 28
"""Sentences from which a summary is chosen."""
PAIRS = 1.5
"""Weight of word pairs against words."""
WORTH = 0.4
"""Weight of what the sentences of one article are worth each by itself; several articles tell the same too often."""
COPIED = 0.8
"""Share of the longer sentence's words from which one sentence is a copy of another, which is quoted in its place."""
WIDTH = 24
"""Sets that are kept while they grow."""
FILL = 0.7
"""Share of the words asked for that a summary should have."""
SHORT = 2.0
"""
What a set loses of its value for the words that it lacks to `FILL`, times the square of their share of the words asked
for: a sentence that would only dilute a summary is left off where a few are lacking then, but not where many are.
"""
BRIEF = 3
"""Sentences up to which a summary is as long as people write them; who asks for more wants length."""
FEWEST = 2
"""Sentences that a brief summary keeps in any case."""
DILUTED = 0.03
"""Share of its value that a brief summary must lose by a sentence for that to be left off."""
OPENINGS = 4
"""Sentences of which one opens a summary: the first that may."""
_ONE_SIDED = 0.05
"""Share of its value that a set loses when one of several articles tells it all."""
_LATE = 0.03
"""
Share of its value that a set loses for each opening that it passes over, where there are several articles: they begin
with the same news, and one article may begin with an anecdote.
"""
_UNREADY = 0.05
"""Share of its value that a set loses in the search while one of its sentences lacks what it leans on."""

Bools = NDArray[np.bool_]


def cover(
    expected: Expectation,
    text: Text,
    verdicts: Verdicts,
    *,
    most: int,
    budget: int | None = None,
    shut: Sequence[bool] | None = None,
) -> tuple[int, ...]:
    """
    Return the indexes of the sentences of a summary, ascending; none if no set keeps the rules.

    Args:
        expected: What a summary of the story would hold.
        text: The story.
        verdicts: One for each sentence.
        most: Sentences at most, and as many as that where *budget* is not given and the rules allow, but for one
            that would make a brief summary worth less.
        budget: Words at most.
        shut: Sentences that are off the story; none if not given.
    """
    order = [i for i in (-expected.worth.round(6)).argsort(kind="stable").tolist() if not (shut and shut[i])]
    size = max(POOL, 2 * most if budget is None else 0)
    for fitness in (Fitness.SOUND, Fitness.WEAK):
        fit = _Fit(text, verdicts, fitness, budget)
        openings = fit.openings()
        if openings and (found := _Search(expected, fit, fit.pool(order, openings, size), openings).best(most, budget)):
            return found
    return ()


@dataclass(frozen=True, slots=True)
class _Fit:
    """The sentences of a story that are fit enough, and not too long."""

    text: Text
    verdicts: Verdicts
    fitness: Fitness
    budget: int | None

    def __contains__(self, i: int) -> bool:
        """Return whether a sentence is fit enough."""
        fits = self.budget is None or count_words(self.text.sentences[i]) <= self.budget
        return fits and self.verdicts[i].fitness <= self.fitness

    def openings(self) -> list[int]:
        """Return the first sentences of the leading article that may open a summary."""
        leading = range(self.text.articles.count(0))
        return list(islice((i for i in leading if i in self and self.verdicts.opens(i)), OPENINGS))

    def pool(self, order: Sequence[int], openings: Sequence[int], size: int) -> list[int]:
        """Return the openings and the first fit sentences of an order, so many in all, ascending."""
        pool = set(openings)
        for i in order:
            if len(pool) >= size:
                break
            verdict = self.verdicts[i]
            if verdict.leaning and not verdict.refers_to:
                # It is worth nothing without the sentence before it.
                if verdict.follows and i in self and i - 1 in self:
                    pool |= {i - 1, i}
            elif i in self:
                pool.add(i)
        return sorted(pool)


@dataclass(frozen=True, slots=True)
class _Sets:
    """Sets of sentences of a pool, a row for each; ones and zeros, for products of those are fast."""

    members: Numbers
    names: Sequence[int]
    """The members of each as the bits of a number."""
    said: Numbers
    """What it is expected to share, pairs by their weight."""
    ready: Bools
    """Whether it opens well and holds what its sentences lean on."""
    values: Numbers
    """What each is worth."""


class _Search:
    """A search for the best set of sentences of a pool."""

    def __init__(self, expected: Expectation, fit: _Fit, pool: Sequence[int], openings: Sequence[int]) -> None:
        known, text = expected.words, fit.text
        verdicts = [fit.verdicts[i] for i in pool]
        held = np.hstack([known.grams.rows(pool), expected.pairs.grams.rows(pool)])
        chance = np.concatenate([expected.word_chance, PAIRS * expected.pair_chance])
        often = held.sum(0)
        shared = np.flatnonzero(often > 1)
        self._held = held[:, shared]
        """Which sentence (row) has which of the words and pairs that several have: only they can be told already."""
        self._gains = (self._held * chance[shared]).T
        self._alone = held @ (chance * (often == 1))
        """What each sentence adds by words and pairs that it alone has."""
        self._pool = pool
        self._sizes = known.places.lengths[pool].astype(np.float32)
        self._texts = [text.sentences[i] for i in pool]
        weight = WORTH if known.places.several == 1 else 0.0
        self._worth = weight * self._sizes * expected.worth[pool]
        self._usual = expected.length
        self._own = known.places.articles[pool]
        """The article of each sentence."""
        self._opens = np.array([i in openings for i in pool])
        self._leans = np.array([v.leaning for v in verdicts], dtype=np.float32)
        words_held = held[:, : known.grams.count]
        self._props = self._resolving(verdicts, words_held, expected.words)
        self._alike, self._copies = self._saying_the_same(words_held * known.content)

    def best(self, most: int, budget: int | None) -> tuple[int, ...]:
        """Return the best set that keeps the rules, as indexes of sentences; none if there is none."""
        sets = _Sets(
            members=np.zeros((1, len(self._pool)), dtype=np.float32),
            names=[0],
            said=np.zeros(1, dtype=np.float32),
            ready=np.zeros(1, dtype=bool),
            values=np.zeros(1),
        )
        found: list[tuple[float, list[int]]] = []
        for _ in range(min(most, len(self._pool))):
            sets = self._grown(sets, budget)
            if not len(sets.said):
                break
            values = (sets.values * self._filled(sets.members, budget)).round(6)
            values[~sets.ready] = -1
            best = int(values.argmax())
            if sets.ready[best]:
                found.append((float(values[best]), np.flatnonzero(sets.members[best]).tolist()))
        if not found:
            return ()
        # Without a budget as many sentences are taken as tell more; with one, the best set of any number.
        value, chosen = found[-1] if budget is None else max(found, key=itemgetter(0))
        for other, fewer in reversed(found[:-1] if budget is None and most <= BRIEF else []):
            if len(fewer) >= FEWEST and (1 - DILUTED) * other > value:
                value, chosen = other, fewer
        return tuple(self._pool[i] for i in chosen)

    @cached_property
    def _lengths(self) -> Numbers:
        """Words of each sentence, as a budget counts them."""
        return np.array([count_words(text) for text in self._texts], dtype=np.float32)

    def _grown(self, sets: _Sets, budget: int | None) -> _Sets:
        """Return the best sets that have one sentence more, the best first."""
        missing = (sets.members @ self._held == 0).astype(np.float32)
        said = sets.said[:, None] + self._alone + missing @ self._gains
        sizes = (sets.members @ self._sizes)[:, None] + self._sizes
        worth = (sets.members @ self._worth)[:, None] + self._worth
        closed = sets.members @ self._alike + self._copies > 0
        if budget is not None:
            closed |= (sets.members @ self._lengths)[:, None] + self._lengths > budget
        value = said / (sizes + self._usual) + worth / np.maximum(1, sizes)
        value[closed] = -1
        order = (-value.round(6)).argsort(axis=None, kind="stable")[: 4 * WIDTH]
        row, column = np.divmod(order[value.ravel()[order] >= 0], len(self._pool))
        # The same set is reached by several ways; the first of them will do.
        ways: dict[int, int] = {}
        for number, (at, added) in enumerate(zip(row.tolist(), column.tolist(), strict=True)):
            ways.setdefault(sets.names[at] | 1 << added, number)
        names, fresh = list(ways), list(ways.values())
        row, column = row[fresh], column[fresh]
        members = sets.members[row]
        members[np.arange(len(row)), column] = 1
        ready = self._ready(members)
        values = value[row, column] * self._left(members)
        promise = values * np.where(ready, 1, 1 - _UNREADY)
        kept = (-promise.round(6)).argsort(kind="stable")[:WIDTH]
        return _Sets(
            members=members[kept],
            names=[names[number] for number in kept],
            said=said[row[kept], column[kept]],
            ready=ready[kept],
            values=values[kept],
        )

    def _filled(self, members: Numbers, budget: int | None) -> Numbers:
        """Return what is left of the value of sets where words are asked for: less where too many are lacking."""
        if budget is None:
            return np.ones(len(members))
        lacking: Numbers = np.maximum(0, FILL - members @ self._lengths / budget)
        return 1 - SHORT * lacking**2

    def _left(self, members: Numbers) -> Numbers:
        """Return what is left of the value of sets: of several articles' less where they open late or one tells all."""
        if self._own[0] == self._own[-1]:
            return np.ones(len(members))
        articles = (self._own[:, None] == distinct(self._own)).astype(np.float32)
        is_one_sided = (members @ articles > 0).sum(1) == 1
        passed_over = np.where(self._opens, np.cumsum(self._opens) - 1, 0)
        left: Numbers = 1 - _LATE * passed_over[members.argmax(1)]
        return left * np.where(is_one_sided, 1 - _ONE_SIDED, 1.0)

    def _ready(self, members: Numbers) -> Bools:
        """Return which sets open well and hold what their sentences lean on."""
        lacking = members * self._leans > members @ self._props
        ready: Bools = self._opens[members.argmax(1)] & ~lacking.any(1)
        return ready

    def _resolving(self, verdicts: Sequence[Verdict], held: Numbers, known: Words) -> Numbers:
        """Return which sentence (row) explains what another (column) leans on, given which words each has."""
        stem = stems(known.text.language)
        props = np.zeros((len(verdicts), len(verdicts)), dtype=np.float32)
        for column, verdict in enumerate(verdicts):
            if not verdict.leaning or not column:
                continue
            if verdict.follows and self._pool[column] == self._pool[column - 1] + 1:
                props[column - 1, column] = 1
            for noun in map(stem, words(verdict.refers_to)[-1:]):
                if noun in known.stems:
                    props[:column, column] += held[:column, known.stems.index(noun)]
        return props

    def _saying_the_same(self, content: Numbers) -> tuple[Numbers, Numbers]:
        """Return which sentences say the same as which, themselves too, and which only copy an earlier one."""
        sizes = np.maximum(1, content.sum(1))
        shared = content @ content.T
        number = np.array([self._texts.index(text) for text in self._texts])
        identical = number[:, None] == number
        same = identical | (shared >= SAME * np.minimum(sizes[:, None], sizes))
        copied = identical | (shared >= COPIED * np.maximum(sizes[:, None], sizes))
        # Every sentence is a copy of itself: one that is of an earlier one too meets that first.
        return same.astype(np.float32), (copied.argmax(0) < np.arange(len(number))).astype(np.float32)
