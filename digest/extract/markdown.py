"""
Markdown in, what it tells of its article out.

CommonMark with tables, read by markdown-it-py. Somebody who writes a front matter, or begins with a headline, has
written or saved an article and nothing else, so all of it is kept but for pointers to other pages, captions and
notices. Any other text is a whole page turned into Markdown and is judged line by line as a dump is.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from digest.extract.decode import decode, one_line
from digest.extract.dumps import read
from digest.extract.features import Features, features, page_language
from digest.extract.found import Fate, Finding, NoArticle
from digest.extract.front_matter import front_matter
from digest.extract.furniture import foreign
from digest.extract.gate import count_sentences, refusal
from digest.extract.imprint import find_byline, find_date
from digest.extract.lines import MARKS, MAX_LINES, PLAIN, ROW, Line, split_lines
from digest.extract.markup import page_blocks, parse
from digest.extract.paragraphs import dateline, paragraph
from digest.language import identify
from digest.model import Item, Metadata, Paragraph, ParagraphKind
from digest.text import plain, stop_words

if TYPE_CHECKING:
    from markdown_it.token import Token

_OPENING: dict[str, ParagraphKind] = {"list_item_open": "item", "blockquote_open": "quote"}
_CLOSING = frozenset({"list_item_close", "blockquote_close"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TELLING = frozenset({"text", "item"})
"""Kinds of blocks whose words count when it is asked whether a text is an article."""
_NOTE = re.compile(r"\[\^[^\]\s]{1,40}\]:?")
_LONGEST = 10_000
"""Characters of the longest block; the parser can be led to take quadratic time."""
_MAX_IMPRINT = 25.0
"""Words of the longest line between headline and text that can be a byline or a date."""


@dataclass(frozen=True, slots=True)
class _Block:
    kind: ParagraphKind
    text: str
    is_headline: bool = False
    """Whether it is a heading of the first level."""
    is_link: bool = False
    """Whether it consists of links."""


def from_markdown(item: Item) -> Finding:
    """
    Return the article of a Markdown text; its front matter was read when the item was made.

    Raises:
        ItemError: It cannot be decoded, or no article is in it.
    """
    text = decode(item.body, locator=item.locator)
    matter = front_matter(text)
    text = text[matter.end :] if matter else text
    if max(map(len, text.split("\n\n"))) > _LONGEST or text.count("\n") > MAX_LINES:
        return read(split_lines(text), item)
    blocks = list(_blocks(text))
    if blocks and (matter or blocks[0].is_headline):
        return _whole(blocks, item)
    return read([marked_line(block.kind, block.text, gap=True) for block in blocks], item)


def marked_line(kind: ParagraphKind, text: str, *, gap: bool) -> Line:
    """Return a block as a line that says what it is: by its mark, and a row by tabs between its cells too."""
    if kind != "table":
        return Line(text, text, gap, MARKS[kind])
    # What stands alone in its row is no table: mails are laid out in such rows.
    return Line(text, text.replace(" | ", "\t|\t"), gap, ROW if " | " in text else PLAIN)


def _whole(blocks: Sequence[_Block], item: Item) -> Finding:
    """Return the article that a text is, from its headline, if it has one, to its end."""
    headline = blocks[0].text if blocks[0].is_headline else None
    top = -1 if headline is None else 0
    lines = [Line(block.text, block.text, gap=True) for block in blocks]
    language = page_language(lines, declared=item.declared.language)
    known = features(lines, language=language)
    body = list(_kept(blocks, known, {plain(headline or ""), plain(item.declared.headline or "")}))
    while body and _is_imprint(blocks[body[0]], known[body[0]]):
        del body[0]
    while body and (blocks[body[-1]].is_link or blocks[body[-1]].kind == "subhead"):
        del body[-1]  # links to other pages, and what stands over them
    told = [_told(blocks[at], known[at]) for at in body if blocks[at].kind in _TELLING and not blocks[at].is_link]
    fates = partial(_fates, blocks, known, body)
    refused = refusal(
        told,
        range(len(told)),
        sentence_count=count_sentences(lines, known, body, language=language),
        page_words=sum(line.words for line in known),
        stops=stop_words(language),
    )
    if refused:
        raise NoArticle(item.locator, refused, fates)
    language = identify(" ".join(lines[at].text for at in body if blocks[at].kind == "text"), declared=language)
    return Finding(
        stated=Metadata(
            headline=headline,
            byline=find_byline(lines, known, top=top, body=body, language=language),
            published=find_date(lines, known, top=top, body=body, language=language),
            language=language,
        ),
        paragraphs=tuple(_paragraph(blocks[at], is_lede=at == body[0], language=language) for at in body),
        fates=fates,
    )


def _told(block: _Block, known: Features) -> Features:
    """Return what is known of a block whose words count; an item of a list needs no full stop for that."""
    return replace(known, ends=True) if block.kind == "item" else known


def _fates(blocks: Sequence[_Block], known: Sequence[Features], body: Sequence[int]) -> Iterator[Fate]:
    own = frozenset(body)
    for at, (block, line) in enumerate(zip(blocks, known, strict=True)):
        if at in own or block.is_headline:
            yield Fate(block.text, block.kind if at in own else "headline")
        else:
            yield Fate(block.text, why=foreign(block.text, line) or "stands above the text, or below it")


def _paragraph(block: _Block, *, is_lede: bool, language: str) -> Paragraph:
    text = block.text[dateline(block.text) if is_lede else 0 :]
    return paragraph(block.kind, text, text, language=language)


def _is_imprint(block: _Block, known: Features) -> bool:
    """Return whether a block above the text is too short for a paragraph and can be a byline or a date."""
    return block.kind == "text" and not known.ends and known.words <= _MAX_IMPRINT


def _kept(blocks: Sequence[_Block], known: Sequence[Features], headlines: set[str]) -> Iterator[int]:
    """Yield the places of the blocks that are the article's own."""
    has_text = False
    for at, (block, line) in enumerate(zip(blocks, known, strict=True)):
        if has_text and block.kind == "subhead" and line.phrases.alone == "heading":
            return  # over links to other pages, or over comments
        if block.is_headline and plain(block.text) in headlines:
            continue
        if block.kind == "text" and (block.is_link or foreign(block.text, line)):
            continue
        has_text = has_text or (block.kind == "text" and line.ends)
        yield at


