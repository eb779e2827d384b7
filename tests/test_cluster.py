"""Cluster: what tells of one event is one story, and a story stays the story it was."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.cluster import assign, assign_in_turn, cluster, rarity, verdict
from digest.cluster.days import Days, days
from digest.cluster.likeness import likenesses
from digest.cluster.linkage import join, link
from digest.cluster.merging import found_one
from digest.cluster.portraits import DEEDS, FIGURES, NAME, PAIR, TITLED, WORD, portraits
from digest.cluster.sections import begins, highest, summed
from digest.cluster.shared import shared
from digest.cluster.traits import traits
from digest.cluster.turns import in_turn
from digest.model import Article, Change, Coverage, Dated, Memory, Mention, Story
from digest.text import short_id
from tests.values import article, at, memory

FERRY = [
    article(
        "ferry-1",
        "The night ferry between Holm and Sandvik ran aground on a reef early on Tuesday with 214 people on board.",
        "Fishing boats took everyone ashore before sunrise, the coast guard said. Nobody was seriously hurt.",
        headline="Night ferry with 214 aboard runs aground off Holm",
        day="2026-11-17",
    ),
    article(
        "ferry-2",
        "All 214 passengers of the Holm ferry are safe after fishermen from Sandvik brought them to land in the dark.",
        "The ferry struck a reef an hour after it had left the harbour, the coast guard said on Tuesday.",
        headline="Fishermen save passengers of stranded ferry",
        day="2026-11-17",
    ),
    article(
        "ferry-3",
        "Divers began on Wednesday to examine the hull of the night ferry that ran aground on a reef off Holm.",
        "The ferry company said it would tow the ship to Sandvik as soon as the coast guard allowed it.",
        headline="Divers examine ferry stranded off Holm",
        day="2026-11-18",
    ),
]
STORM_NORTH = [
    article(
        "north-1",
        "Storm Brita tore roofs off houses in Norrby on Friday and left 9,000 homes in the north without power.",
        "Schools in Norrby stayed closed while crews cleared fallen spruces from the coast road.",
        headline="Storm Brita leaves 9,000 homes in Norrby without power",
        day="2026-11-20",
    ),
    article(
        "north-2",
        "Power crews in Norrby worked through the night after Storm Brita had felled spruces across the coast road.",
        "About 9,000 homes were cut off on Friday; half of them had light again by Saturday morning.",
        headline="Crews restore power to Norrby after Storm Brita",
        day="2026-11-21",
    ),
]
STORM_SOUTH = [
    article(
        "south-1",
        "Storm Carsten drove the sea over the dikes at Vesthavn on Friday and drowned some forty sheep.",
        "The mayor of Vesthavn asked farmers to bring their animals to the high meadows before the next tide.",
        headline="Sea breaks dikes at Vesthavn in Storm Carsten",
        day="2026-11-20",
    ),
    article(
        "south-2",
        "Farmers at Vesthavn counted dead sheep on Saturday after Storm Carsten had pushed the tide over the dikes.",
        "Soldiers filled the gaps with sandbags, the mayor said, and the meadows would be salty for years.",
        headline="Sheep drowned as Storm Carsten floods Vesthavn meadows",
        day="2026-11-21",
    ),
]
MATCH_MEN = [
    article(
        "men-1",
        "Two late goals by Aron Lund gave Holm a 3-2 win over Tarnvik in the men's cup final on Saturday.",
        "Lund headed in the winner from a corner in the last minute, after Tarnvik had led twice.",
        headline="Lund's late goals win the cup for Holm",
        day="2026-11-21",
    ),
    article(
        "men-2",
        "Holm beat Tarnvik 3-2 to win the men's cup on Saturday with a last-minute header by Aron Lund.",
        "Tarnvik led twice before Lund scored from a corner.",
        headline="Holm win cup in last minute against Tarnvik",
        day="2026-11-21",
    ),
]
MATCH_WOMEN = [
    article(
        "women-1",
        "Goalkeeper Siri Dahl saved three penalties as Sandvik won the women's cup on Saturday after a goalless final.",
        "Norrby had hit the post twice in extra time before the shoot-out.",
        headline="Dahl saves three penalties and wins Sandvik the cup",
        day="2026-11-21",
    ),
    article(
        "women-2",
        "Sandvik are women's cup winners after Siri Dahl stopped three of Norrby's penalties on Saturday.",
        "The final had ended without a goal after extra time, in which Norrby struck the post twice.",
        headline="Sandvik win women's cup on penalties against Norrby",
        day="2026-11-21",
    ),
]
EVENTS = [FERRY, STORM_NORTH, STORM_SOUTH, MATCH_MEN, MATCH_WOMEN]
ALL = [one for event in EVENTS for one in event]


NOTHING = memory()


def told(*articles: Article) -> list[Coverage]:
    """Return each article as coverage without reprints."""
    return [Coverage(article=one) for one in articles]


def stories(*articles: Article, memory: Memory = NOTHING) -> dict[str, list[str]]:
    """Return the keys of the articles of every story."""
    return {c.id: [each.article.key for each in c.coverage] for c in cluster(told(*articles), memory=memory)}


def shown(story_id: str, *articles: Article) -> Story:
    """Return a story as an earlier edition showed it."""
    return Story(
        id=story_id,
        slug="shown",
        headline=articles[0].headline,
        language="en",
        summary=(),
        topics=(),
        keywords=(),
        coverage=tuple(Coverage(article=replace(one, paragraphs=())) for one in articles),
        first_shown=at("2026-11-18 06:00"),
        updated=at("2026-11-18 06:00"),
        change=Change(kind="new"),
    )


def closed(earlier: Memory) -> Memory:
    """Return the memory in which no story can grow any more."""
    return replace(earlier, stories=())


def undated(one: Article) -> Article:
    """Return the article without a date."""
    return replace(one, published=None)


def test_one_event_is_one_story() -> None:
    """Three sources on one shipwreck, in words of their own, are one story."""
    assert list(stories(*FERRY).values()) == [["ferry-1", "ferry-2", "ferry-3"]]


@pytest.mark.parametrize(
    ("one", "other"), [(STORM_NORTH, STORM_SOUTH), (MATCH_MEN, MATCH_WOMEN)], ids=["storms", "cup finals"]
)
def test_events_of_one_kind_stay_apart(one: list[Article], other: list[Article]) -> None:
    """Two storms, or two finals, on the same day are two stories."""
    found = stories(*one, *other)
    assert sorted(found.values()) == sorted([[a.key for a in one], [a.key for a in other]])


@pytest.mark.parametrize("dated", [True, False], ids=["dated", "undated"])
def test_a_whole_morning_is_sorted_into_its_events(dated: bool) -> None:
    """Articles on five events make five stories, with dates or without."""
    articles = ALL if dated else [undated(one) for one in ALL]
    assert sorted(stories(*articles).values()) == sorted([a.key for a in event] for event in EVENTS)


def test_the_same_words_a_year_apart_are_two_stories() -> None:
    """A ferry that runs aground every autumn makes a story every autumn."""
    last_year = replace(FERRY[1], published=article("x", day="2025-11-17").published)
    assert len(stories(FERRY[0], last_year)) == 2


def test_an_unknown_date_neither_joins_nor_parts() -> None:
    """An article without a date goes with its event, and stands last in its story."""
    assert list(stories(undated(FERRY[0]), *FERRY[1:]).values()) == [["ferry-2", "ferry-3", "ferry-1"]]


def test_first_sight_is_an_unknown_date() -> None:
    """That we found an old page today does not make it news of today."""
    sight = Dated(value=at("2027-03-01 08:00"), precision="minute", zone_known=True, origin="first_seen")
    late_found = replace(FERRY[0], published=sight)
    assert list(stories(late_found, *FERRY[1:]).values()) == [["ferry-2", "ferry-3", "ferry-1"]]


def test_a_feed_brings_what_is_new() -> None:
    """What a feed brings without a date is of about the day on which it was first seen."""
    sight = Dated(value=at("2027-03-01 08:00"), precision="minute", zone_known=True, origin="first_seen")
    brought = replace(FERRY[0], published=sight, source=replace(FERRY[0].source, feed=True))
    assert len(stories(brought, *FERRY[1:])) == 2


def test_other_languages_are_not_grouped_by_words() -> None:
    """The same words in what is said to be another language prove nothing."""
    other = replace(FERRY[0], key="z", language="da")
    assert len(stories(FERRY[0], other)) == 2


def test_region_does_not_make_a_language() -> None:
    """British and American English are one language."""
    british, american = replace(FERRY[0], language="en-GB"), replace(FERRY[1], language="en-US")
    assert len(stories(british, american)) == 1


def test_a_story_is_named_after_its_first_article() -> None:
    """The id of a new story comes from the article that was published first."""
    assert list(stories(*reversed(FERRY))) == [short_id("story", "ferry-1")]


def test_a_shown_story_keeps_its_id() -> None:
    """A story that grows is the same story."""
    earlier = memory(shown("first-id", FERRY[0]))
    assert stories(*FERRY, memory=earlier) == {"first-id": ["ferry-1", "ferry-2", "ferry-3"]}


def test_a_back_dated_article_does_not_found_a_story_anew() -> None:
    """An older article that turns up late joins the story in front, and changes nothing of its id."""
    earlier = memory(shown("first-id", FERRY[1], FERRY[2]))
    late = replace(FERRY[0], published=article("x", day="2026-11-16").published)
    assert stories(late, *FERRY[1:], memory=earlier) == {"first-id": ["ferry-1", "ferry-2", "ferry-3"]}


def test_what_was_shown_together_stays_together() -> None:
    """A story is not split, though we would not join its articles today."""
    earlier = memory(shown("first-id", FERRY[0], MATCH_MEN[0]))
    assert stories(FERRY[0], MATCH_MEN[0], memory=earlier) == {"first-id": ["ferry-1", "men-1"]}


def test_what_was_shown_apart_stays_apart_without_news() -> None:
    """Two shown stories are not merged because we would join their articles today: nothing has happened."""
    earlier = memory(shown("one", FERRY[0]), shown("two", FERRY[1]))
    assert stories(*FERRY[:2], memory=earlier) == {"one": ["ferry-1"], "two": ["ferry-2"]}


def test_news_makes_one_of_two_shown_stories() -> None:
    """When a new article shows that two stories are one, the one shown first goes on and says what it takes in."""
    later = replace(shown("one", FERRY[0]), first_shown=at("2026-11-18 07:00"))
    earlier = memory(later, shown("two", FERRY[1]))
    [found] = cluster(told(*FERRY), memory=earlier)
    assert (found.id, found.merged) == ("two", ("one",))
    assert [each.article.key for each in found.coverage] == ["ferry-1", "ferry-2", "ferry-3"]


def test_it_takes_more_to_merge_stories_than_to_group_articles() -> None:
    """What is enough to group two articles leaves two shown stories apart; only when there is no doubt they are one."""
    groups = {"one": [0], "two": [1, 2]}
    doubtful, beyond = ({(0, 1): value, (0, 2): value} for value in (0.6, 0.7))
    assert list(found_one(["one", "two"], groups, doubtful, {2})) == []
    assert list(found_one(["one", "two"], groups, beyond, {2})) == [["one", "two"]]


def test_twins_stay_apart_when_they_grow() -> None:
    """Two storms stay two stories, whichever of them a new article goes to."""
    earlier = memory(shown("north", STORM_NORTH[0]), shown("south", STORM_SOUTH[0]))
    found = cluster(told(*STORM_NORTH, *STORM_SOUTH), memory=earlier)
    assert {each.id: each.merged for each in found} == {"north": (), "south": ()}


@pytest.mark.parametrize("apart", [("ferry-1", "two"), ("gone", "two"), ("ferry-2", "one")])
def test_what_the_owner_keeps_apart_is_never_merged(apart: tuple[str, str]) -> None:
    """Whatever news says: not as long as a story holds an article that is none of the other's, at hand or not."""
    earlier = memory(shown("one", replace(FERRY[0], key="gone"), FERRY[0]), shown("two", FERRY[1]))
    [merged] = cluster(told(*FERRY), memory=earlier)
    assert (merged.id, merged.merged) == ("one", ("two",))
    assert {each.id for each in cluster(told(*FERRY), memory=earlier, apart={apart})} == {"one", "two"}


