"""What every scene shares: its targets by name, its focus order, and where its intents go."""

from collections.abc import Callable, Iterable
from typing import Any

from kivy.factory import Factory
from kivy.uix.floatlayout import FloatLayout

from kiosk.checkout.intents import Intent
from kiosk.ui.kv import load_beside
from kiosk.ui.presenters.views import ButtonView
from kiosk.ui.widgets.button import PushButton
from kiosk.ui.widgets.touchable import Touchable

__all__ = ["Scene", "press_sends"]

# Imported when a .kv first names them: the attract scene needs few, and is drawn before the rest is read.
for name, module in {
    "Amount": "amount",
    "Countdown": "countdown",
    "Dots": "pin_pad",
    "Gap": "panes",
    "Icon": "icon",
    "LineList": "line_list",
    "NewestCard": "newest_card",
    "NoticeCard": "notice_card",
    "Panes": "panes",
    "Picture": "picture",
    "PinPad": "pin_pad",
    "PushButton": "button",
    "QrImage": "qr_image",
    "Stack": "panes",
    "Surface": "surface",
    "Text": "text",
    "Tile": "tile",
}.items():
    Factory.register(name, module=f"kiosk.ui.widgets.{module}")
load_beside(__file__)


class Scene(FloatLayout):
    """A scene or a dialog; made once, rendered as often as its view changes.

    Attributes:
        emit: Where intents go; set by the stage.
    """

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own signature
        self.emit: Callable[[Intent], None] = lambda _: None
        super().__init__(**kwargs)

    def render(self, view: Any) -> None:  # noqa: ANN401 - each scene narrows it to its own view
        """Draw a view."""
        raise NotImplementedError

    def focus_order(self) -> Iterable[Touchable]:
        """Give the targets in reading order."""
        raise NotImplementedError

    def reset(self) -> None:
        """Forget what the scene itself keeps; called when it comes on."""


def press_sends(scene: Scene, button: PushButton, view: ButtonView | None) -> None:
    """Show a view on a button and let a press send its intent."""
    button.show(view)
    if not getattr(button, "wired", False):
        button.wired = True
        button.bind(on_act=lambda pressed: pressed.meaning and scene.emit(pressed.meaning))
    button.meaning = view.intent if view else None
