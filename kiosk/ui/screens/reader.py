"""The picture of the card reader: where the card goes, what the light says, the amount on its display."""

from collections.abc import Sequence
from typing import Any, Final

from kivy.clock import Clock
from kivy.factory import Factory
from kivy.graphics import Color, Rectangle
from kivy.properties import ObjectProperty

from kiosk.ui.presenters.views import FollowTerminalView
from kiosk.ui.screens.reader_drawing import draw_card, draw_waves
from kiosk.ui.theme import theme, u
from kiosk.ui.widgets.amount import Amount
from kiosk.ui.widgets.place import centre
from kiosk.ui.widgets.shape import from_picture
from kiosk.ui.widgets.surface import Surface
from kiosk.ui.widgets.text import Text

__all__ = ["Reader"]

# Middle of the card from the start and the top of the picture, its turn in degrees; None: no card.
_CARD: Final[dict[str, tuple[float, float, float] | None]] = {
    "present_card": (735, 226, 8),
    "insert_card": (255, 478, 90),
    "remove_card": (735, 250, -10),
    "enter_pin": None,
    "processing": None,
    "preparing": None,
    "approved": None,
}
_KEYS: Final = ("key", "key", "key") * 3 + ("stop", "wait", "go")
_WHITE: Final = (1, 1, 1, 1)
_LIFT: Final = 38


class Reader(Surface):
    """A drawn reader 290 x 516, as on most counters, and the card beside or in it."""

    view = ObjectProperty(None, allownone=True)

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own signature
        super().__init__(radius=32, **kwargs)
        self._body, self._display = Surface(radius=40), Surface(radius=20)
        self._keys = [Surface(radius=12) for _ in _KEYS]
        self._dot, self._light = Surface(radius=40), Text(role="strong", halign="left", mode="wrap")
        self._word, self._amount = (
            Text(role="second", halign="center"),
            Amount(role="figure", halign="center"),
        )
        self._pictures: dict[tuple[object, ...], Any] = {}
        for part in (
            self._body,
            self._display,
            *self._keys,
            self._word,
            self._amount,
            self._dot,
            self._light,
        ):
            self.add_widget(part)
        with self.canvas.before:
            Color(*_WHITE)
            self._waves, self._card = Rectangle(size=(0, 0)), Rectangle(size=(0, 0))
        self._again = Clock.create_trigger(self._arrange, -1)
        for name in ("pos", "size", "view"):
            self.fbind(name, self._again)
        theme.bind(name=self._again)

    def show(self, view: FollowTerminalView) -> None:
        """Take what the reader asks for."""
        self._word.text, self._amount.text, self._light.text = view.reader_word, view.total, view.light
        self.view = view

    def _at(self, x: float, y: float) -> tuple[float, float]:
        """Give the window place of a point of the picture, measured from its start and top."""
        return self.x + (self.width - u(1000)) / 2 + u(x), self.y + (self.height + u(640)) / 2 - u(y)

    def _box(self, part: Any, box: Sequence[float]) -> None:  # noqa: ANN401 - Kivy has no types
        """Place a part of the reader; it stands higher while a card sticks out below."""
        x, y, width, height = box
        y -= _LIFT if self.view.shows == "insert_card" else 0
        part.size = (u(width), u(height))
        part.pos = self._at(x, y + height)

    def _arrange(self, *_: object) -> None:
        if self.view is None:
            return
        self.fill = theme.tint
        self.edge_width, self.edge_color = (
            (4, theme.tint_edge) if theme.name == "high_contrast" else (0, _WHITE)
        )
        self._arrange_body()
        self._arrange_light()
        shows = self.view.shows
        self._place_card(_CARD.get(shows))
        self._place_waves(shown=shows == "present_card")

    def _arrange_body(self) -> None:
        dark = theme.name != "light"
        self._body.fill = (0.04, 0.06, 0.05, 1) if dark else theme.ink
        self._body.edge_width, self._body.edge_color = (4, theme.edge) if dark else (0, _WHITE)
        self._box(self._body, (110, 62, 290, 516))
        self._display.fill = _WHITE
        self._box(self._display, (136, 92, 238, 180))
        self._box(self._word, (146, 134, 218, 40))
        self._box(self._amount, (146, 176, 218, 60))
        self._word.color, self._amount.color = (0.26, 0.31, 0.28, 1), (0.07, 0.10, 0.09, 1)
        asks_pin = self.view.shows == "enter_pin"
        colours = {
            "key": (1, 1, 1, 1) if asks_pin else (0.79, 0.81, 0.80, 1),
            "stop": (0.91, 0.64, 0.61, 1),
            "wait": (1, 0.85, 0.56, 1),
            "go": (0.49, 0.83, 0.69, 1),
        }
        for index, (key, kind) in enumerate(zip(self._keys, _KEYS, strict=True)):
            row, column = divmod(index, 3)
            key.fill = colours[kind]
            key.edge_width, key.edge_color = (4, theme.accent) if asks_pin and kind == "key" else (0, _WHITE)
            self._box(key, (155 + column * 72, 318 + row * 58 + (6 if kind != "key" else 0), 56, 44))

    def _arrange_light(self) -> None:
        beside = _CARD.get(self.view.shows) is not None and self.view.shows != "insert_card"
        y = 460 if beside else 322
        self._dot.fill = theme.tint_ink
        centre(self._dot, (u(40), u(40)), self._at(510, y))
        self._light.color = theme.tint_ink
        x, middle = self._at(550, y)
        self._light.size, self._light.pos = (u(410), u(120)), (x, middle - u(60))

    def _place_card(self, place: tuple[float, float, float] | None) -> None:
        if place is None:
            self._card.size = (0, 0)
            return
        x, y, turn = place
        edge = "#FFFFFF" if theme.name == "high_contrast" else ""
        body = "#005C46" if theme.name != "dark" else "#3FA77D"
        self._put(self._card, ("card", turn, body, edge, theme.scale), (x, y))

    def _place_waves(self, *, shown: bool) -> None:
        if not shown:
            self._waves.size = (0, 0)
            return
        colour = "#" + "".join(f"{round(part * 255):02X}" for part in theme.tint_ink[:3])
        self._put(self._waves, ("waves", 0, colour, "", theme.scale), (505, 230))

    def _put(self, rectangle: Any, key: tuple[Any, ...], at: tuple[float, float]) -> None:  # noqa: ANN401 - Kivy has no types
        """Draw a picture once per theme and scale, its middle at a point."""
        if key not in self._pictures:
            kind, turn, colour, edge, scale = key
            drawn = draw_card(scale, turn, colour, edge) if kind == "card" else draw_waves(scale, colour)
            self._pictures[key] = from_picture(drawn)
        texture = self._pictures[key]
        x, y = self._at(*at)
        rectangle.texture, rectangle.size = texture, texture.size
        rectangle.pos = (round(x - texture.width / 2), round(y - texture.height / 2))


Factory.register("Reader", cls=Reader)