def test_what_is_to_stay_alone_is_never_merged() -> None:
    """Unless the owner says so."""
    earlier = memory(shown("one", FERRY[0]), shown("two", FERRY[1]))
    assert {each.id for each in cluster(told(*FERRY), memory=earlier, alone={"two"})} == {"one", "two"}
    [found] = cluster(told(*FERRY), memory=earlier, alone={"two"}, joined={"one": "two"})
    assert (found.id, found.merged) == ("two", ("one",))


def test_a_story_that_was_not_shown_can_be_joined_too() -> None:
    """To a shown one, or to another that was not; a shown one never to one that was not."""
    earlier = memory(shown("men", MATCH_MEN[0]))
    arrived = told(MATCH_MEN[0], MATCH_WOMEN[0], STORM_NORTH[0])
    women, north = (each.id for each in cluster(arrived, memory=earlier) if each.id != "men")
    [found] = cluster(arrived, memory=earlier, joined={women: north, north: "men"})
    assert (found.id, {*found.merged}) == ("men", {women, north})
    assert len(cluster(arrived, memory=earlier, joined={women: north})) == 2
    assert len(cluster(arrived, memory=earlier, joined={"men": women, north: "nowhere"})) == 3


def test_a_closed_story_is_never_merged() -> None:
    """What is over stays as it was, whatever news says and the reader asks for."""
    earlier = memory(shown("old", FERRY[0]), shown("open", FERRY[1]))
    earlier = replace(earlier, stories=earlier.stories[1:])
    assert stories(*FERRY, memory=earlier) == {"old": ["ferry-1"], "open": ["ferry-2", "ferry-3"]}
    for joined in ({"old": "open"}, {"open": "old"}):
        assert {each.id for each in cluster(told(*FERRY), memory=earlier, joined=joined)} == {"old", "open"}


