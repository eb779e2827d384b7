"""
A name in, a summarizer out: a choice of sentences, and the rules that all methods share.

A new method is a function that rates the sentences of a `Reading`, and a line in `METHODS`; ours chooses sets of
sentences instead of the best rated ones.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from itertools import accumulate
from typing import TYPE_CHECKING

from digest.errors import SettingsError
from digest.model import Cluster, Quote
from digest.summarize.choosing import Candidate, choose, count_words
from digest.summarize.likeness import terms
from digest.summarize.quoting import quote
from digest.summarize.reading import Reading, read
from digest.summarize.sumys import RATINGS, Rating

if TYPE_CHECKING:
    from digest.summarize.expecting import Weights

VERSION = 8
"""Raised whenever the same cluster gives other quotes; what is remembered is kept under it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """How long a summary may be: at most, never cutting a sentence, and one sentence at least."""

    sentences: int | None = None
    words: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a method makes of a reading."""

    scores: Sequence[float]
    """One for each sentence, higher is better; comparable within one story and method only."""
    taken: tuple[int, ...]
    """Indexes of the sentences of the summary, ascending."""
    whole: bool = False
    """Whether the text is so short that it is its own summary."""


Summarizer = Callable[[Cluster, Limit], tuple[Quote, ...]]
Method = Callable[[Reading, int, int | None], Choice]
"""What to quote of a reading: how many sentences at most, and how many words at most, if that is limited."""

SHORT_ARTICLE = 3
"""Sentences up to which an article is its own summary."""
STORY_WORDS = 28
"""Words a sentence, on average, of a story told by several articles: it is read beside others."""

_SETTING = "summary.method"


def summarizer(name: str) -> Summarizer:
    """
    Return a summarizer by its name, or a user's own by `package.module:function`.

    Raises:
        SettingsError: there is no such method, or it cannot be imported.
    """
    if name in SUMMARIZERS:
        return SUMMARIZERS[name]
    if ":" in name:
        return _imported(name)
    near = get_close_matches(name, SUMMARIZERS, n=1)
    hint = f"; did you mean `{near[0]}`?" if near else ""
    taken = ", ".join(f"`{each}`" for each in SUMMARIZERS)
    raise SettingsError(_SETTING, f"got `{name}`, takes {taken} or `package.module:function`{hint}")


def chosen(reading: Reading, limit: Limit, method: Method) -> Choice:
    """Return what a method makes of a reading that has at least one sentence."""
    short = len(reading.articles) == 1 and reading.total <= SHORT_ARTICLE
    most = reading.total if short else max(1, reading.total // 2)
    most = most if limit.sentences is None else min(most, max(1, limit.sentences))
    if short and most == reading.total and _fits(reading, limit):
        return Choice(scores=[0.0] * most, taken=tuple(range(most)), whole=True)
    found = method(reading, most, budget(reading, limit))
    while len(found.taken) > 1 and _is_over_half(reading, found.taken):
        most = len(found.taken) - 1
        found = method(reading, most, budget(reading, limit))
    return found


def _is_over_half(reading: Reading, taken: Sequence[int]) -> bool:
    """Return whether a summary of one article is longer than half of what was read of it."""
    if len(reading.articles) > 1:
        return False
    told = sum(count_words(reading.sentences[at].text) for at in taken)
    # What is left is counted only until it is enough.
    left = accumulate(count_words(s.text) for at, s in enumerate(reading.sentences) if at not in taken)
    return all(length < told for length in left)


def budget(reading: Reading, limit: Limit) -> int | None:
    """Return the most words; a story of several articles is kept short when only sentences are counted."""
    if limit.words is not None or limit.sentences is None or len(reading.articles) == 1:
        return limit.words
    return STORY_WORDS * limit.sentences


def _imported(name: str) -> Summarizer:
    module, _, function = name.partition(":")
    try:
        found = getattr(import_module(module), function)
    except (ImportError, AttributeError, ValueError) as error:
        raise SettingsError(_SETTING, f"got `{name}`, which cannot be imported: {error}") from error
    if not callable(found):
        raise SettingsError(_SETTING, f"got `{name}`, which is not a function")
    return found  # type: ignore[no-any-return]


def _by(method: Method) -> Summarizer:
    """Return the summarizer of a method."""

    def told(cluster: Cluster, limit: Limit) -> tuple[Quote, ...]:
        reading = read(cluster)
        if not reading.sentences:
            return ()
        found = (reading.sentences[i] for i in chosen(reading, limit, method).taken)
        return tuple(quote(reading.articles[s.article], s.paragraph, s.start, s.end) for s in found)

    return told


def _covering(reading: Reading, most: int, budget: int | None) -> Choice:
    """Take the sentences that cover most of what a summary is expected to hold."""
    from digest.summarize.expecting import learned

    return covering(reading, learned(), most, budget)


def covering(reading: Reading, weights: "Weights", most: int, budget: int | None) -> Choice:
    """Take the sentences that cover most of what a summary is expected to hold, by these weights."""
    from digest.summarize.picking import pick

    shut = [reading.is_shut(i) for i in range(len(reading.sentences))]
    scores, taken = pick(reading.text, reading.verdicts, weights, most=most, budget=budget, shut=shut)
    return Choice(scores=scores, taken=taken)


def _best_rated(rating: Rating) -> Method:
    """Return the method that takes the sentences which a rating prefers."""

    def method(reading: Reading, most: int, budget: int | None) -> Choice:
        candidates = [
            Candidate(
                text=sentence.text,
                terms=terms(sentence.text, reading.articles[sentence.article].language),
                article=sentence.article,
                verdict=reading.verdicts[i],
                opens=reading.verdicts.opens(i),
                digresses=reading.is_shut(i),
            )
            for i, sentence in enumerate(reading.sentences)
        ]
        scores = rating(reading)
        return Choice(scores=scores, taken=choose(candidates, scores, most=most, budget=budget))

    return method


def _fits(reading: Reading, limit: Limit) -> bool:
    return limit.words is None or sum(count_words(s.text) for s in reading.sentences) <= limit.words


def _in_order(reading: Reading) -> Sequence[float]:
    return [-float(i) for i in range(len(reading.sentences))]


METHODS: Mapping[str, Method] = {
    "digest": _covering,
    **{name: _best_rated(rating) for name, rating in RATINGS.items()},
    "lead": _best_rated(_in_order),
}

SUMMARIZERS: Mapping[str, Summarizer] = {name: _by(method) for name, method in METHODS.items()}
"""Methods by the name that the setting `summary.method` takes."""
