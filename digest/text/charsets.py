"""
What bytes say of their encoding in, the encoding that they are written in out.

A byte order mark is right. The name of a charset is read as browsers read it (WHATWG, "Encoding"): where Latin-1 is
declared, Windows-1252 is written, and so on.
"""

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_READ_AS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
# Python calls these encodings too; no page is written in them, and some take quadratic time.
_NOT_CHARSETS = frozenset(
    {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem", "utf-7"}
)


def marked(body: bytes) -> tuple[str | None, bytes]:
    """Return the encoding that the byte order mark of *body* stands for, `None` without one, and what is behind it."""
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return encoding, body[len(mark) :]
    return None, body


def encoding_of(charset: str | None) -> str | None:
    """Return the encoding, by Python's name, that is written where *charset* is declared; `None` if that is none."""
    try:
        name = codecs.lookup((charset or "").strip().lower().removeprefix("x-")).name  # `x-sjis`, `x-gbk`
        "a".encode(name)  # refuses what is a codec, but not one of text
    except (LookupError, ValueError):
        return None
    return None if name in _NOT_CHARSETS else _READ_AS.get(name, name)
