"""
An address and a connection to it in, the server's answer out: one question, one answer, no redirects.

HTTP/1.1 is spoken through h11, which does no input or output of its own: every byte goes through the
wire, which keeps the deadline, and what is malformed or cut short is an error and not half an answer.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.fetch.address import Address
from digest.fetch.decoding import decoded
from digest.fetch.errors import FetchError
from digest.fetch.headers import Headers
from digest.fetch.wire import Wire

if TYPE_CHECKING:
    import h11

USABLE = frozenset({200, 203})
"""Statuses whose body is what was asked for; no other body is read."""

_MOST_HEAD_BYTES = 65_536


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server said."""

    status: int
    headers: Headers
    body: bytes
    """Decompressed; empty when the status is not a usable one."""


def ask(wire: Wire, address: Address, fields: Sequence[tuple[str, str]], *, target: str, max_bytes: int) -> Answer:
    """
    Ask for an address and wait for the whole answer.

    Args:
        wire: A connection on which nothing has been said.
        address: What is asked for.
        fields: Of the question's header; a character of a value is a byte (Latin-1).
        target: What the request line names: the path, or for a proxy the whole address.
        max_bytes: The most that a body may have, as it comes and decompressed; no more is ever held.

    Raises:
        FetchError: The answer is not HTTP, too large, broken or cut short.
        TimeoutError: It took too long.
    """
    import h11

    connection = h11.Connection(our_role=h11.CLIENT, max_incomplete_event_size=_MOST_HEAD_BYTES)
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in fields]
    wire.send(connection.send(h11.Request(method="GET", target=target, headers=headers)) or b"")
    wire.send(connection.send(h11.EndOfMessage()) or b"")
    response = _response(wire, connection, address)
    heard = Headers(fields=tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers))
    body = b""
    if response.status_code in USABLE:
        if int(heard.first("content-length") or 0) > max_bytes:  # h11 has checked that it is a number
            raise _too_large(address, max_bytes)
        chunks = _chunks(wire, connection, address, max_bytes)
        body = _held(decoded(chunks, heard.joined("content-encoding")), address, max_bytes)
    return Answer(status=response.status_code, headers=heard, body=body)


def _response(wire: Wire, connection: "h11.Connection", address: Address) -> "h11.Response":
    """Wait for the head of the answer, past any interim ones."""
    import h11

    try:
        while not isinstance(event := connection.next_event(), h11.Response):
            if event is h11.NEED_DATA:
                data = wire.receive()
                if not data:
                    raise FetchError(address.url, "the server hung up without an answer")
                connection.receive_data(data)
    except h11.RemoteProtocolError as error:
        raise FetchError(address.url, f"the answer is not HTTP: {error}") from error
    return event


def _chunks(wire: Wire, connection: "h11.Connection", address: Address, max_bytes: int) -> Iterator[bytes]:
    """Yield the body as it comes, and make sure that all of it has come."""
    import h11

    come = 0
    has_ended = False
    while True:
        try:
            event = connection.next_event()
        except h11.RemoteProtocolError as error:
            reason = f"cut short after {come} bytes" if has_ended else f"the answer is broken: {error}"
            raise FetchError(address.url, reason) from error
        if isinstance(event, h11.EndOfMessage):
            return
        if isinstance(event, h11.Data):
            come += len(event.data)
            if come > max_bytes:
                raise _too_large(address, max_bytes)
            yield bytes(event.data)
        else:
            data = wire.receive()
            has_ended = not data
            connection.receive_data(data)


def _held(pieces: Iterable[bytes], address: Address, max_bytes: int) -> bytes:
    """Join the pieces of a body, as long as they are not too many."""
    # Unlike a list to be joined, it can hand out what it holds without a second copy.
    body = io.BytesIO()
    try:
        for piece in pieces:
            if body.tell() + len(piece) > max_bytes:
                raise _too_large(address, max_bytes)
            body.write(piece)
    except ValueError as error:
        raise FetchError(address.url, str(error)) from error
    return body.getvalue()


def _too_large(address: Address, max_bytes: int) -> FetchError:
    return FetchError(address.url, f"larger than {max_bytes:,} bytes")
