"""
Coverage in, clusters out: everything on one event together, with the story it belongs to.

`cluster` is the stage. `assign` and `assign_in_turn` are its two ways of giving out story ids, all at once
and one article after the other, for callers without a memory of editions.
"""

from digest.cluster.stories import THRESHOLD, assign, assign_in_turn, cluster

__all__ = ["THRESHOLD", "assign", "assign_in_turn", "cluster"]
