"""
The built site, previewed on loopback: a folder in, answers to a browser out.

Nothing is built here: `watch` calls whoever builds. What a server owes a browser is taken from
RFC 9110 (HTTP semantics); the server itself is the standard library's.
"""

from digest.serve.preview import PortError, Preview
from digest.serve.watching import watch

__all__ = ["PortError", "Preview", "watch"]
