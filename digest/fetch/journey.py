"""
A request in, its response out, a leg at a time: from one host to the next as the redirects lead.

A leg is one connection. Whoever sends a journey on its next leg chooses when, so that every host can
have its line and its pause, whichever request or redirect led there; where a leg may lead is decided
here and checked anew each time.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus

from digest.errors import reason_of
from digest.fetch.address import Address, follow, parse
from digest.fetch.deadline import Deadline
from digest.fetch.decoding import ACCEPTED
from digest.fetch.errors import FetchError
from digest.fetch.exchange import USABLE, Answer, ask
from digest.fetch.guard import Resolver, refuse_spelling, vetted
from digest.fetch.headers import content_type, fresh_for_s, retry_after_s
from digest.fetch.proxy import open_tunnel, parse_proxy
from digest.fetch.values import Policy, Request, Response
from digest.fetch.wire import connect

_PERMANENT = frozenset({301, 308})
_REDIRECTS = _PERMANENT | {302, 303, 307}
_ACCEPT = {
    "feed": "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml,"
    " application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5",
    "page": "text/html, application/xhtml+xml, */*;q=0.5",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """A request on its way."""

    request: Request
    address: Address
    """Where the next leg leads."""
    hops: int = 0
    """Redirects so far."""
    permanent: bool = True
    """Whether all of them were permanent."""
    ours: bool
    """Whether the owner answers for the host, and for every host that led there."""
    spent_s: float = 0.0
    """Of the time for the whole fetch."""
    errand_for: "Journey | None" = None
    """Who waits for the outcome, when this only asks for the rules of a host."""


def set_out(request: Request, policy: Policy) -> Journey:
    """
    Begin a journey.

    Raises:
        FetchError: The address cannot be fetched at all.
    """
    address = parse(request.url)
    return Journey(request=request, address=address, ours=policy.owns(address.host))


def travel(journey: Journey, policy: Policy, resolve: Resolver, now: datetime) -> Journey | Response:
    """
    Go one leg.

    Args:
        journey: Where it has come to.
        policy: How to behave.
        resolve: What is asked for the addresses of a name.
        now: Aware; what the server's dates are held against when it does not tell its own.

    Returns:
        The response, or the journey as a redirect has it go on.

    Raises:
        FetchError: There is no response to be had.
    """
    deadline = Deadline(policy.timeout_s - journey.spent_s)
    try:
        answer = _answer(journey, policy, resolve, deadline)
        if answer.status in _REDIRECTS:
            return _redirected(journey, answer, policy, deadline.spent_s)
        return _arrived(journey, answer, now)
    except TimeoutError as error:
        reason = f"timed out after {policy.timeout_s:g} s"
        raise FetchError(journey.request.url, _detour(journey) + reason) from error
    except FetchError as error:
        raise error.retold(journey.request.url, _detour(journey) + error.reason) from error
    except OSError as error:
        reason = f"the connection broke: {reason_of(error)}"
        raise FetchError(journey.request.url, _detour(journey) + reason) from error


def _answer(journey: Journey, policy: Policy, resolve: Resolver, deadline: Deadline) -> Answer:
    """Connect, ask, and hang up."""
    address, target, fields = journey.address, journey.address.target, _fields(journey, policy)
    proxy = parse_proxy(policy.proxy) if policy.proxy else None
    if proxy is not None and not journey.ours:
        # The proxy resolves names itself, so only what an address spells out can be checked.
        refuse_spelling(address)
    next_stop, ours = (address, journey.ours) if proxy is None else (proxy.address, True)
    ips = vetted(next_stop, ours=ours, resolve=resolve, deadline=deadline)
    wire = connect(next_stop, ips, deadline)
    try:
        if proxy is not None and address.scheme == "https":
            open_tunnel(wire, address, proxy)
        elif proxy is not None:
            target, fields = address.url, (*fields, *proxy.headers)
        if address.scheme == "https":
            wire.encrypt(address)
        return ask(wire, address, fields, target=target, max_bytes=policy.max_bytes)
    finally:
        wire.close()


def _fields(journey: Journey, policy: Policy) -> tuple[tuple[str, str], ...]:
    """Return the header of the question, with the validators only for the address that gave them."""
    request = journey.request
    fields = [
        ("Host", journey.address.netloc),
        ("User-Agent", policy.user_agent),
        ("Accept", _ACCEPT[request.kind]),
        ("Accept-Encoding", ACCEPTED),
        ("Connection", "close"),
    ]
    if _may_validate(journey):
        fields += [("If-None-Match", request.etag)] if request.etag else []
        fields += [("If-Modified-Since", request.last_modified)] if request.last_modified else []
    return tuple(fields)


def _may_validate(journey: Journey) -> bool:
    request = journey.request
    if request.validated_url is None:
        return journey.hops == 0
    return journey.address.url == request.validated_url


def _redirected(journey: Journey, answer: Answer, policy: Policy, spent_s: float) -> Journey:
    location = answer.headers.first("location")
    if not location:
        raise FetchError(journey.address.url, f"redirected ({answer.status}), but not told where to")
    if journey.hops == policy.max_redirects:
        raise FetchError(journey.address.url, f"more than {policy.max_redirects} redirects")
    try:
        address = follow(journey.address, location)
    except FetchError as error:
        raise FetchError(journey.address.url, f"bad redirect: {error.reason}") from error
    return replace(
        journey,
        address=address,
        hops=journey.hops + 1,
        permanent=journey.permanent and answer.status in _PERMANENT,
        # A stranger may not send us to the owner's own machines.
        ours=journey.ours and policy.owns(address.host),
        spent_s=journey.spent_s + spent_s,
    )


def _arrived(journey: Journey, answer: Answer, now: datetime) -> Response:
    """Make a response of a usable answer."""
    headers = answer.headers
    is_unchanged = answer.status == 304
    was_conditional = _may_validate(journey) and (journey.request.etag or journey.request.last_modified)
    if answer.status not in USABLE and not (is_unchanged and was_conditional):
        wait_s = retry_after_s(headers, now=now)
        reason = _refusal(answer.status, wait_s)
        raise FetchError(journey.address.url, reason, status=answer.status, retry_after_s=wait_s)
    media_type, charset = content_type(headers)
    return Response(
        url=journey.address.url,
        permanent_url=journey.address.url if journey.hops and journey.permanent else None,
        status=304 if is_unchanged else 200,
        media_type=media_type,
        charset=charset,
        body=answer.body,
        etag=headers.first("etag"),
        last_modified=headers.first("last-modified"),
        fresh_for_s=fresh_for_s(headers, now=now),
    )


def _refusal(status: int, wait_s: int | None) -> str:
    try:
        phrase = f" {HTTPStatus(status).phrase}"
    except ValueError:
        phrase = ""
    wait = "" if wait_s is None else f", and asks to be left alone for {wait_s} s"
    return f"answered {status}{phrase}{wait}"


def _detour(journey: Journey) -> str:
    """Return what has to be said of a host that is not the one that was asked for."""
    return f"redirected to `{journey.address.host}`: " if journey.hops else ""
