"""
The values that travel between the rooms, in the order in which they appear.

All of them are frozen; behaviour lives in the rooms. A stage returns a new type instead of
filling in a blank of an old one, so `None` always means "not known", never "not done yet".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

ParagraphKind = Literal["text", "subhead", "item", "quote", "table"]
Precision = Literal["day", "minute"]
DateOrigin = Literal["stated", "declared", "settings", "first_seen"]
AlertKind = Literal["failing", "gone", "recovered"]
ChangeKind = Literal["new", "grown", "corrected", "retracted"]

OWN = "own:"
"""What the codes of the owner's topics begin with."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A verbatim sentence and where it stands."""

    text: str
    article: str
    """Key of the article."""
    paragraph: int
    """Index into the article's paragraphs."""
    start: int
    """Offset of the first character in the paragraph's text, in code points."""
    end: int
    """Offset behind the last character."""
    fragment: str
    """
    Text directive that finds the sentence on the source's own page, made from the source's own
    characters and percent-encoded, e.g. `text=The%20ferry,the%20island.`
    """
    before: str
    """The sentence before it, in its paragraph or at the end of the one before, or empty."""
    after: str
    """The sentence after it, in its paragraph or at the beginning of the next one, or empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A subject from the IPTC Media Topics list, or one of the owner's."""

    code: str
    """Media topic id, e.g. `medtop:04000000`; of the owner's, e.g. `own:harbour`."""
    label: str
    """English name, e.g. `economy, business and finance`."""
    score: float
    """Confidence in [0, 1]; comparable within one tagger only."""

    @property
    def is_own(self) -> bool:
        """Whether it is one of the owner's."""
        return self.code.startswith(OWN)


