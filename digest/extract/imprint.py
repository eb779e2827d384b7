"""
The lines around an article in, its byline and date of publication out.

Both stand between headline and body, seldom a little above the headline or right below the body. A date counts
when its line is made for it: text that mentions a day, captions, and times of day in sidebars do not.
"""

import re
from collections.abc import Collection, Iterator, Sequence

from digest.extract.bylines import NAME, bare_names, is_desk, is_label, is_person, names_after_label
from digest.extract.dates import PUBLISHED, UPDATED, Found, find_dates, last_match, without_dates
from digest.extract.features import Features
from digest.extract.furniture import is_caption
from digest.extract.lines import Line
from digest.model import Dated

_ABOVE, _BELOW = 6, 5
"""Lines above the headline and below the body that may hold the imprint."""
_FAR = 20
"""Lines around headline and body in which a labelled date may stand."""
_LABEL = 30
"""Characters at the beginning of such a line in which its label stands."""
_HEAD = 2
"""Paragraphs above which an imprint may stand."""
_ON_TOPIC = 0.7
"""Share of the body's lines that speak of its subject alone."""
_BETWEEN = 30
"""Lines between headline and body that are read, nearest to either."""
_MAX_WORDS = 40.0
_MAX_IMPRINT = 12.0
"""Words of the longest line that is nothing but a byline, a date or both."""
_MAX_NAME = 2
"""Words of a name in front of a role, from which the next one is the role's."""
_MAX_BESIDE = 7
"""Words that may stand beside a date without a word that says what date it is."""

_PUBLISHED = re.compile(PUBLISHED, re.IGNORECASE)
_UPDATED = re.compile(UPDATED, re.IGNORECASE)
_INNER_LABEL = re.compile(r"(?<=\s)(?:by|von|par|por|door)\s(?=[^\W\d_a-z])")
"""What leads to the name on a line that begins with a date."""
_ROLE = re.compile(
    r"(?:reporter|editor|correspondent|writer|columnist|journalist|author|contributor|analyst|redakteur|korrespondent|autor|journaliste|rédact|redactor|corresponsal|periodista|giornalista|redactie)",
    re.IGNORECASE,
)


def is_imprint(line: Line, known: Features, language: str) -> bool:
    """Return whether a short line holds a byline or a date."""
    if known.words > _MAX_IMPRINT or known.ends:
        return False
    is_signed = bool(names_after_label(line.text)) or is_desk(line.text)
    return is_signed or known.stamp or bool(find_dates(line.text, language=language))


def find_date(
    lines: Sequence[Line], known: Sequence[Features], *, top: int, body: Sequence[int], language: str
) -> Dated | None:
    """
    Return the date of publication that the page states, None if it states none.

    Args:
        lines: All lines of the page, in order.
        known: Their features.
        top: Index of the headline.
        body: Indexes of the article's lines, in order.
        language: BCP 47 tag of the article.
    """
    best: tuple[tuple[int, int], Found] | None = None
    for order, at in enumerate(_region(len(lines), top, body)):
        text = lines[at].text
        if known[at].words > _MAX_WORDS or is_caption(text, known[at]):
            continue
        found = find_dates(text, language=language)
        for place, one in enumerate(found):
            before = text[found[place - 1].end if place else 0 : one.start]
            published, updated = last_match(_PUBLISHED, before), last_match(_UPDATED, before)
            if published < 0 and updated < 0 and _beside(text, found) > _MAX_BESIDE:
                continue
            rank = 0 if published > updated else 2 if updated >= 0 else 1
            if best is None or (rank, order) < best[0]:
                best = ((rank, order), one)
    return best[1].dated if best else _labelled(lines, known, top, body, language)


def _labelled(
    lines: Sequence[Line], known: Sequence[Features], top: int, body: Sequence[int], language: str
) -> Dated | None:
    """Return a date farther away that says of itself that it is the date of publication."""
    inside = set(body)
    for at in range(max(0, top - _FAR), min(len(lines), body[-1] + _FAR)):
        text = lines[at].text
        if at in inside or known[at].words > _MAX_BESIDE + 8 or not _PUBLISHED.search(text[:_LABEL]):
            continue
        if found := find_dates(text, language=language):
            return found[0].dated
    return None


def find_byline(
    lines: Sequence[Line], known: Sequence[Features], *, top: int, body: Sequence[int], language: str
) -> tuple[str, ...]:
    """Return the names of the authors, in the order given; the arguments are those of `find_date`."""

    def readable(at: int) -> bool:
        return known[at].words <= _MAX_WORDS and not is_caption(lines[at].text, known[at])

    near = [at for at in _region(len(lines), top, body) if readable(at)]
    above = range(body[0] - 1, max(-1, body[0] - 1 - _FAR), -1)
    for at in dict.fromkeys([*near, *filter(readable, above)]):
        if names := _labelled_names(lines, at, language, closing=at > body[-1]):
            return names
    return _unlabelled_names(lines, known, [at for at in near if top < at < body[-1]], top, body, language)


