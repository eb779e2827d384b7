"""
A line of a page in, why it is none of an article's text out, as far as the line itself tells.

Captions and picture credits, pointers to other pages, notices, consents and rules.
"""

import re

from digest.extract.features import Features
from digest.extract.lexicon import AGENCY, LOWER, NO_PHRASES, UPPER, WORD, alternatives, listed, opening_teaser

_CREDIT = alternatives(listed("credits")) + r"\.?"
_ARCHIVE = alternatives(listed("archives"))
_MADE_BY = frozenset(
    max(WORD.findall(name.casefold()), key=len)
    for name in (*listed("agencies"), *listed("credits"), *listed("archives"))
)
"""Words without which there is no credit, the longest of each name."""
_BY_SIGN = r"(?:[:©]|/(?!(?-i:[a-z]{4})))"
"""What stands before who made a picture; a slash before a common word pairs two words, as in photo/sketch."""
_REST = r"(?:[/|,\s][^.]{0,30})?"
_CAPTION = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # Photo: Jane Doe / Foto: dpa / Credit: Jane Doe, at the end or alone
        rf"(?:^|[\s(|/.–—-]){_CREDIT}(?:\s(?:courtesy|credits?|by|via|source))?(?:\sof)?\s?{_BY_SIGN}\s?[^:]{{2,80}}$",
        rf"\b{_CREDIT}\scourtesy\b",
        # (Jane Doe/Agency via Agency) at the end
        rf"[(\[][^()\[\]]*[\s/,|©]{AGENCY}\b[^()\[\]]{{0,40}}[)\]]\.?$",
        rf"[(\[]{AGENCY}(?:\s(?:images?|photos?|pool|file)|\s?[/|])[^()\[\]]{{0,40}}[)\]]\.?$",
        rf"[^.!?…”\"»\d]\s\({AGENCY}\)$",
        rf"\(\s?(?:{_CREDIT}|{_ARCHIVE})\s?(?:[:/].{{0,60}}|by\s.{{2,60}})?\)\.?$",
        # Jane Doe/Agency, © Agency
        rf"(?:[^\s/]\s?[/|]\s?|©\s?(?:\d{{4}}\s)?|\bvia\s|\|\s){AGENCY}\b(?:\s(?:images?|photos?|news))?{_REST}\.?$",
    )
)
# In Japanese: what is on it ＝ where, when and by whom it was taken.
_TAKEN = re.compile(r"＝[^。＝]{2,40}(?:撮影|提供|共同|ロイター|\d{1,4}[年月日])$")
_PHOTO_BY = re.compile(rf"^(?:{_CREDIT}\s(?:by|von|de|di|par|av)|fot\.)\s.{{2,80}}$", re.IGNORECASE)
# The text of a picture between two mentions of who made it, the second glued to it: `Acme A ship at seaAcme`.
_BETWEEN_CREDITS = re.compile(rf"(?P<by>[{UPPER}][^.!?]{{2,40}}?)\s.{{10,}}[{LOWER}\d).\"”’](?P=by)")
_IN_CAPITALS = re.compile(
    rf"(?:[{LOWER})»”]|\d{{4}})\.\s[{UPPER}'’-]{{3,}}(?:\s[{UPPER}.'’-]+){{1,4}}(?:\s[/«][\s/«»{UPPER}.'’-]+)?$"
)
_MIN_PICTURED = 10
"""Characters of the shortest text that stands between two mentions of who made a picture."""
_IN_CREDITS = frozenset(
    {"by", "via", "of", "for", "from", "the", "and", "courtesy", "credit", "von", "für", "de", "pour"}
)
_SOURCES = frozenset({"source", "sources"})
"""First words of a line that says where figures come from, which stands below text."""
_MAX_CREDIT = 9
"""Words of the longest line that holds a credit and no more."""
_FIRST_ON = re.compile(
    rf"{alternatives(listed('posts'))}\s.{{1,300}}\s{alternatives(listed('first_on'))}\s", re.IGNORECASE
)
"""Where an article stood first, as feeds say below it."""
_CREDITED = 130
"""Characters at the end of a caption in which its credit stands."""
_MAX_CAPTION = 70
"""Words of the longest caption."""
_LONGEST_CAPTION = 1000
"""Characters of the longest caption; a line without spaces can be of any length."""
OPENS_QUOTE = "\"“„”«»‘‚'「『"
"""Signs with which a quotation begins."""
NOTICE = "speaks of the page, not of its subject"
RULE = "stands among rules for comments"
FURNITURE = frozenset({NOTICE, RULE})
"""Reasons for which a line belongs to no article at all."""
_MIN_FORMAL, _FORMAL_SHARE = 3, 0.12
"""Words in legal phrases, and their share of a line, from which it is a disclaimer or the like."""
_MIN_ADDRESSED, _ADDRESSED_SHARE = 5, 0.5
"""Words in phrases that readers are told, or their share of a line, from which it is none of an article's."""