def test_stories_are_joined_as_the_reader_asks() -> None:
    """A chain leads to its end, also through a story that is part of another one by now, which may be its own."""
    part = Mention(id="gone", slug="gone", headline="Gone", language="en")
    north = replace(shown("north", STORM_NORTH[0]), merged=(part,))
    earlier = memory(shown("men", MATCH_MEN[0]), shown("women", MATCH_WOMEN[0]), north)
    joined = {"men": "women", "women": "gone", "nowhere": "men", "north": "gone"}
    [found] = cluster(told(MATCH_MEN[0], MATCH_WOMEN[0], STORM_NORTH[0]), memory=earlier, joined=joined)
    assert (found.id, found.merged) == ("north", ("men", "women"))


def test_a_circle_joins_nothing() -> None:
    """Two stories cannot each become part of the other."""
    earlier = memory(shown("men", MATCH_MEN[0]), shown("women", MATCH_WOMEN[0]))
    with pytest.raises(ValueError, match="part of itself"):
        cluster(told(MATCH_MEN[0]), memory=earlier, joined={"men": "women", "women": "men"})


def test_copies_that_two_stories_showed_stay_where_they_were() -> None:
    """A shown article that now repeats one of another story moves nowhere; a new copy goes where there is news."""
    earlier = memory(shown("one", STORM_NORTH[0]), shown("two", MATCH_MEN[0]))
    new = replace(STORM_NORTH[0], key="new")
    folded = Coverage(article=STORM_NORTH[0], reprints=(replace(STORM_NORTH[0], key="men-1"), new))
    kept_open = {each.id: each.coverage for each in cluster([folded], memory=earlier)}
    assert kept_open["one"] == (Coverage(article=STORM_NORTH[0], reprints=(new,)),)
    assert [each.article.key for each in kept_open["two"]] == ["men-1"]
    one_closed = replace(earlier, stories=earlier.stories[1:])
    [told_again] = [each.coverage for each in cluster([folded], memory=one_closed) if each.id == "two"]
    assert [reprint.key for reprint in told_again[0].reprints] == ["new"]


