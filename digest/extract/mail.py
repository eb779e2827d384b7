"""
Mails in, what they tell of their article out: one mail, a newsletter above all, is one article.

The standard library takes the mail apart (MIME, RFC 2045 to 2049); attachments are left alone. The HTML part is read
as a page whose tables are there for the looks, the plain one as text that may flow (RFC 3676). What mail programs and
senders put around a text is taken off: how to see it in a browser, who it was forwarded by, what it answers, the
signature, and how to be rid of it. The rest is judged line by line, as a dump is.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from digest.errors import ItemError
from digest.extract.decode import clean, decode
from digest.extract.doubled import undoubled
from digest.extract.dumps import read
from digest.extract.found import Finding
from digest.extract.lines import Line, is_closed, split_lines
from digest.extract.mail_phrases import ANSWERED, FIELD, FOOTER, FORWARDED, IN_BROWSER, INVITATION, SENT_FROM
from digest.extract.markdown import marked_line
from digest.extract.markup import page_blocks, parse
from digest.model import Item

if TYPE_CHECKING:
    from email.message import Message

    from lxml.html import HtmlElement

_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|max-height\s*:\s*0|font-size\s*:\s*0|mso-hide\s*:\s*all"
)
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
_LISTS_END = re.compile(r"_{20,}")
_QUOTED = re.compile(r"^(?:> ?)+", re.MULTILINE)
_REFERENCE = re.compile(
    r"\s*(?:<https?://[^\s<>]*>|\(\s?https?://[^\s()]*\s?\)|\[https?://[^\s\[\]]*\]|\[image:[^\]]*\])"
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
                text = undoubled(_text(parts[kind], item.locator))
                lines = of_text(text, parts[kind])
                return read(_without_furniture(lines), item)
            except ItemError as error:
                flaw = error
    raise flaw


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


def _of_html(text: str, _: "Message") -> Sequence[Line]:
    """Return the lines of an HTML part, as a reader sees them."""
    tree = parse(text)
    if tree is None:
        return split_lines(text)
    _without_looks(tree)
    # Headings stay as they are, so that the one that is the subject is found.
    return [marked_line("text" if kind == "subhead" else kind, text, gap=False) for kind, text in page_blocks(tree)]


def _without_looks(tree: "HtmlElement") -> None:
    """Take out what is hidden, and let tables without a heading be the boxes that they are."""
    for element in [*tree.iter()]:
        if isinstance(element.tag, str) and _HIDDEN.search((element.get("style") or "").lower()):
            element.drop_tree()
    for table in [*tree.iter("table")]:
        if table.find(".//th") is None:
            for element in [*table.iter(*_LAYOUT)]:
                element.tag = "div"


def _of_plain(text: str, part: "Message") -> Sequence[Line]:
    """Return the lines of a plain part: flowing text joined, what it answers left out."""
    if str(part.get_param("format", "")).lower() == "flowed":
        text = _joined(text, keeps_space=str(part.get_param("delsp", "")).lower() != "yes")
    else:
        text = _unwrapped(text)
    filled = [line for line in text.split("\n") if line.strip()]
    quoted = [line for line in filled if line.startswith(">")]
    if 2 * len(quoted) > len(filled):
        text = _QUOTED.sub("", text)  # forwarded as a quotation
    else:
        text = "\n".join(line for line in text.split("\n") if not line.startswith(">"))
    text = re.split(r"^--[ \t]?$", text, maxsplit=1, flags=re.MULTILINE)[0]
    return split_lines(_REFERENCE.sub("", text))


def _joined(text: str, *, keeps_space: bool) -> str:
    """Return flowing text with its soft breaks undone: a line that ends in a space goes on."""
    lines: list[str] = []
    is_open = False
    for line in text.split("\n"):
        said = line.removeprefix(" ")  # a space in front guards a line against being changed on its way
        if is_open and not said.startswith(">") and said != "-- ":
            lines[-1] += said
        else:
            lines.append(said)
        is_open = said.endswith(" ") and said != "-- "
        if is_open and not keeps_space:
            lines[-1] = lines[-1].removesuffix(" ")
    return "\n".join(lines)


def _unwrapped(text: str) -> str:
    """Return text without the breaks of a mail program, which come where the next word would not have fitted."""
    lines = text.split("\n")
    width = max((len(line) for line in lines if "://" not in line), default=0)
    if not _NARROW <= width <= _WIDE:
        return text
    parts: list[str] = []
    for before, line in pairwise(["", *lines]):
        words = line.split(maxsplit=1)
        fitted = len(before) + 1 + len(words[0]) <= width - _ROOM if words else True
        if fitted or not before.strip() or line.startswith((">", " ", "-- ", "* ", "- ", "• ")):
            parts.append(line)
        else:
            parts[-1] += f" {line}"
    return "\n".join(parts)


def _without_furniture(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines without those that mail programs and senders put around a text."""
    own = [line for line in map(_bare, lines[: _end(lines)]) if line.text]
    left: list[Line] = []
    in_header = False
    for line in own:
        in_header = FORWARDED.fullmatch(line.text) is not None or (in_header and FIELD.match(line.text) is not None)
        if not in_header and not _is_furniture(line.text):
            left.append(line)
    return left


def _bare(line: Line) -> Line:
    """Return a line without what only fills the preview of a mail."""
    text = " ".join(clean(line.text).translate(_FILLING).split())
    return line if text == line.text else replace(line, text=text, raw=text)


_FILLING = {0x034F: None, 0x200C: None, 0x2007: " "}
"""The grapheme joiner, the non-joiner and the figure space."""


def _is_furniture(text: str) -> bool:
    words = len(text.split())
    if words <= _MAX_VIEW and (INVITATION.search(text) or _ADDRESS_ONLY.fullmatch(text)):
        return True
    if words <= _MAX_VIEW and IN_BROWSER.search(text):
        return not is_closed(text) or words <= _MAX_SENTENCE
    if words <= _MAX_FOOTER and ANSWERED.fullmatch(text):
        return True
    return words <= 8 and SENT_FROM.fullmatch(text) is not None


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
