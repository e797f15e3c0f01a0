"""An amount of money or a number, set from cached digit pictures in equal cells, always left to right."""

from typing import Any

from kivy.graphics import Color, Rectangle
from kivy.properties import ColorProperty, NumericProperty, OptionProperty, StringProperty
from kivy.uix.widget import Widget

from kiosk.ui.theme import ROLES, t, theme, type_size
from kiosk.ui.widgets.glyphs import cell_width, glyph, line_width

__all__ = ["Amount"]

_FLOOR = 0.55


class Amount(Widget):
    """A number that neither trembles nor turns round: a change moves pictures, it makes no new text.

    Attributes:
        text: The amount as the presenter formatted it.
        role: Key of `theme.ROLES`.
        halign: Where it stands in its box.
        color: Of the figures.
        shrink: The part of the role's size in use.
    """

    text = StringProperty("")
    role = StringProperty("price")
    halign = OptionProperty("right", options=("left", "center", "right"))
    color = ColorProperty("#131A17")
    shrink = NumericProperty(1.0)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own signature
        kwargs.setdefault("color", theme.ink)
        super().__init__(**kwargs)
        self._cells: list[Any] = []
        with self.canvas:
            self._color = Color(*self.color)
        self.fbind("color", self._paint)
        for name in ("text", "pos", "size", "role", "halign"):
            self.fbind(name, self._set)
        theme.bind(text_scale=self._set, scale=self._set)
        self._set()

    def natural(self) -> tuple[int, int]:
        """Give the width and height in window pixels it takes unshrunk."""
        size = self._full_size()
        return line_width(ROLES[self.role].face, size, self.text), round(size * 1.2)

    def _full_size(self) -> float:
        return type_size(self.role)

    def _paint(self, *_: object) -> None:
        self._color.rgba = self.color

    def _fitted(self) -> float:
        face, size = ROLES[self.role].face, self._full_size()
        width = line_width(face, size, self.text)
        if width > self.width > 1:
            size = max(size * _FLOOR, float(int(size * self.width / width)))
            while size > 1 and line_width(face, size, self.text) > self.width and size > t(20):
                size -= 1
        return size

    def _set(self, *_: object) -> None:
        face, size = ROLES[self.role].face, self._fitted()
        self.shrink = size / self._full_size()
        spare = self.width - line_width(face, size, self.text)
        pen = self.x + {"left": 0.0, "center": spare / 2, "right": spare}[self.halign]
        used = 0
        for character in self.text:
            drawn = glyph(face, size, character)
            if drawn.texture is not None:
                self._place(used, drawn.texture, pen + self._inset(character, drawn.texture, face, size))
                used += 1
            pen += drawn.advance
        for cell in self._cells[used:]:
            cell.size = (0, 0)

    @staticmethod
    def _inset(character: str, texture: Any, face: str, size: float) -> float:  # noqa: ANN401 - Kivy has no types
        """Centre a figure in its cell; all else stands where the pen is."""
        return (cell_width(face, size) - texture.width) / 2 if character.isdecimal() else 0.0

    def _place(self, index: int, texture: Any, x: float) -> None:  # noqa: ANN401 - Kivy has no types
        if index == len(self._cells):
            with self.canvas:
                self._cells.append(Rectangle())
        cell = self._cells[index]
        cell.texture = texture
        cell.size = texture.size
        cell.pos = (round(x), round(self.y + (self.height - texture.height) / 2))
