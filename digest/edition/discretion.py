"""
A telling in, what may be published and remembered of it out.

Whole texts stay behind unless their source allows them. Of a private source nothing is left but the
quoted sentences, its name and the dates: no headline, no name from its text, no neighbours of a quotation.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from digest.model import Article, Coverage, Quote, Source, Telling
from digest.text import plain, short_id


def articles_in(coverage: Iterable[Coverage]) -> Iterator[Article]:
    """Yield every article, each followed by its reprints."""
    for text in coverage:
        yield text.article
        yield from text.reprints


def publishable(telling: Telling) -> Telling:
    """Return a telling without all that its sources do not let us show."""
    cluster = telling.cluster
    articles = tuple(articles_in(cluster.coverage))
    shown = replace(telling, cluster=replace(cluster, coverage=tuple(map(_coverage, cluster.coverage))))
    if not any(article.source.private for article in articles):
        return shown
    public = [article for article in articles if not article.source.private]
    private = frozenset(article.key for article in articles) - {article.key for article in public}
    return replace(
        shown,
        headline=_headline(telling, public),
        summary=tuple(_bare(quote) if quote.article in private else quote for quote in telling.summary),
        keywords=_keywords(telling, public),
    )


def _coverage(text: Coverage) -> Coverage:
    return Coverage(article=_public(text.article), reprints=tuple(map(_public, text.reprints)))


def _public(article: Article) -> Article:
    if article.source.private:
        source = _masked(article.source)
        return replace(article, source=source, url=None, headline="", standfirst=None, byline=(), paragraphs=())
    return article if article.source.republish else replace(article, paragraphs=())


def _masked(source: Source) -> Source:
    """Return a private source without what gives away its address or, where the name is a file's, its subject."""
    is_file = source.id.startswith("file-")
    return replace(
        source, id=f"private-{short_id(source.id)}", name="A private source" if is_file else source.name, url=None
    )


def _bare(quote: Quote) -> Quote:
    return replace(quote, fragment="", before="", after="")


def _headline(telling: Telling, public: Sequence[Article]) -> str:
    """Return a headline that is no private source's, of the article quoted first; else the first quotation."""
    if any(article.headline == telling.headline for article in public):
        return telling.headline
    quoted = {quote.article: -place for place, quote in reversed(list(enumerate(telling.summary)))}
    if public:
        return max(public, key=lambda article: quoted.get(article.key, -len(telling.summary))).headline
    if telling.summary:
        return telling.summary[0].text
    return _masked(telling.cluster.coverage[0].article.source).name


def _keywords(telling: Telling, public: Iterable[Article]) -> tuple[str, ...]:
    """Keep the keywords that stand in what anyone may read."""
    texts = [text for article in public for text in (article.headline, article.standfirst or "", article.text)]
    readable = plain("\n".join([*texts, *(quote.text for quote in telling.summary)]))
    return tuple(keyword for keyword in telling.keywords if plain(keyword) in readable)
