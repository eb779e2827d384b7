"""
Two articles in, how far they tell of one event out.

A mix of three cosines of TF-IDF vectors (Salton & Buckley 1988): of headline and lede, which say what
happened, of the whole text, and of the names in it; less the further apart the articles were published. The
mix and its weights follow what did best on news labelled by event.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from digest.model import Article
from digest.text import stop_words, words

# Shares of the mix.
OPENING = 0.5
WHOLE = 0.3
NAMES = 0.2

# A word of the headline counts as so many of the lede.
HEADLINE_USES = 5
LEDE_LENGTH = 1200  # characters
READ_LENGTH = 6000  # characters
# Letters that are compared of a word: crude stemming that serves every language that inflects at the end.
STEM = 6

# Articles without a batch's words that are thought to stand behind it, so that likenesses mean the same in
# a batch of three as in one of a thousand.
BACKGROUND = 1000

# Days apart, beyond the first, that halve the likeness; and what an unknown date leaves of it.
HALF_LIFE = 14
UNDATED = 0.7

_MARKS = ".,;:!?\"'“”‘’()[]«»…-–—"


@dataclass(frozen=True, slots=True, eq=False)
class Traits:
    """What an article is compared by, counted; names begin with `@` so that no word is taken for one."""

    language: str
    """Primary language; articles are compared within one only."""
    day: int | None
    """Proleptic Gregorian ordinal of the day of publication."""
    opening: Mapping[str, int]
    whole: Mapping[str, int]
    names: Mapping[str, int]


@dataclass(frozen=True, slots=True, eq=False)
class Portrait:
    """The same, weighed: three vectors of unit length or empty."""

    day: int | None
    opening: Mapping[str, float]
    whole: Mapping[str, float]
    names: Mapping[str, float]


@dataclass(slots=True)
class Rarity:
    """How rare a word or name is among the articles of one language seen so far."""

    articles: int = BACKGROUND
    uses: Counter[str] = field(default_factory=Counter)

    def add(self, traits: Traits) -> None:
        """Count an article."""
        self.articles += 1
        self.uses.update(traits.whole.keys())
        self.uses.update(traits.names.keys())

    def weigh(self, traits: Traits) -> Portrait:
        """Return the portrait of an article that has been counted."""
        return Portrait(
            day=traits.day,
            opening=self._unit(traits.opening),
            whole=self._unit(traits.whole),
            names=self._unit(traits.names),
        )

    def _unit(self, counts: Mapping[str, int]) -> dict[str, float]:
        weights = {
            term: (1 + math.log(count)) * (1 + math.log(self.articles / (1 + self.uses[term])))
            for term, count in counts.items()
        }
        length = math.sqrt(math.fsum(weight * weight for weight in weights.values()))
        return {term: weight / length for term, weight in weights.items()}


def traits(article: Article) -> Traits:
    """Return what *article* is compared by; only the beginning of a long text is read."""
    text = "\n".join(p.text for p in article.paragraphs if p.kind != "table")[:READ_LENGTH]
    headline = Counter(_stems(article.headline, article.language))
    opening = Counter(_stems(text[:LEDE_LENGTH], article.language))
    whole = opening + Counter(_stems(text[LEDE_LENGTH:], article.language)) + headline
    for word, count in headline.items():
        opening[word] += HEADLINE_USES * count
    published = article.published
    dated = published is not None and published.origin != "first_seen"
    return Traits(
        language=article.language.partition("-")[0].casefold(),
        day=published.value.toordinal() if published and dated else None,
        opening=opening,
        whole=whole,
        names=Counter(_names(f"{article.headline}\n{text}", article.language)),
    )


def likeness(one: Portrait, other: Portrait) -> float:
    """Return how far two articles of one language tell of one event, in [0, 1]."""
    whole = _cosine(one.whole, other.whole)
    names = _cosine(one.names, other.names) if one.names and other.names else whole
    mix = OPENING * _cosine(one.opening, other.opening) + WHOLE * whole + NAMES * names
    if one.day is None or other.day is None:
        return round(UNDATED * mix, 6)
    apart = max(0, abs(one.day - other.day) - 1)
    return round(mix / (1 + apart / HALF_LIFE), 6)


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    if len(one) > len(other):
        one, other = other, one
    return math.fsum(weight * other[term] for term, weight in one.items() if term in other)


def _stems(text: str, language: str) -> Iterator[str]:
    stops = stop_words(language)
    return (word.removesuffix("'s")[:STEM] for word in words(text) if word not in stops)


def _names(text: str, language: str) -> Iterator[str]:
    """Yield the runs of capitalised words, and each word of a longer run."""
    stops = stop_words(language)
    run: list[str] = []
    for line in text.splitlines():
        for found in line.split():
            bare = found.strip(_MARKS)
            word = bare.removesuffix("'s").removesuffix("’s")
            capital = word[:1].isupper() and word.casefold() not in stops
            if capital:
                run.append(word.casefold()[:STEM])
            if run and not (capital and found.endswith(word)):
                yield from _forms(run)
                run = []
        yield from _forms(run)
        run = []


def _forms(run: list[str]) -> Iterator[str]:
    if len(run) > 1:
        yield "@" + " ".join(run)
    yield from ("@" + word for word in run)
