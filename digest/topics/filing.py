"""
The topics of a story in, what it is labelled with and under what it is filed out: as the owner lists the subjects.

An owner may show one subject under another, or hide it. Its page and its feed go on all the same, because somebody
may follow them, but nothing names them any more.
"""

from collections.abc import Iterable, Sequence

from digest.model import Subject, Topic
from digest.topics.subjects import OTHER


def named(topics: Iterable[Topic], subjects: Sequence[Subject]) -> tuple[Subject, ...]:
    """Return the subjects that a story is labelled with, each once, in the order of its topics."""
    by_code = {subject.code: subject for subject in subjects}
    found = [by_code[topic.code] for topic in topics if topic.code in by_code]
    shown = [by_code[subject.under] if subject.under else subject for subject in found]
    return tuple(dict.fromkeys(subject for subject in shown if subject.is_listed))


def below(topics: Iterable[Topic], suggested: Topic | None, subjects: Sequence[Subject]) -> Topic | None:
    """Return what is suggested below the first of a story's topics that is not the owner's, unless that is hidden."""
    main = next((topic.code for topic in topics if not topic.is_own), None)
    return suggested if any(subject.code == main and not subject.hidden for subject in subjects) else None


def filed(topics: Sequence[Topic], subjects: Sequence[Subject]) -> tuple[str, ...]:
    """Return the codes of the subjects on whose pages a story stands: *other* too when it is labelled with none."""
    known = {subject.code for subject in subjects}
    labels = [subject.code for subject in named(topics, subjects)] or [OTHER.code]
    return tuple(dict.fromkeys([*labels, *(topic.code for topic in topics if topic.code in known)]))
