"""What `publish` promises: whole old or whole new, nothing touched without need, nothing foreign harmed."""

import ctypes
import errno
import importlib
import json
import os
import platform
import stat
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import PublishError
from digest.model import Page
from digest.publish import Published, owned, publish, read
from digest.publish.journal import order
from digest.publish.manifest import check_together

EXCHANGE = importlib.import_module("digest.publish.exchange")

OLD = {
    "index.html": b"old front",
    "style.css": b"old style",
    "stories/ferry-1a2b/index.html": b"the ferry",
    "stories/bridge-3c4d/index.html": b"the bridge",
    "atom.xml": b"old feed",
}
NEW = {
    "index.html": b"new front",
    "style.css": b"new style",
    "stories/ferry-1a2b/index.html": b"the ferry",
    "stories/tram-5e6f/index.html": b"the tram",
    "atom.xml": b"new feed",
}

needs_exchange = pytest.mark.skipif(sys.platform != "linux", reason="only Linux exchanges folders")
NOBODY = 65534


class KilledError(BaseException):
    """Stands for the end of the process: nothing in the code may catch it."""


def pages(bodies: Mapping[str, bytes]) -> list[Page]:
    return [Page(path=path, body=body) for path, body in bodies.items()]


def standing(site: Path) -> dict[str, bytes]:
    """Return every file below *site* but the manifest."""
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file() and path.name != ".digest.json"
    }


def times(site: Path) -> dict[str, tuple[int, int]]:
    """Return when every file and folder was last modified, and its inode."""
    return {
        str(path.relative_to(site)): (path.lstat().st_mtime_ns, path.lstat().st_ino)
        for path in (site, *site.rglob("*"))
    }


def refuse(monkeypatch: pytest.MonkeyPatch, code: int = errno.EBUSY) -> None:
    """Let the system refuse to exchange folders."""

    def refused(new: Path, site: Path) -> None:
        raise OSError(code, os.strerror(code), str(site))

    monkeypatch.setattr(EXCHANGE, "_exchange", refused)


@pytest.fixture(params=["exchange", "file by file"])
def either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run the test once for each way to publish."""
    if request.param == "file by file":
        refuse(monkeypatch)
    return str(request.param)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Return an empty folder to publish to."""
    folder = tmp_path / "site"
    folder.mkdir()
    return folder


def test_a_new_site_holds_every_page(tmp_path: Path) -> None:
    """The folder is made, with its parents, and holds what was published."""
    site = tmp_path / "new" / "site"
    done = publish(pages(OLD), site)
    assert standing(site) == OLD
    assert done == Published(written=tuple(sorted(OLD)), removed=(), unchanged=0)
    assert [path.name for path in site.parent.iterdir()] == ["site"]


@pytest.mark.usefixtures("either_way")
def test_a_site_changes_into_the_next_one(site: Path) -> None:
    """What is new or changed is written, what is no longer produced is removed, the rest is left."""
    publish(pages(OLD), site)
    done = publish(pages(NEW), site)
    assert standing(site) == NEW
    assert done == Published(
        written=("atom.xml", "index.html", "stories/tram-5e6f/index.html", "style.css"),
        removed=("stories/bridge-3c4d/index.html",),
        unchanged=1,
    )
    assert not (site / "stories" / "bridge-3c4d").exists()
    assert [path.name for path in site.parent.iterdir()] == ["site"]


@pytest.mark.usefixtures("either_way")
def test_a_site_may_have_many_pages(site: Path) -> None:
    """A large site is written as whole as a small one."""
    bodies = {f"stories/s{number}/index.html": b"story" for number in range(150)}
    publish(pages(bodies), site)
    done = publish(pages({**bodies, "index.html": b"front"}), site)
    assert (done.written, done.unchanged) == (("index.html",), 150)
    assert standing(site) == {**bodies, "index.html": b"front"}


@pytest.mark.usefixtures("either_way")
def test_unchanged_files_keep_their_times(site: Path) -> None:
    """A server makes its ETag of a file's time: a file that did not change keeps it."""
    publish(pages(OLD), site)
    os.utime(site / "stories/ferry-1a2b/index.html", ns=(1_000_000_000, 1_000_000_001))
    publish(pages(NEW), site)
    assert (site / "stories/ferry-1a2b/index.html").stat().st_mtime_ns == 1_000_000_001


