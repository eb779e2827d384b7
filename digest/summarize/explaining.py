"""A cluster in, a word on each of its sentences out: why it is in the summary, or why it is not."""

from dataclasses import dataclass

from digest.model import Cluster
from digest.summarize.choosing import SAME, count_words
from digest.summarize.fitness import Fitness
from digest.summarize.likeness import shared, terms
from digest.summarize.methods import METHODS, Choice, Limit, budget, chosen
from digest.summarize.reading import Reading, read


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A sentence, and what became of it."""

    article: str
    """Key of its article."""
    paragraph: int
    """Index into the article's paragraphs."""
    text: str
    score: float
    """What it is worth by itself; comparable within one story and method only."""
    taken: bool
    reason: str
    """In words, without a full stop, e.g. `is a question`."""


def explain(cluster: Cluster, limit: Limit, *, method: str = "digest") -> tuple[Judged, ...]:
    """
    Return every sentence that is read of a cluster, in reading order, with its score and the reason for its fate.

    Args:
        cluster: Its central article is read first.
        limit: As for the summary that is explained.
        method: One of `SUMMARIZERS`.

    Raises:
        KeyError: *method* is none of them; what a user's own function thinks is not known.
    """
    reading = read(cluster)
    if not reading.sentences:
        return ()
    choice = chosen(reading, limit, METHODS[method])
    told = [terms(reading.sentences[i].text, reading.text.language) for i in choice.taken]
    return tuple(
        Judged(
            article=reading.articles[sentence.article].key,
            paragraph=sentence.paragraph,
            text=sentence.text,
            score=choice.scores[at],
            taken=at in choice.taken,
            reason=_reason(reading, choice, at, told, budget(reading, limit)),
        )
        for at, sentence in enumerate(reading.sentences)
    )


def _reason(reading: Reading, choice: Choice, at: int, told: list[tuple[str, ...]], most_words: int | None) -> str:
    sentence, verdict = reading.sentences[at], reading.verdicts[at]
    if choice.whole:
        return "the text is so short that it is its own summary"
    if at in choice.taken:
        return "opens the summary" if at == choice.taken[0] else "adds most to what is told"
    own = terms(sentence.text, reading.text.language)
    nouns = set(terms(verdict.refers_to, reading.text.language))
    before = (other for taken, other in zip(choice.taken, told, strict=True) if taken < at)
    is_explained = at - 1 in choice.taken or any(not nouns.isdisjoint(other) for other in before)
    obstacles = {
        verdict.flaw: verdict.fitness is not Fitness.SOUND,
        "stands where another article turns to other matters": reading.is_shut(at),
        f"has more than {most_words} words": most_words is not None and count_words(sentence.text) > most_words,
        "says what the summary says already": any(shared(own, other) >= SAME for other in told),
        "needs a sentence before it that is not taken": verdict.leaning and not is_explained,
        "cannot open a summary": at < choice.taken[0] and not reading.verdicts.opens(at),
    }
    return next((reason for reason, stands in obstacles.items() if stands), "adds less than those taken")
