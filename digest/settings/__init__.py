"""
The text of a `digest.toml` in, checked `Settings` out.

Every key has a default; an unknown one is an error that names the nearest right one. Nothing here
reads a disk: paths stay strings, and `build` resolves them against the file's folder.
"""

from digest.settings.reading import FILE_NAME, parse
from digest.settings.spelling import duration, moment
from digest.settings.tables import (
    EditionSettings,
    FeedSettings,
    FetchSettings,
    ItemSettings,
    OverrideSettings,
    OwnTopicSettings,
    RuleSettings,
    Settings,
    SummarySettings,
    TopicSettings,
)

__all__ = [
    "FILE_NAME",
    "EditionSettings",
    "FeedSettings",
    "FetchSettings",
    "ItemSettings",
    "OverrideSettings",
    "OwnTopicSettings",
    "RuleSettings",
    "Settings",
    "SummarySettings",
    "TopicSettings",
    "duration",
    "moment",
    "parse",
]
