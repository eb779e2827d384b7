"""
Bytes in, clean characters out.

The order of trust is the byte order mark, UTF-8, UTF-16 by its zero bytes, what is declared, and a guess
(charset-normalizer, else Windows-1252, which is what browsers do). The result is in the composed
form (NFC), has line feeds only, and nothing invisible that could steer a page: control characters and
the marks that override the direction of writing are taken out.
"""

import codecs
import re
import unicodedata

from digest.errors import ItemError

MAX_BYTES = 8_000_000
"""Size of the largest item that is looked at."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a ZIP archive or office document",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"\x1f\x8b": "a gzip archive",
    b"\x7fELF": "a program",
    b"\xd0\xcf\x11\xe0": "an office document",
    b"{\\rtf": "an RTF document",
}
_GUESSED = 65_536
"""Bytes that a guess looks at."""
_MAX_ODD = 0.02
"""Share of control and unassigned characters above which bytes are not text."""

# Python calls these encodings too; no page is written in them, and some take quadratic time.
_NOT_CHARSETS = frozenset({"idna", "punycode", "unicode_escape", "raw-unicode-escape", "undefined", "mbcs", "oem"})

_BREAK = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u2060\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff]"
)


def decode(body: bytes, *, locator: str, declared: str | None = None) -> str:
    """
    Return the text of *body*.

    Args:
        body: The bytes of an item.
        locator: Where they came from, for the message.
        declared: Charset that the item or its headers state.

    Raises:
        ItemError: *body* is empty, too large, not text, or in no encoding that can be told.
    """
    if not body:
        raise ItemError(locator, "empty: 0 bytes")
    if len(body) > MAX_BYTES:
        raise ItemError(locator, f"too large: {len(body) / 1e6:.1f} MB, at most {MAX_BYTES / 1e6:.0f} MB")
    for magic, what in _MAGIC.items():
        if body.startswith(magic):
            raise ItemError(locator, f"not text: {what}")
    text = _by_mark(body, locator)
    if text is None:
        text = _by_content(body, locator, declared)
    return clean(text)


def clean(text: str) -> str:
    """Return *text* composed (NFC), with line feeds only, without control and direction marks."""
    text = _UNWANTED.sub("", _BREAK.sub("\n", text))
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _by_mark(body: bytes, locator: str) -> str | None:
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            try:
                return body.decode(encoding)
            except UnicodeDecodeError as e:
                raise ItemError(locator, f"unknown encoding: marked as {encoding}, but {e.reason}") from e
    return None


def _by_content(body: bytes, locator: str, declared: str | None) -> str:
    if (utf16 := _utf16(body)) is not None:
        return utf16
    if b"\x00" in body:
        raise ItemError(locator, "not text: zero bytes in it, and it is not UTF-16")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as e:
        flaw = e
    text = _as(body, declared) or _mended(body) or _guessed(body)
    if text is None or _is_odd(text):
        raise ItemError(
            locator,
            f"unknown encoding: byte 0x{body[flaw.start]:02x} at {flaw.start} is not UTF-8, "
            "and no other encoding gives text",
        )
    return text


def _utf16(body: bytes) -> str | None:
    """Return *body* read as UTF-16 when every other byte of its beginning is mostly zero."""
    head = body[:4096]
    pairs = len(head) // 2
    if pairs < 2:
        return None
    for encoding, zeros, others in (("utf-16-le", head[1::2], head[::2]), ("utf-16-be", head[::2], head[1::2])):
        if zeros.count(0) > 0.4 * pairs and others.count(0) < 0.05 * pairs:
            try:
                return body[: len(body) // 2 * 2].decode(encoding)
            except UnicodeDecodeError:
                return None
    return None


def _as(body: bytes, charset: str | None) -> str | None:
    if not charset:
        return None
    try:
        name = codecs.lookup(charset.strip()).name
        text = None if name in _NOT_CHARSETS else body.decode(name)
    except (LookupError, ValueError):
        return None
    if text is None:
        return None
    return None if _is_odd(text) else text


def _mended(body: bytes) -> str | None:
    """Return UTF-8 in which single bytes of Windows-1252 were left, as careless joining leaves them."""
    text = body.decode("utf-8", "surrogateescape")
    wrong = sum("\udc80" <= char <= "\udcff" for char in text)
    right = sum(char > "\x7f" for char in text) - wrong
    if wrong > right:
        return None
    return re.sub("[\udc80-\udcff]", lambda m: _WINDOWS[ord(m[0]) - 0xDC80], text)


_WINDOWS = tuple(bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100))


def _guessed(body: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(body[:_GUESSED]).best()
    for charset in (best.encoding if best else None, "cp1252"):
        if (text := _as(body, charset)) is not None:
            return text
    return None


def _is_odd(text: str) -> bool:
    """Return whether too many characters of *text* are of kinds that texts do not have."""
    sample = text[:_GUESSED]
    odd = sum(unicodedata.category(char) in {"Cc", "Cn", "Co", "Cs"} and char not in "\n\r\t\f" for char in sample)
    return odd > _MAX_ODD * len(sample)
