"""Black dots in rows, and GS v 0 that prints them without the printer mistaking any for a command."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_FRAGMENT_ROWS: Final = 32  # two kilobytes: other commands wait for no more, and every buffer takes it
_DATA_LINK_ESCAPE: Final = 0x10
# DLE EOT, DLE ENQ, DLE DC4 are executed even inside image data (reference manuals of several makers).
_REAL_TIME: Final = re.compile(rb"\x10(?=[\x04\x05\x14])")


@dataclass(frozen=True)
class Bitmap:
    """A picture of `width` dots; `rows` are its lines, most significant bit leftmost, 1 is black."""

    width: int
    rows: tuple[bytes, ...]

    @property
    def stride(self) -> int:
        """Bytes of one row."""
        return (self.width + 7) // 8


def raster(bitmap: Bitmap) -> tuple[bytes, ...]:
    """GS v 0 commands that print the bitmap, a few rows each."""
    return tuple(
        _fragment(bitmap, bitmap.rows[start : start + _FRAGMENT_ROWS])
        for start in range(0, len(bitmap.rows), _FRAGMENT_ROWS)
    )


def disarm(data: bytes) -> bytes:
    """`data` with each DLE before EOT, ENQ or DC4 made another byte by blackening one more dot."""
    return _REAL_TIME.sub(bytes((_DATA_LINK_ESCAPE | 0x08,)), data)


def _fragment(bitmap: Bitmap, rows: tuple[bytes, ...]) -> bytes:
    head = b"\x1dv0\x00" + bitmap.stride.to_bytes(2, "little") + len(rows).to_bytes(2, "little")
    return head + disarm(b"".join(rows))
