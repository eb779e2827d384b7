"""The reader's rules: what gets in, what goes first, what stays out, and which rule said so."""

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from digest import pipeline
from digest.cli import main
from digest.edition import Edited, Period, edit
from digest.errors import SettingsError
from digest.model import Article, Dated, Memory, Telling, Topic
from digest.settings import parse
from tests.values import BRIDGE, article, at, memory, source, telling

ARTICLES = Path(__file__).parent / "articles"
TODAY = Period(id="2026-11-21", opened=at("2026-11-21 06:00"))
NOTHING = Memory(first_seen={}, shown={}, stories=(), edition=None)

STARS = article("stars", "Aries will meet a stranger.", headline="Your horoscope", of=source("Example Times"))
MARKETS = article("markets", "Shares rose.", headline="A calm day", of=source("Example Times"), day="2026-11-10")
BRITISH = replace(article("british", *BRIDGE, url="https://www.example.net/bridge"), language="en-GB")
UNDATED = replace(article("undated", *BRIDGE, day=None), language="fr")
ALL = (STARS, MARKETS, BRITISH, UNDATED)


def dropped(rules: str, *articles: Article, memory: Memory = NOTHING, current: Period = TODAY) -> list[str]:
    """Return the keys of the articles that rules drop."""
    kept, _ = pipeline.admit(articles or ALL, parse(rules), memory=memory, current=current)
    return [article.key for article in articles or ALL if article not in kept]


def edited(rules: str, *tellings: Telling, memory: Memory = NOTHING, now: str = "2026-11-21 07:00") -> Edited:
    """Return the edition that settings with some rules make of tellings."""
    return pipeline.edit(tellings, parse(rules), memory=memory, now=at(now), current=TODAY)


def ids(edited: Edited) -> list[str]:
    """Return the ids of the stories that are shown, in their order."""
    return [story.id for story in edited.edition.stories]


def on(topic: str, told: Telling) -> Telling:
    """Return the same telling on a topic, given by its code."""
    return replace(told, topics=(Topic(code=f"medtop:{topic}", label="", score=1.0),))


SPORT = on("15000000", telling("cup", article("cup", headline="Holm wins the cup")))
FERRY = on("03000000", telling("ferry", article("ferry")))
PLAIN = telling("plain", article("plain", headline="Nobody knows"))


def test_without_rules_everything_is_kept() -> None:
    """Rules are for those who want them."""
    assert dropped("") == []
    assert ids(edited("", SPORT, FERRY)) == ["cup", "ferry"]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("source = 'Example Times'", ["stars", "markets"]),
        ("source = 'example-times'", ["stars", "markets"]),
        ("source = 'EXAMPLE  TIMES'", ["stars", "markets"]),
        ("source = 'example.net'", ["british"]),
        ("source = 'www.example.net'", ["british"]),
        ("source = 'Times'", []),
        ("words = ['horoscope', 'shares']", ["stars", "markets"]),
        ("language = 'en'", ["stars", "markets", "british"]),
        ("language = 'en-GB'", ["british"]),
        ("older_than = '3 days'", ["markets"]),
        ("older_than = '1 hour'", ["stars", "markets", "british"]),
        ("newer_than = '3 days'", ["stars", "british"]),
        ("older_than = '3 days'\nsource = 'Example Times'", ["markets"]),
        ("older_than = '3 days'\nwords = ['horoscope']", []),
        ("", ["stars", "markets", "british", "undated"]),
    ],
)
def test_a_rule_holds_where_all_its_conditions_do(condition: str, expected: list[str]) -> None:
    """By source (name, id, host), words, language and age; an unknown date is neither old nor new."""
    assert dropped(f"[[rules]]\naction = 'drop'\n{condition}") == expected


