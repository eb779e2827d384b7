"""
Articles of a story in, its topics and keywords out.

Topics come from a fixed list, the 17 top-level IPTC Media Topics (`TOP_LEVEL`, with *other* for the
rest), and from those that the owner adds; keywords are the names and phrases of the story itself.
"""

from digest.topics.filing import below, filed, named
from digest.topics.names import keywords
from digest.topics.own import ALIKE, OwnReasons, OwnTopic, own_reasons, own_topic, own_topics_of
from digest.topics.second import suggestion, suggestion_reasons
from digest.topics.subjects import OTHER, TOP_LEVEL
from digest.topics.tagger import THRESHOLD, VERSION, Reason, Reasons, is_readable, leaning, reasons, score, sure, tag

__all__ = [
    "ALIKE",
    "OTHER",
    "THRESHOLD",
    "TOP_LEVEL",
    "VERSION",
    "OwnReasons",
    "OwnTopic",
    "Reason",
    "Reasons",
    "below",
    "filed",
    "is_readable",
    "keywords",
    "leaning",
    "named",
    "own_reasons",
    "own_topic",
    "own_topics_of",
    "reasons",
    "score",
    "suggestion",
    "suggestion_reasons",
    "sure",
    "tag",
]
