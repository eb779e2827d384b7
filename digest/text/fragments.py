"""
A sentence in, a link to it out: the text directive that makes a browser scroll to it.

The directive follows the WICG draft "URL Fragment Text Directives": `text=[prefix-,]start[,end][,-suffix]`,
matched regardless of case and accents, each part inside one block and bounded by words. A directive is
chosen by searching the article as a browser would: the first candidate that finds its own sentence wins, and the
last one, which names the most, if none does.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from digest.model import Paragraph

# One mark may be mended into another of its set.
_QUOTES = frozenset("\"'`´‘’‚‛“”„‟′″‵‶«»‹›ʼ＂＇")
_DASHES = frozenset("-‐‑‒–—―−")
_MARKS = _QUOTES | _DASHES
_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")

_LOOK_AHEAD = 8
_MAX_EXACT = 12
"""Words up to which a sentence is named whole."""
_END_WORDS = (6, 8, 12, 20)
"""Words at each end of a longer one."""
_CONTEXT_WORDS = (3, 6, 12)

_COLLAPSIBLE = re.compile("[ \t\n\r\f]+")
_SPACE = re.compile(r"\s")
_ACCENTS = re.compile("[\u0300-\u036f]+")


def raw_span(text: str, raw: str, start: int, end: int) -> tuple[int, int]:
    """
    Return the span in *raw* of the characters that span *start* to *end* of *text*, (0, 0) if it has none of them.

    Args:
        text: A mended paragraph.
        raw: The same as its source has it; spaces, quotation marks and dashes may differ or be missing.
        start: Offset of the first character in *text*.
        end: Offset behind the last one.
    """
    if text == raw:
        return start, end
    first: int | None = None
    last = 0
    for at, raw_at in _aligned(text, raw):
        if at >= end:
            break
        if at >= start:
            first = raw_at if first is None else first
            last = raw_at + 1
    return (0, 0) if first is None else (first, last)


def fragment(paragraphs: Sequence[Paragraph], paragraph: int, start: int, end: int) -> str:
    """
    Return the percent-encoded text directive of a sentence, e.g. `text=The%20ferry,the%20island.`

    Args:
        paragraphs: All paragraphs of the article, in order.
        paragraph: Index of the one that holds the sentence.
        start: Offset of the sentence's first character in the paragraph's text.
        end: Offset behind its last one.
    """
    here = paragraphs[paragraph]
    start, end = _word_bounded(here.raw, *raw_span(here.text, here.raw, start, end))
    before = [p.raw for p in paragraphs[:paragraph]] + [here.raw[:start]]
    after = [here.raw[end:]] + [p.raw for p in paragraphs[paragraph + 1 :]]
    sentence = here.raw[start:end]
    page = _Page.around(before, sentence, after)
    # Each part of a directive stands in one block, so the neighbourhood is that of one paragraph.
    nearest = next(filter(None, map(_clean, reversed(before))), "")
    following = next(filter(None, map(_clean, after)), "")
    for candidate in _candidates(_clean(sentence), nearest, following):
        if page.finds_first(candidate):
            break
    return candidate.encoded


def _aligned(text: str, raw: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of characters that are the same in both, or marks of one kind, white space left out."""
    at = raw_at = 0
    while at < len(text) and raw_at < len(raw):
        ours, theirs = text[at], raw[raw_at]
        if ours == theirs or _kin(ours, theirs):
            if not ours.isspace():
                yield at, raw_at
            at += 1
            raw_at += 1
        elif theirs.isspace() or theirs in _UNSEEN:
            raw_at += 1
        elif ours.isspace() or ours in _UNSEEN:
            at += 1
        elif theirs in _MARKS:
            raw_at += 1
        elif ours in _MARKS:
            at += 1
        else:
            skip, raw_skip = _resumption(text, at, raw, raw_at)
            at += skip
            raw_at += raw_skip


def _resumption(text: str, at: int, raw: str, raw_at: int) -> tuple[int, int]:
    """Return how far to go in both until the same character stands in them again, one step if it is far."""
    for distance in range(1, _LOOK_AHEAD):
        for skip in range(distance + 1):
            ours = text[at + skip : at + skip + 1]
            if ours and ours == raw[raw_at + distance - skip : raw_at + distance - skip + 1]:
                return skip, distance - skip
    return 1, 1


def _kin(one: str, other: str) -> bool:
    return (one in _QUOTES and other in _QUOTES) or (one in _DASHES and other in _DASHES)


