"""
One paragraph in, the spans of its sentences out.

Rules of our own, one pass over the full stops and their kin: what stands before one (abbreviation,
initial, number), which closing marks belong to it, and what follows. When in doubt there is no
split: a quotation that is a little long is right, half a sentence is not.
"""

import re
from itertools import pairwise

from digest.text.lexicon import lexicon, primary

_STOP = re.compile(r"[.!?…。！？｡．؟۔।॥]+(?:[ \u00a0]\.(?=[ \u00a0.]|$))*")
_UNSPACED = frozenset("。！？｡．")
_CERTAIN = frozenset("!?؟۔।॥")

_CLOSING = frozenset("”’)]}」』】）》〉")
_OPENING = frozenset("“‘„‚«‹([{「『【（《〈¿¡")
# Which of the two such a mark is, its neighbours tell.
_EITHER_WAY = frozenset("\"'“‘«»‹›")
_BULLETS = frozenset("–—-•·*\u00a0\u202f")
_SPACED_CLOSING = re.compile(r"[ \u00a0\u202f][»›](?![^\W_])")

_WORD_BEFORE = re.compile(r"[^\s“”‘„\"'«»()\[\]/]+$")
_ACRONYM = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}$")
_WORD_AFTER = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_NAME_AFTER = re.compile(r"[^\W\d_][\w.’'-]{0,40}\s")
_INITIAL = re.compile(r"[^\W\d_]\.")
_ROMAN = re.compile(r"[IVXLC]+\b")
_WEB = re.compile(r"www\.|://|@", re.IGNORECASE)
_DOMAINS = frozenset(["com", "org", "net", "gov", "edu", "info", "io", "co", "uk", "de", "fr", "eu", "tv", "ru", "ua"])

_REACH = 48
"""Characters to look around a full stop: enough for any name or abbreviation, and cost stays linear."""
_NAME_WORDS = 4
"""Words that the name of a speaker takes at most."""


def sentences(text: str, *, language: str = "en") -> tuple[tuple[int, int], ...]:
    """
    Return the (start, end) spans of the sentences of one paragraph, in order, without outer white space.

    Args:
        text: One paragraph; line breaks in it count as spaces.
        language: BCP 47 tag that chooses the abbreviations, English ones where there are none.
    """
    splitter = _Splitter(text, language)
    ends = [0]
    for stop in _STOP.finditer(text):
        end = splitter.closed(stop.end())
        if stop.start() >= ends[-1] and splitter.is_end(ends[-1], stop, end):
            ends.append(end)
    spans: list[tuple[int, int]] = []
    for start, end in pairwise([*ends, len(text)]):
        first, last = _trim(text, start, end)
        if spans and first < last and not _WORD_AFTER.search(text, first, last):
            spans[-1] = (spans[-1][0], last)  # marks without a word belong to what stands before them
        elif first < last:
            spans.append((first, last))
    return tuple(spans)


