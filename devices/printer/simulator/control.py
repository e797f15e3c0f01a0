"""The control socket of the simulated printer: script lines in, what happened out, for several clients."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from devices.printer.simulator.script import Line, ScriptError, parse_line

Event = dict[str, object]
# A client that does not read is dropped rather than remembered without end.
_BACKLOG_BYTES = 1 << 20


class Control:
    """Serves one Unix socket. Every client gets the state when it connects, then every event."""

    def __init__(self, path: Path, act: Callable[[Line], None], state: Callable[[], Event]) -> None:
        self._path = path
        self._act = act
        self._state = state
        self._clients: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None

    @property
    def watched(self) -> bool:
        """Whether anybody is connected."""
        return bool(self._clients)

    async def start(self) -> None:
        """Listen.

        Raises:
            OSError: the socket cannot be made there.
        """
        if self._path.is_socket():
            self._path.unlink()
        self._server = await asyncio.start_unix_server(self._serve, self._path)

    async def close(self) -> None:
        """Stop listening and let the clients go."""
        if self._server is None:
            return
        self._server.close()
        for client in tuple(self._clients):
            client.close()
        await self._server.wait_closed()
        self._path.unlink(missing_ok=True)

    def tell(self, event: Event) -> None:
        """Send one event to every client."""
        for client in tuple(self._clients):
            self._send(client, event)

    def _send(self, client: asyncio.StreamWriter, event: Event) -> None:
        if client.transport.get_write_buffer_size() > _BACKLOG_BYTES:
            client.transport.abort()
            return
        client.write(json.dumps(event, ensure_ascii=False).encode() + b"\n")

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._clients.add(writer)
        self._send(writer, self._state())
        with suppress(ConnectionError, asyncio.CancelledError):
            async for text in reader:
                self._take(writer, text)
        self._clients.discard(writer)
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()

    def _take(self, writer: asyncio.StreamWriter, text: bytes) -> None:
        if not text.strip():
            return
        try:
            line = parse_line(text.decode("utf-8", "replace"))
        except ScriptError as error:
            self._send(writer, {"event": "error", "sentence": str(error)})
            return
        self._act(line)
