"""What happens on the network, with real servers on loopback that do their worst."""

import gzip
import os
import pickle
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest import __version__
from digest.fetch import FetchError, Policy, Request, Response
from digest.fetch.address import follow, parse
from digest.fetch.decoding import decoded
from digest.fetch.guard import refusal
from digest.fetch.headers import Headers, content_type, fresh_for_s, retry_after_s
from digest.fetch.journey import Journey, set_out
from digest.fetch.schedule import (
    FIRST_RETRY,
    LONGEST,
    SHORTEST,
    USUAL,
    SourceState,
    after_alert,
    after_failure,
    after_success,
    is_due,
    needs_alert,
    new_source,
    request_of,
)
from digest.fetch.together import READ_AHEAD, fetch, fetch_all
from digest.fetch.turns import Turns
from tests.hostile import (
    Heard,
    Hostile,
    Says,
    Script,
    chunked,
    drip,
    flood,
    redirect,
    reply,
    silence,
)
from tests.values import at

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

NOW = at("2026-11-21 07:30")
FEED = b"<feed><title>Harbour news</title></feed>"

zipped = partial(gzip.compress, mtime=0)
OURS = Policy(contact="mailto:owner@example.org", allow_hosts=frozenset({"127.0.0.1"}), timeout_s=10)
STRANGERS = "93.184.216.34"
HASTY_S = 0.5
GENEROUS_S = 8.0


def get(url: str, policy: Policy = OURS, *, kind: Literal["feed", "page"] = "feed", **known: Any) -> Response:
    """Fetch one address."""
    resolve = known.pop("resolve", nobody)
    return fetch(Request(url=url, kind=kind, **known), policy, now=NOW, resolve=resolve)


def refused(url: str, policy: Policy = OURS, **known: Any) -> FetchError:
    """Return the error of a fetch that has to fail."""
    with pytest.raises(FetchError) as caught:
        get(url, policy, **known)
    return caught.value


def nobody(name: str) -> tuple[str, ...]:
    """Know no name at all: no test asks the real network."""
    raise socket.gaierror(socket.EAI_NONAME, f"no such name: {name}")


def says(*said: Says, **elsewhere: Says) -> AbstractContextManager[Hostile]:
    """Return a server that says one thing after the other, the last one for ever, whatever is asked."""
    left = list(said)
    return Hostile(lambda heard: left.pop(0) if len(left) > 1 else left[0])


# One fetch


def test_a_fetch_brings_the_body_and_what_the_server_says_of_it() -> None:
    """You get the bytes, their type and charset, and the validators to ask with next time."""
    answer = reply(
        200,
        FEED,
        Content_Type='Application/Atom+XML; Charset="ISO-8859-1"',
        ETag='W/"7"',
        Last_Modified="Fri, 20 Nov 2026 07:30:00 GMT",
        Cache_Control="public, max-age=1800",
    )
    with says(answer) as server:
        assert get(server.url("/feed?a=b&c=%20#top")) == Response(
            url=server.url("/feed?a=b&c=%20"),
            permanent_url=None,
            status=200,
            media_type="application/atom+xml",
            charset="cp1252",
            body=FEED,
            etag='W/"7"',
            last_modified="Fri, 20 Nov 2026 07:30:00 GMT",
            fresh_for_s=1800,
        )


def test_servers_know_who_asks_and_how_to_reach_them() -> None:
    """The User-Agent is honest: the program, its version, and your contact."""
    with says(reply(200, FEED)) as server:
        get(server.url("/"))
        [heard] = server.heard
    assert heard.headers["user-agent"] == f"digest/{__version__} (+mailto:owner@example.org)"
    assert heard.headers["host"] == f"127.0.0.1:{server.port}"
    assert set(heard.headers) == {"host", "user-agent", "accept", "accept-encoding", "connection"}


@pytest.mark.parametrize("etag", ['"plain"', 'W/"weak"', '"\xe9\xff"', "unquoted", '"a", "b"', '""'])
def test_validators_go_back_exactly_as_they_came(etag: str) -> None:
    """However odd an ETag or a date is, the server gets its own bytes back, and says 304."""
    modified = "Friday, 20-Nov-26 07:30:00 GMT"

    def script(heard: Heard) -> Says:
        known = (heard.headers.get("if-none-match"), heard.headers.get("if-modified-since"))
        if known == (etag, modified):
            return reply(304, ETag=etag)
        return reply(200, FEED, ETag=etag, Last_Modified=modified)

    with Hostile(script) as server:
        first = get(server.url("/"))
        second = get(server.url("/"), etag=first.etag, last_modified=first.last_modified)
    assert (first.status, first.body) == (200, FEED)
    assert (second.status, second.body, second.etag) == (304, b"", etag)


def test_a_changed_etag_brings_the_new_body() -> None:
    """When the validators no longer hold, the new body and the new validators come."""
    with says(reply(200, FEED, ETag='"2"')) as server:
        response = get(server.url("/"), etag='"1"')
    assert (response.status, response.body, response.etag) == (200, FEED, '"2"')


def test_unchanged_is_no_answer_to_a_first_question() -> None:
    """A 304 for something that was never fetched is an error, not an empty feed."""
    with says(reply(304)) as server:
        assert refused(server.url("/")).reason == "answered 304 Not Modified"


def test_validators_are_shown_only_to_the_address_that_gave_them() -> None:
    """After a redirect to somewhere new, an old validator cannot turn its feed into "unchanged"."""
    script = {"/": redirect(302, "/new"), "/new": reply(200, FEED, ETag='"n"')}
    with Hostile(script) as server:
        for validated_url in (None, server.url("/old"), server.url("/new")):
            get(server.url("/"), etag='"1"', validated_url=validated_url)
        asked_with = [(heard.target, heard.headers.get("if-none-match")) for heard in server.heard]
    assert asked_with == [
        *(("/", '"1"'), ("/new", None)),
        *(("/", None), ("/new", None)),
        *(("/", None), ("/new", '"1"')),
    ]


@pytest.mark.parametrize("status", [204, 206, 300, 400, 401, 403, 404, 500, 502, 999])
def test_any_other_status_is_an_error_that_names_it(status: int) -> None:
    """Nothing but a complete answer counts: the error says what the server said."""
    with says(reply(status, FEED)) as server:
        error = refused(server.url("/"))
    assert error.status == status
    assert error.reason.startswith(f"answered {status}")


@pytest.mark.parametrize(
    ("asked", "wait_s"),
    [
        ("120", 120),
        ("Sat, 21 Nov 2026 07:45:00 GMT", 900),
        ("Saturday, 21-Nov-26 07:45:00 GMT", 900),
        ("Sat, 21 Nov 2026 07:00:00 GMT", 0),
        ("99999999999", 86_400),
        ("Mon, 21 Nov 2336 07:30:00 GMT", 86_400),
        ("soon", None),
        ("-5", None),
        ("9" * 5000, None),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_a_server_may_ask_to_be_left_alone(status: int, asked: str, wait_s: int | None) -> None:
    """Retry-After is understood as seconds and as a date, and never means more than a day."""
    with says(reply(status, Retry_After=asked)) as server:
        error = refused(server.url("/"))
    assert (error.status, error.retry_after_s) == (status, wait_s)


# Redirects


@pytest.mark.parametrize(
    ("statuses", "permanent"),
    [
        ((301,), True),
        ((308,), True),
        ((302,), False),
        ((303,), False),
        ((307,), False),
        ((301, 308, 301), True),
        ((301, 302), False),
        ((307, 308), False),
        ((308, 303, 301), False),
    ],
)
def test_a_move_is_remembered_when_the_whole_way_is_permanent(statuses: tuple[int, ...], permanent: bool) -> None:
    """Redirects are followed; the new address is kept if none of them was for the moment only."""
    script = {f"/{hop}": redirect(status, f"/{hop + 1}") for hop, status in enumerate(statuses)}
    with Hostile({**script, f"/{len(statuses)}": reply(200, FEED)}) as server:
        response = get(server.url("/0"))
        end = server.url(f"/{len(statuses)}")
    assert (response.url, response.permanent_url) == (end, end if permanent else None)


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("/a b", "/a%20b"),
        ("?q=1", "/start?q=1"),
        ("x/../y", "/y"),
        ("/caf\xe9", "/caf%C3%A9"),
        ("/caf\xc3\xa9", "/caf%C3%A9"),
        ("/%7Etilde#part", "/%7Etilde"),
    ],
)
def test_locations_are_read_as_browsers_read_them(location: str, target: str) -> None:
    """Relative addresses, spaces and raw bytes in a redirect lead where they are meant to."""
    with Hostile({"/start": redirect(302, location), target: reply(200, FEED)}) as server:
        assert get(server.url("/start")).url == server.url(target)