@pytest.mark.parametrize(
    ("word", "text", "is_in"),
    [
        ("horoscope", "Your HOROSCOPE, today", True),
        ("horoscope", "Two horoscopes", False),
        ("star sign", "Which star-sign are you?", True),
        ("star sign", "A sign of a star", False),
        ("Müller", "MULLER said so", True),
        ("muller", "Müller’s word", True),
        ("horoscope", "L’horoscope du jour", True),
        ("don't", "They don’t know", True),
        ("占星", "今日の占星術", True),
        ("占星", "占いの星", False),
        ("600", "1,600 people", False),
    ],
)
def test_words_are_found_whole_whatever_their_case_and_accents(word: str, text: str, is_in: bool) -> None:
    """A phrase is found in headline or text; scripts without spaces are searched by character."""
    rule = f"[[rules]]\naction = 'drop'\nwords = ['elsewhere', \"{word}\"]"
    assert dropped(rule, article("a", text)) == ["a"] * is_in
    assert dropped(rule, article("a", headline=text)) == ["a"] * is_in


def test_the_host_of_a_feed_stands_for_the_feed() -> None:
    """Whatever the feed is called, and wherever its entries lead."""
    settings = "[[feeds]]\nurl = 'https://www.wire.example/feed?key=1'\nname = 'Wire'\n"
    [feed] = pipeline.feeds(parse(settings)).values()
    entry = article("a", of=feed, url="https://elsewhere.example/a")
    assert dropped(f"{settings}[[rules]]\naction = 'drop'\nsource = 'wire.example'", entry) == ["a"]
    assert dropped(f"{settings}[[rules]]\naction = 'drop'\nsource = 'other.example'", entry) == []


def test_the_first_rule_that_decides_wins() -> None:
    """As in a firewall: a `keep` before a `drop` makes an exception, behind it it does nothing."""
    keep = "[[rules]]\naction = 'keep'\nwords = ['horoscope']\n"
    drop = "[[rules]]\naction = 'drop'\nsource = 'Example Times'\n"
    assert dropped(keep + drop) == ["markets"]
    assert dropped(drop + keep) == ["stars", "markets"]


def test_a_bare_drop_at_the_end_makes_a_list_of_what_may_come_in() -> None:
    """What no `keep` before it names stays out."""
    assert dropped("[[rules]]\naction = 'keep'\nlanguage = 'en'\n[[rules]]\naction = 'drop'") == ["undated"]


def test_the_search_goes_on_behind_boost_and_must_carry() -> None:
    """They are noted, and decide nothing."""
    noted = "[[rules]]\naction = 'boost'\nboost = 9\n[[rules]]\naction = 'must-carry'\n"
    assert dropped(f"{noted}[[rules]]\naction = 'drop'\nsource = 'Example Times'") == ["stars", "markets"]


def test_a_date_of_first_sight_is_no_date_of_publication() -> None:
    """What does not say when it was published is neither old nor new."""
    seen = Dated(value=at("2026-11-01 08:00"), precision="minute", zone_known=True, origin="first_seen")
    first_seen = replace(UNDATED, published=seen)
    assert dropped("[[rules]]\naction = 'drop'\nolder_than = '1 day'", first_seen) == []


def test_age_is_that_at_the_opening_of_the_edition() -> None:
    """Later in the day nothing is older; on the next day it is."""
    rule = "[[rules]]\naction = 'drop'\nolder_than = '30 hours'"
    assert dropped(rule, STARS) == []
    tomorrow = Period(id="2026-11-22", opened=TODAY.opened + timedelta(days=1))
    assert dropped(rule, STARS, current=tomorrow) == ["stars"]


def test_the_owner_is_told_which_rule_dropped_what() -> None:
    """By its number in the settings and its conditions."""
    rules = "[[rules]]\naction = 'keep'\nlanguage = 'fr'\n[[rules]]\naction = 'drop'\nwords = ['stranger', 'shares']"
    _, out = pipeline.admit([STARS], parse(rules), memory=NOTHING, current=TODAY)
    assert [(each.headline, each.rule) for each in out] == [("Your horoscope", 'rule 2: words "stranger", "shares"')]


