"""All tellings in, the open edition out: what each of them makes, and what there is room for."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from digest.edition.choose import Candidate, choose, importance
from digest.edition.corrected import hidden, leaving, without
from digest.edition.fates import Desk, Fate, Told, kept_out, told
from digest.edition.growth import corrected, mention
from digest.edition.periods import Period
from digest.edition.rules import Dropped, Rule, Verdict
from digest.model import Corrections, Edition, Memory, Rejection, Story, Telling

_NOTHING = Corrections()


class Edited(NamedTuple):
    """An edition, what was kept out of it, and what became of each story by id."""

    edition: Edition
    dropped: tuple[Dropped, ...]
    fates: Mapping[str, Fate]


def edit(
    tellings: Iterable[Telling],
    *,
    memory: Memory,
    now: datetime,
    current: Period,
    title: str,
    max_stories: int,
    max_per_source: int,
    window: timedelta,
    rules: Sequence[Rule] = (),
    corrections: Corrections = _NOTHING,
    again: Sequence[Story] = (),
    rejections: Sequence[Rejection] = (),
) -> Edited:
    """
    Decide what the open edition shows.

    Args:
        tellings: Every cluster of the articles at hand, shown before or not, in any order.
        memory: What was seen and shown before.
        now: Moment of the build, aware.
        current: The edition that is open.
        title: Of the edition.
        max_stories: Room for stories; what the open edition has shown already never makes way.
        max_per_source: How many stories may rest on one and the same feed alone.
        window: How old an article of a feed may be, when the edition opens, to be news.
        rules: Of the reader, in their order.
        corrections: Of the owner; they win over rules and tellings.
        again: Stories of earlier editions to show once more, as they stand.
        rejections: What could not be used, carried along.
    """
    before = memory.edition if memory.edition and memory.edition.id == current.id else None
    desk = Desk(
        now=now.astimezone(UTC).replace(microsecond=0),
        opened=current.opened,
        window=window,
        memory=memory,
        last={story.id: story for story in memory.stories},
        standing={story.id: story for story in before.stories} if before else {},
        rules=rules,
        corrections=corrections,
    )
    # What is hidden may be shown again, and what is retracted has to be told; but neither takes up room.
    unseen = hidden((*desk.standing.values(), *memory.stories, *again), corrections)
    aside = {i: story for i, story in desk.standing.items() if i in unseen or story.change.kind == "retracted"}
    stories = {s.id: s for s in again if s.id not in unseen and s.change.kind != "retracted"}
    stories |= desk.standing

    found: dict[str, Told] = {}
    fates: dict[str, Fate] = {}
    dropped: list[Dropped] = []
    for telling in sorted(tellings, key=lambda telling: telling.cluster.id):
        made = told(telling, desk)
        if isinstance(made, Fate):
            fates |= dict.fromkeys((telling.cluster.id, *telling.cluster.merged), made)
            dropped += kept_out(telling, made, desk)
        else:
            found[telling.cluster.id] = made
    quiet = {i for i, made in found.items() if made.story == desk.last.get(i) and i not in stories}
    homes = {part.id: i for i, made in found.items() for part in made.parts}
    stories |= {i: made.story for i, made in found.items() if i not in quiet}
    stories |= {story.id: story for story in _bereft(desk, told_of={*fates, *found, *homes, *unseen})}

    kept = {homes.get(story_id, story_id) for story_id in desk.standing}
    candidates = [
        _candidate(story, found.get(story.id), is_standing=story.id in kept, opened=current.opened)
        for story in stories.values()
        if story.id not in aside and story.id not in homes
    ]
    chosen, omissions = choose(candidates, max_stories=max_stories, max_per_source=max_per_source)
    for each in candidates:
        omission = omissions.get(each.story.id)
        fates[each.story.id] = Fate(
            outcome="left out" if omission else "shown",
            reason=omission.reason if omission else _why_shown(each, kept),
            importance=each.importance,
        )
    for story_id in quiet:
        fates[story_id] = Fate(
            outcome="still going",
            reason="an earlier edition showed all that is known of it",
            importance=importance(desk.last[story_id], found[story_id].verdict, opened=current.opened),
        )
    fates |= {part: replace(fates[home], importance=None) for part, home in homes.items()}

    # A story that has a page is not lost when its growth finds no room: it is still going, and so is what it took in.
    crowded_out = {story_id for story_id in omissions if story_id in desk.last}
    crowded_out |= {part for part, home in homes.items() if home in crowded_out}
    going = [mention(desk.last[story_id]) for story_id in quiet | crowded_out]
    edition = Edition(
        id=current.id,
        title=title,
        opened=current.opened,
        issued=desk.now,
        closed=False,
        stories=(*chosen, *(aside[story_id] for story_id in sorted(aside))),
        still_going=tuple(sorted(going, key=lambda line: (line.headline, line.id))),
        left_out=tuple(line for story_id, line in omissions.items() if story_id not in desk.last),
        rejections=tuple(rejections),
    )
    if before and edition == replace(before, issued=desk.now, rejections=edition.rejections):
        edition = replace(edition, issued=before.issued)
    elif not before and not edition.stories:
        edition = replace(edition, issued=current.opened)  # there has been nothing to issue since
    return Edited(edition, tuple(dropped), fates)


def _bereft(desk: Desk, *, told_of: Collection[str]) -> Iterator[Story]:
    """Yield each story out of which its owner has taken something, where nothing is at hand to tell it anew."""
    for last in desk.memory.stories:
        rest = without(last, leaving(last, desk.corrections))
        if last.id not in told_of and last.change.kind != "retracted" and rest.coverage and rest != last:
            yield corrected(rest, now=desk.now)


def _candidate(story: Story, made: Told | None, *, is_standing: bool, opened: datetime) -> Candidate:
    verdict = made.verdict if made else Verdict()
    return Candidate(
        story,
        is_certain=is_standing or verdict.must_carry,
        importance=importance(story, verdict, opened=opened),
    )


def _why_shown(candidate: Candidate, standing: Collection[str]) -> str:
    if candidate.story.id in standing:
        return "the open edition has shown it, and keeps it"
    return "a rule carries it" if candidate.is_certain else "there is room for it"
