"""
One paragraph in, the spans of its sentences out.

Rules of our own, one pass over the full stops and their kin: what stands before one (abbreviation,
initial, number), which closing marks belong to it, and what follows. When in doubt there is no
split: a quotation that is a little long is right, half a sentence is not.
"""

import re
from itertools import pairwise

from digest.text.lexicon import lexicon, primary

_MARKS = ".!?…。！？｡．؟۔।॥։።፧။"
_MORE = r"(?:[ \u00a0]\.(?=[ \u00a0.]|$))*"
_STOP = re.compile(f"[{_MARKS}]+{_MORE}")
# The Greek question mark looks like a semicolon, and mostly is written as one.
_GREEK_STOP = re.compile(f"[{_MARKS};\u037e]+{_MORE}")
_UNSPACED = frozenset("。！？｡．")
_CERTAIN = frozenset("!?؟۔।॥։።፧။;\u037e")
_DOTS = 3
"""Full stops of an ellipsis; one more ends the sentence."""

_CLOSING = frozenset("”’)]}」』】）》〉")
_BRACKETS = frozenset("([{（")
_OPENING = frozenset("“‘„‚«‹「『【《〈¿¡") | _BRACKETS
# Which of the two such a mark is, its neighbours tell.
_EITHER_WAY = frozenset("\"'“‘«»‹›")
_BULLETS = r"–—•·*⁃\-"
_NOTES = re.compile(r"(?:\[\d{1,3}\])+")
_SPACED_CLOSING = re.compile(r"[ \u00a0\u202f][»›](?![^\W_])")

_WORD_BEFORE = re.compile(r"[^\s“”‘„\"'«»()\[\]/]+$")
_ACRONYM = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}$")
_WORD_AFTER = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_NAME_AFTER = re.compile(r"[^\W\d_][\w.’'-]{0,40}\s")
_BEFORE_WORD = re.compile(rf"(?:,,|[\s{_BULLETS}{re.escape(''.join(sorted(_OPENING | _EITHER_WAY)))}]){{0,48}}")
# An item of a list begins so: `1.)`, `• 2.`, `a.`, `IV.`
_MARKER = re.compile(rf"[\s{_BULLETS}([]{{0,8}}(?:\d{{1,9}}|[^\W\d_]|[ivx]{{1,4}}|[IVX]{{1,4}})")
# A name in small letters or an address opens a sentence all the same: `iFerry`, `al-Gull`, `https://holm.example`.
_SMALL_NAME = re.compile(r"[a-z]{1,3}[-'’]?[A-Z]|https?://|pic\.twitter\.com/")
_HAN_OR_KANA = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]")
# What goes on behind a quotation with who said it, and is no sentence of its own.
_TOLD = re.compile(
    r"と|って|など|[^，。！？：「『“]{0,40}(?:[说說问問称稱答喊叫写寫笑]道?|表示|指出|强调|強調|认为|認為)[，。！？：]"
)
_INITIAL = re.compile(r"[^\W\d_]\.")
_ROMAN = re.compile(r"[IVXLC]+\b")
_WEB = re.compile(r"www\.|://|@", re.IGNORECASE)
_DOMAINS = frozenset(["com", "org", "net", "gov", "edu", "info", "io", "co", "uk", "de", "fr", "eu", "tv", "ru", "ua"])

