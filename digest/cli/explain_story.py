"""The account of a story in, the lines that `digest explain` prints of it out."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from digest.cli.topic_lines import own_lines, suggested_lines

if TYPE_CHECKING:
    from digest.build.explaining import Account
    from digest.edition import Importance
    from digest.model import Article
    from digest.pipeline.reasons import Reasons

_COLUMN = 10
"""Columns of what stands before a line."""
_LEFT = 3
"""Sentences that were not quoted and are shown all the same."""


def lines_of(told: "Account") -> Iterator[str]:
    """Yield why a story stands where it stands, and what would put it right."""
    yield told.headline
    shown = f"shown in {', '.join(told.editions)}" if told.editions else "in no edition yet"
    yield f"{'':{_COLUMN}}  {told.path or f'story {told.id}'} · {shown}"
    for part in told.merged:
        yield f"{'':{_COLUMN}}  was once told apart: {part.headline} [{part.id}]"
    yield f"\nIn the open edition: {told.fate.outcome}, because {told.fate.reason}"
    if told.fate.importance:
        yield from _weighed(told.fate.importance, told.place)
    yield "\nIts articles:"
    yield from _articles(told)
    if told.reasons:
        yield from _sentences(told.reasons)
        yield from _topics(told.reasons)
    if told.topics:
        yield f"\nShown under: {'; '.join(told.topics)}"
    if told.corrections:
        yield f"\nPut right by {', '.join(told.corrections)}"
    yield "\nTo put something right, change one of these lines and copy it into digest.toml, under [overrides]:"
    yield from (f"{'':{_COLUMN}}  {line}" for line in told.lines)
    yield ""


def _weighed(importance: "Importance", place: tuple[int, int] | None) -> Iterator[str]:
    ranked = f", number {place[0]} of {place[1]}" if place else ""
    yield f"\nIts importance, {importance.total:.2f}{ranked}:"
    sources = ", ".join(f"{name}{'' if boost == 1 else f' × {boost:g}'}" for name, boost in importance.sources)
    number = sum(boost for _, boost in importance.sources)
    yield f"{importance.breadth:{_COLUMN}.2f}  log2(1 + {number:g}) for independent sources: {sources}"
    yield f"{importance.freshness:+{_COLUMN}.2f}  freshness, which halves every three days"
    if importance.boost != 1:
        yield f"{f'× {importance.boost:g}':>{_COLUMN}}  by rules"
    yield from (f"{'':{_COLUMN}}  {rule}" for rule in importance.rules)


def _articles(told: "Account") -> Iterator[str]:
    bonds = {bond.article: bond for bond in told.reasons.bonds} if told.reasons else {}
    for text in told.coverage:
        yield f"{_date(text.article):>{_COLUMN}}  {_named(text.article, told)}"
        if told.reasons and (bond := bonds.get(text.article.key)):
            yield f"{bond.mean:{_COLUMN}.2f}  likeness to the others; {told.reasons.bound:.2f} makes one story"
            shared = ", ".join(bond.shared)
            yield f"{bond.likeness:{_COLUMN}.2f}  to {told.names[bond.closest]}; both have {shared}"
        yield from (f"{'copied by':>{_COLUMN}}  {_named(copy, told)}" for copy in text.reprints)


def _sentences(reasons: "Reasons") -> Iterator[str]:
    if reasons.sentences is None:
        yield "\nIts summary: by a function of your own, which gives no reasons"
        return
    yield "\nIn its summary, and next best:"
    others = sorted((one for one in reasons.sentences if not one.taken), key=lambda one: (-one.score, one.text))[:_LEFT]
    for one in reasons.sentences:
        if one.taken or one in others:
            yield f"{'quoted' if one.taken else '-':{_COLUMN}}  {one.score:.2f} [{one.reason}] {one.text}"


def _topics(reasons: "Reasons") -> Iterator[str]:
    yield "\nIts topics:" if reasons.topics else "\nIts topics: none is sure enough"
    for each in reasons.topics:
        yield f"{each.topic.score:{_COLUMN}.2f}  {each.topic.label} + {', '.join(each.words)}"
    yield from suggested_lines(reasons.suggested)
    yield from own_lines(reasons.own)


def _date(article: "Article") -> str:
    published = article.published
    return published.value.date().isoformat() if published and published.origin != "first_seen" else "undated"


def _named(article: "Article", told: "Account") -> str:
    return f"{article.source.name}: {article.headline or '(not public)'} [{told.names[article.key]}]"
