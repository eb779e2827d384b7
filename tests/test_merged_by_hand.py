"""What the owner says of shown stories and what news says of them, together: one merger, one way to take it back."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from digest.build.retraction import retract
from digest.cli import main
from digest.errors import SettingsError
from digest.model import Story
from tests.test_build import Desk
from tests.test_merging import AGROUND, HOSPITAL, NEXT_DAY, entries, files, page_of
from tests.test_overrides import lines
from tests.values import workplace


@dataclass(frozen=True, slots=True, kw_only=True)
class Eve:
    """A digest that shows two stories of one night; nothing at hand says so yet."""

    folder: Path
    older: Story
    younger: Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """The day after, when the owner has made the older story a part of the younger one."""

    folder: Path
    settings: str
    story: Story


@pytest.fixture(scope="module")
def eve(tmp_path_factory: pytest.TempPathFactory) -> Eve:
    """The older story is shown in the morning, the younger one at noon."""
    desk = Desk(tmp_path_factory.mktemp("eve"))
    desk.put(AGROUND)
    [older] = desk.build("2026-11-20T08:00").edition.stories
    desk.put(HOSPITAL)
    [younger] = (each for each in desk.build("2026-11-20T12:00").edition.stories if each.id != older.id)
    return Eve(folder=desk.folder, older=older, younger=younger)


@pytest.fixture(scope="module")
def joined(eve: Eve, tmp_path_factory: pytest.TempPathFactory) -> Joined:
    """One line in the settings joins them."""
    desk = go_on(eve.folder, tmp_path_factory.mktemp("joined"))
    settings = lines(f'{eve.older.id}.merge_into = "{eve.younger.id}"')
    [story] = desk.build("2026-11-21T08:00", settings=settings).edition.stories
    return Joined(folder=desk.folder, settings=settings, story=story)


def go_on(folder: Path, elsewhere: Path) -> Desk:
    """Return a copy of a digest."""
    desk = Desk(elsewhere)
    shutil.copytree(folder, elsewhere, dirs_exist_ok=True)
    return desk


def saying(desk: Desk, *texts: str) -> list[str]:
    """Return the paths of the files of the site that hold any of some texts; history is no page."""
    return [path for path, text in files(desk).items() if path != "history.jsonl" and any(one in text for one in texts)]


def sentences(*stories: Story) -> list[str]:
    """Return how the sentences begin that stories quote."""
    return [quote.text[:40] for story in stories for quote in story.summary]


def test_the_story_that_the_owner_names_goes_on(eve: Eve, joined: Joined) -> None:
    """Even if it is the younger one; the other becomes part of it, with a page that points on."""
    story, younger = joined.story, eve.younger
    assert (story.id, story.slug, story.first_shown) == (younger.id, younger.slug, younger.first_shown)
    assert [part.id for part in story.merged] == [eve.older.id]
    assert (story.change.kind, story.change.stories, len(story.coverage)) == ("grown", 1, 2)
    site = {path.relative_to(joined.folder / "site").as_posix(): path for path in joined.folder.rglob("site/**/*.html")}
    assert f"url=../../stories/{younger.slug}-{younger.id}/index.html" in site[page_of(eve.older)].read_text("utf-8")


def test_what_was_joined_stays_so(joined: Joined, tmp_path: Path) -> None:
    """Whether the line is left in the settings or taken out; it never counts as one that does nothing."""
    desk = go_on(joined.folder, tmp_path)
    before = files(desk)
    assert desk.build("2026-11-21T09:00", settings=joined.settings).alerts == ()
    assert desk.build("2026-11-21T10:00").edition.stories == (joined.story,)
    assert files(desk) == before
    assert desk.build("2026-12-24", settings=joined.settings, dry_run=True).alerts == ()


def test_all_articles_of_a_story_moved_are_a_merger(eve: Eve, tmp_path: Path) -> None:
    """Nothing would be left at the old address, so it points on."""
    desk = go_on(eve.folder, tmp_path)
    settings = lines(f'"{HOSPITAL}".merge_into = "{eve.older.id}"')
    [story] = desk.build("2026-11-21T08:00", settings=settings, dry_run=True).edition.stories
    assert (story.id, [part.headline for part in story.merged]) == (eve.older.id, [eve.younger.headline])


@pytest.mark.parametrize("line", ["{younger}.hide = true", '"{hospital}".split_from = "{older}"'])
def test_news_does_not_merge_what_the_owner_keeps_apart(eve: Eve, line: str, tmp_path: Path) -> None:
    """However sure it is: what is hidden stays so, and what is split stays two."""
    desk = go_on(eve.folder, tmp_path)
    desk.put(*NEXT_DAY)
    names = {"younger": eve.younger.id, "older": eve.older.id, "hospital": HOSPITAL}
    edition = desk.build("2026-11-21T09:00", settings=lines(line.format(**names)), dry_run=True).edition
    assert eve.older.id in [*(story.id for story in edition.stories), *(line.id for line in edition.still_going)]
    assert [story.merged for story in edition.stories] == [()] * len(edition.stories)


def test_a_retracted_story_does_not_come_back_through_a_merger(eve: Eve, tmp_path: Path) -> None:
    """Neither as part of another one, nor by taking that in."""
    desk = go_on(eve.folder, tmp_path)
    retract(workplace(desk.folder), eve.younger.id, day="2026-11-21T08:00")
    desk.put(*NEXT_DAY)
    edition = desk.build("2026-11-21T09:00").edition
    assert [story.merged for story in edition.stories] == [()] * len(edition.stories)
    assert "This story was retracted;" in desk.read(page_of(eve.younger))
    known = [c.article.key for c in eve.younger.coverage]
    assert not any(c.article.key in known for s in edition.stories if s.id != eve.younger.id for c in s.coverage)


def test_what_is_hidden_becomes_part_of_nothing(eve: Eve, tmp_path: Path) -> None:
    """Since it could not come back; the owner is told."""
    desk = go_on(eve.folder, tmp_path)
    settings = lines(f'{eve.older.id}.merge_into = "{eve.younger.id}"', f"{eve.older.id}.hide = true")
    outcome = desk.build("2026-11-21T08:00", settings=settings, dry_run=True)
    assert outcome.alerts == (f'overrides."{eve.older.id}".merge_into: what is hidden becomes part of nothing',)
    assert outcome.edition.stories == ()


@pytest.mark.parametrize("of", ["whole", "part"])
def test_taking_back_either_name_takes_back_the_whole(eve: Eve, joined: Joined, of: str, tmp_path: Path) -> None:
    """In every edition; the address of the part leads to the notice."""
    desk = go_on(joined.folder, tmp_path)
    done = retract(workplace(desk.folder), {"whole": eve.younger, "part": eve.older}[of].id, day="2026-11-21T12:00")
    assert (done.story.id, done.story.change.kind) == (eve.younger.id, "retracted")
    assert saying(desk, *sentences(eve.older, eve.younger, joined.story)) == []
    part = desk.read(page_of(eve.older))
    assert f"url=../../stories/{eve.younger.slug}-{eve.younger.id}/index.html" in part
    assert "This story was retracted, as part of" in part
    assert "This story was retracted;" in desk.read(page_of(eve.younger))
    assert [entry["title"] for entry in entries(files(desk))] == [f"Retracted: {done.story.headline}"]
    assert {part.headline for part in done.story.merged} == {done.story.headline}
    before = files(desk)
    assert retract(workplace(desk.folder), eve.older.id, day="2026-11-22").written == 0
    desk.build("2026-11-21T13:00", settings=joined.settings)
    assert files(desk) == before


def test_hiding_either_name_hides_the_whole(eve: Eve, joined: Joined, tmp_path: Path) -> None:
    """Both addresses keep a notice, no page tells of either, and all is back when the line is gone."""
    desk = go_on(joined.folder, tmp_path)
    before = files(desk)
    desk.build("2026-11-21T09:00", settings=lines(f"{eve.older.id}.hide = true"))
    for story in (eve.older, eve.younger):
        assert "This story is not shown" in desk.read(page_of(story))
    assert saying(desk, *sentences(eve.older, eve.younger), eve.older.headline, eve.younger.headline) == []
    assert files(desk).keys() == before.keys()
    desk.build("2026-11-21T10:00")
    assert desk.read(page_of(eve.older)) == before[page_of(eve.older)]
    assert desk.read("2026/11/20/index.html") == before["2026/11/20/index.html"]


def test_a_hidden_article_leaves_no_headline_of_its_story(eve: Eve, joined: Joined, tmp_path: Path) -> None:
    """Nor at the address of the story that was its own."""
    desk = go_on(joined.folder, tmp_path)
    desk.build("2026-11-21T09:00", settings=lines(f'"{AGROUND}".hide = true'))
    assert saying(desk, eve.older.headline, *sentences(eve.older)) == []
    assert f"url=../../stories/{eve.younger.slug}-{eve.younger.id}/" in desk.read(page_of(eve.older))


def test_what_is_said_of_a_part_holds_for_the_whole(eve: Eve, joined: Joined, tmp_path: Path) -> None:
    """Unless something is said of the whole itself."""
    desk = go_on(joined.folder, tmp_path)
    part, whole = f"{eve.older.id}.headline = 'One night'", f"{eve.younger.id}.headline = 'Two sides'"
    [story] = desk.build("2026-11-21T09:00", settings=lines(part), dry_run=True).edition.stories
    assert (story.id, story.headline) == (eve.younger.id, "One night")
    outcome = desk.build("2026-11-21T09:00", settings=lines(part, whole), dry_run=True)
    assert outcome.edition.stories[0].headline == "Two sides"
    assert [alert.partition(": ")[2] for alert in outcome.alerts] == [
        f'speaks of the same story as overrides."{eve.younger.id}", which counts'
    ]


def test_an_override_holds_from_the_merger_on(eve: Eve, tmp_path: Path) -> None:
    """The build that merges shows the headline that later ones show."""
    desk = go_on(eve.folder, tmp_path)
    desk.put(*NEXT_DAY)
    settings = lines(f"{eve.younger.id}.headline = 'One night'")
    [first] = desk.build("2026-11-21T08:00", settings=settings).edition.stories
    desk.put("bridge.txt")
    [later] = (story for story in desk.build("2026-11-21T09:00", settings=settings).edition.stories if story.merged)
    assert (first.id, first.headline) == (eve.older.id, "One night")
    assert later == first


@pytest.mark.parametrize("target", ["{younger}", "{hospital}"])
def test_stories_cannot_become_part_of_each_other(eve: Eve, target: str, tmp_path: Path) -> None:
    """The override is named, and nothing is touched."""
    desk = go_on(eve.folder, tmp_path)
    before = files(desk)
    names = {"younger": eve.younger.id, "hospital": HOSPITAL}
    circle = (
        f'{eve.older.id}.merge_into = "{target.format(**names)}"',
        f'{eve.younger.id}.merge_into = "{eve.older.id}"',
    )
    with pytest.raises(
        SettingsError, match=rf'`overrides\."({eve.older.id}|{eve.younger.id})"\.merge_into` leads in a'
    ):
        desk.build("2026-11-21T08:00", settings=lines(*circle))
    assert files(desk) == before


def test_a_story_that_was_not_shown_joins_one_that_was(eve: Eve, tmp_path: Path) -> None:
    """The other way round its address would be lost, and the owner is told."""
    desk = go_on(eve.folder, tmp_path)
    desk.put("harvest.txt")
    [new] = (story.id for story in desk.build("2026-11-21T08:00", dry_run=True).edition.stories)
    settings = lines(f'{new}.merge_into = "{eve.older.id}"')
    outcome = desk.build("2026-11-21T08:00", settings=settings, dry_run=True)
    assert [(story.id, len(story.coverage), story.merged) for story in outcome.edition.stories] == [
        (eve.older.id, 2, ())
    ]
    assert outcome.alerts == ()
    settings = lines(f'{eve.older.id}.merge_into = "{new}"', f'{new}.merge_into = "abcdefabcdef"')
    outcome = desk.build("2026-11-21T08:00", settings=settings, dry_run=True)
    assert [story.id for story in outcome.edition.stories] == [new]
    assert len(outcome.alerts) == 2
    assert f"`{new}` is no story that was shown" in outcome.alerts[0]
    assert "no such story" in outcome.alerts[1]


def test_a_merged_story_is_explained_under_either_name(
    eve: Eve, joined: Joined, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what became part of it, and all editions that showed either."""
    desk = go_on(joined.folder, tmp_path)
    monkeypatch.chdir(desk.folder)
    (desk.folder / "digest.toml").write_text(
        f"base_url = 'https://example.org/'\nstore = 'memory/store.sqlite'\n{joined.settings}"
    )
    told, same = (
        CliRunner().invoke(main, ["explain", "--date", "2026-11-21T09:00", name]).stdout
        for name in (eve.younger.id, f"https://example.org/stories/{eve.older.slug}-{eve.older.id}/")
    )
    assert told == same
    assert f"was once told apart: {eve.older.headline} [{eve.older.id}]" in told
    assert "shown in 2026-11-21, 2026-11-20" in told
    assert f'Put right by overrides."{eve.older.id}"' in told


def test_the_founder_of_a_part_that_is_split_off_founds_a_story_of_its_own(
    eve: Eve, joined: Joined, tmp_path: Path
) -> None:
    """The old id points on for ever; so the split story is new once, has a page and an entry, and rests."""
    desk = go_on(joined.folder, tmp_path)
    split = lines(f'"{AGROUND}".split_from = "{eve.younger.id}"')
    stories = {story.id: story for story in desk.build("2026-11-21T10:00", settings=split).edition.stories}
    [new] = stories.keys() - {eve.older.id, eve.younger.id}
    assert eve.older.id not in stories
    assert stories[new].change.kind == "new"
    assert page_of(stories[new]) in files(desk)
    assert new in " ".join(entry["id"] for entry in entries(files(desk)))
    assert desk.build("2026-11-22T10:00", settings=split).edition.stories == ()
