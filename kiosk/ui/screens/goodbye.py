"""Goodbye: the visit is over; the receipt is printing, taken, or needs a hand."""

from collections.abc import Iterable

from kivy.properties import ObjectProperty

from kiosk.ui.kv import load_beside
from kiosk.ui.presenters.views import GoodbyeView
from kiosk.ui.screens.scene import Scene, press_sends
from kiosk.ui.widgets.touchable import Touchable

__all__ = ["GoodbyeScene"]

load_beside(__file__)


class GoodbyeScene(Scene):
    """Draws a `GoodbyeView`."""

    view = ObjectProperty(None, allownone=True)

    def render(self, view: GoodbyeView) -> None:
        """Draw the view."""
        self.view = view
        press_sends(self, self.ids.instead, view.instead)
        press_sends(self, self.ids.done, view.done)

    def focus_order(self) -> Iterable[Touchable]:
        """The code instead of paper, then Done."""
        return (self.ids.instead, self.ids.done)