def test_redirects_come_to_an_end() -> None:
    """A circle of redirects is left after as many as the settings allow."""
    with says(redirect(301, "/")) as server:
        error = refused(server.url("/"), replace(OURS, max_redirects=3))
        assert server.targets() == ["/"] * 4
    assert error.reason == "redirected to `127.0.0.1`: more than 3 redirects"


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("file:///etc/passwd", "not `file`"),
        ("ftp://127.0.0.1/", "not `ftp`"),
        ("javascript:alert(1)", "not `javascript`"),
        ("http://user:secret@127.0.0.1/", "user name or password"),
        ("http://127.0.0.2/", "refused address 127.0.0.2: loopback"),
        ("http://0.0.0.0/", "refused address 0.0.0.0: unspecified"),
        ("http://169.254.169.254/latest/meta-data/", "refused address 169.254.169.254: link-local"),
        ("http://10.1.2.3/", "refused address 10.1.2.3: private"),
        ("http://2130706433/", "refused address `2130706433`: an IP address in disguise"),
        ("http://0x7f000001/", "refused address `0x7f000001`: an IP address in disguise"),
        ("http://0177.0.0.1/", "refused address `0177.0.0.1`: an IP address in disguise"),
        ("http://127.1/", "refused address `127.1`: an IP address in disguise"),
        ("http://１２７.0.0.2/", "refused address 127.0.0.2: loopback"),
        ("http://[::1]/", "refused address ::1: loopback"),
        ("http://[::ffff:127.0.0.1]/", "refused address ::ffff:7f00:1: IPv4-mapped"),
        ("http://[::ffff:7f00:1]:80/", "refused address ::ffff:7f00:1: IPv4-mapped"),
        ("http://[::7f00:1]/", "IPv4-compatible"),
        ("http://[64:ff9b::a9fe:a9fe]/", "refused address 64:ff9b::a9fe:a9fe: link-local"),
        ("http://[2002:7f00:1::]/", "6to4"),
        ("http://[2001:0:7f00:1::]/", "Teredo"),
        ("http://[fe80::1%25eth0]/", "its host cannot be read"),
        ("http://[fd00:ec2::254]/", "unique-local"),
        ("http://localhost/", "refused address 127.0.0.1 of `localhost`: loopback"),
        ("http://intranet.example./", "refused address 10.0.0.7 of `intranet.example`: private"),
        ("http://nowhere.example/", "`nowhere.example` has no address"),
        ("http://[bad/", "its host or port cannot be read"),
        ("http://127.0.0.1:99999/", "its host or port cannot be read"),
        ("http://a\\b/", "its host is not a name"),
        ("http://127.0.0.1%2f.example/", "its host is not a name"),
        ("", "not told where to"),
    ],
)
def test_redirects_cannot_lead_astray(location: str, reason: str) -> None:
    """Only http and https, only public hosts or your own, whatever a server says and however it spells it."""

    def resolve(name: str) -> tuple[str, ...]:
        known = {"localhost": ("127.0.0.1",), "intranet.example": (STRANGERS, "10.0.0.7")}
        return known.get(name) or nobody(name)

    with says(redirect(302, location.encode().decode("latin-1"))) as server:
        error = refused(server.url("/"), resolve=resolve)
        assert server.targets() == ["/"]
    assert reason in error.reason
    assert error.url == server.url("/")


def test_a_stranger_cannot_send_us_to_our_own_machines(monkeypatch: pytest.MonkeyPatch) -> None:
    """A host in `allow_hosts` is open to what you subscribe to, and closed to what others redirect to."""
    with says(redirect(302, "http://127.0.0.1/admin")) as server:
        connections = leading_to(monkeypatch, server.port)
        error = refused("http://stranger.example/", resolve=lambda _: (STRANGERS,))
    assert error.reason == "redirected to `127.0.0.1`: refused address 127.0.0.1: loopback"
    assert connections == [(STRANGERS, 80)]


