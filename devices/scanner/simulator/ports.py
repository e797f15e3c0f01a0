"""What the simulated scanner is plugged into: a pseudo-terminal, a pipe of key events, or uinput."""

import os
import pty
import select
import struct
import time
import tty
from collections.abc import Callable
from pathlib import Path
from typing import Final, Protocol

from evdev import UInput

from devices.scanner.simulator.keys import EV_KEY, NAMES, SUFFIX_TEXT, strokes

INPUT_EVENT: Final = struct.Struct("llHHi")
DEVICE_NAME: Final = "Checkstand simulated scanner"
UINPUT: Final = Path("/dev/uinput")


class Port(Protocol):
    """One end of a cable. `type_piece` takes what `pieces` made of a text; each piece is one character."""

    def pieces(self, text: str, suffix: str) -> list[bytes]:
        """What goes over the cable for each character of the text and its suffix."""
        ...

    @property
    def heard(self) -> bool:
        """Whether a program has the other end open."""
        ...

    def plug(self) -> None:
        """Puts the cable in; does nothing when it is."""
        ...

    def unplug(self) -> None:
        """Pulls the cable; does nothing when it is out."""
        ...

    def send(self, piece: bytes) -> None:
        """Sends one piece.

        Raises:
            OSError: nobody takes it.
        """
        ...


class PtyPort:
    """A serial scanner: LINK is a symbolic link to the terminal a program opens as its serial port."""

    def __init__(self, link: Path) -> None:
        self._link = link
        self._ours: int | None = None

    def pieces(self, text: str, suffix: str) -> list[bytes]:
        """One piece a character, in UTF-8."""
        return [character.encode("utf-8", "surrogateescape") for character in text + SUFFIX_TEXT[suffix]]

    @property
    def heard(self) -> bool:
        """Whether a program has the other end open: Linux says HUP on the master when none has."""
        if self._ours is None:
            return False
        poll = select.poll()
        poll.register(self._ours, 0)
        return not poll.poll(0)

    def plug(self) -> None:
        """Makes the terminal and the link."""
        if self._ours is not None:
            return
        ours, theirs = pty.openpty()
        tty.setraw(theirs)
        fresh = self._link.with_name(f"{self._link.name}.new")
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(os.ttyname(theirs))
        fresh.rename(self._link)
        # Ours alone stays open: the first program to open the link is then seen, and so is its going.
        os.close(theirs)
        self._ours = ours

    def unplug(self) -> None:
        """Takes the link away, then the terminal: whoever has it open reads EIO."""
        if self._ours is not None:
            self._link.unlink(missing_ok=True)
            os.close(self._ours)
            self._ours = None

    def send(self, piece: bytes) -> None:
        """Sends one piece; see `Port.send`."""
        if self._ours is None or not self.heard:
            raise BrokenPipeError
        os.write(self._ours, piece)


class PipePort:
    """A keyboard wedge: NODE is a named pipe that carries struct input_event as an evdev node would."""

    def __init__(self, node: Path) -> None:
        self._node = node
        self._ours: int | None = None

    def pieces(self, text: str, suffix: str) -> list[bytes]:
        """One piece a character: its key events."""
        return [
            b"".join(_event(*record) for record in stroke) for stroke in strokes(text + SUFFIX_TEXT[suffix])
        ]

    @property
    def heard(self) -> bool:
        """Whether a program reads the pipe."""
        if self._ours is None:
            return False
        poll = select.poll()
        poll.register(self._ours, 0)
        return not poll.poll(0)

    def plug(self) -> None:
        """Makes the pipe. Our end is opened both ways first, as a pipe cannot be opened to write alone."""
        if self._ours is not None:
            return
        self._node.unlink(missing_ok=True)
        os.mkfifo(self._node, 0o600)
        both = os.open(self._node, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
        self._ours = os.open(self._node, os.O_WRONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        os.close(both)

    def unplug(self) -> None:
        """Takes the pipe away: whoever reads it sees its end."""
        if self._ours is not None:
            self._node.unlink(missing_ok=True)
            os.close(self._ours)
            self._ours = None

    def send(self, piece: bytes) -> None:
        """Sends one piece; see `Port.send`."""
        if self._ours is None:
            raise BrokenPipeError
        os.write(self._ours, piece)


def make_keyboard() -> UInput:
    """A new keyboard of the kernel's, with the keys a scanner needs."""
    return UInput({EV_KEY: range(1, len(NAMES))}, name=DEVICE_NAME)


class UinputPort:
    """A keyboard wedge made by the kernel: NODE is a symbolic link to the event node it gets."""

    def __init__(self, node: Path, make: Callable[[], UInput] = make_keyboard) -> None:
        self._node = node
        self._make = make
        self._device: UInput | None = None

    def pieces(self, text: str, suffix: str) -> list[bytes]:
        """One piece a character: its key events."""
        return PipePort(self._node).pieces(text, suffix)

    @property
    def heard(self) -> bool:
        """True while plugged in: the kernel does not tell who reads."""
        return self._device is not None

    def plug(self) -> None:
        """Makes the device and the link."""
        if self._device is None:
            self._device = self._make()
            self._node.unlink(missing_ok=True)
            self._node.symlink_to(self._device.device.path)

    def unplug(self) -> None:
        """Takes both away."""
        if self._device is not None:
            self._node.unlink(missing_ok=True)
            self._device.close()
            self._device = None

    def send(self, piece: bytes) -> None:
        """Sends one piece; see `Port.send`."""
        if self._device is None:
            raise BrokenPipeError
        for _, _, kind, code, value in INPUT_EVENT.iter_unpack(piece):
            self._device.write(kind, code, value)


def evdev_port(node: Path) -> Port:
    """The kernel's uinput where this machine has it and lets us, else a pipe of the same records."""
    return UinputPort(node) if os.access(UINPUT, os.W_OK) else PipePort(node)


def _event(kind: int, code: int, value: int) -> bytes:
    seconds, nanos = divmod(time.clock_gettime_ns(time.CLOCK_BOOTTIME), 1_000_000_000)
    return INPUT_EVENT.pack(seconds, nanos // 1000, kind, code, value)
