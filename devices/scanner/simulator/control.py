"""The control socket of the simulated scanner: the script's lines live, what happened to every client."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from devices.scanner.simulator.script import Line, ScriptError, parse_line

Happened = dict[str, Any]


class Control:
    """Serves one Unix socket, JSON Lines both ways.

    Each client is told the state when it connects and then everything that happens, whoever asked for it;
    a line that cannot be carried out is answered to its sender alone, `{"event": "error", "sentence": …}`.
    """

    def __init__(
        self, path: Path, act: Callable[[Line], Awaitable[Happened]], state: Callable[[], Happened]
    ) -> None:
        self._path = path
        self._act = act
        self._state = state
        self._clients: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Listens.

        Raises:
            OSError: the socket cannot be made there.
        """
        if self._path.is_socket():
            self._path.unlink()
        self._server = await asyncio.start_unix_server(self._serve, self._path)

    async def close(self) -> None:
        """Stops listening and lets the clients go."""
        if self._server is None:
            return
        self._server.close()
        for client in tuple(self._clients):
            client.close()
        await self._server.wait_closed()
        self._path.unlink(missing_ok=True)

    def tell(self, happened: Happened) -> None:
        """Tells every client."""
        for client in tuple(self._clients):
            _send(client, happened)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._clients.add(writer)
        _send(writer, self._state())
        try:
            # A client that left, also in the middle of a line longer than the stream's limit.
            with suppress(ConnectionError, ValueError):
                async for text in reader:
                    await self._take(writer, text)
        finally:
            self._clients.discard(writer)
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    async def _take(self, writer: asyncio.StreamWriter, text: bytes) -> None:
        if not text.strip():
            return
        try:
            line = parse_line(text.decode("utf-8", "replace"))
        except ScriptError as error:
            _send(writer, {"event": "error", "sentence": str(error)})
            return
        self.tell(await self._act(line))


def _send(client: asyncio.StreamWriter, happened: Happened) -> None:
    client.write(json.dumps(happened).encode() + b"\n")