def test_a_topic_is_that_of_the_story() -> None:
    """Its stories are dropped without a line in the edition; the owner is told."""
    came_out = edited("[[rules]]\naction = 'drop'\ntopic = 'sport'", SPORT, FERRY)
    assert ids(came_out) == ["ferry"]
    assert came_out.edition.left_out == ()
    assert [(each.headline, each.rule) for each in came_out.dropped] == [("Holm wins the cup", 'rule 1: topic "sport"')]


@pytest.mark.parametrize("topic", ["sport", "Sport", "medtop:15000000"])
def test_a_topic_is_called_by_label_slug_or_code(topic: str) -> None:
    """Whatever is at hand."""
    assert ids(edited(f"[[rules]]\naction = 'drop'\ntopic = '{topic}'", SPORT, FERRY)) == ["ferry"]


def test_stories_without_a_topic_are_on_other() -> None:
    """Just as their page says."""
    assert ids(edited("[[rules]]\naction = 'drop'\ntopic = 'other'", FERRY, PLAIN)) == ["ferry"]


@pytest.mark.parametrize(("topic", "nearest"), [("sports", "sport"), ("business", "economy-business-and-finance")])
def test_an_unknown_topic_is_an_error_that_names_the_nearest(topic: str, nearest: str) -> None:
    """Before anything is touched."""
    with pytest.raises(SettingsError, match=f"`rules.topic` is `{topic}`; .* did you mean `{nearest}`"):
        pipeline.check(parse(f"[[rules]]\naction = 'drop'\ntopic = '{topic}'"))


def test_one_article_is_enough_for_a_rule_with_a_topic() -> None:
    """The other conditions must hold for any article of the story."""
    cup = on("15000000", telling("cup", article("a"), article("b", of=source("Example Times"))))
    rule = "[[rules]]\naction = 'drop'\ntopic = 'sport'\nsource = '{}'"
    assert ids(edited(rule.format("Example Times"), cup)) == []
    assert ids(edited(rule.format("Example Wire"), cup)) == ["cup"]


def test_an_article_waits_for_its_story_where_a_topic_may_save_it() -> None:
    """`keep` sport, `drop` the rest of a source: what is sport is known of the story only."""
    rules = "[[rules]]\naction = 'keep'\ntopic = 'sport'\n[[rules]]\naction = 'drop'\nsource = 'Example Times'"
    mine = article("a", of=source("Example Times"))
    assert dropped(rules, mine) == []
    told = telling("a", mine)
    assert ids(edited(rules, on("15000000", told))) == ["a"]
    assert ids(edited(rules, on("04000000", told))) == []
    with_another = on("04000000", telling("a", mine, article("b")))
    assert ids(edited(rules, with_another)) == ["a"]


def test_a_list_of_topics_that_may_come_in() -> None:
    """A bare `drop` at the end speaks of stories too."""
    rules = "[[rules]]\naction = 'keep'\ntopic = 'sport'\n[[rules]]\naction = 'drop'"
    assert ids(edited(rules, SPORT, FERRY, PLAIN)) == ["cup"]


def test_factors_multiply() -> None:
    """Importance times the factor of every `boost` that holds."""
    two = telling("two", article("a"), article("b"))
    one = telling("one", article("c", *BRIDGE))
    boost = "[[rules]]\naction = 'boost'\nwords = ['bridge']\nboost = 1.2\n"
    assert ids(edited("", two, one)) == ["two", "one"]
    assert ids(edited(boost, two, one)) == ["two", "one"]
    assert ids(edited(boost * 2, two, one)) == ["one", "two"]
    assert ids(edited(f"[[rules]]\naction = 'keep'\n{boost * 2}", two, one)) == ["two", "one"]


def test_a_factor_below_one_puts_a_story_last() -> None:
    """And where room is short, out."""
    rules = "[edition]\nmax_stories = 1\n[[rules]]\naction = 'boost'\ntopic = 'sport'\nboost = 0.5"
    came_out = edited(rules, SPORT, FERRY)
    assert ids(came_out) == ["ferry"]
    assert [line.headline for line in came_out.edition.left_out] == ["Holm wins the cup"]


