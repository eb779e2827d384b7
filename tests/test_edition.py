"""The edition: what is new, what grew, what stays, what is left out."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from html import unescape
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from digest.cli import main
from digest.edition import Period, Rule, edit, is_open, period
from digest.model import (
    Article,
    Change,
    Correction,
    Corrections,
    Coverage,
    Edition,
    Memory,
    Story,
    Telling,
    Topic,
)
from tests.values import BRIDGE, FERRY, article, at, memory, source, telling

ARTICLES = Path(__file__).parent / "articles"
TODAY = Period(id="2026-11-21", opened=at("2026-11-21 06:00"))
MORNING = at("2026-11-21 07:00")
NOON = at("2026-11-21 12:00")
NOTHING = Memory(first_seen={}, shown={}, stories=(), edition=None)
UNCORRECTED = Corrections()


def edited(
    *tellings: Telling,
    memory: Memory = NOTHING,
    now: datetime = MORNING,
    current: Period = TODAY,
    max_stories: int = 12,
    max_per_source: int = 4,
    rules: tuple[Rule, ...] = (),
    corrections: Corrections = UNCORRECTED,
) -> Edition:
    """Return the edition of some tellings with the usual settings."""
    return edit(
        tellings,
        memory=memory,
        now=now,
        current=current,
        title="The morning",
        max_stories=max_stories,
        max_per_source=max_per_source,
        window=timedelta(days=7),
        rules=rules,
        corrections=corrections,
    ).edition


def shown(
    *tellings: Telling,
    now: datetime = MORNING,
    rules: tuple[Rule, ...] = (),
    corrections: Corrections = UNCORRECTED,
) -> Memory:
    """Return the memory of an open edition that shows *tellings*."""
    edition = edited(*tellings, now=now, rules=rules, corrections=corrections)
    return memory(*edition.stories, edition=edition)


def closed(memory: Memory) -> Memory:
    """Return the same memory a day later: the edition has closed."""
    assert memory.edition is not None
    return replace(memory, edition=replace(memory.edition, id="2026-11-20", closed=True))


def only(edition: Edition) -> Story:
    """Return the one story of an edition."""
    [story] = edition.stories
    return story


@pytest.mark.parametrize(
    ("now", "day", "opened"),
    [
        ("2026-11-21 06:00", "2026-11-21", "2026-11-21 05:00"),
        ("2026-11-21 04:59", "2026-11-20", "2026-11-20 05:00"),
        ("2026-11-21 23:30", "2026-11-21", "2026-11-21 05:00"),
        ("2026-07-01 04:00", "2026-07-01", "2026-07-01 04:00"),
    ],
)
def test_an_edition_runs_from_one_closing_to_the_next(now: str, day: str, opened: str) -> None:
    """It bears the date of the day on which it opened, where the reader lives."""
    found = period(at(now), closes=time(6), timezone=ZoneInfo("Europe/Paris"))
    assert found == Period(id=day, opened=at(opened))


@given(st.integers(0, 366 * 24 * 4), st.sampled_from(["Europe/Paris", "America/New_York", "Pacific/Chatham"]))
def test_time_never_runs_backwards_through_summer_time(quarter: int, zone: str) -> None:
    """A quarter of an hour later it is the same edition or the next one, never an earlier one."""
    now = at("2026-01-01 00:00") + timedelta(minutes=15 * quarter)
    first, second = (
        period(moment, closes=time(2, 30), timezone=ZoneInfo(zone)) for moment in (now, now + timedelta(minutes=15))
    )
    assert first.opened <= now
    assert (first.id, first.opened) <= (second.id, second.opened)


def test_a_story_is_new_once() -> None:
    """What an earlier edition showed is not news again: one line says that it is still going."""
    ferry = telling("ferry", article("a"))
    assert only(edited(ferry)).change == Change(kind="new")
    next_day = edited(ferry, memory=closed(shown(ferry)))
    assert next_day.stories == ()
    assert [mention.id for mention in next_day.still_going] == ["ferry"]


def test_a_build_without_news_changes_nothing() -> None:
    """The same articles an hour later give the same edition, issued when it was."""
    ferry = telling("ferry", article("a"))
    before = shown(ferry)
    assert edited(ferry, memory=before, now=NOON) == before.edition


def test_a_story_that_grew_is_shown_again_with_what_is_new_marked() -> None:
    """Another source makes it grow: `updated` moves, `first_shown`, id and slug stay."""
    first, second = article("a"), article("b", BRIDGE[0], headline="Ferry aground")
    before = closed(shown(telling("ferry", first)))
    story = only(edited(telling("ferry", first, second, headline="Ferry aground"), memory=before, now=NOON))
    assert story.change == Change(kind="grown", sources=1, sentences=(1,))
    assert (story.first_shown, story.updated) == (MORNING, NOON)
    assert story.slug == "night-ferry-runs-aground-off-holm"


def test_growing_in_the_edition_that_is_new_leaves_it_new() -> None:
    """To the reader of this edition the whole story is news; subscribers are told by `updated`."""
    first, second = article("a"), article("b", *BRIDGE)
    story = only(edited(telling("ferry", first, second), memory=shown(telling("ferry", first)), now=NOON))
    assert (story.change.kind, story.first_shown, story.updated) == ("new", MORNING, NOON)


def test_a_second_growth_in_one_edition_adds_up() -> None:
    """What is new is counted from the edition before, however many builds it took."""
    first, second, third = article("a"), article("b", BRIDGE[0]), article("c", BRIDGE[1])
    yesterday = closed(shown(telling("ferry", first)))
    grown = edited(telling("ferry", first, second), memory=yesterday)
    again = edited(telling("ferry", first, second, third), memory=memory(*grown.stories, edition=grown), now=NOON)
    assert only(again).change == Change(kind="grown", sources=2, sentences=(1, 2))


def test_a_reprint_moves_nothing() -> None:
    """A copy of what was told is listed where the story stands, and is no news."""
    first, copy = article("a"), article("b")
    folded = telling("ferry", Coverage(article=first, reprints=(copy,)))
    before = shown(telling("ferry", first))
    story = only(edited(folded, memory=before, now=NOON))
    assert (story.updated, len(story.coverage[0].reprints)) == (MORNING, 1)
    assert edited(folded, memory=closed(before)).stories == ()


def test_a_correction_by_the_source_is_told() -> None:
    """Another version of an article that changes the wording moves `updated` and is called a correction."""
    before = closed(shown(telling("ferry", article("a"))))
    mended = article("a", FERRY[0].replace("214", "241"), version="2")
    story = only(edited(telling("ferry", mended), memory=before, now=NOON))
    assert (story.change.kind, story.updated) == ("corrected", NOON)


def test_a_new_cleaner_moves_no_date() -> None:
    """The same version of an article, cleaned otherwise, is shown better and is no news."""
    before = shown(telling("ferry", article("a", *FERRY)))
    story = only(edited(telling("ferry", article("a", FERRY[1])), memory=before, now=NOON))
    assert story.summary[0].text == FERRY[1]
    assert story.updated == MORNING


def test_updated_is_strictly_increasing() -> None:
    """Even when the clock stands still between two builds."""
    first, second = article("a"), article("b", *BRIDGE)
    story = only(edited(telling("ferry", first, second), memory=shown(telling("ferry", first))))
    assert story.updated == MORNING + timedelta(seconds=1)


def test_a_story_whose_files_are_gone_stays() -> None:
    """What the open edition has shown does not vanish with the file."""
    before = shown(telling("ferry", article("a")))
    assert edited(memory=replace(before, first_seen={}, shown={}), now=NOON).stories == before.stories


def test_an_article_that_is_gone_keeps_its_quotation_when_the_story_grows() -> None:
    """The old telling cannot be made again, so it is kept beside the new one."""
    first, second = article("a"), article("b", *BRIDGE, day="2026-11-21")
    before = closed(shown(telling("ferry", first)))
    with_new = replace(before, shown={"b": "ferry"}, first_seen={})
    story = only(edited(telling("ferry", second), memory=with_new, now=NOON))
    assert [quote.article for quote in story.summary] == ["a", "b"]
    assert [text.article.key for text in story.coverage] == ["a", "b"]


def on(told: Telling, *leaning: tuple[str, float]) -> Telling:
    """Return a telling that leans to these topics, and has them when the first is at least .8 sure."""
    topics = tuple(Topic(code=f"medtop:{name}", label=name, score=score) for name, score in leaning)
    return replace(told, topics=topics if topics and topics[0].score >= 0.8 else (), leaning=topics)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ([("sport", 0.85)], ["sport"]),
        ([("sport", 0.55), ("health", 0.2)], ["sport", "health"]),
        ([("sport", 0.45)], []),
        ([("health", 0.65), ("sport", 0.3)], []),
        ([("health", 0.85), ("politics", 0.1)], ["sport", "health", "politics"]),
        ([("health", 0.85), ("sport", 0.1)], ["sport", "health"]),
        ([("health", 0.92), ("sport", 0.05)], ["health", "sport"]),
        ([], []),
    ],
)
def test_the_main_topic_stays_unless_the_evidence_turns(now: list[tuple[str, float]], expected: list[str]) -> None:
    """A growing story stays where it was found, until another topic is clearly right or it is clearly unsure."""
    first, second = article("a"), article("b", *BRIDGE)
    before = closed(shown(on(telling("ferry", first), ("sport", 0.81))))
    story = only(edited(on(telling("ferry", first, second), *now), memory=before, now=NOON))
    assert [topic.label for topic in story.topics] == expected


def test_a_suggestion_goes_with_the_topic_that_it_stands_below() -> None:
    """When the main topic stays against the tagger's word, what is suggested below the other one is not shown."""
    first, second = article("a"), article("b", *BRIDGE)
    before = closed(shown(on(telling("ferry", first), ("sport", 0.81))))
    vaccine = Topic(code="medtop:20000464", label="vaccine", score=0.5)
    for sureness, expected in ((0.85, None), (0.92, vaccine)):
        grown = replace(on(telling("ferry", first, second), ("health", sureness)), suggested=vaccine)
        assert only(edited(grown, memory=before, now=NOON)).suggested == expected
    assert only(edited(replace(on(telling("ferry", first), ("health", 0.8)), suggested=vaccine))).suggested == vaccine


