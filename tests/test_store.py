"""The store: what is recognised, what is remembered, and what a lost store recovers."""

import sqlite3
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from digest.errors import DamagedError, StoreError
from digest.model import Alert, Article, Edition
from digest.store import Cache, Store, export_lines, import_lines, rescue
from digest.store.schema import _MIGRATIONS
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


def test_the_cache_gives_back_what_it_was_given(tmp_path: Path) -> None:
    """And forgets what a build did not ask for."""
    ferry = article("a")
    cache = Cache(tmp_path / "cache.sqlite")
    cache.put("cleaned", "x", ferry)
    cache.put("cleaned", "y", ferry)
    cache.keep()
    cache.close()
    cache = Cache(tmp_path / "cache.sqlite")
    assert cache.get("cleaned", "x", Article) == ferry
    cache.forget_unused()
    assert cache.get("cleaned", "y", Article) is None
    cache.close()


def test_a_damaged_value_is_as_good_as_none(tmp_path: Path) -> None:
    """What cannot be read is made again."""
    cache = Cache(tmp_path / "cache.sqlite")
    cache.put("cleaned", "x", "not an article")
    assert cache.get("cleaned", "x", Article) is None
    assert cache.get("cleaned", "x", Edition) is None
    cache.close()


@pytest.mark.parametrize("keep", [0, 100, 5000])
def test_a_damaged_cache_is_begun_anew(tmp_path: Path, keep: int) -> None:
    """Wherever the damage is, it is noticed, and the cache works again."""
    file = tmp_path / "cache.sqlite"
    cache = Cache(file)
    for number in range(200):
        cache.put("told", str(number), "x" * 100)
    cache.keep()
    cache.close()
    body = file.read_bytes()
    file.write_bytes(body[:keep] + b"\xa5" * (len(body) - keep))

    cache = Cache(file)
    for number in range(200):
        if cache.get("told", str(number), str) is None:
            cache.put("told", str(number), "anew")
    cache.keep()
    cache.close()
    cache = Cache(file)
    assert cache.get("told", "199", str) == "anew"
    cache.close()


def test_a_cache_that_cannot_be_written_is_none(tmp_path: Path) -> None:
    """The build goes on without it."""
    (tmp_path / "file").write_text("in the way")
    cache = Cache(tmp_path / "file" / "cache.sqlite")
    cache.put("told", "x", "y")
    assert cache.get("told", "x", str) is None
    cache.keep()
    cache.close()


def test_a_file_that_is_no_store_is_named_and_stays(path: Path) -> None:
    """It may be something else of the owner's."""
    path.parent.mkdir()
    path.write_bytes(b"this is not a database, but it is long enough to be taken for one" * 20)
    with pytest.raises(DamagedError, match=r"store\.sqlite: is damaged"):
        Store(path)
    with pytest.raises(StoreError, match="a file of another kind"):
        rescue(path)
    assert path.exists()


@pytest.fixture
def full(path: Path) -> Path:
    """A store with some of everything."""
    with Store(path) as store:
        store.take(
            [replace(item(f"entry-{number}", b"\xe9 is no UTF-8" * 200), locator=f"{number}") for number in range(50)],
            now=MORNING,
            is_news=lambda entry: int(entry.locator) < 40,
            awaits_page=lambda entry: entry.locator == "7",
        )
        store.recognise([item("ferry.txt")], now=NOON)
        store.remember(shown_edition("2026-11-20"))
        store.remember_source("example", {"due": "tomorrow"})
        store.record_alert(Alert(moment=NOON, kind="failing", source="Example", reason="it is silent"))
        store.note("page x", "k")
        store.keep()
    return path


