"""
Language in, what is known of its words out: abbreviations, sentence openers, stop words.

The small tables are ours (`languages.toml`, `stop_words.toml`); other stop words are the plain data files that sumy
ships, read without importing any of its code.
"""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from digest.text.words import words

_DEFAULT = "en"
_SUMY_NAMES = {
    "ar": "arabic",
    "cs": "czech",
    "el": "greek",
    "en": "english",
    "he": "hebrew",
    "it": "italian",
    "ja": "japanese",
    "ko": "korean",
    "pl": "polish",
    "sk": "slovak",
    "sv": "swedish",
    "th": "thai",
    "zh": "chinese",
}
_ALIKE = {"no": "nb", "nn": "nb", "hr": "sh", "bs": "sh", "yue": "zh", "wuu": "zh", "tl": "fil"}
"""Languages so close that one's common words serve for the other."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases that are looked for anywhere among words."""

    lines: Mapping[str, tuple[str, ...]]
    """By the longest word of each, between spaces; hardly any sentence has one of these words."""

    def among(self, tokens: Sequence[str]) -> bool:
        """Return whether words, as `words` gives them, have one of the phrases in a row."""
        if self.lines.keys().isdisjoint(tokens):
            return False
        said = f" {' '.join(tokens)} "
        return any(line in said for clue in self.lines.keys() & tokens for line in self.lines[clue])


@dataclass(frozen=True, slots=True)
class Openings:
    """Phrases that are looked for at the start of a sentence."""

    lines: Mapping[str, tuple[str, ...]]
    """By their first word, each between spaces."""

    def begin(self, tokens: Sequence[str]) -> bool:
        """Return whether words, as `words` gives them, begin with one of the phrases."""
        lines = self.lines.get(tokens[0], ()) if tokens else ()
        return bool(lines) and f" {' '.join(tokens)} ".startswith(lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """What is known of a language; abbreviations stand without their last full stop."""

    leading: frozenset[str]
    """Always followed by the rest of the sentence, e.g. `Mr`."""
    trailing: frozenset[str]
    """May end a sentence, but mostly do not, e.g. `Feb`."""
    numbered: frozenset[str]
    """Abbreviations when a number follows, e.g. `No`."""
    openers: frozenset[str]
    """Words whose capital opens a sentence and seldom a name."""
    speech: frozenset[str]
    """Verbs that give a quotation the speaker named before them."""
    leaning: frozenset[str]
    """Openers that need the sentence before them, as `words` gives them, e.g. `he`."""
    contrast: frozenset[str]
    """Openers that take back what the sentence before them said, e.g. `but`."""
    subordinate: frozenset[str]
    """Openers of a clause that is no sentence by itself, e.g. `because`."""
    aside: frozenset[str]
    """Openers that step back in time or aside, e.g. `earlier`."""
    personal: frozenset[str]
    """Words of a writer who speaks of himself or to the reader, e.g. `our`."""
    pronouns: frozenset[str]
    """What a speaker is called who was named before."""
    definite: frozenset[str]
    """Articles of what is known already, e.g. `the`."""
    explaining: frozenset[str]
    """Words behind a noun phrase that explain it, e.g. `of`."""
    verbs: frozenset[str]
    """Words that end a noun phrase and have no regular ending."""
    connecting: Openings
    """What opens a sentence that goes on with the one before it, e.g. ` as a result `."""
    recalling: Phrases
    """What speaks of something that was said right before, e.g. ` made the remark `."""
    calls: Openings
    """How a line begins in which a page speaks to its reader, e.g. ` read more `."""
    credits: Phrases
    """What stands in a line that says who wrote and for whom, e.g. ` contributed to this `."""
    ordinals: bool
    """Whether an ordinal number is written with a full stop."""


@cache
def lexicon(language: str) -> Lexicon:
    """Return the lexicon of a language (BCP 47 tag), the English one where there is none."""
    tables = _tables()
    table = tables.get(primary(language), tables[_DEFAULT])
    return Lexicon(
        leading=_listed(table, "leading"),
        trailing=_listed(table, "trailing"),
        numbered=_listed(table, "numbered"),
        openers=_listed(table, "openers"),
        speech=_listed(table, "speech"),
        leaning=_listed(table, "leaning"),
        contrast=_listed(table, "contrast"),
        subordinate=_listed(table, "subordinate"),
        aside=_listed(table, "aside"),
        personal=_listed(table, "personal"),
        pronouns=_listed(table, "pronouns"),
        definite=_listed(table, "definite"),
        explaining=_listed(table, "explaining"),
        verbs=_listed(table, "verbs"),
        connecting=_openings(table, "connecting"),
        recalling=_anywhere(table, "recalling"),
        calls=_openings(table, "calls"),
        credits=_anywhere(table, "credits"),
        ordinals=bool(table.get("ordinals")),
    )


@cache
def stop_words(language: str) -> frozenset[str]:
    """Return the stop words of a language (BCP 47 tag) as `words` gives them, none if unknown."""
    code = nearest(language)
    if own := _stop_words().get(code):
        return frozenset(own.split())
    if code not in _SUMY_NAMES:
        return frozenset()
    file = resources.files("sumy") / "data" / "stopwords" / f"{_SUMY_NAMES[code]}.txt"
    tokens = (words(line) for line in file.read_text("utf-8").splitlines())
    return frozenset(found[0] for found in tokens if len(found) == 1)


def nearest(language: str) -> str:
    """Return the language whose common words serve for a language (BCP 47 tag): `nb` for `no`, mostly itself."""
    return _ALIKE.get(primary(language), primary(language))


@cache
def _stop_words() -> Mapping[str, str]:
    return tomllib.loads((resources.files("digest.text") / "stop_words.toml").read_text("utf-8"))


@cache
def primary(language: str) -> str:
    """Return the language itself of a BCP 47 tag, e.g. `pt` of `pt-BR`."""
    return language.replace("_", "-").partition("-")[0].casefold()


@cache
def _tables() -> Mapping[str, Mapping[str, Any]]:
    return tomllib.loads((resources.files("digest.text") / "languages.toml").read_text("utf-8"))


def _listed(table: Mapping[str, Any], name: str) -> frozenset[str]:
    return frozenset(str(table.get(name, "")).split())


def _phrases(table: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Return phrases that stand a line each, with a space before and behind, to be found among words."""
    return tuple(f" {line.strip()} " for line in str(table.get(name, "")).splitlines() if line.strip())


def _openings(table: Mapping[str, Any], name: str) -> Openings:
    return Openings(_by_clue(table, name, lambda line: line.split()[0]))


def _anywhere(table: Mapping[str, Any], name: str) -> Phrases:
    return Phrases(_by_clue(table, name, lambda line: max(line.split(), key=len)))


def _by_clue(table: Mapping[str, Any], name: str, clue: Callable[[str], str]) -> Mapping[str, tuple[str, ...]]:
    """Return phrases by the one word of each that tells where to look for it."""
    lines = _phrases(table, name)
    return {word: tuple(line for line in lines if clue(line) == word) for word in map(clue, lines)}
