"""
A story's articles and its main topic in, a subject of the second level below that topic out, where it is told strongly.

A list of words and pairs written by hand (`second.txt`) says how newspapers write about a few dozen such subjects. An
article speaks for one by what its terms, weighted by uses and rarity, have on the list. Each article of a story has the
same say.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from digest.model import Article, Topic
from digest.topics.subjects import TOP_LEVEL
from digest.topics.tagger import Reason, is_readable
from digest.topics.terms import terms, written
from digest.topics.weights import vector
from digest.topics.wordlists import media_topics, second_level

STRONG = 0.2
"""What the terms of a subject must weigh together, of an article of length 1; real articles chose it."""
CLEAR = 2.0
"""How much more that must be than what speaks for the next one below the same topic."""
FEWEST = 2
"""Terms that a subject must have in a story: one alone is said in passing."""


def suggestion(articles: Sequence[Article], main: Topic) -> Topic | None:
    """
    Return the subject below the topic *main* that a story is on, if one is clear.

    Only English articles are read. Its score is what its terms weigh, in [0, 1].
    """
    clear = _clear(articles, main)
    return clear[0] if clear else None


def suggestion_reasons(
    articles: Sequence[Article], main: Topic, *, limit: int = 8
) -> tuple[Topic, tuple[Reason, ...]] | None:
    """Return the subject below *main* that a story is on, if one is clear, and the *limit* strongest reasons."""
    clear = _clear(articles, main)
    if clear is None:
        return None
    topic, weights = clear
    forms = {term: form for article in articles for term, form in written(article.headline, article.text).items()}
    reasons = (Reason(words=forms[term], weight=round(weight, 6)) for term, weight in weights.items())
    return topic, tuple(sorted(reasons, key=lambda reason: (-reason.weight, reason.words))[:limit])


def _clear(articles: Sequence[Article], main: Topic) -> tuple[Topic, Mapping[str, float]] | None:
    """Return the clear subject, if there is one, with what each of its terms weighs."""
    each = [_weights(article, main.code) for article in articles if is_readable(article.language)]
    gathered: defaultdict[str, defaultdict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for weights in each:
        for code, found in weights.items():
            for term, weight in found.items():
                gathered[code][term].append(weight)
    total = {
        code: {term: math.fsum(several) / len(each) for term, several in found.items()}
        for code, found in gathered.items()
    }
    sums = {code: round(min(math.fsum(found.values()), 1.0), 6) for code, found in total.items()}
    ranked = sorted(sums, key=lambda code: (-sums[code], code))
    if not ranked or sums[ranked[0]] < STRONG or len(total[ranked[0]]) < FEWEST:
        return None
    best, *others = ranked
    if others and sums[best] < CLEAR * sums[others[0]]:
        return None
    return Topic(code=best, label=_labels()[best], score=sums[best]), total[best]


def _weights(article: Article, top: str) -> Mapping[str, Mapping[str, float]]:
    """Return subject below *top* → term → weight; what stands under several of them is shared out."""
    listed = _listed()[top]
    found: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for term, weight in vector(article.headline, article.text).items():
        for code in listed.get(term, ()):
            found[code][term] = weight / len(listed[term])
    return found


@cache
def _listed() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return top-level topic → term → subjects below it."""
    tops = {topic.code: TOP_LEVEL[topic.top].code for topic in media_topics()}
    found: dict[str, dict[str, tuple[str, ...]]] = {subject.code: {} for subject in TOP_LEVEL}
    for code, phrases in second_level().items():
        for phrase in phrases:
            term = list(terms(phrase))[-1]
            found[tops[code]][term] = (*found[tops[code]].get(term, ()), code)
    return found


@cache
def _labels() -> Mapping[str, str]:
    return {topic.code: topic.label for topic in media_topics()}
