"""The scanner's two ways in, evdev and serial: open, read, notice that the device is gone."""

import errno
import fcntl
import os
import stat
import struct
import time
from array import array
from collections.abc import Callable, Sequence
from typing import Final, Protocol

import serial
from evdev import InputDevice

from devices.scanner.decoder import Decoder
from devices.scanner.reads import Read
from devices.scanner.serial_frame import SerialFrame

# struct input_event of linux/input.h on this machine: two longs of time, type, code, value.
INPUT_EVENT: Final = struct.Struct("llHHi")
BATCH: Final = 64
# linux/input.h; the mask is struct input_mask {u32 type; u32 codes_size; u64 codes_ptr}, and the kernel
# refuses a codes_size that is no multiple of a long.
EVIOCSCLOCKID: Final = 0x400445A0
EVIOCSMASK: Final = 0x40104593
INPUT_MASK: Final = struct.Struct("IIQ")
EV_MSC: Final = 4
ALL_KEYS_UP_WITHIN_S: Final = 2.0
KEYS_POLL_S: Final = 0.005
PIPE_CAPACITY: Final = 1 << 16


class Port(Protocol):
    """One opened device with its protocol. Times are milliseconds of CLOCK_BOOTTIME."""

    name: str

    def fileno(self) -> int:
        """What `select` waits on."""
        ...

    def read(self) -> list[Read]:
        """Takes what has arrived.

        Raises:
            OSError: the device is gone.
        """
        ...

    @property
    def deadline(self) -> float | None:
        """When `expire` has something to say."""
        ...

    def expire(self) -> list[Read]:
        """Judges the silence up to now."""
        ...

    def close(self) -> list[Read]:
        """Lets the device go; a part of a read becomes an error."""
        ...


class KeyDevice(Protocol):
    """What is needed of an opened event node: evdev's InputDevice."""

    fd: int
    name: str

    def active_keys(self) -> Sequence[int]:
        """The keys that are down."""
        ...

    def grab(self) -> None:
        """Takes it for us alone; raises OSError when another program has it."""
        ...

    def close(self) -> None:
        """Lets it go."""
        ...


def now_ms() -> float:
    """The machine's time since boot, sleep included: no clock step moves it."""
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME) / 1e6


def open_device(path: str) -> KeyDevice:
    """An event node, opened to read only: enough to grab, and no LED is written by it."""
    return InputDevice(path, readonly=True)


class EvdevPort:
    """A keyboard-wedge scanner, grabbed so that no other program reads its keys.

    A named pipe that carries the same records stands in for the device where the kernel cannot make one.
    """

    def __init__(
        self, path: str, decoder: Decoder, open_device: Callable[[str], KeyDevice] = open_device
    ) -> None:
        """Opens and grabs it once no key is down.

        Raises:
            OSError: it is absent, may not be read, or another program holds it.
        """
        self._decoder = decoder
        self._device: KeyDevice | None = None
        self._rest = b""
        self._kernel_clock = False
        if stat.S_ISFIFO(os.stat(path).st_mode):  # noqa: PTH116 - the fact is needed, the path stays text
            self._descriptor = _open_pipe(path)
            self.name = path
        else:
            self._device = open_device(path)
            self._descriptor = self._device.fd
            self.name = self._device.name
            self._take(self._device)
        self._opened = self._last = now_ms()
        self._decoder.plug(self._opened)

    def _take(self, device: KeyDevice) -> None:
        try:
            self._kernel_clock = _use_boot_clock(self._descriptor)
            _mask_scan_codes(self._descriptor)
            _wait_until_up(device)
            device.grab()
        except OSError:
            device.close()
            raise

    def fileno(self) -> int:
        """What `select` waits on."""
        return self._descriptor

    @property
    def deadline(self) -> float | None:
        """When `expire` has something to say."""
        return self._decoder.deadline

    def read(self) -> list[Read]:
        """Takes every event that has arrived; see `Port.read`."""
        data = os.read(self._descriptor, INPUT_EVENT.size * BATCH)
        if not data:
            raise OSError(errno.ENODEV, "the device is gone")
        self._rest += data
        whole = len(self._rest) // INPUT_EVENT.size * INPUT_EVENT.size
        records, self._rest = self._rest[:whole], self._rest[whole:]
        arrived = now_ms()
        reads: list[Read] = []
        for seconds, micros, kind, code, value in INPUT_EVENT.iter_unpack(records):
            t_ms = seconds * 1000 + micros / 1000 if self._kernel_clock else arrived
            # Keys queued before the grab count as arriving at it: they are the tail of an unseen read.
            self._last = max(self._last, t_ms)
            reads += self._decoder.feed(self._last, kind, code, value)
        return reads

    def expire(self) -> list[Read]:
        """Judges the silence up to now."""
        self._last = max(self._last, now_ms())
        return self._decoder.expire(self._last)

    def close(self) -> list[Read]:
        """Lets the device go; see `Port.close`."""
        reads = self._decoder.unplug(max(self._last, now_ms()))
        if self._device is None:
            os.close(self._descriptor)
        else:
            self._device.close()
        return reads


