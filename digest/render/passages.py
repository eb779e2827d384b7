"""
An article and the quotes from it in, the passages of its source page out.

Where the source lets us show whole texts, the text with the quoted sentences marked in it; else
nothing but these sentences, each with its neighbours, and of a private source without them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from digest import addresses
from digest.model import Article, Paragraph, Quote

GAP = "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Part of a passage."""

    text: str
    quoted: bool
    anchor: str | None = None
    """Id of a quoted sentence; None when an earlier piece has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A paragraph, or what is shown of it."""

    kind: str
    """That of the paragraph; `list` for items in a row."""
    pieces: tuple[Piece, ...] = ()
    items: tuple["Passage", ...] = ()
    """Those of a list."""


def passages(article: Article, quotes: Sequence[Quote]) -> tuple[Passage, ...]:
    """
    Return what the source page of *article* shows.

    Args:
        article: As it may be shown; the whole text only where its source lets us and it is there.
        quotes: Sentences quoted from it, in the order in which they stand in it.
    """
    if not (article.source.republish and article.paragraphs):
        return _excerpts(quotes, neighbours=not article.source.private)
    whole = tuple(
        _marked(paragraph, [quote for quote in quotes if quote.paragraph == index])
        for index, paragraph in enumerate(article.paragraphs)
    )
    kept = {(piece.anchor, piece.text) for passage in whole for piece in passage.pieces}
    lost = [quote for quote in quotes if (addresses.anchor(quote), quote.text) not in kept]
    return (*_lists(whole), *_excerpts(lost, neighbours=True, taken={anchor for anchor, _ in kept}))


def _marked(paragraph: Paragraph, quotes: Iterable[Quote]) -> Passage:
    """Return the whole of *paragraph* with those *quotes* marked that still stand in it."""
    pieces, done = [], 0
    for quote in quotes:
        if quote.start >= done and paragraph.text[quote.start : quote.end] == quote.text:
            pieces += [
                Piece(text=paragraph.text[done : quote.start], quoted=False),
                Piece(text=quote.text, quoted=True, anchor=addresses.anchor(quote)),
            ]
            done = quote.end
    pieces.append(Piece(text=paragraph.text[done:], quoted=False))
    return Passage(kind=paragraph.kind, pieces=tuple(piece for piece in pieces if piece.text))


def _lists(whole: Iterable[Passage]) -> tuple[Passage, ...]:
    """Return *whole* with items in a row gathered into lists."""
    gathered: list[Passage] = []
    for is_item, group in groupby(whole, key=lambda passage: passage.kind == "item"):
        if is_item:
            gathered.append(Passage(kind="list", items=tuple(group)))
        else:
            gathered.extend(group)
    return tuple(gathered)


def _excerpts(quotes: Iterable[Quote], *, neighbours: bool, taken: Iterable[str | None] = ()) -> tuple[Passage, ...]:
    """Return one passage per quoted paragraph, with the sentences around; *taken* ids are not used again."""
    found, anchors = [], {*taken}
    for _, group in groupby(quotes, key=lambda quote: quote.paragraph):
        pieces: list[Piece] = []
        last = None
        for quote in group:
            anchor = addresses.anchor(quote)
            pieces += _between(last, quote, neighbours=neighbours)
            pieces.append(Piece(text=quote.text, quoted=True, anchor=None if anchor in anchors else anchor))
            anchors.add(anchor)
            last = quote
        if last is not None and neighbours and last.after:
            pieces.append(Piece(text=f" {last.after}", quoted=False))
        found.append(Passage(kind="text", pieces=tuple(pieces)))
    return tuple(found)


def _between(last: Quote | None, quote: Quote, *, neighbours: bool) -> tuple[Piece, ...]:
    """Return what is shown between two quoted sentences, each neighbour once."""
    if last is None:
        return (Piece(text=f"{quote.before} ", quoted=False),) if neighbours and quote.before else ()
    if quote.before == last.text:
        return (Piece(text=" ", quoted=False),)
    around = [last.after, GAP, quote.before] if quote.before != last.after else [quote.before]
    return (Piece(text=f" {' '.join(filter(None, around if neighbours else [GAP]))} ", quoted=False),)
