"""The store: what is recognised, what is remembered, and what a lost store recovers."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from digest.errors import DamagedError, StoreError
from digest.model import Alert, Article, Edition
from digest.store import Cache, Store, export_lines, import_lines, rescue, salvage
from digest.store.schema import _MIGRATIONS, COLUMNS
from tests.values import article, at, item, shown_edition

NAIVE = Alert(moment=datetime(2026, 11, 21), kind="gone", source="Example", reason="it said so")  # noqa: DTZ001
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


@pytest.mark.parametrize("damage", [b'{"item": 3}\n', b"not json\n", b"\xff\xfe\n", b'{"seen": {"yesterday": {}}}\n'])
def test_a_damaged_ledger_is_named(path: Path, damage: bytes) -> None:
    """The line is named, so that it can be mended."""
    with (
        Store(path) as store,
        pytest.raises(StoreError, match=r"site/history\.jsonl: line 1 is damaged: .* put a sound copy"),
    ):
        store.recover(damage, name="site/history.jsonl")


def test_a_ledger_of_a_later_version_is_refused(path: Path) -> None:
    """An older program would not understand it."""
    with Store(path) as store, pytest.raises(StoreError, match=r"history\.jsonl: format 99 .* upgrade"):
        store.recover(b'{"digest": 99}\n')


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


@pytest.mark.parametrize("statement", [
    "UPDATE cache SET value = CAST(replace(CAST(value AS TEXT), 'the ferry', 'the merry') AS BLOB)",
    "UPDATE cache SET fingerprint = 'x'",
])  # fmt: skip
def test_a_changed_value_is_as_good_as_none(tmp_path: Path, statement: str) -> None:
    """It could be read, but it is not what was put in, or not made of the same input."""
    file = tmp_path / "cache.sqlite"
    cache = Cache(file)
    cache.put("told", "y", "the ferry")
    cache.keep()
    cache.close()
    with closing(sqlite3.connect(file)) as database, database:
        assert database.execute(statement).rowcount == 1
    cache = Cache(file)
    assert (cache.get("told", "x", str), cache.get("told", "y", str)) == (None, None)
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


DAMAGES = {
    "entry": "UPDATE entries SET value = substr(value, 1, length(value) - 9) WHERE state = 'awaited'",
    "its key": "UPDATE entries SET value = (SELECT value FROM entries LIMIT 1) WHERE state = 'awaited'",
    "its state": "UPDATE entries SET state = 'unheard-of' WHERE state = 'awaited'",
    "its moment": "UPDATE entries SET seen = 'yesterday' WHERE state = 'awaited'",
    "first sight": "UPDATE items SET first_seen = 'yesterday' WHERE key = (SELECT key FROM items LIMIT 1)",
    "source": "UPDATE sources SET value = x'7b22'",
    "edition": "UPDATE editions SET value = x'7b22'",
    "alert": "UPDATE alerts SET value = x'7b22'",
    "text": "UPDATE identities SET identity = CAST(x'ff41' AS TEXT) WHERE rowid = 20",
}
"""What can be wrong with a row in a sound file."""


def damage(path: Path, statement: str) -> None:
    """Change one row behind the store's back."""
    with closing(sqlite3.connect(path)) as database, database:
        assert database.execute(statement).rowcount == 1


def damages(path: Path) -> list[str]:
    """Return what is wrong with a store."""
    with Store(path, dry_run=True) as store:
        return [*store.damages()]


