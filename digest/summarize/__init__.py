"""
A cluster in, the sentences that tell its story out: verbatim quotes, each with its place.

A method rates sentences; what may be quoted, what says the same twice and how long a summary may be
is decided the same way for all of them.
"""

from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches
from importlib import import_module

from digest.errors import SettingsError
from digest.model import Cluster, Quote
from digest.summarize.choosing import Limit, choose
from digest.summarize.quoting import quote
from digest.summarize.reading import Reading, central, read
from digest.summarize.sumys import RATINGS, Rating

__all__ = ["SUMMARIZERS", "VERSION", "Limit", "Summarizer", "central", "summarizer"]

VERSION = 2
"""Raised whenever the same cluster gives other quotes; what is remembered is kept under it."""

Summarizer = Callable[[Cluster, Limit], tuple[Quote, ...]]

_SETTING = "summary.method"


def summarizer(name: str) -> Summarizer:
    """
    Return a summarizer by its name, or a user's own by `package.module:function`.

    Raises:
        SettingsError: there is no such method, or it cannot be imported.
    """
    if name in SUMMARIZERS:
        return SUMMARIZERS[name]
    if ":" in name:
        return _imported(name)
    near = get_close_matches(name, SUMMARIZERS, n=1)
    hint = f"; did you mean `{near[0]}`?" if near else ""
    taken = ", ".join(f"`{each}`" for each in SUMMARIZERS)
    raise SettingsError(_SETTING, f"got `{name}`, takes {taken} or `package.module:function`{hint}")


def _imported(name: str) -> Summarizer:
    module, _, function = name.partition(":")
    try:
        found = getattr(import_module(module), function)
    except (ImportError, AttributeError, ValueError) as error:
        raise SettingsError(_SETTING, f"got `{name}`, which cannot be imported: {error}") from error
    if not callable(found):
        raise SettingsError(_SETTING, f"got `{name}`, which is not a function")
    return found  # type: ignore[no-any-return]


def _by(rating: Rating) -> Summarizer:
    """Return the summarizer that chooses by a rating."""

    def told(cluster: Cluster, limit: Limit) -> tuple[Quote, ...]:
        reading = read(cluster)
        if not reading.sentences:
            return ()
        chosen = (reading.sentences[i] for i in choose(reading, rating(reading), limit))
        return tuple(quote(reading.articles[s.article], s.paragraph, s.start, s.end) for s in chosen)

    return told


def _in_order(reading: Reading) -> Sequence[float]:
    return [-float(i) for i in range(len(reading.sentences))]


SUMMARIZERS: Mapping[str, Summarizer] = {
    **{name: _by(rating) for name, rating in RATINGS.items()},
    "lead": _by(_in_order),
}
"""Methods by the name that the setting `summary.method` takes."""