def _word_bounded(raw: str, start: int, end: int) -> tuple[int, int]:
    """Move both ends inwards to word boundaries, on which a directive's ends must stand; not if no word is left."""
    first, last = start, end
    while first < last and _inside_word(raw, first):
        first += 1
    while last > first and _inside_word(raw, last):
        last -= 1
    while first < last and raw[first].isspace():
        first += 1
    while last > first and raw[last - 1].isspace():
        last -= 1
    return (first, last) if first < last else (start, end)


def _inside_word(text: str, at: int) -> bool:
    """Return whether *at* is inside a word, roughly as Unicode Standard Annex 29 has it."""
    if at <= 0 or at >= len(text):
        return False
    left, right = text[at - 1], text[at]
    if _wordy(left) and _wordy(right):
        return True
    # A full stop or apostrophe without a space joins two words into one: `January.Stand`.
    if left in ".'’:·,;" and _wordy(right) and at > 1:
        return _wordy(text[at - 2])
    if right in ".'’:·,;" and _wordy(left) and at + 1 < len(text):
        return _wordy(text[at + 1])
    return False


def _wordy(char: str) -> bool:
    return char.isalnum() or char == "_" or unicodedata.category(char).startswith("M")


def _clean(raw: str) -> str:
    """Return *raw* as a page shows it: its white space collapsed, but for the spaces that HTML keeps."""
    # No space but the plain one is printable.
    is_even = raw.isprintable() and "  " not in raw
    return (raw if is_even else _SPACE.sub(" ", _COLLAPSIBLE.sub(" ", raw))).strip()


def _fold(raw: str) -> str:
    """Return *raw* as a browser compares it."""
    if raw.isascii():
        return raw.casefold()
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", raw.casefold()))


# The quotations of an article are looked for among the same paragraphs.
@lru_cache(maxsize=256)
def _shown(raw: str) -> str:
    """Return *raw* as a page shows it and a browser compares it."""
    return _fold(_clean(raw))


def _candidates(sentence: str, before: str, after: str) -> Iterator["_Directive"]:
    """Yield directives, the plainest first; the last one names as much as can be named."""
    tokens = sentence.split(" ")
    sizes = [n for n in _END_WORDS if 2 * n <= len(tokens)] if len(tokens) > _MAX_EXACT else []
    bodies = [(" ".join(tokens[:n]), " ".join(tokens[-n:])) for n in sizes] or [(sentence, "")]
    yield from (_Directive("", start, end, "") for start, end in bodies)
    left, right = before.split(" "), after.split(" ")
    for n in _CONTEXT_WORDS:
        prefix, suffix = " ".join(left[-n:]), " ".join(right[:n])
        for context in ((prefix, ""), ("", suffix), (prefix, suffix)):
            yield from (_Directive(context[0], start, end, context[1]) for start, end in bodies)
    yield _Directive(prefix, sentence, "", suffix)


@dataclass(frozen=True, slots=True)
class _Directive:
    """The four parts of a text directive; an empty one is not there."""

    prefix: str
    start: str
    end: str
    suffix: str

    @property
    def encoded(self) -> str:
        parts = [f"{_encode(self.prefix)}-"] if self.prefix else []
        parts.append(_encode(self.start))
        if self.end:
            parts.append(_encode(self.end))
        if self.suffix:
            parts.append(f"-{_encode(self.suffix)}")
        return "text=" + ",".join(parts)


def _encode(part: str) -> str:
    # A hyphen is unreserved in addresses but marks prefix and suffix here.
    return quote(part, safe="", errors="replace").replace("-", "%2D")


@dataclass(frozen=True, slots=True)
class _Page:
    """What a browser searches, and where in it the sentence stands."""

    text: str
    start: int
    end: int

    @classmethod
    def around(cls, before: list[str], sentence: str, after: list[str]) -> "_Page":
        head = " ".join(filter(None, map(_shown, before)))
        head += " " if head else ""
        body = _shown(sentence)
        tail = " ".join(filter(None, map(_shown, after)))
        return cls(f"{head}{body} {tail}", len(head), len(head) + len(body))

    def finds_first(self, directive: _Directive) -> bool:
        """Return whether the first match of *directive* is the sentence itself."""
        start = _fold(directive.start)
        prefix = f"{_fold(directive.prefix)} " if directive.prefix else ""
        end, suffix = _fold(directive.end), _fold(directive.suffix)
        at = self.text.find(prefix + start)
        if at == -1:
            return False
        begin = at + len(prefix)
        finish = begin + len(start)
        if end:
            at = self.text.find(end + (f" {suffix}" if suffix else ""), finish)
            return begin == self.start and at + len(end) == self.end
        while suffix and not self.text.startswith(f" {suffix}", finish):
            at = self.text.find(prefix + start, at + 1)
            if at == -1:
                return False
            begin = at + len(prefix)
            finish = begin + len(start)
        return begin == self.start and finish == self.end
