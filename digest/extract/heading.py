"""
A page's lines and its body in, what speaks for each line as the headline of the body out.

A headline is taken up by the body, stands not far above it, often on the first line of the page too or behind the steps
that lead to it; a date or a byline stands below it. It is no sentence, no name of a section and no line of a menu.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain

from digest.extract.bylines import names_after_label
from digest.extract.dates import find_dates, without_dates
from digest.extract.features import Features
from digest.extract.furniture import is_caption
from digest.extract.lines import Line
from digest.extract.stated.ranking import Candidate
from digest.text import plain

ABOVE = 60
"""Lines above the body among which the headline is looked for."""
_NEAR, _NAME = 12, 2.0
"""Lines above the body among which a line of so many words may be more than the name of a section."""
_READ = 12
"""Paragraphs that a headline is compared with."""
_LEAD = 2
_BELOW = 12
"""Lines from the beginning of the body in which a headline may be said again."""
_IMPRINT = 3
"""Lines below a headline in which its imprint begins."""
_MAX_WORDS = 40.0
_MIN_LETTERS = 4
"""Letters of a word that carries meaning, roughly."""
_STEM = 5
"""Letters by which words are compared, so that their endings do not matter."""
_MIN_SAID_AGAIN = 12
"""Characters of a line that is not part of another one by chance."""
_FULL = 6
"""Words of a headline that is not like the body by chance, as those of a section's name are."""
_FIT = 5.0
"""Words of a line that may well be a headline."""
_SHORT, _LONG = 3.0, 20.0
_MAX_LEADING = 25.0
"""Words of the longest headline that the body begins with."""
_MAX_DATED, _MAX_BESIDE = 10, 4
"""Words of a line that is a date and a section's name, and of that name with its marks."""
_NEARLY = 0.8
_TAGS = frozenset({"tag", "tags", "tagged", "topics"})
_STEP = re.compile(r"\s[»›>→]|[»›>→]\s|\w\s/\s\w")
_CLOSING = "”’\"'»“‘)"
"""Marks behind the full stop of a sentence."""


def candidates(
    lines: Sequence[Line], known: Sequence[Features], body: Sequence[int], *, stops: frozenset[str]
) -> list[Candidate[int]]:
    """
    Return the lines that may be the headline, by their index, with what speaks for and against each.

    Args:
        lines: All lines of the page, in order.
        known: Their features.
        body: Indexes of the article's lines, in order, at least one.
        stops: Stop words of the article's language.
    """
    page = _Page(lines, known, body, stops)
    found = []
    for at in page.region:
        one = Candidate(at, page.shares(at))
        one.add(*page.form(at), *page.place(at), *page.above(at), *page.below(at), *page.again(at))
        found.append(one)
    return found


def begins_with_headline(lines: Sequence[Line], known: Sequence[Features], body: Sequence[int]) -> bool:
    """Return whether the first line of a body may be its headline rather than its lede; the arguments are the same."""
    text = lines[body[0]].text.rstrip(_CLOSING)
    return len(body) > 1 and known[body[0]].words <= _MAX_LEADING and text[-1:] not in ".…:;,。"


def _may_be(text: str, known: Features) -> bool:
    """Return whether a line can be a headline, wherever it stands."""
    if not 2 <= known.words <= _MAX_WORDS or known.phrases.alone or known.phrases.teaser or known.stamp:
        return False
    if text[0] in "-–•…" or (text[0] in "([" and text[-1] in ")]"):  # whose picture it is, or a remark
        return False
    if known.digits and known.words <= _MAX_DATED and _is_dated(text):
        return False
    if known.address or known.digits > 0.5 or is_caption(text, known) or names_after_label(text):
        return False
    return not any(
        known.phrases.covered.get(role, 0) >= 0.3 * len(known.tokens) for role in ("ask", "legal", "notice", "credit")
    )


