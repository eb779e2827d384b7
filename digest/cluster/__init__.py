"""
Coverage in, clusters out: everything on one event together, with the story it belongs to.

`cluster` is the stage. `assign` and `assign_in_turn` are its two ways of giving out story ids, all at once
and one article after the other, for callers without a memory of editions; `divided` parts copies of one text that
were told in several stories.
"""

from digest.cluster.stories import THRESHOLD, assign, assign_in_turn, cluster
from digest.cluster.told import divided

__all__ = ["THRESHOLD", "assign", "assign_in_turn", "cluster", "divided"]
