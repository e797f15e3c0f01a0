"""Out of service: this lane is closed; where to go, and what is known of why."""

from collections.abc import Iterable

from kivy.properties import ObjectProperty

from kiosk.ui.kv import load_beside
from kiosk.ui.presenters.views import OutOfServiceView
from kiosk.ui.screens.scene import Scene
from kiosk.ui.widgets.touchable import Touchable

__all__ = ["OutOfServiceScene"]

load_beside(__file__)


class OutOfServiceScene(Scene):
    """Draws an `OutOfServiceView`."""

    view = ObjectProperty(None, allownone=True)

    def render(self, view: OutOfServiceView) -> None:
        """Draw the view."""
        self.view = view

    def focus_order(self) -> Iterable[Touchable]:
        """Nothing but the band."""
        return ()
