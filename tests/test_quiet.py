"""Builds without news: when nothing is done, and when something is although it looks as if nothing were."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from digest import publish
from digest.build import Outcome, making
from digest.build.gather import gather
from digest.errors import PublishError, StoreError
from digest.text import holds_secret
from tests.test_build import ARTICLES, Desk, desk

__all__ = ["desk"]


def clocked(desk: Desk, moment: str, monkeypatch: pytest.MonkeyPatch, settings: str = "") -> Outcome:
    """Build as cron does, with the clock at *moment*."""
    from datetime import datetime

    import digest.build

    monkeypatch.setattr(digest.build, "moment_of_build", lambda *_: datetime.fromisoformat(f"{moment}+00:00"))
    return desk.build("", settings=settings)


def test_without_news_nothing_is_opened(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """No file of the folder and no page is read, and the core is never called."""
    desk.put("ferry.txt")
    clocked(desk, "2026-11-21T07:00", monkeypatch)
    before = desk.files()
    monkeypatch.setattr(making, "make", None)
    assert clocked(desk, "2026-11-21T08:00", monkeypatch).made is None
    assert desk.files() == before


def test_an_edition_without_stories_changes_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is set aside is no news: no page, no feed and no line of the sitemap moves until there is a story."""
    desk.put("ferry.txt")
    clocked(desk, "2026-11-21T07:00", monkeypatch)
    clocked(desk, "2026-12-24T07:00", monkeypatch)
    before = desk.files()
    (desk.seeds / "broken.txt").write_text("Not found", encoding="utf-8")
    outcome = clocked(desk, "2026-12-24T08:00", monkeypatch)
    assert [each.locator for each in outcome.rejections] == ["broken.txt"]
    changed = {path for path, text in desk.files().items() if before.get(path) != text}
    assert not {path for path in changed if path.endswith(".xml")}


def test_without_news_the_core_is_not_even_loaded(tmp_path: Path) -> None:
    """Cron runs `digest build` every hour: the command is done before anything heavy is imported."""
    (tmp_path / "seeds").mkdir()
    shutil.copy(ARTICLES / "ferry.txt", tmp_path / "seeds")
    run = [sys.executable, "-X", "importtime", "-m", "digest", "build"]
    subprocess.run(run, cwd=tmp_path, check=True, capture_output=True)
    loaded = subprocess.run(run, cwd=tmp_path, check=True, capture_output=True, text=True).stderr
    rooms = {line.rpartition("|")[2].strip() for line in loaded.splitlines()}
    assert "digest.build.quiet" in rooms
    assert not rooms & {"digest.pipeline", "digest.model", "digest.text", "digest.render", "jinja2", "lxml", "numpy"}


def same_size_and_time(desk: Desk) -> None:
    """Another text of the same length, with the time of modification that the old one had."""
    file = desk.seeds / "ferry.txt"
    status = file.stat()
    file.write_bytes(file.read_bytes().replace(b"214 people", b"241 people"))
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))


def an_old_file(desk: Desk) -> None:
    """A file that is older than the last build."""
    desk.put("bridge.txt")
    os.utime(desk.seeds / "bridge.txt", (0, 0))


def no_front_page(desk: Desk) -> None:
    """The front page, deleted."""
    (desk.site / "index.html").unlink()


def half_a_publication(desk: Desk) -> None:
    """What a publication that was cut short leaves behind."""
    (desk.site / ".digest.new").mkdir()


