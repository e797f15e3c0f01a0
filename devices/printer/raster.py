"""Draws with Pillow what a printer cannot write: pictures, scripts beyond its code pages, QR codes."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

import arabic_reshaper
import qrcode
from bidi import get_display
from PIL import Image, ImageDraw, ImageFont, ImageOps

from devices.printer.bitmap import Bitmap
from devices.printer.fonts import font_file

if TYPE_CHECKING:
    from devices.printer.layout import Piece, Row
    from devices.printer.profile import Profile
    from devices.printer.qr_fit import Level

_LINE_HEIGHT: Final = 30  # dots of a row at size 1: the default line spacing of the models
_FONT_DOTS: Final = 22
_NEUTRAL: Final = frozenset(
    {"Zs", "Nd", "Po", "Pd", "Ps", "Pe", "Sc", "Sm", "Pi", "Pf", "Pc", "Sk", "So", "Mn", "Cf"}
)
_MAX_PICTURE_DOTS: Final = 4_000_000  # a larger file is a mistake, not a logo


class PillowArtist:
    """The Artist of the encoder; `None` wherever a font or a file is missing."""

    def __init__(self, folders: tuple[Path, ...] = ()) -> None:
        """Look up relative pictures in `folders`, then among the installed assets."""
        self._folders = (*folders, *_asset_folders())

    def line(self, row: Row, profile: Profile) -> Bitmap | None:
        """One row of text, as wide as the paper; every piece at its columns."""
        scale = row.style.size
        canvas = Image.new("1", (profile.width_dots, _LINE_HEIGHT * scale), 1)
        draw = ImageDraw.Draw(canvas)
        for piece in row.pieces:
            if not self._piece(draw, piece, profile.dots_per_column * scale, row):
                return None
        return to_bitmap(ImageOps.invert(canvas.convert("L")).convert("1"))

    def picture(self, path: str, width_dots: int) -> Bitmap | None:
        """A picture file in black and white, shrunk to the paper; transparent is white."""
        found = self._find(path)
        if found is None:
            return None
        try:
            with Image.open(found) as picture:
                if picture.width * picture.height > _MAX_PICTURE_DOTS:
                    return None
                return to_bitmap(_black_and_white(picture, width_dots))
        except (OSError, SyntaxError, ValueError):  # what Pillow raises on broken files, by format
            return None

    def qr(self, data: str, module: int, level: Level) -> Bitmap | None:
        """A QR code with its quiet zone."""
        correction = qrcode.ERROR_CORRECT_M if level == "M" else qrcode.ERROR_CORRECT_L
        code = qrcode.QRCode(error_correction=correction, box_size=module, border=4)
        code.add_data(data)
        matrix = code.get_matrix()
        small = Image.new("1", (len(matrix), len(matrix)))
        small.putdata([dot for line in matrix for dot in line])
        return to_bitmap(
            small.resize((small.width * module, small.height * module), Image.Resampling.NEAREST)
        )

    def _piece(self, draw: ImageDraw.ImageDraw, piece: Piece, cell: int, row: Row) -> bool:
        runs = [(run, _font(script, _FONT_DOTS * row.style.size)) for script, run in visual_runs(piece.text)]
        if any(font is None for _, font in runs):
            return False
        known = [(run, font) for run, font in runs if font is not None]
        room = piece.width * cell - sum(font.getlength(run) for run, font in known)
        x = piece.start * cell + {"left": 0.0, "right": room, "center": room / 2}[piece.align]
        base = round(_LINE_HEIGHT * row.style.size * 0.76)
        for run, font in known:
            draw.text((x, base), run, font=font, fill=0, anchor="ls", stroke_width=int(row.style.bold))
            x += font.getlength(run)
        return True

    def _find(self, path: str) -> Path | None:
        wanted = Path(path)
        places = (wanted,) if wanted.is_absolute() else tuple(folder / wanted for folder in self._folders)
        return next((place for place in places if place.is_file()), None)


def to_bitmap(picture: Image.Image) -> Bitmap:
    """A Pillow picture of mode 1, set dots being black ones."""
    data = picture.tobytes()
    stride = (picture.width + 7) // 8
    return Bitmap(picture.width, tuple(data[at : at + stride] for at in range(0, len(data), stride)))


def visual_runs(text: str) -> list[tuple[str, str]]:
    """`text` shaped and in visual order from left to right, as (script, run) pairs; digits are LATIN."""
    shaped = get_display(arabic_reshaper.reshape(text)) if _needs_shaping(text) else text
    scripts: list[str] = []
    for character in str(shaped):
        neutral = unicodedata.category(character) in _NEUTRAL
        scripts.append("LATIN" if neutral else unicodedata.name(character, "LATIN").split()[0].split("-")[0])
    pairs = zip(scripts, str(shaped), strict=True)
    return [
        (script, "".join(part for _, part in group)) for script, group in groupby(pairs, lambda pair: pair[0])
    ]


def _needs_shaping(text: str) -> bool:
    return any(unicodedata.bidirectional(character) in {"R", "AL", "AN"} for character in text)


@lru_cache(maxsize=32)
def _font(script: str, size: int) -> ImageFont.FreeTypeFont | None:
    path = font_file(script)
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC) if path else None


def _black_and_white(picture: Image.Image, width_dots: int) -> Image.Image:
    layered = picture.convert("RGBA")
    paper = Image.new("RGBA", layered.size, "white")
    grey = Image.alpha_composite(paper, layered).convert("L")
    if grey.width > width_dots:
        grey = grey.resize((width_dots, max(1, grey.height * width_dots // grey.width)))
    return ImageOps.invert(grey).convert("1")


def _asset_folders() -> tuple[Path, ...]:
    """The installed assets; a document names them with or without the package's own name before."""
    spec = find_spec("assets")
    places = spec.submodule_search_locations if spec else None
    return tuple(folder for place in places or () for folder in (Path(place).parent, Path(place)))
