"""
Articles of a story in, its keywords out: the names it is about, then its phrases.

All spellings and forms of a name are joined (*Zelenskyy* with *Volodymyr Zelensky*, *Mr Smith* with *John
Smith*), and the fullest form is shown. A name counts by where it first stands and how often it is used; a
name that is in every second story counts for less, a person introduced by an office for more.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from digest.model import Article
from digest.text import words
from digest.text.lexicon import primary
from digest.topics.mentions import Mention, aliases, bare, is_title_case, known, mentions, spellings
from digest.topics.phrases import phrases
from digest.topics.terms import stem
from digest.topics.wordlists import common_stems

Key = tuple[str, ...]
"""The words of a name with their spelling levelled: equal for all spellings of one form."""

# What standing in the headline, the lede or the paragraphs behind it is worth to a name; further down, 1.
HEADLINE = 3.0
OPENING = (2.0, 1.5, 1.25)
# What each further use adds, times its logarithm.
USE = 0.5
# Share of the worth that is left to a name found everywhere.
EVERYWHERE = 0.4
# What being introduced by an office or title multiplies it with: readers look for people.
INTRODUCED = 1.5
# Uses from which a word is a name although all of them open sentences.
OPENERS = 2
# Share of its uses behind `in` from which a single word is a place, and nobody's surname.
PLACED = 0.2
# Characters of an article after which no further paragraph is begun, and of a paragraph that are read.
READ_LENGTH = 4000
# Words of the longest name of a person who is also called by the first of them.
MOST_OF_PERSON = 3
# Words of the longest name looked for in a headline in title case.
LONGEST = 5

# Letters from which capitals throughout are the style of a dateline rather than an acronym's.
SHOUT = 5

# Languages in which the finder would take all nouns for names.
_CAPITAL_NOUNS = frozenset({"de", "lb"})
_WORD = re.compile(r"[^\W\d_]+")
_DOUBLE = re.compile(r"(.)\1+")


@dataclass(slots=True)
class _Name:
    """All uses of one form of a name."""

    uses: Counter[int] = field(default_factory=Counter)
    """Article → uses."""
    places: dict[int, float] = field(default_factory=dict)
    """Article → worth of the best place."""
    forms: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    """Spelling → articles."""
    behind_in: int = 0
    introduced: bool = False
    """Whether an office or title ever stands before it."""

    def add(self, article: int, place: float, form: str) -> None:
        self.uses[article] += 1
        self.places[article] = max(place, self.places.get(article, 0.0))
        self.forms[form].add(article)

    def absorb(self, other: "_Name") -> None:
        self.uses.update(other.uses)
        self.introduced = self.introduced or other.introduced
        for article, place in other.places.items():
            self.places[article] = max(place, self.places.get(article, 0.0))

    @property
    def total(self) -> int:
        return self.uses.total()

    @property
    def shown(self) -> str:
        """The spelling of most articles, else of the first one; none that shouts when another does not."""
        return min(
            self.forms,
            key=lambda form: (
                len(form) > SHOUT and form.isupper(),
                -len(self.forms[form]),
                min(self.forms[form]),
                form,
            ),
        )


_Use = tuple[int, float, Mention]
"""Article, worth of the place, and what stands there."""


def keywords(articles: Sequence[Article], *, limit: int = 8) -> tuple[str, ...]:
    """
    Return the names and key phrases of a story, most important first.

    Made for English; other languages get names as far as they write no common nouns with a capital (German
    does) and have a script with capitals.

    Args:
        articles: All articles of the story; the first one's spellings win ties.
        limit: Keywords at most.
    """
    readable = [a for a in articles if primary(a.language) not in _CAPITAL_NOUNS]
    names = _without_given(_joined(_parted(_found(readable))))
    ranked = sorted(names, key=lambda key: (-_worth(key, names[key]), key))
    shown = [names[key].shown for key in ranked[:limit]]
    if len(shown) < limit:
        taken = {word for name in shown for word in words(name)}
        shown += phrases(readable, without=taken, limit=limit - len(shown))
    return tuple(shown)


def _found(articles: Sequence[Article]) -> dict[Key, _Name]:
    """Return every form of a name that the prose uses; headings in title case are matched against these."""
    styled: list[tuple[int, float, str]] = []
    sure: list[_Use] = []
    doubtful: list[_Use] = []
    lower: set[str] = set()
    for index, article in enumerate(articles):
        for place, text, is_heading in _places(article):
            if is_heading and is_title_case(text):
                styled.append((index, place, text))
                continue
            lower.update(word for word in _WORD.findall(text) if word.islower())
            for mention in mentions(text, language=article.language):
                (doubtful if mention.doubtful else sure).append((index, place, mention))
    names: defaultdict[Key, _Name] = defaultdict(_Name)
    for index, place, mention in sure:
        _add(names[_key(mention.words)], index, place, mention)
    halves = {(part,) for key in names if len(key) == 1 for part in key[0].split("-")}
    for index, place, mention in _settled(doubtful, lower, frozenset(names) | halves | _certain()):
        _add(names[_key(mention.words)], index, place, mention)
    for index, place, heading in styled:
        _add_styled(names, index, place, heading)
    return dict(names)


@cache
def _certain() -> frozenset[Key]:
    return frozenset(_key([word]) for word in known("certain"))


def _places(article: Article) -> Iterator[tuple[float, str, bool]]:
    """Yield the parts of an article that are read: worth of the place, text, whether it is a heading."""
    yield HEADLINE, article.headline, True
    if article.standfirst:
        yield OPENING[0], article.standfirst, False
    prose = length = 0
    for paragraph in article.paragraphs:
        if length > READ_LENGTH:
            break
        if paragraph.kind == "subhead":
            yield 1.0, paragraph.text, True
        elif paragraph.kind != "table":
            yield (OPENING[prose] if prose < len(OPENING) else 1.0), paragraph.text[:READ_LENGTH], False
            prose += 1
            length += len(paragraph.text)


def _add(name: _Name, article: int, place: float, mention: Mention) -> None:
    form = " ".join(word.replace(".", "") if len(word) > 2 else word for word in mention.words)
    name.add(article, place, form)
    name.behind_in += mention.placed
    name.introduced = name.introduced or mention.introduced


def _settled(doubtful: Sequence[_Use], lower: set[str], sure: frozenset[Key]) -> Iterator[_Use]:
    """Yield the names at starts of sentences, without a first word that is none."""
    openers = Counter(_key(mention.words) for _, _, mention in doubtful)
    for index, place, mention in doubtful:
        key = _key(mention.words)
        first, *rest = mention.words
        if key in sure:
            yield index, place, mention
        elif first.casefold() in lower:
            if rest and rest[0][0].isupper() and not (len(rest) == 1 and rest[0].casefold() in lower):
                yield index, place, replace(mention, words=tuple(rest))
        else:
            usual = openers[key] >= OPENERS and stem(first.casefold()) not in common_stems()
            if rest or mention.introduced or usual:
                yield index, place, mention


def _add_styled(names: dict[Key, _Name], article: int, place: float, heading: str) -> None:
    """Count the known names of a heading in title case, longest first."""
    written = spellings(heading)
    at = 0
    while at < len(written):
        size = next((n for n in range(LONGEST, 0, -1) if _key(written[at : at + n]) in names), 0)
        if size:
            name = names[_key(written[at : at + size])]
            name.add(article, place, name.shown)
        at += size or 1


def _parted(names: dict[Key, _Name]) -> dict[Key, _Name]:
    """Return the names with two that met by chance, as in `Oslo-Bergen` or `sold Oslo Volvos`, parted."""
    parted = dict(names)
    for key, name in names.items():
        parts = [(part,) for part in key[0].split("-")] if len(key) == 1 else [key[:1], key[1:]]
        chance = len(key) == 1 or (name.total == 1 and not _is_before(name, [names[p] for p in parts if p in names]))
        if len(parts) > 1 and chance and not name.introduced and all(part in names for part in parts):
            del parted[key]
            for part in parts:
                names[part].absorb(name)
    return parted


def _is_before(name: _Name, parts: Sequence[_Name]) -> bool:
    """Return whether a name stands in a better place than all of its parts: whoever is named in full comes first."""
    best = max(name.places.values())
    return all(best > max(part.places.values()) for part in parts)


def _joined(names: dict[Key, _Name]) -> dict[Key, _Name]:
    """Return the names with short forms counted under the full ones."""
    joined: dict[Key, _Name] = {}
    by_end: defaultdict[str, list[Key]] = defaultdict(list)
    for key in sorted(names, key=lambda key: (-len(key), -names[key].total, key)):
        fuller = [full for full in by_end[key[-1]] if _is_short_for(key, names[key], full)]
        if fuller:
            best = max(fuller, key=lambda full: (joined[full].total, len(full), full))
            joined[best].absorb(names[key])
            continue
        joined[key] = names[key]
        by_end[key[-1]].append(key)
        if len(key) > 1:
            by_end["".join(word[0] for word in key if word not in known("connectors"))].append(key)
        if key[-1] in known("companies"):
            by_end[key[0]].append(key)
    return joined


def _without_given(names: dict[Key, _Name]) -> dict[Key, _Name]:
    """Return the names with given names, as headlines use them, counted under the one person who bears them."""
    people: defaultdict[Key, list[Key]] = defaultdict(list)
    for key, name in names.items():
        if 1 < len(key) <= MOST_OF_PERSON and name.introduced and key[-1] not in known("heads"):
            people[key[:1]].append(key)
    kept = dict(names)
    for given, bearers in people.items():
        if len(bearers) == 1 and given in names and _is_given(names[given], names[bearers[0]]):
            kept[bearers[0]].absorb(kept.pop(given))
    return kept


def _is_given(name: _Name, bearer: _Name) -> bool:
    """Return whether a word is somebody's given name, and no country, city or company that is called the same."""
    is_named_for_itself = name.behind_in or name.introduced or name.shown.isupper()
    return not is_named_for_itself and name.total <= bearer.total


