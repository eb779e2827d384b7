"""What the owner puts right by hand: a line in the settings wins over what was found."""

import shutil
from pathlib import Path

import pytest

from digest import addresses
from digest.build import Outcome
from digest.cluster import cluster
from digest.errors import SettingsError
from digest.model import Story
from digest.settings import parse
from tests.test_build import Desk
from tests.test_cluster import FERRY, NOTHING, shown, told
from tests.values import article, memory

FIRST = "Night ferry"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An empty digest."""
    return Desk(tmp_path)


@pytest.fixture(scope="module")
def yesterday(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Story]:
    """A digest whose one edition shows the story of the ferry, told by two sources; and the story."""
    desk = Desk(tmp_path_factory.mktemp("yesterday"))
    desk.put("ferry.txt", "ferry-told-elsewhere.txt")
    return desk.folder, only(desk.build("2026-11-21"))


@pytest.fixture
def ferry(yesterday: tuple[Path, Story], desk: Desk) -> Story:
    """The story of the ferry, shown in the edition of the day before."""
    folder, story = yesterday
    shutil.copytree(folder, desk.folder, dirs_exist_ok=True)
    return story


def only(outcome: Outcome) -> Story:
    """Return the one story of an edition."""
    [story] = outcome.edition.stories
    return story


def lines(*settings: str) -> str:
    """Return settings with these lines among the overrides."""
    return "\n".join(["[overrides]", *settings])


def page(story: Story) -> str:
    """Return the path of a story's page."""
    return f"{addresses.story(story)}index.html"


@pytest.mark.parametrize(
    "name",
    [
        "{id}",
        "{slug}-{id}",
        "stories/{slug}-{id}/",
        "/stories/{slug}-{id}/index.html",
        "https://example.org/digest/stories/{slug}-{id}/#top",
    ],
)
def test_a_story_is_called_by_id_or_address(name: str) -> None:
    """Whatever is copied from the page or its address."""
    assert addresses.story_id(name.format(id="a2b3c4d5e6f7", slug="night-ferry-2026")) == "a2b3c4d5e6f7"
    assert addresses.story_id("ferry.txt") is None


def test_what_is_put_right_reaches_page_and_feed(desk: Desk, ferry: Story) -> None:
    """Headline, topic and date, at once and quietly: no date of ours moves, and closed editions stay as they were."""
    [before] = desk.entries().values()
    closed = desk.read("2026/11/21/index.html").partition("That is all")[0]
    desk.build(
        "2026-11-22",
        settings=lines(
            f'{ferry.id}.headline = "Everyone saved"',
            f'{ferry.id}.topic = "sport"',
            '"ferry.txt".published = 2026-11-03',
        ),
    )
    assert desk.entries() == {"Everyone saved": before}
    assert list(desk.entries("topics/sport/atom.xml")) == ["Everyone saved"]
    assert "Everyone saved" in desk.read("topics/sport/index.html")
    assert "Everyone saved" in desk.read(page(ferry))
    assert "3 November 2026" in desk.read(page(ferry))
    assert "3 November 2026" in desk.read("atom.xml")
    assert desk.read("2026/11/21/index.html").partition("That is all")[0] == closed
    desk.build("2026-11-22T09:00", settings=lines(f'{ferry.id}.topic = "other"'))
    assert list(desk.entries()) == [ferry.headline]
    assert desk.entries("topics/sport/atom.xml") == {}
    assert list(desk.entries("topics/other/atom.xml")) == [ferry.headline]


@pytest.mark.parametrize(
    ("topics", "wanted", "slugs"),
    [
        (
            "[[topics.add]]\nlabel = 'Harbour and ferries'\nslug = 'harbour'\nwords = ['sloop']",
            "Harbour and ferries",
            {"harbour"},
        ),
        ("[topics.rename]\nsport = 'Games'", "games", {"sport"}),
        ("[topics.rename]\nsport = 'Games'", "Sport", {"sport"}),
        ("[topics.merge]\nweather = 'sport'", "weather", {"weather", "sport"}),
    ],
)
def test_a_story_is_put_under_a_topic_that_the_owner_names(
    topics: str, wanted: str, slugs: set[str], desk: Desk, ferry: Story
) -> None:
    """One of the owner's own, a renamed or a merged one, by the names that rules take; while the line is there."""

    def feeds() -> set[str]:
        return {path.parent.name for path in desk.site.glob("topics/*/atom.xml") if desk.entries(str(path))}

    desk.build("2026-11-22", settings=f'{topics}\n{lines(f"""{ferry.id}.topic = "{wanted}" """)}')
    assert feeds() == slugs
    desk.build("2026-11-22T09:00", settings=topics)
    assert feeds() == {"disasters-and-accidents"}


