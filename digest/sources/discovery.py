"""A web page in, the addresses of the feeds that it declares out (WHATWG HTML, `link` with `alternate`)."""

from urllib.parse import urldefrag, urljoin, urlsplit

_FEEDS = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "text/rss+xml"}
)


def discover(html: bytes, *, url: str) -> tuple[str, ...]:
    """
    Return the feeds of a page, absolute, in its order.

    Args:
        html: The page.
        url: Its address.
    """
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    try:
        tree = document_fromstring(html, parser=HTMLParser(no_network=True))
    except (etree.LxmlError, ValueError):  # an empty page, or one of zero bytes
        return ()
    base = next((href for element in tree.iter("base") if (href := element.get("href"))), "")
    found: dict[str, None] = {}
    for link in tree.iter("link"):
        relations = (link.get("rel") or "").lower().split()
        media_type = (link.get("type") or "").partition(";")[0].strip().lower()
        if "alternate" in relations and "stylesheet" not in relations and media_type in _FEEDS:
            address = _absolute(url, base, link.get("href") or "")
            if address is not None:
                found[address] = None
    return tuple(found)


def _absolute(url: str, base: str, href: str) -> str | None:
    try:
        address = urldefrag(urljoin(urljoin(url, base.strip()), href.strip())).url
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if href.strip() and parts.scheme in {"http", "https"} and parts.hostname else None