def test_nothing_new_touches_nothing(site: Path) -> None:
    """A build without news leaves every file and folder as it was, down to its times."""
    publish(pages(OLD), site)
    before = times(site), site.parent.stat().st_mtime_ns
    done = publish(pages(OLD), site)
    assert (times(site), site.parent.stat().st_mtime_ns) == before
    assert done == Published(written=(), removed=(), unchanged=len(OLD))


@pytest.mark.usefixtures("either_way")
def test_a_damaged_file_is_healed(site: Path) -> None:
    """Whatever the manifest says, a file is right only when its bytes are."""
    publish(pages(OLD), site)
    (site / "index.html").write_bytes(b"XXX front")
    (site / "style.css").unlink()
    (site / "atom.xml").unlink()
    (site / "atom.xml").symlink_to("style.css")
    done = publish(pages(OLD), site)
    assert done.written == ("atom.xml", "index.html", "style.css")
    assert standing(site) == OLD
    assert not (site / "atom.xml").is_symlink()


@pytest.mark.usefixtures("either_way")
def test_foreign_files_stay_as_they_are(site: Path) -> None:
    """A CNAME, a .well-known, a link, an empty folder: what is not ours keeps its bytes, times and modes."""
    publish(pages(OLD), site)
    (site / "CNAME").write_text("news.example.org\n")
    (site / ".well-known" / "acme").mkdir(parents=True)
    (site / ".well-known" / "acme" / "token").write_text("t")
    (site / ".well-known" / "acme" / "token").chmod(0o600)
    (site / "stories" / "notes").mkdir()
    (site / "stories" / "bridge-3c4d" / "mine.txt").write_text("mine")
    (site / "latest").symlink_to("stories/ferry-1a2b")
    (site / "nowhere").symlink_to("/no/such/place")
    os.mkfifo(site / "pipe")
    foreign = ["CNAME", ".well-known", ".well-known/acme", ".well-known/acme/token", "stories/notes",
               "stories/bridge-3c4d/mine.txt", "latest", "nowhere", "pipe"]  # fmt: skip
    for number, path in enumerate(foreign):
        os.utime(site / path, ns=(number, number * 1_000_000_000 + 7), follow_symlinks=False)

    def look() -> list[tuple[int, int]]:
        return [((site / path).lstat().st_mode, (site / path).lstat().st_mtime_ns) for path in foreign]

    before = look()
    publish(pages(NEW), site)
    assert look() == before
    assert (site / "nowhere").readlink() == Path("/no/such/place")
    assert (site / "CNAME").read_text() == "news.example.org\n"
    assert not (site / "stories/bridge-3c4d/index.html").exists()


def test_a_folder_that_is_not_ours_is_refused(site: Path) -> None:
    """A folder with something in it and no manifest belongs to somebody else."""
    (site / "thesis.txt").write_text("years of work")
    before = times(site)
    with pytest.raises(PublishError, match=r"is not ours: it has no \.digest\.json; name an empty or a new folder"):
        publish(pages(OLD), site)
    with pytest.raises(PublishError, match="is not ours"):
        owned(site)
    assert times(site) == before


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    """The site is a folder; a file of that name stays."""
    (tmp_path / "site").write_text("a file")
    with pytest.raises(PublishError, match="is a file; name a folder"):
        publish(pages(OLD), tmp_path / "site")
    assert (tmp_path / "site").read_text() == "a file"


@pytest.mark.parametrize(
    ("foreign", "page"),
    [
        ("about.html", "about.html"),
        ("about", "about/index.html"),
        ("about.html/mine.txt", "about.html"),
    ],
)
def test_a_foreign_file_in_the_way_is_named(site: Path, foreign: str, page: str) -> None:
    """Where somebody else's file stands, no page is written; the message says which to move."""
    publish(pages(OLD), site)
    (site / foreign).parent.mkdir(exist_ok=True)
    (site / foreign).write_text("mine")
    named = foreign.split("/", maxsplit=1)[0]
    with pytest.raises(PublishError, match=f"`{named}` is not ours and stands where a page has to be"):
        publish(pages({**OLD, page: b"about"}), site)
    assert (site / foreign).read_text() == "mine"
    assert (site / "index.html").read_bytes() == b"old front"


