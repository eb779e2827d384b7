"""How a digest is: what the store remembers in, the last edition and the health of every source out."""

from dataclasses import dataclass
from datetime import datetime

from digest import pipeline
from digest.build.quiet import recall
from digest.build.workplace import Workplace
from digest.fetch.schedule import SourceState
from digest.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceStatus:
    """A feed, as its owner may see it."""

    name: str
    url: str
    """Where it is asked: as the settings say, or where it has moved for good."""
    health: str
    """`well`, `failing`, `gone` or `not asked yet`."""
    reason: str | None
    """The last failure, in words."""
    failing_since: datetime | None
    asked: datetime | None
    due: datetime | None
    """When it is asked again; none when it never is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """All that the owner wants to know."""

    edition: str | None
    """Id of the last edition that showed anything."""
    stories: int
    """How many it shows."""
    built: datetime | None
    """When a build last found something new."""
    sources: tuple[SourceStatus, ...]
    """In the order of the settings."""
    set_aside: tuple[tuple[str, str], ...]
    """Locator and reason of what that build could not use."""


def status(place: Workplace) -> Status:
    """
    Look at the store; nothing is asked and nothing is changed.

    Raises:
        StoreError: It cannot be read.
    """
    record = recall(place)
    with Store(place.store, dry_run=True) as store:
        states = store.source_states(SourceState)
        last = store.last_edition()
    sources = pipeline.feeds(place.settings)
    return Status(
        edition=last.id if last else None,
        stories=sum(story.change.kind != "retracted" for story in last.stories) if last else 0,
        built=record.built if record else None,
        sources=tuple(_source(source.name, url, states.get(source.id)) for url, source in sources.items()),
        set_aside=record.set_aside if record else (),
    )


def _source(name: str, url: str, state: SourceState | None) -> SourceStatus:
    if state is None:
        return SourceStatus(
            name=name, url=url, health="not asked yet", reason=None, failing_since=None, asked=None, due=None
        )
    return SourceStatus(
        name=name,
        url=state.url,
        health="gone" if state.retired else "failing" if state.failures else "well",
        reason=state.reason if state.failures else None,
        failing_since=state.failing_since if state.failures else None,
        asked=state.asked,
        due=None if state.retired else state.due,
    )
