"""The benchmark works, and what a new article costs is counted; no test says how fast anything is."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from digest.grouping import group
from digest.one_stage import clean
from tests.bench.cleaning import dump
from tests.world.week import article, event_of

CHECKOUT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def table() -> Mapping[str, str]:
    """What the benchmark says of an archive of fifty articles: what is measured → figure."""
    command = [sys.executable, "-m", "tests.bench", "--sizes", "50", "--runs", "1"]
    said = subprocess.run(command, cwd=CHECKOUT, check=True, capture_output=True, text=True).stdout
    cells = [line.strip("| ").split(" | ") for line in said.splitlines() if not line.startswith("|---")]
    return dict(cells)


def test_one_new_article_costs_one_cleaning_and_one_telling(table: Mapping[str, str]) -> None:
    """A new article is cleaned and told; everything else is as it was remembered."""
    assert table["its cleanings, tellings"] == "1, 1"


def test_one_new_article_writes_the_pages_it_touches(table: Mapping[str, str]) -> None:
    """Of all the files of a site, one new article renews fewer than a fifth, even when the site is small."""
    written, everything = table["its files written, of all"].split(" of ")
    assert 0 < int(written) < int(everything) / 5


def test_figures_are_least_and_median(table: Mapping[str, str]) -> None:
    """What was measured is given in seconds, the least first."""
    least, middle = map(float, table["nothing new"].split(", "))
    assert 0 < least <= middle


def test_grouping_is_timed_on_articles_of_which_a_few_tell_of_one_event() -> None:
    """What is grouped to tell the speed is a week like others: most of what tells of one event is one story."""
    numbers = range(60)
    found = group([article(number) for number in numbers])
    pairs = [(one, other) for one in numbers for other in range(one) if event_of(one) == event_of(other)]
    assert sum(found[one].story == found[other].story for one, other in pairs) > 0.8 * len(pairs)
    assert len({told.story for told in found}) > 0.8 * len({event_of(number) for number in numbers})
    assert all(told.reprint_of is None for told in found)


def test_cleaning_is_timed_on_pages_that_have_an_article() -> None:
    """What is cleaned to tell the speed is a page like others: its article is found, half of it, and nothing else."""
    page = dump(0)
    row = clean({"id": "page", "text": page})
    assert row["headline"] in page
    assert 0.4 * len(page) < len(row["text"]) < 0.7 * len(page)
    assert all(paragraph["text"] in page for paragraph in row["paragraphs"])
