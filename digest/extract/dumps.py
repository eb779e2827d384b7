"""
Whole pages saved as plain text in, what they tell of their article out.

Nothing in such a dump says what is article and what is menu, so the page is read as a whole: a network says which lines
are the article's (`trained`), plain rules take out what they know for sure (`trim`), the headline is found above the
body, byline and date between the two or near by (`imprint`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import repeat
from typing import TypeVar

from digest.extract.bios import ABOUT_AUTHOR, bios
from digest.extract.colophon import site_by_copyright
from digest.extract.continued import with_continuation
from digest.extract.decode import decode
from digest.extract.entries import with_entries
from digest.extract.features import Features, features, page_language
from digest.extract.found import Fate, Finding, NoArticle, unlikely
from digest.extract.furniture import FURNITURE, foreign
from digest.extract.gate import count_cut, count_sentences, refusal
from digest.extract.glue import unglued
from digest.extract.headlines import Headline, find_headline
from digest.extract.imprint import find_byline, find_date
from digest.extract.lines import Line, check_length, is_closed, split_lines
from digest.extract.opening import MIN_LEDE, from_lede
from digest.extract.paragraphs import dateline, paragraphs, reporters
from digest.extract.trim import cuts
from digest.language import identify
from digest.model import Item, Metadata
from digest.text import plain, stop_words

T = TypeVar("T")

_SURE = 0.9
"""Probability from which a line surely is the article's."""
_MISTAKEN = 1 / 3
"""Share of furniture in what the network keeps from which it has taken that for the article."""
_MIN_STANDFIRST = 6.0
"""Words of the shortest standfirst."""
_NEAR_ABOVE, _NEAR_BELOW = 61, 21
"""Lines around the body that are looked at for its headline, imprint and the like."""
_IN_LANGUAGE = 0.2
"""Share of stop words from which a text surely is in their language."""


def from_dump(item: Item) -> Finding:
    """
    Return the article of a page that was saved as plain text.

    Raises:
        ItemError: It cannot be decoded, is too long, or no article is in it.
    """
    return read(split_lines(decode(item.body, locator=item.locator)), item)


def read(lines: Sequence[Line], item: Item) -> Finding:
    """Return the article among the *lines* of a page, whatever they were made from; raises as `from_dump` does."""
    from digest.extract.trained.repair import repaired

    check_length(lines, locator=item.locator)
    return _read(repaired(lines), item, {})


def _read(lines: Sequence[Line], item: Item, furniture: Mapping[int, str]) -> Finding:
    """Return what `read` does, *furniture* being lines that are known not to be the article's, and why."""
    site = site_by_copyright(lines)
    language = page_language(lines, declared=item.declared.language)
    kept, likely = _judged(lines, language, furniture)
    kept = with_continuation(lines, with_entries(lines, kept))
    kept = [is_own and _has_words(line) for line, is_own in zip(lines, kept, strict=True)]
    kept = _with_tables(lines, kept)
    near = _near(kept)
    # The network knows lines as pages have them; only then are they cut apart.
    parts = unglued(lines[near], language=language, own=kept[near])
    page = tuple(part for line in parts for part in line)
    known = features(page, language=language)
    chosen = [at for at, is_own in enumerate(_of_parts(parts, kept[near])) if is_own]
    sure = frozenset(at for at, p in enumerate(_of_parts(parts, likely[near])) if round(p, 6) >= _SURE)
    out = dict(cuts(page, known, chosen, is_dump=True, sure=sure))
    origin = tuple(_of_parts(parts, range(near.start, near.stop)))
    if not furniture and _is_mistaken(known, chosen, out):
        whole = (at for at, line in enumerate(origin) if page[at] == lines[line] and out.get(at) in FURNITURE)
        if furniture := {origin[at]: out[at] for at in whole}:
            return _read(lines, item, furniture)
    out |= {at: furniture[line] for at, line in enumerate(origin) if line in furniture}
    body = from_lede(page, known, [at for at in chosen if at not in out], sure, language)
    headline = _headline(page, known, body, item, language) if body else None
    if headline is not None:
        body = [at for at in body if at > headline.at and page[at].text != headline.text]
    out = {at: out.get(at, "stands above the first paragraph, or is the headline again") for at in chosen} | out
    found = _finding(page, known, body, headline, language, site) if body else None
    if found and (about := bios(page, known, body, found.stated.byline)):
        out |= dict.fromkeys(about, ABOUT_AUTHOR)
        body = [at for at in body if at not in about]
        found = _finding(page, known, body, headline, language, site)
    fates = partial(_fates, lines, likely, near, parts, _roles(page, body, headline, found), out)
    elsewhere = sum(len(line.text.split()) for line in (*lines[: near.start], *lines[near.stop :]))
    refused = refusal(
        known,
        body,
        sentence_count=count_sentences(page, known, body, language=language),
        cut_count=count_cut(page, known, body),
        page_words=elsewhere + sum(line.words for line in known),
        is_vouched=_is_signed(found) or sure.issuperset(at for at in body if known[at].ends),
        stops=stop_words(language),
    )
    if refused or found is None:
        raise NoArticle(item.locator, refused or "no article text found", fates)
    return replace(found, fates=fates)


