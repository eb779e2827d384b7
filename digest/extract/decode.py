"""
Bytes in, clean characters out.

The order of trust is the byte order mark, UTF-16 by its zero bytes, the escapes of ISO 2022, UTF-8, what is
declared, UTF-8 with stray bytes of Windows-1252 in it, and a guess: Japanese by its hiragana, else what
charset-normalizer says, else Windows-1252, as browsers do. The result is in the composed form (NFC), has line feeds
only, and nothing invisible that could steer a page: control characters and the marks that override the direction of
writing are taken out.
"""

import codecs
import re
import unicodedata

from digest.errors import ItemError
from digest.text.charsets import encoding_of, marked

MAX_BYTES = 8_000_000
"""Size of the largest item that is looked at."""

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
_MAX_LOST = 0.005
"""Share of characters that cannot be read above which a declared charset is not the right one."""
# A guess tells these from their neighbours by a letter or two, and nobody writes in them.
_UNLIKELY = [
    *("cp037", "cp273", "cp424", "cp500", "cp875", "cp1026", "cp1140", "cp1006", "cp1125", "cp1258", "cp720", "cp864"),
    *("hp_roman8", "kz1048", "ptcp154", "koi8_t", "iso8859_10", "iso8859_14", "iso8859_16", "johab", "hz", "utf_7"),
    *("mac_croatian", "mac_farsi", "mac_greek", "mac_iceland", "mac_latin2", "mac_romanian", "mac_turkish"),
]
_ESCAPE = b"\x1b"
_ISO_2022 = {b"\x1b$)C": "iso2022_kr", b"\x1b$B": "iso2022_jp_2", b"\x1b$@": "iso2022_jp_2", b"\x1b(J": "iso2022_jp_2"}
"""Escapes by which these encodings, which are ASCII otherwise, switch to other letters."""
_WINDOWS_ONLY = re.compile(b"[\x80-\x9f]")
"""Letters and marks of the encodings of Windows that those of ISO 8859 have elsewhere or not at all."""
_COMMON = re.compile("[ \n,.、。，]")
_MIN_COMMON = 0.01
"""Share of these in any text, at least."""
_KANA = re.compile("[\u3041-\u3096]")
_MIN_KANA = 0.1
"""Share of Japanese text that is hiragana, at least."""

_BREAKS = ("\r\n", *"\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u2060\u202a-\u202e\u2066-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_USUAL = bytes((*b"\t\n", *range(0x20, 0x7F)))
_MAY_COMPOSE = re.compile(
    "[^\x00-\u02ff\u0388-\u0482\u2010-\u20cf\u2100-\u2125\u2190-\u2328\u3001-\u3029\u3041-\u3094\u30a1-\u30fa"
    "\u3400-\u9fff\uac00-\ud7a3\U0001f000-\U0001faff]"
)
"""All but the characters of everyday use of which none changes when a text is composed."""


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
    encoding, body = marked(body)
    # The mark of UTF-8 is put before texts in other encodings too.
    if encoding is None or encoding == "utf-8":
        return clean(_by_content(body, locator, declared))
    return clean(_by_mark(body, locator, encoding))


def clean(text: str) -> str:
    """Return *text* composed (NFC), with line feeds only, without control and direction marks."""
    if text.isprintable() and not _MAY_COMPOSE.search(text):
        return text  # a line, most likely
    # Looking for them one by one is faster than a pattern is: most texts have none.
    for mark in _BREAKS:
        text = text.replace(mark, "\n")
    rare = unusual(text)
    if _UNWANTED.search(rare):
        text = _UNWANTED.sub("", text)
    return unicodedata.normalize("NFC", text) if _MAY_COMPOSE.search(rare) else text


def unusual(text: str) -> str:
    """Return the characters of *text* that are not printable ASCII: few of most texts, and fast to look through."""
    return text.encode("utf-8", "surrogatepass").translate(None, _USUAL).decode("utf-8", "surrogatepass")


def one_line(text: str) -> str:
    """Return *text* clean and on one line."""
    line = " ".join(text.split())
    # Most lines are clean, and this is the fast way to know.
    return line if line.isascii() and line.isprintable() else " ".join(clean(text).split())


def _by_mark(body: bytes, locator: str, encoding: str) -> str:
    """Return *body* read in the encoding of its mark; half a character at its end is left out."""
    try:
        return codecs.getincrementaldecoder(encoding)().decode(body)
    except UnicodeDecodeError as e:
        raise ItemError(locator, f"unknown encoding: marked as {encoding}, but {e.reason}") from e


def _by_content(body: bytes, locator: str, declared: str | None) -> str:
    if (utf16 := _utf16(body)) is not None:
        return utf16
    if b"\x00" in body:
        raise ItemError(locator, "not text: zero bytes in it, and it is not UTF-16")
    if _ESCAPE in body and (found := [name for escape, name in _ISO_2022.items() if escape in body]):
        return body.decode(found[0], "replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as e:
        flaw = e
    whole = body[: flaw.start]
    # Without another such character before it, the half of one at the end may be a letter of the declared encoding.
    if flaw.reason == "unexpected end of data" and (not whole.isascii() or encoding_of(declared) in {None, "utf-8"}):
        return whole.decode("utf-8")
    text = _as(body, declared) or _mended(body) or _guessed(body)
    if text is None or _is_odd(text):
        raise ItemError(
            locator,
            f"unknown encoding: byte 0x{body[flaw.start]:02x} at {flaw.start} is not UTF-8, "
            "and no other encoding gives text",
        )
    return text


def _utf16(body: bytes) -> str | None:
    """Return *body* read as UTF-16 when it has zero bytes, as every space of it does, and reads as text that way."""
    if b"\x00" not in body[:_GUESSED]:
        return None
    best, most = None, 0.0
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = body[: len(body) // 2 * 2].decode(encoding)
        except UnicodeDecodeError:
            continue
        common = len(_COMMON.findall(text, 0, _GUESSED)) / max(1, min(len(text), _GUESSED))
        if common > max(most, _MIN_COMMON) and not _is_odd(text):
            best, most = text, common
    return best


def _as(body: bytes, charset: str | None) -> str | None:
    """Return *body* read in *charset*, a stray byte aside, `None` when that is no charset or not the right one."""
    encoding = encoding_of(charset)
    text = body.decode(encoding, "replace") if encoding else ""
    if not text or text.count("\ufffd") > max(1, _MAX_LOST * len(text)) or _is_odd(text):
        return None
    return text


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

    japanese = _as(body, "cp932")
    if japanese and len(_KANA.findall(japanese)) >= _MIN_KANA * len(japanese):
        return japanese
    best = from_bytes(body[:_GUESSED], cp_exclusion=_UNLIKELY).best()
    guess = best.encoding if best else None
    if guess == "cp1250" and not _WINDOWS_ONLY.search(body, 0, _GUESSED):
        guess = "iso8859_2"
    for charset in (guess, "cp1252"):
        if (text := _as(body, charset)) is not None:
            return text
    return None


def _is_odd(text: str) -> bool:
    """Return whether too many characters of *text* are of kinds that texts do not have."""
    sample = text[:_GUESSED]
    odd = sum(unicodedata.category(char) in {"Cc", "Cn", "Co", "Cs"} and char not in "\n\r\t\f" for char in sample)
    return odd > _MAX_ODD * len(sample)
