"""What goes wrong between us and a server, in words for the owner of the digest."""

import re

from digest.errors import DigestError

_USER_INFO = re.compile(r"//[^/?#]*@")


class FetchError(DigestError):
    """An address gave nothing that can be used."""

    def __init__(self, url: str, reason: str, *, status: int | None = None, retry_after_s: int | None = None) -> None:
        """
        Keep what is known.

        Args:
            url: The address that was asked for; a user name and password in it are not kept.
            reason: What happened; names hosts and IP addresses, never a path or a query.
            status: What the server answered, when it did.
            retry_after_s: Seconds for which the server asks to be left alone, from 0 to a day.
        """
        self.url = _plain(_USER_INFO.sub("//", url))
        self.reason = _plain(reason)
        super().__init__(f"{self.url}: {self.reason}")
        self.status = status
        self.retry_after_s = retry_after_s

    def retold(self, url: str, reason: str) -> "FetchError":
        """Return the same as news of another address."""
        return FetchError(url, reason, status=self.status, retry_after_s=self.retry_after_s)

    def __reduce__(self) -> tuple[object, ...]:
        """Let another process raise it: by default only the message would travel."""
        return _rebuild, (self.url, self.reason, self.status, self.retry_after_s)

    @property
    def is_gone(self) -> bool:
        """Whether the server says that there will never be anything again (410)."""
        return self.status == 410

    @property
    def is_brush_off(self) -> bool:
        """Whether the server, and not only this address, wants to be left alone for a while."""
        return self.status == 429 or (self.status == 503 and self.retry_after_s is not None)


def _plain(text: str) -> str:
    """Blot out what a stranger could send to play tricks on a terminal."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)


def _rebuild(url: str, reason: str, status: int | None, retry_after_s: int | None) -> FetchError:
    return FetchError(url, reason, status=status, retry_after_s=retry_after_s)