_REACH = 48
"""Characters to look around a full stop: enough for any name or abbreviation, and cost stays linear."""
_LONG = 7
"""Letters of a word from which it is hardly an abbreviation."""
_SPEECH_REACH = 400
"""Characters to look back for the start of a speech."""
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
    stops = _GREEK_STOP if primary(language) == "el" else _STOP
    ends = [0]
    for stop in stops.finditer(text):
        end = splitter.closed(stop.end())
        if stop.start() >= ends[-1] and splitter.is_end(ends[-1], stop, end):
            ends.append(end)
    if ends[-1] < len(text):
        ends.append(len(text))
    spans: list[tuple[int, int]] = []
    for start, end in pairwise(ends):
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
            if more := _SPACED_CLOSING.match(self.text, at) or _NOTES.match(self.text, at):
                at = more.end()
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
        if self.text[stop.start() - 1 : stop.start()] in {"(", "["}:
            # On its own in brackets: something left out or remarked. Between two sentences it stays with the first.
            return start > 0 and self._skip_space(start) == stop.start() - 1
        if stop[0][-1] in _UNSPACED or self._is_unspaced(stop):
            return self._ends_unspaced(start, stop, end, follower)
        if follower == end:
            return self._ends_without_space(stop, end)
        if self.text[follower] in "–—" and self._is_told(start, stop.start()):
            return False
        bare = stop[0] == "." and end == stop.end()
        may_open = self._may_open(follower) or (bare and self._is_careless(stop.start(), follower))
        return may_open and self._ends_before(start, stop, end, follower)

    def _ends_before(self, start: int, stop: re.Match[str], end: int, follower: int) -> bool:
        """Return whether *stop* ends its sentence, given that what stands at *follower* can open one."""
        if _MARKER.fullmatch(self.text, start, stop.start()):
            return False
        quoted = end > stop.end()
        if stop[0][-1] in _CERTAIN:
            return not (quoted and self._names_speaker(follower))
        if quoted:
            return True
        if stop[0] != ".":
            # An ellipsis on its own stands for words left out inside the sentence.
            return stop[0].count(".") > _DOTS or not self.text[stop.start() - 1 : stop.start()].isspace()
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
        marks = _BEFORE_WORD.match(self.text, at)
        at = marks.end() if marks else at
        char = self.text[at : at + 1]
        return not (char.islower() or char in set(",;:)]}%")) or _SMALL_NAME.match(self.text, at) is not None

    def _is_told(self, start: int, at: int) -> bool:
        """Return whether a speech is open at *at*, which a dash takes up again: `«Да, – сказал он. – Идём»`."""
        start = max(start, at - _SPEECH_REACH)
        opened, closed = (max(self.text.rfind(mark, start, at) for mark in marks) for marks in ("«„", '»“”"'))
        return opened > closed

    def _is_careless(self, at: int, follower: int) -> bool:
        """Return whether a small letter behind the full stop at *at* is a writer's carelessness: no abbreviation."""
        before = _WORD_BEFORE.search(self.text[max(0, at - _REACH) : at])
        is_word = before is not None and len(before[0]) >= _LONG and before[0].isalpha() and before[0].islower()
        return is_word and self.text[follower].islower()

    def _is_unspaced(self, stop: re.Match[str]) -> bool:
        """Return whether a question or an exclamation stands between two characters of Chinese or Japanese."""
        return (
            stop[0][-1] in _CERTAIN
            and _HAN_OR_KANA.match(self.text, stop.start() - 1) is not None
            and _HAN_OR_KANA.match(self.text, stop.end()) is not None
        )

    def _ends_unspaced(self, start: int, stop: re.Match[str], end: int, follower: int) -> bool:
        """Return whether a sentence ends with *stop* where no space follows, as in Chinese and Japanese."""
        at = stop.start()
        if stop[0] == "．" and self.text[at - 1 : at].isdecimal() and self.text[end].isdecimal():
            return False
        near = max(start, at - _REACH)
        if self.text.rfind("《", near, at) > self.text.rfind("》", near, at):
            return False  # in a title
        if end == stop.end() or follower > end or self.text[end] in _OPENING:
            return True
        return _TOLD.match(self.text, end) is None

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
            return self.known.ordinals and len(word) <= 2
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
            # Brackets explain an abbreviation: `Holm Inc. (HLM)`, `at 5 p.m. (1700 GMT)`.
            return self.text[at] not in _BRACKETS and (self.text[at] in _OPENING or self.text[at] in _EITHER_WAY)
        return word[0].partition("'")[0].partition("’")[0] in self.known.openers


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
