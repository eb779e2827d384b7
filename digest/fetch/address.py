"""
The text of an address in, its parts out.

An address is taken apart once, here, and only the parts travel: what is checked, what is connected
to and what the server is told cannot differ. Any port will do. User names and passwords are refused.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import quote, urljoin, urlsplit

from digest.fetch.errors import FetchError

_PORTS = {"http": 80, "https": 443}
_LABEL = r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?"
_NAME = re.compile(rf"(?=.{{1,253}}$){_LABEL}(\.{_LABEL})*")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An http or https address, ready to be asked for."""

    scheme: str
    """`http` or `https`."""
    host: str
    """A name in lower-case ASCII (IDNA) without a final dot, or an IP address without brackets."""
    port: int
    target: str
    """Path and query, percent-encoded, beginning with a slash; without a fragment."""

    @property
    def authority(self) -> str:
        """Host and port, e.g. `example.org:443` or `[2001:db8::1]:8080`."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def netloc(self) -> str:
        """The same without the port if it is the usual one, e.g. `example.org`."""
        return self.authority.removesuffix(f":{_PORTS[self.scheme]}")

    @property
    def origin(self) -> str:
        """E.g. `https://example.org`."""
        return f"{self.scheme}://{self.netloc}"

    @property
    def url(self) -> str:
        """The whole address."""
        return f"{self.origin}{self.target}"

    @property
    def ip(self) -> IPv4Address | IPv6Address | None:
        """The host as an IP address, if it is one in the usual spelling."""
        try:
            return ip_address(self.host)
        except ValueError:
            return None

    @property
    def is_disguised(self) -> bool:
        """Whether the host is an IPv4 address in decimal, octal, hexadecimal or shortened spelling."""
        return bool(_NUMBER.fullmatch(self.host.rpartition(".")[2])) and self.ip is None


def parse(url: str) -> Address:
    """
    Take an address apart.

    Raises:
        FetchError: It is not an http or https address, or carries a user name or password.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise FetchError(url, "not an address: its host or port cannot be read") from error
    if parts.scheme not in _PORTS:
        raise FetchError(url, f"only http and https are fetched, not `{parts.scheme}`")
    if "@" in parts.netloc:
        raise FetchError(url, "addresses with a user name or password are not fetched")
    target = _quoted(parts.path) or "/"
    return Address(
        scheme=parts.scheme,
        host=_host(url, parts.hostname or ""),
        port=_PORTS[parts.scheme] if port is None else port,
        target=f"{target}?{_quoted(parts.query)}" if parts.query else target,
    )


def follow(address: Address, location: str) -> Address:
    """
    Return where the `Location` of a redirect leads.

    Raises:
        FetchError: As `parse`, or down from https to http, where anyone on the way could rewrite what we
            read.
    """
    try:
        joined = urljoin(address.url, _as_utf8(location))
    except ValueError as error:
        raise FetchError(address.url, "not an address: its host or port cannot be read") from error
    target = parse(joined)
    if (address.scheme, target.scheme) == ("https", "http"):
        raise FetchError(address.url, "down from https to http is refused")
    return target


def _host(url: str, host: str) -> str:
    host = host.removesuffix(".")
    if ":" in host:
        try:
            return IPv6Address("bad" if "%" in host else host).compressed
        except ValueError as error:
            raise FetchError(url, "not an address: its host cannot be read") from error
    if not host.isascii():
        import idna

        try:
            host = idna.encode(host, uts46=True).decode().removesuffix(".")
        except idna.IDNAError as error:
            raise FetchError(url, "not an address: its host is not a name") from error
    if not _NAME.fullmatch(host):
        raise FetchError(url, "not an address: its host is not a name")
    return host


def _quoted(text: str) -> str:
    """Encode what may not stand in a request line; what is encoded already stays as it is."""
    return quote(text, safe="/%:=&?~+!$,;'@()*[]|")


def _as_utf8(location: str) -> str:
    """Read raw bytes in a header the way browsers do."""
    try:
        return location.encode("latin-1").decode()
    except ValueError:
        return location
