"""The address of an HTTP proxy in, the way through it out."""

import base64
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from digest.fetch.address import Address
from digest.fetch.errors import FetchError
from digest.fetch.wire import Wire


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """A proxy, and the headers that open it."""

    address: Address
    headers: tuple[tuple[str, str], ...]
    """Fields that let us in, if any."""


def parse_proxy(url: str) -> Proxy:
    """
    Take the address of a proxy apart.

    Raises:
        ValueError: It is not `http://[user:password@]host[:port]`.
    """
    parts = urlsplit(url)
    if parts.scheme != "http" or not parts.hostname:
        raise ValueError(f"proxy is `{url}`; it takes `http://host:port`")
    headers: tuple[tuple[str, str], ...] = ()
    if parts.username is not None:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
        headers = (("Proxy-Authorization", f"Basic {base64.b64encode(pair).decode()}"),)
    address = Address(scheme="http", host=parts.hostname, port=parts.port or 80, target="/")
    return Proxy(address=address, headers=headers)


def open_tunnel(wire: Wire, address: Address, proxy: Proxy) -> None:
    """
    Ask a proxy to join *wire* to a host.

    Raises:
        FetchError: It will not.
        TimeoutError: It took too long.
    """
    import h11

    connection = h11.Connection(our_role=h11.CLIENT)
    request = h11.Request(
        method="CONNECT", target=address.authority, headers=[("Host", address.authority), *proxy.headers]
    )
    wire.send(connection.send(request) or b"")
    wire.send(connection.send(h11.EndOfMessage()) or b"")
    try:
        while (event := connection.next_event()) is h11.NEED_DATA:
            connection.receive_data(wire.receive())
    except h11.RemoteProtocolError as error:
        raise FetchError(address.url, "the proxy does not speak HTTP") from error
    if not isinstance(event, h11.Response):
        raise FetchError(address.url, "the proxy hung up")
    if not 200 <= event.status_code < 300:
        raise FetchError(address.url, f"the proxy answered {event.status_code}")
