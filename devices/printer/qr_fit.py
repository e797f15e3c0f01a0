"""How large a QR code is printed: the wished module where it fits the paper, else the largest that does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from devices.printer.qr_table import LEVEL_L, LEVEL_M

Level = Literal["L", "M"]
_SMALLEST: Final = 3  # dots; finer modules are not read reliably from thermal paper
QUIET_ZONE: Final = 4  # modules at each side (ISO/IEC 18004)


@dataclass(frozen=True)
class Fit:
    """A QR code that fits: its module in dots and its error correction level."""

    module: int
    level: Level


def modules(size: int, level: Level) -> int | None:
    """Modules at one side of the smallest code that holds `size` bytes, None when none does."""
    table = LEVEL_M if level == "M" else LEVEL_L
    version = next((number for number, room in enumerate(table, 1) if room >= size), None)
    return None if version is None else 17 + 4 * version


def fit(size: int, wished: int, width_dots: int) -> Fit | None:
    """Fit `size` bytes into the paper; level M where the wished module allows it, else L.

    Args:
        size: Bytes of data.
        wished: Module in dots.
        width_dots: Of the paper.

    Returns:
        None when the code is wider than the paper with the smallest readable module.
    """
    levels: tuple[Level, ...] = ("M", "L")
    for module in range(wished, min(wished, _SMALLEST) - 1, -1):
        for level in levels:
            side = modules(size, level)
            if side is not None and (side + 2 * QUIET_ZONE) * module <= width_dots:
                return Fit(module, level)
    return None
