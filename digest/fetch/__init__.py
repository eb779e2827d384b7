"""
Addresses in, what their servers answer out: politely, safely, and never for longer than agreed.

A fetch is a journey of legs, each one connection to one host. `together` is the way in (`fetch`,
`fetch_all`) and decides who goes when, `journey` where a redirect may lead, `guard` which IP
addresses may be connected to; `wire` keeps the deadline, `exchange` and `decoding` read the answer
and no more of it than agreed, `robots` says whether a page may be read. `schedule` says when a source
is to be asked again. A build that has nothing to fetch needs no more than that one, so importing the
room costs next to nothing, and the way in is imported by whoever goes there.
"""

from digest.fetch.errors import FetchError
from digest.fetch.values import Policy, Request, Response

__all__ = ["FetchError", "Policy", "Request", "Response"]
