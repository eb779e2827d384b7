"""
The tables of a `digest.toml` as values, each key with its default.

Times stay as they are spelled, beside the values they stand for; paths stay strings.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from zoneinfo import ZoneInfo

from digest.settings.spelling import duration


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionSettings:
    """When an edition opens and closes, and what it has room for."""

    date: str | None = None
    """ISO 8601; pins the date of every build, to make a sample that never changes."""
    closes: str = "06:00"
    """Wall-clock time at which one edition closes and the next one opens."""
    window: str = "7 days"
    """How old an entry of a feed may be to be news."""
    max_stories: int = 12
    max_per_source: int = 4
    """How many stories may rest on one and the same feed alone."""

    @property
    def closing(self) -> time:
        """The closing time as a value."""
        return time.fromisoformat(self.closes)

    @property
    def window_length(self) -> timedelta:
        """The window as a value."""
        return duration(self.window)


@dataclass(frozen=True, slots=True, kw_only=True)
class SummarySettings:
    """How a story is summed up."""

    method: str = "digest"
    """A name from `digest.summarize.SUMMARIZERS`, or `package.module:function`."""
    sentences: int = 3
    """At most so many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemSettings:
    """What a file does not say of itself."""

    headline: str | None = None
    byline: tuple[str, ...] = ()
    published: str | None = None
    """ISO 8601, a day or a moment; without an offset its zone is unknown."""
    source: str | None = None
    url: str | None = None
    language: str | None = None
    private: bool | None = None
    """Unless it says so, mail is private and all else is not."""
    republish: bool = False
    boost: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSettings:
    """A feed to follow."""

    url: str
    name: str | None = None
    """Else the host of its address."""
    private: bool = False
    republish: bool = False
    boost: float = 1.0
    full_text: bool = False
    """Where the feed has only teasers, fetch and clean the pages behind them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSettings:
    """What is to be done with articles and stories; a condition that is not given holds for all."""

    action: str
    """`keep`, `drop`, `boost`, `must-carry` or `file`."""
    source: str | None = None
    """Name or id of a source, or its host."""
    words: tuple[str, ...] | None = None
    """Any of these words or phrases in headline or text."""
    topic: str | None = None
    """Label, slug or code of a topic."""
    language: str | None = None
    """BCP 47 tag; `en` stands for `en-GB` too."""
    older_than: str | None = None
    newer_than: str | None = None
    boost: float | None = None
    """Factor on importance, for the action `boost` alone."""
    under: str | None = None
    """Label, slug or code of the topic that comes first, for the action `file` alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTopicSettings:
    """A topic that the owner adds; words, examples or texts say what it is about."""

    label: str
    slug: str | None = None
    """Last part of its address, for ever; else made of the label."""
    definition: str | None = None
    """One sentence for its page."""
    words: tuple[str, ...] = ()
    """Words or phrases, any of which in a headline, or twice in a text, puts a story on it."""
    examples: str | None = None
    """Folder of articles that are on it."""
    texts: tuple[str, ...] = ()
    """The same, written out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicSettings:
    """How the owner names, joins, hides and adds topics; each is meant by its label, slug or code."""

    rename: Mapping[str, str] = field(default_factory=dict)
    """Topic → label of the owner's."""
    merge: Mapping[str, str] = field(default_factory=dict)
    """Topic → topic that it is shown under."""
    hide: tuple[str, ...] = ()
    add: tuple[OwnTopicSettings, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideSettings:
    """What is put right by hand, of a story or of an article."""

    headline: str | None = None
    topic: str | None = None
    """Label, slug or code of a top-level topic, in place of all that the story has; `other` for none."""
    published: str | None = None
    """ISO 8601, a day or a moment."""
    hide: bool = False
    merge_into: str | None = None
    """A story, or an article of it."""
    split_from: str | None = None
    """A story."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchSettings:
    """How we behave on the network."""

    contact: str = ""
    """Where the owner can be reached, e.g. `mailto:me@example.org`; servers are told."""
    allow_hosts: tuple[str, ...] = ()
    """Private and loopback hosts are refused unless they are named here."""
    timeout: float = 20
    """Seconds, for a whole fetch."""
    alert_after: str = "2 days"
    """How long a source fails before its owner is told, once."""
    proxy: str | None = None
    """`http://host:port`; what the environment says of proxies is ignored."""

    @property
    def patience(self) -> timedelta:
        """The length of time before an alert, as a value."""
        return duration(self.alert_after)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything a user may set."""

    title: str = "The morning"
    base_url: str = "http://localhost:8000/"
    feed_id: str = "localhost,2026-01-01"
    language: str = "en"
    timezone: str = "UTC"
    author: str = ""
    """Empty: the title."""
    seeds: str = "seeds"
    site: str = "site"
    store: str = ".digest/store.sqlite"
    templates: str | None = None
    """Folder whose files replace the templates of the same name."""
    heartbeat: bool = False
    """Write one small `status.json` with each build, so that a monitor sees that builds happen."""
    edition: EditionSettings = field(default_factory=EditionSettings)
    summary: SummarySettings = field(default_factory=SummarySettings)
    fetch: FetchSettings = field(default_factory=FetchSettings)
    topics: TopicSettings = field(default_factory=TopicSettings)
    feeds: tuple[FeedSettings, ...] = ()
    rules: tuple[RuleSettings, ...] = ()
    """In the order in which they are gone through."""
    items: Mapping[str, ItemSettings] = field(default_factory=dict)
    """Path of a file under seeds → what it does not say of itself."""
    overrides: Mapping[str, OverrideSettings] = field(default_factory=dict)
    """Id or address of a story, or file, address or key of an article → what is put right of it."""

    @property
    def zone(self) -> ZoneInfo:
        """The time zone as a value."""
        return ZoneInfo(self.timezone)
