"""Merging: two stories that turn out to be one go on as the older one, and no address is lost."""

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from digest import pipeline, render
from digest.model import Page, Story
from tests.library import edition, mention, shelf
from tests.morning import BUDGET, COMET_STORY, FERRY, MATCH_STORY
from tests.test_build import Desk

# The first two tell of two sides of one night; only the others say so.
AGROUND, HOSPITAL = "morgana-aground.txt", "morgana-hospital.txt"
NEXT_DAY = ("morgana-thirty-treated.txt", "morgana-let-go.txt", "morgana-two-stay.txt")

Files = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merger:
    """Two days of a digest; on the second one two stories turn out to be one."""

    folder: Path
    before: Files
    after: Files
    older: Story
    younger: Story
    """As the first day showed it."""
    merged: Story


@pytest.fixture(scope="module")
def merger(tmp_path_factory: pytest.TempPathFactory) -> Merger:
    """The older story is shown in the morning, the younger one at noon, and on the next day it turns out."""
    desk = Desk(tmp_path_factory.mktemp("merger"))
    desk.put(AGROUND)
    [older] = desk.build("2026-11-20T08:00").edition.stories
    desk.put(HOSPITAL)
    [younger] = (each for each in desk.build("2026-11-20T12:00").edition.stories if each.id != older.id)
    before = files(desk)
    desk.put(*NEXT_DAY)
    [merged] = desk.build("2026-11-21T09:00").edition.stories
    return Merger(folder=desk.folder, before=before, after=files(desk), older=older, younger=younger, merged=merged)


@pytest.fixture
def desk(merger: Merger, tmp_path: Path) -> Desk:
    """The same digest, to go on with."""
    desk = Desk(tmp_path)
    shutil.copytree(merger.folder, tmp_path, dirs_exist_ok=True)
    return desk


def files(desk: Desk) -> Files:
    """Return path → text of every file of the site."""
    return {path: body.decode() for path, (body, _) in desk.files().items()}


def page_of(story: Story) -> str:
    """Return the path of a story's page."""
    return f"stories/{story.slug}-{story.id}/index.html"


def entries(site: Files) -> list[dict[str, Any]]:
    """Return the entries of the JSON Feed."""
    found: list[dict[str, Any]] = json.loads(site["feed.json"])["items"]
    return found


def targets(path: str, page: str) -> Iterator[str]:
    """Yield the files of the site that a page links to."""
    for href in re.findall(r'href="([^":#]+)["#]', page):
        parts = [*path.split("/")[:-1], *href.split("/")]
        while ".." in parts:
            at = parts.index("..")
            del parts[max(at - 1, 0) : at + 1]
        yield "/".join(parts)


def test_the_older_story_goes_on(merger: Merger) -> None:
    """Id, slug and birth are those of the story that was shown first, and all articles are in it."""
    merged, older = merger.merged, merger.older
    assert (merged.id, merged.slug, merged.first_shown) == (older.id, older.slug, older.first_shown)
    assert len(merged.coverage) == 5
    assert [(part.id, part.slug) for part in merged.merged] == [(merger.younger.id, merger.younger.slug)]


def test_what_is_new_is_marked(merger: Merger) -> None:
    """Another story and its source joined, and three more; sentences that either story showed are not new."""
    change = merger.merged.change
    assert (change.kind, change.stories, change.sources) == ("grown", 1, 4)
    shown = {quote.text for story in (merger.older, merger.younger) for quote in story.summary}
    new = [index for index, quote in enumerate(merger.merged.summary) if quote.text not in shown]
    assert list(change.sentences) == new
    assert "+1 story, +4 sources" in merger.after["index.html"]
    [entry] = entries(merger.after)
    assert merger.after["index.html"].count("<ins>") == entry["content_html"].count("<ins>") == len(new) > 0


