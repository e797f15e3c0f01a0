"""The bytes' way to the terminal: a TCP connection or a serial line. No protocol lives here."""

import asyncio
import errno
import os
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Protocol, TypeAlias

import serial

_CHUNK = 4096
DEFAULT_BAUD = 9600
_NOT_A_PORT = (errno.ENOTTY, errno.EINVAL, errno.EIO)


class TransportError(OSError):
    """The terminal cannot be reached; the text is a sentence."""


class Transport(Protocol):
    """An open way to the terminal."""

    async def read(self) -> bytes:
        """Return what arrived, empty when the other end has gone."""
        ...

    def write(self, data: bytes) -> None:
        """Send; an error shows at the next read."""
        ...

    async def close(self) -> None:
        """Close; may be called twice."""
        ...


Dial: TypeAlias = Callable[[float], Awaitable[Transport]]


class TcpTransport:
    """A connection opened and closed by us (PA00P016: the terminal listens, usually on 20007)."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def read(self) -> bytes:
        """Return what arrived, empty when the other end has gone."""
        try:
            return await self._reader.read(_CHUNK)
        except OSError:
            return b""

    def write(self, data: bytes) -> None:
        """Send; an error shows at the next read."""
        if not self._writer.is_closing():
            self._writer.write(data)

    async def close(self) -> None:
        """Close; may be called twice."""
        self._writer.close()
        with suppress(OSError):
            await self._writer.wait_closed()


async def open_tcp(host: str, port: int, timeout: float) -> Transport:  # noqa: ASYNC109 - T3 of the profile
    """Connect within `timeout` seconds.

    Raises:
        TransportError: nobody answers there.
    """
    try:
        async with asyncio.timeout(timeout):
            reader, writer = await asyncio.open_connection(host, port)
    except TimeoutError:
        raise TransportError(f"The terminal at {host}:{port} does not answer.") from None
    except OSError as error:
        raise TransportError(
            f"The terminal at {host}:{port} cannot be reached: {error.strerror or error}."
        ) from None
    plug = writer.get_extra_info("socket")
    plug.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    plug.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    return TcpTransport(reader, writer)


class SerialTransport:
    """A serial line with 8 data bits, no parity, two stop bits; a pseudo terminal will do too."""

    def __init__(self, port: serial.Serial) -> None:
        self._port = port
        self._loop = asyncio.get_running_loop()
        self._pieces: asyncio.Queue[bytes] = asyncio.Queue()
        self._unsent = bytearray()
        self._open = True
        self._descriptor = port.fileno()
        os.set_blocking(self._descriptor, False)
        self._loop.add_reader(self._descriptor, self._readable)

    def _readable(self) -> None:
        try:
            data = os.read(self._descriptor, _CHUNK)
        except BlockingIOError:
            return
        except OSError:  # EIO: the other end of a pseudo terminal is gone; ENXIO: the adapter was pulled
            data = b""
        if not data:
            self._loop.remove_reader(self._descriptor)
        self._pieces.put_nowait(data)

    async def read(self) -> bytes:
        """Return what arrived, empty when the line has gone."""
        return await self._pieces.get() if self._open else b""

    def write(self, data: bytes) -> None:
        """Send what the driver takes now, the rest when it has room."""
        self._unsent += data
        self._flush()

    def _flush(self) -> None:
        if not self._open:
            return
        with suppress(BlockingIOError, OSError):
            while self._unsent:
                del self._unsent[: os.write(self._descriptor, self._unsent)]
        if self._unsent:
            self._loop.add_writer(self._descriptor, self._flush)
        else:
            self._loop.remove_writer(self._descriptor)

    async def close(self) -> None:
        """Close; may be called twice."""
        if self._open:
            self._open = False
            self._loop.remove_reader(self._descriptor)
            self._loop.remove_writer(self._descriptor)
            with suppress(OSError):
                self._port.close()
            self._pieces.put_nowait(b"")


async def open_serial(path: Path, baud: int | None) -> Transport:
    """Open the line.

    Raises:
        TransportError: there is no such line, or it cannot be used.
    """
    port = serial.Serial()
    port.port = str(path)
    port.baudrate = baud or DEFAULT_BAUD
    port.stopbits = serial.STOPBITS_TWO
    port.timeout = 0
    try:
        port.open()
    except (OSError, ValueError) as error:
        if not _usable(port, error):
            reason = getattr(error, "strerror", None) or error
            raise TransportError(f"The terminal at {path} cannot be reached: {reason}.") from None
    return SerialTransport(port)


def _usable(port: serial.Serial, error: Exception) -> bool:
    """Tell whether only the modem lines are missing, which a pseudo terminal does not have."""
    return bool(port.is_open) and getattr(error, "errno", None) in _NOT_A_PORT