def test_a_closed_story_takes_nothing_new() -> None:
    """News of an old event founds a story of its own once the old one is closed."""
    earlier = closed(memory(shown("old", FERRY[0])))
    assert stories(*FERRY, memory=earlier) == {
        "old": ["ferry-1"],
        short_id("story", "ferry-2"): ["ferry-2", "ferry-3"],
    }


def test_a_story_is_remembered_by_its_reprints_too() -> None:
    """When a copy turns out to be older than the article that was shown, the story stays."""
    original = replace(FERRY[0], key="wire", published=article("x", day="2026-11-16").published)
    earlier = memory(shown("first-id", FERRY[0]))
    [found] = cluster([Coverage(article=original, reprints=(FERRY[0],))], memory=earlier)
    assert found.id == "first-id"


def test_an_id_is_never_given_twice() -> None:
    """A story whose founding article was once shown elsewhere gets another id."""
    taken = short_id("story", "ferry-1")
    earlier = closed(memory(shown(taken, STORM_NORTH[0])))
    found = stories(FERRY[0], STORM_NORTH[0], memory=earlier)
    assert found[taken] == ["north-1"]
    assert len(found) == 2


def test_remembered_articles_that_are_not_at_hand_are_left_out() -> None:
    """Only coverage that is handed in comes out."""
    earlier = memory(shown("first-id", FERRY[0], FERRY[1]))
    assert stories(FERRY[1], memory=earlier) == {"first-id": ["ferry-2"]}


