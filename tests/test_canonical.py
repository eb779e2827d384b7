"""Addresses: one spelling for all that lead to the same text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.text import canonical

PIECES = (
    "http://", "https://", "m.", "amp.", "en.", "google.com", "cdn.ampproject.org", "example.org", "/amp", "/amp/",
    "/s/", "/c/", "..", "/.", "/", "%", "%2", "%7e", "%2F", "%2e", "?", "&", "amp;", "utm_x=1", "amp=1", "a=b",
    "#", "@", ":80", ":", "é", "İ", "\\", " ",
    ".amp", ".html", "amp",
)  # fmt: skip


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://Example.ORG", "http://example.org/"),
        ("https://example.org:443/a#b", "https://example.org/a"),
        ("http://example.org:443/", "http://example.org:443/"),
        ("https://jane:secret@example.org./", "https://example.org/"),
        ("https://[2001:DB8::1]:8080/", "https://[2001:db8::1]:8080/"),
        ("https://bücher.example/ü%7e%c3%bc", "https://bücher.example/%C3%BC~%C3%BC"),
        ("https://example.org/a%2fb/100%", "https://example.org/a%2Fb/100%25"),
        ("https://example.org/a/../b/./c/..", "https://example.org/b/"),
        ("https://example.org/index.html?b=2&a=1&b=3", "https://example.org/index.html?b=2&a=1&b=3"),
        ("https://example.org/?UTM_Source=x&id=7&fbclid=1&mc_cid=2&ref_src=y", "https://example.org/?id=7"),
        ("https://example.org/?id=7&amp;page=2&amp;utm_medium=rss", "https://example.org/?id=7&page=2"),
        ("https://example.org/?reference=1&source=2&ref=3", "https://example.org/?reference=1&source=2&ref=3"),
        ("https://example.org/ferry/amp/", "https://example.org/ferry/"),
        ("https://example.org/ferry/amp?amp=1&id=7", "https://example.org/ferry?id=7"),
        ("https://example.org/ferry.amp.html", "https://example.org/ferry.html"),
        ("https://example.org/amp?output=amp", "https://example.org/amp"),
        ("https://example.org/amp/guitar?amp=90", "https://example.org/amp/guitar?amp=90"),
        ("https://example.org/camp", "https://example.org/camp"),
        ("https://amp.example.org/ferry", "https://example.org/ferry"),
        ("https://m.example.org/", "https://example.org/"),
        ("https://mobile.example.org/", "https://example.org/"),
        ("https://en.m.example.org/", "https://en.example.org/"),
        ("https://m.example/", "https://m.example/"),
        ("https://m.co.uk/", "https://m.co.uk/"),
        ("https://www.google.com/amp/s/amp.example.org/ferry/amp/?id=7", "https://example.org/ferry/?id=7"),
        ("https://example-org.cdn.ampproject.org/v/s/example.org/ferry?amp=1", "https://example.org/ferry"),
        ("https://cdn.ampproject.org/c/example.org/ferry", "http://example.org/ferry"),
        ("https://www.google.com/search?q=amp", "https://www.google.com/search?q=amp"),
    ],
)
def test_an_address_has_one_spelling(url: str, expected: str) -> None:
    """What counts visits, phones and AMP add is dropped; what may matter is kept, in its order."""
    assert canonical(url) == expected


@pytest.mark.parametrize(
    "url",
    ["", "example.org", "//example.org/", "mailto:a@example.org", "javascript:alert(1)", "file:///etc/passwd", "http://",
     "http://a b/", "http://a..b/", "http://example.org:port/", "http://[::1", "http://good.example\\@evil.example/",
     "https://example.org/" + "a" * 10_000, "http://example.org/\ud800"],
)  # fmt: skip
def test_what_is_no_web_address_has_none(url: str) -> None:
    """Only http and https lead to pages."""
    assert canonical(url) is None


@given(
    st.lists(st.sampled_from(PIECES), max_size=14).map("".join) | st.text(),
    st.sampled_from(("http://", "https://example.org/", "")),
)
def test_the_canonical_form_is_its_own(rest: str, beginning: str) -> None:
    """Asking twice changes nothing."""
    once = canonical(beginning + rest)
    assert once is None or canonical(once) == once
