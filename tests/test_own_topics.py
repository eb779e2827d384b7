"""The owner's list of topics: renamed, merged, hidden, and added by words and examples."""

from dataclasses import replace
from pathlib import Path

import lxml.etree
import lxml.html
import msgspec
import pytest
from click.testing import CliRunner

from digest import feed, pipeline, render
from digest.build.start import start
from digest.cli import main
from digest.errors import SettingsError
from digest.model import Library, Page, Topic
from digest.settings import parse
from digest.topics import OTHER, TOP_LEVEL, filed, named, own_reasons, own_topic, own_topics_of
from tests.library import DISASTER, GAZETTE, SPORT, edition, shelf, story
from tests.library import article as report
from tests.values import BRIDGE, FERRY, article

ARTICLES = Path(__file__).parent / "articles"
ATOM = "{http://www.w3.org/2005/Atom}"
WEATHER = Topic(code="medtop:17000000", label="weather", score=0.9)
ACCIDENT = Topic(code="medtop:20000139", label="accident and emergency incident", score=0.4)
HARBOUR = Topic(code="own:harbour", label="Harbour", score=1.0)
ADDED = "[[topics.add]]\nlabel = 'Harbour and ferries'\nslug = 'harbour'\nwords = ['ferry']\n"
TAKES = "it takes label, slug or code of a topic; did you mean"
# Two examples of a topic, and an article on it that has hardly a name in common with them.
EXAMPLES = (
    (
        "Harbour pilots get new boats",
        (
            "The harbour office has ordered two pilot boats to guide ferries through the strait. Captains had said "
            "that the old boats could not leave the quay. They will be moored at the mole beside the coast guard."
        ),
    ),
    (
        "Dredger arrives in the strait",
        (
            "A dredger has begun to clear the channel that the night ferry uses. Fishing boats must keep clear of the "
            "buoys, the coast guard said, and the harbour office expects ships to pass on time again in spring."
        ),
    ),
)
ABOARD = (
    "The captain brought the passenger ship back to the quay when the pilot boats could not reach her.",
    "Fishing boats and the coast guard stood by until the harbour was open again and ferries could leave.",
)


def labels(settings: str) -> dict[str, str]:
    """Return the label of each listed topic by its slug."""
    return {subject.slug: subject.label for subject in pipeline.subjects(parse(settings)) if subject.is_listed}


def library(settings: str, *topics: Topic, suggested: Topic | None = None) -> Library:
    """Return what is published of one story on some topics, as the owner of these settings has it."""
    written = parse(f"base_url = 'https://example.org/'\n{settings}")
    ferry = report("ferry0000001", GAZETTE, "Ferry aground", [FERRY[0]])
    told = replace(story("a1b2c3d4", "ferry-aground", [(ferry, FERRY[0])], topics=topics), suggested=suggested)
    return replace(shelf(edition("2026-11-21", told)), masthead=pipeline.masthead(written))


def published(settings: str, *topics: Topic, suggested: Topic | None = None) -> dict[str, str]:
    """Return path → text of all pages and feeds of one story on some topics."""
    made = library(settings, *topics, suggested=suggested)
    pages = [*render.pages(made), *feed.pages(made)]
    return {page.path: page.body.decode() for page in pages if isinstance(page, Page)}


def categories(site: dict[str, str]) -> list[tuple[str | None, str | None]]:
    """Return term and label of each category with a scheme, of the one entry of the feed of stories."""
    found = lxml.etree.fromstring(site["atom.xml"].encode()).iter(f"{ATOM}category")
    return [(category.get("term"), category.get("label")) for category in found if category.get("scheme")]


