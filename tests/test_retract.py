"""A story taken back: a notice at its address, and nothing of what it said."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from digest import addresses
from digest.build.lock import hold
from digest.build.retraction import Retraction, retract
from digest.cli import main
from digest.errors import LockedError, SettingsError, StoreError
from digest.model import Story
from tests.test_build import Desk
from tests.test_overrides import lines
from tests.values import workplace


@pytest.fixture(scope="module")
def yesterday(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Story]:
    """A digest whose one edition shows ferry and bridge; and the story of the ferry."""
    desk = Desk(tmp_path_factory.mktemp("yesterday"))
    desk.put("ferry.txt", "bridge.txt")
    [ferry] = [story for story in desk.build("2026-11-21").edition.stories if "ferry" in story.headline]
    return desk.folder, ferry


@pytest.fixture
def ferry(yesterday: tuple[Path, Story], desk: Desk) -> Story:
    """The story of the ferry, shown in the edition of the day before."""
    folder, story = yesterday
    shutil.copytree(folder, desk.folder, dirs_exist_ok=True)
    return story


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An empty digest."""
    return Desk(tmp_path)


def take_back(desk: Desk, name: str, day: str = "2026-11-22T08:00", *, reason: str = "") -> Retraction:
    """Retract a story."""
    return retract(workplace(desk.folder), name, reason=reason, day=day)


def page(story: Story) -> str:
    """Return the path of a story's page."""
    return f"{addresses.story(story)}index.html"


def said(desk: Desk, story: Story) -> list[str]:
    """Return the paths of the files that hold any sentence which the story quoted."""
    sentences = [quote.text[:40].encode() for quote in story.summary]
    return [path for path, (body, _) in desk.files().items() if any(sentence in body for sentence in sentences)]


def test_a_notice_takes_the_place_of_all_that_was_said(desk: Desk, ferry: Story) -> None:
    """At the story's address, in the edition that closed, and in history; all else stands."""
    assert said(desk, ferry)
    before = desk.files()
    done = take_back(desk, ferry.id)
    assert (done.story.change.kind, done.story.updated.isoformat()) == ("retracted", "2026-11-22T08:00:00+00:00")
    assert said(desk, ferry) == []
    assert "This story was retracted; this notice is of <time" in desk.read(page(ferry))
    assert 'content="noindex"' in desk.read(page(ferry))
    for path in ("index.html", "2026/11/21/index.html", "2026/11/22/index.html"):
        retracted = desk.read(path).partition("<h2>Retracted</h2>")[2]
        assert ferry.headline in retracted
        assert desk.read(path).count(ferry.headline) == 1
    assert "bridge" in desk.read("2026/11/21/index.html")
    for path in ("topics/index.html", "archive/index.html", "2026/w47/index.html", "sitemap.xml"):
        assert ferry.headline not in desk.read(path)
        assert addresses.story(ferry) not in desk.read(path)
    assert before.keys() <= desk.files().keys()


def test_subscribers_are_told(desk: Desk, ferry: Story) -> None:
    """The entry keeps id and address, says that it was retracted, and its `updated` moves."""
    before = desk.entries()[ferry.headline]
    take_back(desk, ferry.id)
    assert desk.entries()[f"Retracted: {ferry.headline}"] == before | {"updated": "2026-11-22T08:00:00Z"}
    assert '"title": "Retracted: ' in desk.read("feed.json")


def test_readers_are_told_why(desk: Desk, ferry: Story) -> None:
    """At the story's address and in the feed, as text; a reason that is given later moves the entry again."""
    take_back(desk, ferry.id)
    assert "The reason given" not in desk.read(page(ferry))
    later = take_back(desk, ferry.id, "2026-11-22T09:00", reason="The <b>ferry</b> & its owner denied it.")
    assert later.written
    assert "denied it." in later.story.change.reason
    shown = "The &lt;b&gt;ferry&lt;/b&gt; &amp; its owner denied it."
    assert shown in desk.read(page(ferry))
    assert f"Retracted: what it said is withdrawn. {shown}" in desk.read("atom.xml")
    assert desk.entries()[f"Retracted: {ferry.headline}"]["updated"] == "2026-11-22T09:00:00Z"
    assert take_back(desk, ferry.id, "2026-11-22T10:00").written == 0
    assert shown in desk.read(page(ferry))
    assert take_back(desk, ferry.id, reason="Erreur\u00a0:\ndeux lignes").story.change.reason == "Erreur : deux lignes"
    with pytest.raises(SettingsError, match="--reason: takes text without control characters"):
        take_back(desk, ferry.id, reason="a\x07bell")


