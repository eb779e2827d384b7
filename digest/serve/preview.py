"""
A server for one's own eyes: requests on loopback in, files of the site out, exactly as they stand.

It listens on 127.0.0.1 alone. A page elsewhere could still have a browser ask it, under a name of
its own that it lets point to loopback (DNS rebinding); so it answers to loopback's names only.
"""

import errno
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import format_datetime
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import ThreadingTCPServer
from threading import Thread
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote, urlsplit

from digest import addresses
from digest.errors import DigestError, reason_of
from digest.serve.files import read, segments
from digest.serve.validators import entity_tag, is_fresh

_OUR_NAMES = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:\d*)?", re.IGNORECASE)


class PortError(DigestError):
    """The port cannot be listened on."""

    def __init__(self, port: int, reason: str) -> None:
        super().__init__(f"port {port} {reason}; choose another with `--port`, or 0 for any that is free")
        self.port = port
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """What is served, and where below the root as well."""

    site: Path
    prefix: tuple[str, ...]
    """Folders in the site's own address, e.g. `("digest",)`."""


class Preview:
    """A running server; a context manager that ends it."""

    def __init__(self, site: Path, *, base_url: str, port: int = 0) -> None:
        """
        Listen on 127.0.0.1.

        Args:
            site: Folder of the site; it may be replaced, or not be there yet.
            base_url: Address that the site will have; the site is found at `/`, and below this address's path too.
            port: 0 for any that is free.

        Raises:
            PortError: Something else listens there, or it may not be used.
        """
        self.show(site, base_url=base_url)
        try:
            self._server = _Server(("127.0.0.1", port), partial(_Handler, lambda: self._shown))
        except OSError as error:
            reason = "is in use" if error.errno == errno.EADDRINUSE else f"cannot be used: {reason_of(error)}"
            raise PortError(port, reason) from error

    def show(self, site: Path, *, base_url: str) -> None:
        """Serve this site from the next request on."""
        names = segments(urlsplit(base_url).path) or ()
        self._shown = _Shown(site=site, prefix=tuple(name for name in names if name))

    @property
    def address(self) -> str:
        """Where a browser finds the front page."""
        path = "".join(f"{quote(name)}/" for name in self._shown.prefix)
        return f"http://127.0.0.1:{self._server.server_address[1]}/{path}"

    def __enter__(self) -> Self:
        Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a browser that went away in the middle of an answer."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """Answers one connection."""

    protocol_version = "HTTP/1.1"
    timeout = 30

    def __init__(self, shown: Callable[[], _Shown], *args: Any) -> None:
        self._what_is_shown = shown
        super().__init__(*args)

    def parse_request(self) -> bool:
        """Read a request, and refuse it here when it wants anything but to read."""
        if not super().parse_request():
            return False
        if self.command in {"GET", "HEAD"}:
            return True
        self._say(HTTPStatus.METHOD_NOT_ALLOWED, "a preview is only read", {"Allow": "GET, HEAD"})
        return False

    def do_GET(self) -> None:
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1:
            self._say(HTTPStatus.BAD_REQUEST, "a request names one host")
        elif not _OUR_NAMES.fullmatch(hosts[0].strip()):
            self._say(HTTPStatus.MISDIRECTED_REQUEST, "this preview is for localhost only")
        else:
            self._answer(segments(self.path.partition("?")[0]), self._what_is_shown())

    def do_HEAD(self) -> None:
        self.do_GET()

    def _answer(self, names: tuple[str, ...] | None, shown: _Shown) -> None:
        """Send the file that is asked for, the way to it, or the site's own word that there is none."""
        for inner in _readings(names, shown.prefix):
            if file := read(shown.site, inner):
                tag = entity_tag(file.body)
                validators = {
                    "ETag": tag,
                    "Last-Modified": format_datetime(file.modified, usegmt=True),
                    "Cache-Control": "no-cache",
                }
                known = is_fresh(
                    tag=tag,
                    modified=file.modified,
                    if_none_match=", ".join(self.headers.get_all("If-None-Match", [])) or None,
                    if_modified_since=self.headers.get("If-Modified-Since"),
                )
                if known:
                    self._send(HTTPStatus.NOT_MODIFIED, validators, b"")
                else:
                    self._send(HTTPStatus.OK, {"Content-Type": file.media_type, **validators}, file.body)
                return
            if names and names[-1] and read(shown.site, (*inner, "")):
                self._say(
                    HTTPStatus.MOVED_PERMANENTLY,
                    "a folder ends in a slash",
                    {"Location": f"/{'/'.join(map(quote, names))}/"},
                )
                return
        if missing := read(shown.site, (addresses.NOT_FOUND,)):
            headers = {"Content-Type": missing.media_type, "Cache-Control": "no-cache"}
            self._send(HTTPStatus.NOT_FOUND, headers, missing.body)
        else:
            self._say(HTTPStatus.NOT_FOUND, "there is no such page")

    def _say(self, status: HTTPStatus, words: str, headers: Mapping[str, str] | None = None) -> None:
        plain = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-cache"}
        self._send(status, plain | dict(headers or {}), f"{words}\n".encode())

    def _send(self, status: HTTPStatus, headers: Mapping[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("X-Content-Type-Options", "nosniff")
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(body)))
        if "Content-Length" in self.headers or "Transfer-Encoding" in self.headers:
            # What the request brings is not read, and must not be taken for the next request.
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def version_string(self) -> str:
        """Name the server without telling its version."""
        return "digest"

    def log_message(self, *args: Any) -> None:
        """Keep the terminal free for what a build has to say."""


def _readings(names: tuple[str, ...] | None, prefix: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return what a path may mean in the site: below its address's path first, then from the root."""
    if names is None:
        return []
    if prefix and names[: len(prefix)] == prefix:
        return [names[len(prefix) :], names]
    return [names]
