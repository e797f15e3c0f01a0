"""Cuts a stream of characters with times into whole reads; shared by the key and the serial side."""

from typing import Final

from devices.scanner.reads import DataEvent, ErrorEvent, FrameSettings, Read, Reason

STX: Final = "\x02"
ETX: Final = "\x03"
GS: Final = "\x1d"
TERMINATORS: Final = frozenset({"\r", "\n", "\t", ETX})
DELETE: Final = 0x7F
FIRST_PRINTABLE: Final = 0x20
FIRST_AFTER_C1: Final = 0xA0


def is_control(character: str) -> bool:
    """Whether the character is of C0, DEL or C1 (ISO/IEC 6429)."""
    code = ord(character)
    return code < FIRST_PRINTABLE or DELETE <= code < FIRST_AFTER_C1


class Framer:
    """Collects the characters of one read; a fault voids them and what follows, up to a terminator or a gap.

    Times are milliseconds that never go back. Each method returns the reads and faults it completed.
    An empty frame is no read, which is how CR LF stays one terminator.
    """

    def __init__(self, settings: FrameSettings) -> None:
        self._settings = settings
        self._text: list[str] = []
        self._discarding = False
        self._last: float = 0

    @property
    def discarding(self) -> bool:
        """Whether what arrives now belongs to a read that was voided."""
        return self._discarding

    @property
    def pending(self) -> bool:
        """Whether a part of a read is held."""
        return bool(self._text)

    @property
    def deadline(self) -> float | None:
        """When silence will have ended what is pending; None when nothing is."""
        return self._last + self._settings.gap_ms if self._text or self._discarding else None

    def touch(self, t_ms: float) -> None:
        """Says that the scanner did something, so the gap is counted from here."""
        self._last = t_ms

    def character(self, t_ms: float, character: str) -> list[Read]:
        """Takes one character; terminators end the frame, other controls but GS void it."""
        self._last = t_ms
        if character in TERMINATORS:
            return self._end(t_ms)
        if self._discarding:
            return []
        if character == STX and not self._text:
            return []
        if is_control(character) and character != GS:
            return self.void(t_ms, "control")
        return self.keep(t_ms, character)

    def keep(self, t_ms: float, character: str) -> list[Read]:
        """Adds a character as data, whatever it is."""
        self._text.append(character)
        return self.void(t_ms, "length") if len(self._text) > self._settings.max_length else []

    def void(self, t_ms: float, reason: Reason) -> list[Read]:
        """Throws away what is pending and what follows; says so once for each voided read."""
        self._text.clear()
        self._last = t_ms
        if self._discarding:
            return []
        self._discarding = True
        return [ErrorEvent(t_ms, reason)]

    def discard(self, t_ms: float) -> None:
        """Voids what follows without a word, where the fault has been told or nothing was lost."""
        self.void(t_ms, "control")

    def restart(self) -> None:
        """Forgets everything: the next character begins a read."""
        self._text.clear()
        self._discarding = False

    def expire(self, t_ms: float) -> list[Read]:
        """Judges the silence up to `t_ms`: over the gap, what is pending is whole (no suffix) or void.

        A voided read takes a second gap to be over: a scanner that only hesitated sends the rest of its code
        next, and that rest would look like a shorter code.
        """
        deadline = self.deadline
        if deadline is None or t_ms < deadline:
            return []
        reads: list[Read] = []
        if self._settings.suffix == "none" and not self._discarding:
            reads = [DataEvent(deadline, "".join(self._text))]
        elif not self._discarding:
            reads = self.void(deadline, "gap")
            if t_ms < deadline + self._settings.gap_ms:
                return reads
        self.restart()
        return reads

    def _end(self, t_ms: float) -> list[Read]:
        data = "".join(self._text)
        self.restart()
        return [DataEvent(t_ms, data)] if data else []