def test_it_never_comes_back_by_itself(desk: Desk, ferry: Story) -> None:
    """Not by another build, nor by another source that tells of the same, however late; the owner is told of that."""
    take_back(desk, ferry.id)
    after = desk.entries(), desk.read(page(ferry))
    desk.put("ferry-told-elsewhere.txt")
    for day in ("2026-11-22T10:00", "2026-12-24"):
        outcome = desk.build(day, dry_run=day == "2026-12-24")
        assert [story.change.kind for story in outcome.edition.stories] in (["retracted"], [])
        assert [each.rule for each in outcome.dropped] == ["its story was retracted"]
        assert "Passengers" not in desk.read("index.html")
    assert (desk.entries(), desk.read(page(ferry))) == after


def test_a_fresh_machine_knows_of_it(desk: Desk, ferry: Story) -> None:
    """History in the site tells it, and is enough to build the same site again."""
    take_back(desk, ferry.id)
    desk.build("2026-11-22T09:00")
    before = desk.files()
    shutil.rmtree(desk.store.parent)
    desk.build("2026-11-22T09:30")
    assert desk.files() == before


def test_an_older_store_learns_of_it_from_the_site(desk: Desk, ferry: Story) -> None:
    """The later word on an edition wins, closed or not: a store that was put back tells nothing anew."""
    older = desk.folder / "older"
    shutil.copytree(desk.store.parent, older)
    take_back(desk, ferry.id)
    shutil.rmtree(desk.store.parent)
    older.rename(desk.store.parent)
    desk.build("2026-11-22T09:00")
    assert said(desk, ferry) == []


def test_a_story_of_the_open_edition_is_taken_out_of_it(desk: Desk, ferry: Story) -> None:
    """It makes room: a retraction counts as no story."""
    take_back(desk, ferry.id, day="2026-11-21T09:00")
    desk.put("harvest.txt")
    edition = desk.build("2026-11-21T10:00", settings="[edition]\nmax_stories = 2").edition
    assert [story.change.kind for story in edition.stories] == ["new", "new", "retracted"]
    assert "Two stories from two sources" in desk.read("index.html")


def test_it_is_done_once(desk: Desk, ferry: Story) -> None:
    """A second time changes nothing, whatever the story is called by."""
    take_back(desk, ferry.id)
    before = desk.files()
    again = take_back(desk, f"https://example.org/{addresses.story(ferry)}", day="2026-11-23")
    assert (again.written, again.story.updated.day) == (0, 22)
    assert desk.files() == before


def test_an_unknown_story_is_refused(desk: Desk, ferry: Story) -> None:
    """With those most likely meant; nothing is touched."""
    before = desk.files()
    with pytest.raises(SettingsError, match=f"no such story was shown; did you mean `{ferry.slug}-{ferry.id}`"):
        take_back(desk, ferry.slug)
    assert desk.files() == before


def test_before_the_first_edition_there_is_nothing_to_take_back(desk: Desk) -> None:
    """The message says so."""
    with pytest.raises(StoreError, match="no story has been shown yet"):
        take_back(desk, "abcdefabcdef")


def test_it_waits_for_no_build(desk: Desk, ferry: Story) -> None:
    """While one holds the lock it steps back."""
    with hold(desk.store.with_name("store.sqlite.lock")), pytest.raises(LockedError):
        take_back(desk, ferry.id)


def test_the_command_says_what_it_did(desk: Desk, ferry: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one line; an unknown story is wrong usage."""
    (desk.folder / "digest.toml").write_text(
        "base_url = 'https://example.org/'\nstore = 'memory/store.sqlite'\n[edition]\ndate = 2026-11-22\n"
    )
    monkeypatch.chdir(desk.folder)
    done = CliRunner().invoke(main, ["retract", addresses.story(ferry)])
    assert done.exit_code == 0
    assert done.stdout.startswith(f"Retracted: {ferry.headline}. ")
    again = CliRunner().invoke(main, ["retract", ferry.id])
    assert (again.exit_code, again.stdout) == (0, f"Retracted before; its notice is of 2026-11-22: {ferry.headline}.\n")
    assert CliRunner().invoke(main, ["retract", "abcdefabcdef"]).exit_code == 2


def test_what_was_retracted_is_moved_into_no_other_story(desk: Desk, ferry: Story) -> None:
    """Its article would be told again there; the owner hears why the line does nothing."""
    take_back(desk, ferry.id)
    line = '[overrides]\n"ferry.txt".merge_into = "bridge.txt"\n'
    outcome = desk.build("2026-11-22T09:00", settings=line)
    assert outcome.alerts == ('overrides."ferry.txt".merge_into: its own story was retracted, and gives none away',)
    assert said(desk, ferry) == []


def test_a_notice_cannot_be_hidden(desk: Desk, ferry: Story) -> None:
    """Whoever has read the story must learn that it was taken back, whatever the settings hide."""
    take_back(desk, ferry.id)
    before = desk.read("atom.xml"), desk.read(page(ferry))
    outcome = desk.build("2026-11-22T09:00", settings=lines(f"{ferry.id}.hide = true"))
    assert outcome.alerts == (f'overrides."{ferry.id}".hide: the story was retracted, and its notice stays',)
    assert "Retracted" in before[0]
    assert (desk.read("atom.xml"), desk.read(page(ferry))) == before
