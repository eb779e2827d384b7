"""What is told of a cluster, what an edition shows of it, and what is remembered and put right."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from digest.model.articles import Cluster, Coverage, Dated

ChangeKind = Literal["new", "grown", "corrected", "retracted"]

OWN = "own:"
"""What the codes of the owner's topics begin with."""


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
    reason: str = ""
    """Why it was retracted, a line in its owner's words, if there are any."""


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
