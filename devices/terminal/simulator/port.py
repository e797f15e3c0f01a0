"""Where the till's bytes come in: a TCP listener or a pseudo terminal, with the accidents of each."""

import asyncio
import contextlib
import os
import socket
import struct
import tty
from pathlib import Path
from typing import Final, Protocol, cast

_LINGER_NONE: Final = struct.pack("ii", 1, 0)
_CHUNK: Final = 65_536


class Ears(Protocol):
    """Who hears of it."""

    def opened(self) -> None:
        """A till is there."""

    def heard(self, data: bytes) -> None:
        """It sent this."""

    def closed(self) -> None:
        """It is gone."""


class Port(Protocol):
    """A way in."""

    @property
    def name(self) -> dict[str, object]:
        """What a till needs to find it."""
        ...

    async def open(self, ears: Ears) -> None:
        """Begin to listen; raises OSError."""
        ...

    def write(self, data: bytes) -> None:
        """Send to the till, if one is there."""
        ...

    def hang_up(self, *, reset: bool = False) -> None:
        """Close this till's connection, by FIN or by RST."""
        ...

    @property
    def delivers_late(self) -> bool:
        """Whether bytes sent while the cable was out arrive when it is in again."""
        ...

    @property
    def refusing(self) -> bool:
        """Whether `open` must be called before another till can come."""
        ...

    def refuse(self) -> None:
        """The cable is out: no new till gets through, the present connection knows nothing yet."""
        ...

    def close(self) -> None:
        """Stop listening, and close what is open."""
        ...


class _Connection(asyncio.Protocol):
    def __init__(self, port: "TcpPort", ears: Ears) -> None:
        self._port = port
        self._ears = ears
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A till connects: it takes the place of any before it, which may be half open."""
        self.transport = cast("asyncio.Transport", transport)
        sock = transport.get_extra_info("socket")
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._port.take(self)
        self._ears.opened()

    def data_received(self, data: bytes) -> None:
        """Bytes of the till that is connected now."""
        if self._port.current is self:
            self._ears.heard(data)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  # the reason does not matter to a terminal
        """The till closed, or the network did."""
        self._port.gone(self, self._ears)


class TcpPort:
    """TCP: the till connects, one till at a time; port 0 takes a free one and keeps it."""

    def __init__(self, host: str, port: int) -> None:
        self._host = host
        self._port = port
        self._server: asyncio.Server | None = None
        self.current: _Connection | None = None

    @property
    def name(self) -> dict[str, object]:
        """Host and bound port."""
        return {"host": self._host, "port": self._port}

    async def open(self, ears: Ears) -> None:
        """Listen; raises OSError where the port is taken."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Connection(self, ears), self._host, self._port)
        self._port = self._server.sockets[0].getsockname()[1]

    def take(self, connection: _Connection) -> None:
        """A new till: the old one's connection is reset."""
        if self.current is not None:
            self.hang_up(reset=True)
        self.current = connection

    def gone(self, connection: _Connection, ears: Ears) -> None:
        """A connection has ended; only the present one's end matters."""
        if self.current is connection:
            self.current = None
            ears.closed()

    def write(self, data: bytes) -> None:
        """Send to the till, if one is there."""
        if self.current is not None and self.current.transport is not None:
            self.current.transport.write(data)

    def hang_up(self, *, reset: bool = False) -> None:
        """Close by FIN after what was written, or by RST at once."""
        connection, self.current = self.current, None
        if connection is None or connection.transport is None:
            return
        if reset:
            sock = connection.transport.get_extra_info("socket")
            with contextlib.suppress(OSError):  # already closed by the till
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NONE)
            connection.transport.abort()
        else:
            connection.transport.close()

    @property
    def delivers_late(self) -> bool:
        """TCP repeats until it gets through."""
        return True

    @property
    def refusing(self) -> bool:
        """Whether nobody listens."""
        return self._server is None

    def refuse(self) -> None:
        """Stop listening and leave the connection as it is."""
        if self._server is not None:
            self._server.close()
            self._server = None

    def close(self) -> None:
        """Stop listening; the connection is reset, as by a device without power."""
        self.hang_up(reset=True)
        self.refuse()


class PtyPort:
    """A serial line: a pseudo terminal whose far end is found under LINK; always open, as a cable is."""

    def __init__(self, link: Path) -> None:
        self._link = link
        self._master: int | None = None
        self._slave: int | None = None
        self._ears: Ears | None = None
        self._again: asyncio.Task[None] | None = None

    @property
    def name(self) -> dict[str, object]:
        """The link, and the device it leads to."""
        return {
            "pty": str(self._link),
            "device": os.ttyname(self._slave) if self._slave is not None else None,
        }

    async def open(self, ears: Ears) -> None:
        """Make the pair and the link; raises OSError where LINK is something else than a link."""
        self._ears = ears
        self._master, self._slave = os.openpty()
        tty.setraw(self._slave)
        os.set_blocking(self._master, False)
        if self._link.is_symlink():
            self._link.unlink()
        self._link.symlink_to(os.ttyname(self._slave))
        asyncio.get_running_loop().add_reader(self._master, self._read)
        ears.opened()

    def _read(self) -> None:
        if self._master is None or self._ears is None:
            return
        with contextlib.suppress(BlockingIOError):
            self._ears.heard(os.read(self._master, _CHUNK))

    def write(self, data: bytes) -> None:
        """Send; what a full line cannot take is lost, as without handshake it is."""
        if self._master is not None:
            with contextlib.suppress(BlockingIOError):
                os.write(self._master, data)

    def hang_up(self, *, reset: bool = False) -> None:  # noqa: ARG002  # a serial line has no two ways to end
        """End this device and offer a new one under the same link, as a USB adapter that came off does."""
        ears = self._ears
        self.close()
        if ears is not None:
            self._again = asyncio.get_running_loop().create_task(self.open(ears))

    @property
    def delivers_late(self) -> bool:
        """What a serial cable does not carry is lost."""
        return False

    @property
    def refusing(self) -> bool:
        """Never: the device stays, only the far end of the cable hangs loose."""
        return False

    def refuse(self) -> None:
        """Nothing to do: the line itself holds the bytes back."""

    def close(self) -> None:
        """Take the device away."""
        if self._master is None or self._slave is None:
            return
        asyncio.get_running_loop().remove_reader(self._master)
        os.close(self._master)
        os.close(self._slave)
        self._master = self._slave = self._ears = None
        if self._link.is_symlink():
            self._link.unlink()