def test_topics_of_the_owner_come_first() -> None:
    """They are decided anew each time, and do not keep the tagger's from being steady."""
    first, second = article("a"), article("b", *BRIDGE)
    harbour = Topic(code="own:harbour", label="Harbour", score=1.0)
    before = closed(shown(replace(on(telling("ferry", first), ("sport", 0.81)), own=(harbour,))))
    grown = on(telling("ferry", first, second), ("sport", 0.65))
    assert [topic.label for topic in only(edited(grown, memory=before)).topics] == ["sport"]
    again = replace(grown, own=(harbour,))
    assert [topic.label for topic in only(edited(again, memory=before)).topics] == ["Harbour", "sport"]


def test_by_hand_wins_over_rules_and_rules_over_the_tagger() -> None:
    """What the owner says of one story takes the place of all its topics, and rules judge it by that."""
    harbour, health = (Topic(code=code, label=code, score=1.0) for code in ("own:harbour", "medtop:health"))
    told = replace(on(telling("ferry", article("a")), ("sport", 0.9)), suggested=health)
    file = Rule(name="a rule", action="file", files=health)
    by_hand = Corrections(stories={"ferry": Correction(name="", topics=(harbour,))})
    found = [
        edited(told, rules=(file,)),
        edited(told, corrections=by_hand),
        edited(told, rules=(file,), corrections=by_hand),
    ]
    assert [[topic.label for topic in only(edition).topics] for edition in found] == [
        ["medtop:health", "sport"],
        ["own:harbour"],
        ["own:harbour"],
    ]
    assert [only(edition).suggested for edition in found] == [None] * 3
    for topic, count in (("own:harbour", 0), ("medtop:sport", 1), ("medtop:health", 1)):
        drop = Rule(name="a rule", action="drop", topics=frozenset({topic}))
        assert len(edited(told, rules=(file, drop), corrections=by_hand).stories) == count


