"""
Sentences in, what may be quoted of them out; and a sentence made into a `Quote`.

A sentence stands on its own only if a reader needs nothing that came before it and no mark is left
open in it. The rules are ours; their words come from the lexicon of the article's language.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from digest.model import Article, Quote
from digest.text import fragment, sentences, words
from digest.text.lexicon import Lexicon, lexicon

_MIN_WORDS, _MAX_WORDS = 6, 70
_SHORT_REFERENCE = 3
"""Words of a noun phrase with a definite article that needs to be explained before."""

_QUOTATION = re.compile(r"“[^“”]*”|\"[^\"]*\"|„[^„“”]*[“”]|«[^«»]*»|»[^«»]*«")
_MARKS = re.compile(r"[“”„\"«»]")
_BRACKETS = {")": "(", "]": "["}
_QUESTION = re.compile(r"[?？؟][\s”’\"'»)\]]*$")
_FULL_STOP = re.compile(r"[.!…。！।॥][\s”’\"'»«“)\]」』]*$")
_LEADING_MARKS = " \u00a0“”„\"'‘’«»([-–—•*"
_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|,")
_SURNAME = re.compile(r"\b[^\W\d_a-z][a-z][\w.]* ([^\W\d_a-z][\w’'-]+?)\b(?:['’]s)?")
_REACH = 160
"""Characters from its start that tell how a sentence opens."""
_DATELINE = re.compile(
    r"""
      (?: [A-Z][\w.,'’/ -]{0,60} )? \( [A-Z][\w. ]{1,30} \) \s* (?:[-–—]{1,2}\s+|(?=["“A-Z0-9]))
    | [A-Z]{2}[A-Z.'’/ -]{1,40} (?:,\s[A-Z][\w. ]{1,25}){0,2} \s* [-–—]{1,2} \s*
    """,
    re.VERBOSE,
)


class Fitness(IntEnum):
    """How well a sentence may be quoted."""

    SOUND = 0
    WEAK = 1
    """Only when there is nothing better: it repeats the headline, steps aside, is very short or long, or has no end."""
    UNFIT = 2
    """Only when there is nothing else: a question, an open quotation, a speaker who is named elsewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What may be done with a sentence."""

    fitness: Fitness
    leaning: bool
    """Whether it needs the sentence before it."""
    opens: bool
    """Whether a summary may open with it: it does not lean, names people in full and is not taken back."""
    follows: bool
    """Whether the sentence before it in the list stands right before it in the text."""


def judge(paragraphs: Sequence[Sequence[str]], *, headline: str, language: str) -> tuple[Verdict, ...]:
    """
    Return a verdict on every sentence of an article, in order.

    Args:
        paragraphs: Sentences by paragraph; an empty paragraph parts what stands before and after it.
        headline: Empty when there is none.
        language: BCP 47 tag.
    """
    known = lexicon(language)
    repeated = frozenset(words(headline))
    openers = [_opener(text) for paragraph in paragraphs for text in paragraph] + [""]
    verdicts: list[Verdict] = []
    surnames: set[str] = set()
    parted = True
    for paragraph in paragraphs:
        marks = 0
        for text in paragraph:
            at = len(verdicts)
            leaning = _leans(text, openers[at], known, first=at == 0)
            taken_back = at > 0 and openers[at + 1] in known.contrast
            verdicts.append(
                Verdict(
                    fitness=_fitness(text, known, repeated, inside=marks % 2 == 1),
                    leaning=leaning,
                    opens=not leaning and not taken_back and openers[at] not in surnames,
                    follows=not parted,
                )
            )
            marks += len(_MARKS.findall(text))
            surnames.update(match[1].casefold() for match in _SURNAME.finditer(text))
            parted = False
        parted = parted or not paragraph
    return tuple(verdicts)


def undated(paragraph: str, start: int, end: int) -> int:
    """Return where a sentence begins without its dateline, e.g. behind `OSLO (Wire) — `."""
    dateline = _DATELINE.match(paragraph, start, end)
    return dateline.end() if dateline and dateline.end() < end else start


def quote(article: Article, paragraph: int, start: int, end: int) -> Quote:
    """Return a sentence of an article as a `Quote`, with its neighbours and the link that finds it."""
    whole = article.paragraphs[paragraph].text
    spans = sentences(whole, language=article.language)
    before = [whole[a:b] for a, b in spans if b <= start] or _sentences_at(article, paragraph - 1)
    after = [whole[a:b] for a, b in spans if a >= end] or _sentences_at(article, paragraph + 1)
    return Quote(
        text=whole[start:end],
        article=article.key,
        paragraph=paragraph,
        start=start,
        end=end,
        fragment=fragment(article.paragraphs, paragraph, start, end),
        before=before[-1] if before else "",
        after=after[0] if after else "",
    )


def _sentences_at(article: Article, paragraph: int) -> list[str]:
    """Return the sentences of a paragraph of running text, none where there is no such paragraph."""
    if not 0 <= paragraph < len(article.paragraphs) or article.paragraphs[paragraph].kind != "text":
        return []
    whole = article.paragraphs[paragraph].text
    return [whole[start:end] for start, end in sentences(whole, language=article.language)]


def _opener(text: str) -> str:
    """Return the first word of a sentence as `words` gives it, without a possessive ending."""
    return next(iter(words(text[:_REACH])), "").removesuffix("'s")


def _fitness(text: str, known: Lexicon, headline: frozenset[str], *, inside: bool) -> Fitness:
    """Return how fit a sentence is; *inside* says whether it begins inside a quotation."""
    if inside or _is_unbalanced(text) or _QUESTION.search(text) or _lacks_speaker(text, known):
        return Fitness.UNFIT
    opening = text.lstrip(_LEADING_MARKS)[:1]
    if opening.islower() or not opening or text.endswith((":", ",", ";")):
        return Fitness.UNFIT
    tokens = words(text)
    repeats = sum(token in headline for token in tokens) >= 0.8 * len(tokens)
    aside = bool(tokens) and tokens[0] in known.aside
    if repeats or aside or "?" in text or not _MIN_WORDS <= len(tokens) <= _MAX_WORDS or not _FULL_STOP.search(text):
        return Fitness.WEAK
    return Fitness.SOUND


def _leans(text: str, opener: str, known: Lexicon, *, first: bool) -> bool:
    """Return whether a sentence needs the one before it; the *first* of an article may be definite."""
    if opener in known.leaning:
        return True
    return not first and (_refers_back(text, known) or _opens_with_late_pronoun(text, known))


def _is_unbalanced(text: str) -> bool:
    """Return whether a quotation or bracket is opened and not closed, or closed and not opened."""
    if _MARKS.search(_QUOTATION.sub("", text)):
        return True
    opened: list[str] = []
    for char in text:
        if char in "([":
            opened.append(char)
        elif char in ")]" and (not opened or opened.pop() != _BRACKETS[char]):
            return True
    stripped = text.lstrip(" (")
    single = stripped[:1] in "'‘" and not re.search(r"['’](?:\W|$)", stripped[1:])
    return bool(opened) or single


def _lacks_speaker(text: str, known: Lexicon) -> bool:
    """Return whether a sentence is a quotation whose speaker is not named in it."""
    stripped = text.strip()
    if not _MARKS.match(stripped) and not stripped.startswith(("'", "‘")):
        return False
    outside = _QUOTATION.sub(" ", stripped)
    rest = words(outside)
    if not rest:
        return True
    quoted = len(words(text)) - len(rest)
    if quoted <= len(rest):
        return False
    named = outside.lstrip(_LEADING_MARKS + ",.;")
    verb, _, behind = named.partition(" ")
    speaker = f"{behind} {verb}" if verb.casefold() in known.speech else named
    return next(iter(words(speaker[:40])), "") in known.pronouns or _refers_back(speaker, known)


def _refers_back(text: str, known: Lexicon) -> bool:
    """Return whether a sentence opens with a short noun phrase that was explained before: `The move`."""
    found = _TOKEN.findall(text.lstrip(_LEADING_MARKS)[:_REACH])
    if not found or found[0].casefold() not in known.definite:
        return False
    end = next((i for i, part in enumerate(found) if i > 1 and _ends_phrase(part, known)), None)
    if end is None or end > _SHORT_REFERENCE + 1:
        return False
    explained = found[end] == "," or found[end].casefold() in known.explaining
    return found[end - 1][0].islower() and not explained


def _ends_phrase(part: str, known: Lexicon) -> bool:
    lower = part.casefold()
    listed = lower in known.verbs or lower in known.explaining or lower in known.speech
    return listed or part == "," or (part[0].islower() and lower.endswith("ed"))


def _opens_with_late_pronoun(text: str, known: Lexicon) -> bool:
    """Return whether a pronoun stands right behind an opening phrase without a name: `In a statement, he`."""
    opening, _, rest = text[:_REACH].partition(", ")
    nameless = not any(word[0].isupper() for word in opening.split()[1:])
    return nameless and next(iter(words(rest[:20])), "") in known.pronouns
