"""
The text of a `digest.toml` in, `Settings` out.

An unknown key is an error that names the nearest right one.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any, get_args, get_type_hints

import msgspec

from digest.errors import SettingsError
from digest.settings.checks import check_values
from digest.settings.tables import EditionSettings, FetchSettings, Settings, SummarySettings, TopicSettings

FILE_NAME = "digest.toml"


def parse(text: str, *, name: str = FILE_NAME) -> Settings:
    """
    Check the text of a settings file.

    Args:
        text: TOML.
        name: What messages call the file.

    Raises:
        SettingsError: It is not TOML, has an unknown key, or a value that cannot be used.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(name, f"not TOML: {error}") from error
    _check_keys(table, Settings, prefix="", name=name)
    try:
        settings = msgspec.convert(_dates_as_text(table), Settings, strict=True)
    except msgspec.ValidationError as error:
        raise SettingsError(name, _explain(str(error), table)) from error
    check_values(settings, name)
    if settings.base_url.endswith("/"):
        return settings
    return replace(settings, base_url=f"{settings.base_url}/")


def _dates_as_text(value: Any) -> Any:
    """Spell TOML's own dates the way a quoted one is spelled, so that either may be written."""
    if isinstance(value, dict):
        return {key: _dates_as_text(inner) for key, inner in value.items()}
    return value.isoformat() if isinstance(value, date | datetime) else value


def _check_keys(table: Mapping[str, Any], shape: type, *, prefix: str, name: str) -> None:
    """Refuse what *shape* does not know, at any depth, with the nearest name that it does."""
    hints = get_type_hints(shape)
    known = [f.name for f in fields(shape)]
    for key, value in table.items():
        if key not in known:
            raise SettingsError(
                name, f"unknown setting `{prefix}{key}`{_unquoted(prefix, key, value) or _nearest(key, known)}"
            )
        inner = hints[key]
        if is_dataclass(inner) and isinstance(inner, type) and isinstance(value, dict):
            _check_keys(value, inner, prefix=f"{prefix}{key}.", name=name)
        elif (entry := _entry_shape(inner)) is not None and isinstance(value, dict):
            for label, row in value.items():
                if isinstance(row, dict):
                    _check_keys(row, entry, prefix=f'{prefix}{key}."{label}".', name=name)
        elif entry is not None and isinstance(value, list):
            for row in value:
                if isinstance(row, dict):
                    _check_keys(row, entry, prefix=f"{prefix}{key}.", name=name)


def _entry_shape(hint: Any) -> type | None:
    """Return the dataclass that a mapping maps to, if it does."""
    shapes = [a for a in get_args(hint) if isinstance(a, type) and is_dataclass(a)]
    return shapes[0] if shapes else None


def _nearest(key: str, known: list[str]) -> str:
    """Return the end of a message that names the setting most likely meant."""
    if close := get_close_matches(key, known, n=1, cutoff=0.6):
        return f"; did you mean `{close[0]}`?"
    tables = {"edition": EditionSettings, "summary": SummarySettings, "fetch": FetchSettings, "topics": TopicSettings}
    everywhere = {f.name: f"{table}.{f.name}" for table, shape in tables.items() for f in fields(shape)}
    if close := get_close_matches(key, everywhere, n=1, cutoff=0.6):
        return f"; did you mean `{everywhere[close[0]]}`?"
    return f"; known here: {', '.join(f'`{k}`' for k in known)}"


def _unquoted(prefix: str, key: str, value: Any) -> str:
    """Return the end of a message for a file's name that TOML took apart at its dot, if that is what was meant."""
    label = re.search(r'"([^".]+)"\.$', prefix)
    if label is None or not isinstance(value, dict):
        return ""
    parts = [label[1], key]
    while len(value) == 1 and isinstance(inner := next(iter(value.values())), dict):
        parts += value
        value = inner
    return f'; quote a name that has a dot: `"{".".join(parts)}"`'


def _explain(message: str, table: Mapping[str, Any]) -> str:
    """Put the decoder's message into the words of the file: the key first, then what was found."""
    what, _, where = message.partition(" - at `$.")
    named = re.sub(r"^(\w+)\[\.{3}\]", lambda m: f'{m[1]}."{_unusable(m[1], table[m[1]])}"', where.rstrip("`"))
    key = re.sub(r"\[(\d+|\.{3})\]", "", named)
    what = what.replace(" | null`", "`")
    what = (what[:1].lower() + what[1:]).replace("`object`", "a table").replace("`array`", "a list")
    return f"`{key}`: {what}" if key else what


def _unusable(key: str, rows: Mapping[str, Any]) -> str:
    """Return the label of the first row under a setting that cannot be read."""
    for label, row in rows.items():
        try:
            msgspec.convert({key: {label: _dates_as_text(row)}}, Settings, strict=True)
        except msgspec.ValidationError:
            return label
    raise ValueError(key)
