"""
Tellings, memory, the reader's rules and the owner's corrections in, the open edition out.

A story is shown as new once; it is shown again only when it grew, was corrected, or takes in another one that turns
out to be the same. What an edition has shown stays in it. Ranking, templates, a new cleaner and reprints move no date.
What the owner puts right wins over all that: see `corrected`.
"""

from digest.edition.choose import Importance
from digest.edition.corrected import (
    as_wanted,
    hidden,
    is_hidden,
    published,
    restated,
    retract,
    silenced,
    silent,
)
from digest.edition.discretion import articles_in
from digest.edition.editing import Edited, edit
from digest.edition.fates import Fate
from digest.edition.growth import STAYS_OPEN, is_open, mention
from digest.edition.periods import Period, period
from digest.edition.rules import Dropped, Rule, admit, host

__all__ = [
    "STAYS_OPEN",
    "Dropped",
    "Edited",
    "Fate",
    "Importance",
    "Period",
    "Rule",
    "admit",
    "articles_in",
    "as_wanted",
    "edit",
    "hidden",
    "host",
    "is_hidden",
    "is_open",
    "mention",
    "period",
    "published",
    "restated",
    "retract",
    "silenced",
    "silent",
]