def test_a_headline_is_that_of_the_open_edition_too(desk: Desk, ferry: Story) -> None:
    """What the open edition shows, it shows under the headline that its owner gives it."""
    settings = lines(f'{ferry.id}.headline = "Everyone saved"')
    again = only(desk.build("2026-11-21T08:00", settings=settings, dry_run=True))
    assert (again.headline, again.slug, again.updated) == ("Everyone saved", ferry.slug, ferry.updated)


def test_a_story_is_dated_where_its_articles_are_not(desk: Desk) -> None:
    """Those that state a date of their own keep it, and the owner is told."""
    (desk.seeds / "bridge.txt").write_text(
        "\n".join(
            line
            for line in (Path(__file__).parent / "articles" / "bridge.txt").read_text("utf-8").splitlines()
            if "2026" not in line
        )
    )
    story = only(desk.build("2026-11-21"))
    settings = lines(f"{story.id}.published = 2026-11-02")
    outcome = desk.build("2026-11-22", settings=settings)
    assert outcome.alerts == ()
    assert "2 November 2026" in desk.read(page(story))


def test_an_article_is_split_from_its_story(desk: Desk, ferry: Story) -> None:
    """It founds one of its own, for good; the story without it is a correction."""
    settings = lines(f'"ferry-told-elsewhere.txt".split_from = "{ferry.id}"')
    outcome = desk.build("2026-11-22", settings=settings)
    stories = {story.id: story for story in outcome.edition.stories}
    assert len(stories) == 2
    rest = stories.pop(ferry.id)
    assert (rest.change.kind, len(rest.coverage)) == ("corrected", 1)
    assert rest.updated > ferry.updated
    [new] = stories.values()
    assert (new.change.kind, len(new.coverage)) == ("new", 1)
    assert {quote.article for quote in rest.summary} == {rest.coverage[0].article.key}
    before = desk.files()
    assert desk.build("2026-11-22T09:00", settings=settings).alerts == ()
    desk.build("2026-11-22T10:00")
    assert desk.files() == before
    late = desk.build("2026-12-24", settings=settings, dry_run=True)
    assert (late.alerts, late.edition.stories) == ((), ())


def test_an_article_joins_the_story_that_its_owner_names(desk: Desk, ferry: Story) -> None:
    """However little it has to do with it."""
    desk.put("harvest.txt")
    settings = lines(f'"harvest.txt".merge_into = "{ferry.id}"')
    story = only(desk.build("2026-11-22", settings=settings, dry_run=True))
    assert (story.id, story.change.kind, len(story.coverage)) == (ferry.id, "grown", 3)


def test_two_articles_that_were_never_shown_become_one_story(desk: Desk) -> None:
    """A story that has no id yet is called by an article of it."""
    desk.put("ferry.txt", "harvest.txt")
    story = only(desk.build("2026-11-21", settings=lines('"harvest.txt".merge_into = "ferry.txt"'), dry_run=True))
    assert len(story.coverage) == 2


def test_an_article_moves_to_another_story(desk: Desk, ferry: Story) -> None:
    """Out of the one that was shown and into the other."""
    desk.put("bridge.txt")
    bridge = next(s for s in desk.build("2026-11-21T12:00").edition.stories if s.id != ferry.id)
    settings = lines(f'"ferry-told-elsewhere.txt".merge_into = "{bridge.id}"')
    outcome = desk.build("2026-11-22", settings=settings, dry_run=True)
    stories = {story.id: (story.change.kind, len(story.coverage)) for story in outcome.edition.stories}
    assert stories == {ferry.id: ("corrected", 1), bridge.id: ("grown", 2)}


