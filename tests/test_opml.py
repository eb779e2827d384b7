"""Lists of feeds, as other programs write and read them."""

from hypothesis import given
from hypothesis import strategies as st

from digest.sources import FeedOutline, read_opml, write_opml
from tests.growth import LINEAR, growth

NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=8)
FEEDS = st.builds(
    FeedOutline,
    url=st.integers(0, 99).map("https://a.example/{}?x=1&y=2".format),
    name=st.none() | NAMES,
    folder=st.lists(NAMES, max_size=3).map(tuple),
)


def test_folders_are_kept() -> None:
    """Nested outlines are folders; attributes count in any case."""
    body = b"""<?xml version="1.0"?><opml version="1.0"><head><title>Mine</title></head><body>
    <outline text="News"><outline TEXT="North"><outline title="Holm" xmlurl="https://holm.example/rss"/></outline>
    <outline text="https://b.example/" type="rss" XMLURL=" feed://b.example/ "/></outline>
    <outline text="Top" xmlUrl="https://top.example/"/><outline text="Again" xmlUrl="https://top.example/"/>
    <outline text="No feed" type="link" url="https://link.example/"/>
    <outline xmlUrl="javascript:alert(1)"/></body></opml>"""
    assert read_opml(body) == (
        FeedOutline(url="https://holm.example/rss", name="Holm", folder=("News", "North")),
        FeedOutline(url="http://b.example/", name="https://b.example/", folder=("News",)),
        FeedOutline(url="https://top.example/", name="Top"),
    )


def test_broken_lists_give_what_they_can() -> None:
    """Bare ampersands, HTML's entities, unclosed elements and wrong charsets are no reason to lose feeds."""
    body = '<opml><body><outline text="R&D caf&eacute;"><outline text="Ü" xmlUrl="http://a.example/?a=1&b=2"><outline'
    expected = (FeedOutline(url="http://a.example/?a=1&b=2", name="Ü", folder=("R&D café",)),)
    assert read_opml(body.encode()) == expected
    assert read_opml(b'<?xml version="1.0" encoding="ascii"?>' + body.encode("cp1252")) == expected


def test_what_is_no_list_is_empty() -> None:
    """Other files hold no feeds."""
    for body in (b"", b"hello", b"<html><body>", b"{}", b"\x00\xff", b"<opml"):
        assert read_opml(body) == ()


def test_lists_cannot_swell_or_reach_out() -> None:
    """Entities of a list's own mean nothing, in attributes either."""
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    body = f"""<!DOCTYPE opml [<!ENTITY e0 "boom">{bomb}<!ENTITY x SYSTEM "file:///etc/passwd">]>
    <opml><body><outline text="&e11;&x;" xmlUrl="https://a.example/"/></body></opml>"""
    assert read_opml(body.encode()) == (FeedOutline(url="https://a.example/", name="&e11;&x;"),)


def test_a_deep_list_is_read_as_far_as_it_goes() -> None:
    """However deep, and without an end: it costs in proportion to its length."""
    assert growth(lambda depth: read_opml(b"<opml>" + b'<outline text="a">' * depth), 10_000) < LINEAR


def test_a_list_says_what_other_programs_need() -> None:
    """Every outline has a type and a text, and the file is the same for the same feeds."""
    feeds = (
        FeedOutline(url="https://a.example/", folder=("News",)),
        FeedOutline(url="https://b.example/", name="B & <b>"),
    )
    assert write_opml(feeds, title="Mine").decode() == (
        "<?xml version='1.0' encoding='utf-8'?>\n"
        '<opml version="2.0">\n  <head>\n    <title>Mine</title>\n  </head>\n  <body>\n'
        '    <outline text="News" title="News">\n'
        '      <outline type="rss" text="https://a.example/" title="https://a.example/" xmlUrl="https://a.example/"/>\n'
        "    </outline>\n"
        '    <outline type="rss" text="B &amp; &lt;b&gt;" title="B &amp; &lt;b&gt;" xmlUrl="https://b.example/"/>\n'
        "  </body>\n</opml>\n"
    )


@given(st.lists(FEEDS, max_size=8, unique_by=lambda feed: feed.url))
def test_nothing_is_lost_on_the_way(feeds: list[FeedOutline]) -> None:
    """What is written and read again is the same, folder by folder."""
    written = write_opml(feeds, title="Mine")
    read = read_opml(written)
    assert set(read) == set(feeds)
    assert write_opml(read, title="Mine") == written
