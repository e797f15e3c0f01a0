"""A label in one of the theme's type roles that fits its place, wraps into it, or is cut with an ellipsis."""

from functools import lru_cache
from typing import Any

from kivy.core.text import Label as CoreLabel
from kivy.properties import BooleanProperty, NumericProperty, OptionProperty, StringProperty
from kivy.uix.label import Label

from kiosk.ui.theme import ROLES, theme, type_size

__all__ = ["Text", "extents"]

_FLOOR = 0.62
"""A text shrinks to this part of its role's size at most; a test shows that our words never need it."""

_UNPLACED = (100, 100)
"""The size of a Kivy widget nobody has laid out yet: fitting words into it would be for nothing."""


@lru_cache(maxsize=4096)
def extents(face: str, size: float, text: str) -> tuple[int, int]:
    """Give width and height in window pixels of one line of text."""
    width, height = CoreLabel(font_name=face, font_size=size).get_extents(text)
    return int(width), int(height)


class Text(Label):
    """A text in a role.

    Attributes:
        role: Key of `theme.ROLES`.
        mode: `fit` shrinks one line to its width, `wrap` breaks into its box, `cut` ends in an ellipsis.
        hug: Whether its width follows what it says.
        shrink: The part of the role's size in use, for the tests that look for cramped words.
    """

    role = StringProperty("lead")
    mode = OptionProperty("fit", options=("fit", "wrap", "cut"))
    hug = BooleanProperty(defaultvalue=False)
    shrink = NumericProperty(1.0)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own signature
        kwargs.setdefault("color", theme.ink)
        kwargs.setdefault("valign", "middle")
        super().__init__(**kwargs)
        for name in ("size", "text", "role", "mode", "hug"):
            self.fbind(name, self._refit)
        theme.bind(text_scale=self._refit, scale=self._refit)
        self._refit()

    @property
    def full_size(self) -> float:
        """The role's font size in window pixels, before any shrinking."""
        return type_size(self.role)

    def natural(self) -> tuple[int, int]:
        """Give the width and height in window pixels that one unshrunk line takes."""
        return extents(ROLES[self.role].face, self.full_size, self.text) if self.text else (0, 0)

    def _refit(self, *_: object) -> None:
        role = ROLES[self.role]
        self.font_name = role.face
        self.line_height = role.line if self.mode == "wrap" else 1.0
        self.shorten = self.mode == "cut"
        self.shorten_from = "right"
        if self.hug:
            self.width = self.natural()[0] + 2
        if self.width <= 1 or not self.text or tuple(self.size) == _UNPLACED:
            return
        self.shrink = self._shrink_of_wrap() if self.mode == "wrap" else self._shrink_of_line()
        self.font_size = max(1.0, self.full_size * self.shrink)
        top = self.mode == "wrap" and self.valign == "top"
        self.text_size = (self.width, self.height if top else None)

    def _shrink_of_line(self) -> float:
        width, _ = self.natural()
        if self.mode == "cut" or width <= self.width:
            return 1.0
        return max(_FLOOR, 0.985 * self.width / width)

    def _shrink_of_wrap(self) -> float:
        part = 1.0
        while part > _FLOOR and not self._wrapped_fits(self.full_size * part):
            part *= 0.95
        return part

    def _wrapped_fits(self, size: float) -> bool:
        role = ROLES[self.role]
        lines = 0
        for paragraph in self.text.split("\n"):
            needed = self._lines_of(role.face, size, paragraph)
            if needed == 0:
                return False
            lines += needed
        _, height = extents(role.face, size, "X")
        return lines * height * role.line <= self.height + 1

    def _lines_of(self, face: str, size: float, paragraph: str) -> int:
        lines, line = 1, ""
        for word in paragraph.split(" "):
            if extents(face, size, word)[0] > self.width:
                return 0
            longer = f"{line} {word}".strip()
            if line and extents(face, size, longer)[0] > self.width:
                lines, line = lines + 1, word
            else:
                line = longer
        return lines
