"""The preview on loopback: what is served, what is not, and what happens while it runs."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from email.utils import format_datetime, parsedate_to_datetime
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from digest.errors import DigestError
from digest.model import Page
from digest.publish import publish
from digest.serve import Preview, watch

ARTICLES = Path(__file__).parent / "articles"
MISSING = "<p>There is no such page</p>"
PAGES = {
    "index.html": "<p>Today</p>",
    "404.html": MISSING,
    "style.css": "p { color: black }",
    "icon.svg": "<svg/>",
    "atom.xml": "<feed/>",
    "editions.xml": "<feed/>",
    "health.xml": "<feed/>",
    "feed.json": "{}",
    "feeds.opml": "<opml/>",
    "sitemap.xml": "<urlset/>",
    "robots.txt": "User-agent: *",
    "history.jsonl": "{}",
    "status.json": "{}",
    "topics/health/index.html": "<p>Health</p>",
    "topics/health/atom.xml": "<feed/>",
    "2026/11/21/index.html": "<p>Saturday</p>",
}


Start = Callable[..., tuple["subprocess.Popen[str]", str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; names of headers are lower case."""

    status: int
    headers: dict[str, str]
    body: str


def ask(address: str, path: str = "/", method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
    """Ask for a path exactly as it is spelled; in names of headers `_` stands for `-`."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=20)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body=body, headers=named)
        response = connection.getresponse()
        return Answer(
            response.status, {name.lower(): value for name, value in response.getheaders()}, response.read().decode()
        )
    finally:
        connection.close()


def put(site: Path, pages: dict[str, str]) -> Path:
    """Publish pages."""
    publish([Page(path=path, body=body.encode()) for path, body in pages.items()], site)
    return site


def eventually(holds: Callable[[], bool]) -> None:
    """Wait until something holds; how long that takes does not matter, that it never comes does."""
    deadline = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.02)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A published site."""
    return put(tmp_path / "site", PAGES)


@pytest.fixture
def address(site: Path) -> Iterator[str]:
    """The address of its preview."""
    with Preview(site, base_url="https://example.org/") as preview:
        yield preview.address


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/404.html", "text/html; charset=utf-8"),
        ("/style.css", "text/css; charset=utf-8"),
        ("/icon.svg", "image/svg+xml; charset=utf-8"),
        ("/atom.xml", "application/atom+xml; charset=utf-8"),
        ("/editions.xml", "application/atom+xml; charset=utf-8"),
        ("/health.xml", "application/atom+xml; charset=utf-8"),
        ("/topics/health/atom.xml", "application/atom+xml; charset=utf-8"),
        ("/feed.json", "application/feed+json"),
        ("/status.json", "application/json"),
        ("/feeds.opml", "text/x-opml; charset=utf-8"),
        ("/history.jsonl", "application/jsonl"),
        ("/sitemap.xml", "application/xml; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
    ],
)
def test_every_file_has_its_media_type(address: str, path: str, media_type: str) -> None:
    """A reader of feeds is told that it gets a feed, a browser that it gets a page; nothing is left to be guessed."""
    answer = ask(address, path)
    assert (answer.status, answer.headers["content-type"]) == (200, media_type)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.body == PAGES[path.removeprefix("/") or "index.html"]  # as it stands: no script joins it


def test_a_folder_is_its_index(address: str) -> None:
    """`/topics/health/` is a page; without the slash it leads there, so that relative links are right."""
    assert ask(address, "/topics/health/").body == "<p>Health</p>"
    answer = ask(address, "/topics/health")
    assert (answer.status, answer.headers["location"]) == (301, "/topics/health/")


def test_what_a_folder_holds_is_not_listed(address: str) -> None:
    """A folder without a page of its own is no page."""
    assert ask(address, "/topics/").status == 404
    assert ask(address, "/topics").status == 404