class SerialPort:
    """A scanner on a serial line: USB CDC, RS-232 or a pseudo-terminal."""

    def __init__(self, path: str, baud: int, frame: SerialFrame) -> None:
        """Opens it for ourselves alone and drops what had queued up.

        Raises:
            OSError: it is absent, may not be read, or another program holds it.
        """
        # pyserial locks with flock, which a killed process gives back; the control lines a pty lacks
        # (ENOTTY, EINVAL) it passes over itself.
        self._line = serial.Serial(path, baud, timeout=0, exclusive=True)
        self._frame = frame
        self.name = path
        self._frame.plug(now_ms())

    def fileno(self) -> int:
        """What `select` waits on."""
        return int(self._line.fileno())

    @property
    def deadline(self) -> float | None:
        """When `expire` has something to say."""
        return self._frame.deadline

    def read(self) -> list[Read]:
        """Takes the bytes that have arrived; see `Port.read`."""
        data = os.read(self.fileno(), 4096)
        if not data:
            raise OSError(errno.EIO, "the line is gone")
        return self._frame.feed(now_ms(), data)

    def expire(self) -> list[Read]:
        """Judges the silence up to now."""
        return self._frame.expire(now_ms())

    def close(self) -> list[Read]:
        """Lets the line go; see `Port.close`."""
        reads = self._frame.unplug(now_ms())
        self._line.close()
        return reads


def _open_pipe(path: str) -> int:
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        written_to = bool(os.read(descriptor, PIPE_CAPACITY))
    except BlockingIOError:
        written_to = True
    if written_to:
        return descriptor
    os.close(descriptor)
    raise OSError(errno.ENODEV, "nothing writes to the pipe")


def _use_boot_clock(descriptor: int) -> bool:
    """Has the kernel stamp events itself, so that a late reader sees no false gap; False where it cannot."""
    try:
        fcntl.ioctl(descriptor, EVIOCSCLOCKID, struct.pack("i", time.CLOCK_BOOTTIME))
    except OSError:
        return False
    return True


def _mask_scan_codes(descriptor: int) -> bool:
    """Keeps EV_MSC out of the queue: a third of it, hence half as many keys more in a stall (15 for 10)."""
    nothing = array("B", bytes(8))
    address, size = nothing.buffer_info()
    try:
        fcntl.ioctl(descriptor, EVIOCSMASK, INPUT_MASK.pack(EV_MSC, size, address))
    except OSError:
        return False
    return True


def _wait_until_up(device: KeyDevice) -> None:
    """Waits, shortly, until no key is down: a grab in mid-key would leave it down for everybody else."""
    deadline = time.monotonic() + ALL_KEYS_UP_WITHIN_S
    while device.active_keys() and time.monotonic() < deadline:
        time.sleep(KEYS_POLL_S)
