"""
A story taken back: a notice at its address, an entry that says so, nothing of what it said.

What was published is written anew at once, without looking at folder and feeds. A retraction is for good: history has
the notice in the place of the story from then on, also on a machine that recovers from it.
"""

import re
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

from digest import addresses, pipeline, publish, render
from digest.build import moment_of_build
from digest.build.deciding import corrected
from digest.build.gather import health_of
from digest.build.lock import hold
from digest.build.publishing import close, publish_all, recover
from digest.build.quiet import forget, inputs_of, recall
from digest.build.workplace import Workplace
from digest.errors import SettingsError, StoreError
from digest.model import Edition, Story
from digest.store import Cache, Store, cache_of

_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""What no page and no feed may hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retraction:
    """What a retraction came to."""

    story: Story
    """As it is shown from now on."""
    written: int
    """Files that were written; none when it was retracted before, with nothing to add to its reason."""


def retract(place: Workplace, name: str, *, reason: str = "", day: str | None = None) -> Retraction:
    """
    Take a story back.

    Args:
        place: Settings and folders.
        name: Id, address or path of a story that was shown; of one that has become part of another, the whole is taken
            back.
        reason: Why, for its readers, or nothing; white space is collapsed. It can be replaced, but not taken away.
        day: ISO 8601 date or moment of the retraction; else as for a build.

    Raises:
        SettingsError: There is no such story, its reason has control characters, or a setting cannot be used; nothing
            was touched.
        StoreError: There is no store and no history, or it cannot be used.
        LockedError: A build is at work.
        DigestError: The site cannot be written; it is as it was.
    """
    settings, now = place.settings, moment_of_build(place.settings, day)
    reason = " ".join(reason.split())
    if _UNFIT.search(reason):
        raise SettingsError("--reason", "takes text without control characters and marks that turn its direction")
    pipeline.check(settings)
    render.check(place.templates)
    publish.owned(place.site)
    program = inputs_of(place, now=now, told=day).program
    before = recall(place)
    with hold(place.lock), Store(place.store) as store, closing(Cache(cache_of(place.store))) as cache:
        publish.settle(place.site)
        recover(place, store)
        editions = store.editions()
        story = _named(name, editions)
        if story.change.kind == "retracted" and reason in ("", story.change.reason):
            return Retraction(story=story, written=0)
        forget(store)  # the next build has to look at everything
        changed = pipeline.retract(editions, story, settings, reason=reason, now=max(now, editions[0].issued))
        for edition in changed:
            store.remember(edition)
        today, *earlier = editions = store.editions()
        corrections, _ = corrected(place, store, editions, now=now)
        library = pipeline.library(
            settings,
            today=today,
            earlier=close(earlier, today, store),
            health=health_of(settings, store, set_aside=len(before.set_aside) if before else 0),
            corrections=corrections,
        )
        published = publish_all(library, place, program, store, cache)
        cache.keep()
        store.keep()
    return Retraction(story=_named(story.id, editions), written=len(published.written))


def _named(name: str, editions: Sequence[Edition]) -> Story:
    """
    Return the story of that name, or the one that it has become part of, as it was last shown.

    Raises:
        SettingsError: There is none; those most likely meant are named.
        StoreError: There is none at all.
    """
    wanted, merged, states = addresses.story_id(name), pipeline.merges(editions), pipeline.last_states(editions)
    for story in states:
        if wanted is not None and story.id == merged.get(wanted, wanted):
            return story
    if not states:
        raise StoreError(name, "no story has been shown yet; `digest build` makes the first edition")
    raise SettingsError(name, f"no such story was shown{pipeline.nearest(name, states)}")
