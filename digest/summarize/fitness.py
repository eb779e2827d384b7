"""
A sentence in, whether it stands on its own out: no mark left open in it, nothing that was said or named before.

The rules are ours; their words come from the lexicon of the article's language.
"""

import re
from collections.abc import Sequence
from enum import IntEnum
from itertools import islice

from digest.text import words
from digest.text.lexicon import Lexicon

MARKS = re.compile(r"[“”„\"«»]")
REACH = 160
"""Characters from its start that tell how a sentence opens."""

_MIN_WORDS, _MAX_WORDS = 6, 60
_OPENING_WORDS = 8
"""Words at a sentence's start in which a pronoun without a name before it shows that somebody was named before."""
_SHORT_REFERENCE = 3
"""Words of a noun phrase with a definite article that needs to be explained before."""
_REPEATED = 0.8
"""Share of a sentence's words from which it says only what the headline says."""

_MARKED = re.compile(r"[“”„\"«»()\[\]{}<=?？؟]")
"""A sentence without these marks that begins with a word is no question, speech or code, and leaves no mark open."""
_QUOTATION = re.compile(r"“[^“”]*”|\"[^\"]*\"|„[^„“”]*[“”]|«[^«»]*»|»[^«»]*«")
_BRACKETS = {")": "(", "]": "["}
_PAIRED = re.compile(r"[“”„\"«»()\[\]]")
_SPEECH = frozenset("“”„\"«»'‘")
"""Marks with which a speech begins."""
_QUESTION = re.compile(r"[?？؟][\s”’\"'»)\]]*$")
_FULL_STOP = re.compile(r"[.!…。！।॥][\s”’\"'»«“)\]」』]*$")
_LEADING_MARKS = " \u00a0“”„\"'‘’«»([-–—•*"
_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|,")
_YEAR = re.compile(r"1[6-9]\d\d|20[0-4]\d")
_OF_NATION = re.compile(r"[A-Z]\w*(?:an|ch|ese|ic|ish)$")
"""How the adjectives of nations and parties end, which name nothing: `The British company`."""
_NUMBERED = re.compile(r"\d{1,2}[.)] ")
_ASKED = re.compile(r"[QAF]\s?: ")
"""How the lines of an interview begin."""
_ADDRESS = frozenset(["com", "http", "https", "org", "www"])
"""Words of which one is in every address."""
_ACCOUNT = re.compile(r"@\w")
# The marks of code are rarer than the words beside them: they are looked for first.
_CODE = re.compile(r"[{}(<=](?:(?<=[{}])|(?<=\w\()\)|(?<=<)/?\w+>|(?<=[=!]=))")
_TEASER = (" .", " !")
"""How a headline ends that was made a sentence."""
_PICTURE = re.compile(r"(?:FILE|PHOTO)\b")
_DATED = re.compile(r"day, [A-Z]\w{2,8}\.? \d{1,2}, \d{4}\b")
_CREDIT = re.compile(r"\((?:Photo|AP|Getty|Reuters)\b")


class Fitness(IntEnum):
    """How well a sentence may be quoted."""

    SOUND = 0
    WEAK = 1
    """Only when there is nothing better: it repeats the headline, steps aside, is very short or long, or has no end."""
    UNFIT = 2
    """Only when there is nothing else: a question, an open quotation, a speaker who is named elsewhere."""


def flaw(
    text: str, tokens: Sequence[str], known: Lexicon, *, headline: str, title: frozenset[str], inside: bool
) -> tuple[Fitness, str]:
    """
    Return how fit a sentence is, and what is wrong with it, in words; nothing of a sound one.

    Args:
        text: The sentence.
        tokens: Its words.
        known: Of its language.
        headline: Of its article.
        title: The headline's words.
        inside: Whether it begins inside a quotation.
    """
    opening = text.lstrip(_LEADING_MARKS)[:1]
    marked = opening != text[:1] or _MARKED.search(text) is not None
    unfit = (
        "begins inside a quotation" if inside
        else "leaves a mark open" if marked and _is_unbalanced(text)
        else "is a question" if marked and _QUESTION.search(text)
        else "does not name its speaker" if marked and _lacks_speaker(text, tokens, known)
        else "is a question or an answer" if _ASKED.match(text)
        else "is a fragment" if not opening or opening.islower() or text.endswith((":", ",", ";"))
        else "speaks of the page" if _speaks_of_page(text, tokens, known)
        else "is code" if marked and _CODE.search(text)
        else "is a caption or a notice" if _is_caption(text)
        else ""
    )  # fmt: skip
    if unfit:
        return Fitness.UNFIT, unfit
    repeats = bool(title) and sum(map(title.__contains__, tokens)) >= _REPEATED * len(tokens)
    weak = (
        "repeats the headline" if repeats or (headline.count(" ") > 1 and text.startswith(headline))
        else "is a list item" if _NUMBERED.match(text)
        else "is a fragment" if tokens and tokens[0] in known.subordinate and "," not in text
        else "steps aside" if tokens and tokens[0] in known.aside
        else "asks something" if "?" in text
        else "is very short" if len(tokens) < _MIN_WORDS
        else "is very long" if len(tokens) > _MAX_WORDS
        else "has no full stop" if text[-1] != "." and not _FULL_STOP.search(text)
        else ""
    )  # fmt: skip
    return (Fitness.WEAK, weak) if weak else (Fitness.SOUND, "")