@pytest.mark.usefixtures("either_way")
def test_a_foreign_link_is_never_written_through(site: Path, tmp_path: Path) -> None:
    """A link to a folder elsewhere is foreign: no page goes through it, and none is removed behind it."""
    outside = tmp_path / "outside"
    publish(pages({"index.html": b"front", "topics/index.html": b"topics"}), site)
    (site / "topics").rename(outside)
    (site / "topics").symlink_to(outside)
    with pytest.raises(PublishError, match="`topics` is not ours"):
        publish(pages({"index.html": b"front", "topics/index.html": b"new topics"}), site)
    publish(pages({"index.html": b"front again"}), site)
    assert (outside / "index.html").read_bytes() == b"topics"


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    """A site that is a link is published where the link leads."""
    (tmp_path / "real").mkdir()
    (tmp_path / "site").symlink_to("real")
    publish(pages(OLD), tmp_path / "site")
    publish(pages(NEW), tmp_path / "site")
    assert (tmp_path / "site").is_symlink()
    assert standing(tmp_path / "real") == NEW


@pytest.mark.usefixtures("either_way")
def test_a_page_may_become_a_folder_and_back(site: Path) -> None:
    """Our own file makes way for our own folder of that name, and the other way round."""
    publish(pages({"guide": b"one file"}), site)
    publish(pages({"guide/index.html": b"a folder"}), site)
    assert standing(site) == {"guide/index.html": b"a folder"}
    publish(pages({"guide": b"one file"}), site)
    assert standing(site) == {"guide": b"one file"}


@pytest.mark.parametrize(
    "path",
    ["", "/etc/passwd", "../x", "a/../../x", "a//b", "a/", "./a", "a\\b", "a\0b", ".digest.json",
     ".Digest.JSON", ".digest.new/x"],
)  # fmt: skip
def test_a_path_out_of_the_site_is_refused(site: Path, path: str) -> None:
    """A page's path is relative, plain, and inside the site."""
    with pytest.raises(ValueError, match=r"is not the path of a page|keeps for itself"):
        publish(pages({path: b"x"}), site)
    assert list(site.iterdir()) == []


@pytest.mark.parametrize(
    "paths",
    [("a.html", "a.html"), ("Index.html", "index.html"), ("a", "a/b"), ("A/b", "a"), ("é", "e\u0301")],
)
def test_paths_that_cannot_stand_together_are_refused(site: Path, paths: tuple[str, str]) -> None:
    """A site is the same on file systems that ignore case; no page is the folder of another."""
    with pytest.raises(ValueError, match=r"one file where case does not count|both a page and the folder"):
        publish([Page(path=path, body=b"x") for path in paths], site)
    assert list(site.iterdir()) == []


@pytest.mark.parametrize("text", ["", "{", "[]", '{"files": ["../../etc/passwd"]}', '{"files": 3}'])
def test_a_damaged_manifest_stops_the_publication(site: Path, text: str) -> None:
    """Without a manifest that can be trusted nothing is removed or overwritten."""
    publish(pages(OLD), site)
    (site / ".digest.json").write_text(text)
    with pytest.raises(PublishError, match=r"its \.digest\.json, which names .*cannot be read"):
        publish(pages(NEW), site)
    assert standing(site) == OLD


def test_the_manifest_names_what_is_ours(site: Path) -> None:
    """`owned` tells what the manifest names; it is the same for the same pages in any order."""
    publish(pages(OLD), site)
    first = (site / ".digest.json").read_bytes()
    assert owned(site) == OLD.keys()
    assert list(json.loads(first)["files"]) == sorted(OLD)
    again = site.parent / "again"
    publish(reversed(pages(OLD)), again)
    assert (again / ".digest.json").read_bytes() == first


def test_nothing_is_owned_where_there_is_nothing(site: Path) -> None:
    """An empty or a missing folder may be published to."""
    assert owned(site) == frozenset()
    assert owned(site / "missing") == frozenset()
    assert list(site.iterdir()) == []


def test_what_was_published_can_be_read(site: Path) -> None:
    """`read` gives the bytes of a file, or None when there is none."""
    publish(pages(OLD), site)
    assert read(site, "atom.xml") == b"old feed"
    assert read(site, "history.jsonl") is None
    assert read(site, "stories") is None
    assert read(site / "missing", "atom.xml") is None
    with pytest.raises(ValueError, match="not the path of a page"):
        read(site, "../secret")


def test_files_have_ordinary_modes(site: Path) -> None:
    """Files and folders are made as the umask says, so that a server can read them."""
    before = os.umask(0o022)
    try:
        publish(pages(OLD), site)
    finally:
        os.umask(before)
    assert stat.S_IMODE((site / "index.html").stat().st_mode) == 0o644
    assert stat.S_IMODE((site / "stories").stat().st_mode) == 0o755


