"""
The chosen lines in, those of the article out: what stands inside and behind it in good prose is taken away.

Furniture (`furniture`), what stands behind an article and is about other things, sentences that the page pulled out of
its own text, and the beginnings of other articles.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise, takewhile

from digest.extract.features import Features
from digest.extract.furniture import OPENS_QUOTE, RULE, foreign, is_between_credits, is_credit, is_rule
from digest.extract.lexicon import UPPER, alternatives, listed
from digest.extract.lines import HEADING, PLAIN, Line

_MIN_TEXT = 8
"""Words of a line that counts as a paragraph of text."""
_MIN_SPACED = 4
"""Paragraphs by which the make of a page can be told."""
_MIN_HEADLINE, _MAX_HEADLINE = 5, 20
"""Words of a line that can be the headline of another article."""
_MIN_TITLE, _MAX_SUBHEAD = 4, 6
"""Words of a headline below a pointer to other pages, and of a line below several of these that may be a subhead."""
_MIN_PULLED, _MAX_PULLED = 6, 40
"""Words of a line that is recognised as a part of another one; shorter ones are subheads or items that come again."""
_MAX_LINES = 1500
"""Lines of the longest article in which parts of others are looked for."""
_MIN_RULES, _MAX_RULES = 3, 3
"""Rules for comments that a page has, and lines from one to the next, from which what stands between is a rule too."""
_MOST = 0.6
"""Share of the body's words behind which a heading over other things is its end."""
_RELEASE = 0.4
"""The same for what a press release says of its sender, which can be long."""
_MAX_SENDER = 60
"""Characters of a sender's name."""
_ABOUT = re.compile(
    rf"(?i:{alternatives(listed('about'))})\s(?:(?:the|die|der|das|la|le|les|el|il|o|a|de)\s)?"
    rf"(?P<name>[{UPPER}][^.:;?!]{{1,{_MAX_SENDER - 1}}}):?",
)
"""A line such as `About Acme Ltd`."""
_BULLET = re.compile(r"[-*•·–▪●►▶»›+]\s")
_MIN_COPIED = 12
"""Words of a line that stands in an article once; shorter ones, such as subheads, may come again."""


@dataclass(frozen=True, slots=True)
class _Page:
    """What the steps look at; see `cuts`."""

    lines: Sequence[Line]
    known: Sequence[Features]
    sure: frozenset[int]


def cuts(
    lines: Sequence[Line],
    known: Sequence[Features],
    chosen: Sequence[int],
    *,
    is_dump: bool,
    sure: frozenset[int] = frozenset(),
) -> Mapping[int, str]:
    """
    Return those indexes of *chosen* whose lines are not the article's own, and why.

    Args:
        lines: All lines of the page, in order.
        known: Their features.
        chosen: Indexes of the lines that were judged to be the body, in order.
        is_dump: Whether nothing but the lines tells of the page. Where its markup told which of them are the body, a
            list at its end, or a sentence that stands twice, is meant to be there.
        sure: Those of *chosen* that surely are the body; the last of these is not taken for another's headline,
            none but quotations for pulled out of the text, and most of what is behind a heading not for another's.
    """
    found = {at: why for at in chosen if (why := foreign(lines[at].text, known[at]))}
    own = [at for at in chosen if at not in found]
    page = _Page(lines, known, sure)
    for why, step in (*_STEPS, *_STEPS_OF_DUMPS) if is_dump else _STEPS:
        left = step(page, own)
        found |= dict.fromkeys(sorted(set(own).difference(left)), why)
        own = left
    while is_dump and own and own[-1] not in sure and _may_be_headline(lines, known, own[-1]):
        found[own.pop()] = "is the headline of another article"
    return found


def _may_be_headline(lines: Sequence[Line], known: Sequence[Features], at: int) -> bool:
    """Return whether a line at the end may head another article: it is no item, quotation or row, nor announced."""
    line = lines[at]
    if line.mark not in {PLAIN, HEADING} or _BULLET.match(line.text) or (at and lines[at - 1].text[-1] == ":"):
        return False
    return known[at].words <= _MAX_HEADLINE and _is_headline_like(line.text, known[at])


def _upto_heading(page: _Page, own: Sequence[int]) -> list[int]:
    """Return *own* up to a heading over what follows articles, if most words stand above it and few sure ones below."""
    total = sum(page.known[at].words for at in own)
    before = 0.0
    for place, at in enumerate(own):
        above = own[place - 1] + 1 if place else at
        if before >= _MOST * total and any(page.known[i].phrases.alone == "heading" for i in range(above, at)):
            surely = sum(page.known[i].words for i in own[place:] if i in page.sure)
            if surely < 0.5 * (total - before):
                return list(own[:place])
        before += page.known[at].words
    return list(own)


def _upto_sender(page: _Page, own: Sequence[int]) -> list[int]:
    """Return *own* up to what a press release says of who sent it, and to whom that may be of interest."""
    total = sum(page.known[at].words for at in own)
    before = 0.0
    for place, at in enumerate(own):
        above = own[place - 1] + 1 if place else at
        is_sender = any(page.known[i].phrases.alone == "sender" for i in range(above, at)) or (
            place + 1 < len(own) and _is_about(page.lines[at].text, page.lines[own[place + 1]].text)
        )
        if is_sender and before >= _RELEASE * total:
            return list(own[:place])
        before += page.known[at].words
    return list(own)


def _is_about(heading: str, paragraph: str) -> bool:
    """Return whether a line announces a sender and the paragraph below it begins with the name: `About Acme`."""
    found = _ABOUT.fullmatch(heading)
    return found is not None and found["name"].casefold() in paragraph[: 2 * _MAX_SENDER].casefold()