def headlines(site: dict[str, str], slug: str) -> list[str]:
    """Return the headlines on the page of a topic, which are those in its feed."""
    page = lxml.html.fromstring(site[f"topics/{slug}/index.html"])
    shown = [element.text_content() for element in page.find_class("headline")]
    entries = lxml.etree.fromstring(site[f"topics/{slug}/atom.xml"].encode()).iter(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == shown
    return shown


def links(site: dict[str, str], path: str) -> set[str]:
    """Return the slugs of the topics that a page leads to."""
    parts = [
        href.split("topics/")[-1] for *_, href, _ in lxml.html.fromstring(site[path]).iterlinks() if "topics/" in href
    ]
    return {part.partition("/")[0] for part in parts} - {"index.html"}


def test_without_settings_the_topics_are_those_of_the_vocabulary() -> None:
    """By label, and what stands for none comes last."""
    found = pipeline.subjects(parse(""))
    assert set(found) == {*TOP_LEVEL, OTHER}
    assert found[-1] == OTHER
    assert [subject.label for subject in found[:-1]] == sorted(subject.label for subject in TOP_LEVEL)


def test_a_topic_is_called_what_its_owner_calls_it() -> None:
    """On pages, in feeds and in rules; its address and its code stay."""
    settings = "[topics.rename]\nsport = 'Games'\n"
    site = published(settings, SPORT)
    assert labels(settings)["sport"] == "Games"
    assert categories(site) == [("medtop:15000000", "Games")]
    assert lxml.html.fromstring(site["topics/sport/index.html"]).findtext(".//h1") == "Games"
    [rule] = pipeline.rules(parse(f"{settings}[[rules]]\naction = 'drop'\ntopic = 'games'"))
    assert rule.topics == frozenset({"medtop:15000000"})


def test_a_merged_topic_is_shown_under_another() -> None:
    """Nothing names it, but its page and feed still bring its stories; a rule for the other topic holds for both."""
    settings = "[topics.merge]\nweather = 'disasters-and-accidents'\n"
    site = published(settings, WEATHER)
    assert categories(site) == [("medtop:03000000", "disaster, accident and emergency incident")]
    assert headlines(site, "disasters-and-accidents") == headlines(site, "weather") == ["Ferry aground"]
    assert headlines(site, "other") == []
    assert "weather" not in links(site, "index.html") | links(site, "topics/index.html") | links(
        site, "subscribe/index.html"
    )
    assert "disasters-and-accidents" in links(site, "topics/weather/index.html")
    assert "topics/weather/" not in site["sitemap.xml"]
    rules = f"{settings}[[rules]]\naction = 'drop'\ntopic = 'disasters-and-accidents'"
    assert pipeline.rules(parse(rules))[0].topics == frozenset({"medtop:03000000", "medtop:17000000"})
    only_weather = f"{settings}[[rules]]\naction = 'drop'\ntopic = 'weather'"
    assert pipeline.rules(parse(only_weather))[0].topics == frozenset({"medtop:17000000"})


def test_a_story_on_a_topic_and_on_one_merged_into_it_has_one_label() -> None:
    """The same name twice says nothing."""
    subjects = pipeline.subjects(parse("[topics.merge]\nweather = 'disasters-and-accidents'\n"))
    assert [subject.slug for subject in named((WEATHER, DISASTER, SPORT), subjects)] == [
        "disasters-and-accidents",
        "sport",
    ]


def test_a_hidden_topic_is_not_named_and_its_address_stays() -> None:
    """A story that has no other topic can be found under other."""
    settings = "[topics]\nhide = ['sport']\n"
    site = published(settings, SPORT)
    assert categories(site) == []
    assert headlines(site, "sport") == headlines(site, "other") == ["Ferry aground"]
    assert "sport" not in links(site, "index.html") | links(site, "topics/index.html") | links(
        site, "subscribe/index.html"
    )
    both = published(settings, SPORT, DISASTER)
    assert headlines(both, "other") == []
    assert categories(both) == [("medtop:03000000", "disaster, accident and emergency incident")]


def test_a_topic_of_the_owner_has_a_page_and_a_feed_like_the_others() -> None:
    """And a category that does not pass for one of IPTC's."""
    site = published(ADDED, HARBOUR, DISASTER)
    assert headlines(site, "harbour") == ["Ferry aground"]
    assert "harbour" in links(site, "index.html") & links(site, "topics/index.html") & links(
        site, "subscribe/index.html"
    )
    assert categories(site)[0] == ("harbour", "Harbour and ferries")
    [scheme, *_] = [c.get("scheme") for c in lxml.etree.fromstring(site["atom.xml"].encode()).iter(f"{ATOM}category")]
    assert scheme == "tag:localhost,2026-01-01:topics"
    assert "topics of our own" in site["topics/index.html"]
    assert "topics of our own" not in published("")["topics/index.html"]


def test_a_suggestion_is_shown_and_is_a_category() -> None:
    """On the story's page, and in feeds behind its topics; it has no page of its own."""
    path = "stories/ferry-aground-a1b2c3d4/index.html"
    assert "More exactly" not in published("", DISASTER)[path]
    site = published("", DISASTER, suggested=ACCIDENT)
    assert "Accident and emergency incident <span" in site[path]
    assert [term for term, _ in categories(site)] == ["medtop:03000000", "medtop:20000139"]
    assert "topics/accident" not in "".join(site.values())


def test_nothing_is_suggested_below_a_hidden_topic() -> None:
    """What is not to be named is not named more exactly; below a merged one the suggestion stays."""
    hidden = "[topics]\nhide = ['disasters-and-accidents']\n"
    merged = "[topics.merge]\n'disasters-and-accidents' = 'society'\n"
    assert categories(published(hidden, HARBOUR, DISASTER, suggested=ACCIDENT)) == []
    assert [term for term, _ in categories(published(merged, DISASTER, suggested=ACCIDENT))] == [
        "medtop:14000000",
        "medtop:20000139",
    ]


def test_a_topic_that_is_taken_out_leaves_its_stories_to_the_others() -> None:
    """What no settings know is not shown."""
    subjects = pipeline.subjects(parse(""))
    assert [subject.slug for subject in named((HARBOUR, SPORT), subjects)] == ["sport"]
    assert filed((HARBOUR,), subjects) == (OTHER.code,)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("[topics]\nhid = ['sport']", "unknown setting `topics.hid`; did you mean `hide`?"),
        ("hide = ['sport']", "did you mean `topics.hide`?"),
        ("[[topics.add]]\nlabel = 'a'\nword = ['b']", "unknown setting `topics.add.word`; did you mean `words`?"),
        ("[topics]\nhide = ['sports']", f"`topics.hide` is `sports`; {TAKES} `sport`?"),
        ("[topics.rename]\nwheather = 'x'", f"`topics.rename` is `wheather`; {TAKES} `weather`?"),
        ("[topics.merge]\nweather = 'crimes'", f"`topics.merge.weather` is `crimes`; {TAKES} `crime-law-and-justice`?"),
        (f"{ADDED}[[rules]]\naction = 'drop'\ntopic = 'harbur'", f"`rules.topic` is `harbur`; {TAKES} `harbour`?"),
        ("[topics.merge]\nweather = 'weather'", "which is itself shown under `weather`"),
        ("[topics.merge]\nweather = 'sport'\nsport = 'society'", "is `sport`, which is itself shown under `society`"),
        ("[topics.merge]\nother = 'society'", "`topics.merge` and `topics.hide` cannot take `other`"),
        ("[topics]\nhide = ['other']", "`topics.merge` and `topics.hide` cannot take `other`"),
        ("[topics.rename]\nsport = 'Politics'", "`topics` has two topics whose label is `Politics`"),
        ("[topics.rename]\nsport = 'A'\nSport = 'B'", "`topics.rename` has `sport` and `Sport`, which are one topic"),
        ("[topics.rename]\nsport = ''", "`topics.rename.sport` is ``; it takes a label"),
        ('[topics.rename]\nsport = "Ga\\u0007mes"', "it takes a label of one line"),
        ('[[topics.add]]\nlabel = "Har\\u0007bour"\nwords = ["ferry"]', "it takes a label of one line"),
        ("[[topics.add]]\nlabel = 'Sport'\nwords = ['cup']", "`topics` has two topics whose slug is `sport`"),
        (f"{ADDED}{ADDED}", "`topics` has two topics whose slug is `harbour`"),
        ("[[topics.add]]\nlabel = 'Harbour'", "`topics.add` is `Harbour`; it takes `words`, `examples` or `texts`"),
        (
            "[[topics.add]]\nlabel = 'x'\nslug = 'A b'\nwords = ['b']",
            "`topics.add.slug` is `A b`; it takes at most 60 small",
        ),
        (f"[[topics.add]]\nlabel = 'x'\nslug = '{'a' * 61}'\nwords = ['b']", "it takes at most 60 small letters"),
        ("[[topics.add]]\nlabel = 'x'\nwords = ['?']", "`topics.add.words` is `['?']`; it takes words or phrases"),
    ],
)
def test_a_wrong_setting_says_what_would_be_right(settings: str, message: str) -> None:
    """Before anything is touched."""
    with pytest.raises(SettingsError) as error:
        pipeline.check(parse(settings))
    assert message in str(error.value)


