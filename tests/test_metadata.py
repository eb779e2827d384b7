"""What a web page says of its article: headline, byline, date, address, site and language, chosen among many claims."""

import json
import re
from collections.abc import Sequence
from importlib import resources

import pytest
from lxml.html import document_fromstring

from digest.extract.stated import stated_metadata
from digest.extract.stated.authors import authors
from digest.extract.stated.headline import headlines
from digest.extract.stated.linked import linked_data
from digest.extract.stated.page import layout, read_page
from digest.extract.stated.published import moments
from digest.extract.stated.ranking import Candidate, best
from digest.extract.stated.readings import readings
from digest.model import Metadata

HEADLINE = "Nine herons walk the old canal at dawn"
TEXT = (
    "The keeper of the lower lock counted them twice before he rang the office, because nobody had seen more than four "
    "of the birds on one morning since the mill was closed and its pond was filled in."
)


def page(*, head: str = "", above: str = "", imprint: str = "", below: str = "", title: str = HEADLINE) -> str:
    """Return an article's page with the given pieces around its headline and its three paragraphs."""
    text = "".join(f"<p>{TEXT} {number}</p>" for number in ("One.", "Two.", "Three."))
    return (
        f'<html lang="en-GB"><head><title>{title}</title>{head}</head><body>{above}'
        f"<article><h1>{HEADLINE}</h1>{imprint}{text}</article>{below}</body></html>"
    )


def stated(markup: str, url: str | None = None) -> Metadata:
    return stated_metadata(document_fromstring(markup), url).metadata


