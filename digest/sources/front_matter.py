"""
A Markdown file in, an item with what its front matter says out.

YAML is read by PyYAML without any of its types, so that a date stays as it is written; TOML by the standard library.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from digest.model import Declaration, Item, Metadata
from digest.sources import dates
from digest.sources.authors import names
from digest.sources.found import Text, sound
from digest.sources.items import Said, made
from digest.sources.markup import line
from digest.text import canonical

_LINE = re.compile(r"^([A-Za-z][\w-]*)[ \t]*:[ \t]+(.+?)[ \t]*$", re.MULTILINE)
_HEADLINE = ("title", "headline")
_AUTHOR = ("author", "authors", "byline")
_DATE = ("published", "date", "date_published", "publishdate", "pubdate", "created")
_URL = ("url", "canonical", "canonical_url", "link", "permalink", "source")
_SITE = ("site", "site_name", "publication", "publisher", "source")
_LANGUAGE = ("lang", "language", "locale")


def markdown(body: bytes, name: str, declaration: Declaration) -> Iterator[Item]:
    """
    Make one item of a Markdown file; its body keeps the front matter.

    Raises:
        ItemError: It is not text.
    """
    from digest.extract.decode import decode
    from digest.extract.front_matter import front_matter

    block = front_matter(decode(body, locator=name))
    said = _said(_read(block.form, block.text)) if block else None
    yield made(body, name, declaration, media_type="text/markdown", said=said)


def _read(form: str, text: str) -> Mapping[str, Any]:
    """Return what a front matter says, keys in lower case; where it is broken, each of its plain lines counts."""
    import tomllib

    import yaml

    try:
        said = tomllib.loads(text) if form == "toml" else yaml.BaseLoader(text).get_single_data()
    except (tomllib.TOMLDecodeError, yaml.YAMLError, ValueError, TypeError, RecursionError):
        # A colon inside a title that is not quoted is the usual mistake.
        said = {key: value.strip("\"'") for key, value in _LINE.findall(text)}
    return {str(key).strip().lower(): value for key, value in said.items()} if isinstance(said, dict) else {}


def _said(values: Mapping[str, Any]) -> Said:
    """Return what the values of a front matter stand for."""
    published = next(
        (date for text in _texts(values, _DATE) if (date := dates.declared(text.replace("[", "").replace("]", "")))),
        None,
    )
    url = next((url for text in _texts(values, _URL) if (url := canonical(text))), None)
    return Said(
        metadata=Metadata(
            headline=line(_plain(next(_texts(values, _HEADLINE), None))),
            byline=names(tuple(author for text in _texts(values, _AUTHOR) for author in text.split(";"))),
            published=published,
            url=url,
            language=next(_texts(values, _LANGUAGE), None),
        ),
        # What clippers call the source is often its address.
        source_name=next((text for text in _texts(values, _SITE) if "://" not in text), None),
        private=next(_texts(values, ("private",)), "").lower() in {"true", "yes", "on", "1"},
    )


def _texts(values: Mapping[str, Any], keys: tuple[str, ...]) -> Iterator[str]:
    """Yield the texts under *keys*, those of lists one by one, without the brackets of a wiki's links."""
    for key in keys:
        value = values.get(key)
        for one in value if isinstance(value, list) else [value]:
            text = one.get("name") if isinstance(one, dict) else one
            # Booleans, and dates of TOML.
            if text is not None and not isinstance(text, str | list | dict):
                text = str(text)
            if said := sound(text):
                yield said.removeprefix("[[").removesuffix("]]")


def _plain(text: str | None) -> Text | None:
    return Text(value=text, kind="plain") if text else None
