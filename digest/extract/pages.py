"""
Web pages in, what they tell of their article out; only text leaves, no markup.

The body is found by a trained judge of the page's lines (`digest.extract.web`); its blocks then pass the same tests as
the lines of a dump. A page of which it keeps nothing that is an article is read as a dump of its text.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from html import unescape
from itertools import groupby
from typing import TYPE_CHECKING

from digest.errors import ItemError
from digest.extract.bios import ABOUT_AUTHOR, bios
from digest.extract.bylines import is_signature
from digest.extract.decode import clean, decode
from digest.extract.dumps import read
from digest.extract.features import Features, features
from digest.extract.found import Fate, Finding, NoArticle, unlikely
from digest.extract.gate import count_sentences, notice, refusal
from digest.extract.glue import without_credits
from digest.extract.imprint import is_imprint
from digest.extract.lines import MARKS, Line, check_length, is_closed, split_lines
from digest.extract.markup import page_blocks, page_lines, parse
from digest.extract.opening import MIN_LEDE
from digest.extract.paragraphs import dateline, paragraph
from digest.extract.stated import Stated, stated_metadata
from digest.extract.trim import cuts
from digest.extract.web import Block, Judged, judged_page
from digest.language import identify
from digest.model import Item, Metadata, Paragraph
from digest.text import plain, stop_words

if TYPE_CHECKING:
    from lxml.etree import _Element

_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_CHARSET_PARAMETER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_WHOLE = re.compile(r"<(?:!doctype|html|head|body|title|meta)\b", re.IGNORECASE)
_COMMENTS = re.compile(r"(?:\s|<!--.*?-->)*", re.DOTALL)
_HEADER = 4096
"""Bytes in which a page declares its charset, and shows that it is a whole page and not the content of a feed."""
_MIN_PARAGRAPH = 60
"""Characters of a paragraph that nobody repeats; short sentences may come again."""
_MAX_BLURB = 45
"""Words of a text below a link to what it is about."""
_MIN_POINTERS = 3
"""Headings that are links, on a front page or among results of a search."""
_MAX_STANDFIRST = 400
"""Characters of the longest standfirst."""


def from_page(item: Item) -> Finding:
    """
    Return the article of a web page.

    Raises:
        ItemError: It cannot be decoded or parsed, is too long, or no article is in it.
    """
    text = decode(item.body, locator=item.locator, declared=_charset(item))
    tree = parse(text)
    if tree is None:
        # Feeds call plain text HTML.
        return read(split_lines(clean(unescape(text))), item)
    opening = _COMMENTS.match(text)
    if not _WHOLE.search(text, opening.end() if opening else 0, (opening.end() if opening else 0) + _HEADER):
        blocks = [Block(kind, text, at) for at, (kind, text) in enumerate(page_blocks(tree))]
        check_length(blocks, locator=item.locator)
        words = sum(len(block.text.split()) for block in blocks)
        fragment = Judged([block.text for block in blocks], [1.0] * len(blocks), blocks)
        return _by_blocks(item, Stated(metadata=Metadata(), description=None, words=words), fragment, is_dump=True)
    # While somebody holds the elements, they are not made anew on every walk through the tree.
    _held = [*tree.iter()]
    stated = stated_metadata(tree, item.declared.url)
    judged = judged_page(tree, declared=item.declared.language or stated.metadata.language)
    if not judged.blocks:
        return _by_lines(tree, item, stated.metadata)
    if not _is_signed(stated) and (count := _count_pointers(judged.blocks)):
        reason = f"no article text found: a list of {count} links with a few words on each, one text needed"
        raise NoArticle(item.locator, reason, partial(_fates, judged, {}))
    try:
        return _by_blocks(item, stated, judged, is_dump=False)
    except ItemError:
        return _by_lines(tree, item, stated.metadata)


def _charset(item: Item) -> str | None:
    """Return the charset that the item's media type or the page itself declares."""
    if parameter := _CHARSET_PARAMETER.search(item.media_type):
        name = parameter[1]
    elif found := _CHARSET.search(item.body[:_HEADER]):
        name = (found[1] or found[2]).decode("ascii", "replace")
    else:
        return None
    return name


def _by_lines(tree: "_Element", item: Item, stated: Metadata) -> Finding:
    """Return the article of a page that is read as a dump of its text."""
    declared = replace(
        item.declared,
        headline=item.declared.headline or stated.headline,
        language=item.declared.language or stated.language,
    )
    found = read(tuple(page_lines(tree)), replace(item, declared=declared))
    told = found.stated
    joined = replace(
        stated,
        headline=stated.headline or told.headline,
        byline=stated.byline or told.byline,
        published=stated.published or told.published,
        language=told.language,
        site_name=stated.site_name or told.site_name,
    )
    return replace(found, stated=joined)


