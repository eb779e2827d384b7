"""
A page in, what may be the day of its publication out.

Days stand in JSON-LD, in meta elements, in `time` elements, in the lines of the page and in the address. What names a
day speaks for it: what it says of the day, where it stands and with how many others, and whether it is made to hold a
date. Those of other articles and of comments are left out.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import get_args

from digest.extract.dates import PUBLISHED, UPDATED, find_dates, last_match
from digest.extract.lexicon import listed
from digest.extract.stated.linked import text_of
from digest.extract.stated.outline import Region
from digest.extract.stated.page import Layout, Page, Place
from digest.extract.stated.ranking import Candidate
from digest.model import Dated

_PUBLISHED = re.compile(rf"{PUBLISHED}|created|written on|date:", re.IGNORECASE)
_UPDATED = re.compile(rf"{UPDATED}|revis|as of|stand:", re.IGNORECASE)
_OTHER = re.compile(
    r"deadline|expires?|until|born|event|copyright|©|since|join|webinar|from|version|effective", re.IGNORECASE
)
_META_PUBLISHED = re.compile(
    r"^published$|publi.*(?:date|time|at)|(?:date|time).*publi|pubdate|date.*creat|creat.*date|release.?date"
)
_META_UPDATED = re.compile(r"modif|updat|revis")
_META_DATE = re.compile(r"(?:^|[._:-])date(?:$|[._:-])")
_LINKED = {"datePublished": "published", "dateCreated": "created", "uploadDate": "created", "dateModified": "modified"}
_CALLED_DATE = re.compile(r"date|publish|posted|time|meta|byline|info")
_IN_PATH = re.compile(r"/((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?!\d)")

_MAX_VALUE = 100
_MAX_TIMES = 60
_MAX_DAYS = 300
_BEFORE, _BEHIND = 40, 20
"""Characters before and behind a date that say what it is."""
_MAX_LABEL = 30
"""Characters of a line that says what the date on the next one is."""
_SEEN = ("seen-head", "seen-above", "seen-near")
_TIMED = ("time-head", "time-above", "time-near")
_TOLD = ("ld-", "meta-")
_STANDS = tuple(f"{how}-{where}" for how in ("seen", "time") for where in (*get_args(Place), *get_args(Region)))
"""How the names of features begin that say where a day stands."""
_GROUNDS = (*_TOLD, *_SEEN, *_TIMED, "url", "stands-alone", "stands-with-few")
"""Any of these makes a day a candidate: one that only stands in a list, far from the headline, is none."""
_OF_OTHERS = frozenset({"more", "talk"})
"""Regions whose days are those of other articles and of comments."""
_FEW = 2
"""Days that stand together while they do not look like a list of other articles."""


def moments(page: Page, place: Layout) -> list[Candidate[Dated]]:
    """Return the days on which *page* may have been published, each with the time of day that is known of it."""
    found: dict[date, Candidate[Dated]] = {}
    for dated, features in (*_told(page), *_times(page, place), *_seen(page, place)):
        one = found.setdefault(dated.value.date(), Candidate(dated))
        one.add(*features)
        if _exactness(dated) > _exactness(one.value):
            one.value = dated
    days = list(found.values())[:_MAX_DAYS]
    _count(days)
    candidates = [one for one in days if one.has(*_GROUNDS)]
    _compare(candidates)
    return candidates


def _exactness(dated: Dated) -> tuple[bool, bool]:
    return dated.precision == "minute", dated.zone_known


def _told(page: Page) -> Iterator[tuple[Dated, Sequence[str]]]:
    """Yield the dates that JSON-LD, meta elements and the address give."""
    values = [
        (text_of(node.get(key)), f"ld-{part}-{kind}")
        for part, node in page.linked.nodes
        for key, kind in _LINKED.items()
    ]
    values += [(texts[0], f"meta-{kind}") for name, texts in page.meta.items() if (kind := _meta_kind(name))]
    if path := _IN_PATH.search(page.url or ""):
        values.append(("-".join(path.groups()), "url"))
    for text, feature in values:
        for one in find_dates((text or "")[:_MAX_VALUE], language=page.language)[:1]:
            yield one.dated, [feature]


def _meta_kind(name: str) -> str | None:
    if name == "og:updated_time":
        return "og-updated"
    if _META_UPDATED.search(name):
        return "modified"
    if name in listed("meta_dates") or _META_PUBLISHED.search(name):
        return "published"
    return "date" if _META_DATE.search(name) else None


def _times(page: Page, place: Layout) -> Iterator[tuple[Dated, Sequence[str]]]:
    """Yield the dates of `time` elements and their like, those of other articles and of comments left out."""
    is_first = True
    for mark in page.outline.times[:_MAX_TIMES]:
        where = place.where[mark.at]
        if where in _OF_OTHERS:
            continue
        dates = (find_dates(text, language=page.language) for text in (mark.moment, mark.text))
        found = next(filter(None, dates), ())
        if not found:
            continue
        features = [f"time-{where}", f"time-{_label(f'{mark.names} {mark.text}')}"]
        if "datepublished" in mark.names or "pubdate" in mark.names:
            features.append("time-prop-published")
        if "datemodified" in mark.names:
            features.append("time-prop-modified")
        if is_first:
            features.append("time-first")
        is_first = False
        yield found[0].dated, features


def _seen(page: Page, place: Layout) -> Iterator[tuple[Dated, Sequence[str]]]:
    """Yield the dates that readers see, those of other articles and of comments left out."""
    is_first = True
    for at, (block, dates) in enumerate(zip(page.outline.blocks, page.dates, strict=True)):
        where = place.where[at]
        if not dates or where in _OF_OTHERS:
            continue
        beside = len(block.text) - sum(one.end - one.start for one in dates)
        length = "alone" if beside <= 4 else "short" if beside < 60 else "long"
        distance = abs(at - place.top)
        for count, one in enumerate(dates):
            label = _label(block.text[dates[count - 1].end if count else 0 : one.start][-_BEFORE:])
            if label == "plain" and count == 0:
                label = _label_beside(page, at)
            features = [f"seen-{label}", f"seen-{length}", f"seen-{where}-{label}", f"seen-{where}-{length}"]
            if f"seen-{where}" in _SEEN:
                features.append(f"seen-dist-{next(most for most in (2, 5, 10, 99) if distance <= most or most == 99)}")
                if is_first and label != "other":
                    features.append("seen-first")
                    is_first = False
            if _CALLED_DATE.search(block.names):
                features.append("seen-called-date")
            if _UPDATED.search(block.names):
                features.append("seen-called-updated")
            yield one.dated, features


def _label(text: str) -> str:
    """Return what *text* says that a date is: `published`, `updated`, `other`, or nothing (`plain`)."""
    published, updated = last_match(_PUBLISHED, text), last_match(_UPDATED, text)
    if published < 0 and updated < 0:
        return "other" if _OTHER.search(text) else "plain"
    return "published" if published > updated else "updated"


def _label_beside(page: Page, at: int) -> str:
    """Return what is said behind the only date of a line or, when it begins the line, on the line above."""
    text, dates = page.outline.blocks[at].text, page.dates[at]
    above = page.outline.blocks[at - 1].text if at else ""
    if not text[: dates[0].start].strip() and 0 < len(above) < _MAX_LABEL and (label := _label(above)) != "plain":
        return label
    label = _label(text[dates[0].end : dates[0].end + _BEHIND]) if len(dates) == 1 else "plain"
    return label if label in {"published", "updated"} else "plain"


def _compare(candidates: Sequence[Candidate[Dated]]) -> None:
    """Note how the candidates stand to each other."""
    strong = [one for one in candidates if one.has(*_TOLD, *_SEEN, *_TIMED)]
    days = [one.value.value.date() for one in strong]
    shown = [
        one for one in candidates if any(name.startswith(_SEEN) and not name.endswith("other") for name in one.features)
    ]
    for one in candidates:
        day = one.value.value.date()
        kinds = sum(map(one.has, ("ld-", "meta-", "seen-head", "time-", "url")))
        told, near = one.has(*_TOLD), one.has(*_SEEN)
        one.add("any", f"kinds-{min(kinds, 4)}")
        if day in days:
            one.add(_place(day, days))
        if told and near:
            one.add("told-and-seen")
        if any(abs((day - other).days) == 1 for other in days):
            one.add("day-apart")
        if shown == [one]:
            one.add("only-seen")
        if not shown:
            one.add(*(f"unseen-{name}" for name in list(one.features) if name.startswith(_TOLD)))


def _count(candidates: Sequence[Candidate[Dated]]) -> None:
    """Note how many candidates stand where each of them does: a list of days is one of other articles."""
    for where in _STANDS:
        there = [one for one in candidates if one.has(where)]
        count = len(there)
        for one in there:
            one.add("stands-alone" if count == 1 else "stands-with-few" if count <= _FEW else "stands-in-list")


def _place(day: date, days: Sequence[date]) -> str:
    """Return where a day stands among *days*, which it is one of."""
    if len(days) == 1:
        return "only"
    if day == min(days):
        return "earliest"
    return "latest" if day == max(days) else "between"
