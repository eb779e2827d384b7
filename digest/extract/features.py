"""
Lines in, what tells text from boilerplate out: one `Features` a line.

They are the classic shallow ones (Kohlschütter et al. 2010, "Boilerplate detection using shallow text features";
jusText's stop words, Pomikálek 2011) and the set phrases of `lexicon`. All are computed in one pass, in linear time.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from digest.extract.lexicon import UNSPACED, WORD, Phrases, alternatives, listed, phrases, words_of
from digest.extract.lines import Line, is_closed
from digest.language import identify
from digest.text import stop_words

_UNSPACED = re.compile(f"[{UNSPACED}]")
_UNSPACED_WORD = 0.6
"""Words that a character of such a script counts."""
_ADDRESS = re.compile(r"https?://|www\.|\w@\w")

# What stands over a reader's comment or a teaser: who says it, or when.
_SAYS = alternatives(listed("says"))
_UNIT = r"(?: [hmd] | hours? | hrs? | min(?:ute)?s? | days? | weeks? | months? | years? )"
_STAMP = re.compile(
    rf"""^ (?:
    .{{1,40}} \s {_SAYS} \s? :?
    | \W* (?:.{{0,24}} \s)? (?: \d+ | an? ) \s? {_UNIT} \s ago \W*
    | {alternatives(listed("ago_before"))} \s .{{1,24}} | .{{1,24}} \s {alternatives(listed("ago_behind"))}
    | [^\d]{{0,24}} \d.{{0,24}} \b \d\d?[:.h]\d\d (?: \s?[ap]\.?m\.? )? .{{0,10}}
    ) $""",
    re.VERBOSE | re.IGNORECASE,
)
_MAX_STAMP = 9
"""Words of the longest of these lines."""
_STAMPING = frozenset(
    WORD.findall(name.casefold())[-1] for kind in ("says", "ago_before", "ago_behind") for name in listed(kind)
) | {"ago"}
"""Words without which, and without digits, there is no such line."""

_DIGIT = re.compile(r"\d")

_READ = 60
"""Words of a line that are looked up; what a line is shows at its beginning."""
_SAMPLE = 600
"""Characters by which the page's language is told."""
_SHORT = 80
"""Characters of the longest line whose features are remembered: menus come again and again."""
_MIN_SENTENCE = 8
"""Words of a line that is taken for running text before the language is known."""


@dataclass(frozen=True, slots=True)
class Features:
    """What is known of one line."""

    tokens: tuple[str, ...]
    """Its words, case-folded."""
    words: float
    """Length in words; characters of scripts without spaces count as parts of one."""
    ends: bool
    """Whether it ends as a sentence does."""
    stops: float
    """Share of stop words, 0 where the language's are not known."""
    phrases: Phrases
    stamp: bool
    """Whether it says who speaks, or when, as stands over comments and teasers."""
    address: bool
    """Whether a web or mail address stands in it."""

    @property
    def digits(self) -> float:
        """Share of words that are numbers."""
        return sum(map(str.isdigit, self.tokens)) / len(self.tokens) if self.tokens else 1.0


def page_language(lines: Sequence[Line], *, declared: str | None = None) -> str:
    """Return the language that the running text of the page is in, `und` if it cannot be told."""
    return language_of_texts([line.text for line in lines], declared=declared)


def language_of_texts(texts: Sequence[str], *, declared: str | None = None) -> str:
    """Return the same of the *texts* of a page's lines."""
    sample = ""
    for text in texts:
        if len(sample) >= _SAMPLE:
            break
        if len(text) > 6 * _MIN_SENTENCE and is_closed(text):
            sample += f"{text[:_SAMPLE]} "
    return identify(sample or " ".join(text[:_SAMPLE] for text in texts[:50]), declared=declared)


def features(lines: Sequence[Line], *, language: str) -> tuple[Features, ...]:
    """Return the features of *lines*, which are in *language* (BCP 47) for the most part."""
    stops = stop_words(language)
    spaced = _UNSPACED.search("\n".join(line.text for line in lines)) is None
    return tuple((_of_short if len(line.text) <= _SHORT else _features)(line.text, stops, spaced) for line in lines)


@lru_cache(maxsize=5000)
def _of_short(text: str, stops: frozenset[str], spaced: bool) -> Features:
    """Return the features of a line that may come again, on this page and on others of its site."""
    return _features(text, stops, spaced)


def _features(text: str, stops: frozenset[str], spaced: bool) -> Features:
    tokens = tuple(words_of(text.casefold()))
    count = len(tokens)
    unspaced = 0 if spaced else len(_UNSPACED.findall(text))
    return Features(
        tokens=tokens,
        words=count - (1 - _UNSPACED_WORD) * unspaced,
        ends=is_closed(text),
        stops=sum(map(stops.__contains__, tokens)) / count if count else 0.0,
        phrases=phrases(tokens[:_READ]),
        stamp=0 < count <= _MAX_STAMP and _may_be_stamp(text, tokens) and _STAMP.match(text) is not None,
        address=("@" in text or "://" in text or "www." in text) and _ADDRESS.search(text) is not None,
    )


def _may_be_stamp(text: str, tokens: tuple[str, ...]) -> bool:
    return not _STAMPING.isdisjoint(tokens) or _DIGIT.search(text) is not None
