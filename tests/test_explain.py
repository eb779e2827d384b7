"""`digest explain STORY`: why a story stands where it stands, and what would put it right."""

import re
import shutil
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from digest.cli import main
from tests.test_build import Desk

SETTINGS = """
base_url = 'https://example.org/'
store = 'memory/store.sqlite'
[edition]
date = 2026-11-21
max_stories = 2
[[rules]]
action = 'boost'
boost = 1.5
words = ['bridge']
[overrides]
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A digest with room for two of its three stories, one of them told by two sources and copied by a third."""
    desk = Desk(tmp_path_factory.mktemp("built"))
    desk.put("ferry.txt", "ferry-told-elsewhere.txt", "bridge.txt", "harvest.txt")
    shutil.copy(desk.seeds / "bridge.txt", desk.seeds / "bridge-again.txt")
    (desk.folder / "digest.toml").write_text(SETTINGS)
    assert CliRunner().invoke(main, ["build", "-c", str(desk.folder / "digest.toml")]).exit_code == 0
    return desk.folder


@pytest.fixture(autouse=True)
def folder(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same digest, to do with as a test likes."""
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def explain(*names: str) -> Result:
    """Explain stories or files."""
    return CliRunner().invoke(main, ["explain", *names], catch_exceptions=False)


def path_of(word: str) -> str:
    """Return the path of the page of the story whose slug has a word."""
    [page] = [page for page in Path("site/stories").iterdir() if word in page.name]
    return f"stories/{page.name}/"


def test_importance_is_told_term_by_term() -> None:
    """The terms make the sum, and the sum the place in the edition."""
    told = explain(path_of("ferry")).stdout
    total = re.search(r"Its importance, ([\d.]+), number (\d) of 3:", told)
    assert total is not None
    breadth, freshness = re.findall(r"^ +\+?([\d.]+)  (?:log2|freshness)", told, re.MULTILINE)
    assert "log2(1 + 2) for independent sources: ferry, ferry told elsewhere" in told
    assert float(breadth) + float(freshness) == pytest.approx(float(total[1]), abs=0.011)
    bridge = explain(path_of("bridge")).stdout
    assert "× 1.5  by rules" in bridge
    assert 'rule 1: words "bridge"' in bridge
    places = [re.search(r"number (\d) of 3", text)[1] for text in (told, bridge)]  # type: ignore[index]
    assert sorted(places) == ["1", "2"]


def test_grouping_copies_sentences_and_topics_are_told() -> None:
    """How alike, by which words; what is counted once; which sentences, and why; which topics, by which words."""
    told = explain(path_of("ferry")).stdout
    alike, bound = re.search(r"([\d.]+)  likeness to the others; ([\d.]+) makes one story", told).groups()  # type: ignore[union-attr]
    assert float(alike) >= float(bound)
    assert "to ferry-told-elsewhere.txt; both have morgana" in told
    assert "quoted" in told
    assert "[opens the summary]" in told
    assert "disaster, accident and emergency incident + ferry" in told
    assert re.search(r"copied by +bridge(?: again)?: Norrby council", explain(path_of("bridge")).stdout)


@pytest.mark.parametrize("name", ["{id}", "https://example.org/{path}", "ferry-told-elsewhere.txt"])
def test_a_story_is_called_as_one_likes(name: str) -> None:
    """By id, by address, or by a file of it."""
    path = path_of("ferry")
    assert explain(name.format(path=path, id=path[-13:-1])).stdout == explain(path).stdout


def test_topics_of_the_owner_and_what_is_suggested_are_told(folder: Path) -> None:
    """As of a file, of all articles together; the line that would change its topic names what it is under now."""
    with (folder / "digest.toml").open("a") as settings:
        settings.write("[[topics.add]]\nlabel = 'Harbour and ferries'\nslug = 'harbour'\nwords = ['ferry', 'whale']\n")
    told = explain(path_of("ferry")).stdout
    [own] = [line for line in told.splitlines() if "says ferry" in line]
    assert own in explain("seeds/ferry.txt").stdout.splitlines()
    assert "Shown under: Harbour and ferries; disaster" in told
    assert '.topic = "harbour"' in told
    assert "Suggested below the first of them:" in told


def test_a_story_that_was_left_out_is_explained_by_its_article() -> None:
    """It has no page, and says why."""
    told = explain("harvest.txt").stdout
    assert "in no edition yet" in told
    assert "In the open edition: left out, because an edition holds at most 2" in told
    assert "number 3 of 3" in told


def test_each_line_that_is_named_can_be_copied(folder: Path) -> None:
    """Together they are right settings, and those that can be used as they stand do what they say."""
    told = explain(path_of("ferry")).stdout
    lines = [line.strip() for line in told.partition("under [overrides]:")[2].splitlines() if line.strip()]
    assert {line.partition(" = ")[0].rpartition(".")[2] for line in lines} == {
        "headline", "topic", "merge_into", "hide", "published", "split_from",
    }  # fmt: skip
    tomllib.loads("\n".join(lines))
    [split] = [line for line in lines if line.startswith('"ferry-told-elsewhere.txt".split_from')]
    (folder / "digest.toml").write_text(SETTINGS.replace("max_stories = 2", "max_stories = 4") + split)
    assert CliRunner().invoke(main, ["build"]).stderr == ""
    told = explain("ferry-told-elsewhere.txt").stdout
    assert "likeness" not in told
    assert 'Put right by overrides."ferry-told-elsewhere.txt"' in told


def test_nothing_is_changed(folder: Path) -> None:
    """Neither store nor site, and no feed is asked."""
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
    explain("harvest.txt")
    after = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
    assert after == before


def test_what_is_retracted_or_hidden_says_so(folder: Path) -> None:
    """With the reason."""
    path = path_of("bridge")
    CliRunner().invoke(main, ["retract", path])
    assert "In the open edition: retracted, because its story was retracted" in explain(path).stdout
    (folder / "digest.toml").write_text(f"{SETTINGS}{path_of('ferry')[-13:-1]}.hide = true\n'harvest.txt'.hide = true")
    assert re.search(r'edition: hidden, because overrides\."\w+"\.hide', explain(path_of("ferry")).stdout)
    assert "is in no story: it is hidden, dropped" in explain("harvest.txt").stderr


def test_an_unknown_name_gives_near_ones() -> None:
    """By what stands in the slug."""
    result = explain("norrby")
    assert result.exit_code == 2
    assert (
        result.stderr == f"digest: norrby: no such story, article or file; did you mean `{path_of('bridge')[8:-1]}`?\n"
    )


def test_check_names_overrides_that_do_nothing(folder: Path) -> None:
    """As a note, since a build works all the same."""
    (folder / "digest.toml").write_text(f"{SETTINGS}'fery.txt'.hide = true\n'ferry.txt'.hide = true")
    result = CliRunner().invoke(main, ["check"])
    assert result.exit_code == 0
    assert 'note: digest.toml: overrides."fery.txt": no such file, address or story' in result.stdout
    assert '"ferry.txt"' not in result.stdout
