"""
Whole pages saved as plain text in, what they tell of their article out.

Nothing in such a dump says what is article and what is menu, so the page is read as a whole: lines are scored, decoded
and trimmed (`body`, `trim`), the headline is found above the body, byline and date between the two or near by
(`imprint`).
"""

from collections.abc import Sequence

from digest.extract.body import choose
from digest.extract.decode import decode
from digest.extract.features import Features, features, page_language
from digest.extract.found import Finding
from digest.extract.gate import check, count_sentences
from digest.extract.glue import unglue
from digest.extract.headlines import Headline, find_headline, site_by_copyright
from digest.extract.imprint import find_byline, find_date
from digest.extract.lines import Line, split_lines
from digest.extract.paragraphs import dateline, paragraphs
from digest.extract.trim import is_foreign, trimmed
from digest.language import identify
from digest.model import Item, Metadata
from digest.text import plain, stop_words

_MIN_STANDFIRST = 6.0
"""Words of the shortest standfirst."""
_MAX_LEAD_HEADLINE = 25.0
"""Words of a first line of the body that may be its headline."""


def from_dump(item: Item) -> Finding:
    """
    Return the article of a page that was saved as plain text.

    Raises:
        ItemError: It cannot be decoded, or no article is in it.
    """
    return read(split_lines(decode(item.body, locator=item.locator)), item)


def read(lines: Sequence[Line], item: Item) -> Finding:
    """Return the article among the *lines* of a page, whatever they were made from; raises as `from_dump` does."""
    language = page_language(lines, declared=item.declared.language)
    lines = unglue(lines, language=language)
    known = features(lines, language=language)
    chosen = [at for at, is_own in enumerate(choose(lines, known)) if is_own]
    body = list(trimmed(lines, known, chosen))
    headline = _headline(lines, known, body, item, language) if body else None
    if headline is not None:
        body = [at for at in body if at > headline.at and not _repeats(lines[at], headline)]
    check(
        known,
        body,
        sentence_count=count_sentences(lines, known, body, language=language),
        page_words=sum(line.words for line in known),
        stops=stop_words(language),
        locator=item.locator,
    )
    return _finding(lines, known, body, headline, language)


def _headline(
    lines: Sequence[Line], known: Sequence[Features], body: Sequence[int], item: Item, language: str
) -> Headline | None:
    """Return the declared headline where the page has it, else the line that must be it."""
    if item.declared.headline:
        sought = plain(item.declared.headline)
        for at in range(min(len(lines), body[-1])):
            if plain(lines[at].text) == sought:
                return Headline(at, lines[at].text, None)
    found = find_headline(lines, known, body, stops=stop_words(language))
    first = body[0]
    if found is None and len(body) > 1 and _may_lead(lines[first], known[first]):
        return Headline(first, lines[first].text, None)
    return found


def _may_lead(line: Line, known: Features) -> bool:
    """Return whether the first line of a body is a headline rather than its lede."""
    return known.words <= _MAX_LEAD_HEADLINE and line.text[-1] not in ".…:;,。"


def _repeats(line: Line, headline: Headline) -> bool:
    return line.text == headline.text


def _finding(
    lines: Sequence[Line], known: Sequence[Features], body: list[int], headline: Headline | None, language: str
) -> Finding:
    told = identify(" ".join(lines[at].text[:2000] for at in body[:20]), declared=language)
    top = headline.at if headline else max(0, body[0] - 1)
    kept = list(lines)
    lede = kept[body[0]]
    published = find_date(lines, known, top=top, body=body, language=told)
    if cut := dateline(lede.text):
        rest = lede.text[cut:]
        kept[body[0]] = Line(rest, rest, lede.gap)
    stated = Metadata(
        headline=headline.text if headline else None,
        byline=find_byline(lines, known, top=top, body=body, language=told),
        published=published,
        language=told,
        site_name=(headline.site if headline else None) or site_by_copyright(lines),
    )
    return Finding(
        stated=stated,
        standfirst=_standfirst(lines, known, top, body[0]) if headline else None,
        paragraphs=paragraphs(kept, known, body, language=told),
    )


def _standfirst(lines: Sequence[Line], known: Sequence[Features], top: int, first: int) -> str | None:
    """Return the sentence between headline and body that was not taken into the body."""
    for at in range(top + 1, first):
        found = known[at]
        if found.ends and found.words >= _MIN_STANDFIRST and not is_foreign(lines[at].text, found):
            return None if "ask" in found.phrases.covered else lines[at].text
    return None
