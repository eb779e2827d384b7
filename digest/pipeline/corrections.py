"""
The owner's overrides in, corrections out, and a word on each override that does nothing.

An override names a story by its id or address, or an article by its file, its address or its key.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches

from digest import addresses
from digest import edition as editing
from digest.model import Article, Correction, Corrections, Dated, Library, Memory, Mention, Story
from digest.pipeline.unpacking import dated, topics_of
from digest.settings import OverrideSettings, Settings
from digest.text import slug


def check_overrides(settings: Settings) -> None:
    """
    Refuse overrides that can be judged without knowing what they speak of.

    Raises:
        SettingsError: There is no such topic.
    """
    for name, override in settings.overrides.items():
        if override.topic is not None:
            topics_of(override.topic, key=f"{_called(name)}.topic")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What overrides can speak of."""

    states: Mapping[str, Story]
    """Id → last state of every story that was shown, the one shown last first."""
    growing: Collection[str]
    """Ids of those that still take articles."""
    key_of: Callable[[str], str | None]
    """Returns the key of the article of a file, of an address or of that key, if there is one."""

    def story_of(self, name: str) -> str | None:
        """Return the id of the story that a name means: its own, or that of its article; it need not be shown yet."""
        key = self.key_of(name)
        if key is None:
            return addresses.story_id(name)
        return next((i for i, story in self.states.items() if key in keys_in(story)), None)


def keys_in(story: Story) -> frozenset[str]:
    """Return the keys of all articles of a story, reprints too."""
    return frozenset(article.key for article in editing.articles_in(story.coverage))


def corrections(settings: Settings, known: Known) -> tuple[Corrections, tuple[str, ...]]:
    """
    Return what the owner puts right, and a line for each override that does nothing, with the remedy.

    Stories that were never shown are known by their ids only once articles are grouped: see `unmatched`.
    """
    reading = _Reading(known)
    for name, override in settings.overrides.items():
        key = known.key_of(name)
        if key is not None:
            reading.article(name, key, override)
        elif (story := addresses.story_id(name)) is not None:
            reading.story(name, story, override)
        else:
            reading.say(name, f"no such file, address or story{nearest(name, known.states.values())}")
    return reading.corrections(), tuple(reading.lines)


def unmatched(found: Corrections, known: Collection[str], states: Collection[Story]) -> tuple[str, ...]:
    """Return a line for each correction of a story that is none of the *known* ids."""
    return tuple(
        f"{correction.name}: no such story{nearest(story, states)}"
        for story, correction in found.stories.items()
        if story not in known
    )


def nearest(name: str, stories: Iterable[Story]) -> str:
    """Return the end of a message that names the stories most likely meant, by id, headline or words of it."""
    names: dict[str, Story] = {}
    for story in stories:
        names |= dict.fromkeys((story.id, _last_part(story), story.headline, story.slug), story)
    holding = [called for called, story in names.items() if slug(name) in story.slug]
    close = [*get_close_matches(name, names, n=3, cutoff=0.5), *holding]
    parts = [*dict.fromkeys(_last_part(names[called]) for called in close)][:3]
    return f"; did you mean {' or '.join(f'`{part}`' for part in parts)}?" if parts else ""


def put_right(
    articles: Iterable[Article], found: Corrections
) -> tuple[tuple[Article, ...], tuple[editing.Dropped, ...]]:
    """Return articles with the headlines and dates that their owner gives them, and those that are hidden."""
    shown = []
    dropped = []
    for article in articles:
        correction = found.articles.get(article.key)
        if correction is not None and correction.hidden:
            dropped.append(editing.Dropped(headline=article.headline, rule=f"{correction.name}.hide"))
        else:
            shown.append(editing.restated(article, correction))
    return tuple(shown), tuple(dropped)


def corrected_memory(memory: Memory, found: Corrections) -> Memory:
    """Return what was shown, with each article in the story to which its owner gives it."""
    shown = {key: story for key, story in memory.shown.items() if (key, story) not in found.apart}
    homes = {key: story for key, story in found.homes.items() if key in memory.first_seen}
    return replace(memory, shown=shown | homes)


def as_wanted(library: Library, states: Iterable[Story], found: Corrections) -> Library:
    """
    Return what is published, as its owner wants it.

    Args:
        library: As editions tell it.
        states: The last state of every story.
        found: What is put right.
    """
    last = {story.id: story for story in states}
    unseen = editing.hidden(last.values(), found)
    wanted = {story_id: editing.as_wanted(story, found) for story_id, story in last.items()}
    return replace(
        library,
        today=editing.published(library.today, found, unseen=unseen),
        editions=tuple(editing.published(edition, found, unseen=unseen) for edition in library.editions),
        restated=tuple(story for i, story in wanted.items() if story != last[i] and i not in unseen),
        hidden=tuple(_mention(last[story_id]) for story_id in sorted(unseen)),
        silent=tuple(_silent(library, found, unseen=unseen).values()),
    )


def _silent(library: Library, found: Corrections, *, unseen: Collection[str]) -> Mapping[str, Article]:
    """Return by key the articles that are hidden, alone or with a whole story, of whatever edition, silenced."""
    return {
        article.key: editing.silenced(article)
        for edition in library.editions
        for story in edition.stories
        for article in editing.articles_in(story.coverage)
        if story.id in unseen or editing.is_hidden(article.key, found)
    }