def test_no_coverage_makes_no_clusters() -> None:
    """A day without news is a day without stories."""
    assert cluster([], memory=NOTHING) == ()


def test_an_article_without_words_is_a_story_of_its_own() -> None:
    """What says nothing is like nothing."""
    empty = replace(FERRY[0], headline="", paragraphs=())
    assert len(stories(empty, replace(empty, key="z"))) == 2


@settings(max_examples=25, deadline=None)
@given(st.permutations([*ALL, undated(replace(FERRY[0], key="ferry-0"))]))
def test_reading_order_does_not_matter(articles: list[Article]) -> None:
    """The same articles in another order make the same clusters, in the same order."""
    earlier = memory(shown("first-id", FERRY[1]), shown("other", STORM_NORTH[1]))
    in_order = told(*sorted(articles, key=lambda a: a.key))
    assert cluster(told(*articles), memory=earlier) == cluster(in_order, memory=earlier)


def test_ids_come_in_the_order_of_the_coverage() -> None:
    """Each coverage gets its own story's id, whatever the order it comes in."""
    mixed = [FERRY[2], MATCH_MEN[0], FERRY[0]]
    first, second, third = assign(told(*mixed), known={}, growing=())
    assert (first, second) == (third, short_id("story", "men-1"))


def test_one_by_one_never_looks_ahead() -> None:
    """What comes later changes no id that was given."""
    ordered = told(*sorted(ALL, key=lambda a: (a.published.stated if a.published else "", a.key)))
    whole = assign_in_turn(ordered, known={})
    assert [assign_in_turn(ordered[:n], known={}) for n in range(len(ordered))] == [
        whole[:n] for n in range(len(ordered))
    ]


def test_one_by_one_finds_the_events_too() -> None:
    """A stream of articles on five events makes five stories."""
    ids = assign_in_turn(told(*ALL), known={})
    assert len(set(ids)) == len(EVENTS)
    assert len({(event, story) for event, story in zip(event_of(ALL), ids, strict=True)}) == len(EVENTS)


def event_of(articles: list[Article]) -> list[str]:
    """Return what each article is about."""
    return [one.key.partition("-")[0] for one in articles]


def test_groups_join_by_their_average() -> None:
    """A chain of likenesses is not one group: the ends must be alike as well."""
    chain = {(0, 1): 0.9, (1, 2): 0.6, (2, 3): 0.9}
    assert link([[0], [1], [2], [3]], chain, threshold=0.5) == [[0, 1], [2, 3]]