def test_a_slug_is_made_of_the_label_unless_it_is_given() -> None:
    """So that a label may change and the address stays."""
    made = "[[topics.add]]\nlabel = 'Old Town'\nwords = ['old town']\n"
    assert labels(made)["old-town"] == "Old Town"
    assert labels(made.replace("'Old Town'", "'The old town'") + "slug = 'old-town'")["old-town"] == "The old town"


@pytest.mark.parametrize(
    ("headline", "text", "is_on"),
    [
        ("FERRIES and the ferry", "", True),
        ("A calm day", "The ferry left. Another ferry came.", True),
        ("A calm day", "The ferry left.", False),
        ("Two ferries", "Many ferries.", False),
    ],
)
def test_words_put_an_article_on_a_topic(headline: str, text: str, is_on: bool) -> None:
    """One of them in the headline or twice in the text, whole, whatever its case; in passing is not enough."""
    harbour = own_topic("own:harbour", "Harbour", words=["ferry"])
    told = replace(article("a", text, headline=headline), language="de")
    assert bool(own_topics_of([told], [harbour])) == is_on


def test_words_hold_for_a_story_when_half_of_its_articles_have_them() -> None:
    """One telling of many that speaks of something else as well does not decide."""
    harbour = own_topic("own:harbour", "Harbour", words=["ferry"])
    ferry, first, second = article("a"), article("b", *BRIDGE, headline="x"), article("c", *BRIDGE, headline="y")
    assert own_topics_of([ferry, first], [harbour]) == (HARBOUR,)
    assert own_topics_of([ferry, first, second], [harbour]) == ()
    assert own_topics_of([], [harbour]) == ()


