"""
A cluster in, the sentences that tell its story out: verbatim quotes, each with its place.

The default method expects, word by word and pair by pair, what a summary written by people would hold: a regression of
the importance of n-grams (Hong and Nenkova 2014; Li, Qian and Liu 2013) by three small networks. It then quotes the
sentences that cover most of that together (Gillick and Favre 2009; Lin and Bilmes 2011). sumy's methods and the lead
rate single sentences instead. What may be quoted, what says the same twice and how long a summary may be is decided
the same way for all of them.
"""

from digest.summarize.explaining import Judged, explain
from digest.summarize.methods import SUMMARIZERS, VERSION, Limit, Summarizer, summarizer
from digest.summarize.reading import central

__all__ = ["SUMMARIZERS", "VERSION", "Judged", "Limit", "Summarizer", "central", "explain", "summarizer"]
