"""
A small server on 127.0.0.1 that says, byte for byte and as slowly as told, what a test wants said.

It speaks no HTTP of its own beyond reading the head of a question, so nothing mends what it sends.
"""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A question."""

    method: str
    target: str
    headers: Mapping[str, str]
    """Names in lower case; a character of a value is a byte (Latin-1)."""
    at: float
    """In seconds of the steady clock."""


Says = bytes | Callable[[socket.socket, Heard], None]
"""What goes onto the connection before it is closed."""

Script = Mapping[str, Says] | Callable[[Heard], Says]
"""Target of the question → what is said; what is not in it is not found."""


class Hostile:
    """Listens while its block lasts."""

    def __init__(self, script: Script, *, tls: ssl.SSLContext | None = None, listens: bool = True) -> None:
        """
        Take a free port.

        Args:
            script: What to say to what.
            tls: With what certificate to say it, if encrypted.
            listens: Whether it waits for the question before it says anything; else the target is empty.
        """
        self._script = script
        self._tls = tls
        self._listens = listens
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=512)
        self._threads: list[threading.Thread] = []
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self.port: int = self._listener.getsockname()[1]
        self.heard: list[Heard] = []
        """All questions, in the order in which they came."""
        self.accepted = 0
        """Connections."""

    def __enter__(self) -> Self:
        self._start(self._listen)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _cut(self._listener)
        with self._lock:
            for connection in self._open:
                _cut(connection)
        for thread in self._threads:
            thread.join()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """Return the address of a path, under any name that leads here."""
        return f"http{'s' if self._tls else ''}://{host}:{self.port}{path}"

    def targets(self) -> list[str]:
        """Return what was asked for, in order."""
        return [heard.target for heard in self.heard]

    def _start(self, work: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=work, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                self._open.add(connection)
                self.accepted += 1
            self._start(self._serve, connection)

    def _serve(self, plain: socket.socket) -> None:
        connection = plain
        try:
            if self._tls is not None:
                connection = self._tls.wrap_socket(plain, server_side=True)
                with self._lock:
                    self._open.add(connection)
            self._answer(connection)
        except OSError:
            pass  # the client has had enough, as it often should
        finally:
            with self._lock:
                self._open -= {plain, connection}
            connection.close()

    def _answer(self, connection: socket.socket) -> None:
        nothing = Heard(method="", target="", headers={}, at=time.monotonic())
        if (heard := hear(connection) if self._listens else nothing) is None:
            return
        with self._lock:
            self.heard.append(heard)
        says = self._script.get(heard.target, reply(404)) if isinstance(self._script, Mapping) else self._script(heard)
        if isinstance(says, bytes):
            connection.sendall(says)
        else:
            says(connection, heard)


def hear(connection: socket.socket) -> Heard | None:
    """Read the head of a question, if one comes."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        if not (more := connection.recv(1)):
            return None
        head += more
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ", 2)
    fields = (line.partition(":") for line in lines if line)
    headers = {name.lower(): value.strip() for name, _, value in fields}
    return Heard(method=method, target=target, headers=headers, at=time.monotonic())


def reply(status: int, body: bytes = b"", **fields: str) -> bytes:
    """Return a whole answer; in the names of fields, an underscore stands for a hyphen."""
    if "Transfer_Encoding" not in fields:
        fields = {"Content_Length": str(len(body))} | fields
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in fields.items()]
    return "\r\n".join([f"HTTP/1.1 {status} Said", *lines, "", ""]).encode("latin-1") + body


def redirect(status: int, location: str) -> bytes:
    """Return an answer that leads elsewhere."""
    return reply(status, Location=location)


def chunked(*chunks: bytes, end: bytes = b"0\r\n\r\n", **fields: str) -> bytes:
    """Return an answer whose body comes in chunks."""
    body = b"".join(f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n" for chunk in chunks)
    return reply(200, body + end, Transfer_Encoding="chunked", **fields)


def drip(data: bytes, *, at_once: int = 0, pause_s: float = 0.05) -> Says:
    """Say the first bytes at once and the rest one by one."""

    def says(connection: socket.socket, heard: Heard) -> None:
        connection.sendall(data[:at_once])
        for byte in data[at_once:]:
            connection.sendall(bytes([byte]))
            time.sleep(pause_s)

    return says


def flood(head: bytes, piece: bytes, *, times: int, counted: list[int]) -> Says:
    """Say *head* and then *piece* many times over, and note how many bytes of it could be said."""

    def says(connection: socket.socket, heard: Heard) -> None:
        connection.sendall(head)
        counted.append(0)
        for _ in range(times):
            connection.sendall(piece)
            counted[-1] += len(piece)

    return says


def silence(connection: socket.socket, heard: Heard) -> None:
    """Say nothing until the client hangs up."""
    while connection.recv(65_536):
        pass


def _cut(connection: socket.socket) -> None:
    """Wake whoever waits on a connection, and end it."""
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
