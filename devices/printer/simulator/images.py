"""Raster data of GS v 0, GS ( L and ESC * as ink."""

from __future__ import annotations

from typing import NamedTuple

from PIL import Image

_STORE = 112
_PRINT = (2, 50)
_HEADER = 10
_HIGH_DENSITY = (1, 33)
_DOTS_24 = 3


class Stored(NamedTuple):
    """What a GS ( L command does: ink to keep, and whether to print what is kept."""

    ink: Image.Image | None
    prints: bool


def raster(row_bytes: int, rows: int, bits: bytes, wide: int = 1, high: int = 1) -> Image.Image | None:
    """Ink of ``rows`` rows of ``row_bytes`` bytes, a set bit being a dot; None when there is nothing."""
    if not row_bytes or not rows:
        return None
    ink = Image.frombytes("1", (row_bytes * 8, rows), bits).convert("L")
    return ink.resize((ink.width * wide, ink.height * high), Image.Resampling.NEAREST)


def columns(mode: int, count: int, depth: int, bits: bytes) -> Image.Image | None:
    """Ink of ESC *: ``count`` columns of ``depth`` bytes, the first byte on top.

    Modes 0 and 32 are single density (two dots wide); modes 0 and 1 print 8 dots at a third of the density.
    """
    if not count:
        return None
    # A column is a row of a picture turned by a quarter and mirrored.
    ink = Image.frombytes("1", (depth * 8, count), bits).convert("L").transpose(Image.Transpose.TRANSPOSE)
    wide = 1 if mode in _HIGH_DENSITY else 2
    return ink.resize(
        (ink.width * wide, ink.height * (1 if depth == _DOTS_24 else 3)), Image.Resampling.NEAREST
    )


def graphics(payload: bytes) -> Stored:
    """GS ( L m fn …: function 112 stores a raster (bits in rows), 50 prints it; others do nothing."""
    if len(payload) < 2:  # noqa: PLR2004 - m and fn
        return Stored(None, prints=False)
    if payload[1] in _PRINT:
        return Stored(None, prints=True)
    if payload[1] != _STORE or len(payload) < _HEADER:
        return Stored(None, prints=False)
    wide, high = payload[3], payload[4]
    width, rows = int.from_bytes(payload[6:8], "little"), int.from_bytes(payload[8:10], "little")
    row_bytes = (width + 7) // 8
    bits = payload[_HEADER : _HEADER + row_bytes * rows]
    if len(bits) < row_bytes * rows:
        return Stored(None, prints=False)
    return Stored(raster(row_bytes, rows, bits, 2 if wide == 2 else 1, 2 if high == 2 else 1), prints=False)  # noqa: PLR2004 - Epson: 1 single, 2 double
