"""The values that go into a fetch and come out of it."""

from dataclasses import dataclass
from typing import Literal

from digest import __version__

PRODUCT = "digest"
"""What robots.txt files call us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """An address to fetch, and what is known of it from the last time."""

    url: str
    kind: Literal["feed", "page"]
    """A feed was chosen by the owner; a page by someone else, so robots.txt decides whether it is read."""
    etag: str | None = None
    """Exactly as it came."""
    last_modified: str | None = None
    """Exactly as it came."""
    validated_url: str | None = None
    """The address that gave the validators, when it is not *url*: they are shown to no other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """A complete and usable answer: the whole body, or word that it has not changed."""

    url: str
    """The address that answered, after all redirects."""
    permanent_url: str | None
    """The same if there were redirects and all of them were permanent (301 or 308)."""
    status: Literal[200, 304]
    media_type: str | None
    """In lower case, without parameters, e.g. `application/atom+xml`."""
    charset: str | None
    """The encoding that the headers' charset stands for, by Python's name; `None` too if it stands for none."""
    body: bytes
    """Decompressed; empty when nothing has changed."""
    etag: str | None
    """Exactly as it came."""
    last_modified: str | None
    """Exactly as it came."""
    fresh_for_s: int | None
    """Seconds for which asking again is pointless, from 0 to a day; `None` if nothing is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How we behave on the network."""

    contact: str = ""
    """Where the owner can be reached, e.g. `mailto:me@example.org`; printable ASCII."""
    allow_hosts: frozenset[str] = frozenset()
    """The owner's own hosts: they may have private addresses, and are spared the delay and the queue."""
    timeout_s: float = 20.0
    """For a whole fetch: names, connections, redirects and body; waiting in line does not count."""
    max_bytes: int = 20_000_000
    """Of a body, as it comes and decompressed."""
    max_redirects: int = 5
    per_host: int = 2
    """How many connections one host sees at the same time."""
    host_delay_s: float = 1.0
    """Between the last time a host heard from us and the next question to it."""
    in_flight: int = 16
    """How many fetches are under way, or done and not yet taken, at the same time."""
    proxy: str | None = None
    """`http://[user:password@]host[:port]`; what the environment says of proxies is ignored."""

    def __post_init__(self) -> None:
        """Refuse what would spoil a header or cannot be a proxy."""
        if not (self.contact.isascii() and self.contact.isprintable()):
            raise ValueError(f"contact is {self.contact!r}; it takes printable ASCII")
        if self.proxy is not None:
            from digest.fetch.proxy import parse_proxy

            parse_proxy(self.proxy)

    def owns(self, host: str) -> bool:
        """Tell whether the owner answers for a host, however the settings spell it."""
        return host in {own.lower().strip("[]").removesuffix(".") for own in self.allow_hosts}

    @property
    def user_agent(self) -> str:
        """What servers know us by, e.g. `digest/0.1.0 (+mailto:me@example.org)`."""
        name = f"{PRODUCT}/{__version__}"
        return f"{name} (+{self.contact})" if self.contact else name