@dataclass(frozen=True, slots=True)
class Subject:
    """What stories are filed under: a topic, or what stands for none, with an address of its own."""

    code: str
    """As of a `Topic`; empty for *other*."""
    label: str
    """Name, e.g. `economy, business and finance`."""
    slug: str
    """Last readable part of the address of its page."""
    definition: str
    """What it is for, one sentence or phrase."""
    hidden: bool = False
    """Whether nothing leads to it; its page and feed go on all the same."""
    under: str = ""
    """Code of the subject that its stories are shown under instead; empty when it stands for itself."""

    @property
    def is_listed(self) -> bool:
        """Whether pages name it."""
        return not (self.hidden or self.under)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A cluster summed up and tagged: all of a story that does not depend on what was shown before."""

    cluster: Cluster
    headline: str
    """That of the central article."""
    language: str
    """That of the central article."""
    summary: tuple[Quote, ...]
    topics: tuple[Topic, ...]
    """Main topic first; empty when the tagger is unsure."""
    keywords: tuple[str, ...]
    leaning: tuple[Topic, ...] = ()
    """The same topics or, when the tagger is unsure, those it leans to."""
    tagged: Topic | None = None
    """The first of the tagger's, whatever the owner files the story under."""
    own: tuple[Topic, ...] = ()
    """Those of the owner's topics that it is on, in the order of the settings; they come before the tagger's."""
    suggested: Topic | None = None
    """Subject of the second level, below the main one of *topics*."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What an edition has to say of a story that is new since the edition before it."""

    kind: ChangeKind
    sources: int = 0
    """Independent sources that joined since an earlier edition showed the story."""
    stories: int = 0
    """Shown stories that became part of it since."""
    sentences: tuple[int, ...] = ()
    """Indexes of the sentences that no earlier edition showed, when the story is not new as a whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A story in one line: it is still going with nothing new to say, or has become part of another one."""

    id: str
    slug: str
    headline: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A cluster as an edition shows it, fit to be published and remembered: whole texts are left out."""

    id: str
    slug: str
    """Readable part of the permalink, fixed when the story is first shown."""
    headline: str
    language: str
    summary: tuple[Quote, ...]
    topics: tuple[Topic, ...]
    keywords: tuple[str, ...]
    coverage: tuple[Coverage, ...]
    first_shown: datetime
    """Aware, UTC, whole seconds."""
    updated: datetime
    """When a build last showed it grown, corrected or retracted; aware, UTC, never before *first_shown*."""
    change: Change
    merged: tuple[Mention, ...] = ()
    """All stories that have become part of it, as they were last shown, and what had become part of those."""
    suggested: Topic | None = None
    """Subject of the second level, below the first of *topics* that is not the owner's."""
    tagged: Topic | None = None
    """The first of the tagger's, whatever the owner filed the story under."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Omission:
    """A story in one line: it did not make the edition and has no page of its own."""

    headline: str
    language: str
    source: str
    """Name of the source of the article that carries the headline."""
    url: str | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """An item that could not be used, and why; nothing vanishes silently."""

    locator: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One dated issue of the digest."""

    id: str
    """The day on which it opened, in the digest's time zone, e.g. `2025-10-18`."""
    title: str
    opened: datetime
    """Aware, UTC: the closing before it."""
    issued: datetime
    """Aware, UTC: the build that last changed it."""
    closed: bool
    """Whether its content is frozen."""
    stories: tuple[Story, ...]
    """In the order of the page, most important first."""
    still_going: tuple[Mention, ...]
    left_out: tuple[Omission, ...]
    rejections: tuple[Rejection, ...]
    """For the owner's eyes: neither published nor remembered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What earlier builds saw and showed, handed to `cluster` and `edition` as a value."""

    first_seen: Mapping[str, datetime]
    """Article key → moment (aware, UTC), for every article at hand."""
    shown: Mapping[str, str]
    """Article key → id of the story that it belongs to, for every article at hand that was shown."""
    stories: tuple[Story, ...]
    """Last shown state of every story that can still grow or was retracted, oldest first."""
    edition: Edition | None
    """The last edition as it was last published, open or closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What the owner puts right of one article or story; None leaves it as it is."""

    name: str
    """What messages call it, e.g. `overrides."ferry.txt"`."""
    hidden: bool = False
    headline: str | None = None
    published: Dated | None = None
    """Of an article alone."""
    topics: tuple[Topic, ...] | None = None
    """Of a story alone; empty for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """All that the owner puts right by hand; it wins over what articles say and stages find."""

    stories: Mapping[str, Correction] = field(default_factory=dict)
    """By id."""
    articles: Mapping[str, Correction] = field(default_factory=dict)
    """By key."""
    homes: Mapping[str, str] = field(default_factory=dict)
    """Article key → id of the story that it belongs to."""
    apart: frozenset[tuple[str, str]] = frozenset()
    """(article key, story id): the article is none of that story's."""
    together: frozenset[tuple[str, str]] = frozenset()
    """Pairs of article keys that are one story."""
    joined: Mapping[str, str] = field(default_factory=dict)
    """Id of a story → id of the one that it becomes part of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """What the owner is told of a source, once."""

    moment: datetime
    """Of the build that told it; aware, UTC, whole seconds."""
    kind: AlertKind
    source: str
    """Readable name; of a private source, that it is one."""
    reason: str
    """The last failure in words; empty when the source works again."""
    since: datetime | None = None
    """When the failures began; aware, UTC, whole seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How the sources are, in numbers that name none of them."""

    followed: int = 0
    """Feeds in the settings."""
    failing: int = 0
    """Those of which the owner has been told that they fail."""
    retired: int = 0
    """Those that said they are gone for ever."""
    set_aside: int = 0
    """Items that could not be used."""
    alerts: tuple[Alert, ...] = ()
    """Everything the owner was told, oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Masthead:
    """What the pages and feeds say of the digest itself."""

    title: str
    author: str
    language: str
    """BCP 47 tag of the pages' own words."""
    base_url: str
    """Absolute address of the site, with a slash at its end."""
    feed_id: str
    """Host and date of the `tag:` URIs, e.g. `example.org,2026-11-21`."""
    timezone: str
    """IANA name, e.g. `Europe/Paris`."""
    topics: tuple[Subject, ...]
    """All that have a page, by label, *other* last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """All that is published: the views turn it into pages."""

    masthead: Masthead
    today: Edition
    """The open edition; it may have no stories."""
    editions: tuple[Edition, ...]
    """Every edition with at least one story, newest first; the open one too when it has any."""
    merged: Mapping[str, str] = field(default_factory=dict)
    """Id of a story that has become part of another one → id of that one, which has become part of none."""
    health: Health = Health()
    restated: tuple[Story, ...] = ()
    """Stories as the owner wants them shown, where that is not how an edition last showed them."""
    hidden: tuple[Mention, ...] = ()
    """Stories that the owner does not want shown: nothing is left of them but a notice at their addresses."""
    silent: tuple[Article, ...] = ()
    """Articles of which nothing may be shown any more, without anything that they say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One file of the site."""

    path: str
    """Relative, with forward slashes, e.g. `stories/ferry-1a2b/index.html`."""
    body: bytes
    basis: str = ""
    """Fingerprint of all it says; empty when that is not worth remembering."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A file of the site that stands as it should, so that nobody had to make it again."""

    path: str
