"""
Ratings in, the sentences of the summary out: the rules that every method obeys.

Sentences are taken greedily by their rating less what the summary says already (maximal marginal
relevance, Carbonell and Goldstein 1998), as long as they may be quoted and fit the limit.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from digest.summarize.likeness import Vector, cosine, rarity, rounded, terms, vector
from digest.summarize.quoting import Fitness
from digest.summarize.reading import Reading
from digest.text import words

SHORT_ARTICLE = 3
"""Sentences up to which an article is its own summary."""
NOVELTY = 0.5
"""Weight of what is said already, against a rating in [0, 1]."""
SAME_WORDS = 0.6
"""Likeness from which two sentences say the same."""
_LETTERS_PER_WORD = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """How long a summary may be: at most, never cutting a sentence, and one sentence at least."""

    sentences: int | None = None
    words: int | None = None


def choose(reading: Reading, ratings: Sequence[float], limit: Limit) -> tuple[int, ...]:
    """
    Return the indexes of the sentences of a summary, ascending.

    Args:
        reading: The story.
        ratings: One for each sentence, higher is better, in any range.
        limit: The summary's length; half of a longer story is the most in any case.
    """
    most = _most(reading, limit)
    if len(reading.articles) == 1 and len(reading.sentences) <= SHORT_ARTICLE:
        everything = tuple(range(len(reading.sentences)))
        if len(everything) <= most and _count(reading, everything) <= (limit.words or float("inf")):
            return everything
    choice = _Choice(reading, _scaled(ratings), most, limit.words)
    for fitness in Fitness:
        choice.take(fitness)
        if choice.taken:
            break
    return tuple(sorted(choice.taken)) or choice.shortest()


def count_words(text: str) -> int:
    """Return how many words a text has; scripts without spaces count by the character."""
    spaced = len(text.split())
    return spaced if len(text) <= _LETTERS_PER_WORD * spaced else len(words(text))


class _Choice:
    """A summary that grows by one sentence after the other."""

    def __init__(self, reading: Reading, ratings: Sequence[float], most: int, budget: int | None) -> None:
        self.reading = reading
        self.ratings = ratings
        self.most = most
        self.left = float("inf") if budget is None else budget
        self.taken: set[int] = set()
        found = [terms(s.text, reading.articles[s.article].language) for s in reading.sentences]
        idf = rarity(found)
        self._vectors: list[Vector] = [vector(each, idf) for each in found]
        self._said = [0.0] * len(found)

    def take(self, fitness: Fitness) -> None:
        """Take the best sentence of at least this fitness again and again, until none is left that fits."""
        while len(self.taken) < self.most:
            fitting = [i for i in range(len(self.ratings)) if self._may_be_taken(i, fitness)]
            if not fitting:
                return
            best = max(fitting, key=lambda i: (rounded(self.ratings[i] - NOVELTY * self._said[i]), -i))
            self.taken.add(best)
            self.left -= count_words(self.reading.sentences[best].text)
            for i, own in enumerate(self._vectors):
                self._said[i] = max(self._said[i], cosine(own, self._vectors[best]))

    def shortest(self) -> tuple[int, ...]:
        """Return the shortest sentence that may be quoted, for a summary has one at least."""
        sentences, verdicts = self.reading.sentences, self.reading.verdicts
        order = sorted(
            range(len(sentences)), key=lambda i: (verdicts[i].fitness, count_words(sentences[i].text), i)
        )
        return tuple(order[:1])

    def _may_be_taken(self, i: int, fitness: Fitness) -> bool:
        verdict = self.reading.verdicts[i]
        if i in self.taken or verdict.fitness > fitness or self._said[i] >= SAME_WORDS:
            return False
        if count_words(self.reading.sentences[i].text) > self.left:
            return False
        stands = not verdict.leaning or (verdict.follows and i - 1 in self.taken)
        if not self.taken:
            # The first one taken carries the story, so it is the central article's.
            return fitness is Fitness.UNFIT or (
                stands and self.reading.sentences[i].article == 0 and not verdict.taken_back
            )
        return stands and (i > min(self.taken) or not verdict.taken_back)


def _most(reading: Reading, limit: Limit) -> int:
    short = len(reading.articles) == 1 and reading.total <= SHORT_ARTICLE
    most = reading.total if short else max(1, reading.total // 2)
    return most if limit.sentences is None else min(most, max(1, limit.sentences))


def _count(reading: Reading, chosen: Sequence[int]) -> int:
    return sum(count_words(reading.sentences[i].text) for i in chosen)


def _scaled(ratings: Sequence[float]) -> list[float]:
    """Return ratings moved into [0, 1]."""
    low, high = min(ratings, default=0.0), max(ratings, default=0.0)
    return [rounded((rating - low) / (high - low)) if high > low else 0.0 for rating in ratings]
