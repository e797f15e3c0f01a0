"""Reads ESC/POS bytes as they arrive and gives the commands in them; no bytes can make it fail."""

from __future__ import annotations

from collections.abc import Callable

from devices.printer.simulator.commands import ACCEPTED, FIXED, REAL_TIME_CONTROL_LENGTH, Command, Kind

_SPACE = 0x20
_GS = 0x1D
_INTRODUCERS = frozenset((0x10, 0x1B, 0x1C, 0x1D))
_LONG_PREFIXES = frozenset(prefix[:2] for prefix in (*FIXED, *ACCEPTED, b"\x1dv0", b"\x1d8L") if prefix[2:])
_CUT_WITH_FEED = frozenset(b"ABabgh")
_CUT_PLAIN = frozenset(b"01\x00\x01")
_BARCODE_COUNTED = range(65, 80)
_BARCODE_NUL = range(7)
_COLUMN_MODES: dict[int, int] = {0: 1, 1: 1, 32: 3, 33: 3}

_EXTENDED = {ord("k"): Kind.SYMBOL, ord("L"): Kind.GRAPHICS, ord("H"): Kind.RESPONSE}

# What a part of the reader answers: the command and how many bytes it took, or None while bytes are missing.
_Taken = tuple[Command, int] | None


class Reader:
    """Incremental ESC/POS reader.

    Feed any slices of the stream; a command is given once its last byte is in. Unknown bytes come out as
    UNKNOWN commands, an unfinished command is kept until the rest arrives.
    """

    def __init__(self) -> None:
        self._bytes = bytearray()

    @property
    def pending(self) -> int:
        """Bytes of a command that is not yet complete."""
        return len(self._bytes)

    def reset(self) -> None:
        """Forget an unfinished command (power off, or a clear command)."""
        self._bytes.clear()

    def feed(self, data: bytes) -> list[Command]:
        """Take the next bytes and return the commands completed by them, in order."""
        self._bytes += data
        found: list[Command] = []
        while self._bytes and (taken := _take(self._bytes)) is not None:
            command, length = taken
            del self._bytes[:length]
            found.append(command)
        return found


def _take(held: bytearray) -> _Taken:
    first = held[0]
    if first >= _SPACE:
        return _text(held)
    if first not in _INTRODUCERS:
        return _fixed(held, 1) or (Command(Kind.UNKNOWN, data=bytes(held[:1])), 1)
    if not _has(held, 2):
        return None
    short = bytes(held[:2])
    if short in _LONG_PREFIXES:
        if not _has(held, 3):
            return None
        if bytes(held[:3]) in FIXED or bytes(held[:3]) in ACCEPTED:
            return _fixed(held, 3)
    if short in _VARIABLE:
        return _VARIABLE[short](held)
    if short in FIXED or short in ACCEPTED:
        return _fixed(held, 2)
    return Command(Kind.UNKNOWN, data=short), 2


def _has(held: bytearray, count: int) -> bool:
    return len(held) >= count


def _text(held: bytearray) -> _Taken:
    end = next((at for at, byte in enumerate(held) if byte < _SPACE), len(held))
    return Command(Kind.TEXT, data=bytes(held[:end])), end


def _fixed(held: bytearray, prefix_length: int) -> _Taken:
    prefix = bytes(held[:prefix_length])
    if prefix in FIXED:
        kind, count = FIXED[prefix]
        length = prefix_length + count
        return (Command(kind, tuple(held[prefix_length:length])), length) if len(held) >= length else None
    if prefix in ACCEPTED:
        return _whole(held, Kind.ACCEPTED, prefix_length + ACCEPTED[prefix])
    return None


def _whole(held: bytearray, kind: Kind, length: int, args: tuple[int, ...] = (), skip: int = 0) -> _Taken:
    """A command of ``length`` bytes whose payload starts after ``skip`` bytes."""
    if len(held) < length:
        return None
    return Command(kind, args, bytes(held[skip:length])), length


def _cut(held: bytearray) -> _Taken:
    """GS V m [n]: m 0, 1, 48, 49 cut at once; 65, 66, 97, 98, 103, 104 feed n first."""
    if not _has(held, 3):
        return None
    mode = held[2]
    if mode in _CUT_PLAIN:
        return Command(Kind.CUT, (mode & 1, 0, 0)), 3
    if mode in _CUT_WITH_FEED:
        # 65, 97, 103 are full, 66, 98, 104 partial.
        partial = int(mode in b"Bbh")
        return (Command(Kind.CUT, (partial, 1, held[3])), 4) if _has(held, 4) else None
    return Command(Kind.UNKNOWN, data=bytes(held[:3])), 3


