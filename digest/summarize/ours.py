"""
A story in, the sentences that tell it out: the default method, and its form for users of sumy.

What a summary written by people would hold is expected word by word and pair by pair, by a regression of the importance
of n-grams (Hong and Nenkova 2014; Li, Qian and Liu 2013); then the sentences are quoted that cover most of it together
(Gillick and Favre 2009; Lin and Bilmes 2011). `grams`, `expecting` and `covering` tell each step.
"""

from collections.abc import Callable, Sequence
from typing import Any

from sumy.nlp.stemmers import null_stemmer
from sumy.summarizers import AbstractSummarizer

from digest.summarize.expecting import learned
from digest.summarize.picking import pick
from digest.summarize.quoting import Judge, Verdicts
from digest.summarize.text import Text
from digest.text import stop_words, words


class DigestSummarizer(AbstractSummarizer):  # type: ignore[misc]
    """
    Takes the sentences that tell a story and may be quoted: `DigestSummarizer()(document, 3)`.

    A document may have an attribute `articles`, a document for each article of a story, the leading one
    first; without it, it is a story of one article. Stems are our own: the weights were learned with them.
    """

    def __init__(self, stemmer: Callable[[str], str] = null_stemmer, *, language: str = "en") -> None:
        super().__init__(stemmer)
        self.stop_words = stop_words(language)
        self.language = language

    def __call__(self, document: Any, sentences_count: Any) -> tuple[Any, ...]:
        """Return the best sentences of a document, in order; fewer if fewer may be quoted beside each other."""
        text, verdicts = self._read(document)
        if not text.sentences:
            return ()
        if isinstance(sentences_count, int):
            _, taken = pick(text, verdicts, learned(), most=sentences_count)
            return tuple(document.sentences[i] for i in taken)
        rating = iter(self.rate(document))
        chosen: tuple[Any, ...] = self._get_best_sentences(document.sentences, sentences_count, lambda _: next(rating))
        return chosen

    def rate(self, document: Any) -> Sequence[float]:
        """Return for each sentence of a document, in order, the ROUGE-1 and ROUGE-2 expected of it alone, added up."""
        text, verdicts = self._read(document)
        return pick(text, verdicts, learned(), most=1)[0] if text.sentences else []

    def _read(self, document: Any) -> tuple[Text, Verdicts]:
        articles: Sequence[Any] = getattr(document, "articles", (document,))
        headlines = [" ".join(str(heading) for heading in article.headings[:1]) for article in articles]
        told = [[str(sentence) for sentence in article.sentences] for article in articles]
        tokens = [[words(sentence) for sentence in own] for own in told]
        judges = []
        for article, headline, own, said in zip(articles, headlines, told, tokens, strict=True):
            paragraphs = [i for i, paragraph in enumerate(article.paragraphs) for _ in paragraph.sentences]
            judges.append(Judge(own, said, paragraphs, headline=headline, language=self.language))
        text = Text(
            sentences=[sentence for own in told for sentence in own],
            tokens=[each for own in tokens for each in own],
            articles=[number for number, own in enumerate(told) for _ in own],
            headlines=headlines,
            language=self.language,
        )
        return text, Verdicts(judges)
