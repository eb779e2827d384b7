"""
A page in, what may be its byline out.

Names stand in JSON-LD, in meta elements, in elements that sites call author or byline, behind `By` in the lines
around the headline and in boxes about the author. What gives them speaks for them, and so does what they are like.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from digest.extract.bylines import NAME, bare_names, is_person
from digest.extract.stated.likeness import compare
from digest.extract.stated.linked import Node, is_organization, text_of
from digest.extract.stated.outline import Mark
from digest.extract.stated.page import Layout, Page
from digest.extract.stated.ranking import Candidate
from digest.extract.stated.readings import MAX_CHARS, Names, has_role, is_of_others, label_end, readings, undated
from digest.text import plain

_META = ("author", "article:author")
_META_OTHER = re.compile(r"author|byline|creator|^byl$")
_META_NOT = re.compile(r"id$|url|image|twitter:creator|email|link|avatar|desc")
_WRITTEN = re.compile(r"written|author|geschrieben|verfasst|écrit|escrito|by", re.IGNORECASE)
_NAME_OF_AUTHOR = re.compile(r"author[-_]*(?:name|title|link)|name.*author|(?<![a-z])fn(?![a-z])")
_ONLY_AUTHOR = re.compile(r"author\b|.*\bauthor$")
_BESIDE_NAME = re.compile(r"\s*[,|•·–—-]")
_NEAR = ("head", "above", "near")
_MAX_MARKS = 60
_MAX_CANDIDATES = 300
_MAX_LIST = 12
_MAX_BARE = 90
"""Characters of the longest line that holds names alone."""
_APART = 8
"""Lines between the elements of a byline."""
# Any of these makes names a candidate.
_GROUNDS = ("ld-", "meta-", "mark-")
_LINE_GROUNDS = ("-labelled", "-below-label", "-bare-dated", "-bare-dist-3", "-role")

Said = tuple[Names, Sequence[str]]
"""Names, and what speaks for them."""


def authors(page: Page, place: Layout) -> list[Candidate[Names]]:
    """Return who may have written what stands on *page*."""
    found: dict[frozenset[str], Candidate[Names]] = {}
    for names, features in (*_linked(page), *_meta(page), *_marked(page, place), *_lines(page, place)):
        found.setdefault(frozenset(map(plain, names)), Candidate(names)).add(*features)
    candidates = [
        one
        for one in found.values()
        if one.has(*_GROUNDS) or any(name.startswith("line-") and name.endswith(_LINE_GROUNDS) for name in one.features)
    ]
    candidates = candidates[:_MAX_CANDIDATES]
    compare(page, candidates)
    return candidates


def _read(page: Page, text: str, *features: str, shown: bool = False) -> Iterator[Said]:
    for names, how in readings(text, language=page.language, shown=shown):
        yield names, [*features, f"read-{how}"]


def _list(page: Page, texts: Sequence[str], *features: str) -> Iterator[Said]:
    """Yield what *texts*, one author each, give together, and what a single one can mean."""
    firsts = (next(readings(text, language=page.language, shown=False), ((), "")) for text in texts)
    names = tuple(dict.fromkeys(name for first, _ in firsts for name in first))[:_MAX_LIST]
    if names:
        yield names, [*features, "read-list" if len(texts) > 1 else "read-one"]
    if len(texts) == 1:
        yield from _read(page, texts[0], *features)


def _linked(page: Page) -> Iterator[Said]:
    """Yield the authors that JSON-LD gives, people apart from organisations."""
    for part, node in page.linked.nodes:
        for key in ("author", "creator"):
            told = [
                (name, is_organization(one)) for one in page.linked.resolved(node.get(key)) for name in _names_of(one)
            ]
            people = [name for name, is_other in told if not is_other]
            if people:
                yield from _list(page, people, f"ld-{part}-person")
            if len(people) < len(told):
                yield from _list(page, [name for name, _ in told], f"ld-{part}-organization")
    for one in page.linked.people[:3]:
        for name in _names_of(one):
            yield from _read(page, name, "ld-person-node")


def _names_of(node: Node) -> list[str]:
    names = node.get("name")
    return [text for name in (names if isinstance(names, list) else [names]) if (text := text_of(name))]


def _meta(page: Page) -> Iterator[Said]:
    for name, texts in page.meta.items():
        if name in _META:
            kind = name
        elif _META_OTHER.search(name) and not _META_NOT.search(name):
            kind = "author-other"
        else:
            continue
        yield from _read(page, texts[0], f"meta-{kind}")
        several = list(dict.fromkeys(texts))
        if 1 < len(several) <= _MAX_LIST:
            yield from _list(page, several, f"meta-{kind}")
    if _WRITTEN.search(page.said("twitter:label1") or ""):
        yield from _read(page, page.said("twitter:data1") or "", "meta-twitter-written")


def _marked(page: Page, place: Layout) -> Iterator[Said]:
    """Yield what stands in elements that are called author or the like."""
    marks = [(mark, where) for mark in page.outline.authors[:_MAX_MARKS] if (where := place.where[mark.at]) != "talk"]
    is_first = True
    near: list[tuple[Mark, str]] = []
    for mark, where in marks:
        strings = [string for string in mark.strings if any(map(str.isalnum, string))]
        text = " ".join(strings)
        call = _call(mark.names)
        features = [f"mark-{where}", f"mark-{call}", f"mark-{where}-{call}", *(["mark-first"] if is_first else [])]
        is_first = False
        if not strings or is_of_others(text):
            continue
        yield from _read(page, text, *features, "mark-whole", shown=True)
        while len(strings) > 1 and label_end(f"{strings[0]} ") >= len(strings[0]):
            features.append("mark-labelled")
            del strings[0]
        if strings[0] != text:
            yield from _read(page, strings[0], *features, "mark-string", shown=True)
        if where in _NEAR:
            near.append((mark, strings[0]))
    yield from _grouped(page, near)


def _grouped(page: Page, near: Iterable[tuple[Mark, str]]) -> Iterator[Said]:
    """Yield the names of elements of the same make near each other, one author each."""

    def make(one: tuple[Mark, str]) -> tuple[str, str]:
        return one[0].tag, one[0].names

    for _, same in groupby(sorted(near, key=lambda one: (make(one), one[0].at)), key=make):
        group = list(same)
        texts = list(dict.fromkeys(text for _, text in group))
        if 1 < len(texts) <= _MAX_LIST // 2 and group[-1][0].at - group[0][0].at <= _APART:
            yield from _list(page, texts, "mark-group")


def _call(names: str) -> str:
    """Return what an element is called: something of an author, or something that may be another's too."""
    if "author-link" in names:
        return "link"
    if _ONLY_AUTHOR.match(names):
        return "author"
    if "byline" in names or "by-line" in names:
        return "byline"
    if _NAME_OF_AUTHOR.search(names):
        return "author-name"
    return "author-other" if "author" in names else "other"


