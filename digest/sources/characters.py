"""
The bytes of a feed or a list of feeds in, its characters out, and its document type left out.

Trusted in this order: the byte order mark, UTF-8 that is sound, what the document declares, what the server says,
and Windows-1252, as browsers do. Hardly any text is
UTF-8 by chance, while many declare another encoding and use it.

A document type can do three things to its reader: make it fetch, make it swell and make it slow. Feeds need none of
it, so a parser gets a document from its root on, and an entity that was defined before is a few letters of text.
"""

import codecs
import html
import re

from digest.sources.found import UNSOUND

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SILENT = ((b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"), (b"{\x00", "utf-16-le"), (b"\x00{", "utf-16-be"))
"""How UTF-16 begins that has no mark."""
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})["']""")
_READ_AS = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932"}
"""What is written where these are declared (WHATWG, Encoding)."""
_NOT_CHARSETS = frozenset({"idna", "punycode", "unicode_escape", "raw-unicode-escape", "undefined", "utf-7"})

_CDATA = "<![CDATA["
_AMPERSAND = re.compile(r"&(?:(#[0-9]{1,7};|#x[0-9a-f]{1,6};|(?:amp|lt|gt|quot|apos);)|(\w{1,32};))?", re.IGNORECASE)


def characters(body: bytes, *, charset: str | None = None) -> str:
    """
    Return the text of *body*; bytes that no encoding explains become replacement characters.

    Args:
        body: The bytes of a document.
        charset: What the server says they are written in.
    """
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return _sound(body[len(mark) :].decode(encoding, "replace"))
    for beginning, encoding in _SILENT:
        if body.startswith(beginning):
            return _sound(body.decode(encoding, "replace"))
    declared = _DECLARED.match(body[:400])
    for name in ("utf-8", declared[1].decode("ascii", "replace") if declared else None, charset):
        if (text := _decoded(body, name)) is not None:
            return _sound(text)
    return _sound(body.decode("cp1252", "replace"))


def from_root(text: str, names: str) -> str | None:
    """
    Return an XML document from its root element on, with every ampersand put right; `None` if it has another root.

    Args:
        text: The document.
        names: Local names that the root may have, parted by `|`.
    """
    root = re.search(rf"<(?:[\w.-]{{1,40}}:)?(?:{names})(?=[\s>])", text, re.IGNORECASE)
    if root is None:
        return None
    mended: list[str] = []
    end = root.start()
    while end < len(text):
        start, end = end, text.find(_CDATA, end)
        if end < 0:
            mended.append(_AMPERSAND.sub(_mended, text[start:]))
            break
        mended.append(_AMPERSAND.sub(_mended, text[start:end]))
        start, end = end, text.find("]]>", end) + 3
        end = len(text) if end < 3 else end
        mended.append(text[start:end])
    return "".join(mended)


def _sound(text: str) -> str:
    return UNSOUND.sub("", text)


def _decoded(body: bytes, charset: str | None) -> str | None:
    try:
        name = codecs.lookup((charset or "").strip()).name
        return None if name in _NOT_CHARSETS else body.decode(_READ_AS.get(name, name))
    except (LookupError, ValueError):
        return None


def _mended(match: re.Match[str]) -> str:
    if match[1]:
        return match[0]
    named = html.unescape(match[0]) if match[2] else match[0]
    # What is no name in HTML either, or stands for a sign of XML itself, is text.
    return f"&amp;{match[0][1:]}" if named[0] in "&<" else named