def test_examples_put_an_article_that_resembles_them_on_a_topic() -> None:
    """What is told in the words of the examples, and of nothing else; English only."""
    harbour = own_topic("own:harbour", "Harbour", examples=EXAMPLES)
    alike, other = article("a", *ABOARD, headline="Ship turns back"), article("b", *BRIDGE, headline="Bridge to go")
    [found] = own_topics_of([alike], [harbour])
    assert 0.18 <= found.score < 1
    assert own_topics_of([other], [harbour]) == ()
    assert own_topics_of([replace(alike, language="fr")], [harbour]) == ()


def test_an_example_is_like_itself() -> None:
    """The likeness of an article with itself is one."""
    [(title, text), _] = EXAMPLES
    [found] = own_topics_of([article("a", text, headline=title)], [own_topic("own:a", "a", examples=EXAMPLES[:1])])
    assert found.score == pytest.approx(1, abs=1e-4)


def test_a_topic_of_the_owner_says_why() -> None:
    """Its own words that were found, and what an article has in common with its examples."""
    harbour = own_topic("own:harbour", "Harbour", words=["ferry", "whale"], examples=EXAMPLES)
    [told] = own_reasons([article("a", *ABOARD, headline="Ferry turns back")], [harbour])
    assert (told.is_on, told.said, told.topic.score) == (True, ("ferry",), 1.0)
    assert {"harbour", "boats"} <= {reason.words for reason in told.alike}
    [not_on] = own_reasons([article("b", "Nothing much.", headline="A calm day")], [harbour])
    assert (not_on.is_on, not_on.said) == (False, ())
    assert not_on.topic.score < 0.18