def _blocks(text: str) -> Iterator[_Block]:
    """Yield the blocks of a text that have any words, in order."""
    from markdown_it import MarkdownIt

    kinds: list[ParagraphKind] = ["text"]
    row: list[str] = []
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    for before, token in pairwise(chain(tokens[:1], tokens)):
        if token.type in _OPENING:
            kinds.append(_OPENING[token.type])
        elif token.type in _CLOSING:
            kinds.pop()
        elif token.type == "inline" and before.tag in {"td", "th"}:
            row.append(_plain(token))
        elif token.type == "inline" and (said := _plain(token)):
            yield _Block("subhead" if before.tag in _HEADINGS else kinds[-1], said, before.tag == "h1", _is_link(token))
        elif token.type == "tr_close":
            if any(row):
                yield _Block("table", " | ".join(filter(None, row)))
            row.clear()
        else:
            yield from _verbatim(token)


def _verbatim(token: "Token") -> Iterator[_Block]:
    """Yield what a block holds that is not Markdown: HTML, or lines of code, which nobody is to quote."""
    if token.type == "html_block":
        tree = parse(f"<html><body>{token.content}</body></html>")
        if tree is not None:
            yield from (_Block(kind, text) for kind, text in page_blocks(tree))
    elif token.type in {"fence", "code_block"}:
        yield from (_Block("quote", line) for line in map(one_line, token.content.split("\n")) if line)


def _plain(token: "Token") -> str:
    """Return the text of a block without the marks of Markdown, pictures and the numbers of notes."""
    parts: list[str] = []
    for child in token.children or ():
        if child.type in {"text", "code_inline", "text_special"}:
            parts.append(child.content)
        elif child.type in {"softbreak", "hardbreak"} or child.content.lower().startswith("<br"):
            parts.append(" ")
    return one_line(_NOTE.sub("", "".join(parts)))


def _is_link(token: "Token") -> bool:
    """Return whether a block consists of links and of marks between them."""
    depth = links = 0
    for child in token.children or ():
        depth += child.nesting if child.type.startswith("link_") else 0
        links += child.type == "link_open"
        if not depth and any(map(str.isalnum, child.content)) and child.type in {"text", "code_inline"}:
            return False
    return links > 0
