"""A sample in, what others would say of it out: sumy's methods, newspaper4k and lede, where they are installed."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from digest.summarize.sumys import Tokenizer
from tests.quality.summarizer.samples import Sample

_COUNT = 3
_LETTERS = 400
"""Of three sentences, for those that count letters."""
_SUMY = {
    "sumy LexRank": "lex_rank:LexRankSummarizer",
    "sumy LSA": "lsa:LsaSummarizer",
    "sumy TextRank": "text_rank:TextRankSummarizer",
    "sumy Luhn": "luhn:LuhnSummarizer",
    "sumy SumBasic": "sum_basic:SumBasicSummarizer",
}


def document(sentences: Sequence[str]) -> Any:
    """Return sentences as what sumy's summarizers read."""
    from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence

    tokenizer: Any = Tokenizer("en")
    return ObjectDocumentModel([Paragraph([Sentence(text, tokenizer) for text in sentences])])


def sumy(name: str, sentences: Sequence[str], count: int) -> list[str]:
    """Return the summary of one of sumy's summarizers."""
    return [str(sentence) for sentence in _summarizer(name)(document(sentences), count)]


@cache
def _summarizer(name: str) -> Any:
    """Return one of sumy's summarizers with its own English stemmer and stop words, which it takes time to load."""
    from sumy.nlp.stemmers import Stemmer
    from sumy.utils import get_stop_words

    module, _, kind = name.partition(":")
    made = getattr(import_module(f"sumy.summarizers.{module}"), kind)(Stemmer("english"))
    made.stop_words = get_stop_words("english")
    return made


def lex_rank(sentences: Sequence[str], count: int) -> list[str]:
    """Return the summary of sumy's LexRank."""
    return sumy(_SUMY["sumy LexRank"], sentences, count)


def _by_sumy(name: str, sample: Sample) -> list[str]:
    return sumy(name, sample.text.sentences, _COUNT)


def _by_newspaper(sample: Sample) -> list[str]:
    nlp: Any = import_module("newspaper.nlp")
    text = import_module("newspaper.text")
    told = list(sample.text.sentences)
    # Its own splitter needs a download, and without a headline it says nothing: the lede takes its place.
    nlp.split_sentences = lambda _: told
    found = nlp.summarize(told[0], " ".join(told), text.StopWords("en"), max_sents=_COUNT)
    return [str(sentence) for sentence in found]


def _by_lede(sample: Sample) -> list[str]:
    return [str(import_module("lede").summarize(" ".join(sample.text.sentences), max_length=_LETTERS))]


def _installed(name: str) -> bool:
    return find_spec(name) is not None


PEERS: Mapping[str, Callable[[Sample], list[str]]] = {
    **{name: partial(_by_sumy, summarizer) for name, summarizer in _SUMY.items()},
    **({"newspaper4k": _by_newspaper} if _installed("newspaper") else {}),
    **({"lede": _by_lede} if _installed("lede") else {}),
}
"""Those that are installed, by name."""
