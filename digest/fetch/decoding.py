"""
Compressed bytes in, their content out, in pieces of bounded size.

However much a few bytes blow up to, no decoder here makes more than a piece or two at a time, so
whoever counts the pieces stops a bomb while it is small. The usual HTTP libraries inflate all that
has arrived at once, which a few kilobytes of Brotli or Zstandard turn into gigabytes.
"""

import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Protocol

ACCEPTED = "gzip, br, zstd"
"""What we tell servers that we can undo."""

PIECE_BYTES = 65_536
_MOST_LAYERS = 2
_ZSTD_WINDOW_LOG = 23
"""8 MB, the most that HTTP allows (RFC 9659); a frame could ask for gigabytes."""


def decoded(chunks: Iterable[bytes], encodings: str) -> Iterator[bytes]:
    """
    Undo the encodings of a body.

    Args:
        chunks: The body as it comes.
        encodings: The value of `Content-Encoding`: names in the order in which they were applied.

    Raises:
        ValueError: An encoding is unknown, the content is broken, or it ends too early.
    """
    names = [name for part in encodings.lower().split(",") if (name := part.strip())]
    layers = [name for name in names if name != "identity"]
    if len(layers) > _MOST_LAYERS:
        raise ValueError(f"compressed {len(layers)} times over")
    for name in reversed(layers):
        if name not in _STREAMS:
            raise ValueError(f"compressed as `{name}`, which was not asked for")
        chunks = _undone(chunks, _STREAMS[name])
    yield from chunks


class _Stream(Protocol):
    """One compressed stream on its way."""

    @property
    def name(self) -> str:
        """What to call it."""

    @property
    def another(self) -> bytes | None:
        """How another stream behind this one would begin; `None` if there can be none."""

    @property
    def is_done(self) -> bool:
        """Whether the stream has come to its end."""

    @property
    def rest(self) -> bytes:
        """What came behind its end."""

    def take(self, data: bytes) -> bytes:
        """Return the next piece; an empty one when there is no more without more *data*."""


def _undone(chunks: Iterable[bytes], start: Callable[[], _Stream]) -> Iterator[bytes]:
    """Undo streams that stand one behind the other; other bytes behind one are padding."""
    stream = start()
    is_empty = True
    for chunk in chunks:
        if not (data := chunk):
            continue
        is_empty = False
        while True:
            if stream.is_done:
                if not data:
                    break
                if stream.another is None or data[:1] != stream.another:
                    return
                stream = start()
            try:
                piece = stream.take(data)
            except Exception as error:  # each library has its own
                raise ValueError(f"broken {stream.name}") from error
            yield piece
            if not piece and not stream.is_done:
                break
            data = stream.rest if stream.is_done else b""
    if not (is_empty or stream.is_done):
        raise ValueError(f"cut short: its {stream.name} does not end")


class _Gzip:
    """RFC 1952."""

    name = "gzip"
    another = b"\x1f"

    def __init__(self) -> None:
        self._inflate = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)

    @property
    def is_done(self) -> bool:
        return self._inflate.eof

    @property
    def rest(self) -> bytes:
        return self._inflate.unused_data

    def take(self, data: bytes) -> bytes:
        return self._inflate.decompress(data or self._inflate.unconsumed_tail, PIECE_BYTES)


class _Brotli:
    """RFC 7932."""

    name = "brotli"
    another = None
    rest = b""

    def __init__(self) -> None:
        import brotli

        self._inflate: Any = brotli.Decompressor()

    @property
    def is_done(self) -> bool:
        return bool(self._inflate.is_finished())

    def take(self, data: bytes) -> bytes:
        return bytes(self._inflate.process(data, output_buffer_limit=PIECE_BYTES))


class _Zstandard:
    """RFC 8878."""

    name = "zstd"
    another = b"\x28"

    def __init__(self) -> None:
        if sys.version_info >= (3, 14):
            from compression import zstd
        else:
            from backports import zstd

        window_log_max = int(zstd.DecompressionParameter.window_log_max)
        self._inflate = zstd.ZstdDecompressor(options={window_log_max: _ZSTD_WINDOW_LOG})

    @property
    def is_done(self) -> bool:
        return self._inflate.eof

    @property
    def rest(self) -> bytes:
        return self._inflate.unused_data

    def take(self, data: bytes) -> bytes:
        return self._inflate.decompress(data, max_length=PIECE_BYTES)


_STREAMS: Mapping[str, Callable[[], _Stream]] = {
    "gzip": _Gzip,
    "x-gzip": _Gzip,
    "br": _Brotli,
    "zstd": _Zstandard,
}
