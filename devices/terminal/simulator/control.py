"""The control socket: JSON Lines in (rules, keys), what happens out, for any number of clients."""

import asyncio
import json
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Final

_BACKLOG: Final = 1_000_000
"""Bytes a client may leave unread before it is dropped: a slow watcher must not hold the terminal up."""


class ControlSocket:
    """Listens on a Unix socket. `obey` carries one line out and returns the answer for its sender."""

    def __init__(
        self, path: Path, obey: Callable[[str], dict[str, object]], greet: Callable[[], dict[str, object]]
    ) -> None:
        self._path = path
        self._obey = obey
        self._greet = greet
        self._clients: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server | None = None

    async def open(self) -> None:
        """Listen, in place of a socket nobody serves any more; raises OSError where somebody does."""
        if self._path.is_socket():
            self._remove_dead()
        self._server = await asyncio.start_unix_server(self._serve, self._path)

    def _remove_dead(self) -> None:
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(str(self._path))
            except ConnectionRefusedError:
                self._path.unlink()
                return
        raise OSError(f"{self._path} is served by another process; stop that one or name another socket")

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._clients.add(writer)
        self._send(writer, self._greet())
        try:
            async for line in reader:
                if line.strip():
                    self._send(writer, self._obey(line.decode(errors="replace")))
        except (ConnectionError, ValueError):  # gone, or a line without end
            pass
        finally:
            self._clients.discard(writer)
            writer.close()

    @staticmethod
    def _send(writer: asyncio.StreamWriter, event: dict[str, object]) -> None:
        if not writer.is_closing():
            writer.write(json.dumps(event, ensure_ascii=False).encode() + b"\n")

    def tell(self, event: dict[str, object]) -> None:
        """Send an event to every client."""
        for writer in list(self._clients):
            if writer.transport.get_write_buffer_size() > _BACKLOG:
                writer.transport.abort()
            else:
                self._send(writer, event)

    async def close(self) -> None:
        """Stop, and take the socket away; a client that does not read loses what it has not read."""
        if self._server is None:
            return
        self._server.close()
        writers = list(self._clients)
        for writer in writers:
            writer.close()
        await asyncio.sleep(0)
        for writer in writers:
            writer.transport.abort()
        await asyncio.sleep(0)
        self._path.unlink(missing_ok=True)
