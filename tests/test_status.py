"""How a digest is doing: on the command line, in the site, in the feed for its owner."""

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from digest.build import build
from digest.build.check import check
from digest.build.status import status
from digest.build.workplace import Workplace
from digest.cli.account import described
from tests.test_gather import Desk, Newsroom, desk, newsroom
from tests.values import workplace

__all__ = ["desk", "newsroom"]

TITLE = "{http://www.w3.org/2005/Atom}entry/{http://www.w3.org/2005/Atom}title"


def place(desk: Desk, newsroom: Newsroom, private: bool = False) -> Workplace:
    """Return a workplace that follows two feeds, of which one will fail."""
    feeds = "".join(
        f"[[feeds]]\nurl = '{newsroom.url(path)}'\nname = '{name}'\nprivate = {str(private).lower()}\n"
        for path, name in (("/wire", "The Wire"), ("/gone", "The Gazette"))
    )
    here = workplace(desk.folder, f"[fetch]\nallow_hosts = ['127.0.0.1']\n{feeds}")
    return replace(here, file=desk.folder / "digest.toml")


@pytest.mark.parametrize("private", [False, True])
def test_a_source_that_fails_for_long_is_told_of_everywhere_once(desk: Desk, newsroom: Newsroom, private: bool) -> None:
    """In the terminal by name; in public by name only when it is not private, and on the status page as a number."""
    newsroom.feed("/wire", "ferry")
    here = place(desk, newsroom, private)
    assert build(here, day="2026-11-20T12:00").alerts == ()
    [said] = build(here, day="2026-11-23T12:00").alerts
    assert said.startswith("The Gazette: fails since 2026-11-20")
    assert build(here, day="2026-11-24T12:00").alerts == ()

    feed = ET.parse(here.site / "health.xml")
    [title] = [entry.text or "" for entry in feed.iterfind(TITLE)]
    assert title.startswith("a private source" if private else "The Gazette")
    page = (here.site / "status/index.html").read_text("utf-8")
    assert dict(re.findall(r'<th scope="row">(.*?)</th><td>(\d+)</td>', page)) == {
        "Editions": "1",
        "Stories shown": "1",
        "Feeds followed": "2",
        "Feeds that fail": "1",
        "Feeds that are gone for ever": "0",
        "Items set aside": "0",
    }
    for file in here.site.rglob("*"):
        assert not (private and file.is_file() and b"Gazette" in file.read_bytes()), file
    assert [finding.message for finding in check(here) if "Gazette" in finding.message]

    newsroom.feed("/gone", "harvest")
    [said] = build(here, day="2026-11-26T12:00").alerts
    assert said == "The Gazette: works again"
    titles = [entry.text or "" for entry in ET.parse(here.site / "health.xml").iterfind(TITLE)]
    assert len(titles) == 2
    assert titles[0].endswith("works again")


def test_status_tells_the_health_of_every_source(desk: Desk, newsroom: Newsroom) -> None:
    """What it is like, since when and why, and when it is asked again; for programs as JSON."""
    newsroom.feed("/wire", "ferry")
    here = place(desk, newsroom)
    assert [source.health for source in status(here).sources] == ["not asked yet", "not asked yet"]
    build(here, day="2026-11-20T12:00")
    found = status(here)
    assert (found.edition, found.stories) == ("2026-11-20", 1)
    assert [source.health for source in found.sources] == ["well", "failing"]
    told = described(found)
    assert re.search(r"The Wire +well; asked again after 2026-11-20 12:30 UTC", told)
    assert re.search(r"The Gazette +failing since 2026-11-20 12:00 UTC: .*404", told)


def test_the_list_of_feeds_is_published_without_what_is_private(desk: Desk, newsroom: Newsroom) -> None:
    """Readers may follow the same sources."""
    for private, expected in ((False, 2), (True, 0)):
        here = place(desk, newsroom, private)
        build(here, day="2026-11-20T12:00" if not private else "2026-11-21T12:00")
        assert (here.site / "feeds.opml").read_text("utf-8").count("<outline") == expected


def test_a_heartbeat_is_json(desk: Desk) -> None:
    """Small, with the moment of the build and counts."""
    here = workplace(desk.folder, "heartbeat = true")
    build(here, day="2026-11-20T12:00")
    pulse = json.loads((here.site / "status.json").read_text("utf-8"))
    assert pulse["built"] == "2026-11-20T12:00:00Z"
    assert pulse["feeds"] == 0
