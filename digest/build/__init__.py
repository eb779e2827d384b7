"""
One build: settings, a folder and the clock in, a published site out. Joins both ends of the house.

With nothing new, nothing is opened but the settings and the store: what it takes to make an edition is
loaded only when one is made.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from digest.build.lock import hold
from digest.build.quiet import Record, inputs_of, recall
from digest.build.workplace import Workplace
from digest.errors import DamagedError, SettingsError
from digest.settings import Settings, moment

if TYPE_CHECKING:
    from digest.edition import Dropped
    from digest.model import Edition, Rejection
    from digest.publish import Published

Report = Callable[[str], None]
"""Takes a line about what is being done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a build came to."""

    made: "Edition | None"
    """None when there was nothing new."""
    published: "Published | None" = None
    """What was written; nothing in a dry run, or without news."""
    sources: int = 0
    """How many sources the articles at hand come from."""
    dropped: "tuple[Dropped, ...]" = ()
    """What the reader's rules kept out."""
    rejections: "tuple[Rejection, ...]" = ()
    """What was set aside, by this build or the one that last had something new."""
    alerts: tuple[str, ...] = ()
    """What the owner has to know of sources that fail or work again."""

    @property
    def edition(self) -> "Edition":
        """
        The edition that was made.

        Raises:
            ValueError: There was nothing new, so none was made.
        """
        if self.made is None:
            raise ValueError("nothing was new, and no edition made")
        return self.made


def build(
    place: Workplace,
    *,
    day: str | None = None,
    since: str | None = None,
    dry_run: bool = False,
    report: Report = lambda _: None,
) -> Outcome:
    """
    Build the digest.

    Args:
        place: Settings and folders.
        day: ISO 8601 date or moment of the build; else what the environment, the settings or the clock say.
        since: ISO 8601 date or moment; stories shown from then on are shown once more.
        dry_run: Decide everything, write nothing.
        report: Told what is being done.

    Raises:
        SettingsError: A setting, a template or a folder cannot be used; nothing was touched.
        LockedError: Another build is at work.
        DigestError: The build failed; the old site is untouched.
    """
    settings = place.settings
    told = day or os.environ.get("SOURCE_DATE_EPOCH") or settings.edition.date
    now = moment_of_build(settings, day)
    shown_since = _as_moment(since, settings) if since else None
    inputs = inputs_of(place, now=now, told=told)
    before = None if dry_run or shown_since else recall(place)
    if before and before.stands(inputs):
        with hold(place.lock):
            return quiet(place, before, now)

    from digest.build.making import check, make, start_anew

    check(place, anew=before is None or before.program != inputs.program)
    with hold(place.lock, dry_run=dry_run):
        try:
            return make(place, inputs, before, shown_since=shown_since, dry_run=dry_run, report=report)
        except DamagedError as error:
            if dry_run:
                raise
            said = start_anew(place, error)
            outcome = make(place, inputs, None, shown_since=shown_since, dry_run=False, report=report)
            return replace(outcome, alerts=(said, *outcome.alerts))


def quiet(place: Workplace, before: Record, now: datetime, *, alerts: tuple[str, ...] = ()) -> Outcome:
    """Return the outcome of a build that has nothing to do."""
    if place.settings.heartbeat:
        from digest.build.heartbeat import beat

        beat(place, before.pulse, now)
    return Outcome(made=None, rejections=_rejections(before), alerts=alerts)


def _rejections(before: Record) -> "tuple[Rejection, ...]":
    """Return what the last build set aside."""
    if not before.set_aside:
        return ()
    from digest.model import Rejection

    return tuple(Rejection(locator=locator, reason=reason) for locator, reason in before.set_aside)


def moment_of_build(settings: Settings, day: str | None) -> datetime:
    """
    Return the moment of the build, aware, whole seconds.

    `SOURCE_DATE_EPOCH` is the reproducible builds' variable: seconds since 1970, UTC.
    """
    if day:
        return _as_moment(day, settings)
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        try:
            return datetime.fromtimestamp(int(epoch), UTC)
        except (ValueError, OverflowError, OSError) as error:
            raise SettingsError("SOURCE_DATE_EPOCH", f"`{epoch}` is not a number of seconds") from error
    if settings.edition.date:
        return _as_moment(settings.edition.date, settings)
    return datetime.now(UTC).replace(microsecond=0)


def _as_moment(text: str, settings: Settings) -> datetime:
    """Return the moment a text stands for: a day is the moment its edition opens."""
    try:
        value = moment(text)
    except ValueError as error:
        raise SettingsError("date", str(error)) from error
    if not isinstance(value, datetime):
        value = datetime.combine(value, settings.edition.closing)
    aware = value if value.tzinfo else value.replace(tzinfo=settings.zone)
    return aware.astimezone(UTC).replace(microsecond=0)
