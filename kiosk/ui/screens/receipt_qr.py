"""Receipt QR: the receipt as a code, to be read by a phone's camera."""

from collections.abc import Iterable

from kivy.properties import ObjectProperty

from kiosk.ui.kv import load_beside
from kiosk.ui.presenters.views import ReceiptQrView
from kiosk.ui.screens.scene import Scene, press_sends
from kiosk.ui.widgets.touchable import Touchable

__all__ = ["ReceiptQrScene"]

load_beside(__file__)


class ReceiptQrScene(Scene):
    """Draws a `ReceiptQrView`."""

    view = ObjectProperty(None, allownone=True)

    def render(self, view: ReceiptQrView) -> None:
        """Draw the view."""
        self.view = view
        press_sends(self, self.ids.done, view.done)

    def focus_order(self) -> Iterable[Touchable]:
        """Done."""
        return (self.ids.done,)