class _Reading:
    """Overrides as they are read, one after the other."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._stories: dict[str, Correction] = {}
        self._articles: dict[str, Correction] = {}
        self._homes: dict[str, str] = {}
        self._apart: dict[tuple[str, str], str] = {}
        self._together: set[tuple[str, str]] = set()
        self._joined: dict[str, str] = {}
        self.lines: list[str] = []

    def say(self, name: str, what: str, *, key: str = "") -> None:
        """Note that an override, or a *key* of it, does nothing."""
        self.lines.append(f"{_called(name)}{key and f'.{key}'}: {what}")

    def article(self, name: str, key: str, override: OverrideSettings) -> None:
        """Take what is said of an article."""
        if key in self._articles:
            self.say(name, f"speaks of the same article as {self._articles[key].name}, and replaces it")
        self._articles[key] = Correction(
            name=_called(name),
            hidden=override.hide,
            headline=override.headline,
            published=None if override.published is None else dated(override.published),
        )
        if override.topic is not None:
            self.say(name, "an article has no topic; name its story", key="topic")
        if override.split_from is not None:
            self._split(name, key, override.split_from)
        if override.merge_into is not None:
            self._move(name, key, override.merge_into)

    def story(self, name: str, story: str, override: OverrideSettings) -> None:
        """Take what is said of a story."""
        self._stories[story] = Correction(
            name=_called(name),
            hidden=override.hide,
            headline=override.headline,
            topics=None if override.topic is None else topics_of(override.topic, key=f"{_called(name)}.topic"),
        )
        if override.published is not None:
            self._date(name, story, dated(override.published))
        if override.split_from is not None:
            self.say(name, "a story as a whole is in no other; name the article", key="split_from")
        if override.merge_into is not None:
            self._join(name, story, override.merge_into)

    def corrections(self) -> Corrections:
        """Return all that was taken; a story that loses all its articles to another one is part of that."""
        for story, state in self._known.states.items():
            keys = keys_in(state)
            homes = {self._homes.get(key, story) for key in keys}
            if len(homes) == 1 and homes != {story}:
                self._joined.setdefault(story, *homes)
            if all((key, story) in self._apart for key in keys):
                for key in keys:
                    self.say(self._apart.pop((key, story)), "nothing would be left of the story", key="split_from")
        return Corrections(
            stories=self._stories,
            articles=self._articles,
            homes=self._homes,
            apart=frozenset(self._apart),
            together=frozenset(self._together),
            joined=self._ends(),
        )

    def _ends(self) -> dict[str, str]:
        """Return where each story ends up that is joined to others, one after the other; those in a circle stay."""
        ends: dict[str, str] = {}
        for story in self._joined:
            passed = [story]
            while (target := self._joined.get(passed[-1])) is not None and target not in passed:
                passed.append(target)
            if target is None:
                ends[story] = passed[-1]
            else:
                self.lines.append(f"`{story}` cannot become part of `{passed[1]}`: that leads in a circle")
        return ends

    def _split(self, name: str, key: str, wanted: str) -> None:
        story = self._known.story_of(wanted)
        if story is None:
            self.say(name, self._no_story(wanted), key="split_from")
        elif self._is_closed(story) and key in keys_in(self._known.states[story]):
            self.say(name, f"`{wanted}` is closed, and never changes again", key="split_from")
        else:
            self._apart[key, story] = name

    def _move(self, name: str, key: str, wanted: str) -> None:
        story, other = self._known.story_of(wanted), self._known.key_of(wanted)
        state = self._known.states.get(story or "")
        if state is not None and (state.id in self._known.growing or key in keys_in(state)):
            self._homes[key] = state.id
        elif state is not None:
            self.say(name, f"`{wanted}` takes no more articles", key="merge_into")
        elif other is not None:
            self._together.add((key, other))
        else:
            self.say(name, self._no_story(wanted), key="merge_into")

    def _join(self, name: str, story: str, wanted: str) -> None:
        target = self._known.story_of(wanted)
        if target is None or target == story:
            self.say(name, self._no_story(wanted), key="merge_into")
        elif self._is_closed(target) or self._is_closed(story):
            closed = wanted if self._is_closed(target) else name
            self.say(name, f"`{closed}` takes no more articles", key="merge_into")
        else:
            self._joined[story] = target

    def _date(self, name: str, story: str, published: Dated) -> None:
        """Date the articles of a story that state no date."""
        undated = [
            article.key
            for told in self._known.states.values()
            if told.id == story
            for article in editing.articles_in(told.coverage)
            if article.published is None or article.published.origin in ("first_seen", "settings")
        ]
        if not undated:
            self.say(name, "none of its articles lacks a date; name the one whose date is wrong", key="published")
        for key in undated:
            known = self._articles.get(key, Correction(name=_called(name)))
            self._articles[key] = replace(known, published=known.published or published)

    def _no_story(self, wanted: str) -> str:
        return f"`{wanted}` is no story that was shown{nearest(wanted, self._known.states.values())}"

    def _is_closed(self, story: str) -> bool:
        return story in self._known.states and story not in self._known.growing


def _mention(story: Story) -> Mention:
    return Mention(id=story.id, slug=story.slug, headline=story.headline, language=story.language)


def _called(name: str) -> str:
    return f'overrides."{name}"'


def _last_part(story: Story) -> str:
    return f"{story.slug}-{story.id}"
