"""The simulated printer's end of the cable: a TCP port (one host at a time, as the real ones) or a pty."""

from __future__ import annotations

import asyncio
import os
import pty
import socket
import struct
import tty
from contextlib import suppress
from pathlib import Path
from typing import Protocol

_BACKLOG = 4
# Small, so that a printer that stops reading is felt by the host as soon as by a real one.
_RECEIVE_BYTES = 2048
_LINGER_NONE = struct.pack("ii", 1, 0)


class Port(Protocol):
    """What the server needs of a cable."""

    async def connect(self) -> None:
        """Wait until a host is there."""

    async def read(self, most: int) -> bytes:
        """Up to ``most`` bytes from the host; empty when it has gone."""

    async def write(self, data: bytes) -> None:
        """Send to the host, if there is one."""

    def hang_up(self, *, reset: bool) -> None:
        """Let the host go; ``reset``: as a machine that lost its power, nothing is answered any more."""

    def close(self) -> None:
        """Give the port back."""


class TcpPort:
    """Raw TCP, as port 9100 of a network printer; bound to this machine alone."""

    def __init__(self, port: int) -> None:
        """Bind ``port`` (0: any free one).

        Raises:
            OSError: the port is taken.
        """
        self._listener: socket.socket | None = None
        self._host: socket.socket | None = None
        self.number = port
        self._listen()

    def _listen(self) -> socket.socket:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVE_BYTES)
        listener.settimeout(0)
        try:
            listener.bind(("127.0.0.1", self.number))
        except OSError:
            listener.close()
            raise
        listener.listen(_BACKLOG)
        self.number = listener.getsockname()[1]
        self._listener = listener
        return listener

    async def connect(self) -> None:
        """Wait for the next host; a second one waits in the queue until the first has gone."""
        listener = self._listener or self._listen()
        self._host, _ = await asyncio.get_running_loop().sock_accept(listener)
        self._host.settimeout(0)
        self._host.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    async def read(self, most: int) -> bytes:
        """Up to ``most`` bytes; empty when the host has gone."""
        if self._host is None:
            return b""
        try:
            return await asyncio.get_running_loop().sock_recv(self._host, most)
        except OSError:
            return b""

    async def write(self, data: bytes) -> None:
        """Send; a host that has gone is noticed by the next read."""
        if self._host is not None:
            with suppress(OSError):
                await asyncio.get_running_loop().sock_sendall(self._host, data)

    def hang_up(self, *, reset: bool) -> None:
        """Close the connection; with ``reset`` also the listener, as nothing answers at that address."""
        host, self._host = self._host, None
        if host is not None:
            if reset:
                host.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NONE)
            host.close()
        if reset and self._listener is not None:
            self._listener.close()
            self._listener = None

    def close(self) -> None:
        """Close everything."""
        self.hang_up(reset=True)


class PtyPort:
    """A serial line: a pty whose other end is linked at a path of the caller's choice."""

    def __init__(self, link: Path) -> None:
        """Make the pty and the link.

        Raises:
            OSError: the link cannot be made there.
        """
        self._ours, self._theirs = pty.openpty()
        tty.setraw(self._theirs)
        os.set_blocking(self._ours, False)
        self.path = os.ttyname(self._theirs)
        self._link = link
        if link.is_symlink():
            link.unlink()
        try:
            link.symlink_to(self.path)
        except OSError:
            os.close(self._ours)
            os.close(self._theirs)
            raise

    async def connect(self) -> None:
        """A serial line is always there."""

    async def read(self, most: int) -> bytes:
        """Up to ``most`` bytes; waits for the first."""
        await self._readable()
        with suppress(BlockingIOError):
            return os.read(self._ours, most)
        return await self.read(most)

    async def write(self, data: bytes) -> None:
        """Send; what nobody reads for long is lost, as on a line without a host."""
        with suppress(BlockingIOError):
            os.write(self._ours, data)

    async def _readable(self) -> None:
        loop = asyncio.get_running_loop()
        ready = asyncio.Event()
        loop.add_reader(self._ours, ready.set)
        try:
            await ready.wait()
        finally:
            loop.remove_reader(self._ours)

    def hang_up(self, *, reset: bool) -> None:
        """A serial line has nobody to let go; what waits in it is lost with the power."""
        if reset:
            with suppress(BlockingIOError):
                while os.read(self._ours, 4096):
                    pass

    def close(self) -> None:
        """Remove the link and close the pty."""
        self._link.unlink(missing_ok=True)
        os.close(self._ours)
        os.close(self._theirs)
