"""
Text that was encoded twice in, the text that was meant out: `itâ€™s` becomes `it’s`.

UTF-8 that somebody read in an old encoding and saved as UTF-8 again is told from what a language could have by
ftfy (Speer 2019, "ftfy: fixes text for you"), line by line, as careless joining mixes both. A paragraph's raw form
keeps the characters of the source wherever it can be told which they were.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from digest.extract.decode import clean, unusual
from digest.extract.found import Finding
from digest.model import Item, Paragraph

# The characters as which Windows-1252 and Latin-1 read the bytes inside a character of UTF-8.
_INNER = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_FIRST = "ÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðРСĂĹ‚√Γ├"
"""The characters that what was encoded twice begins with."""
# ftfy is slow and takes a while to load; it gets to see only what could be a character encoded twice. That the pattern
# begins with one set of characters lets most text be passed over fast.
_SUSPECT = re.compile(
    rf"[{_FIRST}](?:"
    rf"(?<=[Â-ß]){_INNER}|(?<=[à-ï]){_INNER}{{2}}|(?<=ð){_INNER}{{3}}|(?<=Ã) |(?<=â)€"  # read as Windows-1252
    r"|(?<=[РС]).(?:[РС].){3}|(?<=[ĂĹ√├])\S|(?<=‚)Ä|(?<=Γ)Ç)"  # as Windows-1251, Windows-1250, Mac Roman or by DOS
)
_MAY_BE_SUSPECT = re.compile(f"[{_FIRST}]")
_HALF = re.compile(r"â€(?=[\s.,;:!?)\]]|$)")
"""A closing quotation mark whose last byte, which Windows-1252 does not have, was lost."""
_CODECS = ("sloppy-windows-1252", "latin-1", "sloppy-windows-1251", "sloppy-windows-1250", "mac_roman", "cp437")
# In another script every letter is two characters long, and no place in such a text could be found any more.
_TRACEABLE = re.compile("[\x80-\u024f\u2000-\u206f\u20a0-\u20cf]")


def undoubled(text: str) -> str:
    """Return *text* as it was before it was encoded twice; text that is right stays as it is."""
    if text.isascii() or not _MAY_BE_SUSPECT.search(unusual(text)) or not _SUSPECT.search(text):
        return text
    return "\n".join(_fixed(line) if _SUSPECT.search(line) else line for line in text.split("\n"))


def mending(extractor: Callable[[Item], Finding]) -> Callable[[Item], Finding]:
    """Return an extractor that works as *extractor* does, on text that was encoded twice too."""

    def mended(item: Item) -> Finding:
        text = _utf8(item.body)
        right = undoubled(text)
        if right == text:
            return extractor(item)
        found = extractor(replace(item, body=right.encode("utf-8")))
        own = _own_characters(clean(text), right)
        return replace(found, paragraphs=tuple(_traced(paragraph, own) for paragraph in found.paragraphs))

    return mended


def _utf8(body: bytes) -> str:
    """Return *body* as text, empty when it is no UTF-8 and so was not saved in it twice."""
    try:
        return "" if body.isascii() else body.decode("utf-8")
    except UnicodeDecodeError:
        return ""


def _fixed(line: str) -> str:
    import ftfy

    fixed: str = ftfy.fix_encoding(_HALF.sub("â€\x9d", line))
    return fixed


def _own_characters(text: str, right: str) -> Mapping[str, str]:
    """Return character → how the source has it, for those that stand in the source in that form only."""
    import ftfy.bad_codecs  # noqa: F401 - makes the sloppy encodings known

    own: dict[str, str] = {}
    for char in sorted(set(_TRACEABLE.findall(right)) - set(text)):
        forms = (clean(char.encode("utf-8").decode(codec, "replace")) for codec in _CODECS)
        if form := next((form for form in forms if form in text), None):
            own[char] = form
    return own


def _traced(paragraph: Paragraph, own: Mapping[str, str]) -> Paragraph:
    raw = "".join(own.get(char, char) for char in paragraph.raw)
    return paragraph if raw == paragraph.raw else replace(paragraph, raw=raw)
