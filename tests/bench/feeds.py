"""
Any number of feeds on loopback, one thread: each address is a feed that never changes.

It is read once and from then on answered with 304; it is good for a day, so that it is due only when somebody
says so.
"""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tests.bench.archive import text
from tests.world.documents import document

_ETAG = '"as-ever"'


@contextmanager
def served(*, has_entries: bool) -> Iterator[str]:
    """
    Serve feeds, and give the address that they are at.

    Args:
        has_entries: Whether each has one entry, or none.
    """
    loop = asyncio.new_event_loop()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        question = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        path = question.split(" ", 2)[1]
        body = b"" if _ETAG in question else _feed(path, has_entries=has_entries)
        head = (
            f"HTTP/1.1 {'200 Here it is' if body else '304 As ever'}\r\nContent-Type: text/xml\r\n"
            f"ETag: {_ETAG}\r\nCache-Control: max-age=86400\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        )
        writer.write(head.encode("latin-1") + body)
        await writer.drain()
        writer.close()

    server = loop.run_until_complete(asyncio.start_server(answer, "127.0.0.1", 0, backlog=1024))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
        loop.close()


def _feed(path: str, *, has_entries: bool) -> bytes:
    number = int(path.strip("/").removesuffix(".xml"))
    url = f"https://paper-{number}.example/story"
    title, paragraphs = text(10_000_000 + number)
    content = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    entry = {"id": url, "url": url, "title": title, "date": None, "content": content}
    return document("rss", [entry] if has_entries else [])