def test_a_page_that_is_not_there_is_told_in_the_sites_own_words(address: str, site: Path) -> None:
    """The site's 404.html comes with status 404, or plain words while there is none."""
    answer = ask(address, "/topics/sprot/?from=feed")
    assert (answer.status, answer.body) == (404, MISSING)
    assert ask(address, "/atom.xml/").status == 404
    shutil.rmtree(site)
    assert ask(address, "/").status == 404


def test_the_address_that_the_site_will_have_works_too(site: Path) -> None:
    """With `base_url = "https://example.org/digest/"` all is found below /digest/ as well, so absolute links hold."""
    with Preview(site, base_url="https://example.org/my%20digest/") as preview:
        assert preview.address.endswith("/my%20digest/")
        for path in ("/", "/my%20digest/"):
            assert ask(preview.address, path).body == "<p>Today</p>"
        assert ask(preview.address, "/my%20digest/topics/health/").body == "<p>Health</p>"
        assert ask(preview.address, "/my%20digest").headers["location"] == "/my%20digest/"
        assert ask(preview.address, "/my%20digest/topics/health").headers["location"] == "/my%20digest/topics/health/"
        assert ask(preview.address, "/my%20digest/gone/").body == MISSING


def test_a_folder_of_the_site_may_be_called_like_a_part_of_its_address(site: Path) -> None:
    """At https://example.org/2026/ the edition of a day in 2026 is found from the root, too."""
    with Preview(site, base_url="https://example.org/2026/") as preview:
        assert ask(preview.address, "/2026/").body == "<p>Today</p>"
        assert ask(preview.address, "/2026/11/21/").body == "<p>Saturday</p>"
        assert ask(preview.address, "/2026/2026/11/21/").body == "<p>Saturday</p>"