def is_caption(text: str, known: Features) -> bool:
    """Return whether a line belongs to a picture: it ends, or begins, with who made it."""
    if known.words > _MAX_CAPTION or len(text) > _LONGEST_CAPTION:
        return False
    if is_between_credits(text) or ((text[-1].isupper() or text[-1] == "»") and _IN_CAPITALS.search(text[-_CREDITED:])):
        return True
    if "＝" in text and _TAKEN.search(text):
        return True
    if _MADE_BY.isdisjoint(known.tokens):
        return False
    if known.words <= 14 and _PHOTO_BY.match(text):
        return True
    tail = text[-_CREDITED:]
    return any(pattern.search(tail) for pattern in _CAPTION)


def is_between_credits(text: str) -> bool:
    """Return whether a line is what stands in place of a picture, between two mentions of who made it."""
    return (
        len(text) <= _LONGEST_CAPTION
        and text.rfind(text[:3]) > _MIN_PICTURED
        and _BETWEEN_CREDITS.fullmatch(text) is not None
    )


def is_credit(text: str, known: Features) -> bool:
    """Return whether a line says who made a picture, and nothing else."""
    if known.words > _MAX_CREDIT or known.ends or not _SOURCES.isdisjoint(known.tokens[:1]):
        return False
    is_named = sum(word[0].islower() and word not in _IN_CREDITS for word in text.split()) <= 1
    return is_named and is_caption(text, known)


def _is_teaser(text: str, known: Features) -> bool:
    """Return whether a line points to another page and says nothing itself."""
    if not known.phrases.teaser:
        return False
    is_alone = known.phrases.teaser == len(known.tokens)
    return is_alone or opening_teaser(text) is not None or (not known.ends and known.words <= 25)


def _is_notice(text: str, known: Features) -> bool:
    """Return whether a line is about the page and not about what the article is about."""
    if _FIRST_ON.match(text):
        return True
    said = known.phrases
    if said is NO_PHRASES:
        return False
    if said.alone is not None:
        return True
    count = max(1, len(known.tokens))
    formal = said.covered.get("legal", 0)
    addressed = said.covered.get("reader", 0) + said.covered.get("rules", 0)
    if addressed:
        addressed += said.covered.get("ask", 0)
    if text[0] not in OPENS_QUOTE and addressed >= min(_MIN_ADDRESSED, _ADDRESSED_SHARE * count):
        formal += addressed
    if formal >= _MIN_FORMAL and formal >= _FORMAL_SHARE * count:
        return True
    about = formal + sum(said.covered.get(role, 0) for role in ("ask", "notice"))
    return about > 0.5 * count or (known.words <= 14 and said.covered.get("notice", 0) >= 0.25 * count)


def foreign(text: str, known: Features) -> str | None:
    """Return why a line inside the article is none of its text, None if it is."""
    if is_caption(text, known):
        return "a caption"
    if _is_teaser(text, known):
        return "points to another page"
    return NOTICE if _is_notice(text, known) else None


def is_rule(text: str, known: Features) -> bool:
    """Return whether a line may be a rule for comments, which tells nothing as long as it stands alone."""
    said = known.phrases.covered.get("rules", 0)
    return said >= max(_MIN_FORMAL, _FORMAL_SHARE * len(known.tokens)) and text[0] not in OPENS_QUOTE