def test_a_build_files_stories_under_topics_of_the_owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By words and by a folder of examples; rules know them, and `tag` and `explain` do; a new example counts."""
    for folder in ("seeds", "examples"):
        (tmp_path / folder).mkdir()
    for name in ("ferry.txt", "bridge.txt"):
        (tmp_path / "seeds" / name).write_text((ARTICLES / name).read_text("utf-8"), "utf-8")
    (tmp_path / "examples" / "empty.txt").write_text("", "utf-8")
    (tmp_path / "digest.toml").write_text(
        f"{ADDED}[[topics.add]]\nlabel = 'Boats'\nexamples = 'examples'\n"
        "[[rules]]\naction = 'keep'\ntopic = 'harbour'\n[[rules]]\naction = 'drop'\ntopic = 'other'\n"
    )
    monkeypatch.chdir(tmp_path)
    built = CliRunner().invoke(main, ["build", "--date", "2026-11-21", "-v"])
    assert "set aside: examples/empty.txt" in built.output
    assert "set aside: examples: no example in English" in built.output
    assert "dropped: " in built.output
    ferry = lxml.html.fromstring((tmp_path / "site" / "topics" / "harbour" / "index.html").read_text("utf-8"))
    assert len(ferry.find_class("headline")) == 1
    tagged = CliRunner().invoke(main, ["tag", "seeds/ferry.txt", "seeds/bridge.txt"]).stdout.splitlines()
    assert [msgspec.json.decode(row)["own"] for row in tagged] == [["Harbour and ferries"], []]
    told = CliRunner().invoke(main, ["explain", "seeds/ferry.txt"]).output.partition("Topics of your own:")[2]
    assert "Harbour and ferries: says ferry" in told
    assert "[0.00, 0.18 needed] Boats: nothing" in told
    for name, example in zip(("pilots.txt", "dredger.txt"), EXAMPLES, strict=True):
        (tmp_path / "examples" / name).write_text("\n\n".join(example), "utf-8")
    CliRunner().invoke(main, ["build", "--date", "2026-11-21"])
    boats = lxml.html.fromstring((tmp_path / "site" / "topics" / "boats" / "index.html").read_text("utf-8"))
    assert len(boats.find_class("headline")) == 1


def test_a_folder_of_examples_that_is_not_there_stops_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the folder's name, before anything is touched; `check` says the same."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "digest.toml").write_text("[[topics.add]]\nlabel = 'Boats'\nexamples = 'boats'\n")
    monkeypatch.chdir(tmp_path)
    for command in ("build", "check"):
        result = CliRunner().invoke(main, [command])
        assert result.exit_code == 2
        assert "boats: no such folder" in result.output
    assert not (tmp_path / ".digest").exists()


def test_check_names_what_does_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An example that cannot be used, and an override that speaks of nothing; neither stands in the way of a build."""
    for folder in ("seeds", "boats"):
        (tmp_path / folder).mkdir()
    (tmp_path / "boats" / "empty.txt").write_text("", "utf-8")
    (tmp_path / "digest.toml").write_text(
        "[overrides]\n'gone.txt'.hide = true\n[[topics.add]]\nlabel = 'Boats'\nexamples = 'boats'\n"
    )
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["check"])
    assert result.exit_code == 0
    assert "boats/empty.txt: the file is empty" in result.output
    assert 'overrides."gone.txt": no such file' in result.output


def test_the_topics_that_init_explains_are_right(tmp_path: Path) -> None:
    """What stands in the comments of a new settings file can be used as it is."""
    lines = start(tmp_path).read_text("utf-8").splitlines()
    first = lines.index("# [topics]")
    written = "\n".join(line.removeprefix("# ") for line in lines[first : lines.index("", first)])
    assert labels(written)["harbour"] == "Harbour and ferries"
    assert "weather" not in labels(written)