def _judged(
    lines: Sequence[Line], language: str, furniture: Mapping[int, str]
) -> tuple[Sequence[bool], Sequence[float]]:
    """Return which lines the network keeps on a page without its *furniture*, and how probable all are."""
    from digest.extract.trained import judged_lines

    if not furniture:
        return judged_lines(lines, language=language)
    kept, likely = [False] * len(lines), [0.0] * len(lines)
    rest = [at for at in range(len(lines)) if at not in furniture]
    for at, is_own, p in zip(rest, *judged_lines([lines[at] for at in rest], language=language), strict=True):
        kept[at], likely[at] = is_own, p
    return kept, likely


def _is_mistaken(known: Sequence[Features], chosen: Sequence[int], out: Mapping[int, str]) -> bool:
    """Return whether there is so much furniture among the *chosen* lines that it was taken for the article."""
    words = sum(known[at].words for at in chosen if out.get(at) in FURNITURE)
    return words > _MISTAKEN * sum(known[at].words for at in chosen)


def _is_signed(found: Finding | None) -> bool:
    return found is not None and bool(found.stated.byline or found.stated.published)


def _roles(
    lines: Sequence[Line], body: Sequence[int], headline: Headline | None, found: Finding | None
) -> Mapping[int, str]:
    """Return what the lines that were kept were kept as, by their indexes."""
    if found is None:
        return {}
    roles = {at: str(one.kind) for at, one in zip(body, found.paragraphs, strict=True)}
    if headline is not None:
        roles[headline.at] = "headline"
    standing = (at for at in range(body[0]) if found.standfirst and lines[at].text == found.standfirst)
    return {**dict.fromkeys(standing, "standfirst"), **roles}


def _fates(
    lines: Sequence[Line],
    likely: Sequence[float],
    near: slice,
    parts: Sequence[Sequence[Line]],
    roles: Mapping[int, str],
    out: Mapping[int, str],
) -> tuple[Fate, ...]:
    """Return what became of all lines of a page, those near the body in the *parts* that they were cut into."""

    def far(which: slice) -> Iterator[Fate]:
        return (Fate(line.text, why=unlikely(p)) for line, p in zip(lines[which], likely[which], strict=True))

    inner: list[Fate] = []
    at = 0
    for line, p, own in zip(lines[near], likely[near], parts, strict=True):
        rest = line.text
        for part in own:
            glued, _, rest = rest.partition(part.text)
            inner += _glued(glued)
            if role := roles.get(at, ""):
                inner.append(Fate(part.text, role))
            else:
                inner.append(Fate(part.text, why=out.get(at) or unlikely(p)))
            at += 1
        inner += _glued(rest)
    return (*far(slice(0, near.start)), *inner, *far(slice(near.stop, len(lines))))


