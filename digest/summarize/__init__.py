"""
A cluster in, the sentences that tell its story out: verbatim quotes, each with its place.

A method only rates sentences; what may be quoted, what says the same twice and how long a summary may
be is decided the same way for all of them.
"""

from digest.summarize.methods import SUMMARIZERS, VERSION, Limit, Summarizer, summarizer
from digest.summarize.reading import central

__all__ = ["SUMMARIZERS", "VERSION", "Limit", "Summarizer", "central", "summarizer"]
