"""
A page in, what may be its headline out.

It stands in the page's headings, in Open Graph, in JSON-LD and in the title, there often with the name of the site
beside it or reworded for search engines. What each says speaks for it, and how far the others agree.
"""

import re
from bisect import bisect
from collections.abc import Iterator, Sequence

from digest.extract.lexicon import WORD
from digest.extract.stated.linked import text_of
from digest.extract.stated.outline import Mark
from digest.extract.stated.page import Page
from digest.extract.stated.ranking import Candidate
from digest.text import plain

_BAR = re.compile(r"\s+(?:[|»•·–—-]|::)\s+|\s*\|\s*")
_CALLED = re.compile(r"headline|(?:post|entry|article|story|page|blog|hero)[-_ ]*(?:title|header|heading)")
_META = ("headline", "dc.title", "parsely-title", "sailthru.title", "citation_title")
_SHARED = ("og:title", "twitter:title")
_MAX_HEADINGS = 40
_MAX_CHARS = 300
_SOON = 12
"""Lines below a headline among which its text begins."""


def headlines(page: Page) -> list[Candidate[str]]:
    """Return what may be the headline of *page*, headings first."""
    found: dict[str, Candidate[str]] = {}
    for text, features in _said(page):
        if text and len(text) <= _MAX_CHARS and (key := _key(text)):
            found.setdefault(key, Candidate(text)).add(*features)
    candidates = list(found.values())
    _compare(page, candidates)
    return candidates


def _said(page: Page) -> Iterator[tuple[str | None, Sequence[str]]]:
    """Yield each text that may be the headline, with what speaks for it."""
    headings = [mark for mark in page.outline.headings if mark.text]
    firsts = [mark for mark in headings if mark.tag == "h1"]
    for mark in headings[:_MAX_HEADINGS]:
        yield mark.text, list(_heading(page, mark, firsts, is_first=mark is headings[0]))
    for name in _SHARED:
        yield page.said(name), [name]
        yield from ((cut, [f"{name}-cut"]) for cut in _cuts(page.said(name)))
    for part, node in page.linked.nodes:
        if part != "other":
            yield text_of(node.get("headline")), [f"ld-{part}-headline"]
            yield text_of(node.get("name")), [f"ld-{part}-name"]
    yield page.title, ["title"]
    yield from ((cut, ["title-cut"]) for cut in _cuts(page.title))
    for name in _META:
        yield page.said(name), ["meta-title"]


def _heading(page: Page, mark: Mark, firsts: Sequence[Mark], *, is_first: bool) -> Iterator[str]:
    """Yield what a heading is like."""
    tag = mark.tag if mark.tag in {"h1", "h2", "h3"} else "other"
    yield tag
    if tag == "h1":
        yield "h1-only" if len(firsts) == 1 else "h1-first" if mark is firsts[0] else "h1-later"
    elif not firsts:
        yield f"{tag}-no-h1"
        if is_first:
            yield f"{tag}-no-h1-first"
    if _CALLED.search(mark.names):
        yield f"called-{tag}"
    regions = page.regions(mark.at)
    if "site" in regions:
        yield "in-site"
    if regions - {"site"}:
        yield "in-more"
    below = bisect(page.paragraphs, mark.at)
    if below < len(page.paragraphs) and page.paragraphs[below] - mark.at <= _SOON:
        yield f"text-soon-{tag}"
    if below == 0:
        yield "before-text"


def _cuts(title: str | None) -> Iterator[str]:
    """Yield what is left of a title without what stands behind its last and its first bar, and before the first."""
    bars = list(_BAR.finditer(title or ""))
    if title and bars:
        yield title[: bars[-1].start()]
        yield title[: bars[0].start()]
        yield title[bars[0].end() :]


def _compare(page: Page, candidates: Sequence[Candidate[str]]) -> None:
    """Note what the candidates are like and how they agree with each other."""
    keys = [_key(one.value) for one in candidates]
    words = [frozenset(key.split()) for key in keys]
    groups = {
        "title": [at for at, one in enumerate(candidates) if "title" in one.features],
        "og": [at for at, one in enumerate(candidates) if not one.features.keys().isdisjoint(_SHARED)],
        "ld": [at for at, one in enumerate(candidates) if "ld-article-headline" in one.features],
        "h1": [at for at, one in enumerate(candidates) if "h1" in one.features],
    }
    for at, one in enumerate(candidates):
        one.add("any", _length(one.value), f"kinds-{_kinds(one)}")
        for name, group in groups.items():
            if not group:
                one.add(f"no-{name}")
                continue
            likeness = max(len(words[at] & words[other]) / len(words[at] | words[other]) for other in group)
            one.features[f"like-{name}"] = round(likeness, 3)
            others = [keys[other] for other in group if other != at]
            if any(keys[at] in other for other in others):
                one.add(f"in-{name}")
            if any(other in keys[at] for other in others):
                one.add(f"holds-{name}")
        text = plain(one.value)
        if text in page.sites:
            one.add("site-name")
        elif any(site in text for site in page.sites):
            one.add("has-site-name")
        if _BAR.search(one.value):
            one.add("has-bar")


def _kinds(one: Candidate[str]) -> int:
    """Return how many kinds of places name a candidate."""
    kinds = (("h1",), ("og:title", "twitter:title"), ("ld-article-headline", "ld-page-name"), ("title",))
    return sum(one.has(*kind) for kind in kinds)


def _length(text: str) -> str:
    count = len(text.split())
    shortest = next(least for least in (19, 5, 3, 2, 0) if count >= least)
    return f"words-{shortest}"


def _key(text: str) -> str:
    return " ".join(WORD.findall(plain(text)))
