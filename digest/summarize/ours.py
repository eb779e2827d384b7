"""
A document in, its best sentences out: the default method, for sumy's document model.

A sentence is rated by where it stands, by what it shares with the headline and with the whole story,
and, when several articles tell the story, by what the others say too.
"""

from collections.abc import Sequence
from typing import Any

from sumy.summarizers import AbstractSummarizer

from digest.summarize.likeness import cosine, rarity, rounded, vector

POSITION, HEADLINE, CENTRALITY, SUPPORT = 1.0, 0.3, 0.5, 0.5
"""Weights of the four, each in [0, 1]."""


class DigestSummarizer(AbstractSummarizer):  # type: ignore[misc]
    """
    Rates sentences as a newspaper would: `DigestSummarizer(stemmer)(document, 3)`.

    A document may have an attribute `articles`, one document for each article of a story, the most
    important one first; without it, it is a story of one article.
    """

    stop_words: frozenset[str] = frozenset()

    def __call__(self, document: Any, sentences_count: Any) -> tuple[Any, ...]:
        """Return the best sentences of a document in order; *sentences_count* as sumy takes it."""
        ratings = iter(self.rate(document))
        chosen: tuple[Any, ...] = self._get_best_sentences(document.sentences, sentences_count, lambda _: next(ratings))
        return chosen

    def rate(self, document: Any) -> Sequence[float]:
        """Return a rating for each sentence of a document, in order."""
        articles = getattr(document, "articles", (document,))
        found = [[self._terms(s) for s in article.sentences] for article in articles]
        idf = rarity([each for article in found for each in article])
        vectors = [[vector(each, idf) for each in article] for article in found]
        whole = vector((term for article in found for each in article for term in each), idf)
        ratings = []
        for number, article in enumerate(articles):
            headline = vector((t for h in article.headings for t in self._terms(h)), idf)
            others = [each for i, other in enumerate(vectors) if i != number for each in other]
            for order, own in enumerate(vectors[number]):
                support = max((cosine(own, other) for other in others), default=0.0)
                ratings.append(
                    rounded(
                        POSITION / (1 + order)
                        + HEADLINE * cosine(own, headline)
                        + CENTRALITY * cosine(own, whole)
                        + SUPPORT * support
                    )
                )
        return ratings

    def _terms(self, sentence: Any) -> list[str]:
        return [self.stem_word(word) for word in sentence.words if word not in self.stop_words]
