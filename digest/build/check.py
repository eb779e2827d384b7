"""What would stand in the way of a build: a workplace in, findings out; nothing is touched."""

from collections.abc import Iterator
from dataclasses import dataclass

from digest import addresses, pipeline, publish, render
from digest.build import moment_of_build
from digest.build.deciding import corrected
from digest.build.examples import folders, own_topics
from digest.build.publishing import recover
from digest.build.status import status
from digest.build.workplace import Workplace
from digest.errors import DigestError, SettingsError
from digest.settings import Settings
from digest.store import Store


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know, with its remedy."""

    message: str
    harmless: bool = False
    """Whether a build works all the same."""


def check(place: Workplace) -> tuple[Finding, ...]:
    """Look at settings, folders, templates, site and store."""
    return tuple(dict.fromkeys(_findings(place)))


def _findings(place: Workplace) -> Iterator[Finding]:
    settings = place.settings
    defaults = Settings()
    if place.file is None:
        yield Finding("no digest.toml here: the defaults are used; `digest init` writes one", harmless=True)
    elif settings.base_url == defaults.base_url:
        yield Finding(
            f"{place.file}: `base_url` is not set: the feeds' links lead to {defaults.base_url}; "
            "set it to the address that the site will have",
            harmless=True,
        )
    for judge in (
        lambda: pipeline.check(settings),
        lambda: render.check(place.templates),
        lambda: folders(place),
        lambda: publish.owned(place.site),
        lambda: _check_store(place),
    ):
        try:
            judge()
        except DigestError as error:
            yield Finding(str(error))
    if not place.seeds.is_dir():
        yield Finding(f"{place.seeds}: no such folder; make it, or name another one as `seeds`")
    if settings.feeds and not settings.fetch.contact:
        yield Finding(
            "`fetch.contact` is not set: servers are not told whom to write to; set it like `mailto:me@example.org`",
            harmless=True,
        )
    yield from _sources(place)
    yield from _overrides(place)
    yield from _examples(place)
    for path in settings.items:
        if place.seeds.is_dir() and not (place.seeds / path).exists():
            yield Finding(
                f'{place.file}: `items."{path}"` speaks of a file that is not in {place.seeds}', harmless=True
            )


def _sources(place: Workplace) -> Iterator[Finding]:
    """Yield the feeds that fail, as far as builds have asked them."""
    try:
        sources = status(place).sources if place.store.exists() else ()
    except DigestError:
        return  # the store is judged elsewhere
    for source in sources:
        if source.health == "gone":
            yield Finding(
                f"{source.name}: is gone for ever: {source.reason}; `digest feeds remove` takes it out", harmless=True
            )
        elif source.failing_since:
            yield Finding(f"{source.name}: fails since {source.failing_since:%Y-%m-%d}: {source.reason}", harmless=True)


def _overrides(place: Workplace) -> Iterator[Finding]:
    """Yield the overrides that do nothing or contradict each other, as far as builds have seen what they speak of."""
    if not place.settings.overrides:
        return
    try:
        with Store(place.store, dry_run=True) as store:
            recover(place, store)
            editions = store.editions()
            states = pipeline.last_states(editions)
            # What was dropped into the folder since is not known to the store.
            files = {name: name for name in place.settings.overrides if (place.seeds / name).exists()}
            now = moment_of_build(place.settings, None)
            found, idle = corrected(place, store, editions, now=now, keys=files)
    except SettingsError as error:
        yield Finding(str(error))
        return
    except DigestError:
        return  # settings, site and store are judged elsewhere
    for line in (*idle, *pipeline.unmatched(found, {story.id for story in states}, states)):
        yield Finding(f"{place.file}: {line}", harmless=True)


def _examples(place: Workplace) -> Iterator[Finding]:
    """Yield the examples of the owner's topics that cannot be used."""
    try:
        _, unusable = own_topics(place, pipeline.clean)
    except DigestError:
        return  # the settings are judged elsewhere
    yield from (Finding(f"{each.locator}: {each.reason}", harmless=True) for each in unusable)


def _check_store(place: Workplace) -> None:
    """Open the store and read the site's ledger, keeping nothing."""
    ledger = publish.read(place.site, addresses.HISTORY)
    with Store(place.store, dry_run=True) as store:
        if ledger:
            store.recover(ledger, name=str(place.site / addresses.HISTORY))
        store.editions()
