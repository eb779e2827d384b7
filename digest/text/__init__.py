"""
Strings in, strings and spans out: what every stage needs to read text.

Words to compare texts by, sentences to quote, names for addresses and keys, one spelling for each
address, and text directives that lead from a quotation to the place on the source's page where it stands.
"""

from digest.text.canonical import canonical
from digest.text.fragments import fragment, raw_span
from digest.text.hashed import Numbers, distinct, hashed, hashes, runs
from digest.text.identity import fingerprint, plain, short_id, slug
from digest.text.lexicon import stop_words
from digest.text.phrases import phrase
from digest.text.remembered import Remembered
from digest.text.secrets import holds_secret
from digest.text.sentences import sentences
from digest.text.words import words

__all__ = [
    "Numbers",
    "Remembered",
    "canonical",
    "distinct",
    "fingerprint",
    "fragment",
    "hashed",
    "hashes",
    "holds_secret",
    "phrase",
    "plain",
    "raw_span",
    "runs",
    "sentences",
    "short_id",
    "slug",
    "stop_words",
    "words",
]
