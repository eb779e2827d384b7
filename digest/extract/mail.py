"""
Mails in, what they tell of their article out: one mail, a newsletter above all, is one article.

The standard library takes the mail apart (MIME, RFC 2045 to 2049); attachments are left alone. The HTML part is read
as a page whose tables are there for the looks, the plain one as text that may flow (RFC 3676). What mail programs and
senders put around a text is taken off: how to see it in a browser, who it was forwarded by, what it answers, the
signature, and how to be rid of it. The rest is judged line by line, as a dump is.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from heapq import merge
from itertools import accumulate, groupby, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, TypeVar

from digest.errors import ItemError
from digest.extract.decode import clean, decode
from digest.extract.doubled import undoubled
from digest.extract.dumps import read
from digest.extract.found import Fate, Fates, Finding, NoArticle
from digest.extract.lines import Line, is_closed, split_lines
from digest.extract.mail_phrases import ANSWERED, FIELD, FOOTER, FORWARDED, IN_BROWSER, INVITATION, SENT_FROM
from digest.extract.markdown import marked_line
from digest.extract.markup import page_blocks, parse
from digest.model import Item

if TYPE_CHECKING:
    from email.message import Message

    from lxml.etree import _Element

T = TypeVar("T", bound=Line | Fate)
_Placed = tuple[int, Fate]
"""A line that is furniture, with the number of letters that stand before it."""

_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|max-height\s*:\s*0|font-size\s*:\s*0|mso-hide\s*:\s*all"
)
_UNSEEN = "UNSEEN"
"""Tag of what is to be taken out; in pages, all have small letters."""
_LAYOUT = ("table", "tbody", "thead", "tfoot", "tr", "td", "th")

_NARROW, _WIDE = 50, 100
"""Columns between which mail programs wrap; RFC 5322 asks for 78 at most."""
_ROOM = 8
"""Columns that a line which was wrapped by hand may stay short of."""
_MAX_VIEW, _MAX_FOOTER = 25, 60
"""Words of the longest lines of these kinds."""
_MAX_SENTENCE = 12
"""Words of the longest sentence that speaks of browsers and is no part of an article."""
_MIN_BEFORE = 0.6
"""Share of a mail's words before its footer."""
_SIGNATURE = re.compile(r"^--[ \t]?$", re.MULTILINE)
_LISTS_END = re.compile(r"_{20,}")
_QUOTED = re.compile(r"^(?:> ?)+", re.MULTILINE)
_REFERENCE = re.compile(
    r"(?<!\s)\s*(?:<https?://[^\s<>]*>|\(\s?https?://[^\s()]*\s?\)|\[https?://[^\s\[\]]*\]|\[image:[^\[\]]*\])"
)
_ADDRESS_ONLY = re.compile(r"\W*(?:\w[\w ]{0,30}:\s*)?https?://\S+\W*")


def from_mail(item: Item) -> Finding:
    """
    Return the article of a mail.

    Raises:
        ItemError: It has neither an HTML nor a text part, they cannot be decoded, or no article is in them.
    """
    from email.parser import BytesParser

    try:
        message = BytesParser().parsebytes(item.body)
        parts = {part.get_content_subtype(): part for part in reversed([*_inline(message)])}
    except RecursionError:
        raise ItemError(item.locator, "its parts are nested too deeply") from None
    flaw = ItemError(item.locator, "no article text found: the mail has neither an HTML nor a text part")
    for kind, of_text in (("html", _of_html), ("plain", _of_plain)):
        if kind in parts:
            try:
                return _read(of_text(undoubled(_text(parts[kind], item.locator)), parts[kind]), item)
            except ItemError as error:
                flaw = error
    raise flaw


def _read(lines: Iterable[Line | Fate], item: Item) -> Finding:
    """Return the article among the lines of a mail; of furniture the fate is known."""
    own: list[Line] = []
    furniture: list[_Placed] = []
    letters = 0
    for line in lines:
        if isinstance(line, Fate):
            furniture.append((letters, line))
        else:
            own.append(line)
            letters += _count_letters(line.text)

    def with_furniture(fates: Fates) -> Fates:
        return lambda: _in_place(furniture, tuple(fates()))

    try:
        found = read(own, item)
    except NoArticle as refused:
        raise NoArticle(refused.locator, refused.reason, with_furniture(refused.fates)) from None
    return replace(found, fates=with_furniture(found.fates))


def _in_place(furniture: Sequence[_Placed], others: Sequence[T]) -> Iterator[T | Fate]:
    """Yield all lines in their order; that of *furniture* is told by the letters of the *others* before it."""
    before = accumulate((_count_letters(line.text) for line in others), initial=0)
    placed: Iterator[tuple[int, T | Fate]] = zip(before, others, strict=False)
    yield from (line for _, line in merge(furniture, placed, key=itemgetter(0)))


def _count_letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _inline(message: "Message") -> Iterator["Message"]:
    """Yield the parts of a mail that are its text, those of mails that are attached to it left out."""
    from email.message import Message

    if message.get_content_disposition() == "attachment" or message.get_content_maintype() == "message":
        return
    # What a part that is none of several holds is asked for later: unknown charsets make that fail.
    if message.is_multipart():
        for part in message.get_payload():
            if isinstance(part, Message):
                yield from _inline(part)
    elif message.get_content_type() in {"text/html", "text/plain"} and not message.get_filename():
        yield message


def _text(part: "Message", locator: str) -> str:
    body = part.get_payload(decode=True)
    if not isinstance(body, bytes) or not body:
        return ""
    return decode(body, locator=locator, declared=part.get_content_charset())