def _by_blocks(item: Item, page: Stated, judged: Judged, *, is_dump: bool) -> Finding:
    """
    Return the article of a page whose markup tells its blocks.

    Args:
        item: The page.
        page: What it states of itself.
        judged: Its blocks.
        is_dump: Whether nobody chose among them.
    """
    stated, blocks = page.metadata, judged.blocks
    texts = [block.text for block in blocks if block.kind == "text"] or [block.text for block in blocks]
    language = identify(" ".join(texts), declared=item.declared.language or stated.language)
    lines = [Line(block.text, block.text, True, MARKS[block.kind]) for block in blocks]
    known = features(lines, language=language)
    out = dict(_beside(blocks, known, stated, language))
    out |= cuts(lines, known, [at for at in range(len(blocks)) if at not in out], is_dump=is_dump)
    body = [at for at in range(len(blocks)) if at not in out]
    if about := bios(lines, known, body, stated.byline):
        out |= dict.fromkeys(about, ABOUT_AUTHOR)
        body = [at for at in body if at not in about]
    found: list[Paragraph] = []
    for at in body:
        for kind, text in blocks[at].paragraphs:
            rest = without_credits(text if found else text[dateline(text) :])
            found.append(paragraph(kind, rest, rest, language=language))
    fates = partial(_fates, judged, out)
    refused = refusal(
        known,
        body,
        sentence_count=count_sentences(lines, known, body, language=language),
        page_words=page.words,
        is_vouched=_is_signed(page),
        stops=stop_words(language),
    )
    if refused:
        raise NoArticle(item.locator, refused, fates)
    return Finding(
        stated=replace(stated, language=language),
        standfirst=_standfirst(page.description, [p.text for p in found]),
        paragraphs=tuple(found),
        fates=fates,
    )


def _is_signed(page: Stated) -> bool:
    return bool(page.metadata.byline or page.metadata.published)


def _count_pointers(blocks: Sequence[Block]) -> int:
    """Return how many headings are links to what the few words below them are about, 0 when that is not the rule."""
    texts = [block.text for block in blocks if block.kind != "subhead"]
    pointers = sum(block.kind == "subhead" and block.points for block in blocks)
    is_brief = sum(len(text.split()) for text in texts) <= _MAX_BLURB * len(texts)
    return pointers if is_brief and pointers >= max(_MIN_POINTERS, 0.5 * len(texts)) else 0


def _beside(
    blocks: Sequence[Block], known: Sequence[Features], stated: Metadata, language: str
) -> Iterator[tuple[int, str]]:
    """
    Yield the blocks that are not the article's by their place, and why: headline, imprint, and boxes with notices.

    A paragraph that a page shows twice, on top and in its text or for two widths of a window, is kept once.
    """
    headline = plain(stated.headline or "")
    texts = 0
    seen: set[str] = set()
    noticed = _notice_boxes(blocks, known)
    for at, (block, line) in enumerate(zip(blocks, known, strict=True)):
        if plain(block.text) == headline:
            yield at, "headline"
        elif (not texts and is_imprint(Line(block.text, block.text, gap=True), line, language)) or (
            texts <= 1 and not line.ends and is_signature(block.text, stated.byline)
        ):
            yield at, "says who wrote it, or when"
        elif at in noticed:
            yield at, "stands in a box with a notice"
        elif block.kind == "text" and line.ends and len(block.text) >= _MIN_PARAGRAPH:
            if block.text in seen:
                yield at, "says again what another line says"
            seen.add(block.text)
        texts += line.ends and line.words >= MIN_LEDE


def _notice_boxes(blocks: Sequence[Block], known: Sequence[Features]) -> frozenset[int]:
    """Return the blocks in boxes beside the text of which any is a notice."""
    found: set[int] = set()
    for boxed, together in groupby(range(len(blocks)), key=lambda at: blocks[at].boxed):
        box = list(together)
        if boxed and any(notice(known[at]) for at in box):
            found.update(box)
    return frozenset(found)


def _fates(judged: Judged, out: Mapping[int, str]) -> Iterator[Fate]:
    """Yield what became of the lines of a page; the cells of a row of a table are one."""
    blocks = {block.at: place for place, block in enumerate(judged.blocks)}
    cells = {at for block in judged.blocks for at in block.cells}
    for at, text in enumerate(judged.lines):
        if at in cells:
            continue
        place = blocks.get(at)
        if place is None:
            yield Fate(text, why=unlikely(judged.likely[at]))
        elif out.get(place) == "headline":
            yield Fate(text, "headline")
        elif place in out:
            yield Fate(judged.blocks[place].text, why=out[place])
        else:
            yield from (Fate(text, kind) for kind, text in judged.blocks[place].paragraphs)


def _standfirst(description: str | None, texts: Sequence[str]) -> str | None:
    """Return the page's description when it is a sentence of its own and not the beginning of the text."""
    if not description or len(description) > _MAX_STANDFIRST:
        return None
    if not is_closed(description) or description.endswith(("...", "…")):
        return None
    return None if any(plain(description) in plain(text) for text in texts[:3]) else description
