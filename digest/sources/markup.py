"""
The texts of an entry in, a line of plain text or a small web page out.

The page is for the extractor, which cleans it like any other: nothing here makes markup safe to be shown.
"""

import html
import re

from digest.sources.found import Text

TAG = re.compile(r"<[/!?]?[A-Za-z][^<>]*>")
_KNOWN_TAG = re.compile(
    r"</?(?:a|abbr|b|big|blockquote|br|center|cite|code|del|div|em|embed|figure|font|h[1-6]|hr|i|iframe|img|ins|li|link|mark|meta"
    r"|object|ol|p|pre|q|s|script|small|span|strike|strong|style|sub|sup|svg|table|td|tr|tt|u|ul|video|wbr)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
UNSEEN = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
_BREAKING = re.compile(r"<(?:br|/p|/div|/h[1-6]|/li|p|div)\b[^<>]*>", re.IGNORECASE)
_MAX_LINE = 2000
"""Characters of markup that a line is made of."""


def line(text: Text | None) -> str | None:
    """Return *text* on one line, tags stripped and entities resolved; `None` if nothing is left."""
    if text is None:
        return None
    value = text.value[:_MAX_LINE]
    if is_markup(text):
        value = TAG.sub("", _BREAKING.sub(" ", UNSEEN.sub(" ", value)))
        value = html.unescape(value)
    return " ".join(value.split()) or None


def is_markup(text: Text) -> bool:
    """Return whether *text* is HTML, or looks like it where its format does not say."""
    if text.kind == "guess":
        return _KNOWN_TAG.search(text.value) is not None or _ENTITY.search(text.value) is not None
    return text.kind == "html"


def fullest(texts: tuple[Text, ...]) -> Text | None:
    """Return the text with the most to read, the first of equals."""
    return max(texts, key=lambda text: len(TAG.sub("", text.value)), default=None)


def page(*, headline: str | None, content: Text | None, language: str | None) -> bytes:
    """Return a web page in UTF-8 that holds an entry and nothing else."""
    lang = f' lang="{html.escape(language)}"' if language else ""
    title = html.escape(headline or "", quote=False)
    heading = f"<h1>{title}</h1>\n" if title else ""
    return (
        f'<!DOCTYPE html>\n<html{lang}>\n<head><meta charset="utf-8"><title>{title}</title></head>\n'
        f"<body><article>\n{heading}{_paragraphs(content)}\n</article></body>\n</html>\n"
    ).encode("utf-8", "replace")


def _paragraphs(content: Text | None) -> str:
    if content is None:
        return ""
    if is_markup(content) and TAG.search(content.value):
        return content.value
    # Without a tag, the breaks between paragraphs are those of the text.
    text = html.unescape(content.value) if is_markup(content) else content.value
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s*\n|\r\n?\s*\r\n?", text))
    return "\n".join(f"<p>{html.escape(part, quote=False)}</p>" for part in paragraphs if part)
