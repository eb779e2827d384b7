"""
All that is published in, the pages of the site out: HTML without scripts, one stylesheet, one icon.

The templates stand in `templates/` at the top of the repository and travel inside the wheel; a folder of
one's own replaces them file by file. What the pages say is put into words by `views`, `shelves`, `passages`
and `timeline`; `sheets` lists the pages, and `press` runs Jinja2. The feeds are made elsewhere.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from digest import addresses
from digest.model import Library, Masthead, Page, Standing
from digest.render.press import Press, file_at
from digest.render.sheet import Sheet
from digest.render.sheets import robots, sheets, sitemap
from digest.text import fingerprint
from digest.topics import OTHER, TOP_LEVEL

__all__ = ["check", "pages"]

_COPIED = ("icon.svg", "style.css")


def pages(
    library: Library, *, templates: str | None = None, standing: Mapping[str, str] | None = None
) -> Iterator[Page | Standing]:
    """
    Write every file of the site but the feeds.

    Args:
        library: All that is published.
        templates: Folder whose files replace ours one by one.
        standing: Path → basis of the files that stand in the site and were made with the same templates; what
            says the same is not made again.

    Raises:
        TemplateError: A template is missing, malformed or asks for what is not there.
    """
    press, masthead, known = Press(templates), library.masthead, standing or {}
    furniture = fingerprint(masthead)
    written = [*sheets(library)]
    for sheet in (*written, sitemap(masthead, written), robots(masthead)):
        path, basis = file_at(sheet.path), fingerprint(furniture, sheet.basis)
        if known.get(path) == basis:
            yield Standing(path=path)
        else:
            page = press.page(sheet.path, sheet.template, {**sheet.values(), **_furniture(sheet, masthead)})
            yield replace(page, basis=basis)
    for name in _COPIED:
        yield press.copy(name)


def check(templates: str | None) -> None:
    """
    Read and compile every template, ours and those of the folder *templates*.

    Raises:
        TemplateError: The first that cannot be used, and why.
    """
    Press(templates).check()


def _furniture(sheet: Sheet, masthead: Masthead) -> Mapping[str, object]:
    """Return what every page knows: the digest, its own place, and the way from there to the root."""
    # A server shows the same page for any address it does not have, so no relative link would do.
    rooted = sheet.path == addresses.NOT_FOUND
    return {
        "masthead": masthead,
        "addresses": addresses,
        "own_topics": {*masthead.topics} != {*TOP_LEVEL, OTHER},
        "path": sheet.path,
        "canonical": masthead.base_url + sheet.path,
        "root": urlsplit(masthead.base_url).path if rooted else "../" * sheet.path.count("/"),
    }
