"""The feeds that the settings follow: more of them, by address or from a list, one less, a list for other readers."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path

from digest import pipeline
from digest.build.feeds import policy_of
from digest.build.workplace import Workplace
from digest.errors import ItemError, SettingsError, reason_of
from digest.fetch import Request
from digest.settings import parse
from digest.sources import FeedOutline, discover, feed_title, read_opml, write_opml
from digest.text import holds_secret

_FEED = re.compile(r"""[ \t]*\[\[[ \t]*["']?feeds["']?[ \t]*\]\]""")
_OTHER_TABLE = re.compile(r"""[ \t]*\[(?!\[?[ \t]*["']?feeds["']?[ \t]*\.)""")
"""The head of any table but those inside a feed's."""


def as_opml(place: Workplace, *, public: bool = False) -> bytes:
    """
    Return the feeds of the settings as OPML 2.0.

    Args:
        place: The settings.
        public: Whether strangers will see it: then private ones, and those whose address holds a secret, are left out.
    """
    feeds = [
        FeedOutline(url=feed.url, name=feed.name, folder=())
        for feed in place.settings.feeds
        if not (public and (feed.private or holds_secret(feed.url)))
    ]
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
        raise SettingsError(str(opml), f"cannot be read: {reason_of(error)}") from error
    if not outlines:
        raise SettingsError(str(opml), "no feeds in it; it takes an OPML file")
    return _follow(place, outlines)


def remove(place: Workplace, wanted: str) -> str:
    """
    Stop following a feed; what it brought before stays remembered.

    Args:
        place: The settings.
        wanted: The feed's address, or its name.

    Returns:
        The feed's address.

    Raises:
        SettingsError: There is no such feed, or more than one, or no settings file to write to.
    """
    file = _file_of(place)
    names = {url: source.name for url, source in pipeline.feeds(place.settings).items()}
    meant = [wanted] if wanted in names else [url for url, name in names.items() if name == wanted]
    if not meant:
        nearest = get_close_matches(wanted, [*names, *names.values()], n=1)
        raise SettingsError(wanted, f"no such feed is followed{f'; did you mean `{nearest[0]}`?' if nearest else ''}")
    if len(meant) > 1:
        raise SettingsError(wanted, f"{len(meant)} feeds bear this name; give the address: {', '.join(meant)}")
    text = file.read_bytes().decode("utf-8")
    _write(file, _without(text, meant[0], name=str(file)))
    return meant[0]


def _without(text: str, url: str, *, name: str) -> str:
    """Return the text of the settings without the tables of a feed, all else as it stands."""
    settings = parse(text, name=name)
    lines = text.splitlines(keepends=True)
    heads = [number for number, line in enumerate(lines) if _FEED.match(line)]
    for head, _ in reversed([pair for pair in zip(heads, settings.feeds, strict=False) if pair[1].url == url]):
        end = next((n for n in range(head + 1, len(lines)) if _OTHER_TABLE.match(lines[n])), len(lines))
        while _is_aside(lines[end - 1]):  # a comment in front of the next table belongs to that
            end -= 1
        is_set_off = head > 0 and not lines[head - 1].strip()
        del lines[head - is_set_off : end]
    shorter = "".join(lines)
    others = tuple(feed for feed in settings.feeds if feed.url != url)
    if len(heads) != len(settings.feeds) or parse(shorter, name=name) != replace(settings, feeds=others):
        raise SettingsError(name, f"`{url}` does not stand in a `[[feeds]]` table of its own; take it out by hand")
    return shorter


def _is_aside(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _follow(place: Workplace, outlines: Iterable[FeedOutline]) -> tuple[str, ...]:
    """Write feeds behind the settings; what is there already stays as it is written."""
    file = _file_of(place)
    followed = {feed.url for feed in place.settings.feeds}
    new = list({outline.url: outline for outline in outlines if outline.url not in followed}.values())
    _write(file, file.read_bytes().decode("utf-8").rstrip("\n") + "\n" + "".join(_tables(new)))
    return tuple(outline.url for outline in new)


def _file_of(place: Workplace) -> Path:
    if place.file is None:
        raise SettingsError("digest.toml", "no settings file here; `digest init` writes one")
    return place.file


def _write(file: Path, text: str) -> None:
    """Write the settings in place of those before; what is written can be read again, or nothing is."""
    parse(text, name=str(file))
    beside = file.with_name(f"{file.name}.new")
    try:
        beside.write_bytes(text.encode("utf-8"))
        beside.replace(file)
    except OSError as error:
        raise SettingsError(str(file), f"cannot be written: {reason_of(error)}") from error


def _tables(outlines: Iterable[FeedOutline]) -> Iterator[str]:
    for outline in outlines:
        yield f"\n[[feeds]]\nurl = {quoted(outline.url)}\n"
        if outline.name:
            yield f"name = {quoted(outline.name)}\n"


def quoted(text: str) -> str:
    """Return a TOML basic string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in escaped) + '"'
