"""The folder of articles: what is read, what is set aside and why."""

import os
from pathlib import Path

import pytest

from digest.model import Declaration, Item, Metadata
from digest.sources import MAX_BYTES, READERS, read, read_file, rekeyed, text_dump


def reasons(folder: Path) -> dict[str, str]:
    """Return why each file of a folder was set aside."""
    return {r.locator: r.reason for r in read(folder, declarations={})[2]}


def items(folder: Path) -> list[Item]:
    """Return the items of a folder."""
    return list(read(folder, declarations={})[0])


def test_files_are_read_in_order_of_path(tmp_path: Path) -> None:
    """Folders are walked, hidden files and editors' backups are passed over."""
    for name in ("b.txt", "a/z.html", "a/b.txt", ".hidden.txt", "b.txt~", ".git/c.txt"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("text")
    assert [item.locator for item in items(tmp_path)] == ["b.txt", "a/b.txt", "a/z.html"]


def test_a_file_that_names_no_source_is_its_own(tmp_path: Path) -> None:
    """With a readable name, and an id that follows the item's key."""
    (tmp_path / "night_ferry-holm.txt").write_text("text")
    [item] = items(tmp_path)
    assert item.source.name == "night ferry holm"
    assert rekeyed(item, "another").source.id == "file-another"


def test_the_settings_say_what_a_file_does_not(tmp_path: Path) -> None:
    """A source and an address declared for a file are the item's own."""
    (tmp_path / "a.txt").write_text("text")
    declared = Declaration(metadata=Metadata(url="https://example.org/a"), source="Example Times", private=True)
    [item], _, _ = read(tmp_path, declarations={"a.txt": declared})
    assert (item.source.id, item.source.name, item.source.private) == ("example-times", "Example Times", True)
    assert item.identities[0] == "url:https://example.org/a"
    assert rekeyed(item, "another").source.id == "example-times"


def test_a_page_saved_as_text_is_a_page(tmp_path: Path) -> None:
    """Content chooses the reader before the suffix does."""
    (tmp_path / "a.txt").write_text("\n<!DOCTYPE html><p>text")
    assert items(tmp_path)[0].media_type == "text/html"


def test_an_empty_file_is_set_aside(tmp_path: Path) -> None:
    """It is named, and the rest is read."""
    (tmp_path / "a.txt").touch()
    (tmp_path / "b.txt").write_text("text")
    assert reasons(tmp_path) == {"a.txt": "the file is empty"}
    assert len(items(tmp_path)) == 1


def test_a_file_of_an_unknown_kind_is_set_aside(tmp_path: Path) -> None:
    """The reason says which kinds are known."""
    (tmp_path / "a.pdf").write_bytes(b"%PDF-")
    assert reasons(tmp_path)["a.pdf"].startswith("unknown kind of file `.pdf`; it takes `.txt`")


def test_a_folder_named_like_an_article_is_set_aside(tmp_path: Path) -> None:
    """Nothing below it is read."""
    (tmp_path / "x.txt").mkdir()
    (tmp_path / "x.txt" / "y.txt").write_text("text")
    assert reasons(tmp_path) == {"x.txt": "a folder where a file is expected"}
    assert items(tmp_path) == []


def test_a_fifo_is_set_aside_unopened(tmp_path: Path) -> None:
    """To open it would wait for ever."""
    os.mkfifo(tmp_path / "pipe.txt")
    assert reasons(tmp_path) == {"pipe.txt": "not a regular file"}


def test_a_link_out_of_the_folder_is_set_aside(tmp_path: Path) -> None:
    """A link that stays inside is read."""
    folder = tmp_path / "seeds"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("text")
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "real.txt").write_text("text")
    (folder / "in.txt").symlink_to(folder / "real.txt")
    (folder / "elsewhere").symlink_to(tmp_path)
    assert reasons(folder)["out.txt"].startswith("a symbolic link that leads out of the folder")
    assert reasons(folder)["elsewhere"].startswith("a symbolic link that leads out of the folder")
    assert [item.locator for item in items(folder)] == ["in.txt", "real.txt"]


def test_a_link_that_leads_nowhere_is_set_aside(tmp_path: Path) -> None:
    """So is one that leads to itself."""
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing.txt")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    found = reasons(tmp_path)
    assert found["gone.txt"] == "cannot be read: no such file or directory"
    assert found["loop.txt"].startswith("cannot be read: ")


def test_an_unreadable_file_is_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the disk says is told (an administrator can read everything, so the disk is played)."""

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.txt").write_text("text")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert reasons(tmp_path) == {"a.txt": "cannot be read: permission denied"}


def test_a_file_beyond_all_measure_is_set_aside_unread(tmp_path: Path) -> None:
    """Its size is asked before it is read."""
    with (tmp_path / "big.txt").open("wb") as file:
        file.truncate(MAX_BYTES + 1_000_000)
    assert reasons(tmp_path) == {"big.txt": "too large: 21 MB, at most 20 MB are read"}


def test_a_reader_is_one_function_and_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new kind of file needs no more than an entry in the dict."""
    (tmp_path / "a.log").write_text("text")
    monkeypatch.setattr("digest.sources.folder.READERS", {**READERS, ".log": text_dump})
    assert [item.locator for item in read_file(tmp_path / "a.log", name="a.log")] == ["a.log"]


def test_a_folder_that_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is in it is not lost in silence."""
    (tmp_path / "locked").mkdir()
    (tmp_path / "locked" / "ferry.txt").write_text("The ferry is late.")
    real = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    items, _, [rejection] = read(tmp_path, declarations={})
    assert items == ()
    assert (rejection.locator, rejection.reason) == ("locked", "cannot be read: permission denied")
