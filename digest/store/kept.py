"""The store that a build opens: history and entries in one file."""

from digest.store.entries import Entries


class Store(Entries):
    """Use it as a context manager, and `keep` what is to stay."""