def test_a_head_is_an_answer_without_its_body(address: str) -> None:
    """HEAD tells all that GET tells, length and tag too."""
    full, head = ask(address), ask(address, method="HEAD")
    assert full.headers["content-length"] == str(len(full.body))
    assert {**head.headers, "date": ""} == {**full.headers, "date": ""}
    at = urlsplit(address)
    with socket.create_connection((at.hostname, at.port), timeout=20) as connection:
        connection.sendall(b"HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        assert connection.makefile("rb").read().endswith(b"\r\n\r\n")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
def test_a_preview_is_only_read(address: str, method: str) -> None:
    """Anything but GET and HEAD is refused with 405, and what it brings is not taken for another request."""
    answer = ask(address, method=method, body=b"GET /style.css HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert (answer.status, answer.headers["allow"], answer.headers["connection"]) == (405, "GET, HEAD", "close")


def test_a_file_that_the_browser_has_is_not_sent_again(address: str) -> None:
    """Its tag, in whatever company, gets 304 and no body."""
    whole = ask(address)
    tag = whole.headers["etag"]
    assert tag.startswith('"')
    assert whole.headers["cache-control"] == "no-cache"
    for header in (tag, f"W/{tag}", f'"other", {tag}', f'W/"a,b" ,W/{tag}', "*"):
        answer = ask(address, If_None_Match=header)
        assert (answer.status, answer.body, answer.headers["etag"]) == (304, "", tag)
        assert "content-type" not in answer.headers
    for header in ('"other"', tag.strip('"'), f'"x{tag[1:]}', '"*"', ""):
        assert ask(address, If_None_Match=header).status == 200
    assert ask(address, "/gone", If_None_Match="*").status == 404


def test_the_tag_is_made_from_the_bytes(address: str, site: Path) -> None:
    """The same bytes written again keep their tag; other bytes have another, even with the old time."""
    before = ask(address).headers["etag"]
    index = site / "index.html"
    times = index.stat()
    index.write_text(PAGES["index.html"])
    os.utime(index, (0, 0))
    assert ask(address).headers["etag"] == before
    index.write_text("<p>Other</p>")
    os.utime(index, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert ask(address, If_None_Match=before).status == 200


def test_a_date_does_where_there_is_no_tag(address: str) -> None:
    """`If-Modified-Since` gets 304 from the file's own time on; with a tag at hand it does not count."""
    changed = ask(address).headers["last-modified"]
    earlier = format_datetime(parsedate_to_datetime(changed) - timedelta(seconds=1), usegmt=True)
    assert ask(address, If_Modified_Since=changed).status == 304
    assert ask(address, If_Modified_Since=earlier).status == 200
    assert ask(address, If_Modified_Since="yesterday").status == 200
    assert ask(address, If_Modified_Since=changed, If_None_Match='"other"').status == 200


@pytest.fixture
def secret(site: Path) -> str:
    """A file beside the site, links that lead to it, and hidden files in the site."""
    (site.parent / "secret.txt").write_text("secret")
    (site / "link.txt").symlink_to("../secret.txt")
    (site / "up").symlink_to("..")
    (site / "loop").symlink_to("loop")
    (site / ".hidden.txt").write_text("secret")
    (site / "shown.txt").symlink_to(".hidden.txt")
    (site / ".well").mkdir()
    (site / ".well" / "known.txt").write_text("secret")
    os.mkfifo(site / "pipe.txt")
    return "secret"


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/topics/../../secret.txt", "/.%2E/secret.txt",
        "/link.txt", "/up/secret.txt", "/up/", "/loop", "/loop/", "/shown.txt", "/.hidden.txt", "/%2ehidden.txt",
        "/.well/known.txt", "/.digest.json", "//secret.txt", "/topics//health/", "/./index.html", "/index.html%00.txt",
        "/%ff", "/pipe.txt", "/topics%2fhealth/", "/" + "x" * 5000, "secret.txt", "http://localhost/secret.txt",
    ],
)  # fmt: skip
def test_nothing_but_the_site_is_served(address: str, secret: str, path: str) -> None:
    """No way leads up, out through a link, to a hidden file or into a pipe, however it is spelled."""
    answer = ask(address, path)
    assert answer.status == 404
    assert secret not in answer.body


def test_links_within_the_site_are_followed(address: str, site: Path) -> None:
    """A link that stays in the site is as good as a file, and has the type of what it leads to."""
    (site / "latest").symlink_to("topics/health")
    assert ask(address, "/latest/").body == "<p>Health</p>"


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1", "127.0.0.1:1", "[::1]", "[::1]:8000"])
def test_the_preview_answers_to_the_names_of_loopback(address: str, host: str) -> None:
    """By whatever name this machine calls itself, with any port: a tunnel may have another one."""
    assert ask(address, Host=host).status == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "localhost.evil.example", "127.0.0.1.evil.example", "127.0.0.2",
             "127.0.0.1@evil.example", "evil.example/localhost", "::1", ""],
)  # fmt: skip
def test_a_name_that_was_bent_to_loopback_is_refused(address: str, host: str) -> None:
    """A page elsewhere cannot read the preview through a name of its own that it lets point here."""
    answer = ask(address, Host=host)
    assert answer.status == 421
    assert "Today" not in answer.body


@pytest.mark.parametrize("hosts", ["", "Host: localhost\r\nHost: evil.example\r\n"])
def test_a_request_names_one_host(address: str, hosts: str) -> None:
    """None, or two that differ, is a bad request."""
    at = urlsplit(address)
    with socket.create_connection((at.hostname, at.port), timeout=20) as connection:
        connection.sendall(f"GET / HTTP/1.1\r\n{hosts}Connection: close\r\n\r\n".encode())
        assert connection.makefile("rb").read().startswith(b"HTTP/1.1 400 ")


def test_only_this_machine_can_ask(address: str) -> None:
    """The server listens on 127.0.0.1, not on every address of the machine."""
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", urlsplit(address).port or 0), timeout=20)


def test_a_port_in_use_is_told_with_the_remedy(address: str, site: Path) -> None:
    """Someone listens there already: choose another port."""
    port = urlsplit(address).port or 0
    with pytest.raises(DigestError, match=f"port {port} is in use; choose another with `--port`"):
        Preview(site, base_url="https://example.org/", port=port)