def _of_html(text: str, _: "Message") -> Iterator[Line | Fate]:
    """Yield the lines of an HTML part, as a reader sees them."""
    tree = parse(text)
    if tree is None:
        return _parted(split_lines(text))
    _without_looks(tree)
    # Headings stay as they are, so that the one that is the subject is found.
    return _parted(
        [marked_line("text" if kind == "subhead" else kind, text, gap=False) for kind, text in page_blocks(tree)]
    )


def _without_looks(tree: "_Element") -> None:
    """Take out what is hidden, and let tables without a heading be the boxes that they are."""
    from lxml.etree import strip_elements

    for element in tree.iter():
        if isinstance(element.tag, str) and _HIDDEN.search((element.get("style") or "").lower()):
            element.tag = _UNSEEN
    strip_elements(tree, _UNSEEN, with_tail=False)
    for table in [*tree.iter("table")]:
        if table.find(".//th") is None:
            for element in [*table.iter(*_LAYOUT)]:
                element.tag = "div"


def _of_plain(text: str, part: "Message") -> Iterator[Line | Fate]:
    """Yield the lines of a plain part: flowing text joined, what it answers and its signature told apart."""
    if str(part.get_param("format", "")).lower() == "flowed":
        text = _joined(text, keeps_space=str(part.get_param("delsp", "")).lower() != "yes")
    else:
        text = _unwrapped(text)
    filled = [line for line in text.split("\n") if line.strip()]
    if 2 * sum(line.startswith(">") for line in filled) > len(filled):
        text = _QUOTED.sub("", text)  # forwarded as a quotation
    text, *signature = _SIGNATURE.split(text, maxsplit=1)
    own: list[str] = []
    quoted: list[_Placed] = []
    letters = 0
    for is_quoted, together in groupby(text.split("\n"), key=lambda line: line.startswith(">")):
        if is_quoted:
            quoted += ((letters, Fate(line, why="is quoted from what the mail answers")) for line in together)
        else:
            own.append(_REFERENCE.sub("", "\n".join(together)))
            letters += _count_letters(own[-1])
    yield from _in_place(quoted, list(_parted(split_lines("\n".join(own)))))
    for line in "".join(signature).split("\n"):
        if line.strip():
            yield Fate(line.strip(), why="stands in the signature")


def _joined(text: str, *, keeps_space: bool) -> str:
    """Return flowing text with its soft breaks undone: a line that ends in a space goes on."""
    parts: list[str] = []
    is_open = True
    for line in text.split("\n"):
        said = line.removeprefix(" ")  # a space in front guards a line against being changed on its way
        if not is_open or (parts and (said.startswith(">") or said == "-- ")):
            parts.append("\n")
        is_open = said.endswith(" ") and said != "-- "
        parts.append(said if keeps_space or not is_open else said.removesuffix(" "))
    return "".join(parts)


def _unwrapped(text: str) -> str:
    """Return text without the breaks of a mail program, which come where the next word would not have fitted."""
    lines = text.split("\n")
    width = max((len(line) for line in lines if "://" not in line), default=0)
    if not _NARROW <= width <= _WIDE:
        return text
    parts = lines[:1]
    for before, line in pairwise(lines):
        words = line.split(maxsplit=1)
        fitted = len(before) + 1 + len(words[0]) <= width - _ROOM if words else True
        is_break = fitted or not before.strip() or line.startswith((">", " ", "-- ", "* ", "- ", "• "))
        parts.append(f"\n{line}" if is_break else f" {line}")
    return "".join(parts)


def _parted(lines: Sequence[Line]) -> Iterator[Line | Fate]:
    """Yield the lines, and instead of what mail programs and senders put around a text why it is left out."""
    end = _end(lines)
    in_header = False
    for line in (bare for bare in map(_bare, lines[:end]) if bare.text):
        in_header = FORWARDED.fullmatch(line.text) is not None or (in_header and FIELD.match(line.text) is not None)
        why = "belongs to the header of a mail that was forwarded" if in_header else _furniture(line.text)
        yield Fate(line.text, why=why) if why else line
    for line in lines[end:]:
        yield Fate(line.text, why="stands in the footer of the mail")


def _bare(line: Line) -> Line:
    """Return a line without what only fills the preview of a mail."""
    text = " ".join(clean(line.text).translate(_FILLING).split())
    return line if text == line.text else replace(line, text=text, raw=text)


_FILLING = {0x034F: None, 0x200C: None, 0x2007: " "}
"""The grapheme joiner, the non-joiner and the figure space."""


def _furniture(text: str) -> str | None:
    """Return why a line is none of its mail's text, None if it is."""
    words = len(text.split())
    if words <= _MAX_VIEW and INVITATION.search(text):
        return "asks to subscribe, or to pass the mail on"
    if words <= _MAX_VIEW and _ADDRESS_ONLY.fullmatch(text):
        return "is nothing but an address"
    if words <= _MAX_VIEW and IN_BROWSER.search(text):
        return None if is_closed(text) and words > _MAX_SENTENCE else "says how to see the mail elsewhere"
    if words <= _MAX_FOOTER and ANSWERED.fullmatch(text):
        return "says which mail is answered"
    return "is what a telephone signs with" if words <= 8 and SENT_FROM.fullmatch(text) else None


def _end(lines: Sequence[Line]) -> int:
    """Return where the footer begins."""
    counts = [len(line.text) for line in lines]
    total, before = sum(counts), 0
    for at, line in enumerate(lines):
        is_footer = len(line.text.split()) <= _MAX_FOOTER and FOOTER.search(line.text)
        if before >= _MIN_BEFORE * total and (is_footer or _LISTS_END.match(line.text)):
            return at
        before += counts[at]
    return len(lines)