def test_a_name_that_means_something_else_a_moment_later_gains_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The address that was checked is the one connected to, and every redirect is checked anew."""
    answers = [(STRANGERS,), ("127.0.0.1",)]
    with says(redirect(302, "/again"), reply(200, FEED)) as server:
        connections = leading_to(monkeypatch, server.port)
        error = refused("http://rebinding.example/", resolve=lambda _: answers.pop(0))
        assert server.targets() == ["/"]
        assert server.heard[0].headers["host"] == "rebinding.example"
    assert connections == [(STRANGERS, 80)]
    assert error.reason.endswith("refused address 127.0.0.1 of `rebinding.example`: loopback")


def test_the_next_address_of_a_host_is_tried_when_one_is_dead() -> None:
    """A host with two addresses is fetched as long as one of them answers."""
    policy = replace(OURS, allow_hosts=frozenset({"Two.Example."}))
    with says(reply(200, FEED)) as server:
        url = server.url("/", host="two.example")
        # Nobody listens on the first.
        assert get(url, policy, resolve=lambda _: ("127.9.9.9", "127.0.0.1")).body == FEED


def leading_to(monkeypatch: pytest.MonkeyPatch, port: int) -> list[tuple[str, int]]:
    """Make every connection lead to a loopback port; return where they would have led, as they are made."""
    connections: list[tuple[str, int]] = []
    really = socket.create_connection

    def create_connection(where: tuple[str, int], timeout: float) -> socket.socket:
        connections.append(where)
        return really(("127.0.0.1", port), timeout=timeout)

    monkeypatch.setattr(socket, "create_connection", create_connection)
    return connections


@pytest.mark.parametrize(
    "ip",
    [
        "0.0.0.0",
        "0.1.2.3",
        "10.255.255.255",
        "100.64.0.1",
        "100.100.100.200",
        "127.0.0.1",
        "127.255.255.254",
        "168.63.129.16",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "64:ff9b::10.0.0.1",
        "64:ff9b:1::8.8.8.8",
        "100::1",
        "2001::1",
        "2001:10::1",
        "2001:db8::1",
        "2002:808:808::1",
        "3fff::1",
        "4000::1",
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1",
    ],
)
def test_an_address_that_is_not_public_is_refused(ip: str) -> None:
    """Loopback, private, link-local, metadata, multicast, reserved, and IPv4 wrapped into IPv6."""
    assert refusal(ip_address(ip))


@pytest.mark.parametrize(
    "ip",
    [
        "1.1.1.1",
        "8.8.8.8",
        "100.63.255.255",
        "172.32.0.1",
        "2606:4700::1111",
        "2a00:1450::1",
        "64:ff9b::808:808",
    ],
)
def test_a_public_address_is_not_refused(ip: str) -> None:
    """Public addresses pass, also as networks without IPv4 spell them (NAT64)."""
    assert refusal(ip_address(ip)) is None


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "http://",
        "http:///path",
        "/feed",
        "",
        "http://a:b@127.0.0.1/",
        "http://127.0.0.1:x/",
    ],
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    """An address that cannot be fetched is an error, never a crash."""
    assert refused(url).status is None


def test_secrets_in_an_address_do_not_get_into_messages() -> None:
    """A user name and a password that someone put into an address are not repeated."""
    assert "secret" not in str(refused("https://me:secret@news.example/feed"))


@pytest.mark.parametrize("url", ["news:\x1b[31m", "http://a\x9b2J.example/", "http://\ud800/"])
def test_an_address_cannot_play_tricks_on_a_terminal(url: str) -> None:
    """What somebody put into a link is printed without its control characters."""
    assert str(refused(url)).isprintable()


# Time


def slowly(name: str) -> tuple[str, ...]:
    """Know a name, but not yet."""
    time.sleep(2 * HASTY_S)
    return ("127.0.0.1",)


@pytest.mark.parametrize(
    "said",
    [
        silence,
        drip(reply(200, FEED)),
        drip(reply(200, FEED), at_once=len(reply(200, FEED)) - len(FEED)),
        drip(reply(200, FEED, X_Long="x" * 1000), at_once=30),
        drip(chunked(*[b"x"] * 100), at_once=50),
        drip(reply(200, zipped(FEED * 99), Content_Encoding="gzip"), at_once=80),
        drip(b"HTTP/1.1 100 Continue\r\n\r\n" * 99, pause_s=0.01),
    ],
    ids=["silence", "head", "body", "field", "chunks", "gzip", "interim"],
)
def test_a_slow_server_cannot_hold_a_fetch(said: Says) -> None:
    """The deadline is for the whole fetch: saying nothing, or a byte at a time, does not stretch it."""
    began = time.monotonic()
    with says(said) as server:
        error = refused(server.url("/"), replace(OURS, timeout_s=HASTY_S))
        assert time.monotonic() - began < GENEROUS_S
    assert error.reason == "timed out after 0.5 s"


def test_slow_names_and_redirects_count_too() -> None:
    """Looking up the name and every hop are part of the same deadline."""
    policy = replace(OURS, allow_hosts=frozenset({"127.0.0.1", "slow.example"}), timeout_s=HASTY_S)
    hop = redirect(302, "/")
    began = time.monotonic()
    with says(drip(hop, at_once=len(hop) - 4)) as server:
        assert "timed out" in refused(server.url("/"), replace(policy, max_redirects=99)).reason
        assert "timed out" in refused(server.url("/", host="slow.example"), policy, resolve=slowly).reason
    assert time.monotonic() - began < GENEROUS_S


def test_a_handshake_that_never_comes_is_not_waited_for() -> None:
    """A server that accepts and never says hello is left when the time is up."""
    with Hostile({"": silence}, listens=False) as server:
        error = refused(server.url("/").replace("http:", "https:"), replace(OURS, timeout_s=HASTY_S))
    assert error.reason == "timed out after 0.5 s"


# Bodies


def zstd_compress(data: bytes) -> bytes:
    """Compress as Zstandard."""
    return zstd.compress(data)


def brotli_compress(data: bytes) -> bytes:
    """Compress as Brotli."""
    return bytes(brotli.compress(data, quality=4))


ENCODINGS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": zipped,
    "br": brotli_compress,
    "zstd": zstd_compress,
}


@pytest.mark.parametrize("name", ENCODINGS)
def test_compressed_bodies_are_decompressed(name: str) -> None:
    """gzip, Brotli and Zstandard are asked for and undone."""
    said = reply(200, ENCODINGS[name](FEED * 5000), Content_Encoding=name)
    with says(said) as server:
        assert get(server.url("/")).body == FEED * 5000
        assert name in server.heard[0].headers["accept-encoding"]


@given(
    name=st.sampled_from(sorted(ENCODINGS)),
    parts=st.lists(st.binary(max_size=300), max_size=4),
    repeat=st.integers(1, 3000),
    size=st.integers(1, 999),
)
def test_however_it_is_cut_a_body_is_the_same(name: str, parts: list[bytes], repeat: int, size: int) -> None:
    """The pieces in which a compressed body comes do not matter, and no piece of the outcome is large."""
    content = b"".join(part * repeat for part in parts)
    packed = ENCODINGS[name](content)
    pieces = list(decoded(cut(packed, size), name))
    assert b"".join(pieces) == content
    assert max(map(len, pieces), default=0) <= 131_072


@given(name=st.sampled_from(sorted(ENCODINGS)), content=st.binary(min_size=1, max_size=300), data=st.data())
def test_a_body_cut_short_is_never_taken_for_a_whole_one(name: str, content: bytes, data: st.DataObject) -> None:
    """A compressed body that stops anywhere before its end is an error."""
    packed = ENCODINGS[name](content)
    end = data.draw(st.integers(1, len(packed) - 1))
    with pytest.raises(ValueError, match="cut short"):
        list(decoded(cut(packed[:end], 7), name))


def cut(data: bytes, size: int) -> Iterator[bytes]:
    """Yield *data* in pieces of *size* bytes."""
    return (data[start : start + size] for start in range(0, len(data), size))


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", zipped(FEED[:9]) + zipped(FEED[9:])),
        ("zstd", zstd_compress(FEED[:9]) + zstd_compress(FEED[9:])),
        ("gzip", zipped(FEED) + bytes(64)),
        ("x-gzip", zipped(FEED)),
        ("GZIP, identity", zipped(FEED)),
        ("gzip, br", brotli_compress(zipped(FEED))),
        ("gzip, gzip", zipped(zipped(FEED))),
        ("identity", FEED),
        ("", FEED),
    ],
)
def test_odd_but_right_encodings_are_undone(encoding: str, body: bytes) -> None:
    """Several members, padding, old names and doubled compression are all met with in the wild."""
    with says(reply(200, body, Content_Encoding=encoding)) as server:
        assert get(server.url("/")).body == FEED


def test_nothing_compressed_is_nothing() -> None:
    """An empty body needs no trailer to be complete."""
    with says(reply(200, b"", Content_Encoding="gzip")) as server:
        assert get(server.url("/")).body == b""


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (reply(200, FEED, Content_Length="500"), f"cut short after {len(FEED)} bytes"),
        (chunked(FEED, end=b""), f"cut short after {len(FEED)} bytes"),
        (chunked(FEED, end=b"5\r\nab"), f"cut short after {len(FEED) + 2} bytes"),
        (chunked(FEED, end=b"zz\r\n"), "the answer is broken"),
        (reply(200, FEED, Content_Length="9e9"), "the answer is not HTTP"),
        (reply(200, zipped(FEED)[:-9], Content_Encoding="gzip"), "cut short: its gzip does not end"),
        (reply(200, brotli_compress(FEED)[:-2], Content_Encoding="br"), "cut short: its brotli does not end"),
        (reply(200, zstd_compress(FEED)[:-2], Content_Encoding="zstd"), "cut short: its zstd does not end"),
        (reply(200, FEED, Content_Encoding="gzip"), "broken gzip"),
        (reply(200, FEED, Content_Encoding="br"), "broken brotli"),
        (reply(200, FEED, Content_Encoding="zstd"), "broken zstd"),
        (reply(200, FEED, Content_Encoding="compress"), "compressed as `compress`, which was not asked for"),
        (reply(200, FEED, Content_Encoding="gzip, gzip, gzip"), "compressed 3 times over"),
        (b"", "the server hung up without an answer"),
        (b"HTTP/1.1 200 OK\r\nContent-Le", "the server hung up without an answer"),
        (b"220 mail.example ESMTP\r\n\r\n", "the answer is not HTTP"),
        (b"HTTP/1.1 200 OK\r\n" + b"X-Long: " + b"x" * 200_000, "the answer is not HTTP"),
    ],
)
def test_half_an_answer_is_no_answer(said: bytes, reason: str) -> None:
    """What is cut short, broken or not HTTP at all is an error that says so, never a shorter feed."""
    with says(said) as server:
        assert reason in refused(server.url("/")).reason


def test_an_old_server_ends_its_answer_by_hanging_up() -> None:
    """An HTTP/1.0 answer without a length is whole when the connection ends."""
    with says(b"HTTP/1.0 200 OK\r\n\r\n" + FEED) as server:
        assert get(server.url("/")).body == FEED


def test_a_closed_port_is_an_error_in_words() -> None:
    """A server that is down is named with its port."""
    with says(silence) as server:
        pass
    assert refused(server.url("/")).reason == f"cannot connect to `127.0.0.1:{server.port}`: connection refused"


BOMB = bytes(50_000_000)


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", zipped(BOMB)),
        ("br", brotli_compress(BOMB)),
        ("zstd", zstd_compress(BOMB)),
        ("gzip, gzip", zipped(zipped(BOMB))),
        ("zstd, br", brotli_compress(zstd_compress(BOMB))),
    ],
    ids=["gzip", "br", "zstd", "gzip in gzip", "zstd in br"],
)
def test_a_bomb_is_stopped_while_it_is_small(encoding: str, body: bytes) -> None:
    """However small a bomb is on the wire, no more than the allowed size of it is ever in memory."""
    with says(reply(200, body, Content_Encoding=encoding)) as server:
        tracemalloc.start()
        try:
            error = refused(server.url("/"), replace(OURS, max_bytes=1_000_000))
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert error.reason == "larger than 1,000,000 bytes"
    assert peak < 5_000_000


def test_a_frame_cannot_ask_for_gigabytes_of_window() -> None:
    """Zstandard may use the 8 MB of window that HTTP allows, and no more."""
    wanted = zstd.CompressionParameter
    level = {int(wanted.window_log): 27, int(wanted.content_size_flag): 0}
    packer = zstd.ZstdCompressor(options=level)
    body = packer.compress(FEED) + packer.flush()
    with says(reply(200, body, Content_Encoding="zstd")) as server:
        assert refused(server.url("/")).reason == "broken zstd"


@pytest.mark.parametrize("declared", [True, False])
def test_a_feed_of_50_megabytes_is_not_read_to_its_end(declared: bool) -> None:
    """Too large is too large as soon as it is known: from the header, or when the limit is passed."""
    said: list[int] = []
    head = b"HTTP/1.1 200 OK\r\n" + (b"Content-Length: 50000000\r\n\r\n" if declared else b"\r\n")
    with says(flood(head, bytes(100_000), times=500, counted=said)) as server:
        error = refused(server.url("/"))
    assert error.reason == "larger than 20,000,000 bytes"
    assert said[0] < (10_000_000 if declared else 40_000_000)


def test_an_endless_answer_that_says_nothing_is_too_large() -> None:
    """What decompresses to nothing at all is counted as it comes."""
    said: list[int] = []
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"
    with says(flood(head, zipped(b"") * 500, times=10_000, counted=said)) as server:
        error = refused(server.url("/"), replace(OURS, max_bytes=1_000_000))
    assert error.reason == "larger than 1,000,000 bytes"


def test_a_large_body_is_held_once() -> None:
    """A body of allowed size costs little more memory than its size."""
    with says(reply(200, zipped(bytes(15_000_000)), Content_Encoding="gzip")) as server:
        tracemalloc.start()
        try:
            assert len(get(server.url("/")).body) == 15_000_000
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert peak < 20_000_000


# Headers


@pytest.mark.parametrize(
    ("said", "media_type", "charset"),
    [
        ("text/xml; charset=utf-8", "text/xml", "utf-8"),
        ("text/xml;charset='Latin1' ; x=y", "text/xml", "cp1252"),
        ("TEXT/HTML", "text/html", None),
        ("text/html; charset=martian", "text/html", None),
        ("text/html; charset=hex", "text/html", None),
        ("text/html; charset=", "text/html", None),
        ("text/html, text/xml", "text/html", None),
        ("xml", None, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_a_type_or_charset_that_makes_no_sense_counts_as_not_said(
    said: str | None, media_type: str | None, charset: str | None
) -> None:
    """Whoever reads the body can trust a charset to exist, and otherwise has to find out."""
    fields = () if said is None else (("content-type", said),)
    assert content_type(Headers(fields=fields)) == (media_type, charset)


@pytest.mark.parametrize(
    ("fields", "seconds"),
    [
        ({}, None),
        ({"cache-control": "max-age=600"}, 600),
        ({"cache-control": 'public, Max-Age="600", immutable'}, 600),
        ({"cache-control": "max-age=600", "age": "150"}, 450),
        ({"cache-control": "max-age=600", "age": "9999"}, 0),
        ({"cache-control": "s-maxage=600"}, None),
        ({"cache-control": "no-cache, max-age=600"}, 0),
        ({"cache-control": "no-store"}, 0),
        ({"cache-control": "max-age=99999999999999999999"}, None),
        ({"cache-control": "max-age=31536000"}, 86_400),
        ({"cache-control": "max-age=-1"}, None),
        ({"cache-control": "max-age=60", "expires": "Sat, 21 Nov 2026 09:30:00 GMT"}, 60),
        ({"expires": "Sat, 21 Nov 2026 08:30:00 GMT"}, 3600),
        ({"expires": "Sat, 21 Nov 2026 08:30:00 GMT", "date": "Sat, 21 Nov 2026 08:20:00 GMT"}, 600),
        ({"expires": "Sat, 21 Nov 2026 06:30:00 GMT"}, 0),
        ({"expires": "0"}, 0),
        ({"expires": "-1"}, 0),
    ],
)
def test_how_long_an_answer_stays_good(fields: dict[str, str], seconds: int | None) -> None:
    """`Cache-Control` and `Expires` are honoured up to a day; nonsense counts as not said."""
    assert fresh_for_s(Headers(fields=tuple(fields.items())), now=NOW) == seconds


def test_a_server_with_a_wrong_clock_is_taken_by_its_own_clock() -> None:
    """A date to come back at is read against the date of the answer, if there is one."""
    fields = (("retry-after", "Sat, 21 Nov 2020 00:10:00 GMT"), ("date", "Sat, 21 Nov 2020 00:00:00 GMT"))
    assert retry_after_s(Headers(fields=fields), now=NOW) == 600


# Nonsense

FIELDS = ("content-type", "cache-control", "age", "expires", "date", "retry-after")
VALUES = ("max-age=", "Sat, 21 Nov 2026 07:30:00 +9999", "Sat, 31 Feb 0000 25:61:61 GMT", "1e9", "0x10", "٣")


@given(st.text(max_size=60) | st.text("htps:/@[]%.\\?#0x127 \t\n", max_size=40))
def test_any_text_is_an_address_or_an_error_in_words(text: str) -> None:
    """No address crashes anything; one that can be fetched means the same however often it is read."""
    for url in (text, f"http://{text}"):
        try:
            address = parse(url)
        except FetchError:
            continue
        assert parse(address.url) == address
        assert address.url.isascii()
        assert address.url.isprintable()
        assert " " not in address.url


@given(location=st.text(max_size=60))
def test_any_location_is_an_address_or_an_error_in_words(location: str) -> None:
    """Nor does anything that a redirect names."""
    with suppress(FetchError):
        assert follow(parse("http://a.example/x"), location).scheme in {"http", "https"}


@given(st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=30) | st.sampled_from(VALUES)))
def test_any_field_is_understood_or_ignored(fields: dict[str, str]) -> None:
    """Nor does anything that a server puts into its header."""
    headers = Headers(fields=tuple(fields.items()))
    content_type(headers)
    for seconds in (fresh_for_s(headers, now=NOW), retry_after_s(headers, now=NOW)):
        assert seconds is None or 0 <= seconds <= 86_400


@settings(deadline=None, max_examples=50)
@given(
    place=st.integers(0, 200),
    noise=st.binary(max_size=40),
    gone=st.integers(0, 60),
    said=st.sampled_from([reply(200, FEED), chunked(FEED), reply(302, Location="/")]),
)
def test_any_answer_is_a_response_or_an_error_in_words(place: int, noise: bytes, gone: int, said: bytes) -> None:
    """Nor does an answer with noise in it, wherever it stands."""
    with says(said[:place] + noise + said[place + gone :]) as server, suppress(FetchError):
        assert get(server.url("/")).status == 200


# Encryption and proxies


@contextmanager
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *names: str) -> Iterator[ssl.SSLContext]:
    """Make the world trust a certificate for *names*, and yield what a server needs to show it."""
    trustme = pytest.importorskip("trustme")
    from digest.fetch import wire

    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    wire._tls.cache_clear()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    yield context
    wire._tls.cache_clear()


def test_an_encrypted_server_has_to_be_who_it_should_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The certificate is checked for the name in the address, although the connection goes to a number."""
    policy = replace(OURS, allow_hosts=frozenset({"news.example", "other.example"}))
    known: dict[str, Any] = {"resolve": lambda _: ("127.0.0.1",)}
    with (
        trusted(tmp_path, monkeypatch, "news.example") as tls,
        Hostile({"/": reply(200, FEED), "/down": redirect(301, "http://news.example/")}, tls=tls) as server,
    ):
        assert get(server.url("/", host="news.example"), policy, **known).body == FEED
        error = refused(server.url("/", host="other.example"), policy, **known)
        assert error.reason.startswith("certificate refused: Hostname mismatch")
        error = refused(server.url("/down", host="news.example"), policy, **known)
        assert error.reason == "bad redirect: down from https to http is refused"


