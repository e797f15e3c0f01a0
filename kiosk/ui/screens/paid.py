"""Paid: the tick, the amount, and how the receipt is wanted."""

from collections.abc import Iterable
from typing import Any

from kivy.properties import ObjectProperty

from kiosk.ui.kv import load_beside
from kiosk.ui.presenters.views import PaidView
from kiosk.ui.screens.parts import fill
from kiosk.ui.screens.scene import Scene, press_sends
from kiosk.ui.widgets.tile import Tile
from kiosk.ui.widgets.touchable import Touchable

__all__ = ["PaidScene"]

load_beside(__file__)

_NAMES = {"printer": "receipt_print", "qr": "receipt_qr", "cross": "receipt_none"}


class PaidScene(Scene):
    """Draws a `PaidView`."""

    view = ObjectProperty(None, allownone=True)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own signature
        self._choices: list[Tile] = []
        super().__init__(**kwargs)

    def render(self, view: PaidView) -> None:
        """Draw the view."""
        self.view = view
        self._choices = []
        for tile, choice in fill(self.ids.choices, Tile, view.choices):
            tile.name = _NAMES[choice.icon]
            tile.role = "choice"
            press_sends(self, tile, choice)
            self._choices.append(tile)

    def focus_order(self) -> Iterable[Touchable]:
        """The equal choices, in the shop's order."""
        return tuple(self._choices)
