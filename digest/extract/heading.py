"""
A page's lines and its body in, what speaks for each line as the headline of the body out.

A headline is taken up by the body, stands not far above it, often on the first line of the page too or behind the steps
that lead to it; a date or a byline stands below it. It is no sentence, no name of a section and no line of a menu.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from digest.extract.bylines import names_after_label
from digest.extract.dates import find_dates, without_dates
from digest.extract.features import Features
from digest.extract.furniture import is_caption
from digest.extract.lines import Line
from digest.extract.stated.ranking import Candidate
from digest.text import plain

ABOVE = 60
"""Lines above the body among which the headline is looked for."""
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
        self.region = [at for at in range(max(0, self.first - ABOVE), end) if _may_be(lines[at].text, known[at])]
        self.keys = [plain(line.text) for line in lines[: self.first + _BELOW]]
        self.uses = Counter(word for at in body for word in self._stems(at))
        """Stem → uses in the body."""
        self.said = {word for at in body[:_READ] for word in self._stems(at)}
        self.lead = {word for at in body[:_LEAD] for word in self._stems(at)}
        self.fit = [at for at in self.region if known[at].words >= _FIT and not _STEP.search(lines[at].text)]
        self.most = max(map(self._worth, self.region), default=0.0)

    def shares(self, at: int) -> dict[str, float]:
        """Return how far the body takes up the line at *at*."""
        meant = self._meant(at)
        uses = math.fsum(math.log1p(self.uses[word]) for word in meant) / max(1, len(meant))
        return {
            "like": self._likeness(at),
            "worth": self._worth(at),
            "lead": len(meant & self.lead) / max(1, len(meant)),
            "often": min(1.0, uses / 2),
        }

    def form(self, at: int) -> Iterator[str]:
        """Yield what is seen of the line itself, and of its likeness to the body."""
        text, known = self.lines[at].text, self.known[at]
        yield _range("like", self._likeness(at), (0.01, 0.25, 0.5, 0.75, 0.99))
        yield _range("taken up", len(self._meant(at) & self.said), (0, 1, 2, 3, 5, 8))
        yield _range("words", known.words, (2, 3, 4, 6, 9, 14, 20, 28))
        last = text.rstrip(_CLOSING)[-1:]
        yield f"ends with {last}" if last in ".?!:…," else "ends with a word"
        if steps := len(_STEP.findall(text)):
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
        if self._worth(at) >= self.most:
            # Scripts without spaces give characters, of which lines share some by chance.
            yield "likest" if len(known.tokens) <= known.words else "likest by characters"
        elif self._worth(at) >= _NEARLY * self.most:
            yield "nearly likest"

    def place(self, at: int) -> Iterator[str]:
        """Yield where the line stands."""
        yield _range("above", self.first - at, (0, 1, 2, 3, 4, 6, 9, 14, 20, 30))
        between = range(at + 1, self.first)
        yield _range("between", max((self.known[n].words for n in between), default=0.0), (0, 4, 8, 14, 24))
        if at == 0:
            yield "top"
        if not any(n < at for n in self.fit):
            yield "first that fits"
        if not any(n > at for n in self.fit):
            yield "last that fits"

    def above(self, at: int) -> Iterator[str]:
        """Yield what stands above the line."""
        if not at:
            return
        known, text = self.known[at - 1], self.lines[at - 1].text
        if known.stamp:
            yield "stamp above"
        if _STEP.search(text):
            yield "steps above"
        if known.words <= _SHORT:
            yield "short above"
        if known.phrases.alone:
            yield "tags above" if known.tokens[-1] in _TAGS else "phrase above"
        if is_caption(text, known):
            yield "credit above"

    def below(self, at: int) -> Iterator[str]:
        """Yield what stands below the line."""
        if self._has_imprint(at):
            yield "imprint below"
        if at + 1 == len(self.lines):
            return
        known, text = self.known[at + 1], self.lines[at + 1].text
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
        if is_caption(text, known):
            yield "credit below"

    def again(self, at: int) -> Iterator[str]:
        """Yield where else the page says what the line says."""
        key = self.keys[at]
        if key in self.keys[:at]:
            yield "again above"
        if key in self.keys[at + 1 :]:
            yield "again below"
        if len(key) > _MIN_SAID_AGAIN:
            longer = [n for n, other in enumerate(self.keys) if key in other and key != other]
            if longer:
                yield "inside another"
            if any(n < at for n in longer):
                yield "inside one above"
            if any(len(other) > _MIN_SAID_AGAIN and other in key and key != other for other in self.keys):
                yield "holds another"

    def _has_imprint(self, at: int) -> bool:
        """Return whether a byline or a date stands right below the line at *at*."""
        return any(
            self.known[below].stamp
            or "notice" in self.known[below].phrases.covered
            or names_after_label(self.lines[below].text)
            for below in range(at + 1, min(len(self.lines), at + 1 + _IMPRINT))
        )

    def _worth(self, at: int) -> float:
        return self._likeness(at) * min(1.0, self.known[at].words / _FULL)

    def _likeness(self, at: int) -> float:
        """Return the share of the meaningful words of a line that the body says too."""
        meant = self._meant(at)
        return len(meant & self.said) / len(meant) if meant else 0.0

    def _meant(self, at: int) -> set[str]:
        """Return the stems of the meaningful words of a line."""
        return {
            token[:_STEM]
            for token in self.known[at].tokens
            if token not in self.stops and (len(token) >= _MIN_LETTERS or not token.isascii())
        }

    def _stems(self, at: int) -> Iterator[str]:
        return (token[:_STEM] for token in self.known[at].tokens)


def _range(name: str, value: float, bounds: Sequence[float]) -> str:
    """Return the name of the range that a value is in."""
    return next((f"{name} <= {bound}" for bound in bounds if value <= bound), f"{name} > {bounds[-1]}")


def _is_dated(text: str) -> bool:
    """Return whether hardly more than a date stands on a line: `3 May 2025 - Sport`."""
    found = find_dates(text, language="und")
    return bool(found) and len(without_dates(text, found).split()) <= _MAX_BESIDE
