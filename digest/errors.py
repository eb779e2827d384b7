"""
Everything that goes wrong on purpose.

A bad *item* is set aside and counted (`ItemError` becomes a `Rejection`); a bad *setting* stops
the build before it touches anything. `ValueError` is for programmers, `DigestError` for users.
"""


class DigestError(Exception):
    """Base of every error that is meant for the user."""


class ItemError(DigestError):
    """One input item cannot be used; the build goes on without it."""

    def __init__(self, locator: str, reason: str) -> None:
        super().__init__(f"{locator}: {reason}")
        self.locator = locator
        self.reason = reason


class SettingsError(DigestError):
    """The settings cannot be used; nothing has been touched."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


class LockedError(DigestError):
    """Another build is at work on the same store."""

    def __init__(self, lock: str) -> None:
        super().__init__(f"{lock}: another build holds the lock; try again when it is done")
        self.lock = lock


class StoreError(DigestError):
    """The store cannot be read or written."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class DamagedError(StoreError):
    """The store holds what no build has written."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, f"is damaged: {reason}; the next `digest build` saves what can be read")
        self.damage = reason


class PublishError(DigestError):
    """The site cannot be written; what was published before is untouched."""

    def __init__(self, site: str, reason: str) -> None:
        super().__init__(f"{site}: {reason}")
        self.site = site
        self.reason = reason


class TemplateError(DigestError):
    """A template cannot be used; what was published before is untouched."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"template {name}: {reason}")
        self.name = name
        self.reason = reason


def reason_of(error: OSError) -> str:
    """Return what the system says of a failure, as a part of a sentence, e.g. `permission denied`."""
    return (error.strerror or str(error)).lower()
