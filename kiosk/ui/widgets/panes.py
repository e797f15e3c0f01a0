"""Lays a scene out: to read above and to touch below in portrait, side by side in landscape."""

from typing import Any

from kivy.properties import NumericProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.widget import Widget

from kiosk.ui.theme import theme, u

__all__ = ["Gap", "Panes", "Stack"]


class Panes(BoxLayout):
    """Two children between header and band.

    Attributes:
        split: Height of the upper one in portrait, in design pixels.
        head: Height of the header above, in design pixels.
    """

    split = NumericProperty(800)
    head = NumericProperty(112)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own signature
        super().__init__(**kwargs)
        for name in ("split", "head", "children"):
            self.fbind(name, self._turn)
        theme.bind(landscape=self._turn)
        self._turn()

    def _turn(self, *_: object) -> None:
        self.orientation = "horizontal" if theme.landscape else "vertical"
        self.padding = (u(40), u(self.head), u(40), u(184))
        self.spacing = u(152) if theme.landscape else 0
        if self.children:
            upper = self.children[-1]
            upper.size_hint_y = 1 if theme.landscape else None
            upper.height = u(self.split)


class Stack(BoxLayout):
    """Children one above the other, each of its own height in design pixels (`tall`), gaps between."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own signature
        super().__init__(orientation="vertical", **kwargs)


class Gap(Widget):
    """Empty room of `tall` design pixels, or of what is left when `tall` is 0.

    Attributes:
        tall: Height in design pixels.
    """

    tall = NumericProperty(0)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own signature
        super().__init__(**kwargs)
        self.fbind("tall", self._set)
        self._set()

    def _set(self, *_: object) -> None:
        self.size_hint_y = None if self.tall else 1
        self.height = u(self.tall)
