"""Ways to a printer: port 9100, serial line, kernel printer device, file; a write tells how much it took."""

from __future__ import annotations

import asyncio
import os
import socket
import termios
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Protocol

import serial

from devices.settings import File, Serial, Tcp, Usblp

if TYPE_CHECKING:
    from devices.settings import Address

_BAUD: Final = 38400  # the models' default
_READ: Final = 4096
_CONNECT_S: Final = 3.0


class PortLostError(Exception):
    """The printer cannot be reached any more, or yet."""


class Port(Protocol):
    """An open way to the printer that never blocks."""

    polled: bool
    """Whether readiness must be found out by trying; else the descriptor tells."""

    def fileno(self) -> int:
        """The descriptor to wait on."""

    def read(self) -> bytes:
        """What has arrived, empty when nothing has.

        Raises:
            PortLostError: The other end is gone.
        """

    def write(self, data: bytes) -> int:
        """Hand over what can be taken now; how many bytes that was.

        Raises:
            PortLostError: The other end is gone.
        """

    def close(self) -> None:
        """Let it go."""


def brings_answers(address: Address) -> bool:
    """Whether anything can come back from there."""
    return not isinstance(address, File)


async def open_port(address: Address) -> Port:
    """Open the way to a printer.

    Raises:
        PortLostError: It cannot be opened now.
    """
    try:
        match address:
            case Tcp():
                return await _connect(address)
            case Serial():
                return _DescriptorPort(_open_serial(address), polled=False, end_of_file=True)
            case Usblp():
                return _DescriptorPort(os.open(address.path, os.O_RDWR | os.O_NONBLOCK), polled=True)
            case File():
                return _DescriptorPort(_open_file(address), polled=True, readable=False)
    except (OSError, TimeoutError, serial.SerialException) as fault:
        raise PortLostError(f"{address} cannot be opened: {str(fault) or 'no answer in time'}") from fault


async def _connect(address: Tcp) -> Port:
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(_CONNECT_S):
        known = await loop.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
        family, kind, protocol, _, place = known[0]
        connection = socket.socket(family, kind, protocol)
        connection.setblocking(False)  # noqa: FBT003 - the standard library's own signature
        try:
            await loop.sock_connect(connection, place)
        except BaseException:
            connection.close()
            raise
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    return _SocketPort(connection)


class _Line(serial.Serial):
    """A line that keeps what has arrived: a process id may have come while nobody had it open."""

    def _reset_input_buffer(self) -> None:
        """Not on opening."""


def _open_serial(address: Serial) -> int:
    """Let pyserial set the line up, and keep the descriptor: its own write does not tell how much it took."""
    line = _Line(str(address.path), address.baud or _BAUD, timeout=0, exclusive=True)
    try:
        # pyserial has an empty line read as end of file; with VMIN 1 only a hang-up does (termios(3)).
        settings = termios.tcgetattr(line.fileno())
        settings[6][termios.VMIN] = 1
        termios.tcsetattr(line.fileno(), termios.TCSANOW, settings)
        return os.dup(line.fileno())
    except termios.error as fault:
        raise OSError(*fault.args) from fault
    finally:
        line.close()


def _open_file(address: File) -> int:
    return os.open(address.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NONBLOCK, 0o660)


class _SocketPort:
    """Network port 9100."""

    polled = False

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def fileno(self) -> int:
        return self._connection.fileno()

    def read(self) -> bytes:
        try:
            data = self._connection.recv(_READ)
        except BlockingIOError:
            return b""
        except OSError as fault:
            raise PortLostError(f"the connection broke: {fault.strerror}") from fault
        if not data:
            raise PortLostError("the printer closed the connection")
        return data

    def write(self, data: bytes) -> int:
        try:
            return self._connection.send(data)
        except BlockingIOError:
            return 0
        except OSError as fault:
            raise PortLostError(f"the connection broke: {fault.strerror}") from fault

    def close(self) -> None:
        self._connection.close()


class _DescriptorPort:
    """A serial line, /dev/usb/lp*, or a file."""

    def __init__(
        self, descriptor: int, *, polled: bool, readable: bool = True, end_of_file: bool = False
    ) -> None:
        """`end_of_file`: an empty read means the line hung up; of usblp it means nothing has come."""
        self.polled = polled
        self._descriptor = descriptor
        self._readable = readable
        self._end_of_file = end_of_file

    def fileno(self) -> int:
        return self._descriptor

    def read(self) -> bytes:
        if not self._readable:
            return b""
        try:
            data = os.read(self._descriptor, _READ)
        except BlockingIOError:
            return b""
        except OSError as fault:
            raise PortLostError(f"the printer was unplugged: {fault.strerror}") from fault
        if not data and self._end_of_file:
            raise PortLostError("the serial line hung up")
        return data

    def write(self, data: bytes) -> int:
        try:
            return os.write(self._descriptor, data)
        except BlockingIOError:
            return 0
        except OSError as fault:
            raise PortLostError(f"the printer was unplugged: {fault.strerror}") from fault

    def close(self) -> None:
        with suppress(OSError):
            os.close(self._descriptor)
