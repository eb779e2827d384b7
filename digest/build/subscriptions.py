"""The feeds that the settings follow: more of them, by address or from a list, and a list for other readers."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from digest.build.gather import policy_of
from digest.build.workplace import Workplace
from digest.errors import ItemError, SettingsError
from digest.fetch import Request
from digest.settings import parse
from digest.sources import FeedOutline, discover, feed_title, read_opml, write_opml


def as_opml(place: Workplace) -> bytes:
    """Return the feeds of the settings as OPML 2.0; those that are private are left out."""
    feeds = [FeedOutline(url=feed.url, name=feed.name, folder=()) for feed in place.settings.feeds if not feed.private]
    return write_opml(feeds, title=place.settings.title)


def add(place: Workplace, url: str) -> tuple[str, ...]:
    """
    Follow the feed at an address, or the first one that the page there declares.

    Returns:
        The feed's address, if it was not followed before.

    Raises:
        FetchError: The address does not answer.
        SettingsError: There is no feed, or no settings file to write to.
    """
    from digest.fetch.together import fetch

    now = datetime.now(UTC)
    policy = policy_of(place.settings.fetch)
    answer = fetch(Request(url=url, kind="feed"), policy, now=now)
    try:
        return _follow(place, [FeedOutline(url=url, name=feed_title(answer.body), folder=())])
    except ItemError:
        declared = discover(answer.body, url=answer.url)
    if not declared:
        raise SettingsError(url, "no feed there, and the page declares none")
    return _follow(place, [FeedOutline(url=declared[0], name=None, folder=())])


def add_from_opml(place: Workplace, opml: Path) -> tuple[str, ...]:
    """
    Follow the feeds of a list.

    Returns:
        The addresses that were not followed before, in the order of the list.

    Raises:
        SettingsError: There is no settings file to write to, or the list has no feeds.
    """
    try:
        outlines = read_opml(opml.read_bytes())
    except OSError as error:
        raise SettingsError(str(opml), f"cannot be read: {(error.strerror or '').lower()}") from error
    if not outlines:
        raise SettingsError(str(opml), "no feeds in it; it takes an OPML file")
    return _follow(place, outlines)


def _follow(place: Workplace, outlines: Iterable[FeedOutline]) -> tuple[str, ...]:
    """Write feeds behind the settings; what is there already stays as it is written."""
    if place.file is None:
        raise SettingsError("digest.toml", "no settings file here; `digest init` writes one")
    followed = {feed.url for feed in place.settings.feeds}
    new = list({outline.url: outline for outline in outlines if outline.url not in followed}.values())
    longer = place.file.read_text("utf-8").rstrip("\n") + "\n" + "".join(_tables(new))
    parse(longer, name=str(place.file))  # what is written can be read again, or nothing is
    beside = place.file.with_name(f"{place.file.name}.new")
    beside.write_text(longer, "utf-8")
    beside.replace(place.file)
    return tuple(outline.url for outline in new)


def _tables(outlines: Iterable[FeedOutline]) -> Iterator[str]:
    for outline in outlines:
        yield f"\n[[feeds]]\nurl = {_quoted(outline.url)}\n"
        if outline.name:
            yield f"name = {_quoted(outline.name)}\n"


def _quoted(text: str) -> str:
    """Return a TOML basic string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in escaped) + '"'