@pytest.mark.parametrize("grown", [False, True])
def test_what_the_owner_says_of_topics_holds_while_it_is_said(grown: bool) -> None:
    """Without override or rule the story goes back to the tagger, whose main topic is steady all the same."""
    first, second = article("a"), article("b", *BRIDGE)
    told = on(telling("ferry", first), ("sport", 0.81))
    health = Topic(code="medtop:health", label="health", score=1.0)
    by_hand = Corrections(stories={"ferry": Correction(name="", topics=(health,))})
    file = Rule(name="", action="file", files=health)
    for before in (shown(told, corrections=by_hand), shown(told, rules=(file,))):
        assert before.stories[0].topics[0].label == "health"
        later = closed(before) if grown else before
        again = on(telling("ferry", first, *([second] if grown else [])), ("politics", 0.85))
        assert [topic.label for topic in only(edited(again, memory=later)).topics] == ["sport", "politics"]


def test_a_story_without_topic_gets_one_when_the_tagger_is_sure() -> None:
    """What it merely leaned to was never shown, and is not kept."""
    first, second = article("a"), article("b", *BRIDGE)
    before = closed(shown(on(telling("ferry", first), ("sport", 0.7))))
    grown = telling("ferry", first, second)
    assert only(edited(on(grown, ("sport", 0.75)), memory=before)).topics == ()
    assert [t.label for t in only(edited(on(grown, ("health", 0.8)), memory=before)).topics] == ["health"]


