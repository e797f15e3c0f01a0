"""A pill: a short remark with an icon and an amount; it says, it is never pressed."""

from typing import Any, Final

from kivy.clock import Clock
from kivy.properties import NumericProperty, OptionProperty, StringProperty

from kiosk.ui.presenters.views import PillView
from kiosk.ui.theme import theme, u
from kiosk.ui.widgets.amount import Amount
from kiosk.ui.widgets.icon import Icon
from kiosk.ui.widgets.surface import Surface
from kiosk.ui.widgets.text import Text

__all__ = ["Pill"]

_LOOKS: Final[dict[str, tuple[str, str, str]]] = {
    "tint": ("tint", "tint_ink", "tint_edge"),
    "soft": ("soft", "ink", "soft_edge"),
    "accent": ("accent", "accent_ink", "accent"),
    "warn": ("warn", "warn_ink", "warn"),
}


class Pill(Surface):
    """As wide as what it says; to be placed by its start or centre.

    Attributes:
        look: Colours.
        text: The word.
        icon: Before the word.
        amount: After the word.
        role: Type role.
    """

    look = OptionProperty("soft", options=tuple(_LOOKS))
    text = StringProperty("")
    icon = StringProperty("")
    amount = StringProperty("")
    role = StringProperty("pill")
    pad_px = NumericProperty(28)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own signature
        self._icon, self._text, self._amount = Icon(), Text(halign="left"), Amount(halign="left")
        kwargs = {"size_hint": (None, None), "height": u(64)} | kwargs
        super().__init__(**kwargs)
        for part in (self._icon, self._text, self._amount):
            self.add_widget(part)
        self._again = Clock.create_trigger(self._arrange, -1)
        for name in ("pos", "height", "text", "icon", "amount", "role"):
            self.fbind(name, self._again)
        self.fbind("look", self._dress)
        theme.bind(name=self._dress, text_scale=self._again)
        self._dress()
        self._arrange()

    def show(self, view: PillView) -> None:
        """Take what to say from a view."""
        self.look, self.text, self.icon, self.amount = view.look, view.text, view.icon, view.amount
        self._arrange()

    def _dress(self, *_: object) -> None:
        ground, words, edge = _LOOKS[self.look]
        self.fill, self.edge_color = getattr(theme, ground), getattr(theme, edge)
        self.edge_width = 4 if theme.name == "high_contrast" else 0
        for part in (self._icon, self._text, self._amount):
            part.color = getattr(theme, words)

    def _arrange(self, *_: object) -> None:
        self.radius = self.height
        self._icon.icon, self._text.text, self._amount.text = self.icon, self.text, self.amount
        self._text.role = self._amount.role = self.role
        side = u(34) if self.icon else 0
        gap = u(12)
        word = self._text.natural()[0] + 2
        money = self._amount.natural()[0] if self.amount else 0
        x = self.x + u(self.pad_px)
        self._icon.size, self._icon.pos = (side, side), (x, self.center_y - side / 2)
        x += side + gap if side else 0
        self._text.size, self._text.pos = (word, self.height), (x, self.y)
        x += word + (gap if money else 0)
        self._amount.size, self._amount.pos = (money, self.height), (x, self.y)
        self.width = x + money + u(self.pad_px) - self.x
