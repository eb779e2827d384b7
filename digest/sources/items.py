"""
The bytes of an item and what is said of it in, the item out.

What the settings say of a file wins over what the file says of itself.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from digest.model import Declaration, Item, Metadata, Rejection, Source
from digest.text import short_id, slug


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a file says of itself, or of one of the items that it holds."""

    metadata: Metadata = field(default_factory=Metadata)
    id: str | None = None
    """Its own name for the item: unique in the file at least."""
    source_id: str | None = None
    """None: made from the name of the source."""
    source_name: str | None = None
    private: bool = False


def made(
    body: bytes,
    name: str,
    declaration: Declaration,
    *,
    media_type: str,
    said: Said | None = None,
    number: int | None = None,
) -> Item:
    """
    Make an item.

    Args:
        body: Its bytes.
        name: Path of its file under the folder.
        declaration: What the settings say of the file.
        media_type: Chooses the extractor.
        said: What the file says.
        number: Of the item in a file that holds many, from 1. Settings that can be true of one item only, address
            and headline, are not taken for those.
    """
    said = said or Said()
    metadata = _joined(declaration.metadata, said.metadata, is_one_of_many=number is not None)
    identities = tuple(dict.fromkeys(_identities(body, name, metadata, said, is_one_of_many=number is not None)))
    key = short_id(identities[0])
    return Item(
        key=key,
        source=_source(key if number is None else short_id(f"path:{name}"), name, declaration, said),
        locator=name if number is None else f"{name}#{number}",
        identities=identities,
        media_type=media_type,
        body=body,
        declared=metadata,
    )


def each_once(found: Iterable[Item | Rejection]) -> Iterator[Item | Rejection]:
    """Leave out items that were there before."""
    seen: set[str] = set()
    for one in found:
        if isinstance(one, Item):
            if one.key in seen:
                continue
            seen.add(one.key)
        yield one


def rekeyed(item: Item, key: str) -> Item:
    """Return *item* under the key that it is remembered by."""
    if item.source.id == _own_source_id(item.key):
        return replace(item, key=key, source=replace(item.source, id=_own_source_id(key)))
    return replace(item, key=key)


def _joined(settings: Metadata, said: Metadata, *, is_one_of_many: bool) -> Metadata:
    """Return what the settings say, else what the file does."""
    headline, url = (None, None) if is_one_of_many else (settings.headline, settings.url)
    return Metadata(
        headline=headline or _right(said.headline),
        byline=settings.byline or said.byline,
        published=settings.published or said.published,
        url=url or said.url,
        language=settings.language or said.language,
        site_name=settings.site_name or _right(said.site_name),
    )


def _right(text: str | None) -> str | None:
    """Return *text* as it was before it was encoded twice."""
    if text is None or text.isascii():
        return text
    from digest.extract.doubled import undoubled

    return undoubled(text)


def _identities(body: bytes, name: str, metadata: Metadata, said: Said, *, is_one_of_many: bool) -> Iterator[str]:
    """
    Yield what an item can be recognised by, strongest first.

    A place among many is none: whatever is put before the item moves it.
    """
    if said.id:
        yield f"id:{said.id}"
    if metadata.url:
        yield f"url:{metadata.url}"
    if not is_one_of_many:
        yield f"path:{name}"
    elif not said.id and not metadata.url and metadata.headline:
        day = metadata.published.stated if metadata.published else ""
        yield f"title:{name} {day} {metadata.headline}"
    yield f"bytes:{hashlib.sha256(body).hexdigest()}"


def _source(key: str, name: str, declaration: Declaration, said: Said) -> Source:
    """Return the source that the settings name, else the file, else the item's address; else the file's own."""
    readable = " ".join(PurePosixPath(name).stem.replace("_", " ").replace("-", " ").split())
    named = declaration.source or _right(said.source_name)
    if named is None and said.metadata.url:
        named = (urlsplit(said.metadata.url).hostname or "").removeprefix("www.") or None
    own_id = said.source_id if said.source_id and not declaration.source else None
    return Source(
        id=own_id or (slug(named) if named else _own_source_id(key)),
        name=named or readable or name,
        # A source that may show whole texts hides nothing.
        private=said.private if declaration.private is None else declaration.private,
        republish=declaration.republish,
        boost=declaration.boost,
    )


def _own_source_id(key: str) -> str:
    """Return the id of the source that a file is when it names none."""
    return f"file-{key}"