def test_the_port_is_free_again_at_the_end(site: Path) -> None:
    """A preview can be started again at once, at the same address."""
    with Preview(site, base_url="https://example.org/") as preview:
        ask(preview.address, Connection="close")  # closed by the server, which leaves the port waiting
        port = urlsplit(preview.address).port or 0
    with Preview(site, base_url="https://example.org/", port=port) as again:
        assert ask(again.address).status == 200


def test_publishing_does_not_disturb_a_running_preview(address: str, site: Path) -> None:
    """Publishing puts another folder in the site's place; on the same connection the next answer is the new page."""
    inode = site.stat().st_ino
    connection = HTTPConnection(urlsplit(address).netloc, timeout=20)
    connection.request("GET", "/")
    assert connection.getresponse().read() == b"<p>Today</p>"
    for number in range(3):
        put(site, {**PAGES, "index.html": f"<p>{number}</p>"})
        connection.request("GET", "/")
        assert connection.getresponse().read().decode() == f"<p>{number}</p>"
    connection.close()
    if sys.platform == "linux":
        assert site.stat().st_ino != inode


def test_no_answer_is_missing_while_the_site_is_exchanged(address: str, site: Path) -> None:
    """Every request during many publications gets a whole page, old or new."""
    done = threading.Event()
    answers: set[tuple[int, str]] = set()

    def read_on() -> None:
        while not done.is_set():
            answer = ask(address)
            answers.add((answer.status, answer.body))

    reader = threading.Thread(target=read_on)
    reader.start()
    pages = [f"<p>{number}</p>" for number in range(20)]
    for page in pages:
        put(site, {**PAGES, "index.html": page})
    done.set()
    reader.join()
    assert answers
    assert answers <= {(200, page) for page in (PAGES["index.html"], *pages)}


def rewrite_in_the_same_moment(file: Path) -> None:
    """Write other bytes and put the old time back."""
    times = file.stat()
    file.write_text("Ferries")
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))