def test_a_closed_story_never_changes() -> None:
    """Ten days after its latest article a story takes no more."""
    story = shown(telling("ferry", article("a"))).stories[0]
    assert is_open(story, opened=MORNING + timedelta(days=10))
    assert not is_open(story, opened=MORNING + timedelta(days=10, seconds=1))
    forgotten = replace(closed(shown(telling("ferry", article("a")))), stories=())
    late = telling("ferry", article("a"), article("b", *BRIDGE))
    assert edited(late, memory=forgotten).stories == ()


def test_a_full_edition_says_what_it_left_out() -> None:
    """There is room for so many stories; the others stand in one line with the reason."""
    both = (telling("ferry", article("a"), article("b")), telling("bridge", article("c", headline="Bridge")))
    edition = edited(*both, max_stories=1)
    assert only(edition).id == "ferry"
    assert [(line.headline, line.reason) for line in edition.left_out] == [("Bridge", "an edition holds at most 1")]


def test_what_was_left_out_is_not_lost() -> None:
    """A story that no edition has shown is new on the next day."""
    both = (telling("ferry", article("a"), article("b")), telling("bridge", article("c", headline="Bridge")))
    first = edited(*both, max_stories=1)
    tomorrow = edited(*both, memory=closed(memory(*first.stories, edition=first)), max_stories=1)
    assert only(tomorrow).id == "bridge"


def test_growth_that_finds_no_room_comes_the_next_day() -> None:
    """Until then the story is still going; what is new is counted from what was shown."""
    bridge = telling("bridge", article("c", *BRIDGE), article("d", BRIDGE[1]))
    yesterday = shown(telling("bridge", article("c", *BRIDGE)))
    big = telling("ferry", article("a"), article("b"), article("e"))
    busy = edited(bridge, big, memory=closed(yesterday), max_stories=1)
    assert (only(busy).id, [line.id for line in busy.still_going]) == ("ferry", ["bridge"])
    after = memory(*yesterday.stories, *busy.stories, edition=replace(busy, id="2026-11-20"))
    assert only(edited(bridge, big, memory=after, max_stories=1)).change == Change(
        kind="grown", sources=1, sentences=(1,)
    )


def joined(*texts: Article) -> Telling:
    """Return the telling of the ferry, which takes in the story of the bridge."""
    told = telling("ferry", *texts)
    return replace(told, cluster=replace(told.cluster, merged=("bridge",)))


def test_a_merger_that_finds_no_room_waits() -> None:
    """Both stories are still going then, each on its own page."""
    first, second, new = article("a"), article("b", BRIDGE[0]), article("c", BRIDGE[1])
    yesterday = closed(shown(telling("ferry", first), telling("bridge", second)))
    big = telling("big", *(article(key) for key in "defg"))
    busy = edited(joined(first, second, new), big, memory=yesterday, max_stories=1)
    assert only(busy).id == "big"
    assert sorted(line.id for line in busy.still_going) == ["bridge", "ferry"]
    story = only(edited(joined(first, second, new), memory=yesterday))
    assert ([part.id for part in story.merged], story.change) == (
        ["bridge"],
        Change(kind="grown", stories=1, sources=2, sentences=(2,)),
    )


