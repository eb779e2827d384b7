"""A build from end to end: time, identity, and a site that is whole at every moment."""

import shutil
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from digest import pipeline
from digest.build import Outcome, build
from digest.build.lock import hold
from digest.errors import LockedError, PublishError, SettingsError, StoreError, TemplateError
from tests.values import workplace

ARTICLES = Path(__file__).parent / "articles"
ATOM = "{http://www.w3.org/2005/Atom}"


class Desk:
    """A digest in a temporary folder, with the fictional articles to put into it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.seeds = folder / "seeds"
        self.site = folder / "site"
        self.store = folder / "memory" / "store.sqlite"
        self.seeds.mkdir()

    def put(self, *names: str) -> None:
        """Put articles into the seeds."""
        for name in names:
            shutil.copy(ARTICLES / name, self.seeds / name)

    def build(self, day: str = "2026-11-21", *, settings: str = "", **options: object) -> Outcome:
        """Build at a moment in UTC; a day alone is when its edition opens."""
        return build(workplace(self.folder, settings), day=day, **options)  # type: ignore[arg-type]

    def read(self, path: str) -> str:
        """Return a page as text."""
        return (self.site / path).read_text("utf-8")

    def entries(self, feed: str = "atom.xml") -> dict[str, dict[str, str]]:
        """Return title → id, published, updated and address of a feed's entries."""
        root = ET.parse(self.site / feed).getroot()
        return {
            entry.findtext(f"{ATOM}title", ""): {
                "id": entry.findtext(f"{ATOM}id", ""),
                "published": entry.findtext(f"{ATOM}published", ""),
                "updated": entry.findtext(f"{ATOM}updated", ""),
                "link": next(
                    link.get("href", "") for link in entry.findall(f"{ATOM}link") if link.get("rel") == "alternate"
                ),
            }
            for entry in root.findall(f"{ATOM}entry")
        }

    def files(self) -> dict[str, tuple[bytes, int]]:
        """Return path → bytes and time of modification of every file of the site."""
        return {
            path.relative_to(self.site).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
            for path in sorted(self.site.rglob("*"))
            if path.is_file()
        }


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An empty digest."""
    return Desk(tmp_path)


def headlines(outcome: Outcome) -> list[str]:
    """Return the headlines that an edition shows."""
    return [story.headline for story in outcome.edition.stories]


def test_one_event_is_one_story(desk: Desk) -> None:
    """Two sources on the ferry make one story, the bridge another."""
    desk.put("ferry.txt", "ferry-told-elsewhere.txt", "bridge.txt")
    outcome = desk.build()
    assert sorted(len(story.coverage) for story in outcome.edition.stories) == [1, 2]
    assert len(desk.entries()) == 2


def test_a_build_without_news_writes_nothing(desk: Desk) -> None:
    """Same bytes and same times of modification an hour later."""
    desk.put("ferry.txt", "bridge.txt")
    desk.build("2026-11-21T07:00")
    before = desk.files()
    outcome = desk.build("2026-11-21T08:00")
    assert outcome.published is not None
    assert (outcome.published.written, outcome.published.removed) == ((), ())
    assert desk.files() == before


def test_an_edited_file_is_the_same_item(desk: Desk) -> None:
    """The story keeps its id, address and `published`; `updated` says when it was corrected."""
    desk.put("ferry.txt")
    desk.build("2026-11-21T07:00")
    [before] = desk.entries().values()
    file = desk.seeds / "ferry.txt"
    file.write_text(file.read_text("utf-8").replace("214 people", "241 people"), "utf-8")
    outcome = desk.build("2026-11-21T09:00")
    assert outcome.edition.stories[0].change.kind == "corrected"
    [after] = desk.entries().values()
    assert after == before | {"updated": "2026-11-21T09:00:00Z"}


def test_a_renamed_file_keeps_its_story(desk: Desk) -> None:
    """The entry and the addresses stay as they were, and nothing is news."""
    desk.put("ferry.txt")
    desk.build("2026-11-21T07:00")
    before, paths = desk.entries(), desk.files().keys()
    (desk.seeds / "ferry.txt").rename(desk.seeds / "boats.txt")
    desk.build("2026-11-21T08:00")
    assert desk.entries() == before
    assert desk.files().keys() == paths


def test_a_story_that_grows_keeps_id_and_address(desk: Desk) -> None:
    """On the next day another source joins: shown again, the same entry, `updated` moved."""
    desk.put("ferry.txt")
    desk.build("2026-11-21")
    [before] = desk.entries().values()
    desk.put("ferry-told-elsewhere.txt")
    outcome = desk.build("2026-11-22T08:00")
    [story] = outcome.edition.stories
    assert (story.change.kind, story.change.sources) == ("grown", 1)
    [after] = desk.entries().values()
    assert {k: after[k] for k in ("id", "published", "link")} == {k: before[k] for k in ("id", "published", "link")}
    assert after["updated"] == "2026-11-22T08:00:00Z"


def test_a_late_article_that_is_older_does_not_found_the_story_anew(desk: Desk) -> None:
    """The id was made when the story was first shown."""
    desk.put("ferry-told-elsewhere.txt")
    [first] = desk.build("2026-11-21").edition.stories
    desk.put("ferry.txt")
    [second] = desk.build("2026-11-22").edition.stories
    assert (second.id, second.slug) == (first.id, first.slug)


def test_closing_freezes_an_edition(desk: Desk) -> None:
    """Yesterday's page shows the story as it stood, whatever the story does today."""
    desk.put("ferry.txt")
    desk.build("2026-11-21")
    desk.put("ferry-told-elsewhere.txt", "bridge.txt")
    desk.build("2026-11-22")
    yesterday, today = desk.read("2026/11/21/index.html"), desk.read("2026/11/22/index.html")
    assert "iron bridge" not in yesterday
    assert "iron bridge" in today
    assert "Jon Vik" not in yesterday
    assert desk.read("index.html").count("iron bridge") >= 1


