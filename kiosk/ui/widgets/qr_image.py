"""A QR code on the screen: dark on white in every theme, with its quiet zone."""

from functools import lru_cache
from typing import Any

import qrcode
from kivy.graphics import Color, Rectangle
from kivy.properties import StringProperty
from PIL import Image

from kiosk.ui.theme import theme, u
from kiosk.ui.widgets.place import middle_of
from kiosk.ui.widgets.shape import from_picture
from kiosk.ui.widgets.surface import Surface

__all__ = ["QUIET", "QrImage", "qr_picture"]

_LINK = 200
QUIET = 4
"""Modules of quiet zone (ISO/IEC 18004, 6.3.8)."""


def qr_picture(code: str) -> Image.Image:
    """Draw a code with one pixel a module; a link with correction level M, a whole receipt with L.

    Args:
        code: The text to carry; up to 2331 bytes.

    Returns:
        An RGBA picture.
    """
    constants = qrcode.constants
    level = constants.ERROR_CORRECT_M if len(code) <= _LINK else constants.ERROR_CORRECT_L
    builder = qrcode.QRCode(error_correction=level, border=QUIET)
    builder.add_data(code)
    builder.make(fit=True)
    matrix = builder.get_matrix()
    side = len(matrix)
    picture = Image.new("L", (side, side), 255)
    picture.putdata([0 if dark else 255 for row in matrix for dark in row])
    return picture.convert("RGBA")


@lru_cache(maxsize=2)
def _texture(code: str) -> Any:  # noqa: ANN401 - Kivy has no types
    return from_picture(qr_picture(code), smooth=False)


class QrImage(Surface):
    """Draws a code as large as whole pixels a module allow.

    Attributes:
        code: The text to carry, empty for nothing.
    """

    code = StringProperty("")

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own signature
        super().__init__(radius=28, fill=(1, 1, 1, 1), edge_width=2, **kwargs)
        with self.canvas:
            Color(1, 1, 1, 1)
            self._code = Rectangle(size=(0, 0))
        for name in ("code", "pos", "size"):
            self.fbind(name, self._draw)
        theme.bind(name=self._dress)
        self._dress()
        self._draw()

    def _dress(self, *_: object) -> None:
        self.edge_color = theme.line

    def _draw(self, *_: object) -> None:
        room = int(min(self.width, self.height) - 2 * u(20))
        if not self.code or room < 1:
            self._code.size = (0, 0)
            return
        texture = _texture(self.code)
        side = max(1, room // texture.width) * texture.width
        self._code.texture, self._code.size = texture, (side, side)
        x, y = middle_of(self)
        self._code.pos = (round(x - side / 2), round(y - side / 2))
