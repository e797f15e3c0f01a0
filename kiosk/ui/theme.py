"""The theme: colour tokens, measures and type roles of the screen, switchable while it runs."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import kivy
from kivy.core.text import LabelBase
from kivy.event import EventDispatcher
from kivy.properties import BooleanProperty, ColorProperty, NumericProperty, StringProperty

from kiosk.ui.fonts import FACES, find
from kiosk.ui.palette_table import PALETTES

__all__ = [
    "LANDSCAPE",
    "PORTRAIT",
    "ROLES",
    "Role",
    "Theme",
    "register_fonts",
    "t",
    "theme",
    "type_size",
    "u",
]

PORTRAIT: Final = (1080, 1920)
LANDSCAPE: Final = (2232, 1256)
"""Design canvases in design pixels: 4.03 px/mm on the panel; other windows scale to fit one of them."""


@dataclass(frozen=True, slots=True)
class Role:
    """A type role: face, size in design pixels, and line height as a multiple of the face's own."""

    face: str
    px: int
    line: float = 1.0


ROLES: Final[dict[str, Role]] = {
    "total": Role("Display", 204),
    "countdown": Role("Display", 170),
    "scene": Role("Display", 100, 0.92),
    "title": Role("Display", 84, 0.95),
    "total_small": Role("Display", 96),
    "choice": Role("TextSemi", 40),
    "hint": Role("Text", 36),
    "detail": Role("Text", 32),
    "question": Role("Display", 60, 0.95),
    "heading": Role("Display", 48),
    "newest_price": Role("Display", 68),
    "pay": Role("DisplaySemi", 52),
    "newest_name": Role("TextSemi", 46),
    "lead": Role("Text", 40, 1.08),
    "word": Role("TextSemi", 54),
    "tile": Role("TextSemi", 46),
    "button": Role("TextSemi", 36),
    "band": Role("TextSemi", 34),
    "price": Role("TextSemi", 36),
    "name": Role("TextSemi", 32),
    "strong": Role("TextSemi", 34),
    "second": Role("Text", 28),
    "caption": Role("TextMedium", 30),
    "sum": Role("Text", 34),
    "sum_strong": Role("TextSemi", 34),
    "pill": Role("TextSemi", 32),
    "badge": Role("TextSemi", 28),
    "shop": Role("Display", 42),
    "place": Role("Text", 30),
    "key": Role("DisplaySemi", 68),
    "count": Role("TextSemi", 34),
    "figure": Role("DisplaySemi", 52),
}


class Theme(EventDispatcher):
    """The tokens in force; widgets bind to them, so a switch redraws what is on the screen.

    Attributes:
        name: One of `palette_table.PALETTES`.
        scale: Window pixels per design pixel.
        text_scale: 1.0, or 1.25 for large text.
        motion: Whether anything moves; off in tests and assisted modes.
        edge_width: Width of a control's edge in design pixels; 4 in high contrast.
    """

    name = StringProperty("light")
    scale = NumericProperty(1.0)
    text_scale = NumericProperty(1.0)
    motion = BooleanProperty(defaultvalue=True)
    edge_width = NumericProperty(2)
    landscape = BooleanProperty(defaultvalue=False)

    ground = ColorProperty("#F6F5F1")
    card = ColorProperty("#FFFFFF")
    ink = ColorProperty("#131A17")
    muted = ColorProperty("#424E48")
    accent = ColorProperty("#005C46")
    accent_ink = ColorProperty("#FFFFFF")
    accent_pressed = ColorProperty("#00483A")
    tint = ColorProperty("#E8F3EE")
    tint_ink = ColorProperty("#005C46")
    tint_edge = ColorProperty("#E8F3EE")
    soft = ColorProperty("#ECEAE3")
    soft_pressed = ColorProperty("#DAD7CC")
    soft_edge = ColorProperty("#ECEAE3")
    line = ColorProperty("#E3E1D9")
    edge = ColorProperty("#7C8680")
    warn = ColorProperty("#FFB627")
    warn_ink = ColorProperty("#131A17")
    warn_ground = ColorProperty("#FFF3D6")
    warn_text = ColorProperty("#5E3E00")
    danger = ColorProperty("#A1121F")
    danger_ground = ColorProperty("#FDECEC")
    disabled = ColorProperty("#E3E1D9")
    disabled_ink = ColorProperty("#5A645E")
    disabled_edge = ColorProperty("#E3E1D9")
    focus = ColorProperty("#1B4FD8")
    attract = ColorProperty("#005C46")
    attract_ink = ColorProperty("#FFFFFF")
    attract_lead = ColorProperty("#E8F5EF")
    bar = ColorProperty("#131A17")
    bar_ink = ColorProperty("#FFFFFF")
    bar_edge = ColorProperty("#131A17")
    shadow = ColorProperty("#131A170D")
    veil = ColorProperty("#131A17B8")
    track = ColorProperty("#E3E1D9")

    def use(self, name: str) -> None:
        """Put a palette in force.

        Args:
            name: `light`, `dark` or `high_contrast`.

        Raises:
            KeyError: No such palette.
        """
        palette = PALETTES[name]
        self.edge_width = 4 if name == "high_contrast" else 2
        for token, value in palette.items():
            setattr(self, token, value)
        self.name = name

    def fit(self, width: float, height: float) -> None:
        """Take the measure of the window, in pixels."""
        self.landscape = width > height
        across, down = LANDSCAPE if self.landscape else PORTRAIT
        self.scale = min(width / across, height / down)


theme: Final = Theme()
_HUGE: Final = 80


def u(px: float) -> float:
    """Give window pixels for design pixels of a shape or a target (rounded, so that edges stay sharp)."""
    return float(round(px * theme.scale))


def t(px: float) -> float:
    """Give window pixels for design pixels of text; grows with large text, targets do not."""
    return float(round(px * theme.scale * theme.text_scale))


def type_size(role: str) -> float:
    """Give the font size of a role in window pixels; what is huge already does not grow with large text."""
    px = ROLES[role].px
    return u(px) if px >= _HUGE else t(px)


def register_fonts() -> None:
    """Tell Kivy which file draws each face; to be called once before the first label is made."""
    shipped = Path(kivy.__file__).parent / "data" / "fonts"
    for name, face in FACES.items():
        LabelBase.register(name, str(find(face, shipped)))
