"""What all commands share: the settings that they are told, the exit codes, and an error's way to the user."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.errors import DigestError, LockedError, SettingsError

if TYPE_CHECKING:
    from digest.topics import OwnTopic

CONFIG = click.option(
    "-c", "--config", "file", metavar="FILE", type=click.Path(path_type=Path),
    help="Settings file.  [default: digest.toml, when there is one]",
)  # fmt: skip
"""The option that every command has that needs the settings."""
OUT = click.option(
    "-o", "--out", "site", metavar="SITE", type=click.Path(path_type=Path),
    help="Folder of the site.  [default: what the settings name]",
)  # fmt: skip
"""The option of the commands that publish or show the site."""


class ExitCode(IntEnum):
    """What the shell is told."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    SET_ASIDE = 3
    LOCKED = 75


@contextmanager
def explained() -> Iterator[None]:
    """Print an error that is meant for the user, and exit with its code."""
    try:
        yield
    except DigestError as error:
        click.echo(f"digest: {error}", err=True)
        if isinstance(error, LockedError):
            sys.exit(ExitCode.LOCKED)
        sys.exit(ExitCode.USAGE if isinstance(error, SettingsError) else ExitCode.FAILED)
    except OSError as error:  # a full disk may show anywhere
        click.echo(f"digest: {error}", err=True)
        sys.exit(ExitCode.FAILED)


def own_topics(file: Path | None) -> "tuple[OwnTopic, ...]":
    """
    Return the topics that the owner adds in the settings file, or in the one that is here.

    Raises:
        SettingsError: The settings cannot be used.
    """
    from digest.build.workplace import find

    place = find(file)
    if not place.settings.topics.add:
        return ()
    from digest import pipeline
    from digest.build import examples

    pipeline.check(place.settings)
    own, unusable = examples.own_topics(place, pipeline.clean)
    for each in unusable:
        click.echo(f"set aside: {each.locator}: {each.reason}", err=True)
    return own
