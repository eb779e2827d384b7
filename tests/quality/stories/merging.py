"""
Lessons and verdicts out of fold in, figures on shown stories that become one out.

Articles come in as an edition a day brings them, those without a date a few at a time. What an edition has grouped
stays together, and only news merges two of its stories.
"""

import random
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from digest.cluster.linkage import link
from digest.cluster.merging import found_one
from digest.cluster.stories import THRESHOLD
from tests.quality.stories.material import Lesson
from tests.quality.stories.measuring import Verdicts

OPEN_DAYS = 10
"""Days after its latest article for which a story takes more."""
AT_ONCE = 20
"""Articles without a date that come in together."""
LEAST = 3
"""Articles that a labelled story must have for its first two to be shown apart."""

Near = Mapping[int, Mapping[int, float]]
"""Number of an article → that of another one → likeness; nothing for what was never compared."""


@dataclass(slots=True)
class River:
    """What the editions so far have grouped; a story is called by the id of its founding article."""

    story: dict[int, str] = field(default_factory=dict)
    """Number of an article → its story."""
    members: dict[str, list[int]] = field(default_factory=dict)
    """Story → numbers of its articles."""
    mergers: list[tuple[str, str]] = field(default_factory=list)
    """The story that went on, and one that it took in."""


def river(taught: Lesson, verdicts: Verdicts, *, apart: Collection[int] = ()) -> River:
    """
    Group articles as editions would.

    Args:
        taught: The articles.
        verdicts: On their pairs.
        apart: Numbers of articles that are shown as stories of their own, whatever they are like.
    """
    near: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for (one, other), value in zip(taught.pairs.tolist(), verdicts.tolist(), strict=True):
        if value:
            near[one][other] = near[other][one] = value
    found = River()
    for batch in batches(taught):
        for number in batch:
            if number in apart:
                found.story[number] = taught.ids[number]
                found.members[taught.ids[number]] = [number]
        _take(found, [number for number in batch if number not in apart], near, taught)
    return found


def batches(taught: Lesson) -> list[list[int]]:
    """Return the numbers of the articles that come in together: those of a day, or a few undated ones by chance."""
    days: defaultdict[int, list[int]] = defaultdict(list)
    undated: list[int] = []
    for number, day in enumerate(taught.days):
        (undated if day is None else days[day]).append(number)
    random.Random(0).shuffle(undated)
    return [
        *(days[day] for day in sorted(days)),
        *(undated[start : start + AT_ONCE] for start in range(0, len(undated), AT_ONCE)),
    ]


def first_two(taught: Lesson) -> frozenset[int]:
    """Return the numbers of the first two articles of each labelled story that has more."""
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for batch in batches(taught):
        for number in batch:
            numbers[taught.stories[number]].append(number)
    return frozenset(number for told in numbers.values() if len(told) >= LEAST for number in told[:2])


def _take(found: River, fresh: Sequence[int], near: Near, taught: Lesson) -> None:
    """Take in what comes in together."""
    touched = {found.story[other] for number in fresh for other in near[number] if other in found.story}
    known = {story: found.members[story] for story in sorted(touched) if _is_open(found.members[story], fresh, taught)}
    inside = {*fresh, *(number for members in known.values() for number in members)}
    likenesses = {
        (one, other): value for one in inside for other, value in near[one].items() if other in inside and one < other
    }
    groups = [*known.values(), *([number] for number in fresh)]
    told: dict[str, list[int]] = {}
    for part in link(groups, likenesses, threshold=THRESHOLD, apart=frozenset(range(len(known)))):
        told[next((found.story[number] for number in part if number in found.story), taught.ids[part[0]])] = part
    for first, *others in found_one([*known], told, likenesses, frozenset(fresh)):
        for other in others:
            told[first] += told.pop(other)
            del found.members[other]
            found.mergers.append((first, other))
    found.members |= told
    found.story |= {number: story for story, members in told.items() for number in members}


def _is_open(members: Sequence[int], fresh: Sequence[int], taught: Lesson) -> bool:
    """Tell whether a story still takes articles."""
    own, new = ([day for n in numbers if (day := taught.days[n]) is not None] for numbers in (members, fresh))
    return not own or not new or new[0] - max(own) <= OPEN_DAYS
