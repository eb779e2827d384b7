"""
A page's lines and the article that is on it in, which lines are the article's out.

Lines are matched with places of the article by runs of four words. The heaviest chain of lines that follow one another
both on the page and in the article is the article (a weighted longest increasing subsequence, by a Fenwick tree): so a
teaser that repeats the first sentence far above it is none of it.
"""

import re
from collections import Counter
from collections.abc import Sequence

TOKEN = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\u0e00-\u0e7f]"
    r"|[^\W\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\u0e00-\u0e7f]+"
)
"""The words of `cleaning.py`, the scorer."""
_RUN = 4
_MIN_SHARE = 0.5
"""Share of its runs that a line has in common with the article."""
_MIN_COPY = 8
"""Words of a line that belongs to the article wherever it stands."""
_REACH = 12
"""Lines around the article in which a line of few words can be its own."""

_Link = tuple[int, "_Link | None"]


def own_lines(lines: Sequence[str], article: str) -> list[bool]:
    """Return for each line whether it is the article's."""
    words = [tuple(TOKEN.findall(line)) for line in lines]
    text = TOKEN.findall(article)
    shares, places = _places(words, text, {tuple(TOKEN.findall(line)) for line in article.split("\n")})
    own = [False] * len(lines)
    for at in _chain(places, len(text)):
        own[at] = True
    said = {words[at] for at, is_own in enumerate(own) if is_own}
    for at, found in enumerate(words):
        if len(found) >= _MIN_COPY and shares[at] >= 0.6 and found not in said:
            own[at] = True
    sure = [at for at, is_own in enumerate(own) if is_own and len(words[at]) >= 6]
    if sure:
        for at in range(len(lines)):
            if len(words[at]) < _RUN and not sure[0] - _REACH <= at <= sure[-1] + _REACH:
                own[at] = False
    return own


def _places(
    words: Sequence[tuple[str, ...]], text: Sequence[str], whole: set[tuple[str, ...]]
) -> tuple[list[float], list[list[tuple[int, int, float]]]]:
    """Return how much of each line the article has, and where: begin, end, worth."""
    single: dict[str, list[int]] = {}
    for at, word in enumerate(text):
        single.setdefault(word, []).append(at)
    runs: dict[tuple[str, ...], list[int]] = {}
    for at in range(len(text) - _RUN + 1):
        runs.setdefault(tuple(text[at : at + _RUN]), []).append(at)
    shares = []
    places: list[list[tuple[int, int, float]]] = []
    for found in words:
        size = len(found)
        here: list[tuple[int, int, float]] = []
        share = 0.0
        if size >= _RUN:
            begins: Counter[int] = Counter()
            hits = 0
            for offset in range(size - _RUN + 1):
                at_once = runs.get(found[offset : offset + _RUN], [])
                hits += bool(at_once)
                begins.update(at - offset for at in at_once[:10])
            share = hits / (size - _RUN + 1)
            if share >= _MIN_SHARE:
                here = [
                    (max(0, begin), min(len(text), begin + size), count + 3.0)
                    for begin, count in begins.most_common(5)
                    if count >= 0.3 * hits
                ]
        elif size:
            worth = 0.3 * size + (size if found in whole else 0)
            starts = [at for at in single.get(found[0], [])[:150] if tuple(text[at : at + size]) == found]
            here = [(at, at + size, worth) for at in starts]
            share = float(bool(starts))
        shares.append(share)
        places.append(here)
    return shares, places


def _chain(places: Sequence[Sequence[tuple[int, int, float]]], length: int) -> list[int]:
    """Return the lines of the heaviest chain."""
    worths = [0.0] * (length + 2)
    ends: list[_Link | None] = [None] * (length + 2)

    def best_until(at: int) -> tuple[float, _Link | None]:
        found: tuple[float, _Link | None] = (0.0, None)
        while at > 0:
            if worths[at] > found[0]:
                found = (worths[at], ends[at])
            at -= at & -at
        return found

    for line, options in enumerate(places):
        steps = []
        for begin, end, worth in options:
            before, link = best_until(min(length, begin + min(2, (end - begin) // 4)) + 1)
            steps.append((before + worth, end, (line, link)))
        for value, end, link in steps:
            at = end + 1
            while at <= length + 1:
                if value > worths[at]:
                    worths[at], ends[at] = value, link
                at += at & -at
    chain = []
    link = best_until(length + 1)[1]
    while link is not None:
        chain.append(link[0])
        link = link[1]
    return chain
