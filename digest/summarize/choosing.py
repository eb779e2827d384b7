"""
Ratings in, the sentences of the summary out: the rules that every method obeys.

Sentences are taken one by one, the best rated first, less what the summary says already (maximal
marginal relevance, Carbonell and Goldstein 1998), as long as they may be quoted and there is room.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from digest.summarize.fitness import Fitness
from digest.summarize.likeness import cosine, rarity, rounded, shared, vector
from digest.summarize.quoting import Verdict
from digest.text import words

NOVELTY = 0.2
"""Weight of what is said already, against a rating in [0, 1]."""
NEW_SOURCE = 0.1
"""What an article that is not quoted yet is given ahead, against a rating in [0, 1]."""
SAME = 0.5
"""Share of the shorter sentence's terms from which two sentences say the same."""
_LETTERS_PER_WORD = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A sentence that may be chosen."""

    text: str
    terms: tuple[str, ...]
    """Stems, stop words left out."""
    article: int
    """Number of its article; 0 is the one that leads."""
    verdict: Verdict
    opens: bool
    """Whether a summary may open with it."""
    digresses: bool = False
    """Whether it stands where another article than the leading one turns to other matters."""


def choose(
    candidates: Sequence[Candidate], ratings: Sequence[float], *, most: int, budget: int | None = None
) -> tuple[int, ...]:
    """
    Return the indexes of the sentences of a summary, ascending.

    Args:
        candidates: The sentences in reading order.
        ratings: One for each sentence, higher is better, in any range.
        most: Sentences at most.
        budget: Words at most; a summary has one sentence in any case, see `_Choice.last_resort`.
    """
    choice = _Choice(candidates, _scaled(ratings), most, budget)
    for fitness in (Fitness.SOUND, Fitness.WEAK):
        choice.take(fitness)
        if choice.taken:
            break
    return tuple(sorted(choice.taken)) or choice.last_resort()


def count_words(text: str) -> int:
    """Return how many words a text has; scripts without spaces count by the character."""
    spaced = len(text.split())
    return spaced if text.isascii() or len(text) <= _LETTERS_PER_WORD * (spaced - 1) else max(spaced, len(words(text)))


class _Choice:
    """A summary that grows by one sentence after the other."""

    def __init__(
        self, candidates: Sequence[Candidate], ratings: Sequence[float], most: int, budget: int | None
    ) -> None:
        self.taken: set[int] = set()
        self._candidates = candidates
        self._ratings = ratings
        self._most = most
        self._room = float("inf") if budget is None else budget
        self._lengths = [count_words(c.text) for c in candidates]
        idf = rarity([c.terms for c in candidates])
        self._vectors = [vector(c.terms, idf) for c in candidates]
        self._said = [0.0] * len(candidates)
        self._told = [False] * len(candidates)

    def take(self, fitness: Fitness) -> None:
        """Take the best sentence that is fit enough, again and again, until none is left."""
        while len(self.taken) < self._most:
            open_to_choice = [i for i in range(len(self._candidates)) if self._may_take(i, fitness)]
            if not open_to_choice:
                return
            best = max(open_to_choice, key=lambda i: (self._worth(i), -i))
            self.taken.add(best)
            self._room -= self._lengths[best]
            self._note(best)

    def last_resort(self) -> tuple[int, ...]:
        """
        Return the one sentence to quote when none may open a summary, or none fits; none where there are no sentences.

        Fitness comes first, sound and weak counting the same, then how few words it is over the budget, then whether
        it may open a summary, then its rating.
        """
        order = sorted(
            range(len(self._candidates)),
            key=lambda i: (
                max(self._candidates[i].verdict.fitness, Fitness.WEAK),
                max(0.0, self._lengths[i] - self._room),
                not self._candidates[i].opens,
                -self._ratings[i],
                i,
            ),
        )
        return tuple(order[:1])

    def _may_take(self, i: int, fitness: Fitness) -> bool:
        candidate = self._candidates[i]
        verdict = candidate.verdict
        if i in self.taken or self._told[i] or verdict.fitness > fitness or self._lengths[i] > self._room:
            return False
        if candidate.digresses or (verdict.leaning and not (verdict.follows and i - 1 in self.taken)):
            return False
        if not self.taken:
            return candidate.opens and candidate.article == 0
        return candidate.opens or i > min(self.taken)

    def _worth(self, i: int) -> float:
        article = self._candidates[i].article
        is_new = bool(self.taken) and all(self._candidates[j].article != article for j in self.taken)
        return rounded(self._ratings[i] - NOVELTY * self._said[i] + NEW_SOURCE * is_new)

    def _note(self, taken: int) -> None:
        """Note what the sentences that are left would only say again."""
        own = self._candidates[taken]
        for i, candidate in enumerate(self._candidates):
            self._said[i] = max(self._said[i], cosine(self._vectors[i], self._vectors[taken]))
            same = candidate.text == own.text or shared(candidate.terms, own.terms) >= SAME
            self._told[i] = self._told[i] or same


def _scaled(ratings: Sequence[float]) -> list[float]:
    """Return ratings moved into [0, 1]."""
    low, high = min(ratings, default=0.0), max(ratings, default=0.0)
    return [rounded((rating - low) / (high - low)) if high > low else 0.0 for rating in ratings]
