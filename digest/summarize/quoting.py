"""
The sentences of an article in, what may be done with each out; and a sentence made into a `Quote`.

A sentence stands on its own only if a reader needs nothing that came before it; `fitness` has the rules for one, here
are those that look at its neighbours. A sentence is looked at when it is asked for: most never are.
"""

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import NamedTuple

from digest.model import Article, Quote
from digest.summarize.fitness import MARKS, Fitness, flaw, is_definite, is_vague, leans, opener, reference
from digest.text import fragment, sentences, words
from digest.text.lexicon import lexicon

_SURNAME = re.compile(r"\b([^\W\d_a-z][a-z][\w.]*) (?=([^\W\d_a-z][\w’'-]*?)\b(?:['’]s)?)")
"""Two words with a capital: a first name, and the surname behind it."""
# Oslo (Wire) - It; Oslo (Wire)It; OSLO (Wire) It; OSLO, Norway -- It. Another dash may close a remark on an acronym.
_DATELINE = re.compile(
    r"""
      (?:[A-Z][\w.,'’/ -]{0,60}\s)? \([A-Z][\w. ]{1,30}\) (?:\s*[-–—]{1,2}\s+ | (?=["“A-Z0-9]))
    | (?:[A-Z]{2}[A-Z.'’/ -]{1,40}(?:,\s[A-Z][\w. ]{1,25}){0,2}\s)? \([A-Z][\w. ]{1,30}\) \s+
      (?=["“A-Z])
    | [A-Z]{2}[A-Z.'’/ -]{1,40}(?:,\s[A-Z][\w. ]{1,25}){0,2} (?:\s(?:-{1,2}|[–—])\s | \s?(?:--|—)\s?)
      (?=["“A-Z\d]) (?!.*\s[-–—]\s)
    """,
    re.VERBOSE,
)


class Verdict(NamedTuple):
    """What may be done with a sentence; a tuple, because a build makes thousands of them."""

    fitness: Fitness
    flaw: str
    """What is wrong with it, in words, e.g. `is a question`; empty if it is sound."""
    leaning: bool
    """Whether it needs a sentence before it, the one right before unless `refers_to` says more."""
    refers_to: str
    """The noun of a short definite reference, e.g. `ferry` of `The ferry sank`: any sentence that has it will do."""
    follows: bool
    """Whether the sentence before it in the list stands right before it in the text."""


