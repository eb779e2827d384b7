"""
The article's lines in, its paragraphs out: each with its kind, mended, and as the source has it.

A short line without an end between paragraphs of text is a subhead; three in a row are a list.
"""

import re
from collections.abc import Sequence
from itertools import groupby

from digest.extract.entries import is_clock
from digest.extract.features import Features
from digest.extract.lexicon import AGENCY, UPPER, months
from digest.extract.lines import CITED, HEADING, ITEM, Line, is_closed
from digest.extract.mend import mended
from digest.model import Paragraph, ParagraphKind

_BULLET = re.compile(r"[-*•·–▪●►▶»›+]\s+(?=\S)")
_DASHES = "-–"
# A speech as it is printed in many languages: `– We are late – said Berg.`
_SPEECH = re.compile(r"[-–]\s\S.*[^\s\d]\s[-–]\s[^\s\d]")
_NUMBER = re.compile(r"\d{1,2}[.)]\s+(?=\S)")
_HASHES = re.compile(r"#{1,6}\s+(?=\S)")
_QUOTED = re.compile(r">\s+(?=\S)")
_COLUMNS = re.compile(r"\t.*\t|^\|.*\|$|\s\|\s.*\s\|\s")
# Berlin (dpa) - ; LONDON, 3 March (Reuters) — ; OSLO, March 3, 2025 /Newswire/ -- ; LONDON —
_WITH_AGENCY = re.compile(
    rf"(?P<place>[{UPPER}][^()—–]{{1,60}}?)\s?"
    rf"(?:\({AGENCY}(?:/{AGENCY})*\)|/\w[\w. ]{{1,28}}\w/)\s?(?P<dash>[-–—:]{{0,2}})\s*",
    re.IGNORECASE,
)
_IN_CAPITALS = re.compile(
    rf"(?P<place>[{UPPER}][{UPPER} .'’/-]{{2,30}})(?P<day>,\s[\w. ]{{3,20}}(?:,\s\d{{4}})?)?"
    rf"\s(?:—|–|--|-)\s+(?=[“\"‘„«]?[{UPPER}])"
)
_WITH_DAY = re.compile(
    rf"(?P<place>[{UPPER}][^()—–:;.]{{1,40}}?),\s(?:\d{{1,2}}\s(?:de\s)?(?P<month>[^\W\d_]{{3,12}})|(?P<first>[^\W\d_]{{3,12}})\.?\s\d{{1,2}})\.?"
    rf",?(?:\s(?:de\s)?\d{{4}})?\s?(?:\({AGENCY}\))?\s?\.?\s?[-–—]{{1,2}}\s+",
    re.IGNORECASE,
)
# 本报讯（记者 张三）, 〔記者張三／某地報導〕
_REPORTED = re.compile(
    r"(?:本报讯|本報訊)?\s?[（(〔【](?:本报|本報)?(?:记者|記者)\s?(?P<names>[\u4e00-\u9fff]{2,4}(?:[、，,\s][\u4e00-\u9fff]{2,4})*)"
    r"(?:[／/][\u4e00-\u9fff]{2,8})?[）)〕】]\s?"
)
_MAX_PLACE = 8
"""Words of the longest place with its date."""
_MAX_SMALL = 3
"""Letters of the longest word in small letters that stands in the name of a place."""

_MAX_SUBHEAD = 16.0
"""Words of the longest subhead."""
_MIN_LIST = 3
"""Short lines in a row that make a list."""


def paragraphs(
    lines: Sequence[Line], known: Sequence[Features], body: Sequence[int], *, language: str
) -> tuple[Paragraph, ...]:
    """
    Return the paragraphs of the article.

    Args:
        lines: All lines of the page, in order.
        known: Their features.
        body: Indexes of the article's lines, in order.
        language: BCP 47 tag of the article.
    """
    kinds = _kinds(lines, known, body)
    return tuple(
        paragraph(kind, lines[at].text, lines[at].raw, language=language) for at, kind in zip(body, kinds, strict=True)
    )


def paragraph(kind: ParagraphKind, text: str, raw: str, *, language: str) -> Paragraph:
    """Return one paragraph, the mark of its kind (a bullet, for example) taken off, and mended."""
    for mark in (
        _BULLET if kind == "item" else None,
        _HASHES if kind == "subhead" else None,
        _QUOTED if kind == "quote" else None,
    ):
        if mark is not None and mark.match(text):
            text, raw = mark.sub("", text, count=1), mark.sub("", raw, count=1)
    return Paragraph(kind=kind, text=mended(text, language=language), raw=raw)


