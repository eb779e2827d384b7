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
NOVELTY, NOVELTY_OF_STORY = 0.5, 1.0
"""Weight of what is said already, against a rating in [0, 1], for one article and for several."""
SAME_WORDS = 0.6
"""Likeness from which two sentences say the same."""
SAME_NEWS = 0.4
"""Share of a sentence, by weight of its terms, from which headline and summary have said it before another article."""
NEW_VOICE = 0.1
"""What it is worth, against a rating in [0, 1], that an article is heard for the first time."""
STORY_WORDS = 28
"""Words a sentence, on average, of a story told by several articles: it is read beside others."""
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
    choice = _Choice(reading, _scaled(ratings), most, _budget(reading, limit))
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
        first = reading.articles[0]
        self._terms_said = set(terms(first.headline, first.language))
        self._heard: set[int] = set()
        self._novelty = NOVELTY if len(reading.articles) == 1 else NOVELTY_OF_STORY

    def take(self, fitness: Fitness) -> None:
        """Take the best sentence of at least this fitness again and again, until none is left that fits."""
        while len(self.taken) < self.most:
            fitting = [i for i in range(len(self.ratings)) if self._may_be_taken(i, fitness)]
            if not fitting:
                return
            best = max(fitting, key=lambda i: (self._worth(i), -i))
            self.taken.add(best)
            self._heard.add(self.reading.sentences[best].article)
            self._terms_said |= self._vectors[best].keys()
            self.left -= count_words(self.reading.sentences[best].text)
            for i, own in enumerate(self._vectors):
                self._said[i] = max(self._said[i], cosine(own, self._vectors[best]))

    def shortest(self) -> tuple[int, ...]:
        """Return the shortest sentence that may be quoted, for a summary has one at least."""
        sentences, verdicts = self.reading.sentences, self.reading.verdicts
        order = sorted(range(len(sentences)), key=lambda i: (verdicts[i].fitness, count_words(sentences[i].text), i))
        return tuple(order[:1])

    def _may_be_taken(self, i: int, fitness: Fitness) -> bool:
        verdict = self.reading.verdicts[i]
        if i in self.taken or verdict.fitness > fitness or self._said[i] >= SAME_WORDS:
            return False
        if count_words(self.reading.sentences[i].text) > self.left:
            return False
        if self._is_beside_the_point(i):
            return False
        stands = not verdict.leaning or (verdict.follows and i - 1 in self.taken)
        if not self.taken:
            # The first one taken carries the story, so it is the central article's.
            return fitness is Fitness.UNFIT or (
                stands and self.reading.sentences[i].article == 0 and not verdict.taken_back
            )
        return stands and (i > min(self.taken) or not verdict.taken_back)

    def _worth(self, i: int) -> float:
        """Return what a sentence adds to those taken."""
        is_new_voice = bool(self._heard) and self.reading.sentences[i].article not in self._heard
        return rounded(self.ratings[i] - self._novelty * self._said[i] + NEW_VOICE * is_new_voice)

    def _is_beside_the_point(self, i: int) -> bool:
        """Tell whether another article turns to other matters, or says again what headline and summary say."""
        sentence = self.reading.sentences[i]
        if not self.taken or sentence.article == 0:
            return False
        if sentence.below_subhead:
            return True
        weights = self._vectors[i]
        said = sum(weight**2 for term, weight in weights.items() if term in self._terms_said)
        return rounded(said) >= SAME_NEWS


def _budget(reading: Reading, limit: Limit) -> int | None:
    """Return the most words; a story of several articles is kept short when only sentences are counted."""
    if limit.words is not None or limit.sentences is None or len(reading.articles) == 1:
        return limit.words
    return STORY_WORDS * limit.sentences


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
