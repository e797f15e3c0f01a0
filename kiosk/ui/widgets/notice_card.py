"""The inline card: what a scan could not do, and what now; it pushes the rows down, never covers them."""

from collections.abc import Callable
from typing import Any

from kivy.clock import Clock
from kivy.properties import ObjectProperty

from kiosk.checkout.intents import Intent
from kiosk.ui.presenters.views import NoticeView
from kiosk.ui.theme import theme, u
from kiosk.ui.widgets.button import PushButton
from kiosk.ui.widgets.icon import Icon
from kiosk.ui.widgets.picture import Picture
from kiosk.ui.widgets.place import centre, middle_of
from kiosk.ui.widgets.surface import Surface
from kiosk.ui.widgets.text import Text

__all__ = ["NoticeCard"]


class NoticeCard(Surface):
    """Draws a `NoticeView`; 196 design pixels high.

    Attributes:
        view: What to draw.
    """

    view = ObjectProperty(None, allownone=True)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own signature
        super().__init__(radius=28, edge_width=4, **kwargs)
        self.emit: Callable[[Intent], None] = lambda _: None
        self._picture, self._icon = Picture(), Icon()
        self._title = Text(role="strong", halign="left")
        self._sentence = Text(role="caption", mode="wrap", halign="left", valign="top")
        self.button = PushButton(name="notice")
        self.button.bind(on_act=lambda _: self.emit(self.view.act.intent))
        for part in (self._picture, self._icon, self._title, self._sentence, self.button):
            self.add_widget(part)
        self._again = Clock.create_trigger(self._arrange, -1)
        for name in ("pos", "size"):
            self.fbind(name, self._again)
        theme.bind(name=self._dress, text_scale=self._again)
        self.opacity = 0
        self._dress()

    def on_view(self, _: object, view: NoticeView | None) -> None:
        """Take the words from a new view."""
        self.opacity = 0 if view is None else 1
        if view is None:
            return
        self._picture.view, self._icon.icon = view.picture, "" if view.picture else view.icon
        self._title.text, self._sentence.text = view.title, view.sentence
        self.button.show(view.act)
        self._again()

    def on_touch_down(self, touch: Any) -> bool:  # noqa: ANN401 - Kivy has no types
        """Take touches only while there is something to see."""
        return self.view is not None and bool(super().on_touch_down(touch))

    def _dress(self, *_: object) -> None:
        self.fill, self.edge_color = theme.warn_ground, theme.warn
        self._title.color = theme.warn_text
        self._sentence.color = theme.ink
        self._icon.color = theme.warn_text

    def _arrange(self, *_: object) -> None:
        disc = u(100)
        self._picture.size, self._picture.pos = (disc, disc), (self.x + u(28), self.center_y - disc / 2)
        centre(self._icon, (u(76), u(76)), middle_of(self._picture))
        width, height = u(172), u(96)
        self.button.size, self.button.pos = (
            (width, height),
            (self.right - u(28) - width, self.center_y - height / 2),
        )
        start = self.x + u(152)
        room = self.button.x - u(24) - start
        self._title.size, self._title.pos = (room, u(56)), (start, self.top - u(20) - u(56))
        self._sentence.size = (room, u(100))
        self._sentence.pos = (start, self._title.y - u(100))
