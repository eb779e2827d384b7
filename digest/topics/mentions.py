"""
Prose in, mentions of names out: runs of capitalised words, judged by where they stand.

A capital is evidence only where grammar does not ask for one, so the first word of a sentence is doubtful
until the rest of the story has been read, and a headline in title case proves nothing. The method is the
capitalised-phrase finder of early newspaper extraction (Rau 1991, "Extracting company names from text")
with word lists of our own.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise

from digest.text import plain, sentences, stop_words

# Share of its longer words with a capital from which a headline is in title case.
TITLE_CASE = 0.7
# Words of a name at most: a longer run is a headline that lost its way into the prose.
LONGEST = 5
# Letters behind a hyphen from which they make an adjective of a name, and are no part of it.
LONG_TAIL = 6

_TOKEN = re.compile(
    r"""
      (?: [^\W\d_]\. ){2,}                        # U.S.
    | [^\W\d_]\. (?= \s [^\W\d_] )                # the J. of J. Berg
    | [^\W_]+ (?: [.'’&-] [^\W_]+ )*
    | (?<=\s) & (?=\s)                            # Morrow & Finch
    """,
    re.VERBOSE,
)
_POSSESSIVE = re.compile(r"['’]s?$")
_OPENING = re.compile(r"[:“‘\"(\[–—…-]\s*$")
# What French and Italian put before a noun: `l’école`, `dell’arte`; names keep what is theirs: `d’Estaing`, `O’Neill`.
_ELISION = re.compile(r"(?P<head>[cdjlmnst]|qu|un|all|dall|dell|nell|sull)['’](?=[^\W\d_]{2})", re.IGNORECASE)
_PARTICLE = re.compile(r"(?:[ae]l|a[dnrstz]|ash)-(?=[A-Z])|d['’](?=[A-Z])")
_GAP = re.compile(r"\s+")
_IN = frozenset({"in", "across", "near", "inside", "outside", "into"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as one place of a text gives it."""

    words: tuple[str, ...]
    """As written, without possessive endings."""
    doubtful: bool
    """Whether the first word may owe its capital to the start of a sentence."""
    placed: bool
    """Whether `in` or its like stands before it, as before places."""
    introduced: bool
    """Whether an office or title stands before it, as before people."""


@dataclass(frozen=True, slots=True, eq=False)
class _Token:
    text: str
    index: int
    start: int
    end: int
    opening: bool
    """Whether a capital would mean nothing here."""
    closed: bool
    """Whether a possessive ending or a lower-case second half ends the name here."""

    @property
    def bare(self) -> str:
        return bare(self.text)

    @property
    def capital(self) -> bool:
        return self.text[0].isupper() or _PARTICLE.match(self.text) is not None


def mentions(text: str, *, language: str = "en") -> Iterator[Mention]:
    """Yield the names in a paragraph or a headline in sentence case, in order."""
    for start, end in sentences(text, language=language):
        sentence = text[start:end]
        tokens = _tokens(sentence)
        if sum(token.text.isupper() for token in tokens) <= len(tokens) // 2:
            for run in _runs(tokens, sentence):
                yield from _names(run, tokens, language)


def is_title_case(headline: str) -> bool:
    """Return whether the capitals of a headline are its style, and so no evidence of names."""
    long = [token for token in _TOKEN.findall(headline) if len(token) > 3]
    return len(long) > 1 and sum(token[0].isupper() for token in long) >= TITLE_CASE * len(long)


def spellings(text: str) -> tuple[str, ...]:
    """Return the words of *text* as written, without possessive endings and hyphens."""
    tokens = (_POSSESSIVE.sub("", token) for token in _TOKEN.findall(text))
    return tuple(part for token in tokens for part in token.split("-") if part)


@lru_cache(maxsize=1 << 16)
def bare(word: str) -> str:
    """Return a word as the lists have it: case-folded, without accents and full stops."""
    return plain(word).replace(".", "")


@cache
def known(name: str) -> frozenset[str]:
    """Return a word list of `names.toml`."""
    return frozenset(str(_lists()[name]).split())


@cache
def aliases() -> Mapping[str, str]:
    """Return what short forms are short for, as the lists have both."""
    return dict(_lists()["aliases"].items())


def _tokens(sentence: str) -> list[_Token]:
    found: list[_Token] = []
    for index, match in enumerate(_TOKEN.finditer(sentence)):
        text, start, end = match[0], match.start(), match.end()
        opening = closed = False
        if (elided := _ELISION.match(text)) and (
            text[elided.end()].islower() or (text[0].islower() and text[0] != "d")
        ):
            text = text[elided.end() :]
        if text[0].isupper():
            written, text = text, _POSSESSIVE.sub("", text)
            head, _, tail = text.partition("-")
            if tail[:1].islower() and "-" not in tail and _is_adjectival(tail):
                text = head
            closed = text != written
            is_first = index == 0 or (index == 1 and found[0].text.isdigit())
            opening = is_first or bool(_OPENING.search(sentence, max(0, start - 3), start))
        found.append(_Token(text, index, start, end, opening, closed))
    return found


def _is_adjectival(tail: str) -> bool:
    return len(tail) >= LONG_TAIL or tail.endswith("ed") or tail in known("adjectival")


def _runs(tokens: Sequence[_Token], sentence: str) -> Iterator[list[_Token]]:
    """Yield runs of capitalised tokens, with the connectors between them."""
    run: list[_Token] = []
    connecting: list[_Token] = []
    for token in tokens:
        if run:
            before = connecting[-1] if connecting else run[-1]
            joined = not before.closed and _adjoins(before, token, sentence)
            if joined and not token.capital and _connects(token, run, connecting):
                connecting.append(token)
                continue
            if not (joined and token.capital):
                yield run
                run, connecting = [], []
        if token.capital:
            run += [*connecting, token]
            connecting = []
    if run:
        yield run


def _adjoins(before: _Token, token: _Token, sentence: str) -> bool:
    gap = sentence[before.end : token.start]
    if gap.startswith(".") and (before.bare in known("honorifics") or before.bare == "st"):
        gap = gap[1:]
    return _GAP.fullmatch(gap) is not None


def _connects(token: _Token, run: Sequence[_Token], connecting: Sequence[_Token]) -> bool:
    if token.text not in known("connectors") or len(connecting) > 1:
        return False
    linked = [t.text for t in (*run, *connecting) if not t.capital]
    match token.text:
        case "the":
            return linked[-1:] == ["of"] and bool(connecting)
        case "and":
            return bool(linked) and linked[0] in ("of", "for") and not connecting
        case "of" | "for":
            return run[-1].bare in known("offices") or (token.text == "of" and run[-1].bare in known("honorifics"))
    return True


def _names(run: Sequence[_Token], tokens: Sequence[_Token], language: str) -> Iterator[Mention]:
    """Yield the names of a run: roles and titles part it, empty words at its ends go."""
    for piece, introduced in _pieces(run):
        fillers = (_is_filler(token, piece[at + 1 :], language) for at, token in enumerate(piece))
        first = next((at for at, filler in enumerate(fillers) if not filler), len(piece))
        last = next((i for i in range(len(piece), first, -1) if _may_end(piece[i - 1])), first)
        kept = piece[first:last]
        if len(kept) == 1 and _is_empty(kept[0], language):
            continue
        if _is_name(kept) and sum(token.capital for token in kept) <= LONGEST:
            yield Mention(
                words=tuple(token.text for token in kept),
                doubtful=kept[0].opening,
                placed=kept[0].index > 0 and tokens[kept[0].index - 1].text.casefold() in _IN,
                introduced=introduced,
            )


def _pieces(run: Sequence[_Token]) -> Iterator[tuple[list[_Token], bool]]:
    """Yield what the roles in a run leave of it, and whether a role stands before it."""
    piece: list[_Token] = []
    introduced = False
    for token, follower in pairwise([*run, None]):
        if token is None:
            continue
        is_surname = introduced and piece and follower is None  # as in `Dr Imran Sheikh`
        if (
            token.bare in known("honorifics")
            and not is_surname
            and (not follower or follower.bare not in known("heads"))
        ):
            while piece and piece[-1].bare in known("qualifiers"):
                piece.pop()
            yield piece, introduced
            piece, introduced = [], True
        elif piece or not introduced or (token.capital and token.bare not in known("qualifiers")):
            piece.append(token)  # what is left out is the `of State` behind a `Secretary`
    yield piece, introduced


def _is_filler(token: _Token, behind: Sequence[_Token], language: str) -> bool:
    """Return whether a name cannot begin with *token*."""
    if token.bare == "jan" and behind:
        return False  # a date has a number behind its month
    if (
        not token.capital
        or token.bare in known("calendar")
        or token.bare in known("measures")
        or token.bare in ("the", "a")
    ):
        return True
    return (token.opening or not token.text.isalnum()) and _is_empty(token, language)


def _is_empty(token: _Token, language: str) -> bool:
    shouted = len(token.text) > 1 and token.text.isupper()
    return not shouted and token.text.replace("’", "'").casefold() in stop_words(language)


def _may_end(token: _Token) -> bool:
    return token.capital and token.bare not in known("days") and token.bare not in known("measures")


def _is_name(piece: Sequence[_Token]) -> bool:
    capitals = [token.bare for token in piece if token.capital]
    if any(word not in _empty() and len(word) > 1 for word in capitals):
        return True
    # Justice Department, Ministry of Defence
    return len(capitals) > 1 and (capitals[-1] in known("heads") or capitals[0] in known("offices"))


@cache
def _empty() -> frozenset[str]:
    return known("adjectives") | known("calendar") | known("measures") | known("heads") | known("qualifiers")


@cache
def _lists() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((resources.files("digest.topics") / "names.toml").read_text("utf-8"))