def dateline(text: str) -> int:
    """Return how many characters of a lede are its dateline: place, date and agency, up to the dash."""
    head = text[:120]
    if match := _REPORTED.match(head):
        return match.end()
    if match := _WITH_AGENCY.match(head):
        is_place = _is_place(match["place"]) if match["dash"] else match["place"].isupper()
        return match.end() if is_place else 0
    if (match := _WITH_DAY.match(head)) and (match["month"] or match["first"]).casefold() in months():
        return match.end() if _is_place(match["place"]) else 0
    match = _IN_CAPITALS.match(head)
    # What comes again in capitals is an acronym, and the dash opens a remark on it.
    if match is None or (not match["day"] and match["place"].strip() in text[match.end() :]):
        return 0
    return match.end()


def reporters(text: str) -> tuple[str, ...]:
    """Return the names in the brackets with which a lede in Chinese says who reported it."""
    match = _REPORTED.match(text[:120])
    return tuple(name for name in re.split(r"[、，,\s]+", match["names"]) if name) if match else ()


def _is_place(text: str) -> bool:
    """Return whether *text* may be a place with a day: capitals, numbers, months, and small words between them."""
    words = [word.strip(".,") for word in text.split()]
    small = (w for w in words if w[:1].islower() and len(w) > _MAX_SMALL and w not in months())
    return text[0].isupper() and len(words) <= _MAX_PLACE and next(small, None) is None


def _kinds(lines: Sequence[Line], known: Sequence[Features], body: Sequence[int]) -> list[ParagraphKind]:
    rows = [_is_row(lines[at].raw) for at in body]
    alone = [not is_row and not _is_apart(lines[at].text) for is_row, at in zip(rows, body, strict=True)]
    runs = _runs([can and _is_short(lines[at].text, known[at]) for can, at in zip(alone, body, strict=True)])
    kinds: list[ParagraphKind] = []
    for place, at in enumerate(body):
        text = lines[at].text
        if rows[place]:
            kinds.append("table")
        elif lines[at].mark == HEADING or _HASHES.match(text) or is_clock(text):
            kinds.append("subhead")
        elif lines[at].mark == CITED or _QUOTED.match(text):
            kinds.append("quote")
        elif lines[at].mark == ITEM or _is_item(lines, body, place):
            kinds.append("item")
        elif runs[place]:
            kinds.append("item" if runs[place] >= _MIN_LIST else "subhead")
        else:
            kinds.append("text")
    return kinds


def _is_apart(text: str) -> bool:
    """Return whether a line is no part of a list that short lines in a row make: it has a bullet, or is a time."""
    return _BULLET.match(text) is not None or is_clock(text)


def _is_row(raw: str) -> bool:
    return ("\t" in raw or "|" in raw) and _COLUMNS.search(raw) is not None


def _is_short(text: str, known: Features) -> bool:
    """Return whether a line is no sentence and short enough for a subhead."""
    if known.words > _MAX_SUBHEAD or text[-1] in ":;,…：；，":
        return False
    return not known.ends or (text[-1] in "?？!！" and known.words <= 0.8 * _MAX_SUBHEAD and text[0] not in "\"“„«‘'「")


def _is_item(lines: Sequence[Line], body: Sequence[int], place: int) -> bool:
    """Return whether a line has a bullet and is no speech, or a number and a numbered line beside it."""
    text = lines[body[place]].text
    beside = [lines[body[p]].text for p in (place - 1, place + 1) if 0 <= p < len(body)]
    if _BULLET.match(text):
        is_listed = any(other[:2] == text[:2] for other in beside)
        return text[0] not in _DASHES or not is_closed(text) or (is_listed and not _SPEECH.match(text))
    return _NUMBER.match(text) is not None and any(_NUMBER.match(other) for other in beside)


def _runs(short: Sequence[bool]) -> list[int]:
    """Return for each line how many short ones stand together there, 0 for one that is not short."""
    runs: list[int] = []
    for is_short, together in groupby(short):
        count = len(list(together))
        runs += [count if is_short else 0] * count
    return runs
