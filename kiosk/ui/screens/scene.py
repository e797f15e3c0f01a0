"""What every scene shares: its targets by name, its focus order, and where its intents go."""

from collections.abc import Callable, Iterable
from typing import Any

from kivy.factory import Factory
from kivy.uix.floatlayout import FloatLayout

from kiosk.checkout.intents import Intent
from kiosk.ui.kv import load_beside
from kiosk.ui.presenters.views import ButtonView
from kiosk.ui.widgets.amount import Amount
from kiosk.ui.widgets.button import PushButton
from kiosk.ui.widgets.countdown import Countdown
from kiosk.ui.widgets.icon import Icon
from kiosk.ui.widgets.line_list import LineList
from kiosk.ui.widgets.newest_card import NewestCard
from kiosk.ui.widgets.notice_card import NoticeCard
from kiosk.ui.widgets.panes import Gap, Panes, Stack
from kiosk.ui.widgets.picture import Picture
from kiosk.ui.widgets.pin_pad import Dots, PinPad
from kiosk.ui.widgets.qr_image import QrImage
from kiosk.ui.widgets.surface import Surface
from kiosk.ui.widgets.text import Text
from kiosk.ui.widgets.tile import Tile
from kiosk.ui.widgets.touchable import Touchable

__all__ = ["Scene", "press_sends"]

for widget in (
    Amount,
    PushButton,
    Countdown,
    Dots,
    Gap,
    Icon,
    LineList,
    NewestCard,
    NoticeCard,
    Panes,
    Picture,
    PinPad,
    QrImage,
    Stack,
    Surface,
    Text,
    Tile,
):
    Factory.register(widget.__name__, cls=widget)
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