def test_groups_held_apart_never_meet() -> None:
    """Two groups that must stay apart do not meet through a third either."""
    alike = {(0, 1): 0.9, (1, 2): 0.8, (0, 2): 0.9}
    assert link([[0], [1], [2]], alike, threshold=0.5, apart=frozenset({0, 1})) == [[0, 2], [1]]


@given(st.dictionaries(st.tuples(st.integers(0, 11), st.integers(0, 11)), st.sampled_from([0.2, 0.4, 0.6, 0.9])))
def test_what_no_likely_pairs_connect_is_grouped_as_if_alone(alike: dict[tuple[int, int], float]) -> None:
    """Pairs that decide nothing are passed over: all of them together give the same groups."""
    alike = {(one, other): likeness for (one, other), likeness in alike.items() if one < other}
    groups = [[number] for number in range(12)]
    sums = [{b: alike[pair] for b in range(12) if (pair := (min(a, b), max(a, b))) in alike} for a in range(12)]
    assert link(groups, alike, threshold=0.5) == join(groups, sums, threshold=0.5, apart=frozenset())


def test_what_arrives_may_regroup_a_story() -> None:
    """An article that belongs to half of a story takes that half along; the larger part keeps the id."""
    likenesses = {(0, 1): 0.6, (0, 2): 0.6, (1, 2): 0.5, (2, 3): 0.9, (0, 3): 0.0}
    states = [tuple(ids) for ids in in_turn("abcd", likenesses, known=[None] * 4, threshold=0.5)]
    story, other = states[2][0], states[3][2]
    assert states == [(story,), (story,) * 2, (story,) * 3, (story, story, other, other)]


def test_what_has_settled_in_a_great_story_stays() -> None:
    """Of forty articles the two oldest do not leave with one that arrives, however like it they are."""
    likenesses = {(one, other): 0.5 for other in range(40) for one in range(other)}
    likenesses |= {(0, 40): 0.95, (1, 40): 0.95}
    *_, ids = in_turn([str(n) for n in range(41)], likenesses, known=[None] * 41, threshold=0.4)
    assert [len(set(ids[:40])), len(set(ids))] == [1, 2]


def test_what_is_known_is_never_regrouped() -> None:
    """Two stories of an earlier run stay two, whatever arrives between them."""
    likenesses = {(0, 1): 0.9, (0, 2): 0.9, (1, 2): 0.8}
    *_, ids = in_turn("abc", likenesses, known=["one", "two", None], threshold=0.5)
    assert list(ids) == ["one", "two", "one"]


def test_two_english_articles_are_as_alike_in_any_company() -> None:
    """What is rare is settled beforehand, so other articles change nothing between two."""
    alone, among = likenesses(dict(enumerate(FERRY[:2]))), likenesses(dict(enumerate(ALL)))
    assert alone[0, 1] == among[0, 1]


def test_articles_more_than_ten_days_apart_are_not_compared() -> None:
    """A story that nobody has told of for ten days is over."""
    tenth, eleventh = (replace(FERRY[1], published=article("x", day=f"2026-11-{n}").published) for n in (27, 28))
    assert likenesses({0: FERRY[0], 1: tenth})
    assert not likenesses({0: FERRY[0], 1: eleventh})


@pytest.mark.parametrize(
    "text",
    [
        "On November 17, 2026 the ferry ran aground.",
        "It was 17 November 2026 when it ran aground.",
        "Updated: Nov. 17 , 2026",
        "2026-11-17 06:40",
        "Last change 11 / 17 / 2026",
        "Last change 17/11/2026",
    ],
)
def test_dates_are_read_in_words_and_in_numbers(text: str) -> None:
    """A date with its year is understood however it is written."""
    found = days("", text)
    assert (set(found.dates), found.stated) == ({(11, 17)}, at("2026-11-17 00:00").toordinal())


