"""
The owner's overrides in, corrections out, and a word on each override that does nothing.

An override names a story by its id or address, or an article by its file, its address or its key. The name of a story
that has become part of another one means that one.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from digest import addresses
from digest import edition as editing
from digest.errors import SettingsError
from digest.model import Correction, Corrections, Dated, Story, Subject
from digest.pipeline.catalogue import subjects, topics_of
from digest.pipeline.named import Known, keys_in, nearest
from digest.pipeline.unpacking import dated
from digest.settings import FILE_NAME, OverrideSettings, Settings
from digest.text import short_id


def check_overrides(settings: Settings) -> None:
    """
    Refuse overrides that can be judged without knowing what they speak of.

    Raises:
        SettingsError: There is no such topic, or stories are to become part of each other.
    """
    listed = subjects(settings)
    joined: dict[str, str] = {}
    names: dict[str, str] = {}
    for name, override in settings.overrides.items():
        if override.topic is not None:
            topics_of(override.topic, listed, f"{_called(name)}.topic")
        story, target = addresses.story_id(name), addresses.story_id(override.merge_into or "")
        if story is not None and target is not None and target != story:
            joined[story], names[story] = target, _called(name)
    _check_circles(joined, names)


def corrections(settings: Settings, known: Known) -> tuple[Corrections, tuple[str, ...]]:
    """
    Return what the owner puts right, and a line for each override that does nothing, with the remedy.

    Stories that were never shown are known by their ids only once articles are grouped: see `unmatched`.

    Raises:
        SettingsError: Stories are to become part of each other.
    """
    reading = _Reading(known, subjects(settings))
    # What is said of a story itself counts before what was said of one that has become part of it.
    for name, override in sorted(settings.overrides.items(), key=lambda each: known.is_part(each[0])):
        key = known.key_of(name)
        if override == OverrideSettings():
            reading.say(name, "puts nothing right")
        elif key is not None:
            reading.article(name, key, override)
        elif (story := known.story_of(name)) is not None:
            reading.story(name, story, override)
        else:
            reading.say(name, f"no such file, address or story{nearest(name, known.states.values())}")
    return reading.corrections(), tuple(reading.lines)


def unmatched(
    found: Corrections, known: Collection[str], states: Collection[Story], *, keys: Iterable[str] = ()
) -> tuple[str, ...]:
    """
    Return a line for each correction of, or into, a story that there is not.

    Args:
        found: What is put right.
        known: Ids of the stories that there are.
        states: Those that were shown.
        keys: Of the articles at hand; what one of them would found may have been joined to another story before.
    """
    founded = {short_id("story", key) for key in keys} & found.joined.keys()
    lines = []
    for story, correction in found.stories.items():
        target = found.joined.get(story, story)
        if story not in known and story not in founded:
            lines.append(f"{correction.name}: no such story{nearest(story, states)}")
        elif target not in known:
            lines.append(f"{correction.name}.merge_into: no such story{nearest(target, states)}")
    return tuple(lines)


class _Reading:
    """Overrides as they are read, one after the other."""

    def __init__(self, known: Known, listed: Sequence[Subject]) -> None:
        self._known = known
        self._subjects = listed
        self._stories: dict[str, Correction] = {}
        self._articles: dict[str, Correction] = {}
        self._homes: dict[str, str] = {}
        self._apart: dict[tuple[str, str], str] = {}
        self._together: set[tuple[str, str]] = set()
        self._joined: dict[str, str] = {}
        self._joiners: dict[str, str] = {}
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
        """Take what is said of a story, or of one that has become part of it."""
        wanted = override.topic
        correction = Correction(
            name=_called(name),
            hidden=override.hide,
            headline=override.headline,
            topics=None if wanted is None else topics_of(wanted, self._subjects, f"{_called(name)}.topic"),
        )
        counts = self._stories.setdefault(story, correction)
        if override.hide and self._known.is_retracted(story):
            self.say(name, "the story was retracted, and its notice stays", key="hide")
        if counts is not correction and correction != Correction(name=_called(name)):
            self.say(name, f"speaks of the same story as {counts.name}, which counts")
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
            if story in self._known.growing and len(homes) == 1 and homes != {story}:
                self._joined.setdefault(story, *homes)
                self._joiners.setdefault(story, next(self._articles[key].name for key in sorted(keys)))
            if all((key, story) in self._apart for key in keys):
                for key in keys:
                    self.say(self._apart.pop((key, story)), "nothing would be left of the story", key="split_from")
        _check_circles(self._joined, self._joiners)
        for story in [story for story, target in self._joined.items() if self._is_hidden(story, target)]:
            self.lines.append(f"{self._joiners[story]}.merge_into: what is hidden becomes part of nothing")
            del self._joined[story]
        return Corrections(
            stories=self._stories,
            articles=self._articles,
            homes=self._homes,
            apart=frozenset(self._apart),
            together=frozenset(self._together),
            joined=self._joined,
        )

    def _split(self, name: str, key: str, wanted: str) -> None:
        story = self._known.story_of(wanted)
        if story is None:
            self.say(name, self._no_story(wanted), key="split_from")
        elif self._is_closed(story) and key in keys_in(self._known.states[story]):
            self.say(name, f"`{wanted}` {self._why_closed(story)}, and never changes again", key="split_from")
        else:
            self._apart[key, story] = name

    def _move(self, name: str, key: str, wanted: str) -> None:
        story, other = self._known.story_of(wanted), self._known.key_of(wanted)
        state = self._known.states.get(story or "")
        own = next((i for i, known in self._known.states.items() if key in keys_in(known)), "")
        if other == key:
            self.say(name, f"`{wanted}` is the article itself", key="merge_into")
        elif self._is_closed(own) and own != story:
            self.say(name, f"its own story {self._why_closed(own)}, and gives none away", key="merge_into")
        elif state is not None and (state.id in self._known.growing or key in keys_in(state)):
            self._homes[key] = state.id
        elif state is not None:
            self.say(name, f"`{wanted}` takes no more articles", key="merge_into")
        elif other is not None:
            self._together.add((key, other))
        else:
            self.say(name, self._no_story(wanted), key="merge_into")

    def _join(self, name: str, story: str, wanted: str) -> None:
        target = self._known.story_of(wanted)
        if target == story and (self._known.is_part(name) or self._known.is_part(wanted)):
            return  # they have become one
        is_shown_first = story in self._known.states and target not in self._known.states
        if target == story:
            self.say(name, f"`{wanted}` is the story itself", key="merge_into")
        elif target is None or is_shown_first:
            self.say(name, self._no_story(wanted), key="merge_into")
        elif self._is_closed(target) or self._is_closed(story):
            closed = wanted if self._is_closed(target) else name
            self.say(name, f"`{closed}` takes no more articles", key="merge_into")
        else:
            self._joined[story] = target
            self._joiners[story] = _called(name)

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

    def _why_closed(self, story: str) -> str:
        return "was retracted" if self._known.is_retracted(story) else "is closed"

    def _is_hidden(self, *stories: str) -> bool:
        return any(self._stories[story].hidden for story in stories if story in self._stories)


def _check_circles(joined: Mapping[str, str], names: Mapping[str, str]) -> None:
    """
    Refuse stories that are to become part of each other.

    Args:
        joined: Id of a story → id of the one that it becomes part of.
        names: Id of a story → name of the override that says so.

    Raises:
        SettingsError: Following them leads in a circle.
    """
    for story in joined:
        end = story
        for _ in joined:
            end = joined.get(end, end)
            if end == story:
                raise SettingsError(FILE_NAME, f"`{names[story]}.merge_into` leads in a circle, back to itself")


def _called(name: str) -> str:
    return f'overrides."{name}"'