def test_a_story_takes_the_place_of_one_that_becomes_part_of_it() -> None:
    """What the open edition has shown stays in it: now as part of the story that was shown first."""
    first, second, new = article("a"), article("b", BRIDGE[0]), article("c", BRIDGE[1])
    ferry = closed(shown(telling("ferry", first)))
    bridge = edited(telling("bridge", second), memory=ferry, now=NOON)
    before = memory(*ferry.stories, *bridge.stories, edition=bridge)
    big = telling("big", *(article(key) for key in "defg"))
    edition = edited(joined(first, second, new), big, memory=before, now=NOON, max_stories=1)
    [_, story] = edition.stories
    assert (story.id, story.change) == ("ferry", Change(kind="grown", stories=1, sources=2, sentences=(1, 2)))
    assert story.updated > bridge.stories[0].updated
    assert edition.still_going == ()


def test_a_merger_keeps_the_quotations_of_what_is_gone() -> None:
    """Nothing else can stand for an article of either story that is no longer at hand."""
    first, second, new = article("a"), article("b", BRIDGE[0]), article("c", BRIDGE[1], day="2026-11-21")
    before = closed(shown(telling("ferry", first), telling("bridge", second)))
    story = only(edited(joined(first, new), memory=before))
    assert [quote.article for quote in story.summary] == ["b", "a", "c"]
    assert [text.article.key for text in story.coverage] == ["a", "b", "c"]


def test_a_later_story_pushes_none_out() -> None:
    """What stands in the open edition stays, also when something bigger comes in."""
    small, big = telling("bridge", article("c")), telling("ferry", article("a"), article("b"))
    edition = edited(small, big, memory=shown(small), now=NOON, max_stories=1)
    assert [story.id for story in edition.stories] == ["ferry", "bridge"]


def test_one_feed_does_not_fill_the_edition() -> None:
    """Stories that rest on one feed alone are counted; files are not."""
    feed = source("Example Wire", feed=True)
    tellings = [telling(f"s{i}", article(f"a{i}", of=feed)) for i in range(3)]
    edition = edited(*tellings, max_per_source=2)
    assert len(edition.stories) == 2
    assert edition.left_out[0].reason == "2 stories rest on this source alone"
    files = [telling(f"s{i}", article(f"a{i}", of=source("Files"))) for i in range(3)]
    assert len(edited(*files, max_per_source=2).stories) == 3


def test_an_old_entry_of_a_feed_is_no_news_and_an_old_file_is() -> None:
    """Whoever puts a file there means it."""
    feed = source("Example Wire", feed=True)
    assert edited(telling("ferry", article("a", day="2026-11-01", of=feed))).stories == ()
    assert len(edited(telling("ferry", article("a", day="2026-11-01"))).stories) == 1


def test_more_sources_and_fresher_news_come_first() -> None:
    """The order is total: whatever order the tellings come in, the page is the same."""
    tellings = [
        telling("old", article("a", day="2026-11-01")),
        telling("wide", article("b"), article("c")),
        telling("fresh", article("d", day="2026-11-21")),
    ]
    assert [story.id for story in edited(*tellings).stories] == ["wide", "fresh", "old"]
    assert edited(*reversed(tellings)) == edited(*tellings)


def test_whole_texts_stay_behind_unless_the_source_allows_them() -> None:
    """What is remembered and published holds quotations, not articles."""
    kept, free = article("a"), article("b", of=source("Free Press", republish=True))
    by_key = {text.article.key: text.article for text in only(edited(telling("ferry", kept, free))).coverage}
    assert by_key["a"].paragraphs == ()
    assert by_key["b"].paragraphs == free.paragraphs


def test_of_a_private_source_nothing_is_kept_but_the_quoted_sentences() -> None:
    """Neither pages nor the ledger can show what is not there: address, headline, authors, neighbours."""
    secret = article("a", of=source("Letter", private=True, republish=True), url="https://example.org/?key=1")
    told = telling("ferry", secret)
    around = replace(told, summary=(replace(told.summary[0], before="Before.", after="After."),))
    story = only(edited(around))
    [kept] = [text.article for text in story.coverage]
    assert (kept.url, kept.headline, kept.byline, kept.paragraphs) == (None, "", (), ())
    [quoted] = story.summary
    assert quoted.text == FERRY[0]
    assert (quoted.before, quoted.after, quoted.fragment) == ("", "", "")


