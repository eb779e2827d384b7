"""
Web pages in, what they tell of their article out; only text leaves, no markup.

The body is found by trafilatura (Barbaresi 2021, "Trafilatura: A web scraping library and command-line tool for text discovery
and extraction"); its blocks then pass the same tests as the lines of a dump: captions, pointers to other pages and notices are dropped.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from digest.errors import ItemError
from digest.extract.dates import find_dates
from digest.extract.decode import clean, decode
from digest.extract.dumps import read
from digest.extract.features import features
from digest.extract.found import Finding
from digest.extract.gate import check
from digest.extract.glue import unglue
from digest.extract.lines import Line, is_closed
from digest.extract.paragraphs import dateline, paragraph
from digest.extract.stated import people, stated_metadata
from digest.extract.trim import trimmed
from digest.language import identify
from digest.model import Dated, Item, Metadata, ParagraphKind
from digest.text import plain, sentences, stop_words

if TYPE_CHECKING:
    from lxml.etree import _Element
    from lxml.html import HtmlElement

_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_HEADER = 4096
"""Bytes in which a page declares its charset."""
# What browsers read where these are declared (WHATWG, Encoding).
_READ_AS = {"iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "iso-8859-9": "cp1254", "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "shift_jis": "cp932", "x-sjis": "cp932"}  # fmt: skip

_UNSEEN = frozenset("script style noscript template svg math head iframe object select button".split())
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike strong sub sup time tt u var wbr".split()
)

_KINDS: dict[str, ParagraphKind] = {"head": "subhead", "item": "item", "quote": "quote", "row": "table"}
_LATEST = "2100-01-01"
"""Latest date that is believed; the library would take the day of the build."""
_MAX_STANDFIRST = 400
"""Characters of the longest standfirst."""


def from_page(item: Item) -> Finding:
    """
    Return the article of a web page.

    Raises:
        ItemError: It cannot be decoded or parsed, or no article is in it.
    """
    from trafilatura import bare_extraction, load_html

    # Without a handler of its own the library's warnings would go to the terminal.
    for name in ("trafilatura", "htmldate"):
        logging.getLogger(name).addHandler(logging.NullHandler())
    text = decode(item.body, locator=item.locator, declared=_charset(item))
    tree = load_html(text)
    if tree is None:
        raise ItemError(item.locator, "no article text found: no markup that can be parsed, an HTML page needed")
    stated, description = stated_metadata(tree)
    page_words = sum(
        len(string.split()) for string in tree.xpath("//body//text()[not(parent::script or parent::style)]")
    )
    document = bare_extraction(
        tree,
        url=item.declared.url or stated.url,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": False, "max_date": _LATEST},
    )
    if document is None or document.body is None:
        return _by_lines(tree, item, stated)
    stated = replace(
        stated,
        byline=stated.byline or people(document.author),
        published=stated.published or _day(document.date),
    )
    try:
        return _finding(item, stated, description, list(_blocks(document.body)), page_words)
    except ItemError:
        return _by_lines(tree, item, stated)


def _by_lines(tree: "HtmlElement", item: Item, stated: Metadata) -> Finding:
    """Return the article of a page whose markup tells nothing, read as a dump of its text is."""
    found = read(tuple(_lines(tree)), replace(item, declared=replace(item.declared, headline=stated.headline)))
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


def _lines(tree: "HtmlElement") -> Iterator[Line]:
    """Yield the text of a page, a line for each block, without an empty line between them."""
    parts: list[str] = []
    for event, element in _walk(tree):
        is_block = element.tag not in _INLINE
        if is_block:
            text = " ".join(clean("".join(parts)).split())
            parts.clear()
            if text:
                yield Line(text, text, gap=False)
        parts.append((element.text if event == "start" else element.tail) or "")


def _walk(tree: "HtmlElement") -> Iterator[tuple[str, "HtmlElement"]]:
    """Yield the visible elements of a page when they begin and when they end."""
    from lxml.etree import iterwalk

    walk = iterwalk(tree, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event in {"start", "end"} and element.tag not in _UNSEEN:
            yield event, element
            continue
        if event == "start":
            walk.skip_subtree()
        elif element.tail:
            yield "end", element


def _day(date: str | None) -> Dated | None:
    """Return a date in the form of the library, which finds days only."""
    found = find_dates(date or "", language="und")
    return found[0].dated if found else None


def _charset(item: Item) -> str | None:
    """Return the charset that the item's media type or the page itself declares."""
    match = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", item.media_type, re.IGNORECASE)
    name = match[1] if match else None
    if name is None and (found := _CHARSET.search(item.body[:_HEADER])):
        name = (found[1] or found[2]).decode("ascii", "replace")
    return _READ_AS.get(name.lower(), name) if name else None


def _blocks(body: "_Element") -> Iterator[tuple[ParagraphKind, str]]:
    """Yield the kind and the text of the blocks of an extracted body, in order."""
    for element in body.iterchildren():
        tag = element.tag if isinstance(element.tag, str) else ""
        inner = list(element.iter("item", "row")) if tag in {"list", "table"} else []
        for part in inner or [element]:
            kind = _KINDS.get(part.tag, "text")
            separator = " | " if kind == "table" else " "
            cells = list(part.iter("cell")) if kind == "table" else []
            texts = ["".join(cell.itertext()) for cell in cells] or ["".join(part.itertext())]
            line = separator.join(filter(None, (" ".join(clean(text).split()) for text in texts)))
            if line:
                yield kind, line


def _finding(
    item: Item, stated: Metadata, description: str | None, blocks: list[tuple[ParagraphKind, str]], page_words: float
) -> Finding:
    running = " ".join(text for kind, text in blocks if kind == "text")
    language = identify(
        running or " ".join(text for _, text in blocks), declared=item.declared.language or stated.language
    )
    marked = [(kind, Line(text, text, gap=True)) for kind, text in blocks]
    kinds = {id(line): kind for kind, line in marked}
    lines = unglue([line for _, line in marked], language=language)
    known = features(lines, language=language)
    body = [at for at in trimmed(lines, known, range(len(lines))) if not _is_headline(lines[at], stated)]
    count = sum(len(sentences(lines[at].text[:5000], language=language)) for at in body[:10] if known[at].ends)
    check(known, body, sentences=count, page_words=page_words, stops=stop_words(language), locator=item.locator)
    found = []
    for at in body:
        line = lines[at]
        kind = kinds.get(id(line), "text" if is_closed(line.text) else "subhead")
        cut = dateline(line.text) if at == body[0] else 0
        found.append(paragraph(kind, line.text[cut:], line.raw[cut:], language=language))
    return Finding(
        stated=Metadata(
            headline=stated.headline,
            byline=stated.byline,
            published=stated.published,
            url=stated.url,
            language=language,
            site_name=stated.site_name,
        ),
        standfirst=_standfirst(description, [p.text for p in found]),
        paragraphs=tuple(found),
    )


def _is_headline(line: Line, stated: Metadata) -> bool:
    return stated.headline is not None and plain(line.text) == plain(stated.headline)


def _standfirst(description: str | None, texts: list[str]) -> str | None:
    """Return the page's description when it is a sentence of its own and not the beginning of the text."""
    if (
        not description
        or len(description) > _MAX_STANDFIRST
        or not is_closed(description)
        or description.endswith(("...", "…"))
    ):
        return None
    return None if any(plain(description) in plain(text) for text in texts[:3]) else description
