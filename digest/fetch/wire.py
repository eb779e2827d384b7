"""
The IP addresses of a host in, a connection out that ends with the deadline of its fetch.

Every wait is cut to what is left of the one deadline, so neither a server that says nothing nor one
that says a byte at a time can hold it. Certificates are verified against the system's authorities
(OpenSSL's `SSL_CERT_FILE` and `SSL_CERT_DIR` are honoured) and those of certifi.
"""

import functools
import socket
from collections.abc import Sequence
from typing import TYPE_CHECKING

from digest.fetch.address import Address
from digest.fetch.deadline import Deadline
from digest.fetch.errors import FetchError

if TYPE_CHECKING:
    import ssl

READ_BYTES = 65_536


class Wire:
    """A connection, to be closed by whoever opened it."""

    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self._sock = sock
        self._deadline = deadline

    def send(self, data: bytes) -> None:
        """Send everything."""
        self._sock.settimeout(self._deadline.left_s())
        self._sock.sendall(data)

    def receive(self) -> bytes:
        """Return the next bytes, as many as have come; none when the other side has hung up."""
        self._sock.settimeout(self._deadline.left_s())
        return self._sock.recv(READ_BYTES)

    def encrypt(self, address: Address) -> None:
        """
        Go on under TLS.

        Raises:
            FetchError: The other side cannot, or is not who it should be.
            TimeoutError: It took too long.
        """
        import ssl

        self._sock.settimeout(self._deadline.left_s())
        try:
            self._sock = _tls().wrap_socket(self._sock, server_hostname=address.host)
        except ssl.SSLCertVerificationError as error:
            reason = error.verify_message or "it cannot be verified"
            raise FetchError(address.url, f"certificate refused: {reason}") from error
        except ssl.SSLError as error:
            raise FetchError(address.url, f"no TLS: {error.reason or 'the handshake failed'}") from error

    def close(self) -> None:
        """Hang up."""
        self._sock.close()


def connect(address: Address, ips: Sequence[str], deadline: Deadline) -> Wire:
    """
    Connect to the first of *ips* that answers, each having its share of the time that is left.

    Args:
        address: What they are the IP addresses of.
        ips: Not empty, and checked.
        deadline: For the connection, and for all that happens on it.

    Raises:
        FetchError: None can be reached.
        TimeoutError: It took too long.
    """
    failures: list[OSError] = []
    for tried, ip in enumerate(ips):
        share_s = deadline.left_s() / (len(ips) - tried)
        try:
            return Wire(socket.create_connection((ip, address.port), timeout=share_s), deadline)
        except OSError as error:
            failures.append(error)
    deadline.left_s()
    why = next((f.strerror.lower() for f in failures if f.strerror), "no answer")
    raise FetchError(address.url, f"cannot connect to `{address.netloc}`: {why}") from failures[0]


@functools.cache
def _tls() -> "ssl.SSLContext":
    """Read the authorities once; it is slow, and they do not change during a build."""
    import ssl

    import certifi

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    context.set_alpn_protocols(["http/1.1"])
    return context
