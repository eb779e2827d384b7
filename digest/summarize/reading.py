"""
A cluster in, its sentences out: what every method of summing up reads.

The central article comes first, then the others in their order. Of a huge story only the first
sentences of each article are read, for news tells what matters first.
"""

from collections import Counter
from dataclasses import dataclass
from statistics import fmean
from typing import NamedTuple

from digest.model import Article, Cluster
from digest.summarize.likeness import cosine, rarity, rounded, terms, vector
from digest.summarize.quoting import Judge, Verdicts, spans, undated
from digest.summarize.text import Text
from digest.text import words

MAX_SENTENCES = 120
"""Sentences read of a story: the slowest method takes a second or two for them."""
_MIN_SHARE = 4
"""Sentences read of each article at least, as long as there is room for it."""
_DATELINE_PARAGRAPHS = 3
_HEADLINE = 0.5
"""Weight of the headline against that of all paragraphs, when it is asked how much an article is on the event."""


class Sentence(NamedTuple):
    """A sentence and where it stands; a tuple, because a build makes thousands of them."""

    article: int
    """Index into the reading's articles."""
    paragraph: int
    """Index into the article's paragraphs."""
    start: int
    """Offset in the paragraph's text, behind a dateline."""
    end: int
    text: str
    words: tuple[str, ...]
    below_subhead: bool
    """Whether a subhead stands somewhere before it: there an article turns to other matters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A story as the methods read it."""

    articles: tuple[Article, ...]
    """The central one first."""
    sentences: tuple[Sentence, ...]
    """Article by article, in order; those that are read."""
    text: Text
    """The same for methods that need no more than that."""
    verdicts: Verdicts
    """One for each sentence."""
    total: int
    """Sentences of the story, with those that are not read."""

    def is_shut(self, at: int) -> bool:
        """Return whether a sentence stands where another article than the leading one turns to other matters."""
        return self.sentences[at].below_subhead and self.sentences[at].article > 0


def read(cluster: Cluster) -> Reading:
    """Return the sentences of a cluster's text paragraphs, `MAX_SENTENCES` at most."""
    first = central(cluster)
    others = [coverage.article for coverage in cluster.coverage if coverage.article is not first]
    articles = (first, *others)
    found = [_sentences(number, article) for number, article in enumerate(articles)]
    share = max(_MIN_SHARE, MAX_SENTENCES // len(articles))
    # What the short articles leave of their share goes to the first one.
    spare = max(0, MAX_SENTENCES - sum(min(len(each), share) for each in found[1:]))
    kept = [found[0][: max(share, spare)], *(each[:share] for each in found[1:])]
    judges = [
        Judge(
            [s.text for s in own],
            [s.words for s in own],
            [s.paragraph for s in own],
            headline=article.headline,
            language=article.language,
        )
        for article, own in zip(articles, kept, strict=True)
    ]
    read_in_all = tuple(s for own in kept for s in own)[:MAX_SENTENCES]
    text = Text(
        sentences=[s.text for s in read_in_all],
        tokens=[s.words for s in read_in_all],
        articles=[s.article for s in read_in_all],
        headlines=[article.headline for article in articles],
        language=first.language,
    )
    return Reading(
        articles=articles, sentences=read_in_all, text=text, verdicts=Verdicts(judges), total=sum(map(len, found))
    )


def central(cluster: Cluster) -> Article:
    """
    Return the article whose headline serves the story: the one of which most is on the event.

    The event is what several articles speak of, term by term; an article is on it as its paragraphs are on
    average, and as its headline is. Of equals, the earliest is taken.
    """
    articles = [coverage.article for coverage in cluster.coverage]
    if len(articles) == 1:
        return articles[0]
    texts = [[terms(p.text, a.language) for p in a.paragraphs if p.kind == "text"] for a in articles]
    idf = rarity([paragraph for text in texts for paragraph in text])
    speakers = Counter(term for text in texts for term in {term for paragraph in text for term in paragraph})
    event = vector((term for term, count in speakers.items() if count > 1), idf)
    scores = [
        rounded(
            fmean(cosine(vector(paragraph, idf), event) for paragraph in text or [()])
            + _HEADLINE * cosine(vector(terms(article.headline, article.language), idf), event)
        )
        for article, text in zip(articles, texts, strict=True)
    ]
    return articles[scores.index(max(scores))]


def _sentences(number: int, article: Article) -> list[Sentence]:
    found = []
    spoken = 0
    below = False
    for index, paragraph in enumerate(article.paragraphs):
        if paragraph.kind != "text":
            below = below or paragraph.kind == "subhead"
            continue
        spoken += 1
        for start, end in spans(paragraph.text, article.language):
            first = undated(paragraph.text, start, end) if spoken <= _DATELINE_PARAGRAPHS else start
            text = paragraph.text[first:end]
            if own := words(text):
                found.append(
                    Sentence(
                        article=number,
                        paragraph=index,
                        start=first,
                        end=end,
                        text=text,
                        words=own,
                        below_subhead=below,
                    )
                )
    return found