def _lines(page: Page, place: Layout) -> Iterator[Said]:
    """Yield what the lines say that readers see."""
    blocks = page.outline.blocks
    for at, block in enumerate(blocks):
        if len(block.text) > MAX_CHARS or at == place.top:
            continue
        where = place.where[at]
        if where == "talk":
            continue
        text = undated(block.text, language=page.language).strip(" |") if page.dates[at] else block.text
        end = label_end(text)
        if end and end >= len(text.rstrip(" :")):
            if at + 1 < len(blocks):
                below = f"line-{where}-below-label"
                yield from _read(page, blocks[at + 1].text, below, "line-below-label", shown=True)
        elif end:
            if where != "deep":
                features = (f"line-{where}-labelled", "line-labelled", f"line-dist-{_distance(place, at)}")
                yield from _read(page, text, *features, shown=True)
        elif where in _NEAR and len(text) < _MAX_BARE and block.tag not in {"h1", "h2"}:
            yield from _unlabelled(page, place, at, text)


def _unlabelled(page: Page, place: Layout, at: int, text: str) -> Iterator[Said]:
    """Yield the names of a line near the headline that holds nothing else, or besides them what their bearers do."""
    where, distance = place.where[at], _distance(place, at)
    dated = "dated" if place.is_dated(at) else "undated"
    if bare_names(text):
        features = [f"line-{where}-bare", "line-bare", f"line-bare-{dated}", f"line-bare-dist-{distance}"]
        if page.outline.blocks[at].linked:
            features.append("line-linked")
        yield from _read(page, text, *features, shown=True)
        return
    name = NAME.match(text)
    if name and is_person(name[0]) and _BESIDE_NAME.match(text, name.end()) and has_role(text[name.end() :]):
        yield from _read(page, name[0], f"line-{where}-role", "line-role", f"line-role-{dated}", shown=True)


def _distance(place: Layout, at: int) -> str:
    distance = abs(at - place.top)
    return "3" if distance <= 3 else "8" if distance <= 8 else "far"