def _without_rules(page: _Page, own: Sequence[int]) -> list[int]:
    """Leave out what stands between two rules for readers' comments that are near each other: more rules."""
    rules = [at for at, known in enumerate(page.known) if is_rule(page.lines[at].text, known)]
    if len(rules) < _MIN_RULES:
        return list(own)
    inside = {i for at, below in pairwise(rules) if below - at <= _MAX_RULES for i in range(at, below + 1)}
    return [at for at in own if at not in inside]


def _without_pulled(page: _Page, own: Sequence[int]) -> list[int]:
    """
    Leave out longer lines that were said above, and lines whose words another one says too with more around them.

    Of what surely is the body's these are quotations alone: subheads, items and ledes share words with paragraphs too.
    """
    if len(own) > _MAX_LINES:
        return list(own)
    joined = " | ".join(f" {' '.join(page.known[at].tokens)} " for at in own)
    counts = Counter(chain.from_iterable(page.known[at].tokens for at in own))
    once = {token for token, count in counts.items() if count == 1}
    first: set[tuple[str, ...]] = set()
    left = []
    for at in own:
        tokens = page.known[at].tokens
        if page.known[at].words >= _MIN_COPIED:
            if tokens in first:
                continue
            first.add(tokens)
        is_own = at in page.sure and not (page.known[at].ends and page.lines[at].text[0] in OPENS_QUOTE)
        may_be_pulled = not is_own and _MIN_PULLED <= page.known[at].words <= _MAX_PULLED
        if may_be_pulled and once.isdisjoint(tokens) and _is_inside(f" {' '.join(tokens)} ", joined):
            continue
        left.append(at)
    return left


def _is_inside(sought: str, joined: str) -> bool:
    """Return whether *sought* stands inside a longer line of *joined*."""
    at = joined.find(sought)
    while at >= 0:
        before, after = joined[max(0, at - 2) : at], joined[at + len(sought) : at + len(sought) + 2]
        if not ((at == 0 or before == "| ") and after in ("", " |")):
            return True
        at = joined.find(sought, at + len(sought))
    return False


def _upto_next(page: _Page, own: Sequence[int]) -> list[int]:
    """
    Return those of *own* that stand before another article begins.

    Where empty lines part the paragraphs, a headline with its standfirst right below it is a block of another
    make: a teaser. It counts when nothing in the first half of the article is built like it.
    """
    texts = [at for at in own if page.known[at].ends and page.known[at].words >= _MIN_TEXT]
    if len(texts) < _MIN_SPACED or sum(page.lines[at].gap for at in texts) < 0.75 * len(texts):
        return list(own)
    total = sum(page.known[at].words for at in own)
    before = 0.0
    for place, at in enumerate(own):
        above = at - 1
        if (
            page.known[at].ends
            and page.known[at].words >= _MIN_TEXT
            and not page.lines[at].gap
            and above >= 0
            and page.known[above].words >= _MIN_HEADLINE
            and _is_headline_like(page.lines[above].text, page.known[above])
        ):
            if before < 0.5 * total:
                return list(own)
            return list(own[: place - 1 if place and own[place - 1] == above else place])
        before += page.known[at].words
    return list(own)


def _is_headline_like(text: str, known: Features) -> bool:
    return not known.ends and text[-1] not in ":;,"


def _without_captioned(page: _Page, own: Sequence[int]) -> list[int]:
    """Leave out captions, by what stands right beside them: who made the picture, or what stands in its place."""
    left = []
    for at in own:
        text, known = page.lines[at].text, page.known[at]
        is_below = at > 0 and not known.ends and is_between_credits(page.lines[at - 1].text)
        is_above = known.ends and at not in page.sure and text[0] not in OPENS_QUOTE and _is_credited(page, at + 1)
        if not is_below and not is_above:
            left.append(at)
    return left


def _is_credited(page: _Page, at: int) -> bool:
    return at < len(page.lines) and not page.lines[at].gap and is_credit(page.lines[at].text, page.known[at])


def _without_pointed(page: _Page, own: Sequence[int]) -> list[int]:
    """Leave out what a line such as `Read more` points to; the last of several short lines may be a subhead."""
    pointed: set[int] = set()
    for at in range(own[0], own[-1]) if own else ():
        known = page.known[at]
        if known.phrases.teaser and known.phrases.teaser == len(known.tokens):
            run = list(takewhile(lambda below: _is_pointed(page, below), range(at + 1, own[-1])))
            if len(run) > 1 and page.known[run[-1]].words <= _MAX_SUBHEAD:
                run.pop()
            pointed.update(run)
    return [at for at in own if at not in pointed]


def _is_pointed(page: _Page, at: int) -> bool:
    line, known = page.lines[at], page.known[at]
    is_title = line.mark in {PLAIN, HEADING} and not _BULLET.match(line.text) and not line.text[0].isdigit()
    return is_title and _MIN_TITLE <= known.words <= _MAX_HEADLINE and _is_headline_like(line.text, known)


_Step = tuple[str, Callable[[_Page, Sequence[int]], list[int]]]
_STEPS: Sequence[_Step] = (
    ("stands below a heading over other things", _upto_heading),
    ("is about the sender of a press release", _upto_sender),
)
_STEPS_OF_DUMPS: Sequence[_Step] = (
    ("a caption", _without_captioned),
    ("is a headline below a pointer to other pages", _without_pointed),
    (RULE, _without_rules),
    ("says again what another line says", _without_pulled),
    ("belongs to another article, which begins above it", _upto_next),
)