def _glued(text: str) -> Sequence[Fate]:
    return [Fate(text.strip(), why="is glued to the paragraph beside it")] if text.strip() else ()


def _has_words(line: Line) -> bool:
    return any(map(str.isalnum, line.text))


def _with_tables(lines: Sequence[Line], kept: Sequence[bool]) -> tuple[bool, ...]:
    """Return *kept* with the tables below lines that are kept, and a sentence below a table: dumps show few of them."""
    own = list(kept)
    for at in range(1, len(lines)):
        if own[at] or not own[at - 1]:
            continue
        is_below_row = _is_row(lines[at - 1])
        is_sentence = is_closed(lines[at].text) and len(lines[at].text.split()) >= MIN_LEDE
        own[at] = _is_row(lines[at]) or (is_below_row and is_sentence)
    return tuple(own)


def _is_row(line: Line) -> bool:
    return "\t|\t" in line.raw or line.raw.count("\t") > 1


def _near(kept: Sequence[bool]) -> slice:
    """Return the part of the page that holds the body and all that belongs to it; the whole page if it has no body."""
    if True not in kept:
        return slice(0, len(kept))
    last = len(kept) - 1 - kept[::-1].index(True)
    return slice(max(0, kept.index(True) - _NEAR_ABOVE), min(len(kept), last + 1 + _NEAR_BELOW))


def _of_parts(parts: Sequence[Sequence[Line]], whole: Sequence[T]) -> Iterator[T]:
    """Yield for each part what is said of the line that it was parted from."""
    for line, said in zip(parts, whole, strict=True):
        yield from repeat(said, len(line))


def _headline(
    lines: Sequence[Line], known: Sequence[Features], body: Sequence[int], item: Item, language: str
) -> Headline | None:
    """Return the declared headline where the page has it, else the line that must be it."""
    if item.declared.headline:
        sought = plain(item.declared.headline)
        for at in range(min(len(lines), body[-1])):
            if plain(lines[at].text) == sought:
                return Headline(at, lines[at].text, None)
    return find_headline(lines, known, body, stops=stop_words(language))


def _finding(
    lines: Sequence[Line],
    known: Sequence[Features],
    body: list[int],
    headline: Headline | None,
    language: str,
    site: str | None,
) -> Finding:
    told = _language(lines, known, body, language)
    top = headline.at if headline else max(0, body[0] - 1)
    kept = list(lines)
    lede = kept[body[0]]
    published = find_date(lines, known, top=top, body=body, language=told)
    if cut := dateline(lede.text):
        rest = lede.text[cut:]
        kept[body[0]] = replace(lede, text=rest, raw=rest)
    stated = Metadata(
        headline=headline.text if headline else None,
        byline=find_byline(lines, known, top=top, body=body, language=told) or reporters(lede.text),
        published=published,
        language=told,
        site_name=(headline.site if headline else None) or site,
    )
    return Finding(
        stated=stated,
        standfirst=_standfirst(lines, known, top, body[0]) if headline else None,
        paragraphs=paragraphs(kept, known, body, language=told),
    )


def _language(lines: Sequence[Line], known: Sequence[Features], body: Sequence[int], language: str) -> str:
    """Return the language of the body, which mostly is that of the page."""
    words = sum(len(known[at].tokens) for at in body)
    if sum(known[at].stops * len(known[at].tokens) for at in body) >= _IN_LANGUAGE * words:
        return language
    return identify(" ".join(lines[at].text[:2000] for at in body[:20]), declared=language)


def _standfirst(lines: Sequence[Line], known: Sequence[Features], top: int, first: int) -> str | None:
    """Return the sentence between headline and body that was not taken into the body."""
    for at in range(top + 1, first):
        found = known[at]
        if found.ends and found.words >= _MIN_STANDFIRST and foreign(lines[at].text, found) is None:
            return None if "ask" in found.phrases.covered else lines[at].text
    return None