def test_what_must_be_carried_is_in_whatever_the_limits_say() -> None:
    """Room, stories of one feed, and the window."""
    wire = source("Example Wire", feed=True)
    old = telling("old", article("a", day="2026-10-01", of=wire))
    crowd = [telling(f"s{i}", article(f"s{i}", *BRIDGE, of=wire)) for i in range(3)]
    limits = "[edition]\nmax_stories = 2\nmax_per_source = 1\n"
    assert ids(edited(limits, old, *crowd)) == ["s0"]
    carry = f"{limits}[[rules]]\naction = 'must-carry'\nwords = ['coast guard']"
    assert ids(edited(carry, old, *crowd)) == ["s0", "old"]
    all_of_it = f"{limits}[[rules]]\naction = 'must-carry'\nsource = 'Example Wire'"
    assert ids(edited(all_of_it, old, *crowd)) == ["s0", "s1", "s2", "old"]


def test_what_the_open_edition_has_shown_stays() -> None:
    """A rule that is written at noon works from the next edition on; then nothing goes on silently."""
    first = edited("", SPORT).edition
    standing = memory(*first.stories, edition=first)
    rule = "[[rules]]\naction = 'drop'\ntopic = 'sport'"
    assert edited(rule, SPORT, memory=standing, now="2026-11-21 12:00")[:2] == (first, ())
    next_day = replace(standing, edition=replace(first, id="2026-11-20"))
    came_out = edited(rule, SPORT, memory=next_day)
    assert (came_out.edition.stories, came_out.edition.still_going) == ((), ())
    assert [each.headline for each in came_out.dropped] == ["Holm wins the cup"]


def test_what_was_shown_is_there_for_its_story_to_grow() -> None:
    """Dropped as too old, it would leave what joins it to be told as a new story."""
    rule = "[[rules]]\naction = 'drop'\nolder_than = '1 day'"
    old, late = article("a", day="2026-11-16"), article("b", *BRIDGE, day="2026-11-21")
    before = edited("", telling("ferry", old)).edition
    remembered = memory(*before.stories, edition=replace(before, id="2026-11-20"))
    assert dropped(rule, old, memory=remembered) == []
    assert dropped(rule, old) == ["a"]
    [story] = edited(rule, telling("ferry", old, late), memory=remembered, now="2026-11-21 12:00").edition.stories
    assert (story.id, story.change.kind) == ("ferry", "grown")


def test_a_story_that_is_closed_is_not_dropped_once_more() -> None:
    """The owner is told of what rules keep out, not of what is over."""
    shown = memory(*edited("", SPORT).edition.stories)
    over = replace(shown, stories=())
    assert edited("[[rules]]\naction = 'drop'", SPORT, memory=over).dropped == ()


def test_rules_do_not_depend_on_the_order_of_tellings() -> None:
    """Stories and lines to the owner come in the same order."""
    rule = "[[rules]]\naction = 'drop'\nwords = ['cup', 'knows']"
    tellings = (SPORT, FERRY, PLAIN)
    assert edited(rule, *tellings) == edited(rule, *reversed(tellings))