def linked(*nodes: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@graph": nodes})}</script>'


def day(metadata: Metadata) -> str | None:
    return metadata.published.stated[:10] if metadata.published else None


# Headlines.


@pytest.mark.parametrize(
    "title", [f"{HEADLINE} | Lock Gazette", f"{HEADLINE} - Lock Gazette", f"Lock Gazette: {HEADLINE}"]
)
def test_headline_is_the_heading_that_readers_see(title: str) -> None:
    """The site's name in a page's title is no part of the headline."""
    assert stated(page(title=title, head=f'<meta property="og:title" content="{title}">')).headline == HEADLINE


def test_name_of_the_site_is_no_headline() -> None:
    """A logo may be a first-level heading too; the article's own heading is taken."""
    logo = '<header class="masthead"><h1>Lock Gazette</h1></header>'
    made = page(
        above=logo, title=f"{HEADLINE} | Lock Gazette", head='<meta property="og:site_name" content="Lock Gazette">'
    )
    assert stated(made).headline == HEADLINE


def test_title_is_the_headline_of_a_page_without_headings() -> None:
    """Where nothing else names the article, its title does, without the site behind the bar."""
    made = page(title=f"{HEADLINE} | Lock Gazette").replace(f"<h1>{HEADLINE}</h1>", "")
    assert stated(made).headline == HEADLINE


def test_headline_keeps_its_words_whole() -> None:
    """Markup inside a word does not cut it, and a line break parts words."""
    made = page().replace(f"<h1>{HEADLINE}</h1>", "<h1>Nine <b>h</b>erons walk<br>the old canal at dawn</h1>")
    assert stated(made).headline == HEADLINE


# Dates.


@pytest.mark.parametrize(
    "imprint",
    [
        '<p class="date">12 May 2024</p>',
        '<time datetime="2024-05-12T09:30:00+01:00">yesterday</time>',
        "<p>Published: May 12, 2024 | Updated: June 3, 2025</p>",
        '<span class="post-date">2024 May 12</span>',
    ],
)
def test_date_beside_the_headline_is_found(imprint: str) -> None:
    """A page need not state its date in its head."""
    assert day(stated(page(imprint=imprint))) == "2024-05-12"


def test_published_is_taken_before_modified() -> None:
    """An article is dated by its publication, whichever of the two is named first."""
    node = {"@type": "NewsArticle", "headline": HEADLINE, "dateModified": "2025-06-03", "datePublished": "2024-05-12"}
    assert day(stated(page(head=linked(node)))) == "2024-05-12"


def test_dates_of_other_articles_and_comments_are_not_taken() -> None:
    """Related articles, comments and the year of the copyright do not date an article."""
    below = (
        '<section class="related"><h3>More</h3><p>Otters in the mill race</p>'
        '<time datetime="2023-01-05">5 January 2023</time></section>'
        '<div id="comments"><p class="meta">Jo Nye, 9 August 2024</p></div><footer>© 2025 Lock Gazette</footer>'
    )
    assert stated(page(below=below)).published is None
    assert day(stated(page(below=below, imprint="<p>12 May 2024</p>"))) == "2024-05-12"


@pytest.mark.parametrize(
    "box",
    [
        '<div class="elementor-widget elementor-widget-post-info"><ul><li><time>12 May 2024</time></li></ul></div>',
        "<aside><p>Lock Gazette</p><p>12 May 2024</p></aside>",
        '<div class="sidebar"><span>By Ada Moor</span><time datetime="2024-05-12">12 May 2024</time></div>',
    ],
)
def test_date_in_a_box_is_found(box: str) -> None:
    """A day may stand in a box beside the text, when it stands alone there."""
    assert day(stated(page(imprint=box))) == "2024-05-12"
    assert day(stated(page(below=box))) == "2024-05-12"


@pytest.mark.parametrize("count", [3, 8])
def test_days_in_a_list_beside_the_text_are_not_taken(count: int) -> None:
    """A calendar in the margin, or a list of what was posted of late, does not date an article."""
    days = "".join(f"<li><a href=/{at}>Otters in the race</a> <i>{at} May 2023</i></li>" for at in range(1, count + 1))
    assert stated(page(below=f'<div class="sidebar"><ul>{days}</ul></div>')).published is None


def test_most_exact_statement_of_a_day_is_kept() -> None:
    """Where one place names the day and another its time and zone, the time is known."""
    head = '<meta property="article:published_time" content="2024-05-12T09:30:00+01:00">'
    published = stated(page(head=head, imprint="<p>12 May 2024</p>")).published
    assert published is not None
    assert (published.stated, published.zone_known) == ("2024-05-12T09:30+01:00", True)


# Bylines.


@pytest.mark.parametrize(
    ("imprint", "names"),
    [
        ('<p class="byline">By Ann Berg and Jo Nye</p>', ("Ann Berg", "Jo Nye")),
        ("<p>Written by</p><p>Ann Berg</p>", ("Ann Berg",)),
        ('<a rel="author" class="author-name" href="/author/ann">Ann Berg</a>', ("Ann Berg",)),
        ('<div class="author"><div>Ann Berg</div><div>Head of Canal Strategy</div></div>', ("Ann Berg",)),
        ('<p class="byline">By Ann Berg, PhD | Medically reviewed by Jo Nye, MD</p>', ("Ann Berg",)),
        ('<p class="byline">By Ann Berg Updated 3 June 2025</p>', ("Ann Berg",)),
        ('<p class="byline">By <a class="author" rel="author" href="/author/maud">Maud</a></p>', ("Maud",)),
        (
            '<p class="byline">By <a class="author" rel="author" href="/author/team">The Lock Team</a></p>',
            ("The Lock Team",),
        ),
    ],
)
def test_byline_is_what_the_page_prints(imprint: str, names: Sequence[str]) -> None:
    """Degrees, roles and reviewers are left out; a first name or a desk is taken where the page marks it as author."""
    assert stated(page(imprint=imprint)).byline == names


def test_author_may_be_named_elsewhere_in_linked_data() -> None:
    """A reference to a person in a page's JSON-LD is followed."""
    article = {"@type": "Article", "headline": HEADLINE, "author": {"@id": "#ann"}}
    person = {"@type": "Person", "@id": "#ann", "name": "Ann Berg"}
    assert stated(page(head=linked(article, person))).byline == ("Ann Berg",)


def test_printed_author_wins_over_the_account_that_posted() -> None:
    """The name below the headline is believed before one that only machines see."""
    article = {"@type": "Article", "headline": HEADLINE, "author": {"@type": "Person", "name": "webmaster"}}
    made = page(head=linked(article), imprint='<p class="byline">By Ann Berg</p>')
    assert stated(made).byline == ("Ann Berg",)


@pytest.mark.parametrize(
    "piece",
    [
        '<nav><a href="/privacy">Privacy Policy</a></nav>',
        '<div id="comments"><span class="comment-author fn">Jo Nye</span> says</div>',
        '<p class="reviewer">Reviewed by Jo Nye</p>',
        '<p class="byline">5 min read</p>',
    ],
)
def test_what_is_no_author_is_not_taken_for_one(piece: str) -> None:
    """Menus, readers who comment, reviewers and reading times write no articles."""
    assert stated(page(imprint=piece)).byline == ()


def test_readings_of_a_byline() -> None:
    """A text is read as names and as a whole; the ranking chooses."""
    found = {names for names, _ in readings("By Ann Berg, Harbour Desk", language="en", shown=True)}
    assert found == {("Ann Berg",), ("Ann Berg", "Harbour Desk")}


# Addresses and the rest.


@pytest.mark.parametrize(
    ("canonical", "expected"),
    [
        ("https://lock.example/herons", "https://lock.example/herons"),
        ("javascript:alert(1)", None),
        ("https://lock.example/", None),
        ("/herons", None),
    ],
)
def test_address_is_that_of_an_article(canonical: str, expected: str | None) -> None:
    """Scripts, front pages and halves of addresses are no addresses of articles."""
    assert stated(page(head=f'<link rel="canonical" href="{canonical}">')).url == expected


def test_site_and_language_are_stated() -> None:
    """A page's own name and language are read."""
    found = stated(page(head='<meta property="og:site_name" content="Lock Gazette">'))
    assert (found.site_name, found.language) == ("Lock Gazette", "en-GB")


@pytest.mark.parametrize(
    ("stated_name", "name"),
    [
        ("Lock Gazette | News from the canals", "Lock Gazette"),
        ("https://www.lock-gazette.example/", "lock-gazette.example"),
        ("@lockgazette", "lockgazette"),
        ("Lock & Weir - Weekly", "Lock & Weir - Weekly"),
    ],
)
def test_a_site_is_called_by_its_name_alone(stated_name: str, name: str) -> None:
    """A motto behind a bar is no part of a name, and an address none at all."""
    assert stated(page(head=f'<meta property="og:site_name" content="{stated_name}">')).site_name == name


@pytest.mark.parametrize("source", ["{", "[" * 5000, "null", '{"@graph": 3}', '{"@type": {"a": 1}, "author": [[]]}'])
def test_broken_linked_data_is_passed_over(source: str) -> None:
    """A page with JSON-LD that cannot be read is read without it."""
    made = page(head=f'<script type="application/ld+json">{source}</script>')
    assert stated(made).headline == HEADLINE


def test_references_in_a_circle_end() -> None:
    """Two objects that point to each other are no authors."""
    nodes = {"@type": "Article", "headline": "x", "author": {"@id": "#a"}}, {"@id": "#a", "same": {"@id": "#a"}}
    data = linked_data(document_fromstring(page(head=linked(*nodes))))
    assert [one.get("name") for one in data.resolved(data.article["author"])] == [None]


def test_page_inside_a_broken_button_is_read() -> None:
    """Parsers put a whole page into a button that is never closed; its article is found all the same."""
    made = page(above="<div><button class=menu>", imprint='<p class="byline">By Ann Berg</p><p>12 May 2024</p>')
    found = stated(made)
    assert (found.headline, found.byline, day(found)) == (HEADLINE, ("Ann Berg",), "2024-05-12")


def test_thousands_of_claims_cost_no_more_than_hundreds() -> None:
    """A page that names an author in each of its lines and states many dates is judged by a bounded number of them."""
    names = [f"{first}{last}" for first in "BDFGKLMNPRST" for last in ("abo", "elin", "iro", "oman", "ulla", "yra")]
    lines = "".join(f"<p>By {one} {other}</p>" for one in names for other in names)
    days = (f"{1900 + number // 28}-05-{number % 28 + 1:02}" for number in range(28 * 100))
    dates = linked(*({"@type": "WebPage", "datePublished": one} for one in days))
    made = read_page(document_fromstring(page(head=dates, below=lines)), None)
    place = layout(made, HEADLINE)
    assert (len(authors(made, place)), len(moments(made, place))) == (300, 300)


# Weights.


def test_highest_score_wins_and_the_first_of_equals() -> None:
    """The order of the page decides between candidates of which the same is said."""
    one, two = Candidate("one"), Candidate("two")
    assert best([], "headline") is None
    one.add("h1")
    two.add("h1")
    assert best([one, two], "headline") == "one"
    two.add("ld-article-headline")
    assert best([one, two], "headline") == "two"


def test_weights_are_those_of_features_that_exist() -> None:
    """A feature that is renamed without learning its weight again is noticed."""
    weights = json.loads((resources.files("digest.extract.stated") / "weights.json").read_text("utf-8"))
    assert all(re.fullmatch(r"[a-z0-9:-]+", name) for learned in weights.values() for name in learned["weights"])
    node = {"@type": "Article", "headline": HEADLINE, "datePublished": "2024-05-12", "author": {"name": "Ann Berg"}}
    made = read_page(document_fromstring(page(head=linked(node), imprint="<p>By Ann Berg</p><p>12 May 2024</p>")), None)
    place = layout(made, HEADLINE)
    for kind, found in (
        ("headline", headlines(made)),
        ("published", moments(made, place)),
        ("byline", authors(made, place)),
    ):
        names = {name for one in found for name in one.features}
        assert len(names & weights[kind]["weights"].keys()) >= 0.6 * len(names)
        assert all(re.fullmatch(r"[a-z0-9:-]+", name) for name in names)
