"""A printer of few words: it answers polls and process ids over TCP, and can be told to misbehave."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from devices.settings import Tcp

_ASKED = re.compile(rb"\x10\x04[\x01-\x04]|\x1d\(H\x06\x0000(....)|\x10\x14\x08.{7}", re.DOTALL)

_LONGEST = 16


class Bench:
    """What the printer has received, over all its connections."""

    def __init__(self) -> None:
        self.received = b""
        self.connections = 0
        self.status = b"\x12"
        self.drop_at: int | None = None
        self.address = Tcp("127.0.0.1", 0)
        self._server: asyncio.Server | None = None
        self._nobody = asyncio.Condition()
        self._open: set[asyncio.StreamWriter] = set()

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["Bench"]:
        self._nobody = asyncio.Condition()
        self._server = await asyncio.start_server(self._talk, "127.0.0.1", self.address.port)
        self.address = Tcp("127.0.0.1", self._server.sockets[0].getsockname()[1])
        async with self._server:
            yield self
            for writer in self._open:
                writer.transport.abort()
            async with self._nobody:
                await self._nobody.wait_for(lambda: not self._open)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._open.add(writer)
        seen = b""
        try:
            while data := await reader.read(4096):
                seen += data
                self.received += data
                if self.drop_at is not None and len(self.received) >= self.drop_at:
                    self.drop_at = None
                    writer.transport.abort()
                    return
                seen = self._answer(seen, writer)
        except ConnectionError:
            pass
        finally:
            writer.close()
            self._open.discard(writer)
            async with self._nobody:
                self._nobody.notify_all()

    def _answer(self, seen: bytes, writer: asyncio.StreamWriter) -> bytes:
        end = 0
        for asked in _ASKED.finditer(seen):
            end = asked.end()
            identifier = asked.group(1)
            cleared = asked.group().startswith(b"\x10\x14")
            block = b'7"' + identifier + b"\x00" if identifier else b""
            writer.write(block or (b"7%\x00" if cleared else self.status))
        return seen[end:][-_LONGEST:]


@pytest.fixture
def bench() -> Bench:
    return Bench()
