"""The store looked after by hand: what is checked, what may be pruned, and what moves to another machine."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from digest.build import Outcome, build
from digest.build.lock import hold
from digest.build.status import status
from digest.build.upkeep import check_store, export, import_, prune
from digest.build.workplace import Workplace
from digest.errors import DamagedError, LockedError, SettingsError, StoreError
from digest.store import Store
from tests.values import at, item, workplace

FERRY = (Path(__file__).parent / "articles" / "ferry.txt").read_text("utf-8")


def one_article(folder: Path, settings: str = "") -> Workplace:
    """Return a digest of one article in a folder of its own."""
    (folder / "seeds").mkdir(parents=True, exist_ok=True)
    (folder / "seeds" / "ferry.txt").write_text(FERRY, "utf-8")
    return workplace(folder, settings)


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    """A digest that was built, and holds a text of its first day that no build reads any more."""
    place = one_article(tmp_path / "here")
    build_at(place)
    with Store(place.store) as store:
        store.take([item("old")], now=at("2020-01-01 07:00"), is_news=lambda _: True)
        store.keep()
    return place


def build_at(place: Workplace, day: str = "2026-11-21") -> Outcome:
    """Build at the opening of a day's edition."""
    return build(place, day=day)


def damage(place: Workplace) -> None:
    """Spoil the text of the old entry."""
    with closing(sqlite3.connect(place.store)) as database, database:
        assert database.execute("UPDATE entries SET value = x'00'").rowcount == 1


def damaged_files(place: Workplace) -> list[str]:
    """Return the names of the damaged stores that were set aside."""
    return sorted(path.name for path in place.store.parent.glob("*.damaged-*"))


def test_a_sound_store_has_no_findings(place: Workplace) -> None:
    """After the build that wrote what was added."""
    assert check_store(place) == (f"{place.site / 'history.jsonl'}: tells another history than {place.store}",)
    (place.seeds / "ferry.txt").write_text(FERRY + "\n", "utf-8")
    build_at(place)
    assert check_store(place) == ()


def test_the_build_after_a_check_mends_what_was_found(place: Workplace) -> None:
    """Once, even where the build would not have come across it; and the finding says it once."""
    damage(place)
    findings = check_store(place)
    assert findings[0].startswith(f"{place.store}: entries, ")
    assert not any("next" in finding for finding in findings)
    [said] = build_at(place).alerts
    assert "was damaged (entries, " in said
    assert check_store(place) == ()
    assert build_at(place).made is None
    assert damaged_files(place) == ["store.sqlite.damaged-1"]


def test_the_build_after_an_export_mends_what_was_found(place: Workplace) -> None:
    """As it was promised; then the export works."""
    damage(place)
    with pytest.raises(DamagedError, match="the next `digest build` saves what can be read"):
        list(export(place))
    build_at(place)
    assert len(damaged_files(place)) == 1
    assert list(export(place))[-1].startswith(b'{"lines":')


def test_a_damaged_history_comes_back(place: Workplace) -> None:
    """What is lost of it in the rescue is in the site's ledger, even in the one that this store wrote last."""
    (place.seeds / "ferry.txt").write_text(FERRY + "\n", "utf-8")
    build_at(place)
    before = (place.site / "history.jsonl").read_bytes()
    with closing(sqlite3.connect(place.store)) as database, database:
        database.execute("UPDATE items SET first_seen = 'yesterday'")
        database.execute("UPDATE editions SET value = x'00'")
    check_store(place)
    build_at(place)
    assert (place.site / "history.jsonl").read_bytes() == before


@pytest.mark.parametrize("settings", ["", "[edition]\nwindow = '90 days'"])
def test_texts_that_may_still_be_shown_are_not_pruned(tmp_path: Path, settings: str) -> None:
    """The least age is named, and it is taken."""
    place = one_article(tmp_path, settings)
    build_at(place, "2020-01-01")
    window = place.settings.edition.window_length
    with pytest.raises(SettingsError, match=r"--older-than: .* it takes `\d+ days` or more") as refused:
        prune(place, older_than=window + timedelta(days=9))
    least = timedelta(days=int(str(refused.value).split("`")[1].split()[0]))
    assert window + timedelta(days=10) <= least <= window + timedelta(days=12)
    assert prune(place, older_than=least) == 0


def test_old_texts_are_pruned(place: Workplace) -> None:
    """That they were seen stays known."""
    with Store(place.store, dry_run=True) as store:
        seen = len([*store.rows("items")])
    assert prune(place, older_than=timedelta(days=365)) == 1
    with Store(place.store, dry_run=True) as store:
        assert len([*store.rows("items")]) == seen
        assert [*store.rows("entries")] == []


def test_another_machine_goes_on(place: Workplace, tmp_path: Path) -> None:
    """The exported file is all it needs: the next build there shows nothing as new, and writes the same history."""
    (place.seeds / "ferry.txt").write_text(FERRY + "\n", "utf-8")
    build_at(place)
    (tmp_path / "moved.jsonl").write_bytes(b"".join(export(place)))
    there = one_article(tmp_path / "there")
    (there.seeds / "ferry.txt").write_text(FERRY + "\n", "utf-8")
    import_(there, tmp_path / "moved.jsonl")
    build_at(there)
    assert (there.site / "history.jsonl").read_bytes() == (place.site / "history.jsonl").read_bytes()


def test_a_build_after_an_import_does_everything(place: Workplace, tmp_path: Path) -> None:
    """Two digests become one, and neither what the other nor what this one noted last keeps it from being told."""
    other = one_article(tmp_path / "other")
    (other.seeds / "ferry.txt").rename(other.seeds / "boats.txt")
    build_at(other, "2026-11-20")
    (tmp_path / "moved.jsonl").write_bytes(b"".join(export(other)))
    build_at(place)
    assert build_at(place).made is None
    import_(place, tmp_path / "moved.jsonl")
    assert build_at(place).made is not None
    assert (place.site / "2026/11/20/index.html").exists()
    assert check_store(place) == ()


def test_a_file_that_cannot_be_imported_changes_nothing(place: Workplace, tmp_path: Path) -> None:
    """File and line are named."""
    before = list(export(place))
    moved = tmp_path / "moved.jsonl"
    moved.write_bytes(b"".join(before[:4]) + b'{"table": "items", "row": ["a", "yesterday", 0]}\n')
    with pytest.raises(StoreError, match=r"moved\.jsonl: line 5 is damaged: `yesterday` is no moment"):
        import_(place, moved)
    with pytest.raises(StoreError, match=r"nowhere\.jsonl: cannot be read: no such file"):
        import_(place, tmp_path / "nowhere.jsonl")
    assert list(export(place)) == before


def test_looking_waits_for_no_build(place: Workplace) -> None:
    """While one is writing, status and export tell what was before; a check and a prune are for afterwards."""
    lines = len(list(export(place)))
    with hold(place.lock), Store(place.store) as store:
        store.take([item("new", b"new")], now=at("2026-11-21 07:00"), is_news=lambda _: True)
        assert status(place).edition == "2026-11-21"
        assert len(list(export(place))) == lines
        with pytest.raises(LockedError):
            check_store(place)
        with pytest.raises(LockedError):
            prune(place, older_than=timedelta(days=365))
        store.keep()
    assert len(list(export(place))) > lines
