"""
A story or an edition in, the HTML of its entry out: the whole of it, with every link absolute.

All that comes from an article is escaped when it is put in; what is put together is then passed
through nh3, which keeps nothing but the few elements named here: should one guard fail, the other
stands.
"""

from collections.abc import Mapping

from markupsafe import Markup

from digest import addresses
from digest.feed.wording import (
    change_in_words,
    counted,
    date_in_words,
    is_right_to_left,
    language_tag,
    listed,
    plain,
    site_address,
    web_address,
)
from digest.model import Article, Coverage, Edition, Masthead, Quote, Story

_TAGS = frozenset({"a", "ins", "li", "ol", "p", "span", "strong", "ul"})
_ATTRIBUTES = {"a": {"href"}, "*": {"dir", "lang"}}


def story_html(story: Story, coverage: tuple[Coverage, ...], masthead: Masthead) -> str:
    """
    Return a story as it stands, with what is new in it marked.

    Args:
        story: The story.
        coverage: Its coverage, fit for the public.
        masthead: Gives the site's address and the language of our own words.
    """
    articles = {a.key: a for told in coverage for a in (told.article, *told.reprints)}
    notice = change_in_words(story.change)
    return _sanitised(
        Markup("\n").join(
            [
                *([_own(Markup("<strong>{}</strong>").format(notice), story, masthead)] if notice else []),
                _summary(story, articles, masthead),
                _own("Source:" if len(coverage) == 1 else "Sources:", story, masthead),
                Markup("<ul>"),
                *(_source(told, story, masthead) for told in coverage),
                Markup("</ul>"),
            ]
        )
    )


def edition_html(edition: Edition, masthead: Masthead) -> str:
    """Return the headlines of an edition, each with its first sentence and a link to its page."""
    items = [
        _element(
            "li",
            Markup('{}<a href="{}">{}</a>{}').format(
                "Retracted: " if story.change.kind == "retracted" else "",
                site_address(masthead.base_url, addresses.story(story)),
                plain(story.headline),
                f": {plain(story.summary[0].text)}" if story.summary else "",
            ),
            language=story.language,
            around=masthead.language,
            text=story.headline,
        )
        for story in edition.stories
    ]
    return _sanitised(Markup("\n").join([Markup("<ol>"), *items, Markup("</ol>")]))


def _sanitised(html: Markup) -> str:
    import nh3

    return nh3.clean(html, tags={*_TAGS}, attributes=_ATTRIBUTES, url_schemes={"http", "https"}, link_rel=None)


def _summary(story: Story, articles: Mapping[str, Article], masthead: Masthead) -> Markup:
    sentences = Markup(" ").join(
        _sentence(index, quote, articles.get(quote.article), story, masthead)
        for index, quote in enumerate(story.summary)
    )
    text = " ".join(quote.text for quote in story.summary)
    return _element("p", sentences, language=story.language, around=story.language, text=text)


def _sentence(index: int, quote: Quote, article: Article | None, story: Story, masthead: Masthead) -> Markup:
    """Return a sentence and its number, which leads to where it stands."""
    text = plain(quote.text)
    language = article.language if article else story.language
    sentence = _element("span", Markup("{}").format(text), language=language, around=story.language)
    if story.change.kind != "new" and index in story.change.sentences:
        sentence = Markup("<ins>{}</ins>").format(sentence)
    place = _absolute(addresses.quoted(quote, article), masthead) if article else None
    return Markup("{} {}").format(sentence, _link(place, f"[{index + 1}]"))


def _source(told: Coverage, story: Story, masthead: Masthead) -> Markup:
    """Return a line on an article: where it stands, when it was published, what is quoted of it."""
    article = told.article
    place = _absolute(article.url or addresses.article(article.key), masthead)
    name, headline = plain(article.source.name), plain(article.headline)
    title = _element("span", _link(place, headline), language=article.language, around=masthead.language, text=headline)
    quoted = [str(index + 1) for index, quote in enumerate(story.summary) if quote.article == article.key]
    facts = [
        f"{name}, {date_in_words(article.published)}" if headline else date_in_words(article.published),
        f"{'sentence' if len(quoted) == 1 else 'sentences'} {listed(quoted)}" if quoted else "",
        counted(len(told.reprints), "reprint", "reprints") if told.reprints else "",
    ]
    line = Markup("{}, {}").format(title if headline else _link(place, name), "; ".join(filter(None, facts)))
    return _element("li", line, language=masthead.language, around=story.language)


def _own(text: str | Markup, story: Story, masthead: Masthead) -> Markup:
    """Return a paragraph of our own words in an entry whose language is the story's."""
    return _element("p", Markup("{}").format(text), language=masthead.language, around=story.language)


def _element(tag: str, inner: Markup, *, language: str, around: str, text: str = "") -> Markup:
    """
    Return an element that says language and direction of what is in it, where they need saying.

    Args:
        tag: A `span` that would say nothing is left out.
        inner: What is in it.
        language: Of what is in it.
        around: Language of what is around it.
        text: Decides the direction.
    """
    attributes = Markup()
    if language_tag(language) != language_tag(around):
        attributes += Markup(' lang="{}"').format(language_tag(language))
    if is_right_to_left(text):
        attributes += Markup(' dir="rtl"')
    if tag == "span" and not attributes:
        return inner
    return Markup("<{0}{1}>{2}</{0}>").format(tag, attributes, inner)


def _link(place: str | None, text: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(place, text) if place else Markup("{}").format(text)


def _absolute(target: str, masthead: Masthead) -> str | None:
    """Return the address of the web that *target* is, or that of a path of the site."""
    return web_address(target) if "://" in target else site_address(masthead.base_url, target)