def opener(tokens: Sequence[str]) -> str:
    """Return the first word of a sentence, without a possessive ending."""
    return tokens[0].removesuffix("'s") if tokens else ""


def leans(text: str, tokens: Sequence[str], known: Lexicon, *, first: bool) -> bool:
    """Return whether a sentence needs the one before it; the *first* of an article may be definite."""
    if text.startswith(("(", "[")) or known.connecting.begin(tokens) or known.recalling.among(tokens):
        return True
    if opener(tokens) in known.leaning:
        # In a quotation, `I` and `we` are the speaker, who stands beside it.
        return not (opener(tokens) in known.personal and MARKS.match(text) and words(_QUOTATION.sub(" ", text)))
    return not first and (bool(reference(text, known)) or _opens_with_late_pronoun(text, known))


def reference(text: str, known: Lexicon) -> str:
    """
    Return the noun of a short phrase that opens a sentence and was explained before: `move` of `The move`.

    A name or a year in the phrase explains it: `The Oslo talks`, `The 1978 treaty`.
    """
    phrase = _definite(text, known)
    is_explained = any(_YEAR.fullmatch(w) or (w[0].isupper() and not _OF_NATION.match(w)) for w in phrase)
    return phrase[-1] if phrase and not is_explained else ""


def is_definite(text: str, known: Lexicon) -> bool:
    """Return whether a sentence opens with a short phrase that was explained before or by a name: `The Oslo talks`."""
    return bool(_definite(text, known))


def is_vague(text: str, known: Lexicon) -> bool:
    """Return whether a pronoun stands near the start before any name: `Now she's`, `What I find`."""
    for at, word in enumerate(text[:REACH].split(maxsplit=_OPENING_WORDS)[:_OPENING_WORDS]):
        bare = word.strip(_LEADING_MARKS + ",.").replace("’", "'").partition("'")[0].casefold()
        if bare in known.pronouns and bare != "who":
            return True
        if at and word[:1].isupper():
            return False
    return False


def _definite(text: str, known: Lexicon) -> Sequence[str]:
    """Return the words behind the definite article of a short phrase that opens a sentence and ends in a noun."""
    start = text[:REACH].lstrip(_LEADING_MARKS)
    if start.partition(" ")[0].casefold() not in known.definite:
        return ()
    found = [match[0] for match in islice(_TOKEN.finditer(start), _SHORT_REFERENCE + 2)]
    end = next((i for i, part in enumerate(found) if i > 1 and _ends_phrase(part, known)), None)
    if end is None or found[end] == "," or found[end].casefold() in known.explaining:
        return ()
    return found[1:end] if found[end - 1][0].islower() else ()


def _speaks_of_page(text: str, tokens: Sequence[str], known: Lexicon) -> bool:
    """Return whether a sentence is a teaser, a call to the reader or a credit."""
    is_link = text.endswith(_TEASER) or not _ADDRESS.isdisjoint(tokens) or _ACCOUNT.search(text) is not None
    return is_link or known.calls.begin(tokens) or known.credits.among(tokens)


def _is_caption(text: str) -> bool:
    """Return whether a sentence is the line below a picture, or says who owns it."""
    return bool("©" in text or _PICTURE.match(text) or _DATED.search(text) or _CREDIT.search(text))


def _is_unbalanced(text: str) -> bool:
    """Return whether a quotation or bracket is opened and not closed, or closed and not opened."""
    paired = _PAIRED.findall(text)
    if paired and MARKS.search(_QUOTATION.sub("", text)):
        return True
    opened: list[str] = []
    for mark in paired:
        if mark in "([":
            opened.append(mark)
        elif mark in _BRACKETS and (not opened or opened.pop() != _BRACKETS[mark]):
            return True
    stripped = text.lstrip(" (")
    single = stripped[:1] in "'‘" and not re.search(r"['’](?:\W|$)", stripped[1:])
    return bool(opened) or single


def _lacks_speaker(text: str, tokens: Sequence[str], known: Lexicon) -> bool:
    """Return whether a sentence is a quotation whose speaker is not named in it."""
    stripped = text.strip()
    if stripped[:1] not in _SPEECH:
        return False
    outside = _QUOTATION.sub(" ", stripped)
    rest = words(outside)
    if not rest:
        return True
    quoted = len(tokens) - len(rest)
    if quoted <= len(rest):
        return False
    named = outside.lstrip(_LEADING_MARKS + ",.;")
    verb, _, behind = named.partition(" ")
    speaker = f"{behind} {verb}" if verb.casefold() in known.speech else named
    return next(iter(words(speaker[:40])), "") in known.pronouns or bool(reference(speaker, known))


def _ends_phrase(part: str, known: Lexicon) -> bool:
    lower = part.casefold()
    listed = lower in known.verbs or lower in known.explaining or lower in known.speech
    return listed or part == "," or (part[0].islower() and lower.endswith("ed"))


def _opens_with_late_pronoun(text: str, known: Lexicon) -> bool:
    """Return whether a pronoun stands right behind an opening phrase without a name: `In a statement, he`."""
    opening, _, rest = text[:REACH].partition(", ")
    if not rest or any(word[0].isupper() for word in opening.split()[1:]):
        return False
    return next(iter(words(rest[:20])), "") in known.pronouns
