"""
Articles of a story in, its topics and keywords out.

Topics come from a fixed list, the 17 top-level IPTC Media Topics (`TOP_LEVEL`, with *other* for the
rest); keywords are the names and phrases of the story itself.
"""

from digest.topics.names import keywords
from digest.topics.subjects import OTHER, TOP_LEVEL, Subject
from digest.topics.tagger import THRESHOLD, VERSION, Reason, Reasons, is_readable, reasons, score, tag

__all__ = [
    "OTHER",
    "THRESHOLD",
    "TOP_LEVEL",
    "VERSION",
    "Reason",
    "Reasons",
    "Subject",
    "is_readable",
    "keywords",
    "reasons",
    "score",
    "tag",
]
