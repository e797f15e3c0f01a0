"""The line on top: whose shop, which lane, what time; or the staff bar."""

from typing import Any

from kivy.clock import Clock
from kivy.properties import OptionProperty, StringProperty

from kiosk.ui.theme import theme, u
from kiosk.ui.widgets.icon import Icon
from kiosk.ui.widgets.place import centre, middle_of
from kiosk.ui.widgets.surface import Surface
from kiosk.ui.widgets.text import Text

__all__ = ["Header"]


class Header(Surface):
    """Read only; 112 design pixels high.

    Attributes:
        shop: Name of the shop or of the person.
        place: Lane and time.
        look: `plain`, `attract` (on the accent ground) or `staff` (a dark bar).
    """

    shop = StringProperty("")
    place = StringProperty("")
    look = OptionProperty("plain", options=("plain", "attract", "staff"))

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own signature
        super().__init__(radius=0, **kwargs)
        self._mark, self._icon = Surface(radius=16), Icon()
        self._shop, self._place = Text(role="shop", halign="left"), Text(role="place", halign="right")
        for part in (self._mark, self._icon, self._shop, self._place):
            self.add_widget(part)
        self._again = Clock.create_trigger(self._arrange, -1)
        for name in ("pos", "size", "shop", "place", "look"):
            self.fbind(name, self._again)
        theme.bind(name=self._again, text_scale=self._again)
        self._again()

    def _arrange(self, *_: object) -> None:
        staff = self.look == "staff"
        self._shop.text, self._place.text = self.shop, self.place
        self._shop.role = "strong" if staff else "shop"
        self.fill = theme.bar if staff else (0, 0, 0, 0)
        self._shop.color, self._place.color, mark, leaf = self._colours()
        self._mark.fill, self._icon.color = mark, leaf
        self._icon.icon = "lock" if staff else "leaf"
        side = u(60)
        middle = self.top - u(58)
        self._mark.size, self._mark.pos = (side, side), (self.x + u(40), middle - side / 2)
        inner = u(44)
        centre(self._icon, (inner, inner), middle_of(self._mark))
        start = self._mark.right + u(20) if not staff else self._mark.right + u(4)
        half = self.width / 2 - u(40)
        self._shop.size, self._shop.pos = (self.x + self.width * 0.62 - start, u(60)), (start, middle - u(30))
        self._place.size = (half - u(40), u(60))
        self._place.pos = (self.right - u(40) - self._place.width, middle - u(30))

    def _colours(self) -> tuple[Any, Any, Any, Any]:
        """Give the colours of shop, place, mark and the icon on it."""
        match self.look:
            case "staff":
                return theme.bar_ink, theme.bar_ink, (0, 0, 0, 0), theme.bar_ink
            case "attract" if theme.name == "high_contrast":
                return theme.attract_ink, theme.attract_ink, theme.accent, theme.accent_ink
            case "attract":
                place = theme.muted if theme.landscape else theme.attract_lead
                return theme.attract_ink, place, theme.attract_ink, theme.attract
            case _:
                return theme.ink, theme.muted, theme.accent, theme.accent_ink
