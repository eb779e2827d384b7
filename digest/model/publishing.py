"""What is published: the library that the views turn into pages, and how the sources are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from digest.model.articles import Article
from digest.model.stories import Edition, Mention, Story, Subject

AlertKind = Literal["failing", "gone", "recovered"]


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
