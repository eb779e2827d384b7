"""The store: what is recognised, what is remembered, and what a lost store recovers."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from digest.errors import StoreError
from digest.model import Article, Edition
from digest.store import Store
from tests.values import article, at, item, shown_edition

MORNING, NOON = at("2026-11-21 07:00"), at("2026-11-21 12:00")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store that is not there yet."""
    return tmp_path / "memory" / "store.sqlite"


def test_an_item_is_first_seen_once(path: Path) -> None:
    """Seen again, it keeps its key and its first sight."""
    with Store(path) as store:
        [key] = store.recognise([item("ferry.txt")], now=MORNING)
        store.keep()
    with Store(path) as store:
        assert store.recognise([item("ferry.txt")], now=NOON) == (key,)
        assert store.first_seen([key]) == {key: MORNING}


def test_an_edited_file_is_the_same_item(path: Path) -> None:
    """Its path is what it is recognised by."""
    with Store(path) as store:
        [key] = store.recognise([item("ferry.txt", b"one")], now=MORNING)
        assert store.recognise([item("ferry.txt", b"two")], now=NOON) == (key,)


def test_a_renamed_file_is_the_same_item(path: Path) -> None:
    """Its bytes are what it is recognised by, when the path is new."""
    with Store(path) as store:
        [key] = store.recognise([item("ferry.txt", b"one")], now=MORNING)
        assert store.recognise([item("boats/ferry.txt", b"one")], now=NOON) == (key,)
        assert store.recognise([item("boats/ferry.txt", b"edited")], now=NOON) == (key,)


def test_a_new_file_at_an_old_path_is_another_item(path: Path) -> None:
    """A renamed file leaves its path to whatever is put there next."""
    with Store(path) as store:
        [key] = store.recognise([item("a.txt", b"one")], now=MORNING)
        store.recognise([item("b.txt", b"one")], now=NOON)
        new, old = store.recognise([item("a.txt", b"other"), item("b.txt", b"one")], now=NOON)
        assert old == key
        assert new != key


def test_a_copy_is_another_item(path: Path) -> None:
    """Two files of the same content are two items; neither takes the other's key."""
    with Store(path) as store:
        [key] = store.recognise([item("b.txt", b"one")], now=MORNING)
        copy, original = store.recognise([item("a.txt", b"one"), item("b.txt", b"one")], now=NOON)
        assert original == key
        assert copy != key


def test_an_address_is_stronger_than_a_path(path: Path) -> None:
    """The same address under another name and with other bytes is the same item."""
    with Store(path) as store:
        [key] = store.recognise([item("a.txt", b"one", url="https://example.org/a")], now=MORNING)
        moved = item("z.txt", b"two", url="https://example.org/a")
        assert store.recognise([moved], now=NOON) == (key,)


def test_nothing_is_kept_unless_the_build_says_so(path: Path) -> None:
    """A build that fails leaves no trace."""
    with Store(path) as store:
        store.recognise([item("ferry.txt")], now=MORNING)
    with Store(path) as store:
        [key] = store.recognise([item("ferry.txt")], now=NOON)
        assert store.first_seen([key]) == {key: NOON}


def test_a_dry_run_makes_no_file(path: Path) -> None:
    """Before the first build there is nothing, and afterwards too."""
    with Store(path, dry_run=True) as store:
        store.recognise([item("ferry.txt")], now=MORNING)
    assert not path.parent.exists()


def test_editions_come_back_as_they_were(path: Path) -> None:
    """Newest first, without what was set aside: that is for the owner's eyes."""
    older, newer = shown_edition("2026-11-20"), shown_edition("2026-11-21")
    with Store(path) as store:
        store.remember(newer)
        store.remember(older)
        store.remember(replace(older, closed=True))
        assert store.editions() == (newer, replace(older, closed=True))


def test_a_lost_store_recovers_from_the_ledger(path: Path, tmp_path: Path) -> None:
    """First sights, identities and what each edition showed come back; the ledger is the same again."""
    edition = shown_edition("2026-11-21")
    with Store(path) as store:
        [key] = store.recognise([item("ferry.txt", b"one")], now=MORNING)
        store.remember(edition)
        ledger = store.ledger()
    with Store(tmp_path / "fresh.sqlite") as store:
        store.recover(ledger)
        assert store.editions() == (edition,)
        assert store.recognise([item("renamed.txt", b"one")], now=NOON) == (key,)
        assert store.first_seen([key]) == {key: MORNING}
    with Store(tmp_path / "other.sqlite") as store:
        store.recover(ledger)
        assert store.ledger() == ledger


def test_a_ledger_adds_to_what_the_store_knows(path: Path, tmp_path: Path) -> None:
    """The earlier of two first sights counts, and an edition stays as the store has it."""
    edition = shown_edition("2026-11-21")
    with Store(tmp_path / "other.sqlite") as store:
        [key] = store.recognise([item("ferry.txt")], now=MORNING)
        store.remember(replace(edition, title="Another title"))
        ledger = store.ledger()
    with Store(path) as store:
        store.recognise([item("ferry.txt")], now=NOON)
        store.remember(edition)
        store.recover(ledger)
        assert store.first_seen([key]) == {key: MORNING}
        assert store.editions() == (edition,)


def test_a_ledger_tells_no_paths_or_addresses(path: Path) -> None:
    """It is public: what an item is recognised by is kept as a fingerprint."""
    with Store(path) as store:
        store.recognise([item("private/diary.txt", url="https://example.org/?token=s3cret")], now=MORNING)
        ledger = store.ledger()
    assert b"diary" not in ledger
    assert b"s3cret" not in ledger


@pytest.mark.parametrize("damage", [b'{"item": 3}\n', b"not json\n", b"\xff\xfe\n", b'{"digest": 99}\n'])
def test_a_damaged_ledger_is_named(path: Path, damage: bytes) -> None:
    """The line is named, so that it can be mended."""
    with Store(path) as store, pytest.raises(StoreError, match="ledger is damaged: line 1"):
        store.recover(damage)


def test_the_cache_gives_back_what_it_was_given(path: Path) -> None:
    """And forgets what a build did not ask for."""
    ferry = article("a")
    with Store(path) as store:
        store.cache("cleaned", "x", ferry)
        store.cache("cleaned", "y", ferry)
        assert store.cached("cleaned", "x", Article) == ferry
        store.forget_unused()
        assert store.cached("cleaned", "y", Article) is None


def test_a_damaged_cache_is_as_good_as_none(path: Path) -> None:
    """What cannot be read is made again."""
    with Store(path) as store:
        store.cache("cleaned", "x", "not an article")
        assert store.cached("cleaned", "x", Article) is None
        assert store.cached("cleaned", "x", Edition) is None


def test_a_file_that_is_no_store_is_named_with_the_remedy(path: Path) -> None:
    """The message says which file and what to do."""
    path.parent.mkdir()
    path.write_bytes(b"this is not a database, but it is long enough to be taken for one" * 20)
    with pytest.raises(StoreError, match=r"store\.sqlite: cannot be used: .* move it away"):
        Store(path)


def test_a_store_of_a_later_version_is_refused(path: Path) -> None:
    """An older program would not understand it."""
    path.parent.mkdir()
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError, match="made by a later version"):
        Store(path)
