"""
Why a story stands where it stands: its name in, an account out; nothing is asked and nothing is changed.

The edition is decided as a build would decide it now, from the folder and from what was fetched before.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

from digest import addresses, pipeline, sources
from digest.build import moment_of_build
from digest.build.deciding import Came, Decision, decide
from digest.build.gather import Gathered
from digest.build.publishing import recover
from digest.build.subscriptions import quoted
from digest.build.workplace import Workplace
from digest.edition import Fate, articles_in
from digest.errors import SettingsError
from digest.model import Coverage, Dated, Mention, Story, Subject, Telling
from digest.pipeline.reasons import Reasons, reasons
from digest.store import Cache, Store, cache_of
from digest.topics import OTHER, named

_FORGOTTEN = "none of its articles is at hand any more, so it stands as it was last shown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """All there is to say of a story."""

    id: str
    headline: str
    path: str | None
    """Of its page; none when it was never shown."""
    merged: tuple[Mention, ...]
    """Stories that were shown apart and have become part of it."""
    coverage: tuple[Coverage, ...]
    fate: Fate
    """In the open edition."""
    place: tuple[int, int] | None
    """Which in importance it is, and of how many; none when it is no candidate of the open edition."""
    editions: tuple[str, ...]
    """Ids of those that showed it or a part of it, newest first."""
    topics: tuple[str, ...]
    """Labels of those that it was last shown under."""
    reasons: Reasons | None
    """None when nothing of it is at hand."""
    names: Mapping[str, str]
    """Article key → what the settings may call it."""
    corrections: tuple[str, ...]
    """Names of the overrides that hold for it or for an article of it."""
    lines: tuple[str, ...]
    """For the table `overrides` of the settings: each puts one thing right."""


def explain(place: Workplace, name: str, *, day: str | None = None) -> Account:
    """
    Account for a story, shown or not.

    Args:
        place: Settings and folders.
        name: Id, address or path of the story, or of one that has become part of it; or key, file or address of an
            article of it.
        day: ISO 8601 date or moment to decide for; else as for a build.

    Raises:
        SettingsError: There is no such story or article, or a setting cannot be used.
        StoreError: The store cannot be read.
    """
    pipeline.check(place.settings)
    if not place.seeds.is_dir():
        raise SettingsError(str(place.seeds), "no such folder; make it, or name another one")
    now = moment_of_build(place.settings, day)
    with (
        Store(place.store, dry_run=True) as store,
        closing(Cache(cache_of(place.store), dry_run=True)) as cache,
    ):
        recover(place, store)
        items, links, rejections = sources.read(place.seeds, declarations=pipeline.declarations(place.settings))
        last = store.last_edition()
        came = Came(
            items=items,
            links=links,
            rejections=rejections,
            gathered=Gathered(alerts=(), unusable=(), rejections=(), due=None),
            now=max(now, last.issued) if last else now,
        )
        decision = decide(place, store, cache, came)
        key = decision.keys.get(name) or store.key_of(name)
        names = {of: called for of, called in decision.names.items() if store.key_of(called) == of}
    return _account(place, decision, _found(name, key, decision), names)


def _found(name: str, key: str | None, decision: Decision) -> str:
    """
    Return the id of the story of that name, or of the article with that key.

    Raises:
        SettingsError: There is none; those most likely meant are named.
    """
    editions = (decision.edited.edition, *decision.editions)
    states = pipeline.last_states(editions)
    known: dict[str, Sequence[Coverage]] = {story.id: story.coverage for story in states}
    known |= {telling.cluster.id: telling.cluster.coverage for telling in decision.tellings}
    if key is None:
        wanted = addresses.story_id(name) or ""
        if (story := pipeline.merges(editions).get(wanted, wanted)) in known:
            return story
        raise SettingsError(name, f"no such story, article or file{pipeline.nearest(name, states)}")
    for story_id, coverage in reversed(known.items()):
        if any(article.key == key for article in articles_in(coverage)):
            return story_id
    raise SettingsError(name, "is in no story: it is hidden, dropped, or only known from a feed's first day")


def _account(place: Workplace, decision: Decision, story_id: str, names: Mapping[str, str]) -> Account:
    edition, editions = decision.edited.edition, decision.editions
    states = {story.id: story for story in pipeline.last_states((edition, *editions))}
    state = states.get(story_id)
    telling = next((telling for telling in decision.tellings if telling.cluster.id == story_id), None)
    told = state or telling
    if told is None:
        raise ValueError(f"{story_id} is no story")
    coverage = told.coverage if isinstance(told, Story) else told.cluster.coverage
    articles = (*articles_in(coverage), *(articles_in(telling.cluster.coverage) if telling else ()))
    corrections, subjects = decision.corrections, pipeline.subjects(place.settings)
    merged = state.merged if state else ()
    parts = {story_id, *(part.id for part in merged)}
    held = [corrections.stories.get(story_id), *(corrections.articles.get(article.key) for article in articles)]
    return Account(
        id=story_id,
        headline=told.headline,
        path=addresses.story(state) if state else None,
        merged=merged,
        coverage=telling.cluster.coverage if telling else coverage,
        fate=_fate(decision, state, story_id),
        place=_place(decision, story_id),
        editions=tuple(each.id for each in editions if not parts.isdisjoint(story.id for story in each.stories)),
        topics=tuple(subject.label for subject in named(state.topics if state else (), subjects)),
        reasons=reasons(telling, place.settings, decision.own) if telling else None,
        names={article.key: names.get(article.key, article.key) for article in articles},
        corrections=tuple(dict.fromkeys(correction.name for correction in held if correction)),
        lines=tuple(_lines(told, story_id, coverage, names, subjects)),
    )


def _fate(decision: Decision, state: Story | None, story_id: str) -> Fate:
    known = decision.edited.fates.get(story_id)
    if known is not None:
        return known
    is_retracted = state is not None and state.change.kind == "retracted"
    return Fate(outcome="retracted" if is_retracted else "closed", reason=_FORGOTTEN)


def _place(decision: Decision, story_id: str) -> tuple[int, int] | None:
    """Return the place of a story among the candidates of the open edition, by importance."""
    weights = {
        candidate: fate.importance.total
        for candidate, fate in decision.edited.fates.items()
        if fate.importance and fate.outcome in ("shown", "left out")
    }
    if story_id not in weights:
        return None
    ranked = sorted(weights, key=lambda candidate: (-weights[candidate], candidate))
    return ranked.index(story_id) + 1, len(ranked)


def _lines(
    told: Story | Telling,
    story_id: str,
    coverage: Iterable[Coverage],
    names: Mapping[str, str],
    subjects: Sequence[Subject],
) -> Iterator[str]:
    """Yield the lines that would put each thing right, with what stands now in the place of what should."""
    topics = told.topics if isinstance(told, Story) else (*told.own, *told.topics)
    main = next(iter(named(topics, subjects)), OTHER)
    yield f"{story_id}.headline = {quoted(told.headline)}"
    yield f"{story_id}.topic = {quoted(main.slug)}"
    yield f'{story_id}.merge_into = "the id of another story"'
    yield f"{story_id}.hide = true"
    articles = [*articles_in(coverage)]
    for article in articles:
        name = quoted(names.get(article.key, article.key))
        yield f"{name}.published = {_spelled(article.published)}"
        if len(articles) > 1:
            yield f'{name}.split_from = "{story_id}"'
            yield f"{name}.hide = true"


def _spelled(published: Dated | None) -> str:
    """Return a date as TOML has it; a moment needs quotation marks, since TOML asks for its seconds."""
    if published is None:
        return '"2026-01-31"'
    return published.stated if published.precision == "day" else quoted(published.stated)
