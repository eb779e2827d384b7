"""What came in, what was read of it, and what belongs together: from a source to a cluster."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

ParagraphKind = Literal["text", "subhead", "item", "quote", "table"]
Precision = Literal["day", "minute"]
DateOrigin = Literal["stated", "declared", "settings", "first_seen"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A place items come from: a feed, a mailbox, or a file that names no source."""

    id: str
    """Stable and unique, e.g. `example-times`; safe in addresses."""
    name: str
    """Readable, e.g. `Example Times`."""
    url: str | None = None
    """Address of the source's own site, http or https."""
    private: bool = False
    """Whether public pages show nothing of it beyond the quoted sentences."""
    republish: bool = False
    """Whether its licence lets us show whole texts."""
    boost: float = 1.0
    """How much the reader cares for it, relative to 1."""
    feed: bool = False
    """Whether it is a feed, to which windows and per-source limits apply."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A date as its origin gives it, never moved to another time zone."""

    value: datetime
    """Aware when the zone is known, else naive wall-clock time; midnight when only a day is known."""
    precision: Precision
    zone_known: bool
    origin: DateOrigin
    """`first_seen` is our own clock's word and is never printed as a date of publication."""

    @property
    def instant(self) -> datetime:
        """The moment in UTC, for ordering only: an unknown zone counts as UTC."""
        try:
            return self.value.astimezone(UTC) if self.value.tzinfo else self.value.replace(tzinfo=UTC)
        except OverflowError:  # on the first or last day of the calendar
            return self.value.replace(tzinfo=UTC)

    @property
    def stated(self) -> str:
        """ISO 8601 to the precision that is known, e.g. `2025-02-27` or `2025-02-27T18:20`."""
        if self.precision == "day":
            return self.value.date().isoformat()
        return self.value.isoformat(timespec="minutes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a feed, a front matter, the settings or the page itself declare about an item."""

    headline: str | None = None
    byline: tuple[str, ...] = ()
    published: Dated | None = None
    url: str | None = None
    """Canonical address, http or https."""
    language: str | None = None
    """BCP 47 tag, e.g. `en` or `pt-BR`."""
    site_name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """What the settings say of one file, which the file does not say of itself."""

    metadata: Metadata
    source: str | None = None
    """Readable name."""
    private: bool | None = None
    """None leaves it to the kind of file: mail is private, all else is not."""
    republish: bool = False
    boost: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Raw input: bytes and where they came from."""

    key: str
    """What the item is remembered by: 12 characters that tell nothing of its path or address."""
    source: Source
    locator: str
    """Path under seeds or address, for messages only; never published."""
    identities: tuple[str, ...]
    """What it can be recognised by, strongest first, e.g. `id:…`, `url:…`, `path:…`, `bytes:…`."""
    media_type: str
    """E.g. `text/plain`; chooses the extractor."""
    body: bytes
    declared: Metadata


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph of an article; every kind is kept, only `text` is ever quoted."""

    kind: ParagraphKind
    text: str
    """Mended: spaces and quotation marks put right."""
    raw: str
    """The same as the source has it; white space and quotation marks aside, it equals *text*."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One cleaned text."""

    key: str
    """Key of the item it was made from."""
    version: str
    """Digest of the bytes it was made from: another version is a correction by its source."""
    source: Source
    url: str | None
    """Canonical address, http or https."""
    headline: str
    standfirst: str | None
    byline: tuple[str, ...]
    """Who is named as author, in the order given: people, or the desk or organisation that the page names instead."""
    published: Dated | None
    language: str
    """BCP 47 tag; `und` when it cannot be told."""
    paragraphs: tuple[Paragraph, ...]
    """Empty in what is remembered or published, unless the source may be republished."""

    @property
    def text(self) -> str:
        """All paragraphs, joined by blank lines."""
        return "\n\n".join(p.text for p in self.paragraphs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """One text and its near-identical copies."""

    article: Article
    reprints: tuple[Article, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Everything on one event."""

    id: str
    """Made from the founding article when the story is first shown, the same ever after."""
    coverage: tuple[Coverage, ...]
    """In order of publication, undated last."""
    merged: tuple[str, ...] = ()
    """Ids of other stories that become part of it: shown ones that turn out to be the same, and what its owner says."""