def test_a_damaged_store_is_moved_aside_and_what_can_be_read_is_kept(full: Path) -> None:
    """A page in the middle is lost; what stands elsewhere is not, and the damaged file stays to be looked at."""
    body = bytearray(full.read_bytes())
    with Store(full) as store:
        seen = len(store.entries(since=MORNING))
        ledger = store.ledger()
    middle = len(body) // 2 // 4096 * 4096
    body[middle : middle + 4096] = b"\xa5" * 4096
    full.write_bytes(body)

    aside = rescue(full)
    assert aside.read_bytes() == bytes(body)
    with Store(full) as store:
        store.recover(ledger)
        assert store.ledger() == ledger
        assert seen * 0.5 < len(store.entries(since=MORNING)) <= seen


def test_an_export_loses_nothing(full: Path, tmp_path: Path) -> None:
    """Imported elsewhere it gives the same store, down to the same export."""
    with Store(full) as store:
        lines = list(export_lines(store))
        ledger, entries, awaiting = store.ledger(), store.entries(since=MORNING), store.awaiting()
    with Store(tmp_path / "elsewhere.sqlite") as store:
        assert import_lines(store, lines, name="export") == len(lines) - 1
        assert list(export_lines(store)) == lines
        assert store.ledger() == ledger
        assert (store.entries(since=MORNING), store.awaiting()) == (entries, awaiting)
        assert store.source_states(dict) == {"example": {"due": "tomorrow"}}


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ([], "nothing in it"),
        ([b'{"title": "else"}'], "not an export"),
        ([b'{"digest_store": 9}'], "a later version"),
        ([b'{"digest_store": 1}', b"not json"], "line 2 is damaged"),
        ([b'{"digest_store": 1}', b'{"table": "passwords", "row": []}'], "line 2 is damaged"),
        ([b'{"digest_store": 1}', b'{"table": "items", "row": ["a"]}'], "line 2 is damaged"),
    ],
)
def test_a_damaged_export_is_named(path: Path, lines: list[bytes], reason: str) -> None:
    """With the line, so that it can be mended."""
    with Store(path) as store, pytest.raises(StoreError, match=reason):
        import_lines(store, lines, name="moved.jsonl")


def test_the_ledger_costs_what_changed(path: Path) -> None:
    """A line of a day is written once; it is written again when what it tells has changed."""
    with Store(path) as store:
        store.recognise([item("ferry.txt", b"one")], now=MORNING)
        before = store.ledger()
        store.recognise([item("ferry.txt", b"one")], now=NOON)
        assert store.ledger() == before
        store.recognise([item("ferry.txt", b"two")], now=NOON)
        assert store.ledger() != before


def test_an_entry_keeps_its_page(path: Path) -> None:
    """What its feed says of it later is a teaser still."""
    teaser = item("entry", b"teaser", url="https://example.org/entry")
    with Store(path) as store:
        store.take([teaser], now=MORNING, is_news=lambda _: True, awaits_page=lambda _: True)
        assert store.entries(since=MORNING) == ()
        [waiting] = store.awaiting()
        store.settle(replace(waiting, body=b"page"))
        store.take([replace(teaser, body=b"longer teaser")], now=NOON, is_news=lambda _: True)
        [entry] = store.entries(since=MORNING)
        assert entry.body == b"page"
        assert store.awaiting() == ()


def test_an_older_store_is_brought_up_to_date(path: Path) -> None:
    """Nothing that it remembered is lost."""
    path.parent.mkdir()
    with sqlite3.connect(path) as database:
        for script in _MIGRATIONS[:2]:
            database.executescript(script)
        database.execute("PRAGMA user_version = 2")
        database.execute("INSERT INTO items VALUES ('k', ?)", (MORNING.isoformat(),))
        database.execute(
            "INSERT INTO identities VALUES ('path:' || ?, 'k')", (sha256(b"path:ferry.txt").hexdigest()[:32],)
        )
    with Store(path) as store:
        assert store.recognise([item("ferry.txt")], now=NOON) == ("k",)


def test_a_store_of_a_later_version_is_refused(path: Path) -> None:
    """An older program would not understand it."""
    path.parent.mkdir()
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError, match="made by a later version"):
        Store(path)