def _old_cut(held: bytearray) -> _Taken:
    """ESC i and ESC m, the older partial cuts."""
    del held
    return Command(Kind.CUT, (1, 0, 0)), 2


def _raster(held: bytearray) -> _Taken:
    """GS v 0 m xL xH yL yH d…: xL + xH·256 bytes a row, yL + yH·256 rows."""
    if held[2:3] != b"0":
        return Command(Kind.UNKNOWN, data=bytes(held[:3])), 3
    if not _has(held, 8):
        return None
    mode, row_bytes, rows = held[3], held[4] + held[5] * 256, held[6] + held[7] * 256
    return _whole(held, Kind.RASTER, 8 + row_bytes * rows, (mode & 3, row_bytes, rows), 8)


def _column_image(held: bytearray) -> _Taken:
    """ESC * m nL nH d…: n columns of 8 dots (m 0, 1) or 24 dots (m 32, 33)."""
    if not _has(held, 5):
        return None
    mode, columns = held[2], held[3] + held[4] * 256
    if mode not in _COLUMN_MODES:
        return Command(Kind.UNKNOWN, data=bytes(held[:5])), 5
    depth = _COLUMN_MODES[mode]
    return _whole(held, Kind.COLUMN_IMAGE, 5 + columns * depth, (mode, columns, depth), 5)


def _extended(held: bytearray) -> _Taken:
    """GS ( X pL pH d… (also ESC ( and FS (): the length is in the command, so an unknown X passes whole."""
    if not _has(held, 5):
        return None
    kind = _EXTENDED.get(held[2], Kind.ACCEPTED) if held[0] == _GS else Kind.UNKNOWN
    length = 5 + held[3] + held[4] * 256
    return _whole(held, kind, length, (), 5 if kind not in (Kind.UNKNOWN, Kind.ACCEPTED) else 0)


def _large_graphics(held: bytearray) -> _Taken:
    """GS 8 L p1 p2 p3 p4 d…: GS ( L with a four byte length."""
    if held[2:3] != b"L":
        return Command(Kind.UNKNOWN, data=bytes(held[:3])), 3
    if not _has(held, 7):
        return None
    return _whole(held, Kind.GRAPHICS, 7 + int.from_bytes(held[3:7], "little"), (), 7)


def _barcode(held: bytearray) -> _Taken:
    """GS k m d… NUL (m 0 to 6) or GS k m n d… (m 65 to 79)."""
    if not _has(held, 3):
        return None
    system = held[2]
    if system in _BARCODE_NUL:
        end = held.find(0, 3)
        return (Command(Kind.BARCODE, (system + 65,), bytes(held[3:end])), end + 1) if end >= 0 else None
    if system not in _BARCODE_COUNTED:
        return Command(Kind.UNKNOWN, data=bytes(held[:3])), 3
    return _whole(held, Kind.BARCODE, 4 + held[3], (system,), 4) if _has(held, 4) else None


def _tab_stops(held: bytearray) -> _Taken:
    """ESC D n… NUL: columns of the tab stops, at most 32."""
    end = held.find(0, 2)
    return (Command(Kind.TAB_STOPS, tuple(held[2:end])), end + 1) if end >= 0 else None


def _real_time_control(held: bytearray) -> _Taken:
    """DLE DC4 fn d…, acted on at arrival and passed over here."""
    if not _has(held, 3):
        return None
    length = 3 + REAL_TIME_CONTROL_LENGTH.get(held[2], 0)
    return (Command(Kind.REAL_TIME_CONTROL, tuple(held[2:length])), length) if len(held) >= length else None


_VARIABLE: dict[bytes, Callable[[bytearray], _Taken]] = {
    b"\x1dV": _cut,
    b"\x1bi": _old_cut,
    b"\x1bm": _old_cut,
    b"\x1dv": _raster,
    b"\x1b*": _column_image,
    b"\x1d(": _extended,
    b"\x1b(": _extended,
    b"\x1c(": _extended,
    b"\x1d8": _large_graphics,
    b"\x1dk": _barcode,
    b"\x1bD": _tab_stops,
    b"\x10\x14": _real_time_control,
}