@pytest.mark.parametrize("statement", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_row_does_not_survive_the_rescue(full: Path, statement: str) -> None:
    """It is noticed, and costs itself and no other; a second rescue would find nothing to do."""
    assert damages(full) == []
    with Store(full, dry_run=True) as store:
        before = {table: [*store.rows(table)] for table in COLUMNS}
    damage(full, statement)
    try:
        assert damages(full) != []
    except DamagedError:
        assert statement == DAMAGES["text"]
    rescue(full)
    assert damages(full) == []
    with Store(full, dry_run=True) as store:
        lost = sum(len({*before[table]} - {*store.rows(table)}) for table in COLUMNS if table != "sources")
    assert lost <= 1


def test_a_moment_that_is_none_is_damage(full: Path) -> None:
    """It does not come up as anything else."""
    damage(full, DAMAGES["first sight"])
    with Store(full) as store, pytest.raises(DamagedError, match="`yesterday` is no moment"):
        store.first_seen(row[0] for row in store._db.execute("SELECT key FROM items").fetchall())


def test_a_source_whose_state_is_damaged_is_unknown(full: Path) -> None:
    """It is asked anew; nothing else depends on it."""
    damage(full, DAMAGES["source"])
    with Store(full) as store:
        store.remember_source("other", {"due": "now"})
        assert store.source_states(dict) == {"other": {"due": "now"}}


def test_a_rescued_store_has_everything_asked_and_told_again(full: Path) -> None:
    """What was lost can come back only if no source says that nothing is new, and no build that all is done."""
    with Store(full) as store:
        store.note("quiet", "all is done")
        store.note("ledger", "was written")
        store.keep()
    rescue(full)
    with Store(full) as store:
        assert store.source_states(dict) == {}
        assert (store.noted("quiet"), store.noted("ledger"), store.noted("page x")) == (None, None, "k")


def test_an_entry_brings_back_its_first_sight(full: Path) -> None:
    """The history may be lost where the entries are not."""
    damage(full, "DELETE FROM items WHERE key = (SELECT key FROM entries WHERE state = 'awaited')")
    with Store(full) as store:
        [waiting] = store.awaiting()
        store._db.execute("DELETE FROM identities WHERE key = ?", (waiting.key,))
        store.keep()
    rescue(full)
    with Store(full) as store:
        assert store.first_seen([waiting.key]) == {waiting.key: MORNING}
        assert store.recognise([waiting], now=NOON) == (waiting.key,)


def test_a_rescue_keeps_whom_an_identity_named_first(full: Path) -> None:
    """The order in which identities were recorded says who is meant by one that two items bear."""
    with Store(full) as store:
        keys = [row[0] for row in store.rows("items")]
        store._db.executemany("INSERT INTO identities VALUES ('url:1', ?)", [(key,) for key in reversed(keys)])
        before = [*store.rows("identities")]
        store.keep()
    rescue(full)
    with Store(full) as store:
        assert [*store.rows("identities")] == before


class Killed(BaseException):
    """The machine goes down."""


@pytest.mark.parametrize("when", ["reading", "exchange"])
def test_a_rescue_that_dies_is_done_again(full: Path, monkeypatch: pytest.MonkeyPatch, when: str) -> None:
    """The damaged store stands under its name until the new one is whole, and no build takes a blank one for it."""
    damage(full, DAMAGES["edition"])
    before = full.read_bytes()

    def die(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(salvage, "_readable", die) if when == "reading" else patch.setattr(Path, "replace", die)
        with pytest.raises(Killed):
            rescue(full)
    assert full.read_bytes() == before
    rescue(full)
    assert damages(full) == []
    with Store(full) as store:
        assert len(store.entries(since=MORNING)) == 39
    assert not [*full.parent.glob("*.new*")]


def test_a_damage_that_was_found_is_told_to_the_next_build(full: Path) -> None:
    """A build may not read the row; it hears of it all the same, and the store it then begins is sound."""
    with Store(full) as store:
        store.note_damage("entries, 7: it is damaged")
        store.keep()
    with pytest.raises(DamagedError, match="entries, 7"):
        Store(full)
    rescue(full)
    with Store(full) as store:
        assert len(store.entries(since=MORNING)) == 39


def test_a_dry_run_waits_for_nobody(full: Path) -> None:
    """While a build is writing, it sees what was there before, may change it, and neither has to wait."""
    with Store(full) as writing:
        writing.record_alert(Alert(moment=NOON, kind="gone", source="Example", reason="it said so"))
        with Store(full, dry_run=True) as store:
            store.record_alert(Alert(moment=NOON, kind="recovered", source="Example", reason=""))
            store.keep()
            assert [alert.kind for alert in store.alerts()] == ["failing", "recovered"]
        writing.keep()
    with Store(full) as store:
        assert [alert.kind for alert in store.alerts()] == ["failing", "gone"]


def test_a_full_disk_has_a_remedy(path: Path) -> None:
    """What SQLite says is not all that the owner is told."""
    with Store(path) as store:
        store._db.execute("PRAGMA max_page_count = 1")
        with pytest.raises(StoreError, match="full; make room on the disk"):
            store.record_alert(Alert(moment=NOON, kind="gone", source="Example", reason="x" * 100_000))


def test_a_store_that_cannot_be_opened_has_a_remedy(tmp_path: Path) -> None:
    """The same of a folder in its place."""
    with pytest.raises(StoreError, match=f"{tmp_path}: cannot be used: .*; make the file"):
        Store(tmp_path)


def test_texts_that_wait_for_their_page_are_not_pruned(full: Path) -> None:
    """Their page may still come; the others go."""
    with Store(full) as store:
        assert store.prune(before=NOON) == 49
        assert [entry.locator for entry in store.awaiting()] == ["7"]


def test_two_histories_become_one(full: Path, tmp_path: Path) -> None:
    """What is imported is in the ledger too, alerts are told by what they say, and the next build does everything."""
    with Store(tmp_path / "other.sqlite") as store:
        store.take([item("late")], now=MORNING, is_news=lambda _: True)
        store.record_alert(Alert(moment=MORNING, kind="gone", source="Other", reason="it said so"))
        store.note("quiet", "of the other machine")
        lines = list(export_lines(store))
    assert not any(b"other machine" in line for line in lines)
    with Store(full) as store:
        store.note("quiet", "nothing to do")
        store.note("ledger", "was written")
        before = store.ledger()
        assert import_lines(store, lines, name="export") == len(lines) - 2
        after = store.ledger()
        assert item("late").key.encode() not in before
        assert item("late").key.encode() in after
        assert [alert.source for alert in store.alerts()] == ["Other", "Example"]
        assert (store.noted("quiet"), store.noted("ledger")) == (None, None)
        import_lines(store, lines, name="export")
        assert store.ledger() == after


@pytest.mark.parametrize("lost", [slice(-1, None), slice(-5, None), slice(3, 5)], ids=["end", "tail", "middle"])
def test_an_export_that_is_cut_off_is_noticed(full: Path, tmp_path: Path, lost: slice) -> None:
    """Even between two lines."""
    with Store(full) as store:
        lines = list(export_lines(store))
    del lines[lost]
    with Store(tmp_path / "new.sqlite") as store, pytest.raises(StoreError, match="copy it once more"):
        import_lines(store, lines, name="export")


def test_a_damaged_store_is_not_exported(full: Path) -> None:
    """What is exported can be imported."""
    damage(full, DAMAGES["entry"])
    with Store(full, dry_run=True) as store, pytest.raises(DamagedError):
        list(export_lines(store))


def test_an_export_loses_nothing(full: Path, tmp_path: Path) -> None:
    """Imported elsewhere it gives the same store, down to the same export."""
    with Store(full) as store:
        lines = list(export_lines(store))
        ledger, entries, awaiting = store.ledger(), store.entries(since=MORNING), store.awaiting()
    with Store(tmp_path / "elsewhere.sqlite") as store:
        assert import_lines(store, lines, name="export") == len(lines) - 2
        assert list(export_lines(store)) == lines
        assert store.ledger() == ledger
        assert (store.entries(since=MORNING), store.awaiting()) == (entries, awaiting)
        assert store.source_states(dict) == {"example": {"due": "tomorrow"}}


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ([], "nothing in it"),
        ([b'{"title": "else"}'], "not an export"),
        ([b"<html>"], "not an export"),
        ([b'{"digest_store": 9}'], "another version"),
    ],
)
def test_a_file_that_is_no_export_is_named(path: Path, lines: list[bytes], reason: str) -> None:
    """Whatever it is instead."""
    with Store(path) as store, pytest.raises(StoreError, match=f"moved.jsonl: .*{reason}"):
        import_lines(store, lines, name="moved.jsonl")