@pytest.mark.usefixtures("either_way")
def test_folders_keep_the_modes_they_were_given(site: Path) -> None:
    """Somebody who let a group write to the folder finds it so after the next build."""
    publish(pages(OLD), site)
    site.chmod(0o2775)
    (site / "stories").chmod(0o750)
    publish(pages(NEW), site)
    assert stat.S_IMODE(site.stat().st_mode) == 0o2775
    assert stat.S_IMODE((site / "stories").stat().st_mode) == 0o750


@needs_exchange
def test_folders_change_places_in_one_step(site: Path) -> None:
    """Where the system can, the site becomes another folder, with nothing left beside it."""
    publish(pages(OLD), site)
    before = site.stat().st_ino
    publish(pages(NEW), site)
    assert site.stat().st_ino != before


@pytest.mark.parametrize(
    "code", [errno.EBUSY, errno.EXDEV, errno.EINVAL, errno.ENOSYS, errno.EPERM, errno.EACCES, errno.EROFS]
)
def test_without_an_exchange_files_are_replaced(site: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    """A mount point, another file system, an old kernel: the site is published in place, file by file."""
    publish(pages(OLD), site)
    before = site.stat().st_ino
    refuse(monkeypatch, code)
    publish(pages(NEW), site)
    assert standing(site) == NEW
    assert site.stat().st_ino == before
    assert [path.name for path in site.parent.iterdir()] == ["site"]


@pytest.mark.parametrize("is_refused", [False, True])
def test_a_full_disk_leaves_the_old_site(site: Path, monkeypatch: pytest.MonkeyPatch, *, is_refused: bool) -> None:
    """When there is no room for the new site, the old one stands and the message says why."""
    publish(pages(OLD), site)
    before = times(site / "stories"), standing(site)

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        if is_refused:
            patch.setattr("digest.publish.replace_tree", lambda plan: False)
        with pytest.raises(PublishError, match="no space left on device"):
            publish(pages(NEW), site)
    assert (times(site / "stories"), standing(site)) == before
    assert [path.name for path in site.parent.iterdir()] == ["site"]
    publish(pages(NEW), site)
    assert standing(site) == NEW


def test_files_are_copied_where_links_do_not_work(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a file system without hard links unchanged files still keep their times."""
    publish(pages(OLD), site)
    os.utime(site / "stories/ferry-1a2b/index.html", ns=(5, 1_000_000_001))

    def no_links(*args: object, **kwargs: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", no_links)
    publish(pages(NEW), site)
    assert standing(site) == NEW
    assert (site / "stories/ferry-1a2b/index.html").stat().st_mtime_ns == 1_000_000_001


def test_a_parent_that_cannot_be_written_is_no_hindrance() -> None:
    """An ordinary user may own the site and not the folder it stands in."""
    with tempfile.TemporaryDirectory() as folder:
        parent, site = Path(folder), Path(folder) / "site"
        site.mkdir()
        parent.chmod(0o555)
        is_root = os.geteuid() == 0
        if is_root:
            os.chown(site, NOBODY, NOBODY)
            os.seteuid(NOBODY)
        try:
            publish(pages(OLD), site)
            publish(pages(NEW), site)
            assert standing(site) == NEW
            with pytest.raises(PublishError, match="permission denied"):
                publish(pages(NEW), parent / "other")
        finally:
            if is_root:
                os.seteuid(0)
            parent.chmod(0o755)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give folders away")
def test_folders_keep_their_owner(site: Path) -> None:
    """When root builds a site that belongs to somebody, it still belongs to them afterwards."""
    publish(pages(OLD), site)
    os.chown(site, NOBODY, NOBODY)
    publish(pages(NEW), site)
    assert (site.stat().st_uid, site.stat().st_gid) == (NOBODY, NOBODY)


def test_a_site_is_published_in_place_to_those_who_work_in_it(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever stands in the site when it is published does not find the ground gone."""
    publish(pages(OLD), site)
    monkeypatch.chdir(site)
    publish(pages(NEW), Path())
    assert standing(Path.cwd()) == NEW
    assert Path.cwd().stat().st_ino == site.stat().st_ino


@needs_exchange
@pytest.mark.parametrize(("machine", "is_exchanged"), [(None, True), ("pdp11", False)])
def test_an_older_c_library_will_do(
    site: Path, monkeypatch: pytest.MonkeyPatch, machine: str | None, *, is_exchanged: bool
) -> None:
    """A C library without the call still has the system's number for it, on machines whose number we know."""
    number = EXCHANGE._SYSCALL_NUMBERS.get(platform.machine())
    if machine is None and number is None:
        pytest.skip(f"no number is known for {platform.machine()}")
    publish(pages(OLD), site)
    before = site.stat().st_ino
    older = SimpleNamespace(syscall=ctypes.CDLL(None, use_errno=True).syscall)
    monkeypatch.setattr(ctypes, "CDLL", lambda *args, **kwargs: older)
    monkeypatch.setattr(platform, "machine", lambda: machine or platform.uname().machine)
    publish(pages(NEW), site)
    assert standing(site) == NEW
    assert (site.stat().st_ino != before) == is_exchanged


@needs_exchange
def test_what_others_add_meanwhile_is_not_lost(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A foreign file that appears or changes while the new site is built is in it."""
    publish(pages(OLD), site)
    (site / "CNAME").write_text("old.example.org")
    exchange: Callable[[Path, Path], None] = EXCHANGE._exchange

    def late(new: Path, standing_site: Path) -> None:
        (site / ".well-known").mkdir()
        (site / ".well-known" / "token").write_text("late")
        (site / "CNAME").unlink()
        (site / "CNAME").write_text("new.example.org")
        exchange(new, standing_site)

    monkeypatch.setattr(EXCHANGE, "_exchange", late)
    publish(pages(NEW), site)
    assert standing(site) == {**NEW, "CNAME": b"new.example.org", ".well-known/token": b"late"}


def test_somebody_elses_folder_beside_the_site_is_not_removed(site: Path) -> None:
    """The folder in which the new site is built is cleared only when it is ours."""
    publish(pages(OLD), site)
    (site.parent / ".site.new").mkdir()
    (site.parent / ".site.new" / "thesis.txt").write_text("years of work")
    with pytest.raises(PublishError, match=r"\.site\.new` is not ours and in the way"):
        publish(pages(NEW), site)
    assert (site.parent / ".site.new" / "thesis.txt").read_text() == "years of work"


@needs_exchange
def test_a_reader_never_sees_half_a_site(site: Path) -> None:
    """While the site is published again and again, a front page never meets another edition's style."""

    def edition(number: int) -> list[Page]:
        body = str(number).encode()
        return pages({"index.html": body, "style.css": body, "stories/ferry-1a2b/index.html": b"the ferry"})

    publish(edition(0), site)
    over = threading.Event()
    seen: list[tuple[bytes, bytes]] = []

    def look() -> None:
        while not over.is_set():
            front = (site / "index.html").read_bytes()
            style = (site / "style.css").read_bytes()
            # Only when the front page is the same before and after was the style read in between.
            if (site / "index.html").read_bytes() == front:
                seen.append((front, style))

    reader = threading.Thread(target=look)
    reader.start()
    for number in range(1, 201):
        publish(edition(number), site)
    over.set()
    reader.join()
    assert len(set(seen)) > 5
    assert [pair for pair in seen if pair[0] != pair[1]] == []


def test_what_pages_need_takes_its_place_before_them() -> None:
    """File by file, style comes first, then stories, then the pages that list them, feeds last."""
    assert order(NEW) == (
        "style.css",
        "stories/ferry-1a2b/index.html",
        "stories/tram-5e6f/index.html",
        "index.html",
        "atom.xml",
    )


def kill_at(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """End the process just before its *step*-th change to the disk."""
    steps = count(1)

    def deadly(name: str) -> None:
        act = getattr(os, name)

        def maybe(*args: object, **kwargs: object) -> object:
            if next(steps) >= step:
                raise KilledError
            return act(*args, **kwargs)

        monkeypatch.setattr(os, name, maybe)

    for name in ("replace", "rename", "unlink", "rmdir", "mkdir", "link", "fsync", "sync", "chmod"):
        deadly(name)


def crashes(bodies: Mapping[str, bytes], site: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Publish, killed one step later each time, until it comes through; the caller mends the site."""
    for step in count(1):
        with monkeypatch.context() as patch:
            kill_at(step, patch)
            try:
                publish(pages(bodies), site)
            except KilledError:
                pass
            else:
                return
        yield step


def test_a_crash_at_any_step_leaves_a_whole_site(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed at any moment, the site is the old one or the new one, and the next run clears up."""
    publish(pages(OLD), site)
    (site / "CNAME").write_text("news.example.org")
    old, new = ({**bodies, "CNAME": b"news.example.org"} for bodies in (OLD, NEW))
    states = []
    for _ in crashes(NEW, site, monkeypatch):
        states.append(standing(site) == new)
        assert states[-1] or standing(site) == old
        assert owned(site) in (OLD.keys(), NEW.keys())
        publish(pages(OLD), site)
        assert standing(site) == old
        assert [path.name for path in site.parent.iterdir()] == ["site"]
    assert set(states) == {False, True}
    assert len(states) > 20


def test_a_crash_file_by_file_is_rolled_forward(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed between two files, every file is still whole, and the next run finishes what was begun."""
    publish(pages(OLD), site)
    refuse(monkeypatch)
    states = set()
    for _ in crashes(NEW, site, monkeypatch):
        found = {path: body for path, body in standing(site).items() if not path.startswith(".digest.new/")}
        assert all(body in (OLD.get(path), NEW.get(path)) for path, body in found.items())
        states.add(tuple(found.items()))
        assert found.keys() >= OLD.keys() & NEW.keys()
        assert owned(site) in (OLD.keys(), NEW.keys())
        publish(pages(NEW), site)
        assert standing(site) == NEW
        publish(pages(OLD), site)
        assert standing(site) == OLD
    assert len(states) > 5


def test_a_crash_may_be_followed_by_another_edition(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a crash left is finished or forgotten before the next, different site is published."""
    publish(pages(OLD), site)
    refuse(monkeypatch)
    for _ in crashes(NEW, site, monkeypatch):
        publish(pages({"index.html": b"third front", "stories": b"now a page"}), site)
        assert standing(site) == {"index.html": b"third front", "stories": b"now a page"}
        publish(pages(OLD), site)


def test_the_very_first_publication_may_crash(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that a crash left without a manifest is still known as ours."""
    refuse(monkeypatch)
    for _ in crashes(OLD, site, monkeypatch):
        assert owned(site) in (frozenset(), OLD.keys())
        publish(pages(OLD), site)
        assert standing(site) == OLD
        for path in sorted(site.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()


def test_a_damaged_journal_is_named(site: Path) -> None:
    """A journal that cannot be read stops the publication instead of being guessed at."""
    publish(pages(OLD), site)
    (site / ".digest.new").mkdir()
    (site / ".digest.new" / "journal.json").write_text('{"write": ["../../etc/passwd"], "remove": []}')
    with pytest.raises(PublishError, match=r"journal\.json` is damaged"):
        publish(pages(NEW), site)


PATHS = [
    "index.html",
    "style.css",
    "atom.xml",
    "a",
    "a/index.html",
    "a/b",
    "a/b/index.html",
    "b/c.html",
    "d/é.html",
]


def is_possible(bodies: Mapping[str, bytes]) -> bool:
    try:
        check_together(bodies)
    except ValueError:
        return False
    return True


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.dictionaries(st.sampled_from(PATHS), st.binary(max_size=2), max_size=6).filter(is_possible),
            st.booleans(),
            st.sampled_from([None, *PATHS]),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_a_site_is_its_last_pages_and_what_is_foreign(
    publications: list[tuple[dict[str, bytes], bool, str | None]],
) -> None:
    """Whatever was published before, by either way, and whichever file got lost, the site is right."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        site = Path(folder) / "site"
        publish([], site)
        foreign = {"CNAME": b"news.example.org", "keep/me.txt": b"mine"}
        (site / "keep" / "empty").mkdir(parents=True)
        for path, body in foreign.items():
            (site / path).write_bytes(body)
        last: dict[str, bytes] = {}
        for bodies, is_refused, lost in publications:
            if lost in last:
                (site / str(lost)).unlink()
                del last[str(lost)]
            before = times(site)
            with patch.context() as inner:
                if is_refused:
                    refuse(inner)
                done = publish(pages(bodies), site)
            same = {path for path in bodies if last.get(path) == bodies[path]}
            assert standing(site) == {**bodies, **foreign}
            assert (site / "keep" / "empty").is_dir()
            assert owned(site) == bodies.keys()
            assert set(done.written) == bodies.keys() - same
            assert done.unchanged == len(same)
            after = times(site)
            assert all(after[path] == before[path] for path in (*same, *foreign))
            assert {path.name for path in site.parent.iterdir()} == {"site"}
            ours = {str(parent) for path in (*bodies, *foreign) for parent in Path(path).parents}
            folders = {str(path.relative_to(site)) for path in site.rglob("*") if path.is_dir()} | {"."}
            assert folders == ours | {"keep/empty"}
            last = bodies
