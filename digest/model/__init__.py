"""
The values that travel between the rooms, in the order in which they appear.

All of them are frozen; behaviour lives in the rooms. A stage returns a new type instead of
filling in a blank of an old one, so `None` always means "not known", never "not done yet".
"""

from digest.model.articles import (
    Article,
    Cluster,
    Coverage,
    Dated,
    DateOrigin,
    Declaration,
    Item,
    Metadata,
    Paragraph,
    ParagraphKind,
    Precision,
    Source,
)
from digest.model.publishing import Alert, AlertKind, Health, Library, Masthead, Page, Standing
from digest.model.stories import (
    OWN,
    Change,
    ChangeKind,
    Correction,
    Corrections,
    Edition,
    Memory,
    Mention,
    Omission,
    Quote,
    Rejection,
    Story,
    Subject,
    Telling,
    Topic,
)

__all__ = [
    "OWN",
    "Alert",
    "AlertKind",
    "Article",
    "Change",
    "ChangeKind",
    "Cluster",
    "Correction",
    "Corrections",
    "Coverage",
    "DateOrigin",
    "Dated",
    "Declaration",
    "Edition",
    "Health",
    "Item",
    "Library",
    "Masthead",
    "Memory",
    "Mention",
    "Metadata",
    "Omission",
    "Page",
    "Paragraph",
    "ParagraphKind",
    "Precision",
    "Quote",
    "Rejection",
    "Source",
    "Standing",
    "Story",
    "Subject",
    "Telling",
    "Topic",
]
