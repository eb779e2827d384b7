"""A text in, the sentences that our method quotes of it out; see `ours` for the method and its sources."""

from collections.abc import Sequence

from digest.summarize.choosing import Candidate, choose
from digest.summarize.covering import cover
from digest.summarize.expecting import Weights, expect
from digest.summarize.likeness import terms
from digest.summarize.quoting import Verdicts
from digest.summarize.text import Text


def pick(
    text: Text,
    verdicts: Verdicts,
    weights: Weights,
    *,
    most: int,
    budget: int | None = None,
    shut: Sequence[bool] | None = None,
) -> tuple[Sequence[float], tuple[int, ...]]:
    """
    Return what each sentence is worth by itself, and the indexes of those of a summary, ascending.

    Args:
        text: The story, of one sentence at least.
        verdicts: One for each sentence.
        weights: What was learned.
        most: Sentences at most.
        budget: Words at most; a summary has one sentence in any case.
        shut: Sentences that are off the story; none if not given.
    """
    expected = expect(text, weights)
    scores = [round(worth, 6) for worth in expected.worth.tolist()]
    taken = cover(expected, text, verdicts, most=most, budget=budget, shut=shut)
    if taken:
        return scores, taken
    # Where no set keeps all rules, the best sentences one by one keep most of them.
    candidates = [
        Candidate(
            text=sentence,
            terms=terms(sentence, text.language),
            article=article,
            verdict=verdicts[i],
            opens=verdicts.opens(i),
            digresses=shut is not None and shut[i],
        )
        for i, (sentence, article) in enumerate(zip(text.sentences, text.articles, strict=True))
    ]
    return scores, choose(candidates, scores, most=most, budget=budget)