def test_a_stage_without_rules_drops_nothing() -> None:
    """Whoever calls the stage alone needs none."""
    came_out = edit(
        [FERRY], memory=NOTHING, now=at("2026-11-21 07:00"), current=TODAY, title="The morning",
        max_stories=12, max_per_source=4, window=timedelta(days=7),
    )  # fmt: skip
    assert (ids(came_out), came_out.dropped) == (["ferry"], ())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A digest of two articles whose owner has read enough of ferries."""
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    for name in ("ferry.txt", "bridge.txt"):
        shutil.copy(ARTICLES / name, seeds / name)
    (tmp_path / "digest.toml").write_text("[[rules]]\naction = 'drop'\nwords = ['night ferry']\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_dry_run_lists_what_rules_dropped(folder: Path) -> None:
    """Beside what is new, by which rule."""
    (folder / "seeds" / "empty.txt").touch()
    result = CliRunner().invoke(main, ["build", "--dry-run", "--date", "2026-11-21"])
    kinds = [line.split("  ")[0].strip() for line in result.stdout.splitlines()]
    assert kinds == ["new", "dropped", "set aside"]
    assert result.stdout.splitlines()[1].endswith('(rule 1: words "night ferry")')


def test_what_rules_drop_is_no_fault_and_no_part_of_the_site(folder: Path) -> None:
    """With `--strict` the exit code is 0; `-v` names it; no page or feed does."""
    result = CliRunner().invoke(main, ["build", "--strict", "-v", "--date", "2026-11-21"])
    assert result.exit_code == 0
    assert "1 dropped by rules" in result.stdout
    assert "dropped: Night ferry" in result.stderr
    texts = [
        path.read_text("utf-8") for path in (folder / "site").rglob("*") if path.suffix in (".html", ".xml", ".json")
    ]
    assert any("iron bridge" in text for text in texts)
    assert not any("ferry" in text.lower() for text in texts)


def test_the_hour_of_a_build_changes_nothing(folder: Path) -> None:
    """What was too new at the opening is too new all day; a build without news writes nothing."""
    (folder / "digest.toml").write_text("[[rules]]\naction = 'drop'\nnewer_than = '23 hours'")

    def files() -> dict[Path, tuple[bytes, int]]:
        site = folder / "site"
        return {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in sorted(site.rglob("*")) if p.is_file()}

    assert CliRunner().invoke(main, ["build", "--date", "2026-11-21T07:00"]).exit_code == 0
    before = files()
    assert CliRunner().invoke(main, ["build", "--date", "2026-11-22T05:00"]).exit_code == 0
    assert files() == before
    assert not any(b"Night ferry" in body for body, _ in before.values())


def test_a_rule_files_a_story_under_a_topic() -> None:
    """It comes first, whatever the tagger says; the tagger's topics follow, and rules behind it know of it."""
    file = "[[rules]]\naction = 'file'\nunder = 'politics'\nsource = 'Source ferry'\n"
    shown = {story.id: [topic.code for topic in story.topics] for story in edited(file, SPORT, FERRY).edition.stories}
    assert shown == {"ferry": ["medtop:11000000", "medtop:03000000"], "cup": ["medtop:15000000"]}
    assert ids(edited(f"{file}[[rules]]\naction = 'drop'\ntopic = 'politics'", SPORT, FERRY)) == ["cup"]
    assert ids(edited(f"[[rules]]\naction = 'drop'\ntopic = 'politics'\n{file}", SPORT, FERRY)) == ["cup", "ferry"]


def test_a_story_that_is_filed_is_no_longer_without_a_topic() -> None:
    """And only stories are filed: an article alone has no topics."""
    file = "[[rules]]\naction = 'file'\nunder = 'sport'\n"
    no_others = f"{file}[[rules]]\naction = 'drop'\ntopic = 'other'"
    assert ids(edited(no_others, PLAIN)) == ["plain"]
    assert dropped(no_others) == []


def test_what_is_suggested_goes_when_a_rule_says_otherwise() -> None:
    """It stands below the tagger's topic; a rule that says the same leaves it."""
    accident = Topic(code="medtop:20000139", label="", score=0.5)
    told = replace(FERRY, suggested=accident)
    for under, expected in (("sport", None), ("disasters-and-accidents", accident)):
        [story] = edited(f"[[rules]]\naction = 'file'\nunder = '{under}'", told).edition.stories
        assert story.suggested == expected


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("action = 'file'", "`rules.under` is `missing`; it takes label, slug or code of a topic"),
        ("action = 'file'\nunder = 'sports'", "`rules.under` is `sports`; it takes label, slug or code of a topic"),
        ("action = 'file'\nunder = 'other'", "`rules.under` is `other`; it takes label, slug or code of a topic"),
        ("action = 'drop'\nunder = 'sport'", "`rules.under` is `sport`; it takes a value only beside"),
    ],
)
def test_a_rule_that_files_needs_a_topic(rule: str, message: str) -> None:
    """And no other one takes it."""
    with pytest.raises(SettingsError, match=message):
        pipeline.check(parse(f"[[rules]]\n{rule}"))
