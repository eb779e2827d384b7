"""What it takes to write one page: a value that the press turns into bytes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What it takes to write one page."""

    path: str
    template: str
    basis: tuple[object, ...]
    """All that it says is made from these and the masthead."""
    values: Callable[[], Mapping[str, object]]
    """What it says, put into words when it is asked for."""
    changed: datetime | None = None
    """When what it shows last changed, UTC; None when that cannot be said."""
    listed: bool = True
    """Whether the sitemap names it."""
