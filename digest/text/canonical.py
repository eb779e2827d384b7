"""
An address in, the one spelling that all its variants share out.

Two addresses with the same canonical form lead to the same text: letter case, default ports, percent-encoding and
dot segments are put right as RFC 3986 (section 6) and the WHATWG's URL standard do; what was added to follow
readers about is dropped, and pages made for phones or by AMP are traced to the plain one.
"""

import re
from typing import NamedTuple
from urllib.parse import SplitResult, quote, urlsplit

_TRACKERS = (
    "utm_", "mtm_", "matomo_", "pk_", "piwik_", "itm_", "at_", "_hs", "hsa_", "oly_", "guce_",
)  # fmt: skip
"""Beginnings of parameters that only count visits: Urchin and Google, Matomo, AT Internet, HubSpot, Omeda, Yahoo."""

_TRACKER = frozenset((
    "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "gad_source", "gad_campaignid", "srsltid", "_ga", "_gl",  # Google
    "fbclid", "fb_action_ids", "fb_action_types", "fb_source", "fb_ref", "igshid", "igsh",  # Facebook, Instagram
    "msclkid", "ocid", "cvid",  # Microsoft
    "ref_src", "ref_url", "twclid",  # Twitter
    "yclid", "ysclid", "_openstat",  # Yandex
    "ttclid", "li_fat_id", "rdt_cid", "epik", "scclid",  # TikTok, LinkedIn, Reddit, Pinterest, Snapchat
    "mc_cid", "mc_eid", "mkt_tok", "vero_id", "vero_conv", "_kx", "ck_subscriber_id", "__s", "dm_i",  # mailings
    "xtor", "wt_mc", "wt_zmc", "s_cid", "cmpid", "ncid", "icid", "rss_id", "guccounter",  # publishers
    "cmp", "smid", "sr_share", "s_kwcid", "ef_id", "wickedid", "rb_clickid", "hsctatracking", "spm", "trk",
))  # fmt: skip
"""Parameters, in lower case, that only count visits."""

_PORTS = {"http": 80, "https": 443}
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_IN_PATH = "!$&'()*+,;=:@/%"
_IN_QUERY = f"{_IN_PATH}?"
_ESCAPE = re.compile("%([0-9a-fA-F]{2})?")
_HOST = re.compile(r"\[[0-9a-f:.]+\]|[\w-]+(?:\.[\w-]+)*")
# `m.example.org`, `en.m.example.org`, `amp.example.org`; what is left must still be somebody's own domain.
_VARIANT = re.compile(r"(?P<language>[a-z]{2}\.)?(?:m|mobile|amp)\.(?P<plain>[^.]+(?:\.[^.]+)+)")
_SUFFIX = re.compile(r"[a-z]{2,3}\.[a-z]{2}")  # such as `co.uk`
_AMP_PATH = re.compile(r"(?<=[^/])/amp(?=/?$)|(?<=[^/.])\.amp(?=(?:\.html?)?$)", re.IGNORECASE)
_AMP_VALUES = {"amp": ("", "1", "true", "yes"), "outputtype": ("amp",), "output": ("amp",)}
_GOOGLE = re.compile(r"(?:www\.)?google(?:\.[a-z]{2,3}){1,2}")
_VIEWER = re.compile(r"/amp/(?P<s>s/)?(?P<address>[^/]+\..+)")
_CACHE = re.compile(r"(?:.+\.)?(?:cdn\.ampproject\.org|bing-amp\.com)")
_CACHED = re.compile(r"/[a-z]{1,2}/(?P<s>s/)?(?P<address>[^/]+\..+)")
_MAX_LENGTH = 8192
"""Characters; servers take no longer addresses."""


class _Parts(NamedTuple):
    scheme: str
    host: str
    port: int | None
    path: str
    query: str


def canonical(url: str) -> str | None:
    """
    Return the canonical form of an http or https address, `None` if *url* is none.

    The order of parameters is kept, and so is `www.`: they may matter. The form of a form is itself.
    """
    parts = _parts(url)
    while parts is not None and (copied := _copied(parts)) is not None:
        parts = copied
    if parts is None:
        return None
    port = "" if parts.port is None else f":{parts.port}"
    return f"{parts.scheme}://{parts.host}{port}{parts.path}" + (f"?{parts.query}" if parts.query else "")


def _parts(url: str) -> _Parts | None:
    """Take an address apart, each part in its normal form."""
    try:
        split = urlsplit(url.strip()) if len(url) <= _MAX_LENGTH else SplitResult("", "", "", "", "")
        host = (split.hostname or "").removesuffix(".")
        port = split.port
        path, query = _escaped(split.path, _IN_PATH), _escaped(split.query, _IN_QUERY)
    except ValueError:
        return None
    if split.scheme not in _PORTS or "\\" in split.netloc:
        return None
    host = f"[{host}]" if ":" in host else host
    if not _HOST.fullmatch(host):
        return None
    return _Parts(
        scheme=split.scheme,
        host=_plain_host(host),
        port=None if port == _PORTS[split.scheme] else port,
        path=_plain_path(_without_dots(path)),
        query=_kept(query),
    )


def _escaped(text: str, allowed: str) -> str:
    """Return *text* with percent signs where RFC 3986 wants them and nowhere else, in upper case."""
    return quote(_ESCAPE.sub(_escape, text), safe=allowed)


def _escape(match: re.Match[str]) -> str:
    if match[1] is None:
        return "%25"
    byte = int(match[1], 16)
    return chr(byte) if byte in _UNRESERVED else f"%{byte:02X}"


def _without_dots(path: str) -> str:
    """Return an absolute path without the segments `.` and `..`."""
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments and segments[-1] in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)


def _plain_host(host: str) -> str:
    while (match := _VARIANT.fullmatch(host)) and not _SUFFIX.fullmatch(match["plain"]):
        host = (match["language"] or "") + match["plain"]
    return host


def _plain_path(path: str) -> str:
    while (plain := _AMP_PATH.sub("", path)) != path:
        path = plain
    return path


def _kept(query: str) -> str:
    """Return the parameters that say which page is meant, in their order."""
    # `&amp;` is left by those who escape an address twice.
    parameters = (re.sub(r"^(?:amp;)+", "", parameter) for parameter in query.split("&"))
    return "&".join(parameter for parameter in parameters if parameter and not _is_noise(parameter))


def _is_noise(parameter: str) -> bool:
    name, _, value = parameter.lower().partition("=")
    return name.startswith(_TRACKERS) or name in _TRACKER or value in _AMP_VALUES.get(name, ())


def _copied(parts: _Parts) -> _Parts | None:
    """Return the page of which Google or Bing show a copy."""
    if _GOOGLE.fullmatch(parts.host):
        match = _VIEWER.fullmatch(parts.path)
    elif _CACHE.fullmatch(parts.host):
        match = _CACHED.fullmatch(parts.path)
    else:
        return None
    if match is None:
        return None
    scheme = "https" if match["s"] else "http"
    return _parts(f"{scheme}://{match['address']}" + (f"?{parts.query}" if parts.query else ""))