def _is_short_for(key: Key, name: _Name, full: Key) -> bool:
    """Return whether *key* is the last words of *full*, a person's name, or else its initials or a company's first."""
    if len(key) >= len(full):
        return False
    if key != full[-len(key) :]:
        return len(key) == 1 and len(key[0]) > 1
    placed = len(key) == 1 and name.behind_in > PLACED * name.total
    unlike = placed or full[0] in known("places") or key[-1] in known("heads") or not {"of", "the"}.isdisjoint(full)
    return not unlike


def _worth(key: Key, name: _Name) -> float:
    worth = math.fsum(place + USE * math.log(name.uses[article]) for article, place in name.places.items())
    if "-".join(key) in known("everywhere"):
        worth *= EVERYWHERE
    return round(worth * (INTRODUCED if name.introduced else 1.0), 6)


def _key(written: Sequence[str]) -> Key:
    """Return the words with case, accents, initials and the usual differences of transcription levelled."""
    spelled = [bare(word) for word in written]
    kept = [word for word in spelled if len(word) > 1] or spelled
    return tuple("-".join(map(_levelled, aliases().get(word, word).split("-"))) for word in kept)


def _levelled(word: str) -> str:
    # Short words differ by a letter too easily: `Iran` and `Iraq`.
    if len(word) < 6:
        return word
    level = word.replace("y", "i").replace("w", "v").replace("j", "i").replace("kh", "h")
    return _DOUBLE.sub(r"\1", level.removesuffix("s"))
