"""Bookmarks and lists of addresses, dropped into the folder of articles."""

import plistlib
from pathlib import Path

import pytest

from digest.errors import ItemError
from digest.model import Declaration, Metadata, Rejection
from digest.sources import Link, read, read_file

ADDRESS = "https://a.example/ferry?x=1&y=2"
SHORTCUT = f"[InternetShortcut]\r\nBASEURL=https://b.example/\r\nurl = {ADDRESS}\r\nIconIndex=0\r\n"
DECLARED = Declaration(metadata=Metadata(headline="Ferry"), source="Example Times")


def found(folder: Path, name: str, body: bytes) -> tuple[list[str], list[str], int]:
    """Return the addresses in a file, why something was set aside, and how many articles were read."""
    (folder / name).write_bytes(body)
    items, links, rejections = read(folder, declarations={})
    assert {link.locator for link in links} | {rejection.locator for rejection in rejections} <= {name}
    return [link.url for link in links], [rejection.reason for rejection in rejections], len(items)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.url", SHORTCUT.encode()),
        ("a.url", f"{SHORTCUT}Title=Caf\xe9\r\n".encode("cp1252")),
        ("a.URL", SHORTCUT.encode("utf-16")),
        ("a.url", SHORTCUT.encode("utf-16-le")),
        ("a.url", SHORTCUT.encode("utf-8-sig")),
        ("a.webloc", plistlib.dumps({"URL": ADDRESS}, fmt=plistlib.FMT_XML)),
        ("a.webloc", plistlib.dumps({"URL": ADDRESS}, fmt=plistlib.FMT_BINARY)),
        ("a.txt", ADDRESS.encode()),
        ("a.txt", f"# To read\n\n{ADDRESS}\r\n  {ADDRESS}#top\n".encode()),
        ("a.text", f"{ADDRESS}\n".encode("utf-16-le")),
    ],
)
def test_the_address_of_a_bookmark_is_found(name: str, body: bytes, tmp_path: Path) -> None:
    """Once, in whatever encoding its program writes."""
    assert found(tmp_path, name, body) == ([ADDRESS], [], 0)


def test_addresses_keep_their_order_and_lose_what_follows_readers_about(tmp_path: Path) -> None:
    """One a line; two spellings of one address are one."""
    body = b"https://b.example/?utm_source=x\nhttp://a.example/\nHTTPS://B.example:443/"
    assert found(tmp_path, "a.txt", body) == (["https://b.example/", "http://a.example/"], [], 0)


def test_a_bad_line_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    """Whatever stands there instead of an address."""
    body = f"Ferry: {ADDRESS}\n{ADDRESS}\nhttps://b.example/\nftp://c.example/\nhttp://[broken\nhttp://d.example/\nhttp://e.example/"
    urls, reasons, articles = found(tmp_path, "a.txt", body.encode())
    assert urls == [ADDRESS, "https://b.example/", "http://d.example/", "http://e.example/"]
    assert articles == 0
    assert reasons == [
        f"line 1: `Ferry: {ADDRESS}` is not a web address",
        "line 4: `ftp://c.example/` is not a web address",
        "line 5: `http://[broken` is not a web address",
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"Read this:\n{ADDRESS}",
        f"Ferry: {ADDRESS}",
        f"{ADDRESS}\n\nNight ferry runs aground\n\nNobody was hurt.",
        f"{ADDRESS} and more",
        "# Nothing but a comment",
        "file:///etc/passwd",
        f"{ADDRESS}\n" * 40_000,
    ],
)
def test_a_text_that_mentions_an_address_is_a_text(text: str, tmp_path: Path) -> None:
    """Only what is mostly addresses, one a line, is a list."""
    assert found(tmp_path, "a.txt", text.encode()) == ([], [], 1)


def test_a_page_is_no_list(tmp_path: Path) -> None:
    """Nor is any file of another kind."""
    assert found(tmp_path, "a.html", ADDRESS.encode()) == ([], [], 1)


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.url", b"[InternetShortcut]\nURL=javascript:alert(1)"),
        ("a.url", b"[InternetShortcut]\nURL=file:///etc/passwd"),
        ("a.url", b"nothing"),
        ("a.webloc", plistlib.dumps({"URL": "file:///etc/passwd"})),
        ("a.webloc", plistlib.dumps({"URL": 1})),
        ("a.webloc", plistlib.dumps([ADDRESS])),
        ("a.webloc", b"bplist00" + b"\xff" * 40),
        ("a.webloc", b"<plist><dict><key>URL</key>"),
        ("a.webloc", b'<!DOCTYPE plist [<!ENTITY a "https://a.example/">]><plist><dict><key>URL</key><string>&a;</string></dict></plist>'),
    ],
)  # fmt: skip
def test_a_bookmark_of_anything_else_is_set_aside(name: str, body: bytes, tmp_path: Path) -> None:
    """Only web addresses are fetched."""
    assert found(tmp_path, name, body) == ([], ["no web address in it"], 0)


def test_what_the_settings_say_of_a_bookmark_goes_with_its_link(tmp_path: Path) -> None:
    """As it would with an article."""
    (tmp_path / "a.url").write_text(SHORTCUT)
    (tmp_path / "b.url").write_text("[InternetShortcut]")
    _, links, rejections = read(tmp_path, declarations={"a.url": DECLARED})
    assert links == (Link(locator="a.url", url=ADDRESS, declaration=DECLARED),)
    assert rejections == (Rejection(locator="b.url", reason="no web address in it"),)


def test_one_stage_alone_fetches_nothing(tmp_path: Path) -> None:
    """It says what the file is instead."""
    (tmp_path / "a.url").write_text(SHORTCUT)
    with pytest.raises(ItemError, match="no article but addresses"):
        read_file(tmp_path / "a.url", name="a.url")
