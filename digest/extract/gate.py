"""
Paragraphs in, a verdict out: whether they are an article.

Login pages, cookie walls, error pages, front pages and lists of links yield some text too; what betrays them is that
there is little of it, that it is a notice, or that its paragraphs have nothing to do with one another.
"""

from collections import Counter
from collections.abc import Sequence

from digest.extract.features import Features
from digest.extract.lines import Line
from digest.text import sentences

MIN_WORDS = 50
"""Running words that make an article."""
MIN_SHORT = 16
"""Words of a short wire item: two full sentences, most of their page unless more than that speaks for them."""
_MIN_SENTENCES = 2
"""Full sentences of such an item."""
_LONG = 20
"""Words of a line that is running text even if its end is not that of a sentence."""

_READ = 5000
"""Characters of a line in which sentences are counted."""
_MAX_NOTICES = 0.5
"""Share of the words that stand in notices."""
_NOTICES = {
    "ask": "a login, consent or subscription notice",
    "error": "an error notice",
    "legal": "a legal notice",
}
"""What a line is that is made of phrases of these roles."""
_NOTICE = 0.09
"""Share of a line's words in such phrases from which the line is a notice."""
_MIN_LEGAL = 3
"""Words in legal phrases that make a legal notice; articles speak of copyright too."""
_MIN_LETTERS = 5
"""Letters of a word that tells what a paragraph is about, roughly; words are compared by as many."""
_MIN_MEANING = 2
"""Such words in a paragraph that can be compared with others."""
_MIN_BLURBS = 5
"""Paragraphs of a front page."""
_MIN_BLURB, _MAX_BLURB = 6.0, 45.0
"""Words of a paragraph that can introduce another page."""
_HEADED = 0.6
"""Share of them that stand right below a headline."""
_MIN_CUT = 3
"""Texts of a page that break off from which it is a list of teasers."""
_COHERENT = 0.1
"""Share of a paragraph's words that others take up, on average, below which they are about different things."""


def refusal(
    known: Sequence[Features],
    body: Sequence[int],
    *,
    sentence_count: int,
    cut_count: int = 0,
    page_words: float,
    is_vouched: bool = False,
    stops: frozenset[str],
) -> str | None:
    """
    Return why the lines that were kept are no article: what was found and what is needed; None if they are one.

    Args:
        known: Features of all lines of the page.
        body: Indexes of those that were kept.
        sentence_count: Full sentences in them, counted to two at least.
        cut_count: Texts among them that break off; see `count_cut`.
        page_words: Words of the whole page.
        is_vouched: Whether more than their length speaks for them: the page says who wrote it or when, or it is sure
            that each sentence is an article's.
        stops: Stop words of their language.
    """
    kept = [known[at] for at in body]
    running = sum(line.words for line in kept if line.ends or line.words >= _LONG)
    # Where nothing is left of a page, its sentences tell what kind of page it was.
    judged = kept if running >= MIN_WORDS else [line for line in known if line.ends]
    if notices := _notices(judged):
        return f"no article text found: {notices}, at most {round(100 * _MAX_NOTICES)} % allowed"
    is_wire = sentence_count >= _MIN_SENTENCES and running >= MIN_SHORT and (is_vouched or running >= 0.5 * page_words)
    is_little = running < MIN_WORDS and not is_wire
    if blurbs := _count_blurbs(known, range(len(known)) if is_little else body, stops):
        return f"no article text found: a list of {blurbs} short texts on different things, one text needed"
    if cut_count:
        return f"no article text found: a list of {cut_count} texts that break off, a whole one needed"
    if is_little:
        return f"no article text found: {round(running)} words, at least {MIN_WORDS} needed"
    return None


def count_sentences(lines: Sequence[Line], known: Sequence[Features], body: Sequence[int], *, language: str) -> int:
    """Return how many full sentences stand in the kept lines, counting no further than it takes for a short item."""
    count = 0
    for at in body:
        if count >= _MIN_SENTENCES:
            break
        if known[at].ends or known[at].words >= _LONG:
            # What stands behind the last full stop of a line is no sentence.
            count += len(sentences(lines[at].text[:_READ], language=language)) - (not known[at].ends)
    return count


def count_cut(lines: Sequence[Line], known: Sequence[Features], body: Sequence[int]) -> int:
    """Return how many texts break off with an ellipsis, as results of a search do, 0 if whole ones make an article."""
    texts = [at for at in body if known[at].ends]
    cut = [at for at in texts if lines[at].text.endswith(("...", "…"))]
    whole = sum(known[at].words for at in texts) - sum(known[at].words for at in cut)
    return len(cut) if len(cut) >= _MIN_CUT and whole < MIN_WORDS else 0


def notice(line: Features) -> str | None:
    """Return what kind of notice a line is: one that asks for something, tells of rights or of an error; else None."""
    said = {role: count for role, count in line.phrases.covered.items() if role in _NOTICES}
    if said.get("legal", 0) < _MIN_LEGAL:
        said.pop("legal", None)
    if not said or sum(said.values()) < _NOTICE * len(line.tokens):
        return None
    return _NOTICES[max(said, key=lambda role: (said[role], role))]


def _notices(lines: Sequence[Features]) -> str | None:
    """Return how much of the words stands in notices, and in which, None where it is not more than is allowed."""
    words = sum(line.words for line in lines)
    kinds: dict[str, float] = {}
    for line in lines:
        if kind := notice(line):
            kinds[kind] = kinds.get(kind, 0.0) + line.words
    share = sum(kinds.values()) / words if words else 0.0
    if share <= _MAX_NOTICES:
        return None
    return f"{round(100 * share)} % of the text is {' or '.join(sorted(kinds, key=lambda kind: -kinds[kind]))}"


def _count_blurbs(known: Sequence[Features], body: Sequence[int], stops: frozenset[str]) -> int:
    """Return how many blurbs under headlines of their own the kept lines are, 0 when they belong together."""
    texts = [at for at in body if known[at].ends and known[at].words >= _MIN_BLURB]
    if len(texts) < _MIN_BLURBS or sum(known[at].words for at in texts) > _MAX_BLURB * len(texts):
        return 0
    headed = sum(at > 0 and not known[at - 1].ends and known[at - 1].words >= 2 for at in texts)
    if headed < _HEADED * len(texts) or _coherence([known[at].tokens for at in texts], stops) >= _COHERENT:
        return 0
    return len(texts)


def _coherence(texts: Sequence[Sequence[str]], stops: frozenset[str]) -> float:
    """Return the share of the meaningful words of a text that another one has too, averaged over *texts*."""
    meanings = [{t[:_MIN_LETTERS] for t in text if len(t) >= _MIN_LETTERS and t not in stops} for text in texts]
    counts = Counter(token for meaning in meanings for token in meaning)
    shares = [
        sum(counts[t] > 1 for t in meaning) / len(meaning) for meaning in meanings if len(meaning) >= _MIN_MEANING
    ]
    # Scripts without spaces have no words to compare.
    return sum(shares) / len(shares) if len(shares) > 0.5 * len(texts) else 1.0
