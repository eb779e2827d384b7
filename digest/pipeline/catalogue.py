"""
Settings in, the subjects that stories are filed under out: the tagger's and the owner's, as the owner lists them.

A subject is meant by its label, which may be one that the owner gave it, by its slug or by its code.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches

from digest import topics
from digest.errors import SettingsError
from digest.model import OWN, Article, Subject, Topic
from digest.settings import FILE_NAME, OwnTopicSettings, Settings
from digest.text import slug
from digest.topics import OTHER, TOP_LEVEL


def subjects(settings: Settings) -> tuple[Subject, ...]:
    """
    Return all that have a page, by label, *other* last.

    Raises:
        SettingsError: A setting speaks of a topic that there is not, or cannot be followed.
    """
    known = (*TOP_LEVEL, *map(_own, settings.topics.add), OTHER)
    _refuse_doubles(known)
    labels = _new_labels(settings.topics.rename, known)
    renamed = tuple(replace(each, label=labels.get(each.code, each.label)) for each in known)
    _refuse_doubles(renamed)
    every = (*known, *renamed)
    under = {
        code_of(name, every, "topics.merge"): code_of(target, every, f"topics.merge.{name}")
        for name, target in settings.topics.merge.items()
    }
    hidden = {code_of(name, every, "topics.hide") for name in settings.topics.hide}
    _refuse_other(under, hidden)
    _refuse_chains(under, renamed)
    listed = (replace(s, under=under.get(s.code, ""), hidden=s.code in hidden) for s in renamed)
    return tuple(sorted(listed, key=lambda subject: (subject.code == OTHER.code, subject.label, subject.code)))


def own_topics(settings: Settings, examples: Mapping[str, Iterable[Article]]) -> tuple[topics.OwnTopic, ...]:
    """
    Learn the owner's topics.

    Args:
        settings: Of the digest.
        examples: Folder, as the settings name it, → the articles in it.
    """
    return tuple(_learnt(own, examples) for own in settings.topics.add)


def code_of(wanted: str, subjects: Sequence[Subject], key: str) -> str:
    """
    Return the code of a subject, given by label, slug or code.

    Raises:
        SettingsError: There is no such subject; the nearest one is named. *key* is the setting that asks for it.
    """
    codes = {name.lower(): subject.code for subject in subjects for name in (subject.label, subject.slug, subject.code)}
    if wanted.strip().lower() in codes:
        return codes[wanted.strip().lower()]
    # A topic is often called by one word of its label.
    parts = {part: subject.slug for subject in subjects for part in (*subject.slug.split("-"), subject.slug)}
    parts |= {subject.label.lower(): subject.slug for subject in subjects}
    [nearest] = get_close_matches(wanted.lower(), parts, n=1, cutoff=0.0)
    raise SettingsError(
        FILE_NAME,
        f"`{key}` is `{wanted}`; it takes label, slug or code of a topic; did you mean `{parts[nearest]}`?",
    )


def codes_under(wanted: str, subjects: Sequence[Subject], key: str) -> frozenset[str]:
    """
    Return the codes of a subject and of all that are shown under it.

    Raises:
        SettingsError: There is no such subject.
    """
    code = code_of(wanted, (*TOP_LEVEL, *subjects), key)
    return frozenset({code, *(subject.code for subject in subjects if code and subject.under == code)})


def topics_of(wanted: str, subjects: Sequence[Subject], key: str) -> tuple[Topic, ...]:
    """
    Return the topic that an owner puts a story under, as sure as can be; none for *other*.

    Raises:
        SettingsError: There is no such subject.
    """
    code = code_of(wanted, (*TOP_LEVEL, *subjects), key)
    return tuple(Topic(code=code, label=each.label, score=1.0) for each in subjects if code and each.code == code)


def _own(own: OwnTopicSettings) -> Subject:
    name = own.slug or slug(own.label)
    return Subject(OWN + name, own.label, name, own.definition or f"Stories on {own.label}")


def _learnt(own: OwnTopicSettings, examples: Mapping[str, Iterable[Article]]) -> topics.OwnTopic:
    articles = examples[own.examples] if own.examples else ()
    of_files = ((a.headline, a.text) for a in articles if topics.is_readable(a.language))
    of_settings = (("", text) for text in own.texts)
    return topics.own_topic(_own(own).code, own.label, words=own.words, examples=(*of_files, *of_settings))


def _new_labels(rename: Mapping[str, str], known: Sequence[Subject]) -> dict[str, str]:
    """Return code → label, of topics that are each renamed once."""
    names: dict[str, str] = {}
    for name in rename:
        first = names.setdefault(code_of(name, known, "topics.rename"), name)
        if first != name:
            raise SettingsError(FILE_NAME, f"`topics.rename` has `{first}` and `{name}`, which are one topic")
    return {code: rename[name] for code, name in names.items()}


def _refuse_doubles(subjects: Sequence[Subject]) -> None:
    """Refuse two subjects of one name: nobody could tell which is meant."""
    for name in ("slug", "label"):
        taken: dict[str, Subject] = {}
        for subject in subjects:
            other = taken.setdefault(getattr(subject, name).lower(), subject)
            if other is not subject:
                raise SettingsError(
                    FILE_NAME,
                    f"`topics` has two topics whose {name} is `{getattr(subject, name)}`; "
                    "`topics.merge` shows one under another",
                )


def _refuse_other(under: Mapping[str, str], hidden: Iterable[str]) -> None:
    """Refuse to let stories without a topic vanish."""
    if OTHER.code in (*under, *under.values(), *hidden):
        raise SettingsError(FILE_NAME, f"`topics.merge` and `topics.hide` cannot take `{OTHER.slug}`")


def _refuse_chains(under: Mapping[str, str], subjects: Iterable[Subject]) -> None:
    names = {subject.code: subject.slug for subject in subjects}
    for code, target in under.items():
        if target in under:
            raise SettingsError(
                FILE_NAME,
                f"`topics.merge.{names[code]}` is `{names[target]}`, which is itself shown under "
                f"`{names[under[target]]}`; name one that stands for itself",
            )
