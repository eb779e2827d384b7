"""All that is published in, the pages that keep addresses of stories which are told there no more out."""

from collections.abc import Iterator
from functools import partial

from digest import addresses
from digest.model import Library
from digest.render import shelves
from digest.render.sheet import Sheet
from digest.render.taken_back import is_retracted
from digest.render.views import mention_link


def notices(library: Library) -> Iterator[Sheet]:
    """Return the page of each story that is hidden, and of each that has become part of another one: it leads there."""
    for mention in library.hidden:
        path = addresses.story(mention)
        yield Sheet(path=path, template="withdrawn.html", basis=(), values=lambda: {"headline": None}, listed=False)
    for part, home in shelves.moved(library):
        values = {
            "part": mention_link(part, library.masthead),
            "home": mention_link(home, library.masthead),
            "is_retracted": is_retracted(home),
        }
        path, basis = addresses.story(part), tuple(values.values())
        yield Sheet(path=path, template="moved.html", basis=basis, values=partial(dict, values), listed=False)
