"""
The outline of a page in, what the names of its elements say of each line out.

Classes, identifiers and tags are hashed; a linear model tells by them where a line stands. It hears the block itself,
the one around it, all others and inline elements separately.
"""

import numpy as np

from digest.extract.trained.arrays import Floats, Ints
from digest.extract.web.containers import with_those_around
from digest.extract.web.outline import NAME_BUCKETS, TAGS, Outline, bucket_of

ROLES = 4
"""What a name can belong to: the block itself, the one around it, any around it, an inline element."""
BUCKETS = ROLES * NAME_BUCKETS
CLASSES = ("before", "own", "inset", "after")
"""Where a line stands: above the article, its own, boilerplate inside it, below it."""
_MOST = 6.0
"""Bound of what the names around a line can say."""
_TAG_NAMES = np.array([bucket_of(f"<{tag}") for tag in TAGS])


def naming(page: Outline, weights: Floats, bias: Floats) -> Floats:
    """
    Return what the names say of each line, shape (n, classes).

    Args:
        page: With n lines.
        weights: Of each bucket, shape (BUCKETS, classes).
        bias: Of each class.
    """
    block, bucket = names_of_blocks(page)
    size = len(page.parent)
    own, near, far = (_summed(block, weights[bucket + role * NAME_BUCKETS], size) for role in range(3))
    parent = page.parent
    near = np.where(parent[:, None] >= 0, near[np.maximum(parent, 0)], 0)
    of_block = own + near + with_those_around(page, far)
    line, bucket = page.inline
    says = of_block[page.block] + _summed(line, weights[bucket + 3 * NAME_BUCKETS], len(page.lines)) + bias
    clipped: Floats = np.clip(says - says.mean(axis=1, keepdims=True), -_MOST, _MOST)
    return clipped


def names_of_blocks(page: Outline) -> tuple[Ints, Ints]:
    """Return the hashed names of the blocks with their tags: block, bucket."""
    block, bucket = page.names
    return np.concatenate((block, np.arange(len(page.tag)))), np.concatenate((bucket, _TAG_NAMES[page.tag]))


def _summed(at: Ints, values: Floats, size: int) -> Floats:
    return np.stack([np.bincount(at, weights=column, minlength=size) for column in values.T], axis=1)
