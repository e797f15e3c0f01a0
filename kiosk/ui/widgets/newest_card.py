"""The large card: the line just scanned or chosen, with its stepper and Remove."""

from collections.abc import Callable
from typing import Any, Final

from kivy.animation import Animation
from kivy.clock import Clock
from kivy.properties import ObjectProperty

from kiosk.checkout.intents import Intent
from kiosk.ui.presenters.views import NewestView
from kiosk.ui.theme import theme, u
from kiosk.ui.widgets.amount import Amount
from kiosk.ui.widgets.button import PushButton
from kiosk.ui.widgets.picture import Picture
from kiosk.ui.widgets.pill import Pill
from kiosk.ui.widgets.surface import Surface
from kiosk.ui.widgets.text import Text

__all__ = ["NewestCard"]

_HELD_S: Final = 1.2
_FADE_S: Final = 0.18


class NewestCard(Surface):
    """Draws a `NewestView`; 404 design pixels high.

    Attributes:
        view: What to draw, None for nothing.
    """

    view = ObjectProperty(None, allownone=True)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own signature
        super().__init__(radius=28, edge_width=4, **kwargs)
        self.emit: Callable[[Intent], None] = lambda _: None
        self._picture, self._badge = Picture(), Pill(look="accent", icon="tick", role="badge", height=u(56))
        self._badge.role, self._badge.pad_px = "pill", 24
        self._name = Text(role="newest_name", halign="left")
        self._second, self._third = (Text(role="detail", mode="cut", halign="left") for _ in range(2))
        self._price, self._quantity = Amount(role="newest_price"), Amount(role="figure", halign="center")
        self.minus = self._button("minus", "minus")
        self.plus = self._button("plus", "plus")
        self.remove = self._button("remove", "remove")
        for part in (self._picture, self._badge, self._name, self._second, self._third, self._price):
            self.add_widget(part)
        self.add_widget(self._quantity)
        self._again = Clock.create_trigger(self._arrange, -1)
        for name in ("pos", "size"):
            self.fbind(name, self._again)
        theme.bind(name=self._dress, text_scale=self._again)
        self._cooling: Any = None
        self.opacity = 0
        self._dress()

    @property
    def targets(self) -> tuple[PushButton, ...]:
        """What can be pressed here, in reading order."""
        return self.minus, self.plus, self.remove

    def on_touch_down(self, touch: Any) -> bool:  # noqa: ANN401 - Kivy has no types
        """Take touches only while there is something to see."""
        return self.view is not None and bool(super().on_touch_down(touch))

    def _button(self, name: str, act: str) -> PushButton:
        button = PushButton(name=name, icon_px=44 if name == "remove" else 48)
        button.bind(on_act=lambda _: self.emit(getattr(self.view, act).intent))
        self.add_widget(button)
        return button

    def on_view(self, _: object, view: NewestView | None) -> None:
        """Take words and amounts from a new view; a new line glows for a moment."""
        self.opacity = 0 if view is None else 1
        if view is None:
            return
        self._picture.view = view.picture
        self._badge.text = view.badge
        self._badge.opacity = 1 if view.badge else 0
        self._name.text, self._second.text, self._third.text = view.name, view.second, view.third
        self._price.text, self._quantity.text = view.price, view.quantity
        for button, shown in ((self.minus, view.minus), (self.plus, view.plus), (self.remove, view.remove)):
            button.show(shown)
        self.minus.text = self.plus.text = ""
        self._glow(bool(view.badge))
        self._again()

    def _glow(self, fresh: bool) -> None:  # noqa: FBT001 - a state, not an option
        if self._cooling is not None:
            self._cooling.cancel()
        Animation.cancel_all(self, "fill")
        self._dress()
        if fresh and theme.motion:
            self._cooling = Clock.schedule_once(self._cool, _HELD_S)

    def _cool(self, _: float) -> None:
        Animation(fill=theme.card, duration=_FADE_S).start(self)
        self._picture.ground = None

    def _dress(self, *_: object) -> None:
        self.fill, self.edge_color = theme.tint, theme.accent
        self._picture.ground = (1, 1, 1, 1) if theme.name == "light" else None
        self._name.color = self._price.color = self._quantity.color = theme.ink
        self._second.color = self._third.color = theme.muted

    def _arrange(self, *_: object) -> None:
        disc = u(224)
        self._picture.size = (disc, disc)
        self._picture.pos = (self.x + u(36), self.top - u(32) - disc)
        start, right = self.x + u(296), self.right - u(36)
        price = min(self._price.natural()[0], u(380))
        y = self._stack(start, right, price)
        self._price.size = (price, u(80))
        self._price.pos = (right - price, y)
        bottom, height = self.y + u(24), u(96)
        self.minus.size = self.plus.size = (u(108), height)
        self.minus.pos = (self.x + u(36), bottom)
        self._quantity.size, self._quantity.pos = (u(108), height), (self.minus.right + u(8), bottom)
        self.plus.pos = (self._quantity.right + u(8), bottom)
        width = max(u(244), self.remove._text.natural()[0] + u(130))  # noqa: SLF001 - the button grows with its word
        self.remove.size, self.remove.pos = (width, height), (right - width, bottom)

    def _stack(self, start: float, right: float, price: float) -> float:
        """Set the words around the middle of the picture; returns where the price stands."""
        badge = u(56) + u(14) if self._badge.text else 0
        name = self._name.full_size * 1.25
        line = self._second.full_size * 1.42
        lines = (1 if self._second.text else 0) + (1 if self._third.text else 0)
        middle = self._picture.center_y
        top = middle + (badge + name + line * lines) / 2
        self._badge.pos = (start, top - u(56))
        self._name.size, self._name.pos = (right - start, name), (start, top - badge - name)
        width = right - start - price - u(24)
        y = self._name.y - line
        for text in (self._second, self._third):
            text.size, text.pos = ((width, line), (start, y)) if text.text else ((0, 0), (start, y))
            y -= line if text.text else 0
        bottom = y + line
        return min(bottom + u(2), self._name.y - u(80)) if lines else self._name.y - u(80)