class _Page:
    """What the lines of one page are judged by."""

    def __init__(
        self, lines: Sequence[Line], known: Sequence[Features], body: Sequence[int], stops: frozenset[str]
    ) -> None:
        self.lines, self.known, self.stops = lines, known, stops
        self.first = body[0]
        # Scripts without spaces have no words by which a headline in the body could be told from its lede.
        is_spaced = len(known[self.first].tokens) <= known[self.first].words
        end = self.first + (is_spaced and begins_with_headline(lines, known, body))
        self.region = [
            at
            for at in range(max(0, self.first - ABOVE), end)
            if (known[at].words > _NAME or self.first - at <= _NEAR) and _may_be(lines[at].text, known[at])
        ]
        self.keys = [plain(line.text) for line in lines[: self.first + _BELOW]]
        self.all_keys = "\n".join(self.keys)
        self.stands = {key: at for at, key in reversed(list(enumerate(self.keys)))}
        """Where each is said first."""
        self.long_keys = [key for key in self.stands if len(key) > _MIN_SAID_AGAIN]
        stems = [[word[:_STEM] for word in known[at].tokens] for at in body]
        self.uses = Counter(chain.from_iterable(stems))
        """Stem → uses in the body."""
        self.said = set(chain.from_iterable(stems[:_READ]))
        self.lead = set(chain.from_iterable(stems[:_LEAD]))
        self.meant = {at: self._meant(at) for at in self.region}
        self.likeness = {at: len(meant & self.said) / max(1, len(meant)) for at, meant in self.meant.items()}
        """The share of the meaningful words of a line that the body says too."""
        self.worth = {at: share * min(1.0, known[at].words / _FULL) for at, share in self.likeness.items()}
        self.most = max(self.worth.values(), default=0.0)
        near = range(max(0, self.first - ABOVE - 1), min(len(lines), self.first + _LEAD))
        self.captions = {at for at in near if is_caption(lines[at].text, known[at])}
        self.imprints = {
            at
            for at in range(near.start, min(len(lines), self.first + 1 + _IMPRINT))
            if known[at].stamp or "notice" in known[at].phrases.covered or names_after_label(lines[at].text)
        }
        """Lines with a byline or a date."""
        self.steps = {at: len(_STEP.findall(lines[at].text)) for at in near}
        self.fit = [at for at in self.region if known[at].words >= _FIT and not self.steps[at]]
        between = range(self.first - 1, max(0, self.first - ABOVE), -1)
        longest = accumulate((known[at].words for at in between), max)
        self.longest = {at - 1: words for at, words in zip(between, longest, strict=True)}
        """Words of the longest line between each and the body."""

    def shares(self, at: int) -> dict[str, float]:
        """Return how far the body takes up the line at *at*."""
        meant = self.meant[at]
        uses = math.fsum(math.log1p(self.uses[word]) for word in meant) / max(1, len(meant))
        return {
            "like": self.likeness[at],
            "worth": self.worth[at],
            "lead": len(meant & self.lead) / max(1, len(meant)),
            "often": min(1.0, uses / 2),
        }

    def form(self, at: int) -> Iterator[str]:
        """Yield what is seen of the line itself, and of its likeness to the body."""
        text, known = self.lines[at].text, self.known[at]
        yield _range("like", self.likeness[at], (0.01, 0.25, 0.5, 0.75, 0.99))
        yield _range("taken up", len(self.meant[at] & self.said), (0, 1, 2, 3, 5, 8))
        yield _range("words", known.words, (2, 3, 4, 6, 9, 14, 20, 28))
        last = text.rstrip(_CLOSING)[-1:]
        yield f"ends with {last}" if last in ".?!:…," else "ends with a word"
        if steps := self.steps[at]:
            yield f"{min(2, steps)} steps"
        if "|" in text:
            yield "bar"
        if text.isupper():
            yield "capitals"
        if text[:1].islower():
            yield "begins small"
        if any(map(str.isdigit, text)):
            yield "number"
        words = text.split()
        yield _range("capitalised", sum(word[:1].isupper() for word in words) / len(words), (0.2, 0.4, 0.6, 0.8, 0.99))
        if self.worth[at] >= self.most:
            # Scripts without spaces give characters, of which lines share some by chance.
            yield "likest" if len(known.tokens) <= known.words else "likest by characters"
        elif self.worth[at] >= _NEARLY * self.most:
            yield "nearly likest"

    def place(self, at: int) -> Iterator[str]:
        """Yield where the line stands."""
        yield _range("above", self.first - at, (0, 1, 2, 3, 4, 6, 9, 14, 20, 30))
        yield _range("between", self.longest.get(at, 0.0), (0, 4, 8, 14, 24))
        if at == 0:
            yield "top"
        if not self.fit or self.fit[0] >= at:
            yield "first that fits"
        if not self.fit or self.fit[-1] <= at:
            yield "last that fits"

    def above(self, at: int) -> Iterator[str]:
        """Yield what stands above the line."""
        if not at:
            return
        known = self.known[at - 1]
        if known.stamp:
            yield "stamp above"
        if self.steps[at - 1]:
            yield "steps above"
        if known.words <= _SHORT:
            yield "short above"
        if known.phrases.alone:
            yield "tags above" if known.tokens[-1] in _TAGS else "phrase above"
        if at - 1 in self.captions:
            yield "credit above"

    def below(self, at: int) -> Iterator[str]:
        """Yield what stands below the line."""
        if self._has_imprint(at):
            yield "imprint below"
        if at + 1 == len(self.lines):
            return
        known = self.known[at + 1]
        if known.stamp:
            yield "stamp below"
        if known.words >= _LONG:
            yield "text below"
        elif known.words <= _SHORT:
            yield "short below"
        elif known.ends:
            yield "sentence below"
        if known.phrases.alone:
            yield "phrase below"
        if at + 1 in self.captions:
            yield "credit below"

    def again(self, at: int) -> Iterator[str]:
        """Yield where else the page says what the line says."""
        key = self.keys[at]
        if self.stands[key] < at:
            yield "again above"
        if key in self.keys[at + 1 :]:
            yield "again below"
        if len(key) > _MIN_SAID_AGAIN:
            if self.all_keys.count(key) > self.keys.count(key):
                longer = [n for n, other in enumerate(self.keys) if key in other and key != other]
                yield "inside another"
                if longer[0] < at:
                    yield "inside one above"
            if any(other in key and key != other for other in self.long_keys):
                yield "holds another"

    def _has_imprint(self, at: int) -> bool:
        """Return whether a byline or a date stands right below the line at *at*."""
        return any(below in self.imprints for below in range(at + 1, at + 1 + _IMPRINT))

    def _meant(self, at: int) -> set[str]:
        """Return the stems of the meaningful words of a line."""
        return {
            token[:_STEM]
            for token in self.known[at].tokens
            if token not in self.stops and (len(token) >= _MIN_LETTERS or not token.isascii())
        }


def _range(name: str, value: float, bounds: Sequence[float]) -> str:
    """Return the name of the range that a value is in."""
    return next((f"{name} <= {bound}" for bound in bounds if value <= bound), f"{name} > {bounds[-1]}")


def _is_dated(text: str) -> bool:
    """Return whether hardly more than a date stands on a line: `3 May 2025 - Sport`."""
    found = find_dates(text, language="und")
    return bool(found) and len(without_dates(text, found).split()) <= _MAX_BESIDE