def test_what_comes_before_the_closing_joins_the_open_edition(desk: Desk) -> None:
    """At half past five in the morning it is still yesterday's edition."""
    desk.put("ferry.txt")
    desk.build("2026-11-21T12:00")
    desk.put("bridge.txt")
    outcome = desk.build("2026-11-22T05:30")
    assert outcome.edition.id == "2026-11-21"
    assert len(outcome.edition.stories) == 2
    assert not (desk.site / "2026/11/22").exists()


def test_three_days_asleep_make_one_edition(desk: Desk) -> None:
    """Whatever was missed stands in the edition of the day on which the machine wakes."""
    desk.put("ferry.txt")
    desk.build("2026-11-21")
    desk.put("bridge.txt", "harvest.txt")
    outcome = desk.build("2026-11-25T09:00")
    assert len(outcome.edition.stories) == 2
    assert sorted(p.name for p in (desk.site / "2026/11").iterdir()) == ["21", "25"]


def test_a_day_without_news_has_no_edition(desk: Desk) -> None:
    """The front page says so; the archive gets no empty day."""
    desk.put("ferry.txt")
    desk.build("2026-11-21")
    outcome = desk.build("2026-11-22")
    assert outcome.edition.stories == ()
    assert not (desk.site / "2026/11/22").exists()
    assert "Night ferry" in desk.read("index.html")


def test_a_clock_that_goes_back_reopens_nothing(desk: Desk) -> None:
    """Time stands still until the clock has caught up."""
    desk.put("ferry.txt")
    desk.build("2026-11-21T07:00")
    desk.put("bridge.txt")
    outcome = desk.build("2026-11-19T07:00")
    assert outcome.edition.id == "2026-11-21"
    assert {e["published"] for e in desk.entries().values()} == {"2026-11-21T07:00:00Z"}


