"""One device's own thread: opens it whenever it is there, reads it before anything else, reports."""

import logging
import os
import select
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from serial import SerialException

from devices.scanner.reads import Read
from devices.scanner.transport import Port, now_ms

Transport = Literal["evdev", "serial"]
LOOK_AGAIN_S: Final = 0.25
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reader:
    """A configured scanner: the `path` of its device, and how to open it (OSError when it is not there)."""

    name: str
    path: str
    transport: Transport
    open: Callable[[], Port]


@dataclass(frozen=True, slots=True)
class Presence:
    """Whether a reader's device is there now, and in a sentence why not."""

    reader: Reader
    online: bool
    sentence: str = ""


class ReaderThread:
    """Reads one device in a thread nothing else shares.

    The kernel's queue for a keyboard holds 64 events, ten to fifteen keys: a reader that waits for a database
    or a socket for 50 ms turns a bar code into a shorter one. The callbacks run in this thread and must only
    hand over.
    """

    def __init__(
        self, reader: Reader, on_read: Callable[[Reader, Read], None], on_presence: Callable[[Presence], None]
    ) -> None:
        self._reader = reader
        self._on_read = on_read
        self._on_presence = on_presence
        self._told: Presence | None = None
        self._wake_read, self._wake_write = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
        self._thread = threading.Thread(target=self._run, name=f"reader {reader.name}", daemon=True)

    def start(self) -> None:
        """Begins; returns at once."""
        self._thread.start()

    @property
    def alive(self) -> bool:
        """Whether the thread runs."""
        return self._thread.is_alive()

    def stop(self) -> None:
        """Ends the thread, lets the device go, returns when both are done."""
        os.write(self._wake_write, b"x")
        self._thread.join()
        os.close(self._wake_read)
        os.close(self._wake_write)

    def _run(self) -> None:
        stopped = False
        while not stopped:
            try:
                port = self._try_open()
                stopped = self._serve(port) if port else self._stopping(LOOK_AGAIN_S)
            except Exception as error:  # noqa: BLE001 - one reader fails, says so, starts anew; the others go on
                _log.exception("the reader of %s failed", self._reader.path)
                sentence = (
                    f"{self._reader.path} failed inside the program ({error}); it is being started anew"
                )
                self._tell(Presence(self._reader, online=False, sentence=sentence))
                stopped = self._stopping(LOOK_AGAIN_S)

    def _try_open(self) -> Port | None:
        try:
            port = self._reader.open()
        except (OSError, SerialException) as error:
            self._tell(Presence(self._reader, online=False, sentence=_why(self._reader, error)))
            return None
        self._tell(Presence(self._reader, online=True))
        return port

    def _serve(self, port: Port) -> bool:
        """Reads until the device goes (False) or we are to stop (True)."""
        try:
            while True:
                waits = [port.fileno(), self._wake_read]
                ready, _, _ = select.select(waits, [], [], _seconds_to(port.deadline))
                if self._wake_read in ready:
                    return True
                self._hand_over(port.read() if ready else port.expire())
        except OSError as error:
            self._tell(Presence(self._reader, online=False, sentence=_why(self._reader, error)))
            return False
        finally:
            self._hand_over(port.close())

    def _hand_over(self, reads: list[Read]) -> None:
        for read in reads:
            self._on_read(self._reader, read)

    def _tell(self, presence: Presence) -> None:
        if presence != self._told:
            self._told = presence
            self._on_presence(presence)

    def _stopping(self, timeout_s: float) -> bool:
        return bool(select.select([self._wake_read], [], [], timeout_s)[0])


def _seconds_to(deadline_ms: float | None) -> float | None:
    return None if deadline_ms is None else max(0.0, deadline_ms - now_ms()) / 1000


def _why(reader: Reader, error: OSError) -> str:
    reason = os.strerror(error.errno).lower() if error.errno else str(error)
    return f"{reader.path} cannot be read ({reason}); check the cable of {reader.name}"
