"""
Fictional pages dumped as text in, how many megabytes of them a processor cleans in a second out.

A page is a menu, an article with its imprint, the headlines of others, and a footer: some 200 lines, as pages of the
web have them, half of whose characters are the article.
"""

import time
from collections.abc import Sequence

from digest.extract import extract
from digest.model import Item, Metadata, Source
from tests.bench.archive import text

PAGES = 100
WARM = 20
"""Pages that are cleaned before: what is loaded once is not counted."""
_TOLD = 6
"""Events that an article tells of."""
_TEASERS = 60
_SECTIONS = ("World", "Politics", "Business", "Opinion", "Sport", "Culture", "Travel", "Weather", "Puzzles", "Archive")
_MENU = (
    "Skip to content",
    "Log in",
    "Subscribe",
    *_SECTIONS,
    "My account",
    "Search",
    *_SECTIONS,
    "Newsletters",
    "Apps",
)
_FOOTER = (
    *("Most read", "Related articles", "Comments (14)", "Report this comment", "Sign up for our newsletter"),
    *("Terms of use", "Privacy policy", "Contact us", "Follow us on social media", "Advertise with us"),
    *("© 2025 The Holastham Courier. All rights reserved.", "Back to top"),
)


def megabytes_a_second() -> tuple[float, ...]:
    """Return the speed of three runs over the same pages, in megabytes of UTF-8 a second of processor."""
    every = [_item(number) for number in range(WARM + PAGES)]
    for item in every[:WARM]:
        extract(item)
    return tuple(_speed(every[WARM:]) for _ in range(3))


def dump(number: int) -> str:
    """Return a page as text, one block on a line."""
    events = range(number * _TOLD, (number + 1) * _TOLD)
    headline = text(events[0])[0]
    paragraphs = [paragraph for event in events for paragraph in text(event)[1]]
    # Paragraphs of pages are longer than a sentence.
    body = [" ".join(paragraphs[at : at + 3]) for at in range(0, len(paragraphs), 3)]
    teasers = [text(1_000_000 + number * _TEASERS + at)[0] for at in range(_TEASERS)]
    imprint = ("By Vera Holemarim", "3 March 2025", "Share this article")
    return "\n".join((*_MENU, *teasers[::2], headline, *imprint, *body, *_FOOTER, *teasers[1::2], *_MENU))


def _item(number: int) -> Item:
    return Item(
        key=str(number),
        source=Source(id="courier", name="Courier", feed=False),
        locator=str(number),
        identities=(),
        media_type="text/plain",
        body=dump(number).encode(),
        declared=Metadata(),
    )


def _speed(items: Sequence[Item]) -> float:
    begun = time.process_time()
    for item in items:
        extract(item)
    return sum(len(item.body) for item in items) / 1e6 / (time.process_time() - begun)
