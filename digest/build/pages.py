"""
The pages that links of the folder and teasers of feeds lead to: fetched once, and kept at once.

A page that cannot be had is asked for again after growing pauses. A link is told of until then; an entry
is held back for a few tries and then shown as the teaser that it is.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from digest.build.remembered import clean
from digest.errors import ItemError
from digest.fetch import FetchError, Policy, Request, Response
from digest.fetch.schedule import SourceState, after_failure, is_due, new_source
from digest.model import Item, Rejection, Source
from digest.sources import Link, own_words
from digest.sources.characters import characters
from digest.store import Cache, Store
from digest.text import canonical, short_id, slug, words

MOST_TRIES = 3
"""How often the page of an entry is asked for before the entry is shown without it."""

_WEB_PAGES = frozenset({None, "text/html", "application/xhtml+xml"})
_FOR_EVER = re.compile(r"robots\.txt of `[^`]*` does not let|no web page but ")
"""How failures begin that will not be mended; a robots.txt that could not be had is none of them."""


def fetch_pages(
    links: Iterable[Link],
    awaiting: Iterable[Item],
    policy: Policy,
    store: Store,
    cache: Cache,
    *,
    own_feeds: frozenset[str],
    now: datetime,
    seen: datetime,
) -> None:
    """
    Ask for the pages that are due, and keep what comes.

    Args:
        links: Of the folder, not fetched yet.
        awaiting: Entries that wait for their page, each with an address.
        policy: How to behave; its own hosts are for links, and for entries of the owner's own feeds.
        store: Open.
        cache: Open.
        own_feeds: Ids of the sources that are feeds of hosts which the owner answers for.
        now: What the clock says, aware.
        seen: When pages of links are first seen.
    """
    pasted: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        pasted[link.url].append(link)
    entries: dict[str, list[Item]] = defaultdict(list)
    for item in awaiting:
        entries[item.declared.url or ""].append(item)
    states = _states(store)
    for url in states.keys() - pasted.keys() - entries.keys():
        store.forget_source(_state_id(url))
    for url in states.keys() & entries.keys():
        if _is_given_up(states[url]):
            for item in entries.pop(url):
                store.settle(item)
    due = [url for url in {**pasted, **entries} if is_due(states.get(url) or new_source(url, now=now), now)]
    if not due:
        return
    from digest.fetch.together import fetch_all

    trusted = {
        url
        for url in due
        if policy.owns(urlsplit(url).hostname or "")
        and (url in pasted or all(item.source.id in own_feeds for item in entries[url]))
    }
    # Strangers may not have us ask the owner's own machines.
    runs = ((True, policy), (False, replace(policy, allow_hosts=frozenset())))
    with ThreadPoolExecutor(policy.in_flight) as executor:
        for is_trusted, behaviour in runs:
            requests = [Request(url=url, kind="page") for url in due if (url in trusted) is is_trusted]
            for request, outcome in fetch_all(requests, behaviour, executor=executor, now=now):
                url = request.url
                state = states.get(url) or new_source(url, now=now)
                _hear(outcome, state, pasted.get(url, ()), entries.get(url, ()), store, cache, now=now, seen=seen)
                store.keep_so_far()


def failures(links: Iterable[Link], store: Store) -> Iterator[Rejection]:
    """Yield those of *links*, not fetched yet, that could not be fetched, with the reason and what comes next."""
    missing = list(links)
    states = _states(store) if missing else {}
    for link in missing:
        if (state := states.get(link.url)) is not None:
            again = "given up" if state.retired else f"asked again after {state.due.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
            yield Rejection(locator=link.locator, reason=f"{link.url}: {state.reason}; {again}")


def key_of(link: Link, store: Store) -> str | None:
    """Return the key of the item that the page of a link was taken for, `None` if it was not fetched yet."""
    own = _own_key(link.url)
    return store.noted(_note(link.url)) or (own if store.has_entry(own) else None)


def declared(item: Item, link: Link) -> Item:
    """Return the page of a link as the settings now speak of the link's file."""
    metadata = replace(link.declaration.metadata, url=item.declared.url)
    return replace(item, source=_source(link), declared=metadata)


