"""
Words by which pages give themselves away: what is said around articles, in many languages.

In: the words of a line. Out: how much of the line is made of set phrases, and of which role. The phrases
are data (`phrases.toml`); they are found by whole words through a table of first words, so that the cost is
that of reading the line.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

# Thai, kana, Han and Hangul are written without spaces: a character counts as a word.
UNSPACED = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
WORD = re.compile(rf"[{UNSPACED}]|[^\W_{UNSPACED}]+")

AGENCIES = (
    "getty, reuters, associated press, ap, agence france-presse, afp, epa, efe, europa press, ansa, agi, adnkronos, dpa, apa, sda, epd, kna, sid, "
    "ots, belga, anp, keystone, tass, ria novosti, interfax, ukrinform, xinhua, kyodo, yonhap, bernama, pti, ani, ians, upi, anadolu, aa, pap, "
    "čtk, mti, ritzau, ntb, lusa, the canadian press, cp, imago, nurphoto, shutterstock, istock, alamy, unsplash, pexels, pixabay, flickr, "
    "wikimedia, bloomberg, zuma, sipa, maxppp, picture alliance, pool, handout, supplied, agencies, agenturen, agences, agencias"
).split(", ")
"""Agencies of news and of pictures, and what stands in their place."""
AGENCY = "(?:" + "|".join(name.replace(" ", r"\s") for name in AGENCIES) + ")"
"""Any of them, as a pattern."""

WITHIN = ("ask", "legal", "credit", "notice", "error")
"""Roles that count wherever their phrases stand in a line."""

ALONE = ("heading", "reaction", "inset", "button")
"""Roles that count when their phrases are the whole line, strongest first."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """What is known of a line's phrases."""

    covered: Mapping[str, int]
    """Words in phrases of each role of `WITHIN` that occurs."""
    alone: str | None = None
    """The role of `ALONE` whose phrases (and numbers) are the whole line."""
    teaser: int = 0
    """Words of the pointer to another page with which the line opens, 0 if it opens with none."""


NO_PHRASES = Phrases({})

_MAX_ALONE = 12
"""Words of the longest line that is looked at as a heading or button."""


def phrases(tokens: Sequence[str]) -> Phrases:
    """Return what the *tokens* (words of one line, lower case) say of the line."""
    table = _table()
    if table.keys().isdisjoint(tokens):
        return NO_PHRASES
    covered: dict[str, int] = {}
    alone: list[str] = []
    teaser = at = loose = 0
    whole = len(tokens) <= _MAX_ALONE
    while at < len(tokens):
        token = tokens[at]
        step = plain_step = 0
        for phrase, role in table.get(token, ()):
            size = len(phrase)
            if (size > 1 and tuple(tokens[at : at + size]) != phrase) or (at and role == "teaser"):
                continue
            if role in WITHIN:
                if size >= step:
                    covered[role] = covered.get(role, 0) + size
                    step = size
            elif role == "teaser":
                teaser = max(teaser, size)
            elif whole and size > plain_step:
                alone.append(role)
                plain_step = size
        if whole and not plain_step and not token.isdecimal():
            loose += 1
        at += max(1, step, plain_step if whole else 0)
    if not (covered or alone or teaser):
        return NO_PHRASES
    strongest = next((role for role in ALONE if role in alone), None)
    return Phrases(covered, None if loose else strongest, teaser)


def opening_teaser(text: str) -> str | None:
    """Return the pointer to another page that *text* opens with, together with the mark behind it, if there is one."""
    found = _teasers().match(text)
    return found[0] if found else None


@cache
def _teasers() -> re.Pattern[str]:
    openings = {phrase for known in _table().values() for phrase, role in known if role == "teaser"}
    longest_first = sorted(openings, key=lambda phrase: (-len(phrase), phrase))
    listed = "|".join(r"\W{1,3}".join(map(re.escape, phrase)) for phrase in longest_first)
    return re.compile(rf"\W{{0,3}}(?:{listed})\b\s*(?:[|:–—>»/-]+\s*)", re.IGNORECASE)


@cache
def _table() -> Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Return the phrases by their first words, longest first."""
    text = (resources.files("digest.extract") / "phrases.toml").read_text("utf-8")
    found: dict[str, set[tuple[tuple[str, ...], str]]] = {}
    for role, languages in tomllib.loads(text).items():
        for listed in languages.values():
            for phrase in listed.split(","):
                tokens = tuple(WORD.findall(phrase.casefold()))
                found.setdefault(tokens[0], set()).add((tokens, role))
    return {first: tuple(sorted(known, key=lambda e: (-len(e[0]), e))) for first, known in found.items()}
