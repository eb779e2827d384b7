"""
Articles of a story in, its key phrases out: neighbouring words that it keeps coming back to.

Candidates are runs of two or three content words between stop words and punctuation, as in RAKE (Rose et
al. 2010); they count by the number of paragraphs that use them.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from digest.model import Article
from digest.text import stop_words

LONGEST = 3  # words
READ_LENGTH = 4000  # characters of a paragraph
READ_PARAGRAPHS = 40
# Paragraphs, headlines included, that must use a phrase.
USES = 2

_PART = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|[^\w\s]")


def phrases(articles: Sequence[Article], *, without: Iterable[str], limit: int) -> list[str]:
    """
    Return the lower-case phrases that several paragraphs use, most used first.

    Args:
        articles: All articles of the story.
        without: Case-folded words that a phrase must not hold, as those of its names.
        limit: Phrases at most.
    """
    uses: Counter[str] = Counter()
    avoided = frozenset(without)
    for article in articles:
        prose = [p.text[:READ_LENGTH] for p in article.paragraphs if p.kind != "table"]
        texts = [article.headline, *prose[:READ_PARAGRAPHS]]
        for text in texts:
            uses.update(set(_candidates(text, avoided | stop_words(article.language))))
    ranked = sorted((p for p, n in uses.items() if n >= USES), key=lambda p: (-uses[p], -len(p), p))
    kept: list[str] = []
    for phrase in ranked:
        if len(kept) == limit:
            break
        if not any(set(phrase.split()) & set(other.split()) for other in kept):
            kept.append(phrase)
    return kept


def _candidates(text: str, empty: frozenset[str]) -> Iterator[str]:
    parts = _PART.findall(text)
    for content, run in groupby(parts, key=lambda part: part.islower() and part.replace("’", "'") not in empty):
        if not content:
            continue
        found = list(run)
        for size in range(2, LONGEST + 1):
            for at in range(len(found) - size + 1):
                yield " ".join(found[at : at + size])
