"""What an edition told and what it only says was retracted, apart."""

from digest.model import Edition, Story


def is_retracted(story: Story) -> bool:
    """Tell whether nothing is left of a story but a notice."""
    return story.change.kind == "retracted"


def news(edition: Edition) -> tuple[Story, ...]:
    """Return the stories that *edition* tells; of those that were retracted it says so and no more."""
    return tuple(story for story in edition.stories if not is_retracted(story))
