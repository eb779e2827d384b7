"""
A cluster in, the sentences that tell its story out: verbatim quotes, each with its place.

The default method asks what a summary written by people would hold. Three small networks give each word and word pair
a chance to be in it: a regression of the importance of n-grams (Hong and Nenkova 2014, "Improving the estimation of
word importance for news multi-document summarization"; Li, Qian and Liu 2013, "Using supervised bigram-based ILP for
extractive summarization"). Then the sentences are quoted that cover most of that for their length (Gillick and Favre
2009, "A scalable global model for summarization"), found by growing sets (Lin and Bilmes 2011, "A class of submodular
functions for document summarization"). sumy's methods and the lead rate single sentences instead. What may be quoted,
what says the same twice and how long a summary may be is decided the same way for all of them.
"""

from digest.summarize.explaining import Judged, explain
from digest.summarize.methods import SUMMARIZERS, VERSION, Limit, Summarizer, summarizer
from digest.summarize.reading import central

__all__ = ["SUMMARIZERS", "VERSION", "Judged", "Limit", "Summarizer", "central", "explain", "summarizer"]
