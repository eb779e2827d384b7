"""
A document in, its best sentences out: the default method, for sumy's document model.

A sentence is rated by where it stands (Luhn 1958, Edmundson 1969), by what it shares with the headline
and with the whole story, and, when several articles tell the story, by what the others say too.
"""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from sumy.nlp.stemmers import null_stemmer
from sumy.summarizers import AbstractSummarizer

from digest.summarize.choosing import Candidate, choose
from digest.summarize.likeness import cosine, rarity, rounded, vector
from digest.summarize.quoting import judge
from digest.text import stop_words
from digest.text.lexicon import lexicon

# Searched for ROUGE on news with summaries written by people, and for the wanted sentences of the sample
# articles: that the sample comes out right is therefore no independent evidence.
POSITION = 1.2
"""Falls as 1, 1/2, 1/3 from the first sentence of an article on."""
HEADLINE = 0.7
"""Likeness to the headline."""
ABOUT = 0.6
"""Share of the sentence's first terms that the leading headline has: whom or what it is about."""
CENTRALITY = 0.4
"""Likeness to the whole story."""
FREQUENCY = 0.4
"""Mean logarithm of how often the story has the sentence's terms."""
SUPPORT = 1.0
"""Likeness to the most similar sentence of another article."""
PERSONAL = -0.35
"""The writer speaks of himself or to the reader."""
LENGTH = -0.025
"""For each word above `LONG`."""
LONG = 35

_SUBJECT = 4
"""Terms at a sentence's start that tell what it is about."""


class DigestSummarizer(AbstractSummarizer):  # type: ignore[misc]
    """
    Takes the sentences that tell a story and may be quoted: `DigestSummarizer(stemmer)(document, 3)`.

    A document may have an attribute `articles`, a document for each article of a story, the leading one
    first; without it, it is a story of one article.
    """

    def __init__(self, stemmer: Callable[[str], str] = null_stemmer, *, language: str = "en") -> None:
        super().__init__(stemmer)
        self.stop_words = stop_words(language)
        self.language = language

    def __call__(self, document: Any, sentences_count: Any) -> tuple[Any, ...]:
        """Return the best sentences of a document, in order; fewer if fewer may be quoted beside each other."""
        ratings = self.rate(document)
        if not isinstance(sentences_count, int):
            rating = iter(ratings)
            chosen: tuple[Any, ...] = self._get_best_sentences(
                document.sentences, sentences_count, lambda _: next(rating)
            )
            return chosen
        indexes = choose(self._candidates(document), ratings, most=sentences_count)
        return tuple(document.sentences[i] for i in indexes)

    def rate(self, document: Any) -> Sequence[float]:
        """Return a rating for each sentence of a document, in order."""
        articles = _articles(document)
        found = [[self._terms(s) for s in article.sentences] for article in articles]
        everything = [terms for article in found for terms in article]
        idf = rarity(everything)
        counts = Counter(term for terms in everything for term in terms)
        whole = vector(counts.elements(), idf)
        headlines = [[t for heading in a.headings[:1] for t in self._terms(heading)] for a in articles]
        vectors = [[vector(terms, idf) for terms in article] for article in found]
        ratings = []
        for number, article in enumerate(articles):
            headline = vector(headlines[number], idf)
            others = [own for i, each in enumerate(vectors) if i != number for own in each]
            for order, sentence in enumerate(article.sentences):
                own, terms = vectors[number][order], found[number][order]
                ratings.append(
                    POSITION / (1 + order)
                    + HEADLINE * cosine(own, headline)
                    + ABOUT * _share(terms[:_SUBJECT], headlines[0])
                    + CENTRALITY * cosine(own, whole)
                    + FREQUENCY * _mean_log(terms, counts)
                    + SUPPORT * max((cosine(own, other) for other in others), default=0.0)
                    + PERSONAL * self._is_personal(sentence)
                    + LENGTH * max(0, len(sentence.words) - LONG)
                )
        return [rounded(rating) for rating in ratings]

    def _candidates(self, document: Any) -> list[Candidate]:
        candidates = []
        for number, article in enumerate(_articles(document)):
            headline = " ".join(str(heading) for heading in article.headings[:1])
            paragraphs = [[str(s) for s in paragraph.sentences] for paragraph in article.paragraphs]
            verdicts = judge(paragraphs, headline=headline, language=self.language)
            for sentence, verdict in zip(article.sentences, verdicts, strict=True):
                terms = tuple(self._terms(sentence))
                candidates.append(Candidate(text=str(sentence), terms=terms, article=number, verdict=verdict))
        return candidates

    def _terms(self, sentence: Any) -> list[str]:
        return [self.stem_word(word) for word in sentence.words if word not in self.stop_words]

    def _is_personal(self, sentence: Any) -> bool:
        return not lexicon(self.language).personal.isdisjoint(sentence.words)


def _articles(document: Any) -> Sequence[Any]:
    articles: Sequence[Any] = getattr(document, "articles", (document,))
    return articles


def _share(terms: Sequence[str], headline: Sequence[str]) -> float:
    return sum(term in headline for term in terms) / _SUBJECT


def _mean_log(terms: Sequence[str], counts: Counter[str]) -> float:
    distinct = set(terms)
    return math.fsum(math.log(counts[term]) for term in distinct) / len(distinct) if distinct else 0.0