def test_the_merged_story_leaves_a_page_that_points_on(merger: Merger) -> None:
    """A link, a redirect without a script, and the address that counts; search engines get no list of such pages."""
    page, target = merger.after[page_of(merger.younger)], f"{merger.older.slug}-{merger.older.id}/"
    assert f'<a href="../../stories/{target}index.html"' in page
    assert f'<meta http-equiv="refresh" content="0; url=../../stories/{target}index.html">' in page
    assert f'<link rel="canonical" href="https://example.org/stories/{target}">' in page
    assert merger.younger.headline in page
    assert merger.younger.id not in merger.after["sitemap.xml"]
    assert merger.younger.headline in merger.after[page_of(merger.older)]


def test_every_address_still_answers(merger: Merger) -> None:
    """What could be read before the merger can be read after it, and no link leads nowhere."""
    assert merger.before.keys() <= merger.after.keys()
    pages = {path: body for path, body in merger.after.items() if path.endswith("index.html")}
    broken = {target for path, page in pages.items() for target in targets(path, page)} - merger.after.keys()
    assert broken == set()


def test_the_closed_edition_shows_what_it_showed(merger: Merger) -> None:
    """Yesterday had two stories, and has them, with their links."""
    for story in (merger.older, merger.younger):
        assert story.headline in merger.after["2026/11/20/index.html"]
        assert f"stories/{story.slug}-{story.id}/" in merger.after["2026/11/20/index.html"]


def test_subscribers_get_the_story_that_goes_on(merger: Merger) -> None:
    """Its entry keeps id, address and birth, and says what joined it; the other one leaves the feed."""
    before = {entry["id"]: entry for entry in entries(merger.before)}
    [entry] = entries(merger.after)
    same = ("id", "url", "date_published")
    assert {name: entry[name] for name in same} == {name: before[entry["id"]][name] for name in same}
    assert entry["date_modified"] == "2026-11-21T09:00:00Z"
    assert "one story that was told apart; four more sources" in entry["content_html"]
    assert len(before) == 2


def test_a_merger_is_never_undone(desk: Desk, merger: Merger) -> None:
    """Neither without news nor when what spoke for it is gone."""
    for name in NEXT_DAY:
        (desk.seeds / name).unlink()
    outcome = desk.build("2026-11-22T09:00")
    assert [line.id for line in outcome.edition.still_going] == [merger.older.id]
    assert outcome.edition.stories == ()
    assert entries(files(desk)) == entries(merger.after)


@pytest.mark.parametrize("lost", ["memory", "site"])
def test_a_fresh_machine_knows_of_the_merger(desk: Desk, lost: str) -> None:
    """From the ledger alone, or from the store alone, the same site."""
    before = files(desk)
    shutil.rmtree(desk.folder / lost)
    desk.build("2026-11-21T10:00")
    assert files(desk) == before


def test_a_ledger_from_before_mergers_is_read(desk: Desk, merger: Merger) -> None:
    """What an earlier version wrote has no word on them, and its stories can be merged all the same."""
    old = re.sub(r',"(merged":\[\]|stories":0)', "", merger.before["history.jsonl"])
    assert '"merged"' not in old
    for folder in (desk.site, desk.store.parent):
        shutil.rmtree(folder)
    desk.site.mkdir()
    (desk.site / "history.jsonl").write_text(old, "utf-8")
    (desk.site / ".digest.json").write_text('{"files": {"history.jsonl": ""}}', "utf-8")
    assert desk.build("2026-11-21T09:00").edition.stories == (merger.merged,)


def test_stories_of_one_edition_become_one_in_it(tmp_path: Path) -> None:
    """To the reader of that edition all of it is new; the page of the one that was shown for some hours points on."""
    desk = Desk(tmp_path)
    desk.put(AGROUND)
    desk.build("2026-11-21T07:00")
    desk.put(HOSPITAL)
    before = {story.id: story for story in desk.build("2026-11-21T08:00").edition.stories}
    desk.put(*NEXT_DAY)
    [story] = desk.build("2026-11-21T09:00").edition.stories
    del before[story.id]
    [gone] = before.values()
    assert (story.change.kind, [part.id for part in story.merged]) == ("new", [gone.id])
    site = files(desk)
    assert "http-equiv" in site[page_of(gone)]
    assert gone.id not in site["2026/11/21/index.html"]
    assert len(entries(site)) == 1


