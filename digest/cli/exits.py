"""How a command ends: the exit codes, and an error's way to the user."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum

import click

from digest.errors import DigestError, LockedError, SettingsError


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
