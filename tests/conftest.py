"""What several rooms' tests share: a real Chromium, and pages served to it on loopback."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

_PATHS = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A headless Chromium (playwright's `Browser`); tests that ask for it are skipped where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _PATHS)), None)
    if path is None:
        pytest.skip(f"no Chromium: none of {', '.join(_PATHS)}, and CHROMIUM is not set")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def served() -> Iterator[Callable[[Mapping[str, bytes]], str]]:
    """A function that serves files (path → bytes) on loopback and returns the address they are at."""
    servers: list[ThreadingHTTPServer] = []

    def serve(files: Mapping[str, bytes]) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Files, dict(files)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_address[1]}"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


class _Files(BaseHTTPRequestHandler):
    """Answers with the bytes of a mapping, HTML in UTF-8 unless the path says otherwise."""

    def __init__(self, files: Mapping[str, bytes], *args: Any) -> None:
        self.files = files
        super().__init__(*args)

    def do_GET(self) -> None:
        body = self.files.get(self.path)
        self.send_response(404 if body is None else 200)
        kind = "text/css" if self.path.endswith(".css") else "text/html; charset=utf-8"
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *args: Any) -> None:
        """Say nothing: the test's own output is what is read."""