def test_a_lost_store_recovers_from_the_site(desk: Desk) -> None:
    """Same bytes again, and an article seen before is no news."""
    desk.put("ferry.txt", "bridge.txt")
    desk.build("2026-11-21")
    desk.put("ferry-told-elsewhere.txt")
    desk.build("2026-11-22")
    before = desk.files()
    shutil.rmtree(desk.store.parent)
    outcome = desk.build("2026-11-22T09:00")
    assert outcome.published is not None
    assert outcome.published.written == ()
    assert desk.files() == before


def test_a_lost_site_is_built_again_from_the_store(desk: Desk) -> None:
    """Earlier editions too, byte for byte."""
    desk.put("ferry.txt")
    desk.build("2026-11-21")
    desk.put("bridge.txt")
    desk.build("2026-11-22")
    before = {path: body for path, (body, _) in desk.files().items()}
    shutil.rmtree(desk.site)
    desk.build("2026-11-22T10:00")
    assert {path: body for path, (body, _) in desk.files().items()} == before


def test_articles_that_are_gone_stay_shown(desk: Desk) -> None:
    """An emptied folder does not empty the site."""
    desk.put("ferry.txt")
    desk.build("2026-11-21T07:00")
    before = desk.files()
    (desk.seeds / "ferry.txt").unlink()
    desk.build("2026-11-21T08:00")
    assert desk.files() == before


def test_since_shows_again_what_was_missed(desk: Desk) -> None:
    """After a holiday: what was shown from a date on, once more."""
    desk.put("harvest.txt")
    desk.build("2026-11-18")
    desk.put("ferry.txt")
    desk.build("2026-11-20")
    desk.put("bridge.txt")
    outcome = desk.build("2026-11-23", since="2026-11-20")
    assert len(outcome.edition.stories) == 2
    assert "harvest" not in " ".join(headlines(outcome))


def test_a_dry_run_writes_nothing(desk: Desk) -> None:
    """It decides everything, and a build afterwards decides the same."""
    desk.put("ferry.txt")
    outcome = desk.build(dry_run=True)
    assert outcome.published is None
    assert not desk.site.exists()
    assert not desk.store.parent.exists()
    assert headlines(desk.build()) == headlines(outcome)


