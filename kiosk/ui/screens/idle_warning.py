"""Idle warning: is anybody there? One ring, one question, yes or set aside."""

from collections.abc import Iterable

from kivy.properties import ObjectProperty

from kiosk.ui.kv import load_beside
from kiosk.ui.presenters.views import IdleView
from kiosk.ui.screens.scene import Scene, press_sends
from kiosk.ui.widgets.touchable import Touchable

__all__ = ["IdleWarningDialog"]

load_beside(__file__)


class IdleWarningDialog(Scene):
    """Draws an `IdleView`."""

    view = ObjectProperty(None, allownone=True)

    def render(self, view: IdleView) -> None:
        """Draw the view."""
        self.view = view
        self.ids.ring.view = view.countdown
        press_sends(self, self.ids.stay, view.stay)
        press_sends(self, self.ids.park, view.park)

    def focus_order(self) -> Iterable[Touchable]:
        """Yes, then set aside."""
        return (self.ids.stay, self.ids.park)