def _unlabelled_names(
    lines: Sequence[Line],
    known: Sequence[Features],
    between: Sequence[int],
    top: int,
    body: Sequence[int],
    language: str,
) -> tuple[str, ...]:
    """Return the names on lines between headline and body that hold nothing else, where an imprint may stand."""
    undated = {at: without_dates(lines[at].text, find_dates(lines[at].text, language=language)) for at in between}
    # Buttons that stand between them do not part a name from its date.
    told = [at for at in sorted(between) if known[at].phrases.alone is None]
    # The last lines of a body may be about its author.
    said = {token for at in body[: max(1, int(_ON_TOPIC * len(body)))] for token in known[at].tokens}
    candidates = {
        at: names
        for at in told
        if (names := _with_place(undated[at], said) or bare_names(undated[at]) or _with_role(undated[at]))
    }
    if not candidates:
        return ()
    dated = {at for at in between if undated[at] != lines[at].text or known[at].stamp}
    found: list[str] = []
    for at, names in candidates.items():
        place = told.index(at)
        placed = at <= top + 2 or not dated.isdisjoint(told[max(0, place - 2) : place + 3])
        placed = placed or bool(found and at - 1 in candidates)
        words = [word for name in names for word in name.split()]
        # Tags are names too, but the article speaks of their bearers; words of menus come in small letters elsewhere.
        spoken_of = any(name.split()[-1].casefold() in said for name in names)
        if placed and not spoken_of and not any(_is_small_elsewhere(word.casefold(), lines) for word in words):
            found += names
        elif found:
            break
    return tuple(dict.fromkeys(found))


def _with_place(text: str, said: Collection[str]) -> tuple[str, ...]:
    """Return the name of a line such as `Ann Berg | Kell`, where the article speaks of the place behind the bar."""
    head, bar, place = text.partition(" | ")
    is_place = bar and all(word.casefold() in said for word in place.split())
    return bare_names(head) if is_place else ()


def _is_small_elsewhere(word: str, lines: Sequence[Line]) -> bool:
    """Return whether *word* stands on the page as it is written here, without a capital."""
    return any(
        word in line.text and any(one[0].islower() and one.strip(".,:;!?") == word for one in line.text.split())
        for line in lines
    )


def _labelled_names(lines: Sequence[Line], at: int, language: str, *, closing: bool) -> tuple[str, ...]:
    dates = find_dates(lines[at].text, language=language)
    text = without_dates(lines[at].text, dates)
    if dates and (label := _INNER_LABEL.search(text)):
        text = text[label.start() :]
    if is_label(text) and at + 1 < len(lines):
        return bare_names(lines[at + 1].text)
    return names_after_label(text, closing=closing)


def _with_role(text: str) -> tuple[str, ...]:
    """Return the name of a line such as `Ann Berg, political correspondent` or `Ann Berg Norway correspondent`."""
    match = NAME.match(text)
    if match is None or len(text.split()) > 12:
        return ()
    rest = text[match.end() :]
    if rest[:1] not in {",", " ", "|"} or not _ROLE.search(rest):
        return ()
    words = match[0].split()
    # Without a comma, the last word of three belongs to the role.
    is_of_desk = rest[0] == " " and len(words) > _MAX_NAME and words[-2][0].isupper()
    name = " ".join(words[:-1]) if is_of_desk else match[0]
    return (name,) if is_person(name) else ()


def _region(count: int, top: int, body: Sequence[int]) -> Iterator[int]:
    """Yield the indexes of the lines that may hold an imprint, likeliest first."""
    last = body[-1]
    inside = set(body)
    # A standfirst may have been taken for the first paragraph.
    between = [at for at in range(top + 1, body[min(_HEAD, len(body) - 1)]) if at not in inside]
    yield from between if len(between) <= _BETWEEN else [*between[: _BETWEEN // 2], *between[-_BETWEEN // 2 :]]
    yield from range(top - 1, max(-1, top - 1 - _ABOVE), -1)
    yield from (at for at in range(last + 1, min(count, last + 1 + _BELOW)) if at not in inside)


def _beside(text: str, found: Sequence[Found]) -> int:
    """Return how many words stand beside the dates of a line."""
    return sum(any(char.isalpha() for char in word) for word in without_dates(text, found).split())
