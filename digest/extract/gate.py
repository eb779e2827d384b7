"""
Paragraphs in, a verdict out: whether they are an article.

Login pages, cookie walls, error pages, front pages and lists of links yield some text too; what betrays them is that
there is little of it, that it asks for something, or that its paragraphs have nothing to do with one another.
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
_MAX_ASKING = 0.5
"""Share of the words that stand in lines which ask for something."""
_ASKS = 0.09
"""Share of a line's words in phrases of asking from which the line asks."""
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
_COHERENT = 0.1
"""Share of a paragraph's words that others take up, on average, below which they are about different things."""


def refusal(
    known: Sequence[Features],
    body: Sequence[int],
    *,
    sentence_count: int,
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
        page_words: Words of the whole page.
        is_vouched: Whether more than their length speaks for them: the page says who wrote it or when, or it is sure
            that each sentence is an article's.
        stops: Stop words of their language.
    """
    kept = [known[at] for at in body]
    running = sum(line.words for line in kept if line.ends or line.words >= _LONG)
    # Where nothing is left of a page, its sentences tell what kind of page it was.
    judged = kept if running >= MIN_WORDS else [line for line in known if line.ends]
    words = sum(line.words for line in judged)
    asking = sum(line.words for line in judged if asks(line))
    if words and asking > _MAX_ASKING * words:
        share = round(100 * asking / words)
        return f"no article text found: {share} % of the text is a login, consent or error notice, at most 50 % allowed"
    is_wire = sentence_count >= _MIN_SENTENCES and running >= MIN_SHORT and (is_vouched or running >= 0.5 * page_words)
    is_little = running < MIN_WORDS and not is_wire
    if blurbs := _count_blurbs(known, range(len(known)) if is_little else body, stops):
        return f"no article text found: a list of {blurbs} short texts on different things, one text needed"
    if is_little:
        return f"no article text found: {round(running)} words, at least {MIN_WORDS} needed"
    return None


def count_sentences(lines: Sequence[Line], known: Sequence[Features], body: Sequence[int], *, language: str) -> int:
    """Return how many full sentences stand in the kept lines, counting no further than it takes for a short item."""
    count = 0
    for at in body:
        if count >= _MIN_SENTENCES:
            break
        if known[at].ends:
            count += len(sentences(lines[at].text[:_READ], language=language))
    return count


def asks(line: Features) -> bool:
    """Return whether a line asks the reader for something: consent, money, a password."""
    said = line.phrases.covered
    return sum(said.get(role, 0) for role in ("ask", "legal", "error")) >= _ASKS * len(line.tokens)


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