def test_a_certificate_of_nobody_we_know_is_refused(tmp_path: Path) -> None:
    """A self-made certificate is not enough."""
    trustme = pytest.importorskip("trustme")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    with Hostile({"/": reply(200, FEED)}, tls=context) as server:
        assert refused(server.url("/")).reason.startswith("certificate refused: ")


def test_a_server_that_does_not_encrypt_is_an_error_in_words() -> None:
    """An https address of a server that speaks http fails, and is not tried without encryption."""
    with Hostile({"": reply(400)}, listens=False) as server:
        assert refused(server.url("/").replace("http:", "https:")).reason.startswith("no TLS")


def test_proxies_in_the_environment_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a cron job's environment says of proxies changes nothing."""
    with says(reply(200, FEED)) as server, says(reply(500)) as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "https_proxy"):
            monkeypatch.setenv(name, proxy.url("/"))
        assert get(server.url("/")).body == FEED
        assert proxy.accepted == 0


def test_a_proxy_in_the_settings_is_asked_for_everything() -> None:
    """The proxy gets whole addresses and its password, and resolves the names itself."""
    with says(reply(200, FEED)) as proxy:
        policy = Policy(proxy=f"http://me:s%C3%A9cret@127.0.0.1:{proxy.port}")
        assert get("http://news.example/feed", policy).body == FEED
        [heard] = proxy.heard
    assert heard.target == "http://news.example/feed"
    assert heard.headers["host"] == "news.example"
    assert heard.headers["proxy-authorization"] == "Basic bWU6c8OpY3JldA=="


