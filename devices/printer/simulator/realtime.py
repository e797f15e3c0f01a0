"""Finds the real-time commands (DLE …) in the arriving bytes, before anything waits in the receive buffer.

A real printer acts on these bytes wherever they stand, also inside an image; so does this one.
"""

from __future__ import annotations

from devices.printer.simulator.commands import REAL_TIME_CONTROL_LENGTH, Command, Kind

_DLE = 0x10
_EOT = 0x04
_ENQ = 0x05
_DC4 = 0x14
_KINDS = {_EOT: Kind.REAL_TIME_STATUS, _ENQ: Kind.REAL_TIME_REQUEST, _DC4: Kind.REAL_TIME_CONTROL}
_FIRST_ARGUMENT = 2


class RealTime:
    """Watches a byte stream for DLE EOT n, DLE ENQ n and DLE DC4 fn …."""

    def __init__(self) -> None:
        self._held = bytearray()

    def reset(self) -> None:
        """Forget an unfinished command (power off)."""
        self._held.clear()

    def feed(self, byte: int) -> Command | None:
        """Take one byte; return the real-time command it completes, if any."""
        held = self._held
        if not held:
            if byte == _DLE:
                held.append(byte)
            return None
        held.append(byte)
        if held[1] not in _KINDS:
            self._restart(byte)
            return None
        if len(held) < _wanted(held):
            return None
        command = Command(_KINDS[held[1]], tuple(held[2:]))
        held.clear()
        return command

    def _restart(self, byte: int) -> None:
        self._held.clear()
        if byte == _DLE:
            self._held.append(byte)


def _wanted(held: bytearray) -> int:
    if held[1] != _DC4 or len(held) <= _FIRST_ARGUMENT:
        return _FIRST_ARGUMENT + 1
    return _FIRST_ARGUMENT + 1 + REAL_TIME_CONTROL_LENGTH.get(held[_FIRST_ARGUMENT], 0)