class _Splitter:
    """The judgement on one full stop after the other, from left to right."""

    def __init__(self, text: str, language: str) -> None:
        self.text = text
        self.known = lexicon(language)
        self.inward = "»" in text and primary(language) in {"de", "da", "sl", "hr", "sr"}
        self._counted = 0
        self._straight = 0

    def closed(self, at: int) -> int:
        """Return the offset behind the closing marks that stand at *at*."""
        while at < len(self.text):
            if spaced := _SPACED_CLOSING.match(self.text, at):
                at = spaced.end()
            elif self._closes(at):
                at += 1
            else:
                break
        return at

    def is_end(self, start: int, stop: re.Match[str], end: int) -> bool:
        """Return whether the sentence from *start* ends with *stop* and the closing marks up to *end*."""
        follower = self._skip_space(end)
        if follower == len(self.text):
            return True
        if stop[0][-1] in _UNSPACED:
            return end == stop.end() or follower > end or self.text[end] in _OPENING
        if follower == end:
            return self._ends_without_space(stop, end)
        return self._may_open(follower) and self._ends_before(start, stop, end, follower)

    def _ends_before(self, start: int, stop: re.Match[str], end: int, follower: int) -> bool:
        """Return whether *stop* ends its sentence, given that what stands at *follower* can open one."""
        quoted = end > stop.end()
        if stop[0][-1] in _CERTAIN:
            return not (quoted and self._names_speaker(follower))
        if quoted:
            return True
        if stop[0] != ".":
            # An ellipsis on its own stands for words left out inside the sentence.
            return not self.text[stop.start() - 1 : stop.start()].isspace()
        return not self._abbreviates(start, stop.start(), follower)

    def _closes(self, at: int) -> bool:
        mark = self.text[at]
        if mark not in _EITHER_WAY:
            return mark in _CLOSING
        following = self.text[at + 1 : at + 2]
        if not (following.isalnum() or following in _OPENING) or not following:
            return True
        if mark == '"':
            return self._straight_before(at) % 2 == 1
        return mark in "»›" and not self.inward

    def _straight_before(self, at: int) -> int:
        """Return how many straight quotation marks stand before *at*, which only ever grows."""
        if at > self._counted:
            self._straight += self.text.count('"', self._counted, at)
            self._counted = at
        return self._straight

    def _skip_space(self, at: int) -> int:
        while at < len(self.text) and self.text[at].isspace():
            at += 1
        return at

    def _may_open(self, at: int) -> bool:
        """Return whether what stands at *at*, opening marks and dashes aside, can open a sentence."""
        for char in self.text[at : at + _REACH]:
            if char in _OPENING or char in _EITHER_WAY or char in _BULLETS or char.isspace():
                continue
            return not char.islower() and char not in ",;:)]}%"
        return True

    def _ends_without_space(self, stop: re.Match[str], end: int) -> bool:
        """Return whether a sentence ends although no space follows: `said.“We`, `January.Stand`."""
        text = self.text
        at = end
        while at < len(text) and (text[at] in _OPENING or text[at] in _EITHER_WAY):
            at += 1
        after = _WORD_AFTER.match(text, at)
        if after is None or not after[0][0].isupper():
            return False
        if at > stop.end():
            return True
        before = _WORD_BEFORE.search(text[max(0, stop.start() - _REACH) : stop.start()])
        if before is None or not before[0][-2:].islower() or len(before[0]) < 2 or "." in before[0]:
            return False
        is_web = _WEB.search(text, max(0, stop.start() - _REACH), min(len(text), end + _REACH)) is not None
        is_word = after[0] in self.known.openers or (len(after[0]) > 3 and after[0][1:].islower())
        return is_word and not is_web and after[0].casefold() not in _DOMAINS

    def _names_speaker(self, at: int) -> bool:
        """Return whether a name and a verb of speech follow, as in `“Really?” Anna Berg asked.`"""
        for _ in range(_NAME_WORDS):
            name = _NAME_AFTER.match(self.text, at)
            if name is None:
                return False
            at = name.end()
            verb = _WORD_AFTER.match(self.text, at)
            if verb is not None and verb[0] in self.known.speech:
                return True
        return False

    def _abbreviates(self, start: int, at: int, follower: int) -> bool:
        """Return whether the full stop at *at* belongs to an abbreviation, an initial or a number."""
        found = _WORD_BEFORE.search(self.text[max(start, at - _REACH) : at])
        if found is None:
            return False
        word = found[0].rpartition("-")[2] or found[0]
        if word.isdecimal():
            # A number alone is the mark of a list; inside a sentence some languages write ordinals so.
            alone = at - start < _REACH and self.text[start:at].strip() == word
            return alone or (self.known.ordinals and len(word) <= 2)
        is_initial = len(word) == 1 and word.isupper()
        forms = {word, word[0].lower() + word[1:]}
        if forms & self.known.numbered and not is_initial:
            text = self.text
            numbered = text[follower].isdigit() or _ROMAN.match(text, follower) is not None
            return numbered or bool(forms & self.known.leading)
        if forms & self.known.leading:
            return True
        # What follows may be another initial, or the second half of an abbreviation: `J. A. Smith`, `z. B.`
        if len(word) == 1 and _INITIAL.match(self.text, follower) is not None:
            return True
        may_end = is_initial or bool(forms & self.known.trailing) or _ACRONYM.match(word) is not None
        return may_end and not self._opens(follower)

    def _opens(self, at: int) -> bool:
        """Return whether the word at *at* is one that opens sentences and seldom names."""
        word = _WORD_AFTER.match(self.text, at)
        if word is None:
            return self.text[at] in _OPENING or self.text[at] in _EITHER_WAY
        return word[0].partition("'")[0].partition("’")[0] in self.known.openers


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