def test_a_proxy_is_not_asked_for_what_can_be_seen_to_be_private() -> None:
    """Behind a proxy, too, addresses that spell out a private host are refused."""
    with says(reply(200, FEED)) as proxy:
        policy = Policy(proxy=proxy.url("/"))
        for url in ("http://169.254.169.254/", "http://[::1]/", "http://2130706433/"):
            assert "refused address" in refused(url, policy).reason
        assert proxy.accepted == 0


def test_an_encrypted_fetch_goes_through_a_proxy_untouched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The proxy only joins the two ends: the certificate is still that of the host."""

    def tunnel(connection: socket.socket, heard: Heard) -> None:
        connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        with socket.create_connection(("127.0.0.1", server.port)) as onward:
            back = threading.Thread(target=pour, args=(onward, connection))
            back.start()
            pour(connection, onward)
            back.join()

    with (
        trusted(tmp_path, monkeypatch, "news.example") as tls,
        Hostile({"/feed": reply(200, FEED)}, tls=tls) as server,
        Hostile({"news.example:443": tunnel}) as proxy,
    ):
        policy = Policy(proxy=proxy.url("/"), timeout_s=10)
        assert get("https://news.example/feed", policy).body == FEED
        assert refused("https://elsewhere.example/", policy).reason == "the proxy answered 404"
        assert server.heard[0].headers["host"] == "news.example"


def pour(source: socket.socket, target: socket.socket) -> None:
    """Pass on what comes until it ends."""
    try:
        while data := source.recv(65_536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass


@pytest.mark.parametrize("wrong", [{"contact": "me\r\nX: y"}, {"contact": "é"}, {"proxy": "socks5://a"}])
def test_settings_that_cannot_work_are_refused_before_anything_is_fetched(wrong: dict[str, str]) -> None:
    """A contact that would break the header, or a proxy of another kind."""
    with pytest.raises(ValueError, match="it takes"):
        Policy(**wrong)  # type: ignore[arg-type]


# Pages and robots.txt

ROBOTS = b"""
User-agent: *
Disallow: /

