"""
Words by which pages give themselves away: what is said around articles, in many languages.

In: the words of a line. Out: how much of the line is made of set phrases, and of which role. The phrases
(`phrases.toml`) and other lists of words (`words.toml`) are data; phrases are found by whole words through a table of
first words, so that the cost is that of reading the line.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

# Thai, kana, Han and Hangul are written without spaces: a character counts as a word.
UNSPACED = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
WORD = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+")
# Western text is read seven times as fast by its bytes: what separates words becomes a space.
_SPACED = bytes(n if chr(n).isalnum() else 32 for n in range(256))
_PRINTED = "’“”–—‘…•€™"
"""Separators that are not in Latin-1."""
LOWER = "".join(char for char in map(chr, range(0x530)) if char.islower())
UPPER = "".join(char for char in map(chr, range(0x530)) if char.isupper())
"""Letters of the alphabets that have capitals: Latin, Greek, Cyrillic."""

WITHIN = ("ask", "legal", "reader", "rules", "credit", "notice", "error")
"""Roles that count wherever their phrases stand in a line."""

ALONE = ("heading", "sender", "button")
"""Roles that count where phrases are the whole line, the strongest first; as buttons, those of all other roles do."""

_MAX_ALONE = 12
"""Words of the longest line that is looked at as a heading or button."""

_Phrase = tuple[tuple[str, ...], str]


@dataclass(frozen=True, slots=True)
class Phrases:
    """What is known of a line's phrases."""

    covered: Mapping[str, int]
    """Words in phrases of each role of `WITHIN` that occurs."""
    alone: str | None = None
    """`heading` or `button` when phrases (and numbers) are the whole line, `heading` if any of them is one."""
    teaser: int = 0
    """Words of the pointer to another page with which the line opens, 0 if it opens with none."""


NO_PHRASES = Phrases({})


def phrases(tokens: Sequence[str]) -> Phrases:
    """Return what the *tokens* (words of one line, lower case) say of the line."""
    table = _table()
    if table.keys().isdisjoint(tokens):
        return NO_PHRASES
    covered = _covered(tokens)
    teaser, alone = 0, None
    if tokens[0] in table:
        teaser = max((len(phrase) for phrase, role in _standing_at(tokens, 0) if role == "teaser"), default=0)
    if len(tokens) <= _MAX_ALONE and (tokens[0] in table or tokens[0].isdecimal()):
        alone = _alone(tokens)
    return Phrases(covered, alone, teaser) if covered or alone or teaser else NO_PHRASES


def words_of(text: str) -> list[str]:
    """Return all that `WORD` matches in *text*, in order."""
    western = _western(text)
    return WORD.findall(text) if western is None else western.translate(_SPACED).decode("latin-1").split()


def _western(text: str) -> bytes | None:
    """Return *text* in Latin-1, without the marks that are not in it, `None` if more than these are not."""
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        for mark in _PRINTED:
            text = text.replace(mark, " ")
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return None


def opening_teaser(text: str) -> str | None:
    """Return the pointer to another page that *text* opens with, and the mark behind it, None without both."""
    found = _teasers().match(text)
    return found[0] if found else None


def is_teaser(text: str) -> bool:
    """Return whether *text* is such a pointer and nothing else."""
    tokens = words_of(text.casefold())
    return bool(tokens) and phrases(tokens).teaser == len(tokens)


def inner_teaser(text: str) -> re.Match[str] | None:
    """Return the first such pointer behind the end of a sentence inside *text*."""
    return _inner_teasers().search(text) if _may_hold_teaser().search(text) else None


@cache
def listed(name: str) -> tuple[str, ...]:
    """Return one of the lists of `words.toml`, in its order."""
    return _parted(_words()[name])


@cache
def months() -> Mapping[str, int]:
    """Return the number of each month by its names and abbreviations, lower case."""
    return {name: int(number) for number, names in _words()["months"].items() for name in _parted(names)}


@cache
def zones() -> Mapping[str, str | float]:
    """Return the time zones by their abbreviations, lower case: hours from UTC, or the name of a place."""
    return dict(_words()["zones"])


def alternatives(names: Sequence[str]) -> str:
    """Return a pattern that matches any of *names*, spaces in them of any kind."""
    return "(?:" + "|".join(re.escape(name).replace(r"\ ", r"\s") for name in names) + ")"


