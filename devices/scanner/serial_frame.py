"""A serial scanner's bytes in, whole reads and faults out; pure, the same outputs as the key decoder's."""

from typing import Final

from devices.scanner.framer import STX, TERMINATORS, Framer, is_control
from devices.scanner.reads import TAIL_MS, DataEvent, ErrorEvent, FrameSettings, Read

ETX: Final = 0x03
# Controls that are data between STX and ETX: an AAMVA licence and ISO/IEC 15434 messages carry them.
DATA_IN_FRAME: Final = frozenset("\t\n\r\x04\x1c\x1e\x1f")
FIRST_BEYOND_ASCII: Final = 0x80


class SerialFrame:
    """Cuts bytes into reads at CR, LF, CR LF, TAB or ETX, or by silence.

    Bytes may come in any pieces. Text is UTF-8 where a whole read is valid UTF-8, else Windows-1252. With the
    suffix `etx` an STX begins a frame afresh, and what lies between STX and ETX may hold line ends.
    Times are milliseconds of one clock and never go back; `max_length` counts bytes here.
    """

    def __init__(self, settings: FrameSettings) -> None:
        self._frame = Framer(settings)
        self._by_etx = settings.suffix == "etx"
        self._inside = False
        self._opened: float | None = None

    @property
    def deadline(self) -> float | None:
        """When `expire` will have something to say; None when nothing is pending."""
        return self._frame.deadline

    def feed(self, t_ms: float, data: bytes) -> list[Read]:
        """Takes bytes that arrived at `t_ms`; returns what they completed."""
        reads = self.expire(t_ms)
        if data and self._opened is not None:
            reads += self._frame.void(t_ms, "tail") if t_ms - self._opened < TAIL_MS else []
            self._opened = None
        for byte in data:
            reads += map(_decoded, self._byte(t_ms, byte))
        return reads

    def unplug(self, t_ms: float) -> list[Read]:
        """The line is gone: a part of a read is void."""
        reads = self.expire(t_ms)
        reads += self._frame.void(t_ms, "unplugged") if self._frame.pending else []
        self._frame.restart()
        self._inside = False
        return reads

    def plug(self, t_ms: float) -> list[Read]:
        """The line was opened at `t_ms`: bytes that come at once are the rest of an unseen read."""
        reads = self.unplug(t_ms)
        self._opened = t_ms
        return reads

    def expire(self, t_ms: float) -> list[Read]:
        """Judges the silence up to `t_ms`; to be called when `deadline` has passed."""
        deadline = self._frame.deadline
        if deadline is not None and t_ms >= deadline:
            self._inside = False
        return [_decoded(read) for read in self._frame.expire(t_ms)]

    def finish(self) -> list[Read]:
        """No more will come: a pending read is judged as after a long silence."""
        deadline = self._frame.deadline
        return [] if deadline is None else self.expire(deadline)

    def _byte(self, t_ms: float, byte: int) -> list[Read]:
        character = chr(byte)
        if self._by_etx and character == STX:
            return self._begin(t_ms)
        if byte == ETX:
            self._inside = False
        is_data = byte >= FIRST_BEYOND_ASCII or (self._inside and character in DATA_IN_FRAME)
        if is_data and not self._frame.discarding:
            self._frame.touch(t_ms)
            return self._frame.keep(t_ms, character)
        if is_data or (self._inside and character in TERMINATORS):
            self._frame.touch(t_ms)
            return []
        return self._frame.character(t_ms, character)

    def _begin(self, t_ms: float) -> list[Read]:
        reads = self._frame.void(t_ms, "control") if self._frame.pending else []
        self._frame.restart()
        self._inside = True
        return reads


def _decoded(read: Read) -> Read:
    if isinstance(read, ErrorEvent):
        return read
    raw = read.data.encode("latin-1")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    if any(map(_is_unprintable, text)):
        return ErrorEvent(read.t_ms, "control")
    return DataEvent(read.t_ms, text)


def _is_unprintable(character: str) -> bool:
    """A byte Windows-1252 leaves undefined, or a C1 control hidden in UTF-8."""
    return character == "\ufffd" or (ord(character) >= FIRST_BEYOND_ASCII and is_control(character))