@pytest.mark.parametrize(
    "line",
    [
        b"not json",
        b"[1]",
        b"[" * 100_000,
        b'"\\ud800"',
        b'{"table": "passwords", "row": []}',
        b'{"table": ["items"], "row": []}',
        b'{"table": "items"}',
        b'{"table": "items", "row": ["a"]}',
        b'{"table": "items", "row": ["a", "yesterday", 0]}',
        b'{"table": "items", "row": ["a", "2026-11-21T07:00:00", 0]}',
        b'{"table": "items", "row": ["a", "2026-11-21T07:00:00+00:00", 2]}',
        b'{"table": "items", "row": ["a", "2026-11-21T07:00:00+00:00", 0, 0]}',
        b'{"table": "editions", "row": ["2026-11-21", 5]}',
        b'{"table": "editions", "row": ["2026-11-21", "{}"]}',
        b'{"table": "alerts", "row": [1, "{}"]}',
        msgspec.json.encode({"table": "alerts", "row": [1, msgspec.json.encode(NAIVE).decode()]}),
        b'{"table": "sources", "row": ["a", "[]"]}',
        b'{"table": "entries", "row": ["a", "2026-11-21T07:00:00+00:00", 0, "x", "page", "x"]}',
        b'{"id": "a", "content_html": 5, "_digest": {"item": {}}}',
        b'{"id": "a", "_digest": {"seen": "", "is_backlog": 0, "state": "", "source": "", "item": {}}}',
    ],
)
def test_a_damaged_export_is_named(path: Path, line: bytes) -> None:
    """With the line, so that it can be mended."""
    with Store(path) as store, pytest.raises(StoreError, match=r"moved\.jsonl: line 2 is damaged: \S"):
        import_lines(store, [b'{"digest_store": 2}', line, b'{"lines": 1}'], name="moved.jsonl")


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
