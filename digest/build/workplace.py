"""
Where a build works: the settings file and the folders it names, resolved.

The settings are `digest.toml` in the current folder, or the file that is named; relative paths in
them start at the file's folder, those of the command line at the current one.
"""

from dataclasses import dataclass
from pathlib import Path

from digest.errors import SettingsError, reason_of
from digest.settings import FILE_NAME, Settings, parse


@dataclass(frozen=True, slots=True, kw_only=True)
class Workplace:
    """Settings, and the folders they mean."""

    settings: Settings
    file: Path | None
    """The settings file; none when all settings are the defaults."""
    seeds: Path
    site: Path
    store: Path
    templates: str | None
    base: Path = Path()
    """Where the relative paths of the settings start."""

    @property
    def lock(self) -> Path:
        """The file that a build holds locked while it works."""
        return self.store.with_name(f"{self.store.name}.lock")


def find(
    file: Path | None = None,
    *,
    seeds: Path | None = None,
    site: Path | None = None,
    templates: Path | None = None,
) -> Workplace:
    """
    Read the settings.

    Args:
        file: The settings file; else `digest.toml` in the current folder, else the defaults.
        seeds: Instead of the folder that the settings name.
        site: Instead of the folder that the settings name.
        templates: Instead of the folder that the settings name.

    Raises:
        SettingsError: The file is missing or cannot be used.
    """
    named = file is not None
    file = file or Path(FILE_NAME)
    if not named and not file.is_file():
        settings, base = Settings(), Path()
    else:
        settings, base = _read(file), file.parent
    own_templates = str(base / settings.templates) if settings.templates else None
    return Workplace(
        settings=settings,
        file=file if named or file.is_file() else None,
        seeds=seeds or base / settings.seeds,
        site=site or base / settings.site,
        store=base / settings.store,
        templates=str(templates) if templates else own_templates,
        base=base,
    )


def _read(file: Path) -> Settings:
    try:
        text = file.read_text("utf-8")
    except OSError as error:
        raise SettingsError(str(file), f"cannot be read: {reason_of(error)}") from error
    except UnicodeDecodeError as error:
        raise SettingsError(str(file), f"not UTF-8: byte {error.start} cannot be read; save it as UTF-8") from error
    return parse(text, name=str(file))
