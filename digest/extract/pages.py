"""
Web pages in, what they tell of their article out; only text leaves, no markup.

The body is found by a trained judge of the page's lines (`digest.extract.web`); its blocks then pass the same tests as
the lines of a dump. A page of which it keeps nothing that is an article is read as a dump of its text.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from digest.errors import ItemError
from digest.extract.decode import decode
from digest.extract.dumps import read
from digest.extract.features import features
from digest.extract.found import Finding
from digest.extract.gate import check, count_sentences
from digest.extract.lines import Line, is_closed, split_lines
from digest.extract.markup import page_blocks, page_lines, parse
from digest.extract.paragraphs import dateline, paragraph
from digest.extract.stated import Stated, stated_metadata
from digest.extract.trim import trimmed, without_foreign
from digest.extract.web import article_blocks
from digest.language import identify
from digest.model import Item, Metadata, ParagraphKind
from digest.text import plain, stop_words

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_CHARSET_PARAMETER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_WHOLE = re.compile(r"<(?:!doctype|html|head|body)\b", re.IGNORECASE)
_HEADER = 4096
"""Bytes in which a page declares its charset, and shows that it is a whole page and not the content of a feed."""
# What browsers read where these are declared (WHATWG, Encoding).
_READ_AS: Mapping[str, str] = {
    **dict.fromkeys(("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"), "cp1252"),
    **dict.fromkeys(("gb2312", "gbk"), "gb18030"),
    **dict.fromkeys(("shift_jis", "x-sjis"), "cp932"),
    **dict.fromkeys(("ks_c_5601-1987", "euc-kr"), "cp949"),
    "iso-8859-9": "cp1254",
}
_MAX_STANDFIRST = 400
"""Characters of the longest standfirst."""


def from_page(item: Item) -> Finding:
    """
    Return the article of a web page.

    Raises:
        ItemError: It cannot be decoded or parsed, or no article is in it.
    """
    text = decode(item.body, locator=item.locator, declared=_charset(item))
    tree = parse(text)
    if tree is None:
        # Feeds call plain text HTML.
        return read(split_lines(text), item)
    if not _WHOLE.search(text, 0, _HEADER):
        fragment = list(page_blocks(tree))
        words = sum(len(text.split()) for _, text in fragment)
        return _by_blocks(item, Stated(metadata=Metadata(), description=None, words=words), fragment, trimmed)
    stated = stated_metadata(tree, item.declared.url)
    blocks = article_blocks(tree, declared=item.declared.language or stated.metadata.language)
    if not blocks:
        return _by_lines(tree, item, stated.metadata)
    try:
        return _by_blocks(item, stated, blocks, without_foreign)
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
    return _READ_AS.get(name.lower(), name)


def _by_lines(tree: "HtmlElement", item: Item, stated: Metadata) -> Finding:
    """Return the article of a page that is read as a dump of its text."""
    found = read(tuple(page_lines(tree)), replace(item, declared=replace(item.declared, headline=stated.headline)))
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


def _by_blocks(
    item: Item, page: Stated, blocks: Sequence[tuple[ParagraphKind, str]], trim: Callable[..., tuple[int, ...]]
) -> Finding:
    """Return the article of a page whose body was found by its markup, once *trim* went through its *blocks*."""
    stated = page.metadata
    texts = [text for kind, text in blocks if kind == "text"] or [text for _, text in blocks]
    language = identify(" ".join(texts), declared=item.declared.language or stated.language)
    lines = [Line(text, text, gap=True) for _, text in blocks]
    known = features(lines, language=language)
    headline = plain(stated.headline or "")
    body = [at for at in trim(lines, known, range(len(lines))) if plain(lines[at].text) != headline]
    check(
        known,
        body,
        sentence_count=count_sentences(lines, known, body, language=language),
        page_words=page.words,
        stops=stop_words(language),
        locator=item.locator,
    )
    found = []
    for at in body:
        kind, text = blocks[at]
        rest = text[dateline(text) :] if at == body[0] else text
        found.append(paragraph(kind, rest, rest, language=language))
    return Finding(
        stated=replace(stated, language=language),
        standfirst=_standfirst(page.description, [p.text for p in found]),
        paragraphs=tuple(found),
    )


def _standfirst(description: str | None, texts: Sequence[str]) -> str | None:
    """Return the page's description when it is a sentence of its own and not the beginning of the text."""
    if not description or len(description) > _MAX_STANDFIRST:
        return None
    if not is_closed(description) or description.endswith(("...", "…")):
        return None
    return None if any(plain(description) in plain(text) for text in texts[:3]) else description
