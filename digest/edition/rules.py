"""
The reader's rules and what came in in, what gets in out, and which rule dropped the rest.

Rules are gone through in their order, as a firewall's are: `boost`, `must-carry` and `file` are noted and the search
goes on, for the topic that a story is filed under too; the first `keep` or `drop` all of whose conditions hold decides;
with none, it is kept.

An article is judged alone, before it meets others; its topic is not known then, so a `keep` that asks for one lets
it wait for its story. A story is judged with its topics: a rule holds for it when the other conditions hold for any
of its articles, but a `drop` without a topic, which is meant for articles, must hold for all of them. What an
edition has shown is never dropped as an article, lest its story be told anew by those who come later. Age is
counted to the edition's opening, so that nothing changes with the hour.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from urllib.parse import urlsplit

from digest.model import Article, Dated, Source, Topic
from digest.text import phrase, plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What is to be done where all conditions hold; one that is not given always does."""

    name: str
    """What messages call it, e.g. `rule 2: topic "sport"`."""
    action: str
    """`keep`, `drop`, `boost`, `must-carry` or `file`."""
    sources: frozenset[str] | None = None
    """Names in plain form, ids and hosts without `www.`: any of them."""
    phrases: tuple[str, ...] | None = None
    """As `phrase` spells them: any of them."""
    topics: frozenset[str] | None = None
    """Codes: any of them; the empty one is for stories without a topic."""
    language: str | None = None
    """BCP 47 tag, which stands for narrower ones too."""
    older_than: timedelta | None = None
    newer_than: timedelta | None = None
    boost: float = 1.0
    """Factor on importance."""
    files: Topic | None = None
    """What comes first among the topics of a story, for the action `file`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the rules come to for an article or a story."""

    dropped_by: str | None = None
    """Name of the rule that drops it."""
    boost: float = 1.0
    """Product of the factors."""
    must_carry: bool = False
    noted: tuple[str, ...] = ()
    """Names of the rules that boost or carry it."""
    topics: tuple[Topic, ...] = ()
    """What it is filed under, whatever the tagger says; in the order of the rules."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """An article or story that was kept out, for the owner's eyes."""

    headline: str
    rule: str
    """Name of the rule or of the correction, or why else."""


def admit(
    articles: Iterable[Article], rules: Sequence[Rule], *, shown: Collection[str], opened: datetime
) -> tuple[tuple[Article, ...], tuple[Dropped, ...]]:
    """
    Divide articles into those that may be grouped and those that rules drop, each in the order given.

    Args:
        articles: Clean, with their texts.
        rules: In their order.
        shown: Keys of articles that an edition has shown.
        opened: When the edition opened, aware.
    """
    kept: list[Article] = []
    dropped: list[Dropped] = []
    for article in articles:
        rule = None if article.key in shown else _verdict([article], rules, topics=None, opened=opened).dropped_by
        if rule is None:
            kept.append(article)
        else:
            dropped.append(Dropped(headline=article.headline, rule=rule))
    return tuple(kept), tuple(dropped)


def judge(articles: Iterable[Article], rules: Sequence[Rule], *, topics: Collection[str], opened: datetime) -> Verdict:
    """
    Judge a story.

    Args:
        articles: All of it, with their texts.
        rules: In their order.
        topics: Codes of its topics.
        opened: When the edition opened, aware.
    """
    return _verdict(articles, rules, topics=topics or ("",), opened=opened)


def host(address: str | None) -> str:
    """Return the host of an address without `www.`, empty when there is none."""
    try:
        return (urlsplit(address or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


class _Candidate:
    """An article, and its words once they are asked for."""

    def __init__(self, article: Article) -> None:
        self.article = article

    @cached_property
    def text(self) -> str:
        return phrase(f"{self.article.headline}\n{self.article.standfirst or ''}\n{self.article.text}")


def _verdict(
    articles: Iterable[Article], rules: Sequence[Rule], *, topics: Collection[str] | None, opened: datetime
) -> Verdict:
    candidates = [_Candidate(article) for article in articles]
    boost, must_carry = 1.0, False
    noted: list[str] = []
    filed: list[Topic] = []
    dropped_by = None
    for rule in rules:
        if not _holds(rule, candidates, topics=topics, opened=opened):
            continue
        if rule.action in ("keep", "drop"):
            dropped_by = rule.name if rule.action == "drop" else None
            break
        if rule.action == "file":
            if rule.files is not None and topics is not None:
                filed.append(rule.files)
                topics = {*topics, rule.files.code} - {""}
            continue
        noted.append(rule.name)
        boost *= rule.boost
        must_carry = must_carry or rule.action == "must-carry"
    return Verdict(dropped_by=dropped_by, boost=boost, must_carry=must_carry, noted=tuple(noted), topics=tuple(filed))


def _holds(rule: Rule, candidates: Sequence[_Candidate], *, topics: Collection[str] | None, opened: datetime) -> bool:
    if rule.topics is not None and not _may_be_on(rule.topics, rule.action, topics):
        return False
    fulfilled = (_fulfils(candidate, rule, opened) for candidate in candidates)
    return all(fulfilled) if rule.action == "drop" and rule.topics is None else any(fulfilled)


def _may_be_on(wanted: frozenset[str], action: str, topics: Collection[str] | None) -> bool:
    """Tell whether a topic is a wanted one; while none is known, only a `keep` has the benefit of the doubt."""
    return action == "keep" if topics is None else not wanted.isdisjoint(topics)


def _fulfils(candidate: _Candidate, rule: Rule, opened: datetime) -> bool:
    """Tell whether all conditions hold that are an article's own; the costly one comes last."""
    article = candidate.article
    return (
        _is_from(rule, article.source, article.url)
        and _is_of_age(rule, article.published, opened)
        and (rule.language is None or _is_in(article.language, rule.language))
        and (rule.phrases is None or any(each in candidate.text for each in rule.phrases))
    )


def _is_from(rule: Rule, source: Source, address: str | None) -> bool:
    if rule.sources is None:
        return True
    return not rule.sources.isdisjoint((source.id, plain(source.name), host(source.url), host(address)))


def _is_of_age(rule: Rule, published: Dated | None, opened: datetime) -> bool:
    """Tell whether the date of publication is within the limits; a date of first sight is none."""
    if rule.older_than is None and rule.newer_than is None:
        return True
    if published is None or published.origin == "first_seen":
        return False
    age = opened - published.instant
    return (rule.older_than is None or age > rule.older_than) and (rule.newer_than is None or age < rule.newer_than)


def _is_in(language: str, wanted: str) -> bool:
    """Tell whether a tag is the one that is wanted or a narrower one (RFC 4647, basic filtering)."""
    return f"{language}-".lower().startswith(f"{wanted}-".lower())
