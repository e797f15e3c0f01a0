"""Not paid: nothing was charged; try again, or back to the basket."""

from collections.abc import Iterable

from kivy.properties import ObjectProperty

from kiosk.ui.kv import load_beside
from kiosk.ui.presenters.views import NotPaidView
from kiosk.ui.screens import staff_will_help
from kiosk.ui.screens.scene import Scene, press_sends
from kiosk.ui.widgets.touchable import Touchable

__all__ = ["NotPaidScene", "staff_will_help"]

load_beside(__file__)


class NotPaidScene(Scene):
    """Draws a `NotPaidView`."""

    view = ObjectProperty(None, allownone=True)

    def render(self, view: NotPaidView) -> None:
        """Draw the view."""
        self.view = view
        press_sends(self, self.ids.again, view.again)
        press_sends(self, self.ids.back, view.back)

    def focus_order(self) -> Iterable[Touchable]:
        """Try again, then back."""
        return (self.ids.again, self.ids.back)