CHANGES: dict[str, Callable[[Path], object]] = {
    "new": lambda file: file.with_name("bridge.txt").write_text("Bridge"),
    "another length": rewrite_in_the_same_moment,
    "another time": lambda file: os.utime(file, (1, 1)),
    "renamed": lambda file: file.rename(file.with_name("boat.txt")),
    "removed": lambda file: file.unlink(),
    "settings": lambda file: (file.parents[2] / "digest.toml").write_text("title = 'Mine'"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_happens_to_a_file_is_noticed(tmp_path: Path, change: Callable[[Path], object]) -> None:
    """A file that is new, edited, touched, renamed or gone calls once; so does the settings file."""
    folder, settings = tmp_path / "seeds", tmp_path / "digest.toml"
    (folder / "inner").mkdir(parents=True)
    file = folder / "inner" / "ferry.txt"
    file.write_text("Ferry")
    calls: list[int] = []
    end = threading.Event()
    looks = iter(range(100))

    def paths() -> tuple[Path, ...]:
        if next(looks, None) is None:
            end.set()
        return settings, folder, tmp_path / "not there"

    def on_change() -> None:
        calls.append(len(calls))
        if len(calls) == 2:
            end.set()
        else:
            change(file)

    watch(paths, on_change, interval_s=0.001, until=end)
    assert calls == [0, 1]


def test_nothing_new_is_no_reason_to_build(tmp_path: Path) -> None:
    """Without a change there is one call, at the beginning; hidden files of editors do not count."""
    (tmp_path / "ferry.txt").write_text("Ferry")
    looks: list[int] = []
    calls: list[int] = []
    end = threading.Event()

    def paths() -> list[Path]:
        looks.append(len(looks))
        (tmp_path / ".ferry.txt.swp").write_text("x" * len(looks))
        if len(looks) == 5:
            end.set()
        return [tmp_path]

    watch(paths, lambda: calls.append(len(looks)), interval_s=0.01, until=end)
    assert (len(looks), calls) == (5, [1])


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Start]:
    """A function that starts `digest serve` in the folder of the test, and gives the process and its address."""
    processes: list[subprocess.Popen[str]] = []

    def start(*arguments: str) -> tuple["subprocess.Popen[str]", str]:
        with (tmp_path / "errors.txt").open("w") as errors:
            process = subprocess.Popen(
                [sys.executable, "-m", "digest", "serve", "--port", "0", *arguments],
                cwd=tmp_path, stdout=subprocess.PIPE, stderr=errors, text=True,
                env={**os.environ, "SOURCE_DATE_EPOCH": "1795000000", "PYTHONUNBUFFERED": "1"},
            )  # fmt: skip
        processes.append(process)
        assert process.stdout
        line = process.stdout.readline()
        assert "http://127.0.0.1:" in line, (tmp_path / "errors.txt").read_text()
        return process, line.split(" is at ")[1].strip()

    yield start
    for process in processes:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_quietly(site: Path, started: Start, ending: signal.Signals) -> None:
    """One line says where the site is; Ctrl-C, or a service manager's SIGTERM, ends it with exit code 0."""
    process, address = started()
    assert ask(address).body == "<p>Today</p>"
    process.send_signal(ending)
    rest, _ = process.communicate(timeout=60)
    assert (process.returncode, rest) == (0, "")
    assert (site.parent / "errors.txt").read_text() == ""


def refused(folder: Path, *arguments: str) -> tuple[int, str]:
    """Run `digest serve` where it cannot start; gives the exit code and what it says."""
    result = subprocess.run(
        [sys.executable, "-m", "digest", "serve", "--port", "0", *arguments],
        cwd=folder, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert result.stdout == ""
    return result.returncode, result.stderr


def test_without_watch_nothing_is_built(tmp_path: Path) -> None:
    """A preview shows what is published; where nothing is, it says how to get something."""
    code, message = refused(tmp_path)
    assert code == 2
    assert "run `digest build`, or add `--watch`" in message
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_no_site_is_not_served(tmp_path: Path) -> None:
    """`-o ~` does not open one's home to every program on the machine."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letters.txt").write_text("Dear")
    code, message = refused(tmp_path, "-o", "home")
    assert code == 1
    assert "home" in message


def test_watching_builds_again_and_survives_mistakes(tmp_path: Path, started: Start) -> None:
    """Seeds, settings and templates are built as they change; a mistake is told, and the site stays as it was."""
    (tmp_path / "seeds").mkdir()
    (tmp_path / "mine").mkdir()
    settings = tmp_path / "digest.toml"
    settings.write_text("title = 'First'\ntemplates = 'mine'\n")
    errors = tmp_path / "errors.txt"
    process, address = started("--watch")

    eventually(lambda: "First" in ask(address).body)
    shutil.copy(ARTICLES / "ferry.txt", tmp_path / "seeds")
    eventually(lambda: "ferry" in ask(address).body)

    settings.write_text("titel = 'Second'\n")
    eventually(lambda: "did you mean `title`" in errors.read_text())
    assert "First" in ask(address).body

    settings.write_text("title = 'Second'\ntemplates = 'mine'\nbase_url = 'https://example.org/paper/'\n")
    eventually(lambda: "Second" in ask(address, "/paper/").body)

    (tmp_path / "mine" / "404.html").write_text("{% oops %}")
    eventually(lambda: "template 404.html" in errors.read_text())
    (tmp_path / "mine" / "404.html").write_text("Gone fishing")
    eventually(lambda: ask(address, "/paper/gone").body == "Gone fishing")
    assert process.poll() is None


def test_a_site_elsewhere_may_be_named(tmp_path: Path, started: Start) -> None:
    """`-o` names the folder of the site."""
    put(tmp_path / "elsewhere", {"index.html": "<p>Elsewhere</p>"})
    _, address = started("-o", "elsewhere")
    assert ask(address).body == "<p>Elsewhere</p>"