def _hear(
    outcome: Response | FetchError,
    state: SourceState,
    links: Sequence[Link],
    entries: Sequence[Item],
    store: Store,
    cache: Cache,
    *,
    now: datetime,
    seen: datetime,
) -> None:
    """Keep what an address answered with all who asked for it, or remember when to ask again."""
    failure = (
        outcome
        if isinstance(outcome, FetchError)
        else _take_in(outcome, state.url, links, entries, store, cache, seen=seen)
    )
    if failure is None:
        store.forget_source(_state_id(state.url))
        return
    is_hopeless = failure.is_gone or _FOR_EVER.match(failure.reason) is not None
    after = replace(after_failure(state, failure, now=now), retired=is_hopeless)
    if _is_given_up(after):
        for item in entries:
            store.settle(item)
    if links or not _is_given_up(after):
        store.remember_source(_state_id(state.url), after)
    else:
        store.forget_source(_state_id(state.url))


def _is_given_up(state: SourceState) -> bool:
    """Tell whether an entry need not wait any longer."""
    return state.retired or state.failures >= MOST_TRIES


def _take_in(
    page: Response,
    url: str,
    links: Sequence[Link],
    entries: Sequence[Item],
    store: Store,
    cache: Cache,
    *,
    seen: datetime,
) -> FetchError | None:
    """Keep a page with all who asked for it, or return what is wrong with it."""
    if page.media_type not in _WEB_PAGES:
        return FetchError(url, f"no web page but `{page.media_type}`")
    wanted = [*entries, *(_item(link, page) for link in links[:1])]
    try:
        article = clean(_with_page(wanted[0], page), cache)
    except ItemError as error:  # perhaps the notice of an outage, and not for ever
        return FetchError(url, error.reason)
    length = len(words(article.text))
    for entry in entries:
        # A page to log in has less to read than the teaser.
        store.settle(_with_page(entry, page) if length > own_words(entry) else entry)
        store.note(_note(url), entry.key)
    for link in links[:1]:
        item = _with_page(_item(link, page), page)
        item = replace(item, identities=(*item.identities, f"bytes:{hashlib.sha256(item.body).hexdigest()}"))
        [key] = store.recognise([item], now=seen)
        known = store.entry(key)
        if known is not None:
            item = _with_page(known, page) if length > own_words(known) else known
        store.note(_note(url), store.take_link(item, now=seen))
    return None


def _item(link: Link, page: Response) -> Item:
    """Return what a link says of its page, still without it."""
    return Item(
        key=_own_key(link.url),
        source=_source(link),
        locator=link.url,
        identities=(f"url:{link.url}",),
        media_type="text/html",
        body=b"",
        declared=replace(link.declaration.metadata, url=canonical(page.permanent_url or "") or link.url),
    )


def _with_page(item: Item, page: Response) -> Item:
    """Return an item whose body is the page that its address answered, in UTF-8 where the answer says what it is in."""
    body = characters(page.body, charset=page.charset).encode() if page.charset else page.body
    address = canonical(page.url)
    # Many addresses may lead to one front page, which is none of the articles.
    is_article = address is not None and urlsplit(address).path != "/"
    marks = (*item.identities, *([f"url:{address}"] if is_article else []))
    return replace(item, body=body, media_type="text/html", identities=tuple(dict.fromkeys(marks)))


def _source(link: Link) -> Source:
    """Return the source that the settings name, else the host."""
    said = link.declaration
    name = said.source or (urlsplit(link.url).hostname or "").removeprefix("www.")
    return Source(id=slug(name), name=name, private=bool(said.private), republish=said.republish, boost=said.boost)


def _states(store: Store) -> dict[str, SourceState]:
    """Return address → when to ask for the page again, and why it could not be had."""
    states = store.source_states(SourceState)
    return {state.url: state for name, state in states.items() if name == _state_id(state.url)}


def _state_id(url: str) -> str:
    return f"page-{short_id(url)}"


def _own_key(url: str) -> str:
    """Return the key of a link's page that no feed brought before."""
    return short_id(f"url:{url}")


def _note(url: str) -> str:
    """Return under what name the store notes the key of the item that a page was taken for."""
    return f"page {_own_key(url)}"
