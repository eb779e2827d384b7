"""The settings file: what it takes, and what it says when something is wrong."""

from datetime import date, datetime, time, timedelta

import pytest

from digest.errors import SettingsError
from digest.settings import RuleSettings, Settings, duration, moment, parse


def test_every_key_has_a_default() -> None:
    """An empty file is a valid one."""
    assert parse("") == Settings()


def test_a_file_is_read_into_values() -> None:
    """Tables, dates and what the settings say of a file arrive as values."""
    settings = parse(
        """
        title = "Our paper"
        base_url = "https://example.org/news"
        [edition]
        date = 2026-11-21
        closes = "05:30"
        window = "36 hours"
        [items."a/notes.txt"]
        published = 2026-11-20T07:15:00+01:00
        source = "Example Times"
        byline = ["Ada Moss"]
        """
    )
    assert settings.title == "Our paper"
    assert settings.base_url == "https://example.org/news/"
    assert settings.edition.date == "2026-11-21"
    assert settings.edition.closing == time(5, 30)
    assert settings.edition.window_length == timedelta(hours=36)
    assert settings.items["a/notes.txt"].published == "2026-11-20T07:15:00+01:00"
    assert settings.items["a/notes.txt"].byline == ("Ada Moss",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("titel = 'x'", "unknown setting `titel`; did you mean `title`?"),
        ("sentences = 3", "unknown setting `sentences`; did you mean `summary.sentences`?"),
        ("[summary]\nsentence = 3", "unknown setting `summary.sentence`; did you mean `sentences`?"),
        ("[items.'a.txt']\nsorce = 'x'", "did you mean `source`?"),
        ("[summary]\nsentences = 'many'", "`summary.sentences`: expected `int`, got `str`"),
        ("edition = 4", "`edition`: expected a table, got `int`"),
        ("base_url = 'example.org'", "`base_url` is `example.org`; it takes an http or https address"),
        ("feed_id = 'example.org'", "`feed_id` is `example.org`; it takes a host and a date"),
        ("timezone = 'Mars/Olympus'", "`timezone` is `Mars/Olympus`; it takes an IANA name"),
        ("[edition]\ncloses = '6 am'", "`edition.closes` is `6 am`; it takes a time of day"),
        ("[edition]\nwindow = 'a week'", "`edition.window` is `a week`; it takes a length of time"),
        ("[edition]\nmax_stories = 0", "`edition.max_stories` is `0`; it takes 1 or more"),
        ("[edition]\ndate = 'yesterday'", "`edition.date`: `yesterday` is not a date"),
        ("[items.'a.txt']\npublished = '3 May'", '`items."a.txt".published`: `3 May` is not a date'),
        ("title = ", "not TOML"),
        ("[edition]\nwindow = '9999999 weeks'", "`edition.window` is `9999999 weeks`; it takes a length of time"),
        ("[[feeds]]\nurl = 'https://a.example/'\nboost = -1", "`feeds.boost` is `-1.0`; it takes a number above 0"),
        ("[items.'a.txt']\nboost = nan", '`items."a.txt".boost` is `nan`; it takes a number above 0'),
        ("[[rules]]\nsource = 'x'", "`rules`: object missing required field `action`"),
        (
            "[[rules]]\naction = 'allow'",
            "`rules.action` is `allow`; it takes `keep`, `drop`, `boost`, `must-carry` or `file`",
        ),
        ("[[rules]]\naction = 'drop'\nword = ['x']", "unknown setting `rules.word`; did you mean `words`?"),
        ("[[rules]]\naction = 'drop'\nwords = 'x'", "`rules.words`: expected a list, got `str`"),
        ("[[rules]]\naction = 'drop'\nwords = []", "`rules.words` is `[]`; it takes one or more words or phrases"),
        ("[[rules]]\naction = 'drop'\nwords = ['x', '!']", "`rules.words` is `['x', '!']`; it takes one or more"),
        ("[[rules]]\naction = 'drop'\nsource = ' '", "`rules.source` is ` `; it takes name, id or host of a source"),
        ("[[rules]]\naction = 'drop'\ntopic = ''", "`rules.topic` is ``; it takes label, slug or code of a topic"),
        ("[[rules]]\naction = 'drop'\nlanguage = 'English'", "`rules.language` is `English`; it takes a language tag"),
        ("[[rules]]\naction = 'drop'\nolder_than = '3d'", "`rules.older_than` is `3d`; it takes a length of time"),
        ("[[rules]]\naction = 'drop'\nnewer_than = ''", "`rules.newer_than` is ``; it takes a length of time"),
        ("[[rules]]\naction = 'boost'", "`rules.boost` is `missing`; it takes a number above 0"),
        ("[[rules]]\naction = 'boost'\nboost = 0", "`rules.boost` is `0.0`; it takes a number above 0"),
        ("[overrides]\n'a.txt'.published = 9999-12-31", '`overrides."a.txt".published`: `9999-12-31` is so near'),
        ("[[rules]]\naction = 'keep'\nboost = 2", "`rules.boost` is `2.0`; it takes a value only beside"),
    ],
)
def test_a_mistake_is_named_with_its_remedy(text: str, message: str) -> None:
    """A wrong setting stops the build with the file, the key, the value and what it takes."""
    with pytest.raises(SettingsError) as caught:
        parse(text, name="mine.toml")
    assert str(caught.value).startswith("mine.toml: ")
    assert message in str(caught.value)


def test_rules_keep_their_order() -> None:
    """Each with the conditions that are given, and no others."""
    first, second = parse(
        """
        [[rules]]
        action = "boost"
        source = "Example Times"
        boost = 2
        [[rules]]
        action = "drop"
        words = ["horoscope", "star sign"]
        """
    ).rules
    assert first == RuleSettings(action="boost", source="Example Times", boost=2.0)
    assert second == RuleSettings(action="drop", words=("horoscope", "star sign"))


def test_lengths_of_time_are_written_in_words() -> None:
    """Hours, days and weeks, one or many."""
    assert duration("12 hours") == timedelta(hours=12)
    assert duration("1 week") == timedelta(days=7)
    with pytest.raises(ValueError, match="write it like `7 days`"):
        duration("7d")


def test_a_day_and_a_moment_are_told_apart() -> None:
    """A date alone is a day; with a time it is a moment."""
    assert moment("2026-11-21") == date(2026, 11, 21)
    assert moment("2026-11-21T07:30") == datetime(2026, 11, 21, 7, 30)  # noqa: DTZ001