def test_a_weekday_tells_the_day_of_the_event() -> None:
    """On a Wednesday, "on Tuesday" is the day before, and "on Thursday" was last week."""
    wednesday = at("2026-11-18 00:00").toordinal()
    named = [Days(weekdays=(day,), dates=frozenset(), years=frozenset(), stated=None) for day in (1, 2, 3)]
    assert [wednesday - day.event(wednesday) for day in named] == [1, 0, 6]


def test_days_that_do_not_exist_are_not_stated() -> None:
    """What only looks like a date is none."""
    assert days("", "Lot 2026-13-45 and part 2026-02-30").stated is None


def test_names_that_begin_like_months_are_no_dates() -> None:
    """A score of the Marlins, or a number behind a mayor, is no day of March or May."""
    assert not days("", "Marlins 3, Augustans 9; of 2 Mayors 1 went to 7 Decembrists").dates


def test_rarities_survive_packing() -> None:
    """What is packed weighs words as before, and unknown words as the rarest."""
    keys, values = np.array([3, 70_000, 4_000_000_000], np.uint32), np.array([1.0, 2.5, 9.0], np.float32)
    weigh = rarity.unpacked(rarity.packed(keys, values, 10.0))
    assert weigh(np.array([70_000, 5, 4_000_000_000, 4_294_967_295], np.uint32)).tolist() == [2.5, 10, 9, 10]


def test_all_that_two_articles_share_is_found() -> None:
    """Words, names and runs of words that both articles have are counted, and nothing else."""
    found = [traits(one) for one in ALL]
    common = portraits(found, rarity.packaged()).common
    pairs = np.array([(one, other) for one in range(len(ALL)) for other in range(one)])
    pair, ours, theirs = shared(common, pairs)
    assert (common.kinds[ours] == common.kinds[theirs]).all()
    for kind, keys in ((WORD, "words"), (NAME, "names"), (PAIR, "pairs")):
        counted = np.bincount(pair[common.kinds[ours] == kind], minlength=len(pairs)).tolist()
        both = [np.intersect1d(*(getattr(found[number], keys) for number in numbers)) for numbers in pairs.tolist()]
        assert counted == [len(each) for each in both]


def test_words_of_the_headline_figures_and_deeds_are_marked() -> None:
    """Words of the headline are counted whatever they are; deeds are what is no name, there and at the beginning."""
    told = article("x", "Berta Quist sold 12 paintings.", headline="Mayor Quist resigns", day="2026-11-17")
    facts = portraits([traits(told)], rarity.packaged()).facts
    # The figure is among the deeds: 12 paintings sold, and a resignation.
    assert facts[[FIGURES, TITLED, DEEDS], 0].tolist() == [1, 3, 4]


def test_sections_without_values_sum_up_to_nothing() -> None:
    """An empty section, at the beginning, between others or at the end, takes nothing from its neighbours."""
    starts = begins(np.array([0, 2, 0, 1, 0]))
    assert summed(np.array([1.0, 2.0, 4.0]), starts).tolist() == [0, 3, 0, 4, 0]
    assert highest(np.array([1.0, 2.0, 4.0]), starts).tolist() == [0, 2, 0, 4, 0]


def test_a_tree_goes_to_the_second_child_above_its_bound() -> None:
    """Trees ask each pair the same questions and add up what stands at the leaves."""
    bench = next(iter(verdict.unpacked(verdict.packed(verdict.benches())).values()))
    flat = replace(
        bench,
        columns=np.zeros((1, 15), np.uint8),
        bounds=np.full((1, 15), 0.5, np.float32),
        leaves=np.arange(16, dtype=np.float32)[None],
    )
    assert verdict.trees(flat, np.array([[0.5], [0.6]], np.float32)).tolist() == [0, 15]


def test_an_event_of_many_tellings_is_one_story() -> None:
    """Sixty sources report what three did, each with a sentence of its own."""
    crowd = []
    for number in range(60):
        one = FERRY[number % 3]
        own = replace(
            one.paragraphs[0], text=f"Reporter number {number} of Channel {number % 7} was there on the quay."
        )
        crowd.append(replace(one, key=f"crowd-{number}", paragraphs=(*one.paragraphs, own)))
    assert len(stories(*crowd)) == 1
