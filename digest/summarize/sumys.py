"""
A story in, sumy's ratings of its sentences out: LexRank, LSA, TextRank and their kin, offline.

sumy's own tokenizer needs a download, so its document model is built here with one of ours: to sumy
a tokenizer is any object with `to_sentences` and `to_words`.
"""

import math
import warnings
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from digest.summarize.likeness import stemmer
from digest.summarize.reading import Reading
from digest.text import sentences, stop_words, words
from digest.text.lexicon import lexicon

if TYPE_CHECKING:
    from sumy.models.dom import ObjectDocumentModel
    from sumy.summarizers import AbstractSummarizer

Rating = Callable[[Reading], Sequence[float]]


class Tokenizer:
    """Splits text for sumy's document model, by the rules of `digest.text`."""

    def __init__(self, language: str) -> None:
        self.language = language

    def to_sentences(self, paragraph: str) -> tuple[str, ...]:
        """Return the sentences of a paragraph."""
        return tuple(paragraph[start:end] for start, end in sentences(paragraph, language=self.language))

    def to_words(self, sentence: str) -> tuple[str, ...]:
        """Return the words of a sentence."""
        return words(sentence)


def document(reading: Reading) -> "ObjectDocumentModel":
    """
    Return a story as sumy's document: a paragraph for each of its paragraphs, the headlines as headings.

    The document has an attribute of our own, `articles`: one document for each article.
    """
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

    articles = []
    for number, article in enumerate(reading.articles):
        tokenizer = Tokenizer(article.language)
        paragraphs: dict[int, list[Any]] = {}
        for sentence in reading.sentences:
            if sentence.article == number:
                paragraphs.setdefault(sentence.paragraph, []).append(Sentence(sentence.text, tokenizer))
        heading = Paragraph([Sentence(article.headline, tokenizer, is_heading=True)])
        articles.append(ObjectDocumentModel([heading, *map(Paragraph, paragraphs.values())]))
    whole = ObjectDocumentModel([paragraph for article in articles for paragraph in article.paragraphs])
    whole.articles = tuple(articles)
    return whole


def rated(make: Callable[[Reading], "AbstractSummarizer"]) -> Rating:
    """Return a function that rates a story's sentences with one of sumy's summarizers."""

    def rating(reading: Reading) -> Sequence[float]:
        found = [0.0] * len(reading.sentences)

        def keep(infos: Sequence[Any]) -> Sequence[Any]:
            # sumy takes a function in place of a count, which shows the ratings it would choose by.
            for info in infos:
                # LexRank divides by zero where no two sentences share a word.
                found[info.order] = float(info.rating) if math.isfinite(info.rating) else 0.0
            return infos

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            make(reading)(document(reading), keep)
        return found

    return rating


def _plain(name: str) -> Callable[[Reading], "AbstractSummarizer"]:
    """Return a maker of the summarizer that sumy's module *name* holds."""

    def make(reading: Reading) -> "AbstractSummarizer":
        from importlib import import_module

        module, _, class_name = name.partition(":")
        made = getattr(import_module(f"sumy.summarizers.{module}"), class_name)(_stemmer(reading))
        made.stop_words = stop_words(_language(reading))
        return made

    return make


def _edmundson(reading: Reading) -> "AbstractSummarizer":
    from sumy.summarizers.edmundson import EdmundsonSummarizer

    language = _language(reading)
    made = EdmundsonSummarizer(_stemmer(reading))
    stops = stop_words(language)
    headlines = [word for article in reading.articles for word in words(article.headline)]
    # sumy refuses empty sets; the empty word is in no sentence.
    made.bonus_words = [word for word in headlines if word not in stops] or [""]
    made.stigma_words = lexicon(language).leaning or [""]
    made.null_words = stops or [""]
    return made


def _language(reading: Reading) -> str:
    return reading.articles[0].language


def _stemmer(reading: Reading) -> Callable[[str], str]:
    return stemmer(_language(reading))


RATINGS: Mapping[str, Rating] = {
    "lex-rank": rated(_plain("lex_rank:LexRankSummarizer")),
    "lsa": rated(_plain("lsa:LsaSummarizer")),
    "text-rank": rated(_plain("text_rank:TextRankSummarizer")),
    "luhn": rated(_plain("luhn:LuhnSummarizer")),
    "sum-basic": rated(_plain("sum_basic:SumBasicSummarizer")),
    "kl": rated(_plain("kl:KLSummarizer")),
    "reduction": rated(_plain("reduction:ReductionSummarizer")),
    "edmundson": rated(_edmundson),
}
"""sumy's methods by name."""
