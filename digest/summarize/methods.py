"""
A name in, a summarizer out: a rating of sentences, and the rules of choosing that all methods share.

A new method is a function that rates the sentences of a `Reading`, and a line in `SUMMARIZERS`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module

from digest.errors import SettingsError
from digest.model import Cluster, Quote
from digest.summarize.choosing import Candidate, choose, count_words
from digest.summarize.likeness import terms
from digest.summarize.quoting import quote
from digest.summarize.reading import Reading, read
from digest.summarize.sumys import RATINGS, Rating

VERSION = 3
"""Raised whenever the same cluster gives other quotes; what is remembered is kept under it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """How long a summary may be: at most, never cutting a sentence, and one sentence at least."""

    sentences: int | None = None
    words: int | None = None


Summarizer = Callable[[Cluster, Limit], tuple[Quote, ...]]

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


def _imported(name: str) -> Summarizer:
    module, _, function = name.partition(":")
    try:
        found = getattr(import_module(module), function)
    except (ImportError, AttributeError, ValueError) as error:
        raise SettingsError(_SETTING, f"got `{name}`, which cannot be imported: {error}") from error
    if not callable(found):
        raise SettingsError(_SETTING, f"got `{name}`, which is not a function")
    return found  # type: ignore[no-any-return]


def _by(rating: Rating) -> Summarizer:
    """Return the summarizer that chooses by a rating."""

    def told(cluster: Cluster, limit: Limit) -> tuple[Quote, ...]:
        reading = read(cluster)
        if not reading.sentences:
            return ()
        chosen = (reading.sentences[i] for i in _chosen(reading, rating, limit))
        return tuple(quote(reading.articles[s.article], s.paragraph, s.start, s.end) for s in chosen)

    return told


def _chosen(reading: Reading, rating: Rating, limit: Limit) -> tuple[int, ...]:
    """Return the indexes of the sentences of a summary, ascending."""
    short = len(reading.articles) == 1 and reading.total <= SHORT_ARTICLE
    most = reading.total if short else max(1, reading.total // 2)
    most = most if limit.sentences is None else min(most, max(1, limit.sentences))
    if short and most == reading.total and _fits(reading, limit):
        return tuple(range(most))
    candidates = [
        Candidate(
            text=sentence.text,
            terms=terms(sentence.text, reading.articles[sentence.article].language),
            article=sentence.article,
            verdict=verdict,
            digresses=sentence.below_subhead and sentence.article > 0,
        )
        for sentence, verdict in zip(reading.sentences, reading.verdicts, strict=True)
    ]
    return choose(candidates, rating(reading), most=most, budget=_budget(reading, limit))


def _budget(reading: Reading, limit: Limit) -> int | None:
    """Return the most words; a story of several articles is kept short when only sentences are counted."""
    if limit.words is not None or limit.sentences is None or len(reading.articles) == 1:
        return limit.words
    return STORY_WORDS * limit.sentences


def _fits(reading: Reading, limit: Limit) -> bool:
    return limit.words is None or sum(count_words(s.text) for s in reading.sentences) <= limit.words


def _in_order(reading: Reading) -> Sequence[float]:
    return [-float(i) for i in range(len(reading.sentences))]


SUMMARIZERS: Mapping[str, Summarizer] = {
    **{name: _by(rating) for name, rating in RATINGS.items()},
    "lead": _by(_in_order),
}
"""Methods by the name that the setting `summary.method` takes."""
