"""
A page's lines in, the line that is the article's headline out.

Of the lines above the body, and the one that it begins with, the likeliest is taken (`heading`). A page's title often
carries the name of its site behind a bar; the name is told by what stands elsewhere on the page.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from digest.extract.features import Features
from digest.extract.heading import begins_with_headline, candidates
from digest.extract.lines import Line
from digest.extract.stated.ranking import likeliest

_MARK = re.compile(r"^#{1,6}\s+")
_SITE = re.compile(r"\s+(?:[|»•·–—-]|::)\s+(?=[^|»•·–—]{2,40}$)")


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline as the page gives it."""

    at: int
    """Index of its line."""
    text: str
    site: str | None
    """Name of the site, when the line carries it behind the headline."""


def find_headline(
    lines: Sequence[Line], known: Sequence[Features], body: Sequence[int], *, stops: frozenset[str]
) -> Headline | None:
    """Return the headline of the article, None when no line can be one; the arguments are those of `candidates`."""
    at = likeliest(candidates(lines, known, body, stops=stops), _learned())
    if at is None and begins_with_headline(lines, known, body):
        at = body[0]
    return None if at is None else without_site(lines, at)


@cache
def _learned() -> Mapping[str, Any]:
    learned: Mapping[str, Any] = json.loads((resources.files("digest.extract") / "headlines.json").read_text("utf-8"))
    return learned


def without_site(lines: Sequence[Line], at: int) -> Headline:
    """Return the headline at *at* without the name of the site behind it."""
    text = _MARK.sub("", lines[at].text)
    cut = _SITE.search(text)
    if cut is None:
        return Headline(at, text, None)
    front, site = text[: cut.start()], text[cut.end() :]
    shared = {line.text for line in lines}
    named = "|" in cut[0] or front in shared or any(site == line.text for line in lines)
    if not named or len(front.split()) < 2:
        return Headline(at, text, None)
    return Headline(at, front, site if front in shared or site in shared else None)
