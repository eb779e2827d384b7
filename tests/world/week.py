"""
The number of an article in, a fictional article of a busy week out.

Its words are as many and as varied as those of real news: a few belong to the event, some to the field that several
events share, some are the article's own, and the others are drawn from a large vocabulary in which a word is used the
less the higher its rank (Mandelbrot 1953, "An informational theory of the statistical structure of language").
`python -m tests.bench.grouping --load` says how close that comes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, lru_cache
from itertools import accumulate, repeat
from random import Random

from digest.model import Article, Dated, Paragraph, Source
from digest.text import stop_words

FIRST = datetime(2026, 11, 16)  # noqa: DTZ001 - a day without a zone
DAYS = 7
PAPERS = 40
FIELDS = 150
VOCABULARY = 60_000
TELLINGS = (*repeat(1, 6), *repeat(2, 11), *repeat(3, 7), 11)
"""So many articles tell of each event of a round, and of each of the next round."""

HEADLINE = 9  # words
LEDE = 6  # sentences
LONGEST = 52  # sentences
QUOTED = 0.2
"""Share of the sentences that somebody said."""

_EVENTS = [event for event, count in enumerate(TELLINGS) for _ in range(count)]
_KINDS = ("stop", "word", "own", "field", "event", "name", "figure")
# Of a hundred words so many are of each kind.
_OPENING = tuple(accumulate((46, 13, 7, 8, 14, 11, 1)))
_REST = tuple(accumulate((54, 8, 13, 9, 7, 7, 2)))
_ONSETS = ["b", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "br", "dr", "kl", "tr"]
_SYLLABLES = [onset + vowel + end for end in ("n", "l", "st") for vowel in "aeiou" for onset in _ONSETS]


@dataclass(frozen=True, slots=True)
class _Subject:
    """Words and names that belong together."""

    words: Sequence[str]
    names: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Writer:
    """Puts words together that mean nothing."""

    chance: Random
    event: _Subject
    field: _Subject
    own: _Subject

    def sentence(self, kinds: Sequence[int]) -> str:
        """Return a sentence; *kinds* are the running sums of how often each kind of word is used."""
        said = " ".join(self.words(kinds, self.chance.randrange(12, 32)))
        said = said[0].upper() + said[1:]
        return f"“{said},” {self._name()} said." if self.chance.random() < QUOTED else f"{said}."

    def words(self, kinds: Sequence[int], count: int) -> Iterator[str]:
        """Yield so many words; a name or a date may be several."""
        for kind in self.chance.choices(_KINDS, cum_weights=kinds, k=count):
            match kind:
                case "stop":
                    yield _used(self.chance, *_stops())
                case "word":
                    yield _used(self.chance, *_vocabulary())
                case "name":
                    yield self._name()
                case "figure":
                    yield _figure(self.chance)
                case _:
                    yield self.chance.choice({"own": self.own, "field": self.field, "event": self.event}[kind].words)

    def _name(self) -> str:
        return self.chance.choice(self.chance.choice((self.event, self.event, self.field, self.own, self.own)).names)


def article(number: int) -> Article:
    """Return an article of that week."""
    chance = Random(number)
    event = event_of(number)
    writer = _Writer(chance, _event(event), _field(event % FIELDS), _subject(chance, words=70, names=12))
    headline = " ".join(writer.words(_OPENING, HEADLINE))
    lines = [writer.sentence(_OPENING if at < LEDE else _REST) for at in range(chance.randrange(4, LONGEST))]
    for saying in chance.sample(_sayings(event), 3):
        lines.insert(chance.randrange(2, len(lines)), saying)
    paragraphs = (" ".join(lines[at : at + 2]) for at in range(0, len(lines), 2))
    paper = number % PAPERS
    return Article(
        key=f"article-{number}",
        version="1",
        source=Source(id=f"paper-{paper}", name=f"Paper {paper}"),
        url=None,
        headline=headline,
        standfirst=None,
        byline=(),
        published=Dated(value=FIRST + timedelta(days=event % DAYS), precision="day", zone_known=False, origin="stated"),
        language="en",
        paragraphs=tuple(Paragraph(kind="text", text=text, raw=text) for text in paragraphs),
    )


def event_of(number: int) -> int:
    """Return the number of the event that an article tells of."""
    rounds, place = divmod(number, len(_EVENTS))
    return rounds * len(TELLINGS) + _EVENTS[place]


@lru_cache(1 << 12)
def _event(number: int) -> _Subject:
    return _subject(Random(f"event {number}"), words=40, names=6)


@lru_cache(1 << 12)
def _sayings(event: int) -> Sequence[str]:
    """Return the sentences on an event that several papers quote."""
    writer = _Writer(Random(f"sayings {event}"), _event(event), _field(event % FIELDS), _event(event))
    return [writer.sentence(_REST) for _ in range(6)]


@cache
def _field(number: int) -> _Subject:
    return _subject(Random(f"field {number}"), words=250, names=60)


def _subject(chance: Random, *, words: int, names: int) -> _Subject:
    everything, sums = _vocabulary()
    return _Subject(
        words=chance.choices(everything, cum_weights=sums, k=words),
        names=[
            " ".join(_spelled(chance.randrange(VOCABULARY)).capitalize() for _ in range(chance.choice((1, 1, 2))))
            for _ in range(names)
        ],
    )


def _figure(chance: Random) -> str:
    match chance.choices(("plain", "year", "day", "weekday"), weights=(70, 18, 5, 7))[0]:
        case "plain":
            return f"{chance.randrange(2, 90)}{chance.choice(('', ',500', '.2'))}"
        case "year":
            return str(chance.randrange(1990, 2030))
        case "day":
            return f"{chance.choice(('March', 'October', 'November'))} {chance.randrange(1, 31)}"
        case _:
            return f"on {chance.choice(('Monday', 'Wednesday', 'Friday', 'Sunday'))}"


def _used(chance: Random, words: Sequence[str], sums: Sequence[float]) -> str:
    return chance.choices(words, cum_weights=sums)[0]


@cache
def _vocabulary() -> tuple[Sequence[str], Sequence[float]]:
    """Return all words, and the running sums of how often they are used."""
    ranks = range(VOCABULARY)
    return [_spelled(rank) for rank in ranks], [*accumulate((rank + 90) ** -1.2 for rank in ranks)]


@cache
def _stops() -> tuple[Sequence[str], Sequence[float]]:
    """Return the same of words without a meaning of their own, short ones first."""
    found = sorted(stop_words("en"), key=lambda word: (len(word) < 2, len(word), word))
    return found, [*accumulate(1 / (rank + 3) for rank in range(len(found)))]


def _spelled(rank: int) -> str:
    """Return a word of its own for each rank."""
    rank += len(_SYLLABLES)
    word = ""
    while rank:
        rank, syllable = divmod(rank, len(_SYLLABLES))
        word += _SYLLABLES[syllable]
    return word