class Judge:
    """The verdicts on the sentences of one article, by their number."""

    def __init__(
        self,
        texts: Sequence[str],
        tokens: Sequence[Sequence[str]],
        paragraphs: Sequence[int],
        *,
        headline: str,
        language: str,
    ) -> None:
        """
        Take an article.

        Args:
            texts: Its sentences, in order.
            tokens: The words of each.
            paragraphs: The number of each one's paragraph; where one is left out, something else stands between.
            headline: Empty when there is none.
            language: BCP 47 tag.
        """
        self._texts, self._tokens, self._paragraphs = texts, tokens, paragraphs
        self._known = lexicon(language)
        self._headline, self._title = headline, frozenset(words(headline))
        self._found: dict[int, Verdict] = {}

    def __len__(self) -> int:
        """Return how many sentences the article has."""
        return len(self._texts)

    def __getitem__(self, at: int) -> Verdict:
        """Return the verdict on a sentence."""
        if at not in self._found:
            self._found[at] = self._judged(at)
        return self._found[at]

    def _judged(self, at: int) -> Verdict:
        text, tokens, known = self._texts[at], self._tokens[at], self._known
        fitness, fault = flaw(
            text, tokens, known, headline=self._headline, title=self._title, inside=self._is_inside(at)
        )
        leaning = leans(text, tokens, known, first=at == 0)
        return Verdict(
            fitness=fitness,
            flaw=fault,
            leaning=leaning,
            refers_to=self._reference(at) if leaning else "",
            follows=at > 0 and self._paragraphs[at] <= self._paragraphs[at - 1] + 1,
        )

    def opens(self, at: int) -> bool:
        """
        Return whether a summary may open with a sentence.

        It neither leans nor quotes, names people and things in full and is not taken back.
        """
        text, first = self._texts[at], opener(self._tokens[at])
        if self[at].leaning or first in self._known.leaning:
            return False
        if at == 0:
            return True
        taken_back = any(opener(tokens) in self._known.contrast for tokens in self._tokens[at + 1 : at + 2])
        quoted = MARKS.match(text) is not None
        vague = is_vague(text, self._known) or is_definite(text, self._known)
        return not (taken_back or quoted or vague or self._is_known(first, at))

    def _reference(self, at: int) -> str:
        """Return the noun that a leaning sentence speaks of, if it leans on nothing else."""
        tokens, known = self._tokens[at], self._known
        needs_all = opener(tokens) in known.leaning or known.recalling.among(tokens)
        return "" if needs_all else reference(self._texts[at], known)

    def _is_inside(self, at: int) -> bool:
        """Return whether a sentence begins inside a quotation of its paragraph."""
        start = at
        while start and self._paragraphs[start - 1] == self._paragraphs[at]:
            start -= 1
        return start < at and (self._marks[at] - self._marks[start]) % 2 == 1

    @cached_property
    def _marks(self) -> list[int]:
        """How many quotation marks stand before each sentence."""
        return [0, *accumulate(len(MARKS.findall(text)) for text in self._texts)]

    def _is_known(self, name: str, at: int) -> bool:
        """Return whether a sentence opens with a surname that was given in full before it."""
        shown = name.capitalize()
        if shown in self._known.openers:
            return False
        earlier = (text for text in self._texts[:at] if shown in text)
        found = (match for text in earlier for match in _SURNAME.finditer(text))
        return any(match[2] == shown and match[1] not in self._known.openers for match in found)


class Verdicts(dict[int, Verdict]):
    """The verdicts on all sentences of a story, by their number in it; each is there once it was asked for."""

    def __init__(self, judges: Sequence[Judge]) -> None:
        super().__init__()
        self._places = [(judge, at) for judge in judges for at in range(len(judge))]

    def __missing__(self, at: int) -> Verdict:
        judge, own = self._places[at]
        verdict = self[at] = judge[own]
        return verdict

    def opens(self, at: int) -> bool:
        """Return whether a summary may open with a sentence, by its number in the story."""
        judge, own = self._places[at]
        return judge.opens(own)


def undated(paragraph: str, start: int, end: int) -> int:
    """Return where a sentence begins without its dateline, e.g. behind `OSLO (Wire) — `, which opens a paragraph."""
    dateline = None if start else _DATELINE.match(paragraph, start, end)
    return dateline.end() if dateline and dateline.end() < end else start


def quote(article: Article, paragraph: int, start: int, end: int) -> Quote:
    """Return a sentence of an article as a `Quote`, with its neighbours and the link that finds it."""
    whole = article.paragraphs[paragraph].text
    own = spans(whole, article.language)
    before = [whole[a:b] for a, b in own if b <= start] or _sentences_at(article, paragraph - 1)
    after = [whole[a:b] for a, b in own if a >= end] or _sentences_at(article, paragraph + 1)
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


# A paragraph is split when it is read, and again for each of its quotations.
@lru_cache(maxsize=256)
def spans(paragraph: str, language: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of the sentences of a paragraph."""
    return sentences(paragraph, language=language)


def _sentences_at(article: Article, paragraph: int) -> list[str]:
    """Return the sentences of a paragraph of running text, none where there is no such paragraph."""
    if not 0 <= paragraph < len(article.paragraphs) or article.paragraphs[paragraph].kind != "text":
        return []
    whole = article.paragraphs[paragraph].text
    return [whole[start:end] for start, end in spans(whole, article.language)]