LETTER = source("Letter", private=True)


def test_a_story_does_not_bear_the_headline_of_a_private_source() -> None:
    """That of the public article that is quoted first stands for it, else the first quoted sentence."""
    secret, early, late = (
        article("a", headline="Do not forward", of=LETTER),
        article("b", headline="Ferry aground"),
        article("c", headline="Ferry off"),
    )
    told = telling("ferry", secret, early, late)
    story = only(edited(told))
    assert (story.headline, story.slug) == ("Ferry aground", "ferry-aground")
    quoted_otherwise = replace(told, summary=(told.summary[2], told.summary[1]))
    assert only(edited(quoted_otherwise)).headline == "Ferry off"
    assert only(edited(telling("ferry", secret))).headline == FERRY[0]


def test_a_private_story_that_is_left_out_is_not_given_away() -> None:
    """Its line holds a sentence that would be quoted, no headline and no address."""
    secret = article("a", headline="Do not forward", of=LETTER, url="https://example.org/?key=1")
    both = (telling("big", article("b"), article("c")), telling("ferry", secret))
    [line] = edited(*both, max_stories=1).left_out
    assert (line.headline, line.url) == (FERRY[0], None)


def test_names_that_only_a_private_source_gives_are_kept_back() -> None:
    """Those that a quoted sentence or another source gives are not."""
    secret = article("a", FERRY[0], "Ada Moss of Norrby wrote this.", of=LETTER)
    named = replace(telling("ferry", secret), keywords=("Holm", "Ada Moss", "Norrby"))
    assert only(edited(named)).keywords == ("Holm",)
    with_public = replace(telling("ferry", secret, article("b", *BRIDGE)), keywords=named.keywords)
    assert only(edited(with_public)).keywords == ("Holm", "Norrby")


def test_neither_address_nor_file_of_a_private_source_is_told() -> None:
    """A name that its owner gave it is; ids stay apart, and the same from day to day."""
    feed = replace(source("Letters"), id="mail-example-1a2b3c", private=True, url="https://mail.example/")
    file = replace(source("about the loan"), id="file-a2b3", private=True)
    story = only(edited(telling("ferry", article("a", of=feed), article("b", of=file))))
    letters, letter = (text.article.source for text in story.coverage)
    assert (letters.name, letters.url, letter.name) == ("Letters", None, "A private source")
    assert letters.id != letter.id
    assert not any("mail" in each.id or "a2b3" in each.id for each in (letters, letter))


def test_a_private_story_that_nothing_happened_to_is_no_correction() -> None:
    """What is held back today was held back yesterday."""
    ferry = telling("ferry", article("a", headline="Do not forward", of=LETTER))
    before = shown(ferry)
    assert edited(ferry, memory=before, now=NOON) == before.edition


def test_the_site_holds_nothing_of_a_private_file_but_its_quotations(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No page, feed or ledger has its headline, its author, its address or a sentence that is not quoted."""
    headline, _, *sentences = (ARTICLES / "ferry.txt").read_text("utf-8").strip().split("\n\n")
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "ferry.txt").write_text("\n\n".join([headline, "By Ada Moss", *sentences]), "utf-8")
    (tmp_path / "digest.toml").write_text(
        "[summary]\nsentences = 1\n[items.'ferry.txt']\nprivate = true\nrepublish = true\n"
        "url = 'https://example.org/?key=1'\nsource = 'Letters'"
    )
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, ["build", "--date", "2026-11-21"]).exit_code == 0
    files = [path for path in sorted((tmp_path / "site").rglob("*")) if path.is_file()]
    site = unescape("\n".join(path.read_bytes().decode("utf-8", "replace") for path in files))
    quoted = [sentence for sentence in sentences if sentence in site]
    assert len(quoted) == 1
    for secret in (headline, "Ada Moss", "key=1", *(s[:40] for s in sentences if s not in quoted)):
        assert secret not in site
