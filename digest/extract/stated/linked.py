"""
A parsed page in, its JSON-LD (schema.org) out: the objects that are or hold the article, references resolved.

A page may tell of many articles; the one that has a headline or a date and stands first is its own.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from digest.extract.decode import clean

if TYPE_CHECKING:
    from lxml.etree import _Element

Part = Literal["article", "page", "other"]

Node = Mapping[str, Any]

_ARTICLES = re.compile(r"Article|Posting|Report|NewsItem|LiveBlog", re.IGNORECASE)
_PAGES = re.compile(r"^(?:\w*WebPage|AboutPage|ItemPage|Blog|Recipe|HowTo|CreativeWork|LearningResource|Course)$")
_CDATA = re.compile(r"^\s*(?://)?\s*<!\[CDATA\[|(?://)?\s*\]\]>\s*$|^\s*<!--|-->\s*$")
_MAX_JSON = 500_000
"""Characters of the largest block that is read."""
_MAX_NODES = 5000
_MAX_DEPTH = 3
"""References that are followed one from another."""


@dataclass(frozen=True, slots=True)
class Linked:
    """What a page's JSON-LD says."""

    nodes: Sequence[tuple[Part, Node]] = ()
    """Objects that are an article, its page or a like work, in their order; the first article is the page's own."""
    people: Sequence[Node] = ()
    by_id: Mapping[str, Node] = field(default_factory=dict)

    @property
    def article(self) -> Node:
        """The page's own article, empty if there is none."""
        return next((node for part, node in self.nodes if part == "article"), {})

    def resolved(self, value: object) -> Iterator[Node]:
        """Yield the objects that *value* holds or points to; a text stands for an object of that name."""
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str):
                yield self.by_id.get(one, {"name": one})
            elif isinstance(one, dict):
                for _ in range(_MAX_DEPTH):
                    target = self.by_id.get(str(one.get("@id"))) if "name" not in one else None
                    if target is None or target is one:
                        break
                    one = target  # noqa: PLW2901 -- a reference may lead to another
                yield one


def linked_data(tree: "_Element") -> Linked:
    """Return what the JSON-LD of the page at *tree* says."""
    nodes: list[tuple[Part, Node]] = []
    people: list[Node] = []
    by_id: dict[str, Node] = {}
    own = False
    for node in _nodes(tree):
        kinds = _kinds(node)
        if isinstance(key := node.get("@id"), str) and len(node) > 1 and ("name" in node or key not in by_id):
            by_id[key] = node
        if any(map(_ARTICLES.search, kinds)):
            is_own = not own and ("headline" in node or "datePublished" in node)
            own = own or is_own
            nodes.append(("article" if is_own else "other", node))
        elif any(map(_PAGES.search, kinds)):
            nodes.append(("page", node))
        elif "Person" in kinds:
            people.append(node)
    return Linked(nodes, people, by_id)


def text_of(value: object) -> str | None:
    """Return *value* as one clean line when it is text."""
    line = " ".join(clean(value).split()) if isinstance(value, str) else ""
    return line or None


def is_organization(node: Node) -> bool:
    """Return whether a node says of itself that it is no person."""
    return any(re.search(r"Organi[sz]ation|Corporation|Business|Brand", kind) for kind in _kinds(node))


def _kinds(node: Node) -> list[str]:
    kind = node.get("@type")
    return [one for one in (kind if isinstance(kind, list) else [kind]) if isinstance(one, str)]


def _nodes(tree: "_Element") -> Iterator[Node]:
    """Yield all objects, outer ones first."""
    for script in tree.iter("script"):
        source = script.text or ""
        if "ld+json" not in (script.get("type") or "") or len(source) > _MAX_JSON:
            continue
        try:
            waiting = [json.loads(_CDATA.sub("", source), strict=False)]
        except (ValueError, RecursionError):
            continue
        for value in _within(waiting):
            if isinstance(value, dict):
                yield value


def _within(waiting: list[Any]) -> Iterator[object]:
    for at in range(_MAX_NODES):
        if at >= len(waiting):
            return
        value = waiting[at]
        yield value
        if isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
