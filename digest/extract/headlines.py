"""
A page's lines in, the line that is the article's headline out.

Above the body the headline is the line whose words the body takes up again, near to it and not part of a
menu. A page's title often carries the name of its site behind a bar; the name is told by what stands
elsewhere on the page.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from digest.extract.bylines import names_after_label
from digest.extract.dates import find_dates, without_dates
from digest.extract.features import Features
from digest.extract.furniture import is_caption
from digest.extract.lines import Line

_MARK = re.compile(r"^#{1,6}\s+")
_SITE = re.compile(r"\s+(?:[|»•·–—-]|::)\s+(?=[^|»•·–—]{2,40}$)")
_STEP = re.compile(r"\s[»›>→]|[»›>→]\s|\w\s/\s\w")

_IMPRINT = 3
"""Lines below a headline in which its imprint begins."""
_ABOVE = 60
"""Lines above the body among which the headline is looked for."""
_READ = 12
"""Paragraphs that the headline is compared with."""
_MAX_WORDS = 40.0
_TAGS = frozenset({"tag", "tags", "tagged", "topics"})
_MAX_DATED, _MAX_BESIDE = 10, 4
"""Words of a line that is a date and a section's name, and of that name with its marks."""
_MIN_LETTERS = 4
"""Letters of a word that carries meaning, roughly."""
_STEM = 5
"""Letters by which words are compared, so that their endings do not matter."""
_MIN_LIKENESS = 0.25
_MIN_HEADLINE, _MIN_STANDFIRST = 5.0, 8.0
"""Words of the shortest headline that has a standfirst, and of the shortest standfirst."""


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline as the page gives it."""

    at: int
    """Index of its line."""
    text: str
    site: str | None
    """Name of the site, when the line carries it behind the headline."""


def find_headline(
    lines: Sequence[Line], known: Sequence[Features], body: Sequence[int], *, stops: frozenset[str]
) -> Headline | None:
    """
    Return the headline of the article, None when no line above it can be one.

    Args:
        lines: All lines of the page, in order.
        known: Their features.
        body: Indexes of the article's lines, in order, at least one.
        stops: Stop words of the article's language.
    """
    said = {token[:_STEM] for at in body[:_READ] for token in known[at].tokens}
    first = body[0]
    best: tuple[float, int] | None = None
    for at in range(max(0, first - _ABOVE), first):
        found = known[at]
        likeness = _likeness(found.tokens, said, stops)
        if likeness < _MIN_LIKENESS or not _may_be(lines[at].text, found) or (at and _is_over_tags(known[at - 1])):
            continue
        distance = (first - at) / _ABOVE
        # A headline of few words is like the body by chance, and so is a section's name.
        worth = likeness * min(1.0, found.words / 6) + (0.15 if at == 0 else 0.0) - 0.3 * distance
        # A standfirst is as much like the body, but it is a sentence.
        worth -= 0.3 if found.ends else 0.0
        worth += 0.2 if _has_imprint(lines, known, at) else 0.0
        worth -= 0.15 * min(2, len(_STEP.findall(lines[at].text)))
        if best is None or round(worth, 6) > best[0]:
            best = (round(worth, 6), at)
    if best is None:
        best = _by_place(lines, known, first)
    if best is None:
        return None
    at = best[1]
    if at and known[at].words >= _MIN_STANDFIRST:
        is_like = _likeness(known[at - 1].tokens, said, stops) >= _MIN_LIKENESS
        at -= is_like and _has_standfirst(lines[at - 1].text, known[at - 1], lines[at].text)
    return _without_site(lines, at)


def _has_standfirst(text: str, known: Features, below: str) -> bool:
    """Return whether a line may be a headline above its standfirst, which is longer than a kicker above a headline."""
    if known.words < _MIN_HEADLINE or (known.ends and text[-1] not in "?!") or _STEP.search(text) or "|" in text:
        return False
    is_kicker = text.isupper() and not below.isupper()
    # Scripts without spaces have no words by which the two could be told apart.
    return len(known.tokens) <= known.words and not is_kicker and below not in text and _may_be(text, known)


def _has_imprint(lines: Sequence[Line], known: Sequence[Features], at: int) -> bool:
    """Return whether a byline or a date stands right below the line at *at*."""
    return any(
        known[below].stamp or "notice" in known[below].phrases.covered or names_after_label(lines[below].text)
        for below in range(at + 1, min(len(lines), at + 1 + _IMPRINT))
    )


def _may_be(text: str, known: Features) -> bool:
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


def _is_over_tags(known: Features) -> bool:
    """Return whether a line announces what an article is filed under."""
    return known.phrases.alone is not None and known.tokens[-1] in _TAGS


def _is_dated(text: str) -> bool:
    """Return whether hardly more than a date stands on a line: `3 May 2025 - Sport`."""
    found = find_dates(text, language="und")
    return bool(found) and len(without_dates(text, found).split()) <= _MAX_BESIDE


def _likeness(tokens: Sequence[str], said: set[str], stops: frozenset[str]) -> float:
    """Return the share of the meaningful words among *tokens* that the body says too."""
    meaning = {
        token[:_STEM] for token in tokens if token not in stops and (len(token) >= _MIN_LETTERS or not token.isascii())
    }
    return len(meaning & said) / len(meaning) if meaning else 0.0


def _by_place(lines: Sequence[Line], known: Sequence[Features], first: int) -> tuple[float, int] | None:
    """Return the line that must be the headline because hardly anything else stands above the body."""
    candidates = [at for at in range(first) if _may_be(lines[at].text, known[at]) and known[at].words >= 3]
    return (0.0, candidates[0]) if candidates and first <= 4 else None


def _without_site(lines: Sequence[Line], at: int) -> Headline:
    """Return the headline at *at* without the name of the site behind it."""
    text = _MARK.sub("", lines[at].text)
    cut = _SITE.search(text)
    if cut is None:
        return Headline(at, text, None)
    front, site = text[: cut.start()], text[cut.end() :]
    shared = {line.text for line in lines}
    named = "|" in cut[0] or front in shared or any(site == line.text for line in lines)
    if not named or len(front.split()) < 2:
        return Headline(at, text, None)
    return Headline(at, front, site if front in shared or site in shared else None)
