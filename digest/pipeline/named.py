"""
The name of a story or an article in, the one that is meant out.

A story is called by its id or address, an article by its file, its address or its key.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from digest import addresses
from digest import edition as editing
from digest.model import Story
from digest.text import slug


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What overrides can speak of."""

    states: Mapping[str, Story]
    """Id → last state of every story that was shown, the one shown last first."""
    growing: Collection[str]
    """Ids of those that still take articles."""
    merged: Mapping[str, str]
    """Id of a story that has become part of another one → id of that one."""
    key_of: Callable[[str], str | None]
    """Returns the key of the article of a file, of an address or of that key, if there is one."""

    def story_of(self, name: str) -> str | None:
        """Return the id of the story that a name means: its own, or that of its article; it need not be shown yet."""
        key = self.key_of(name)
        if key is None:
            story = addresses.story_id(name)
            return None if story is None else self.merged.get(story, story)
        return next((i for i, story in self.states.items() if key in keys_in(story)), None)

    def is_part(self, name: str) -> bool:
        """Tell whether a name is that of a story which has become part of another one."""
        return self.key_of(name) is None and addresses.story_id(name) in self.merged

    def is_retracted(self, story: str) -> bool:
        """Tell whether the story of an id was taken back."""
        return story in self.states and self.states[story].change.kind == "retracted"


def keys_in(story: Story) -> frozenset[str]:
    """Return the keys of all articles of a story, reprints too."""
    return frozenset(article.key for article in editing.articles_in(story.coverage))


def nearest(name: str, stories: Iterable[Story]) -> str:
    """Return the end of a message that names the stories most likely meant, by id, headline or words of it."""
    names: dict[str, Story] = {}
    for story in stories:
        names |= dict.fromkeys((story.id, _last_part(story), story.headline, story.slug), story)
    holding = [called for called, story in names.items() if slug(name) in story.slug]
    close = [*get_close_matches(name, names, n=3, cutoff=0.5), *holding]
    parts = [*dict.fromkeys(_last_part(names[called]) for called in close)][:3]
    return f"; did you mean {' or '.join(f'`{part}`' for part in parts)}?" if parts else ""


def _last_part(story: Story) -> str:
    return f"{story.slug}-{story.id}"
