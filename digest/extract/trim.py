"""
The chosen lines in, those of the article out: what stands inside and behind it in good prose is taken away.

Captions and picture credits, pointers to other pages, notices, sentences that the page pulled out of its own text, and
the beginnings of other articles behind the last paragraph.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from digest.extract.features import Features
from digest.extract.lexicon import AGENCY, NO_PHRASES, UPPER, WORD, alternatives, listed, opening_teaser
from digest.extract.lines import HEADING, PLAIN, Line

_CREDIT = alternatives(listed("credits")) + r"\.?"
_ARCHIVE = alternatives(listed("archives"))
_MADE_BY = frozenset(
    max(WORD.findall(name.casefold()), key=len)
    for name in (*listed("agencies"), *listed("credits"), *listed("archives"))
)
"""Words without which there is no credit, the longest of each name."""
_REST = r"(?:[/|,\s][^.]{0,30})?"
_CAPTION = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # Photo: Jane Doe / Foto: dpa / Credit: Jane Doe, at the end or alone
        rf"(?:^|[\s(|/.–—-]){_CREDIT}(?:\s(?:courtesy|credits?|by|via|source))?(?:\sof)?\s?[:/©]\s?[^:]{{2,80}}$",
        rf"\b{_CREDIT}\scourtesy\b",
        # (Jane Doe/Agency via Agency) at the end
        rf"[(\[][^()\[\]]*[\s/,|©]{AGENCY}\b[^()\[\]]{{0,40}}[)\]]\.?$",
        rf"[(\[]{AGENCY}(?:\s(?:images?|photos?|pool|file)|\s?[/|])[^()\[\]]{{0,40}}[)\]]\.?$",
        rf"\(\s?(?:{_CREDIT}|{_ARCHIVE})\s?(?:[:/].{{0,60}}|by\s.{{2,60}})?\)\.?$",
        # Jane Doe/Agency, © Agency
        rf"(?:[^\s/]\s?[/|]\s?|©\s?(?:\d{{4}}\s)?|\bvia\s|\|\s){AGENCY}\b(?:\s(?:images?|photos?|news))?{_REST}\.?$",
    )
)
_PHOTO_BY = re.compile(rf"^{_CREDIT}\s(?:by|von|de|di|par|av)\s.{{2,80}}$", re.IGNORECASE)
_CREDITED = 130
"""Characters at the end of a caption in which its credit stands."""
_MAX_CAPTION = 70
"""Words of the longest caption."""
_LONGEST_CAPTION = 1000
"""Characters of the longest caption; a line without spaces can be of any length."""
_MIN_TEXT = 8
"""Words of a line that counts as a paragraph of text."""
_MIN_SPACED = 4
"""Paragraphs by which the make of a page can be told."""
_MIN_HEADLINE, _MAX_HEADLINE = 5, 20
"""Words of a line that can be the headline of another article."""
_MIN_PULLED, _MAX_PULLED = 6, 40
"""Words of a line that is recognised as a part of another one; shorter ones are subheads or items that come again."""
_OPENS_QUOTE = "\"“„”«»‘‚'「『"
"""Signs with which a quotation begins."""
_MAX_LINES = 1500
"""Lines of the longest article in which parts of others are looked for."""
_NOTICE = "speaks of the page, not of its subject"
_RULE = "stands among rules for comments"
FURNITURE = frozenset({_NOTICE, _RULE})
"""Reasons for which a line belongs to no article at all, of those that `cuts` gives."""
_FORMAL = ("legal", "reader", "rules")
"""Roles of phrases that hardly any article uses."""
_MIN_FORMAL, _FORMAL_SHARE = 3, 0.12
"""Words in such phrases, and their share of a line, from which it is a disclaimer or the like."""
_MAX_RULES = 8
"""Lines from one rule for comments to the next."""
_MOST = 0.6
"""Share of the body's words behind which a heading over other things is its end."""
_RELEASE = 0.4
"""The same for what a press release says of its sender, which can be long."""
_MAX_SENDER = 60
"""Characters of a sender's name."""
_ABOUT = re.compile(
    rf"(?i:{alternatives(listed('about'))})\s(?P<name>[{UPPER}][^.:;?!]{{1,{_MAX_SENDER - 1}}}):?",
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


def is_caption(text: str, known: Features) -> bool:
    """Return whether a line belongs to a picture: it ends, or begins, with who made it."""
    if known.words > _MAX_CAPTION or len(text) > _LONGEST_CAPTION or _MADE_BY.isdisjoint(known.tokens):
        return False
    if known.words <= 14 and _PHOTO_BY.match(text):
        return True
    tail = text[-_CREDITED:]
    return any(pattern.search(tail) for pattern in _CAPTION)


def _is_teaser(text: str, known: Features) -> bool:
    """Return whether a line points to another page and says nothing itself."""
    if not known.phrases.teaser:
        return False
    return opening_teaser(text) is not None or (not known.ends and known.words <= 25)


def _is_notice(known: Features) -> bool:
    """Return whether a line is about the page and not about what the article is about."""
    said = known.phrases
    if said is NO_PHRASES:
        return False
    if said.alone is not None:
        return True
    count = max(1, len(known.tokens))
    formal = sum(said.covered.get(role, 0) for role in _FORMAL)
    if formal >= _MIN_FORMAL and formal >= _FORMAL_SHARE * count:
        return True
    about = formal + sum(said.covered.get(role, 0) for role in ("ask", "notice"))
    return about > 0.5 * count or (known.words <= 14 and said.covered.get("notice", 0) >= 0.25 * count)


def foreign(text: str, known: Features) -> str | None:
    """Return why a line inside the article is none of its text, None if it is."""
    if is_caption(text, known):
        return "a caption"
    if _is_teaser(text, known):
        return "points to another page"
    return _NOTICE if _is_notice(known) else None


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
    rules = [at for at, known in enumerate(page.known) if "rules" in known.phrases.covered and _is_notice(known)]
    inside = {i for at, below in pairwise(rules) if below - at <= _MAX_RULES for i in range(at, below)}
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
        is_own = at in page.sure and not (page.known[at].ends and page.lines[at].text[0] in _OPENS_QUOTE)
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


_Step = tuple[str, Callable[[_Page, Sequence[int]], list[int]]]
_STEPS: Sequence[_Step] = (
    ("stands below a heading over other things", _upto_heading),
    ("is about the sender of a press release", _upto_sender),
)
_STEPS_OF_DUMPS: Sequence[_Step] = (
    (_RULE, _without_rules),
    ("says again what another line says", _without_pulled),
    ("belongs to another article, which begins above it", _upto_next),
)
