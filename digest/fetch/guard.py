"""
An address in, the IP addresses that may be connected to out.

A name is resolved once, every answer is checked, and those answers are what is connected to: a name
that means something else a moment later (DNS rebinding) gains nothing. The ranges are those of the
IANA special-purpose address registries (RFC 6890), and the addresses of cloud metadata services.
"""

import queue
import socket
import threading
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from digest.fetch.address import Address
from digest.fetch.deadline import Deadline
from digest.fetch.errors import FetchError

Resolver = Callable[[str], Sequence[str]]
"""Name → IP addresses, best first; raises `OSError` when there are none."""

MOST_TRIED = 6
"""Addresses of one name, so that a long list cannot use up the time in small shares."""

_PUBLIC_IPV6 = ip_network("2000::/3")
_NAT64 = ip_network("64:ff9b::/96")
_REFUSED = tuple(
    (ip_network(network), word)
    for network, word in (
        ("0.0.0.0/8", "unspecified"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "private"),
        ("127.0.0.0/8", "loopback"),
        ("168.63.129.16/32", "metadata"),  # Azure, the one such service with a public address
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "reserved"),
        ("192.0.2.0/24", "reserved"),
        ("192.88.99.0/24", "6to4"),
        ("192.168.0.0/16", "private"),
        ("198.18.0.0/15", "reserved"),
        ("198.51.100.0/24", "reserved"),
        ("203.0.113.0/24", "reserved"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
        ("::/128", "unspecified"),
        ("::1/128", "loopback"),
        ("::/96", "IPv4-compatible"),
        ("::ffff:0:0/96", "IPv4-mapped"),
        ("64:ff9b:1::/48", "NAT64"),
        ("2001::/32", "Teredo"),
        ("2001::/23", "reserved"),
        ("2001:db8::/32", "reserved"),
        ("2002::/16", "6to4"),
        ("3fff::/20", "reserved"),
        ("fc00::/7", "unique-local"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "private"),
        ("ff00::/8", "multicast"),
    )
)


def system_resolver(name: str) -> tuple[str, ...]:
    """Ask the system for the addresses of a name."""
    found = socket.getaddrinfo(name.encode("ascii"), None, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


def vetted(address: Address, *, ours: bool, resolve: Resolver, deadline: Deadline) -> tuple[str, ...]:
    """
    Return the IP addresses of a host that may be connected to.

    Args:
        address: Where to go.
        ours: Whether the owner answers for the host, whatever its addresses are.
        resolve: What is asked for the addresses of a name.
        deadline: For the answer.

    Raises:
        FetchError: The name has no address, or one of its addresses is refused.
        TimeoutError: There was no answer in time.
    """
    if not ours:
        refuse_spelling(address)
    ips = (address.host,) if address.ip else _resolved(address, resolve, deadline)
    for ip in ips:
        if not ours and (word := refusal(ip_address(ip))):
            meaning = "" if ip == address.host else f" of `{address.host}`"
            raise FetchError(address.url, f"refused address {ip}{meaning}: {word}")
    return ips[:MOST_TRIED]


def refuse_spelling(address: Address) -> None:
    """
    Refuse what can be seen to lead astray without asking for any addresses.

    Raises:
        FetchError: The host is a refused IP address, or one in disguise.
    """
    if address.is_disguised:
        raise FetchError(address.url, f"refused address `{address.host}`: an IP address in disguise")
    if address.ip and (word := refusal(address.ip)):
        raise FetchError(address.url, f"refused address {address.host}: {word}")


def refusal(ip: IPv4Address | IPv6Address) -> str | None:
    """Return in a word why an IP address is not a public one, or `None` if it is."""
    if isinstance(ip, IPv6Address) and ip in _NAT64:
        # How networks without IPv4 reach it (RFC 6052): as good as the address inside.
        return refusal(IPv4Address(int(ip) & 0xFFFFFFFF))
    for network, word in _REFUSED:
        if ip in network:
            return word
    return "reserved" if isinstance(ip, IPv6Address) and ip not in _PUBLIC_IPV6 else None


def _resolved(address: Address, resolve: Resolver, deadline: Deadline) -> tuple[str, ...]:
    """Ask in a thread of its own, since the system's resolver cannot be told how long it may take."""
    answers: queue.SimpleQueue[tuple[str, ...] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(tuple(resolve(address.host)))
        except Exception as error:  # raised where it is waited for
            answers.put(error)

    threading.Thread(target=ask, name=f"resolve {address.host}", daemon=True).start()
    try:
        answer = answers.get(timeout=deadline.left_s())
    except queue.Empty:
        raise TimeoutError from None
    if isinstance(answer, OSError) or not answer:
        why = f": {answer.strerror.lower()}" if isinstance(answer, OSError) and answer.strerror else ""
        raise FetchError(address.url, f"`{address.host}` has no address{why}")
    if isinstance(answer, Exception):
        raise answer
    return answer