@pytest.mark.parametrize("change", [same_size_and_time, an_old_file, no_front_page, half_a_publication])
def test_whatever_changes_is_noticed(
    desk: Desk, change: Callable[[Desk], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """However much it looks as it did."""
    desk.put("ferry.txt")
    clocked(desk, "2026-11-21T07:00", monkeypatch)
    change(desk)
    assert clocked(desk, "2026-11-21T08:00", monkeypatch).made is not None
    assert (desk.site / "index.html").exists()
    assert not (desk.site / ".digest.new").exists()


@pytest.mark.parametrize(("moment", "is_new"), [("2026-11-21T23:00", False), ("2026-11-22T06:00", True)])
def test_a_closing_is_noticed(desk: Desk, moment: str, is_new: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first build after it makes the next edition."""
    desk.put("ferry.txt")
    clocked(desk, "2026-11-21T07:00", monkeypatch)
    assert (clocked(desk, moment, monkeypatch).made is not None) is is_new


def test_a_clock_that_went_back_is_noticed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever was noted under the wrong clock is not relied on."""
    desk.put("ferry.txt")
    clocked(desk, "2026-11-21T20:00", monkeypatch)
    assert clocked(desk, "2026-11-21T11:00", monkeypatch).made is not None


def test_what_was_set_aside_stays_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--strict` fails for it until it is mended, news or not."""
    (desk.seeds / "empty.txt").touch()
    first = clocked(desk, "2026-11-21T07:00", monkeypatch)
    second = clocked(desk, "2026-11-21T08:00", monkeypatch)
    assert second.made is None
    assert second.rejections == first.rejections != ()


def test_a_build_that_died_is_not_taken_for_one_that_is_done(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it fetched was kept; the next build shows it."""
    desk.put("ferry.txt")
    clocked(desk, "2026-11-21T07:00", monkeypatch)
    desk.put("bridge.txt")
    with monkeypatch.context() as dying:

        def dies(*_: object) -> None:
            raise PublishError("site", "the disk is full")

        real_gather = gather

        def gather_and_keep(*arguments: object, **options: object) -> object:
            came = real_gather(*arguments, **options)  # type: ignore[arg-type]
            arguments[1].keep_so_far()  # type: ignore[attr-defined]
            return came

        dying.setattr(making, "gather", gather_and_keep)
        dying.setattr(making, "publish_all", dies)
        with pytest.raises(PublishError):
            clocked(desk, "2026-11-21T08:00", monkeypatch)
    (desk.seeds / "bridge.txt").unlink()  # everything looks as it did before
    assert clocked(desk, "2026-11-21T09:00", monkeypatch).made is not None


def test_a_lost_store_and_a_lost_history_stop_the_build(desk: Desk) -> None:
    """Nothing would remember what was shown; its pages are not deleted for that."""
    desk.put("ferry.txt")
    desk.build("2026-11-21")
    shutil.rmtree(desk.store.parent)
    (desk.site / "history.jsonl").unlink()
    before = desk.files()
    with pytest.raises(StoreError, match=r"history\.jsonl: is not what was published"):
        desk.build("2026-11-22")
    assert desk.files() == before


def test_a_manifest_of_yesterday_is_no_trap(desk: Desk) -> None:
    """A page that it does not name is written anew."""
    desk.put("ferry.txt")
    desk.build("2026-11-21")
    manifest = (desk.site / ".digest.json").read_bytes()
    desk.put("bridge.txt")
    desk.build("2026-11-22")
    after = {path: body for path, (body, _) in desk.files().items()}
    (desk.site / ".digest.json").write_bytes(manifest)
    for path in set(after) - publish.owned(desk.site) - {".digest.json"}:
        (desk.site / path).unlink()
    desk.build("2026-11-22")
    assert {path: body for path, (body, _) in desk.files().items()} == after


def test_a_heartbeat_beats_without_news_and_falls_silent(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every build renews it; without the setting it goes, and a file of somebody else's stays."""
    desk.put("ferry.txt")
    clocked(desk, "2026-11-21T07:00", monkeypatch, "heartbeat = true")
    first = desk.read("status.json")
    clocked(desk, "2026-11-21T08:00", monkeypatch, "heartbeat = true")
    assert "2026-11-21T07:00:00Z" in first
    assert "2026-11-21T08:00:00Z" in desk.read("status.json")
    clocked(desk, "2026-11-21T09:00", monkeypatch)
    assert not (desk.site / "status.json").exists()
    (desk.site / "status.json").write_text("{}")
    clocked(desk, "2026-11-21T10:00", monkeypatch, "heartbeat = true")
    assert desk.read("status.json") == "{}"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/feed.xml", False),
        ("https://www.example.org/news/world/rss?format=rss2", False),
        ("https://example.org/2026/11/21/the-ferry-is-back/feed", False),
        ("https://example.org:8080/index.php?cat=12&lang=en", False),
        ("https://me:password@example.org/feed", True),
        ("https://example.org/feed?token=abc", True),
        ("https://example.org/feed?k=9d8f7a6b", True),
        ("https://example.org/feeds/550e8400-e29b-41d4-a716-446655440000/rss", True),
        ("https://example.org/f/kJhgfdsaQwertzuiopYxc", True),
        ("https://a8f5f167f44f4964e6c998dee827110c.feeds.example.org/", True),
        ("https://[broken", True),
    ],
)
def test_addresses_that_hold_a_secret_are_told(url: str, expected: bool) -> None:
    """They are left out of the public list of feeds."""
    assert holds_secret(url) is expected


def test_the_articles_of_these_tests_are_there() -> None:
    """The replaced words stand in the ferry's article, or the test of the same size would prove nothing."""
    assert b"214 people" in Path(ARTICLES / "ferry.txt").read_bytes()
