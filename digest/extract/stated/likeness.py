"""
Candidates for a byline in, what they are like noted on each.

Whether names are those of people, of the site or of neither; whether their words are common on the page, as those of
menus are; whether another candidate holds them, or signs the article where readers see it.
"""

import re
from collections.abc import Sequence

from digest.extract.bylines import NAME, is_person
from digest.extract.stated.page import Page
from digest.extract.stated.ranking import Candidate
from digest.extract.stated.readings import Names, has_role
from digest.text import plain

_SIGNED = (
    "line-head-labelled",
    "line-near-labelled",
    "line-head-below-label",
    "mark-head-byline",
    "mark-head-author",
    "mark-head-link",
    "mark-head-author-name",
)
_ORIGINS = (
    "ld-article-",
    "ld-page-",
    "ld-other-",
    "meta-author",
    "meta-article:author",
    "meta-twitter",
    "mark-head",
    "mark-near",
    "mark-foot",
    "line-head-labelled",
    "line-near-labelled",
    "line-head-bare",
    "line-below-label",
)
_KINDS = (
    *("ld-article", "ld-page", "ld-person", "meta-"),
    *("mark-above", "mark-head", "mark-near", "mark-deep", "mark-foot"),
    *("line-above", "line-head", "line-near", "line-foot"),
)
_WORD = re.compile(r"\w")
_MAX_LINE = 80
"""Characters of the longest line in which a name stands for itself."""


def compare(page: Page, candidates: Sequence[Candidate[Names]]) -> None:
    """Note what *candidates* are like and how they stand to each other."""
    keys = [frozenset(map(plain, one.value)) for one in candidates]
    lines = "\n".join(block.text.casefold() for block in page.outline.blocks if len(block.text) < _MAX_LINE)
    text = "\n".join(block.text for block in page.outline.blocks)
    title = plain(page.title or "")
    signed = [
        at
        for at, one in enumerate(candidates)
        if not one.features.keys().isdisjoint(_SIGNED) and all(map(_is_name, one.value))
    ]
    for at, (one, key) in enumerate(zip(candidates, keys, strict=True)):
        one.add("any", *_shape(one), *_origins(one), *_common(one, text), *_of_site(key, page.sites))
        if signed and at not in signed and all(key.isdisjoint(keys[other]) for other in signed):
            one.add("rival-signed")
        if signed == [at]:
            one.add("only-signed")
        if any(key < other for other in keys):
            one.add("part-of-other")
        if any(key > other for other in keys):
            one.add("holds-other")
        if any(name in title for name in key):
            one.add("in-title")
        count = max(lines.count(name.casefold()) for name in one.value)
        one.add(f"seen-{next(least for least in (4, 2, 1, 0) if count >= least)}")


def _of_site(key: frozenset[str], sites: frozenset[str]) -> list[str]:
    if not key.isdisjoint(sites):
        return ["site"]
    is_like = any(name in site or site in name for name in key for site in sites if len(name) > 3)
    return ["site-like"] if is_like else []


def _common(one: Candidate[Names], text: str) -> list[str]:
    """Return whether the words of names stand in *text* in small letters too."""
    words = [_is_common(word.lower(), text) for name in one.value for word in name.split() if len(word) > 2]
    return [*(["common-words"] if any(words) else []), *(["all-common-words"] if all(words) else [])]


def _is_common(word: str, text: str) -> bool:
    """Return whether *word* stands in *text* and is no part of another word there."""
    at = text.find(word)
    while at >= 0:
        if not _WORD.match(text, at + len(word)) and not (at and _WORD.match(text, at - 1)):
            return True
        at = text.find(word, at + 1)
    return False


def _is_name(name: str) -> bool:
    return NAME.fullmatch(name) is not None and is_person(name)


def _shape(one: Candidate[Names]) -> list[str]:
    names = one.value
    found = [f"n-{min(len(names), 3)}"]
    if all(map(_is_name, names)):
        return [*found, "person"]
    found.append("not-person")
    words = [word for name in names for word in name.split()]
    if not all(map(is_person, names)):
        found.append("desk-word")
    if len(words) == 1:
        found.append("one-word-upper" if words[0][0].isupper() else "one-word-lower")
    elif any(word[0].islower() for word in words):
        found.append("lower-words")
    if any(char.isdigit() for name in names for char in name):
        found.append("digit")
    if all(name[0].isupper() for name in names):
        found.append("capital")
    if any(map(has_role, names)):
        found.append("role-word")
    if any(len(name.split()) >= 4 for name in names):
        found.append("long")
    return found


def _origins(one: Candidate[Names]) -> list[str]:
    who = "person" if all(map(_is_name, one.value)) else "other"
    found = [f"{who}:{origin}" for origin in _ORIGINS if one.has(origin)]
    found.append(f"kinds-{min(sum(map(one.has, _KINDS)), 5)}")
    if one.has("ld-article", "ld-page", "meta-"):
        found.append("told-and-seen" if one.has("mark-", "line-") else "unseen")
    return found