def test_a_hidden_article_is_nowhere_to_be_seen(desk: Desk, ferry: Story) -> None:
    """Its story is told without it; closed editions hold nothing of it while the line stands."""
    [hidden] = [c.article for c in ferry.coverage if c.article.headline.startswith("Passengers")]
    shown = [quote.text for quote in ferry.summary if quote.article == hidden.key]
    assert shown
    outcome = desk.build("2026-11-22", settings=lines('"ferry-told-elsewhere.txt".hide = true'))
    assert (only(outcome).id, only(outcome).change.kind) == (ferry.id, "corrected")
    assert [each.rule for each in outcome.dropped] == ['overrides."ferry-told-elsewhere.txt".hide']
    for path in ("index.html", "2026/11/21/index.html", page(ferry), "atom.xml", "feed.json"):
        assert hidden.headline not in desk.read(path)
        assert not any(text in desk.read(path) for text in shown)
    assert (desk.site / addresses.article(hidden.key) / "index.html").exists()


def test_a_hidden_story_leaves_a_notice_at_its_address(desk: Desk, ferry: Story) -> None:
    """Editions, topics and feeds are silent about it; when the line goes it is back as it was."""
    before = {path: body for path, (body, _) in desk.files().items()}
    desk.build("2026-11-22T09:00", settings=lines(f"{ferry.id}.hide = true"))
    assert "This story is not shown" in desk.read(page(ferry))
    assert 'content="noindex"' in desk.read(page(ferry))
    hidden = desk.files()
    assert [path for path, (body, _) in hidden.items() if ferry.headline.encode() in body] == ["history.jsonl"]
    assert addresses.story(ferry) not in desk.read("sitemap.xml")
    assert hidden.keys() == before.keys()
    assert "Nothing that this edition showed is shown any more." in desk.read("2026/11/21/index.html")
    desk.build("2026-11-22T10:00")
    for path in (page(ferry), "2026/11/21/index.html", "atom.xml"):
        assert desk.files()[path][0] == before[path]


def test_a_story_all_of_whose_articles_are_hidden_is_hidden(desk: Desk, ferry: Story) -> None:
    """There would be nothing to show."""
    desk.build("2026-11-22", settings=lines('"ferry.txt".hide = true', '"ferry-told-elsewhere.txt".hide = true'))
    assert "This story is not shown" in desk.read(page(ferry))
    assert desk.entries() == {}


def test_a_hidden_story_takes_up_no_room(desk: Desk) -> None:
    """What was left out for it comes in."""
    desk.put("ferry.txt", "ferry-told-elsewhere.txt", "bridge.txt")
    room = "[edition]\nmax_stories = 1\n"
    ferry = only(desk.build("2026-11-21T07:00", settings=room))
    assert len(ferry.coverage) == 2
    desk.build("2026-11-21T08:00", settings=room + lines(f"{ferry.id}.hide = true"))
    assert [title for title in desk.entries() if "bridge" in title]
    assert ferry.headline not in desk.read("index.html")


def test_an_override_that_does_nothing_is_said_once(desk: Desk, ferry: Story) -> None:
    """By the next build, on its standard error; cron does not repeat it every hour, and nothing stops."""
    said = {
        '"fery.txt".hide = true': 'overrides."fery.txt": no such file, address or story',
        "abcdefabcdef.hide = true": 'overrides."abcdefabcdef": no such story',
        '"ferry.txt".topic = "sport"': 'overrides."ferry.txt".topic: an article has no topic; name its story',
        '"ferry.txt".merge_into = "abcdefabcdef"': ".merge_into: `abcdefabcdef` is no story that was shown",
        f'{ferry.id}.split_from = "{ferry.id}"': ".split_from: a story as a whole is in no other; name the article",
        f'{ferry.id}.merge_into = "{ferry.id}"': f".merge_into: `{ferry.id}` is the story itself",
        '"ferry-told-elsewhere.txt".hide = false': 'overrides."ferry-told-elsewhere.txt": puts nothing right',
        f"{ferry.id}.published = 2026-01-01": ".published: none of its articles lacks a date",
    }
    settings = lines(*said)
    alerts = desk.build("2026-11-22T08:00", settings=settings).alerts
    assert len(alerts) == len(said)
    assert all(any(words in alert for alert in alerts) for words in said.values())
    desk.put("bridge.txt")
    assert desk.build("2026-11-22T09:00", settings=settings).alerts == ()


def test_all_of_a_story_cannot_be_split_from_it(desk: Desk, ferry: Story) -> None:
    """Nothing would be left; the owner is told of each line."""
    names = ("ferry.txt", "ferry-told-elsewhere.txt")
    settings = lines(*(f'"{name}".split_from = "{ferry.id}"' for name in names))
    outcome = desk.build("2026-11-22", settings=settings, dry_run=True)
    assert len(outcome.alerts) == 2
    assert outcome.edition.stories == ()