def test_a_chain_leads_to_its_end() -> None:
    """A story that became part of one which became part of another: both pages point to the last one."""
    middle = replace(COMET_STORY, merged=(mention(BUDGET),))
    last = replace(MATCH_STORY, merged=(mention(COMET_STORY), *middle.merged))
    editions = (edition("2026-11-22", last, closed=False), edition("2026-11-21", middle), edition("2026-11-20", BUDGET))
    merged = pipeline.merges(editions)
    assert merged == {BUDGET.id: MATCH_STORY.id, COMET_STORY.id: MATCH_STORY.id}
    library = replace(shelf(*editions), merged=merged)
    site = {page.path: page.body.decode() for page in render.pages(library) if isinstance(page, Page)}
    for story in (BUDGET, COMET_STORY):
        assert f"url=../../stories/{MATCH_STORY.slug}-{MATCH_STORY.id}/index.html" in site[page_of(story)]
    for day in ("20", "21", "22"):
        assert f"2026/11/{day}/index.html" in site[page_of(MATCH_STORY)]


def test_histories_that_disagree_end_somewhere() -> None:
    """Two machines merged differently before their histories came together: no circle, and the newest word counts."""
    one_way = edition("2026-11-21", replace(BUDGET, merged=(mention(FERRY),)))
    other_way = edition("2026-11-22", replace(FERRY, merged=(mention(BUDGET), mention(COMET_STORY))))
    assert pipeline.merges((other_way, one_way)) == {BUDGET.id: FERRY.id, COMET_STORY.id: FERRY.id}
    assert pipeline.merges((one_way, edition("2026-11-20", replace(MATCH_STORY, merged=(mention(BUDGET),))))) == {
        FERRY.id: MATCH_STORY.id,
        BUDGET.id: MATCH_STORY.id,
    }


def test_what_was_left_out_comes_the_next_day(tmp_path: Path) -> None:
    """A busy day has room for one story; the other one is new on the next day, and on the third both are going."""
    desk = Desk(tmp_path)
    desk.put("ferry.txt", "ferry-told-elsewhere.txt", "bridge.txt")
    room = "[edition]\nmax_stories = 1"
    [first] = desk.build("2026-11-21", settings=room).edition.stories
    [second] = desk.build("2026-11-22", settings=room).edition.stories
    assert (first.change.kind, second.change.kind) == ("new", "new")
    assert {first.id} & {second.id} == set()
    third = desk.build("2026-11-23", settings=room).edition
    assert {line.id for line in third.still_going} == {first.id, second.id}
    assert third.stories == ()


def test_a_pointing_page_is_silent_about_a_hidden_article_without_a_headline(tmp_path: Path) -> None:
    """A part told by a private source alone was called by its first sentence, which is hidden with the article."""
    desk = Desk(tmp_path)
    private = f'[items."{HOSPITAL}"]\nprivate = true\n'
    desk.put(AGROUND)
    desk.build("2026-11-20T08:00", settings=private)
    desk.put(HOSPITAL)
    stories = desk.build("2026-11-20T12:00", settings=private).edition.stories
    [sentence] = (story.headline for story in stories if story.coverage[0].article.source.private)
    desk.put(*NEXT_DAY)
    desk.build("2026-11-21T08:00", settings=private)
    desk.build("2026-11-21T09:00", settings=f'{private}[overrides]\n"{HOSPITAL}".hide = true\n')
    assert sentence.startswith("The harbour hospital")
    telling = [path for path, text in files(desk).items() if sentence in text]
    assert telling == ["history.jsonl"]
