"""
The outline of a page in, one row of numbers a line out: what the line stands in, and what it is made of.

What follows from how likely lines are to be the article's is the work of `digest.extract.web.company`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digest.extract.trained.arrays import Floats, distinct, is_among, signed_log
from digest.extract.trained.said import whole_lines
from digest.extract.trained.signs import Signs
from digest.extract.web.containers import LEVELS, Layout, with_those_around
from digest.extract.web.outline import TAGS, Outline

_H1, _H6 = TAGS.index("h1"), TAGS.index("h6")
_KINDS: Mapping[str, Sequence[str]] = {
    "p": ("p",),
    "div": ("div",),
    "item": ("li", "dt", "dd"),
    "cell": ("td", "th"),
    "heading": ("h1", "h2", "h3", "h4", "h5", "h6"),
    "other": ("",),
}
_INSIDE: Mapping[str, Sequence[str]] = {
    "article": ("article",),
    "main": ("main",),
    "section": ("section",),
    "nav": ("nav",),
    "header": ("header",),
    "footer": ("footer",),
    "aside": ("aside",),
    "form": ("form", "fieldset", "label", "button", "dialog"),
    "figure": ("figure", "figcaption", "picture"),
    "table": ("table",),
    "list": ("ul", "ol", "dl"),
    "quote": ("blockquote",),
    "details": ("details",),
    "pre": ("pre",),
}
_IS = np.array([[tag in tags for tags in _KINDS.values()] for tag in TAGS])
"""Of which kinds each tag is, shape (tags, kinds)."""
_HOLDS = np.array([[tag in tags for tags in _INSIDE.values()] for tag in TAGS]).astype(np.int64)
_MIN_PROSE = 8.0
"""Words of a sentence that counts as prose."""
_MOST = 3
"""Elements of a kind around a line that are counted."""

Columns = dict[str, NDArray[Any]]


def features(page: Outline, signs: Signs, title: Signs, layout: Layout) -> Columns:
    """
    Return what is known of each line, by column.

    Args:
        page: With n lines.
        signs: Of its lines.
        title: Of the title that the page has for browsers.
        layout: Of the page.
    """
    n = len(page.lines)
    stops = np.bincount(signs.line, weights=signs.stop, minlength=n) / np.maximum(1, signs.tokens)
    _, group, times = np.unique(whole_lines(signs), return_inverse=True, return_counts=True)
    columns: Columns = {
        "log words": np.log1p(signs.words),
        "ends": signs.ends,
        "repeats": np.log1p(np.where(signs.tokens > 0, times[group] - 1, 0)),
        "stops": stops,
        "title": _likeness(signs, title),
        "page": np.full(n, np.log1p(signs.words.sum())),
        "log lines": np.full(n, np.log1p(n)),
        "place": np.arange(n) / max(1, n - 1),
    }
    columns |= _markup(page)
    columns |= _beside(page, signs.words)
    columns |= _containers(page, signs, stops, layout)
    return columns


def _likeness(signs: Signs, title: Signs) -> Floats:
    """Return how alike each line and the title are: the share of its words in the title times the other way."""
    n = len(signs.size)
    sought = distinct(title.code)
    pairs = distinct(signs.line.astype(np.int64) << 32 | signs.code)
    line, code = pairs >> 32, (pairs & 0xFFFFFFFF).astype(np.uint32)
    shared = np.bincount(line, weights=is_among(code, sought), minlength=n)
    alike: Floats = shared**2 / np.maximum(1, np.bincount(line, minlength=n)) / max(1, len(sought))
    return alike


def _markup(page: Outline) -> Columns:
    n = len(page.lines)
    tag = page.tag[page.block]
    found: Columns = {f"is {name}": _IS[tag, which] for which, name in enumerate(_KINDS)}
    is_heading = found["is heading"] > 0
    level = np.where(is_heading, tag - _H1 + 1, 0)
    found["level"] = level
    inside = with_those_around(page, np.concatenate((_HOLDS[page.tag], page.hidden[:, None]), axis=1))
    for which, name in enumerate((*_INSIDE, "hidden")):
        found[f"in {name}"] = np.minimum(inside[page.block, which], _MOST)
    found |= {"depth": page.depth[page.block], "link": page.link, "bold": page.bold, "broken": page.broken}
    found["images"] = np.minimum(page.images, _MOST)
    found["images below"] = np.minimum(np.concatenate((page.images[1:], [0])), _MOST)
    at = np.arange(n)
    first = np.flatnonzero(tag == _H1)
    found["h1 above"] = np.minimum(np.cumsum(tag == _H1), _MOST)
    found["from h1"] = signed_log(at - first[0]) if len(first) else np.full(n, -9.0)
    last = np.maximum.accumulate(np.where(is_heading, at, -1))
    found["from heading"] = np.log1p(at - last)
    found["of heading"] = np.where(last >= 0, level[np.maximum(last, 0)], 0)
    return found


def _beside(page: Outline, words: Floats) -> Columns:
    """Return what the lines above and below are like."""
    n = len(page.lines)
    at = np.arange(n)
    parent, make, depth = (of[page.block] for of in (page.parent, page.alike, page.depth))
    found: Columns = {}
    for name, step in (("above", -1), ("below", 1)):
        is_there = (at + step >= 0) & (at + step < n)
        other = np.clip(at + step, 0, n - 1)
        found[f"words {name}"] = np.where(is_there, np.log1p(words[other]), -1)
        found[f"link {name}"] = np.where(is_there, page.link[other], -1)
        found[f"same block {name}"] = is_there & (page.block[other] == page.block)
        found[f"same parent {name}"] = is_there & (parent[other] == parent)
        found[f"same make {name}"] = is_there & (make[other] == make)
        found[f"deeper {name}"] = np.where(is_there, np.clip(depth[other] - depth, -6, 6), 0)
    return found


def _containers(page: Outline, signs: Signs, stops: Floats, layout: Layout) -> Columns:
    """Return what the containers of each line are like, from the innermost one."""
    at = np.arange(len(page.lines))
    words = signs.words
    size = layout.within(words)
    linked = layout.within(words * page.link)
    stopped = layout.within(words * stops)
    prose = layout.within(words * signs.ends * (page.link < 0.5) * (words >= _MIN_PROSE))
    lines = (page.last - page.first).astype(np.float64)
    children = np.bincount(np.maximum(layout.up, 0), minlength=len(layout.up))
    found: Columns = {}
    for level in range(LEVELS):
        here, is_there = layout.container[level], layout.is_there[level]
        per_word = 1 / (size[here] + 1)
        shown = {
            "lines": np.log1p(lines[here]),
            "size": size[here] / (size[0] + 1),
            "linked": linked[here] * per_word,
            "prose": prose[here] * per_word,
            "prose of page": prose[here] / (prose[0] + 1),
            "stops": stopped[here] * per_word,
        }
        if level:
            shown["at"] = (at - page.first[here]) / np.maximum(1, lines[here] - 1)
            shown["to end"] = np.log1p(np.maximum(0, page.last[here] - 1 - at))
            shown["children"] = np.log1p(children[here])
        found |= {f"{name} {level}": np.where(is_there, value, -1) for name, value in shown.items()}
    return found
