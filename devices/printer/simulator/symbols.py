"""Two-dimensional codes and bar codes as ink, with the settings the stream keeps for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import qrcode
from PIL import Image, ImageDraw
from qrcode import constants

from devices.printer.simulator.barcodes import NAMES, UnprintableError, bars
from devices.printer.simulator.glyphs import FONT_A, FONT_B, Glyphs

_QR = 49
_LEVELS = {
    48: constants.ERROR_CORRECT_L,
    49: constants.ERROR_CORRECT_M,
    50: constants.ERROR_CORRECT_Q,
    51: constants.ERROR_CORRECT_H,
}
_MODULE_MAX = 16
_HRI_ABOVE = (1, 3, 49, 51)
_HRI_BELOW = (2, 3, 50, 51)


class Drawn(NamedTuple):
    """What a symbol command leaves: ink (None where nothing is printed) and the marker for the text twin."""

    ink: Image.Image | None
    marker: str


@dataclass(slots=True)
class BarcodeStyle:
    """Bar code settings: height and module width in dots, where the readable text stands and its font."""

    height: int = 162
    module: int = 3
    hri: int = 0
    hri_font: int = 0


class Symbols:
    """Keeps the QR settings and data of GS ( k and draws on request."""

    def __init__(self, glyphs: Glyphs) -> None:
        self._glyphs = glyphs
        self.barcode = BarcodeStyle()
        self._module = 3
        self._level = constants.ERROR_CORRECT_L
        self._stored = b""

    def reset(self) -> None:
        """Back to the settings of ESC @; stored data go as well."""
        self.barcode = BarcodeStyle()
        self._module, self._level, self._stored = 3, constants.ERROR_CORRECT_L, b""

    def command(self, payload: bytes) -> Drawn | None:
        """GS ( k cn fn …: set, store or print; the drawing when it prints."""
        if len(payload) < 2:  # noqa: PLR2004 - cn and fn
            return None
        family, function, rest = payload[0], payload[1], payload[2:]
        if family != _QR:
            return Drawn(None, f"[2D {family} not drawn]") if function == 81 else None  # noqa: PLR2004 - print
        match function:
            case 67 if rest:
                self._module = max(1, min(rest[0], _MODULE_MAX))
            case 69 if rest:
                self._level = _LEVELS.get(rest[0], self._level)
            case 80:
                self._stored = rest[1:]
            case 81 if self._stored:
                return self._qr()
            case _:
                pass
        return None

    def _qr(self) -> Drawn:
        code = qrcode.QRCode(error_correction=self._level, border=0)
        code.add_data(self._stored)
        code.make(fit=True)
        rows: list[list[bool]] = code.get_matrix()
        small = Image.new("L", (len(rows), len(rows)))
        small.putdata([255 if dark else 0 for row in rows for dark in row])
        side = len(rows) * self._module
        shown = self._stored.decode("utf-8", "backslashreplace")
        return Drawn(small.resize((side, side), Image.Resampling.NEAREST), f"[QR {shown}]")

    def bars(self, system: int, data: bytes) -> Drawn:
        """GS k: one bar code with the present settings."""
        shown = data.decode("latin-1").encode("ascii", "backslashreplace").decode()
        name = NAMES.get(system, str(system))
        try:
            found = bars(system, data)
        except UnprintableError as reason:
            return Drawn(None, f"[BARCODE {name} {shown} not printed: {reason}]")
        style = self.barcode
        ink = Image.new("L", (len(found.modules), 1))
        ink.putdata([255 if module == "1" else 0 for module in found.modules])
        ink = ink.resize((len(found.modules) * style.module, style.height), Image.Resampling.NEAREST)
        return Drawn(self._with_text(ink, found.text), f"[BARCODE {name} {found.text}]")

    def _with_text(self, ink: Image.Image, text: str) -> Image.Image:
        style = self.barcode
        cell = FONT_B if style.hri_font in (1, 49) else FONT_A
        above, below = style.hri in _HRI_ABOVE, style.hri in _HRI_BELOW
        band = cell.height + 4
        whole = Image.new("L", (max(ink.width, len(text) * cell.width), ink.height + band * (above + below)))
        whole.paste(ink, ((whole.width - ink.width) // 2, band * above))
        pen = ImageDraw.Draw(whole)
        for top in [0] * above + [whole.height - cell.height] * below:
            left = (whole.width - len(text) * cell.width) // 2
            for at, character in enumerate(text):
                pen.bitmap((left + at * cell.width, top), self._glyphs.draw(character, cell), fill=255)
        return whole
