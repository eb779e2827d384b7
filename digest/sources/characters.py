"""
The bytes of what a program wrote in (a feed, a list of feeds, JSON, the header of a mail), its characters out.

Trusted in this order: the byte order mark, UTF-16 by the zero byte of its first sign, UTF-8 that is sound, what an XML
document declares, what the server says, and Windows-1252, as browsers do. Hardly any text is UTF-8 by chance, while
many declare UTF-8 and use another encoding.

A document type can do three things to its reader: make it fetch, make it swell and make it slow. Feeds need none of
it, so a parser gets a document from its root on, and an entity that was defined before is a few letters of text.
"""

import html
import re

from digest.sources.found import UNSOUND
from digest.text.charsets import encoding_of, marked

_SILENT = re.compile(rb"(?P<le>[<{[]\x00)|\x00[<{[]")
"""How UTF-16 begins that has no mark, little end first or not."""
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})["']""")

_CDATA = "<![CDATA["
_AMPERSAND = re.compile(r"&(?:(#[0-9]{1,7};|#x[0-9a-f]{1,6};|(?:amp|lt|gt|quot|apos);)|(\w{1,32};))?", re.IGNORECASE)


def characters(body: bytes, *, charset: str | None = None) -> str:
    """
    Return the text of *body*; bytes that no encoding explains become replacement characters.

    Args:
        body: The bytes of a document.
        charset: What the server says they are written in.
    """
    encoding, body = marked(body)
    if encoding is None and (silent := _SILENT.match(body)):
        encoding = "utf-16-le" if silent["le"] else "utf-16-be"
    if encoding:
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
    encoding = encoding_of(charset)
    try:
        return body.decode(encoding) if encoding else None
    except UnicodeDecodeError:
        return None


def _mended(match: re.Match[str]) -> str:
    if match[1]:
        return match[0]
    named = html.unescape(match[0]) if match[2] else match[0]
    # What is no name in HTML either, or stands for a sign of XML itself, is text.
    return f"&amp;{match[0][1:]}" if named[0] in "&<" else named
