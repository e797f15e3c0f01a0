"""The PIN pad: twelve large keys and dots; the digits live here alone and are forgotten once handed over."""

from typing import Any, Final

from kivy.properties import BooleanProperty, NumericProperty, StringProperty
from kivy.uix.gridlayout import GridLayout
from kivy.uix.widget import Widget

from kiosk.ui.theme import theme, u
from kiosk.ui.widgets.button import PushButton
from kiosk.ui.widgets.place import centre, middle_of
from kiosk.ui.widgets.surface import Surface

__all__ = ["Dots", "PinPad"]

_KEYS: Final = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "erase", "0", "enter")


class Dots(Surface):
    """How many digits were typed, never which.

    Attributes:
        filled: Digits typed.
        places: Dots drawn.
    """

    filled = NumericProperty(0)
    places = NumericProperty(6)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own signature
        super().__init__(radius=28, edge_width=2, shadow=True, **kwargs)
        self._dots: list[Surface] = []
        for name in ("pos", "size", "filled", "places"):
            self.fbind(name, self._draw)
        theme.bind(name=self._draw)
        self._draw()

    def _draw(self, *_: object) -> None:
        self.fill, self.edge_color = theme.card, theme.line
        while len(self._dots) < self.places:
            self._dots.append(Surface(radius=56, edge_width=4))
            self.add_widget(self._dots[-1])
        side, step = u(56), u(96)
        x, y = middle_of(self)
        start = x - (self.places - 1) * step / 2
        for index, dot in enumerate(self._dots):
            shown = index < self.places
            centre(dot, (side, side) if shown else (0, 0), (start + index * step, y))
            on = index < self.filled
            dot.fill = theme.ink if on else theme.card
            dot.edge_color = theme.ink if on else theme.edge


class PinPad(GridLayout):
    """Takes digits and hands the PIN over by `on_pin`.

    Attributes:
        least: Digits a PIN has at least; OK wakes there.
        most: Digits a PIN has at most.
        typed: How many were typed.
        open: Whether keys act.
        erase: The word on the delete key.
        enter: The word on the OK key.
    """

    __events__ = ("on_pin",)

    least = NumericProperty(4)
    most = NumericProperty(8)
    typed = NumericProperty(0)
    open = BooleanProperty(defaultvalue=True)
    erase = StringProperty("")
    enter = StringProperty("")

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own signature
        super().__init__(cols=3, spacing=u(16), **kwargs)
        self._digits = ""
        self.keys = {name: self._key(name) for name in _KEYS}
        self.keys["erase"].icon = "erase"
        for name in ("least", "open", "erase", "enter", "typed"):
            self.fbind(name, self._wake)
        self._wake()

    @property
    def targets(self) -> tuple[Widget, ...]:
        """What can be pressed here, in reading order."""
        return tuple(self.keys.values())

    def _key(self, name: str) -> PushButton:
        digit = name.isdecimal()
        key = PushButton(
            name=f"key_{name}",
            text=name if digit else "",
            role="key" if digit else "band",
            kind="secondary" if digit else "quiet",
            gap_px=8,
            pad_px=20,
            icon_px=40,
        )
        key.bind(on_act=lambda _: self.press(name))
        self.add_widget(key)
        return key

    def press(self, name: str) -> None:
        """Take a key: a digit, `erase` or `enter`."""
        if name == "enter":
            digits, self._digits = self._digits, ""
            self.typed = 0
            self.dispatch("on_pin", digits)
            return
        if name == "erase":
            self._digits = self._digits[:-1]
        elif len(self._digits) < self.most:
            self._digits += name
        self.typed = len(self._digits)

    def clear(self) -> None:
        """Forget what was typed."""
        self._digits = ""
        self.typed = 0

    def _wake(self, *_: object) -> None:
        self.keys["erase"].text, self.keys["enter"].text = self.erase, self.enter
        for name, key in self.keys.items():
            key.enabled = self.open and (name.isdecimal() or self._may(name))
        self.keys["enter"].kind = "primary"

    def _may(self, name: str) -> bool:
        return self.typed > 0 if name == "erase" else self.typed >= self.least

    def on_pin(self, pin: str) -> None:
        """Event: a whole PIN was entered; it is not kept."""
