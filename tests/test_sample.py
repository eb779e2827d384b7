"""The sample: what is made of the three articles in seeds/, and the edition in site/."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from digest import pipeline, sources
from digest.build import Outcome, build
from digest.build.workplace import Workplace, find
from digest.model import Article, Story

ROOT = Path(__file__).parent.parent
TURKEY, PEACEKEEPERS, TOMAHAWKS = "000_536c2c8591670a0c", "001_03169a36c5c8b892", "002_1e913b848a64f180"

PARAGRAPHS = {
    TURKEY: """
        Turkey may consider sending troops to
        “The issue of contributing to a
        The Ministry source made the remark
        # US Cuts Off Intelligence Sharing With Ukraine
        Amid straining bonds since Trump assumed
        Washington is pushing Russia and Ukraine
        CIA Director John Ratcliffe said Wednesday
        “I think on the military front and the intelligence front, the pause [that
        “I think we’ll work shoulder to
        Since the start of the war
        # Ukraine Military Aid Paused
        Earlier, the Donald Trump administration paused
        “The president has been clear that
        “We need our partners to be
        The US has been a major
        However, there has been a shift
    """,
    PEACEKEEPERS: """
        Turkey has indicated its openness to
        Turkish President Recep Tayyip Erdogan discussed
        Moscow has publicly opposed NATO troops
        Kremlin spokesperson Dmitry Peskov said on
        Sources told Bloomberg that Turkey would
        The idea of a multinational peacekeeping
        While Washington has supported the concept,
        France, the U.K., and several other
    """,
    TOMAHAWKS: """
        Zelensky's one-on-one meeting with Trump
        Earlier, Trump had appeared open to
        Trump and Zelensky's long-hours discussion
        One official told CNN that Trump
        # Trump-Zelensky's 'tense' discussion
        Shortly after the meeting ended, Trump
        He told those around him that
        “Both sides need to make a
        Zelensky cast the meeting as a
        Ukraine has been lobbying Washington for
        Trump said the United States had
        # Why is Zelensky seeking Tomahawks from US?
        At the start of the White
        Zelensky had been seeking the Tomahawks,
        Zelensky has argued that the potential
        “I have an obligation also to
        Trump's latest rhetoric on Tomahawks is
        In recent days, Trump had shown
        But following Thursday's call with Putin,
        # Putin warns Tomahawks 'won't change anything'
        Putin warned Trump during the call
        It was the fifth face-to-face meeting
        Trump, going back to his 2024
    """,
}
"""How each paragraph begins; a subhead is given whole behind a `#`."""


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    """The articles, cleaned as they are found, without what the settings say of them."""
    return {
        name: pipeline.clean(item)
        for name in (TURKEY, PEACEKEEPERS, TOMAHAWKS)
        for item in sources.read_file(ROOT / "seeds" / f"{name}.txt", name=f"{name}.txt")
    }


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """The sample, built anew in an empty folder."""
    folder = tmp_path_factory.mktemp("sample")
    sample = find(ROOT / "digest.toml")
    return build(
        Workplace(
            settings=sample.settings,
            file=None,
            seeds=sample.seeds,
            site=folder / "site",
            store=folder / "store.sqlite",
            templates=None,
        )
    )


def told(outcome: Outcome, headline: str) -> Story:
    """Return the story with a headline."""
    return next(story for story in outcome.edition.stories if story.headline.startswith(headline))


@pytest.mark.parametrize("name", PARAGRAPHS)
def test_every_paragraph_is_kept_and_nothing_else(name: str, articles: dict[str, Article]) -> None:
    """Menus, captions, teasers, pull quotes, notices and other stories are gone; subheads are subheads."""
    found = articles[name].paragraphs
    begins = [line.strip() for line in PARAGRAPHS[name].strip().splitlines()]
    assert len(found) == len(begins)
    for paragraph, begin in zip(found, begins, strict=True):
        if begin.startswith("# "):
            assert (paragraph.kind, paragraph.text) == ("subhead", begin[2:])
        else:
            assert paragraph.kind == "text"
            assert paragraph.text.startswith(begin)


def test_glued_teasers_are_cut_at_the_glue(articles: dict[str, Article]) -> None:
    """The sentence goes on to its own end, and a pull quote is dropped only where it is one."""
    texts = [paragraph.text for paragraph in articles[TOMAHAWKS].paragraphs]
    assert texts[2].endswith("according to a report by CNN citing sources.")
    assert texts[15].endswith("We'd much rather have the war be over to be honest.”")
    assert "times, “uncomfortable”" in texts[2]
    assert "said. “We'd" in texts[15]
    assert not any("Also Read" in text or "Legal Disclaimer" in text for text in texts)


@pytest.mark.parametrize(
    ("name", "headline", "byline", "published"),
    [
        (TURKEY, "Turkey considering sending peacekeeping troops to war-torn Ukraine amid US snub", (), None),
        (
            PEACEKEEPERS,
            "Turkey considers sending peacekeepers to Ukraine, Bloomberg reports",
            ("Tim Zadorozhnyy",),
            "2025-02-27T18:20",
        ),
        (
            TOMAHAWKS,
            (
                "Donald Trump's Favour For Putin? US Rejects Zelensky's Tomahawk Missile Request"
                " After 'Tense And Frank' Talks"
            ),
            (),
            None,
        ),
    ],
)
def test_metadata_is_what_the_page_states(
    name: str, headline: str, byline: tuple[str, ...], published: str | None, articles: dict[str, Article]
) -> None:
    """A photographer is no author, a photo's date or a time in a sidebar no date of publication."""
    article = articles[name]
    assert article.headline == headline
    assert article.byline == byline
    assert (article.published and article.published.stated) == published
    assert article.published is None or not article.published.zone_known
    assert article.language == "en"


def test_two_articles_are_one_story_and_the_third_stays_apart(outcome: Outcome) -> None:
    """In spite of the names that all three share."""
    turkey, tomahawks = told(outcome, "Turkey considers"), told(outcome, "Donald Trump's")
    assert [text.article.source.name for text in turkey.coverage] == [
        "The Kyiv Independent",
        "Connected to India",
    ]
    assert len(tomahawks.coverage) == 1
    assert not any(text.reprints for story in outcome.edition.stories for text in story.coverage)


def test_the_story_of_two_articles_is_told_in_sentences_of_both(outcome: Outcome) -> None:
    """Each with its source, nothing said twice, nothing that is not on the event."""
    story = told(outcome, "Turkey considers")
    [first, second] = (text.article.key for text in story.coverage)
    places = [(quote.article, quote.paragraph) for quote in story.summary]
    assert places[0] == (first, 0)
    assert (second, 0) not in places  # it says what the lede of the other one says
    assert (second, 1) in places
    text = " ".join(quote.text for quote in story.summary)
    assert "intelligence" not in text
    assert " aid" not in text
    assert 60 <= len(text.split()) <= 90


def test_a_summary_opens_well(outcome: Outcome) -> None:
    """Not with a sentence that needs another one before it."""
    story = told(outcome, "Donald Trump's")
    assert story.summary[0].text.startswith(("Zelensky's one-on-one meeting", "Trump and Zelensky's long"))
    assert len(story.summary) == 3


def test_the_story_is_tagged(outcome: Outcome) -> None:
    """War and peace first, then politics."""
    codes = [topic.code for topic in told(outcome, "Turkey considers").topics]
    assert codes[:2] == ["medtop:16000000", "medtop:11000000"]


def test_names_are_found(outcome: Outcome) -> None:
    """In their full form, once."""
    names = set(told(outcome, "Turkey considers").keywords)
    assert {"Turkey", "Ukraine", "Recep Tayyip Erdogan", "Volodymyr Zelensky", "Sergey Lavrov"} <= names
    assert not {"Zelensky", "Zelenskyy", "Volodymyr Zelenskyy", "Erdogan"} & names


def test_the_committed_site_is_what_the_sample_builds(tmp_path: Path) -> None:
    """Byte for byte, on any day, in any time zone, locale and hash seed; and it is left untouched."""
    for name in ("seeds", "site"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "digest.toml", tmp_path)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*") if path.is_file()}
    odd = {"TZ": "Pacific/Chatham", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    subprocess.run(
        [sys.executable, "-m", "digest", "build", "--strict"],
        cwd=tmp_path,
        env={**os.environ, **odd},
        check=True,
    )
    after = {path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*") if path.is_file()}
    assert after == before
    shutil.rmtree(tmp_path / "site")
    shutil.rmtree(tmp_path / ".digest")
    subprocess.run([sys.executable, "-m", "digest", "build"], cwd=tmp_path, check=True)
    for path in before:
        assert path.read_bytes() == (ROOT / "site" / path.relative_to(tmp_path / "site")).read_bytes()
