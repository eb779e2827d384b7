"""
A mail or a mailbox in, an item for each mail with what its header says out.

A newsletter comes from its list, any other mail from whoever wrote it; who that is stays private. What a mail says
besides (RFC 5322, encoded words of RFC 2047, lists of RFC 2919) is read by the standard library; a mailbox is parted
as the `mboxrd` format is, with an empty line and `From ` before each mail.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from digest.model import Declaration, Item, Metadata, Rejection
from digest.sources import dates
from digest.sources.authors import names
from digest.sources.characters import characters
from digest.sources.found import sound
from digest.sources.items import Said, each_once, made
from digest.text import short_id

if TYPE_CHECKING:
    from email.message import Message

_POSTMARK = re.compile(rb"(?:\A\s*|(?<=\n\n)|(?<=\n\r\n))From [^\n]*\n(?=[!-9;-~]{1,80}:[ \t\r\n])")
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)
_FIELD = re.compile(r"([!-9;-~]{1,80}):(?:[ \t][^\n]*)?(?:\n[ \t][^\n]*)*(?:\n|\Z)")
_NEEDED = frozenset({"from", "date"})
_BESIDES = frozenset({"message-id", "mime-version", "received", "subject", "delivered-to", "return-path"})
_REPLY = re.compile(
    r"\s*(?:(?:re|fwd?|aw|wg|sv|vs|tr|rif|ynt|antw|odp|res|enc)(?:\[\d+\])?\s*:|\[[^\]]{1,60}\](?=\s*\S))\s*",
    re.IGNORECASE,
)
_WRITER = re.compile(r"(?P<name>\S+(?:\s\S+){1,3}?)\s+(?:from|at|via|bei|@|\||–|—)\s+(?P<source>.+)")
_MACHINE = re.compile(r"\blist\b|\d{3}|[0-9a-f]{8}|[^\s]{25}", re.IGNORECASE)
"""A list that its sender's machine named."""
_MAX_FIELD = 4000
"""Characters of the longest field that is read."""
_BULK = ("List-ID", "List-Unsubscribe", "List-Post")


def mail(body: bytes, name: str, declaration: Declaration) -> Iterator[Item | Rejection]:
    """Make an item of a mail, or of each mail of a mailbox."""
    if _POSTMARK.match(body):
        yield from mailbox(body, name, declaration)
    else:
        yield _item(body, name, declaration, number=None)


def mailbox(body: bytes, name: str, declaration: Declaration) -> Iterator[Item | Rejection]:
    """Make an item of every mail of a mailbox; a mail that lies there twice counts once."""
    starts = [*_POSTMARK.finditer(body)]
    if not starts:
        yield _item(body, name, declaration, number=None)
        return
    ends = [*(mark.start() for mark in starts[1:]), len(body)]
    yield from each_once(
        _item(_ESCAPED.sub(rb"\1", body[mark.end() : end]), name, declaration, number=number)
        for number, (mark, end) in enumerate(zip(starts, ends, strict=True), start=1)
    )


def is_mail(text: str) -> bool:
    """Return whether *text*, which may be the beginning of a longer one, opens with the header of a mail."""
    text = text.lstrip().replace("\r\n", "\n")
    if text.startswith("From "):
        text = text.partition("\n")[2]
    fields: set[str] = set()
    at = 0
    while field := _FIELD.match(text, at):
        fields.add(field[1].lower())
        at = field.end()
    return fields >= _NEEDED and not fields.isdisjoint(_BESIDES)


def _item(body: bytes, name: str, declaration: Declaration, *, number: int | None) -> Item | Rejection:
    from email.parser import BytesHeaderParser

    header = BytesHeaderParser().parsebytes(body)
    if not any(field in header for field in ("From", "Subject", "Message-ID")):
        locator = name if number is None else f"{name}#{number}"
        return Rejection(locator=locator, reason="no mail: neither `From` nor `Subject` nor `Message-ID` in its header")
    return made(body, name, declaration, media_type="message/rfc822", said=_said(header), number=number)


def _said(header: "Message") -> Said:
    """Return what the header of a mail says."""
    from email.utils import parseaddr

    try:
        display, address = parseaddr(_field(header, "From"))
    except RecursionError:  # comments inside comments
        display, address = "", ""
    sender = _decoded(display) or address
    is_newsletter = any(_field(header, field) for field in _BULK)
    writer = _WRITER.fullmatch(sender) if is_newsletter else None
    title, list_id = _list_of(header)
    source = title or (writer["source"] if writer else sender)
    # Who sends a newsletter under its own name has no byline.
    author = writer["name"] if writer else sender if sender != source or not is_newsletter else ""
    published = dates.declared(_field(header, "Date"))
    own_id = "".join(_field(header, "Message-ID").split())
    return Said(
        metadata=Metadata(
            headline=_headline(_decoded(_field(header, "Subject"))),
            byline=names((author,)),
            published=published,
            language=(_field(header, "Content-Language") or None),
        ),
        id=own_id or None,
        # Under such an id nobody learns the name of a person who wrote a letter.
        source_id=None if is_newsletter else f"file-{short_id('mail', address.lower())}",
        source_name=source or list_id or None,
        private=True,
    )


def _list_of(header: "Message") -> tuple[str, str]:
    """Return the name that people gave a list, and the one by which machines know it; empty if it has none."""
    field = _field(header, "List-ID")
    phrase, _, rest = field.partition("<")
    title = " ".join(_decoded(phrase).replace('"', " ").split())
    list_id = rest.partition(">")[0].strip() if rest else title
    return ("" if not rest or _MACHINE.search(title) else title), list_id


def _headline(subject: str) -> str | None:
    """Return a subject without the marks of replies, of forwarding and of lists before it."""
    while mark := _REPLY.match(subject):
        subject = subject[mark.end() :]
    return subject or None


def _field(header: "Message", name: str) -> str:
    """Return a field of a header as it is encoded, on one line, empty if there is none or it is too long."""
    raw = next((str(value) for key, value in header.raw_items() if key.lower() == name.lower()), "")
    if len(raw) > _MAX_FIELD:
        return ""
    # Against all rules, some headers hold bytes of other encodings.
    text = characters(raw.encode("utf-8", "surrogateescape"))
    return " ".join((sound(text) or "").split())


def _decoded(field: str) -> str:
    """Return a field with its encoded words decoded."""
    from email.errors import HeaderParseError
    from email.header import decode_header

    try:
        chunks = decode_header(field)
    except (HeaderParseError, ValueError):
        return field
    text = "".join(chunk if isinstance(chunk, str) else _word(chunk, charset) for chunk, charset in chunks)
    return " ".join((sound(text) or "").split())


def _word(chunk: bytes, charset: str | None) -> str:
    try:
        return chunk.decode(charset or "utf-8")
    except (LookupError, ValueError):
        return characters(chunk, charset=charset)