User-agent: Digest
Disallow: /private
Allow: /private/but/*/open$
Disallow: /*.pdf
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/private", False),
        ("/private/but/this/shut", False),
        ("/private/but/this/open", True),
        ("/private/but/this/open/er", False),
        ("/%70rivate", False),
        ("/news/paper.pdf?page=1", False),
        ("/robots.txt.html", True),
    ],
)
def test_pages_are_read_where_robots_txt_lets_us(path: str, allowed: bool) -> None:
    """The group that names us counts, and in it the longest rule that fits, with wildcards."""
    with Hostile({"/robots.txt": reply(200, ROBOTS), path: reply(200, FEED)}) as server:
        if allowed:
            assert get(server.url(path), kind="page").body == FEED
        else:
            assert "does not let `digest` in here" in refused(server.url(path), kind="page").reason
            assert server.targets() == ["/robots.txt"]


def test_feeds_are_yours_to_read() -> None:
    """robots.txt is about what nobody asked for; a feed you subscribed to is fetched without asking it."""
    with Hostile({"/robots.txt": reply(200, ROBOTS), "/private": reply(200, FEED)}) as server:
        assert get(server.url("/private")).body == FEED
        assert server.targets() == ["/private"]


@pytest.mark.parametrize(
    ("said", "allowed"),
    [
        (reply(404), True),
        (reply(403), True),
        (reply(410), True),
        (reply(200, b""), True),
        (reply(200, b"<html>Not found</html>"), True),
        (reply(200, b"\xef\xbb\xbfUser-agent: *\nDisallow: /"), False),
        (reply(200, b"User-agent: *\nDisallow: /\n" + b"# filler\n" * 90_000), False),
        (reply(500), False),
        (reply(503), False),
        (reply(429), False),
        (b"", False),
        (redirect(302, "http://10.0.0.1/robots.txt"), False),
        (redirect(302, "/elsewhere"), True),
    ],
)
def test_without_robots_txt_everything_is_allowed_and_without_an_answer_nothing(said: bytes, allowed: bool) -> None:
    """No such file is a yes; a server in trouble is left alone."""
    with Hostile({"/robots.txt": said, "/page": reply(200, FEED)}) as server:
        if allowed:
            assert get(server.url("/page"), kind="page").body == FEED
        else:
            assert "robots.txt of `127.0.0.1`" in refused(server.url("/page"), kind="page").reason


def test_a_redirect_does_not_lead_around_robots_txt() -> None:
    """A page that leads to a forbidden one is as forbidden."""
    script = {
        "/robots.txt": reply(200, b"User-agent: *\nDisallow: /private"),
        "/open": redirect(302, "/private"),
        "/private": reply(200, FEED),
    }
    with Hostile(script) as server:
        assert "does not let" in refused(server.url("/open"), kind="page").reason
        assert server.targets() == ["/robots.txt", "/open"]


def test_robots_txt_is_asked_for_once_in_a_run() -> None:
    """Twenty pages of a host cost twenty questions and one for its rules."""
    with Hostile(lambda heard: reply(404 if heard.target == "/robots.txt" else 200, FEED)) as server:
        outcomes = run([Request(url=server.url(f"/{n}"), kind="page") for n in range(20)])
        assert all(isinstance(outcome, Response) for outcome in outcomes.values())
        assert Counter(server.targets()) == Counter(["/robots.txt", *(f"/{n}" for n in range(20))])


def test_rules_of_many_hosts_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules that had to be forgotten are asked for again, and kept to."""
    monkeypatch.setattr("digest.fetch.together._MOST_RULES", 1)
    monkeypatch.setattr("digest.fetch.together.READ_AHEAD", 1)
    robots = reply(200, b"User-agent: *\nDisallow: /private")
    with Hostile(lambda heard: robots if "robots" in heard.target else reply(200, FEED)) as proxy:
        urls = [f"http://{host}.example/{path}" for path in ("a", "private", "b") for host in ("x", "y")]
        policy = through(proxy, host_delay_s=0.0, in_flight=1)
        outcomes = run([Request(url=url, kind="page") for url in urls], policy)
        assert len([target for target in proxy.targets() if "robots" in target]) > 2
    for url, outcome in outcomes.items():
        assert isinstance(outcome, FetchError if "private" in url else Response)


# Many at a time


def run(requests: Iterable[Request], policy: Policy = OURS, *, workers: int = 16) -> dict[str, Response | FetchError]:
    """Fetch all, and return what became of each address."""
    with ThreadPoolExecutor(workers) as executor:
        outcomes = list(fetch_all(requests, policy, executor=executor, now=NOW, resolve=nobody))
    assert len({request.url for request, _ in outcomes}) == len(outcomes)
    return {request.url: outcome for request, outcome in outcomes}


def descriptors() -> int:
    """Return how many files and connections this process has open."""
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts descriptors in /proc")
def test_two_hundred_sources_take_seconds_and_few_descriptors() -> None:
    """Each of 200 sources is fetched once, with a bounded number of connections, and none stays open."""
    open_now: list[int] = []

    def script(heard: Heard) -> Says:
        open_now.append(descriptors())
        return reply(200, heard.target.encode())

    with Hostile(script) as server:
        before = descriptors()
        began = time.monotonic()
        outcomes = run(Request(url=server.url(f"/{n}"), kind="feed") for n in range(200))
        took = time.monotonic() - began
        for n in range(200):
            outcome = outcomes[server.url(f"/{n}")]
            assert isinstance(outcome, Response)
            assert outcome.body == f"/{n}".encode()
    assert server.accepted == 200
    assert took < 30
    # Both ends are ours here, and the server's may linger for a moment.
    assert max(open_now) <= before + 6 * OURS.in_flight
    assert descriptors() <= before


class Stand(Executor):
    """Stands in for the network: what is submitted is under way until somebody lets it end."""

    def __init__(self) -> None:
        self._under_way: list[tuple[Future[Any], Journey]] = []
        self._lock = threading.Lock()
        self.most = 0
        """Legs that were under way at the same time."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Let a leg begin."""
        future: Future[Any] = Future()
        with self._lock:
            self._under_way.append((future, args[0]))
            self.most = max(self.most, len(self._under_way))
        return future

    def end_all(self) -> None:
        """Let all legs end, half of them well."""
        with self._lock:
            ended, self._under_way = self._under_way, []
        for future, journey in ended:
            url = journey.request.url
            if len(url) % 2:
                future.set_exception(FetchError(url, "no"))
            else:
                future.set_result(answered(url))


def answered(url: str, **known: Any) -> Response:
    """Return a response that says little."""
    nothing: dict[str, Any] = dict.fromkeys(
        ("permanent_url", "media_type", "charset", "etag", "last_modified", "fresh_for_s")
    )
    return Response(**{"url": url, "status": 200, "body": b"", **nothing, **known})


def test_ten_thousand_sources_are_never_all_under_way() -> None:
    """However many there are, few are fetched and not many read ahead; each has its outcome once."""
    read = 0

    def endless() -> Iterator[Request]:
        nonlocal read
        for read in range(1, 10_001):
            yield Request(url=f"http://host{read % 3000}.example/{read}", kind="feed")

    policy = Policy(host_delay_s=0, in_flight=12)
    stand = Stand()
    outcomes: set[str] = set()
    stop = threading.Event()

    def tick() -> None:
        while not stop.wait(0.001):
            stand.end_all()

    ticking = threading.Thread(target=tick)
    ticking.start()
    try:
        for request, _ in fetch_all(endless(), policy, executor=stand, now=NOW):
            outcomes.add(request.url)
            assert read - len(outcomes) <= READ_AHEAD + policy.in_flight
    finally:
        stop.set()
        ticking.join()
    assert len(outcomes) == 10_000
    assert stand.most == policy.in_flight


def test_whoever_stops_taking_outcomes_stops_the_fetching() -> None:
    """Answers are not piled up for a reader that is busy or has gone."""
    with Hostile(lambda heard: reply(200, FEED)) as server, ThreadPoolExecutor(4) as executor:
        requests = (Request(url=server.url(f"/{n}"), kind="feed") for n in range(500))
        policy = replace(OURS, in_flight=4)
        outcomes = fetch_all(requests, policy, executor=executor, now=NOW)
        next(outcomes)
        time.sleep(0.2)
        assert len(server.heard) <= 2 * policy.in_flight
        outcomes.close()  # type: ignore[attr-defined]


def test_whoever_breaks_off_does_not_wait_for_the_rest() -> None:
    """Fetches that have been handed out and not begun are dropped."""

    def slow(connection: socket.socket, heard: Heard) -> None:
        time.sleep(0.1)
        connection.sendall(reply(200, FEED))

    with Hostile(lambda heard: slow) as server:
        with ThreadPoolExecutor(1) as executor:
            requests = [Request(url=server.url(f"/{n}"), kind="feed") for n in range(16)]
            outcomes = fetch_all(requests, OURS, executor=executor, now=NOW)
            next(outcomes)
            outcomes.close()  # type: ignore[attr-defined]
        assert len(server.heard) < 8


def test_one_dead_source_holds_up_nobody_else() -> None:
    """The outcomes of all others come while the dead one is still waited for."""
    script: Script = {"/dead": silence, **{f"/{n}": reply(200, FEED) for n in range(20)}}
    with Hostile(script) as server, ThreadPoolExecutor(4) as executor:
        urls = [server.url("/dead"), *(server.url(f"/{n}") for n in range(20))]
        requests = [Request(url=url, kind="feed") for url in urls]
        policy = replace(OURS, timeout_s=3)
        order = [r.url for r, _ in fetch_all(requests, policy, executor=executor, now=NOW)]
    assert order[-1] == server.url("/dead")
    assert sorted(order) == sorted(urls)


def test_a_hopeless_address_is_an_outcome_like_any_other() -> None:
    """Among many, what cannot be fetched at all comes back with its reason, and the rest goes on."""
    with says(reply(200, FEED)) as server:
        outcomes = run(Request(url=url, kind="feed") for url in ("file:///x", server.url("/"), "http://x y/"))
        assert isinstance(outcomes[server.url("/")], Response)
    assert isinstance(outcomes["file:///x"], FetchError)
    assert isinstance(outcomes["http://x y/"], FetchError)


def test_errors_do_not_keep_what_the_fetch_had_in_its_hands() -> None:
    """Ten thousand failures can be collected: they carry words, no traceback and no body."""
    with says(reply(200, FEED, Content_Length="999")) as server:
        [error] = run([Request(url=server.url("/"), kind="feed")]).values()
    assert isinstance(error, FetchError)
    assert error.__traceback__ is None
    assert error.__cause__ is None
    assert error.__context__ is None


def through(proxy: Hostile, **rest: Any) -> Policy:
    """Return a policy by which all the hosts there are stand behind one loopback server."""
    return Policy(proxy=proxy.url("/"), timeout_s=10, **rest)


def test_every_host_has_its_pause_and_few_connections() -> None:
    """A host hears from us one question at a time, a moment after the last; others meanwhile have theirs."""
    pause_s = 0.1
    last_end: dict[str, float] = {}
    gaps: list[float] = []
    active: Counter[str] = Counter()
    most: Counter[str] = Counter()

    def script(heard: Heard) -> Says:
        host = heard.headers["host"]
        active[host] += 1
        most[host] = max(most[host], active[host])
        if host in last_end:
            gaps.append(heard.at - last_end[host])

        def answer(connection: socket.socket, heard: Heard) -> None:
            time.sleep(0.02)
            active[host] -= 1
            last_end[host] = time.monotonic()
            connection.sendall(reply(200, FEED))

        return answer

    hosts = [f"http://host{n}.example" for n in range(4)]
    with Hostile(script) as proxy:
        policy = through(proxy, per_host=1, host_delay_s=pause_s)
        outcomes = run([Request(url=f"{host}/{n}", kind="feed") for host in hosts for n in range(4)], policy)
    assert all(isinstance(outcome, Response) for outcome in outcomes.values())
    assert set(most.values()) == {1}
    assert len(gaps) == 12
    assert min(gaps) >= pause_s


def test_a_redirect_waits_for_its_turn_at_the_host_it_leads_to() -> None:
    """Fifty addresses that all lead to one host do not arrive there together."""
    active: Counter[str] = Counter()
    most: Counter[str] = Counter()
    lock = threading.Lock()

    def script(heard: Heard) -> Says:
        host = heard.headers["host"]
        if host != "burner.example":
            return redirect(302, f"http://burner.example/{host}")
        with lock:
            active[host] += 1
            most[host] = max(most[host], active[host])

        def answer(connection: socket.socket, heard: Heard) -> None:
            time.sleep(0.01)
            with lock:
                active[host] -= 1
            connection.sendall(reply(200, FEED))

        return answer

    with Hostile(script) as proxy:
        policy = through(proxy, per_host=2, host_delay_s=0.0)
        outcomes = run([Request(url=f"http://host{n}.example/", kind="feed") for n in range(50)], policy)
    assert all(isinstance(outcome, Response) for outcome in outcomes.values())
    assert most["burner.example"] <= 2


def test_a_host_that_asks_to_be_left_alone_is_left_alone() -> None:
    """After one 429 nothing more is asked of that host in the same run; the others are fetched."""

    def script(heard: Heard) -> Says:
        return reply(429, Retry_After="300") if "busy" in heard.target else reply(200, FEED)

    with Hostile(script) as proxy:
        policy = through(proxy, per_host=1, host_delay_s=0.0)
        urls = [f"http://{host}.example/{n}" for n in range(10) for host in ("busy", "calm")]
        outcomes = run([Request(url=url, kind="feed") for url in urls], policy)
        asked = Counter(heard.headers["host"] for heard in proxy.heard)
    assert asked == {"busy.example": 1, "calm.example": 10}
    for url, outcome in outcomes.items():
        if "busy" in url:
            assert isinstance(outcome, FetchError)
            assert (outcome.status, outcome.retry_after_s) == (429, 300)
        else:
            assert isinstance(outcome, Response)


def test_pages_of_a_host_that_asks_to_be_left_alone_are_not_asked_for() -> None:
    """The same holds when it is the robots.txt that is answered so."""
    with says(reply(429, Retry_After="300")) as proxy:
        requests = [Request(url=f"http://busy.example/{n}", kind="page") for n in range(5)]
        outcomes = run(requests, through(proxy, host_delay_s=0.0))
        assert proxy.targets() == ["http://busy.example/robots.txt"]
    assert {o.retry_after_s for o in outcomes.values() if isinstance(o, FetchError)} == {300}
    assert len(outcomes) == 5


def test_whose_turn_it_is() -> None:
    """First come, first served in each line; a pause after each start and each end; two places a host."""
    turns = Turns(Policy(per_host=2, host_delay_s=10))
    a1, a2, a3, b1 = (
        set_out(Request(url=f"http://{host}.example/{n}", kind="feed"), Policy())
        for host, n in (("a", 1), ("a", 2), ("a", 3), ("b", 1))
    )
    for journey in (a1, a2, a3, b1):
        turns.join(journey)
    assert [turns.take(100), turns.take(100), turns.take(100)] == [a1, b1, None]
    assert (turns.wait_s(100), turns.waiting) == (10, 2)
    assert [turns.take(110), turns.take(125)] == [a2, None]
    assert turns.wait_s(125) is None
    turns.leave(a1, 126)
    assert [turns.take(135), turns.take(136)] == [None, a3]
    assert turns.waiting == 0


def test_what_travels_can_be_sent_to_another_process() -> None:
    """Legs may run in other processes: what goes there and what comes back is plain values."""
    error = FetchError("http://a.example/", "no", status=503, retry_after_s=9)
    journey = set_out(Request(url="http://a.example/", kind="feed"), OURS)
    for value in (OURS, journey, answered("http://a.example/")):
        assert pickle.loads(pickle.dumps(value)) == value
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.status, again.retry_after_s) == ("http://a.example/: no", 503, 9)


NGINX = """
{user}
daemon off; pid {tmp}/pid; error_log stderr crit;
events {{}}
http {{
  types {{ application/atom+xml xml; }}
  access_log off; client_body_temp_path {tmp}/t1; proxy_temp_path {tmp}/t2; fastcgi_temp_path {tmp}/t3;
  uwsgi_temp_path {tmp}/t4; scgi_temp_path {tmp}/t5;
  gzip on; gzip_types application/atom+xml; gzip_min_length 1; gzip_proxied any;
  server {{
    listen 127.0.0.1:{port}; root {tmp}/site; expires 10m;
    location = /old.xml {{ return 308 /feed.xml; }}
  }}
}}
"""


def test_a_server_in_daily_use_is_understood(tmp_path: Path) -> None:
    """A real nginx: with compression, expiry, a move for good, and nothing new the second time."""
    nginx = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if nginx is None:
        pytest.skip("there is no nginx")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    user = "" if os.geteuid() else "user root;"  # who can read the folder
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "feed.xml").write_bytes(FEED * 100)
    (tmp_path / "nginx.conf").write_text(NGINX.format(tmp=tmp_path, port=port, user=user))
    command = [nginx, "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]
    with subprocess.Popen(command) as process:
        try:
            await_port(port)
            first = get(f"http://127.0.0.1:{port}/old.xml")
            state = after_success(new_source(first.url, now=NOW), first, now=NOW)
            second = fetch(request_of(state), OURS, now=NOW)
        finally:
            process.terminate()
    assert (first.status, first.body, first.media_type) == (200, FEED * 100, "application/atom+xml")
    assert first.permanent_url == f"http://127.0.0.1:{port}/feed.xml"
    assert first.fresh_for_s == 600
    assert (second.status, second.body) == (304, b"")


def await_port(port: int) -> None:
    """Wait until somebody listens."""
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("the server does not start")


# When to ask again

URL = "http://news.example/feed"
AN_HOUR = timedelta(hours=1)


def failing(times: int, *, since: int = 0, **known: Any) -> SourceState:
    """Return the state of a source after so many failures an hour apart."""
    state = new_source(URL, now=NOW)
    for n in range(times):
        state = after_failure(state, FetchError(URL, "no", **known), now=NOW + (since + n) * AN_HOUR)
    return state


def test_a_new_source_is_due_at_once() -> None:
    """What nothing is known of is asked without conditions."""
    state = new_source(URL, now=NOW)
    assert is_due(state, NOW)
    assert request_of(state) == Request(url=URL, kind="feed")


@pytest.mark.parametrize(
    ("fresh_for_s", "wait"),
    [
        (None, USUAL),
        (0, SHORTEST),
        (10, SHORTEST),
        (3600, timedelta(hours=1)),
        (86_400, LONGEST),
    ],
)
def test_a_source_is_left_alone_while_its_answer_is_good(fresh_for_s: int | None, wait: timedelta) -> None:
    """`Cache-Control` is honoured, between five minutes and a day."""
    state = after_success(new_source(URL, now=NOW), answered(URL, fresh_for_s=fresh_for_s), now=NOW)
    assert state.due == NOW + wait
    assert not is_due(state, NOW + wait - timedelta(minutes=2))
    assert is_due(state, NOW + wait)


def test_an_hourly_job_does_not_miss_an_hourly_feed_by_a_second() -> None:
    """A job that starts a little early finds what would be due in some seconds to be due."""
    state = after_success(new_source(URL, now=NOW), answered(URL, fresh_for_s=3600), now=NOW)
    assert is_due(state, NOW + AN_HOUR - timedelta(seconds=3))


def test_validators_are_kept_for_the_next_time() -> None:
    """A new body brings its own validators or none; an unchanged one keeps those that it did not repeat."""
    new = answered(URL, etag='"1"', last_modified="then")
    state = after_success(new_source(URL, now=NOW), new, now=NOW)
    assert request_of(state) == Request(url=URL, kind="feed", etag='"1"', last_modified="then", validated_url=URL)
    unchanged = after_success(state, answered(URL, status=304, etag='"2"'), now=NOW)
    assert (unchanged.etag, unchanged.last_modified) == ('"2"', "then")
    bare = after_success(state, answered(URL), now=NOW)
    assert (bare.etag, bare.last_modified) == (None, None)


def test_a_permanent_move_is_remembered() -> None:
    """From then on the new address is asked; a move for the moment changes nothing."""
    state = new_source(URL, now=NOW)
    moved = answered("http://new.example/", permanent_url="http://new.example/")
    assert after_success(state, moved, now=NOW).url == "http://new.example/"
    assert after_success(state, answered("http://new.example/"), now=NOW).url == URL


def test_a_failing_source_is_asked_ever_less_often_up_to_once_a_day() -> None:
    """The wait doubles each time, a little less for each source in its own way, and never passes a day."""
    waits = [failing(n).due - NOW - (n - 1) * AN_HOUR for n in range(1, 40)]
    for n, wait in enumerate(waits):
        whole = min(FIRST_RETRY * 2 ** min(n, 16), LONGEST)
        assert whole * 0.8 <= wait <= whole
    others = {after_failure(new_source(f"{URL}/{n}", now=NOW), FetchError(URL, "no"), now=NOW).due for n in range(50)}
    assert len(others) == 50
    assert failing(3) == failing(3)


@pytest.mark.parametrize(
    ("retry_after_s", "wait"),
    [(7200, timedelta(hours=2)), (86_400, LONGEST)],
)
def test_a_server_that_names_a_time_is_not_asked_before(retry_after_s: int, wait: timedelta) -> None:
    """Retry-After is honoured when it is longer than the wait would be anyway."""
    assert failing(1, status=503, retry_after_s=retry_after_s).due == NOW + wait
    assert failing(1, status=503, retry_after_s=0).due == failing(1).due


def test_failures_are_counted_until_it_works_again() -> None:
    """The state says how often, since when and why; a success wipes it all out."""
    state = failing(3)
    assert (state.failures, state.failing_since, state.reason) == (3, NOW, "no")
    assert after_success(state, answered(URL), now=NOW + AN_HOUR).failures == 0
    assert after_success(state, answered(URL), now=NOW + AN_HOUR).failing_since is None
    assert after_success(state, answered(URL), now=NOW + AN_HOUR).reason is None


def test_a_failure_loses_no_validators() -> None:
    """When the server is back, it is asked only for what has changed in the meantime."""
    state = after_success(new_source(URL, now=NOW), answered(URL, etag='"1"'), now=NOW)
    assert request_of(after_failure(state, FetchError(URL, "no"), now=NOW)) == request_of(state)


def test_a_source_that_is_gone_is_retired() -> None:
    """After 410 a source is never asked again, and its owner is told at once."""
    state = failing(1, status=410)
    assert state.retired
    assert not any(is_due(state, NOW + n * LONGEST) for n in range(-3, 1000))
    assert needs_alert(state, now=NOW, after=timedelta(days=2))


def test_the_owner_is_told_once_when_it_has_gone_on_long_enough() -> None:
    """Not before `alert_after`, not twice, and again only after it had recovered."""
    two_days = timedelta(days=2)
    state = failing(5)
    assert not needs_alert(state, now=NOW + two_days - timedelta(seconds=1), after=two_days)
    assert needs_alert(state, now=NOW + two_days, after=two_days)
    told = after_alert(state)
    later = after_failure(told, FetchError(URL, "no"), now=NOW + 2 * two_days)
    assert not needs_alert(later, now=NOW + 2 * two_days, after=two_days)
    assert not after_success(later, answered(URL), now=NOW).alerted


@given(
    due=st.timedeltas(-timedelta(days=9999), timedelta(days=9999)),
    failures=st.integers(0, 99),
)
def test_no_source_starves_whatever_the_clock_once_said(due: timedelta, failures: int) -> None:
    """A moment set by a clock that ran ahead is not believed: within a day every source has been due."""
    state = replace(new_source(URL, now=NOW + due), failures=failures)
    assert any(is_due(state, NOW + n * AN_HOUR) for n in range(25))


def test_a_clock_that_is_put_back_delays_no_alert() -> None:
    """Failing since a moment that has not come yet means failing since now."""
    state = failing(2, since=1000)
    back = after_failure(state, FetchError(URL, "no"), now=NOW)
    assert back.failing_since == NOW
    assert needs_alert(back, now=NOW + timedelta(days=2), after=timedelta(days=2))


@given(st.lists(st.one_of(st.none(), st.integers(0, 86_400)), max_size=20), st.booleans())
def test_waits_stay_within_bounds(story: Sequence[int | None], ends_well: bool) -> None:
    """Whatever servers ask for and however often they fail: five minutes to a day."""
    state = new_source(URL, now=NOW)
    for asked in story:
        state = after_failure(state, FetchError(URL, "no", retry_after_s=asked), now=NOW)
        assert SHORTEST <= state.due - NOW <= LONGEST
    if ends_well:
        state = after_success(state, answered(URL), now=NOW)
        assert SHORTEST <= state.due - NOW <= LONGEST