def _covered(tokens: Sequence[str]) -> Mapping[str, int]:
    """Return the words in phrases of each role of `WITHIN`."""
    openings = _openings()
    covered: dict[str, int] = {}
    if openings.keys().isdisjoint(tokens):
        return covered
    behind = 0
    for at in [at for at, token in enumerate(tokens) if token in openings]:
        seconds = openings[tokens[at]]
        if at < behind or not ("" in seconds or (at + 1 < len(tokens) and tokens[at + 1] in seconds)):
            continue
        step = 1
        for phrase, role in _standing_at(tokens, at):
            # Phrases of several roles may share their words; of one role, the longest counts.
            if role in WITHIN and len(phrase) >= step:
                covered[role] = covered.get(role, 0) + len(phrase)
                step = len(phrase)
        behind = at + step
    return covered


def _standing_at(tokens: Sequence[str], at: int) -> Iterator[_Phrase]:
    """Yield the phrases that stand at *at*, longest first."""
    for phrase, role in _table().get(tokens[at], ()):
        if len(phrase) == 1 or tuple(tokens[at : at + len(phrase)]) == phrase:
            yield phrase, role


def _alone(tokens: Sequence[str]) -> str | None:
    """Return the role of phrases that, with numbers, are all of *tokens*: the first of `ALONE` that any has."""
    found: set[str] = set()
    at = 0
    while at < len(tokens):
        standing = [known for known in _standing_at(tokens, at) if known[1] != "teaser"]
        if standing:
            longest = len(standing[0][0])
            found.update(role for phrase, role in standing if len(phrase) == longest)
            at += longest
        elif tokens[at].isdecimal():
            at += 1
        else:
            return None
    return next((role for role in ALONE if role in found), "button") if found else None


@cache
def _teasers() -> re.Pattern[str]:
    return re.compile(rf"\W{{0,3}}{_pointers(1)}\b\s{{0,2}}[|:–—>»/-]{{1,3}}\s{{0,2}}", re.IGNORECASE)


@cache
def _inner_teasers() -> re.Pattern[str]:
    return re.compile(rf"(?<=[.!?…”\"»)])\s{{0,2}}{_pointers(2)}\s{{0,2}}[|:>»]{{1,2}}\s{{0,2}}", re.IGNORECASE)


@cache
def _may_hold_teaser() -> re.Pattern[str]:
    """Match where it is worth looking for an inner teaser: a mark so near behind the end of a sentence."""
    longest = max(len("   ".join(phrase)) for phrase in _openings_of_teasers()) + len("    ")
    return re.compile(rf"[.!?…”\"»)](?=.{{1,{longest}}}[|:>»])")


def _openings_of_teasers() -> frozenset[tuple[str, ...]]:
    return frozenset(phrase for known in _table().values() for phrase, role in known if role == "teaser")


def _pointers(min_words: int) -> str:
    openings = _openings_of_teasers()
    longest_first = sorted((p for p in openings if len(p) >= min_words), key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + "|".join(r"\W{1,3}".join(map(re.escape, phrase)) for phrase in longest_first) + ")"


@cache
def _table() -> Mapping[str, tuple[_Phrase, ...]]:
    """Return the phrases by their first words, longest first."""
    found: dict[str, set[_Phrase]] = {}
    for role, languages in _read("phrases.toml").items():
        for text in languages.values():
            for phrase in _parted(text):
                tokens = tuple(WORD.findall(phrase.casefold()))
                found.setdefault(tokens[0], set()).add((tokens, role))
    return {first: tuple(sorted(known, key=lambda e: (-len(e[0]), e))) for first, known in found.items()}


@cache
def _openings() -> Mapping[str, frozenset[str]]:
    """Return the words that may follow on the first ones of phrases of `WITHIN`; none, for phrases of one word."""
    openings: dict[str, set[str]] = {}
    for first, known in _table().items():
        for phrase, role in known:
            if role in WITHIN:
                openings.setdefault(first, set()).add(phrase[1] if len(phrase) > 1 else "")
    return {first: frozenset(seconds) for first, seconds in openings.items()}


@cache
def _words() -> Mapping[str, Any]:
    return _read("words.toml")


def _read(name: str) -> Mapping[str, Any]:
    return tomllib.loads((resources.files("digest.extract") / name).read_text("utf-8"))


def _parted(text: str) -> tuple[str, ...]:
    return tuple(" ".join(name.split()) for name in text.split(","))


AGENCY = alternatives(listed("agencies"))
"""Any agency of news or pictures, as a pattern."""