def test_a_story_that_is_closed_never_changes(desk: Desk, ferry: Story) -> None:
    """It takes no article and gives none away, and the owner is told."""
    desk.put("bridge.txt")
    settings = lines(f'"ferry.txt".split_from = "{ferry.id}"', f'"bridge.txt".merge_into = "{ferry.id}"')
    outcome = desk.build("2026-12-24", settings=settings, dry_run=True)
    assert [story.headline for story in outcome.edition.stories if FIRST in story.headline] == []
    assert len(outcome.alerts) == 2
    assert len(outcome.edition.stories) == 1


def test_near_names_are_given(desk: Desk, ferry: Story) -> None:
    """A story by its address, when an id or a slug has a slip in it."""
    slip = f"{ferry.id[:-1]}{'a' if ferry.id[-1] != 'a' else 'b'}"
    [alert] = desk.build("2026-11-22", settings=lines(f"{slip}.hide = true"), dry_run=True).alerts
    assert alert.endswith(f"no such story; did you mean `{ferry.slug}-{ferry.id}`?")


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("[overrides.a]\nheadlin = 'x'", 'unknown setting `overrides."a".headlin`; did you mean `headline`?'),
        ("[overrides.a]\nheadline = ' '", r'`overrides."a".headline` is ` `; it takes some text'),
        ("[overrides.a]\npublished = 'soon'", r'`overrides."a".published`: `soon` is not a date'),
        ("[overrides]\nhide = true", '`overrides."hide"`: expected a table, got `bool`'),
        ("[overrides]\na.hide = true\nb.hide = 'yes'", '`overrides."b".hide`: expected `bool`'),
        ("[overrides]\nferry.txt.hide = true", 'unknown .*`overrides."ferry".txt`; quote a name .* dot: `"ferry.txt"`'),
    ],
)
def test_a_bad_override_is_named(settings: str, message: str) -> None:
    """As any other setting."""
    with pytest.raises(SettingsError, match=message.replace("?", r"\?")):
        parse(settings)


def test_an_unknown_topic_stops_the_build_before_it_touches_anything(desk: Desk) -> None:
    """With the nearest right one."""
    with pytest.raises(SettingsError, match=r'`overrides."a".topic` is `sports`; .* did you mean `sport`'):
        desk.build(settings="[overrides.a]\ntopic = 'sports'")
    assert not desk.site.exists()


def keys(**bonds: object) -> list[list[str]]:
    """Return the keys of each story of the ferry's three articles."""
    return [[c.article.key for c in each.coverage] for each in cluster(told(*FERRY), memory=NOTHING, **bonds)]  # type: ignore[arg-type]


def test_an_article_cannot_join_itself(desk: Desk, ferry: Story) -> None:
    """Shown before or not, the owner is told, as of a story that is to become part of itself."""
    desk.put("bridge.txt")
    for name in ("bridge.txt", "ferry.txt"):
        [alert] = desk.build("2026-11-22", settings=lines(f'"{name}".merge_into = "{name}"')).alerts
        assert alert == f'overrides."{name}".merge_into: `{name}` is the article itself'


def test_what_is_told_apart_is_never_grouped() -> None:
    """Nor through a third article that is like both."""
    [whole] = cluster(told(*FERRY), memory=NOTHING)
    found = keys(apart={("ferry-2", whole.id)})
    assert not any({"ferry-1", "ferry-2"} <= {*each} for each in found)
    assert sorted(key for each in found for key in each) == ["ferry-1", "ferry-2", "ferry-3"]


def test_what_is_told_to_be_one_is_grouped() -> None:
    """Whatever the articles say, unless each belongs to a story that was shown."""
    other = article("z", "The mayor of Norrby opened a library on Monday.", headline="Library opens in Norrby")
    both = told(*FERRY, other)
    pair = {("z", "ferry-3")}
    assert len(cluster(both, memory=NOTHING)) == 2
    assert len(cluster(both, memory=NOTHING, together=pair)) == 1
    remembered = memory(shown("one", *FERRY), shown("two", other))
    assert len(cluster(both, memory=remembered, together=pair)) == 2
    assert len(cluster(both, memory=remembered, joined={"two": "one"})) == 1