def test_bad_items_are_set_aside_and_the_rest_is_published(desk: Desk) -> None:
    """Each is named with a reason, in order of path."""
    desk.put("ferry.txt")
    (desk.seeds / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (desk.seeds / "empty.txt").touch()
    (desk.seeds / "links.txt").write_text("\n".join(f"News\nSport\nWeather {i}\nMore" for i in range(200)))
    (desk.seeds / "login.html").write_text(
        "<!doctype html><title>Log in</title><form><input name=user><input type=password></form>"
        "<p>Please log in to read on.</p><p>Forgot your password?</p>"
    )
    (desk.seeds / "long.txt").write_text("x" * 5_000_000)
    (desk.seeds / "odd.txt").write_bytes("Straße ".encode("utf-16-be") * 30 + b"\xff\xfe\x00\xd8" * 90)
    outcome = desk.build()
    assert len(outcome.edition.stories) == 1
    names = ["binary.txt", "empty.txt", "links.txt", "login.html", "long.txt", "odd.txt"]
    assert [r.locator for r in outcome.rejections] == names
    assert all(len(r.reason) > 10 for r in outcome.rejections)
    assert not any(name in desk.read("index.html") for name in names)


def test_another_build_holds_the_lock(desk: Desk) -> None:
    """Of overlapping builds one works, the others stop before they touch anything."""
    desk.put("ferry.txt")
    with hold(desk.store.with_name("store.sqlite.lock")), pytest.raises(LockedError):
        desk.build()
    assert not desk.site.exists()


def breaks_template(desk: Desk) -> None:
    """Break a template of the user's own."""
    own = desk.folder / "own"
    own.mkdir()
    (own / "base.html").write_text("{% block %}")


def breaks_store(desk: Desk) -> None:
    """Put something else where the store was."""
    for file in desk.store.parent.iterdir():
        file.unlink()
    desk.store.write_bytes(b"not a database" * 100)


@pytest.mark.parametrize(("break_it", "error"), [(breaks_template, TemplateError), (breaks_store, StoreError)])
def test_a_failed_build_leaves_the_old_site(
    desk: Desk, break_it: Callable[[Desk], None], error: type[Exception]
) -> None:
    """Whatever is wrong, yesterday's pages stand."""
    desk.put("ferry.txt")
    desk.build()
    before = desk.files()
    break_it(desk)
    desk.put("bridge.txt")
    place = replace(workplace(desk.folder), templates=str(desk.folder / "own") if error is TemplateError else None)
    with pytest.raises(error):
        build(place, day="2026-11-22")
    assert desk.files() == before


def test_a_folder_that_is_not_ours_is_refused(desk: Desk) -> None:
    """Before anything is done."""
    desk.put("ferry.txt")
    desk.site.mkdir()
    (desk.site / "thesis.tex").write_text("years of work")
    with pytest.raises(PublishError):
        desk.build()
    assert [path.name for path in desk.site.iterdir()] == ["thesis.tex"]
    assert not desk.store.parent.exists()


@pytest.mark.parametrize(
    ("settings", "message"),
    [("[summary]\nmethod = 'lex-rnak'", "lex-rank"), ("[summary]\nmethod = 'nowhere:nothing'", "nowhere")],
)
def test_a_bad_setting_stops_the_build_before_it_touches_anything(desk: Desk, settings: str, message: str) -> None:
    """The message names the setting and what it takes."""
    with pytest.raises(SettingsError, match=message):
        desk.build(settings=settings)
    assert [path.name for path in desk.folder.iterdir()] == ["seeds"]


def test_a_missing_folder_of_seeds_is_named(desk: Desk) -> None:
    """With the remedy."""
    desk.seeds.rmdir()
    with pytest.raises(SettingsError, match="seeds: no such folder; make it"):
        desk.build()


def test_the_moment_of_a_build_can_come_from_the_environment(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--date` wins over `SOURCE_DATE_EPOCH`, which wins over the settings."""
    moment = int(datetime.fromisoformat("2026-11-21T07:30:00+00:00").timestamp())
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(moment))
    desk.put("ferry.txt")
    pinned = "[edition]\ndate = 2025-01-01"
    assert desk.build("", settings=pinned, dry_run=True).edition.id == "2026-11-21"
    assert desk.build("2026-12-24", settings=pinned, dry_run=True).edition.id == "2026-12-24"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    with pytest.raises(SettingsError, match="SOURCE_DATE_EPOCH: `soon` is not a number of seconds"):
        desk.build("", settings=pinned)
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert desk.build("", settings=pinned, dry_run=True).edition.id == "2025-01-01"


def test_only_what_changed_is_cleaned_and_told_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest comes from the cache; without the cache the bytes are the same."""
    desk.put("ferry.txt", "bridge.txt")
    desk.build("2026-11-21T07:00")
    desk.put("harvest.txt")
    done: list[str] = []

    def counted(name: str, function: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object) -> object:
            done.append(name)
            return function(*arguments)

        return call

    monkeypatch.setattr(pipeline, "clean", counted("clean", pipeline.clean))
    monkeypatch.setattr(pipeline, "tell", counted("tell", pipeline.tell))
    desk.build("2026-11-21T08:00")
    assert done == ["clean", "tell"]
    before = {path: body for path, (body, _) in desk.files().items()}
    for file in desk.store.parent.glob("*cache*"):
        file.unlink()
    (desk.site / "robots.txt").unlink()  # or nothing would be asked for
    desk.build("2026-11-21T09:00")
    assert {path: body for path, (body, _) in desk.files().items()} == before
