"""A button: primary, secondary, quiet or danger, with an icon, one or two lines, or a word and an amount."""

from typing import Any, Final

from kivy.clock import Clock
from kivy.properties import ColorProperty, NumericProperty, OptionProperty, StringProperty

from kiosk.ui.presenters.views import ButtonView
from kiosk.ui.theme import theme, u
from kiosk.ui.widgets.amount import Amount
from kiosk.ui.widgets.icon import Icon
from kiosk.ui.widgets.text import Text
from kiosk.ui.widgets.touchable import Touchable

__all__ = ["LOOKS", "PushButton"]

# kind -> state -> (ground, words, edge, edge width or 0 for the theme's)
LOOKS: Final[dict[str, dict[str, tuple[str, str, str, int]]]] = {
    "primary": {
        "plain": ("accent", "accent_ink", "accent", 0),
        "pressed": ("accent_pressed", "accent_ink", "accent_pressed", 0),
    },
    "secondary": {"plain": ("card", "ink", "edge", 0), "pressed": ("soft", "ink", "ink", 4)},
    "quiet": {"plain": ("soft", "ink", "soft_edge", 0), "pressed": ("soft_pressed", "ink", "soft_edge", 0)},
    "danger": {
        "plain": ("card", "danger", "danger", 0),
        "pressed": ("danger_ground", "danger", "danger", 4),
    },
    "chosen": {"plain": ("tint", "tint_ink", "accent", 4), "pressed": ("tint", "tint_ink", "accent", 4)},
    "warned": {
        "plain": ("warn_ground", "warn_text", "warn_text", 0),
        "pressed": ("warn_ground", "warn_text", "warn_text", 4),
    },
}
_DISABLED: Final = ("disabled", "disabled_ink", "disabled_edge", 0)


class PushButton(Touchable):
    """Draws a `ButtonView` in one of the looks.

    Attributes:
        kind: Key of `LOOKS`.
        text: The word.
        sub: A smaller second line.
        icon: Before the word.
        amount: An amount after the word, set in equal cells.
        role: Type role of the word.
        sub_role: Type role of the second line.
        icon_px: Side of the icon in design pixels.
        pad_px: Room kept free at both sides together, in design pixels.
        gap_px: Between icon, word and amount.
        layout: `row` centres icon and word, `start` sets them at the start, `stack` puts the icon above.
    """

    kind = OptionProperty("secondary", options=tuple(LOOKS))
    text = StringProperty("")
    sub = StringProperty("")
    icon = StringProperty("")
    amount = StringProperty("")
    role = StringProperty("button")
    sub_role = StringProperty("second")
    icon_px = NumericProperty(44)
    pad_px = NumericProperty(40)
    gap_px = NumericProperty(18)
    layout = OptionProperty("row", options=("row", "start", "stack"))
    words = ColorProperty("#131A17")

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own signature
        self._icon, self._text = Icon(), Text(halign="left")
        self._sub, self._amount = Text(role="second"), Amount(halign="left")
        super().__init__(**kwargs)
        for part in (self._icon, self._text, self._sub, self._amount):
            self.add_widget(part)
        self._again = Clock.create_trigger(self._arrange, -1)
        for name in (
            "pos",
            "size",
            "text",
            "sub",
            "icon",
            "amount",
            "role",
            "sub_role",
            "icon_px",
            "layout",
            "pressed",
        ):
            self.fbind(name, self._again)
        for name in ("kind", "enabled", "pressed"):
            self.fbind(name, self._dress)
        theme.bind(name=self._dress, text_scale=self._again)
        self._dress()
        self._again()

    def show(self, view: ButtonView | None) -> None:
        """Take words, icon and state from a view; None hides the button."""
        self.opacity = 0 if view is None else 1
        self.enabled = view is not None and view.enabled
        if view is None:
            return
        self.text, self.sub, self.icon, self.amount = view.text, view.sub, view.icon, view.amount
        self.spoken = view.why or " ".join(filter(None, (view.text, view.amount, view.sub)))

    def _dress(self, *_: object) -> None:
        looks = LOOKS[self.kind]
        look = looks["pressed" if self.pressed else "plain"] if self.enabled else _DISABLED
        ground, words, edge, width = look
        self.fill, self.edge_color = getattr(theme, ground), getattr(theme, edge)
        self.edge_width = width or theme.edge_width
        self.dashed = not self.enabled and theme.name == "high_contrast"
        self.words = getattr(theme, words)
        for part in (self._icon, self._text, self._sub, self._amount):
            part.color = self.words
        if self.kind in ("secondary", "chosen") and self.enabled:
            self._sub.color = theme.muted
            if self.layout == "stack":
                self._icon.color = theme.accent if theme.name != "high_contrast" else theme.tint_ink

    def _arrange(self, *_: object) -> None:
        self._icon.icon, self._text.text, self._text.role = self.icon, self.text, self.role
        self._sub.text, self._sub.role = self.sub, self.sub_role
        self._amount.text, self._amount.role = self.amount, self.role
        down = u(3) if self.pressed else 0
        if self.layout == "stack":
            self._stack(down)
        else:
            self._row(down)

    def _row(self, down: float) -> None:
        side = u(self.icon_px) if self.icon else 0
        gap = u(self.gap_px) if self.text else 0
        room = max(1.0, self.width - u(self.pad_px) - (side + gap if side else 0))
        money = min(room * 0.6, self._amount.natural()[0]) if self.amount else 0
        if money:
            room -= money + gap
        word = min(room, max(self._text.natural()[0], self._sub.natural()[0] if self.sub else 0) + 2)
        whole = (side + gap if side else 0) + word + (gap + money if money else 0)
        x = self.x + u(36) if self.layout == "start" else self.center_x - whole / 2
        y = self.center_y - down
        self._icon.size, self._icon.pos = (side, side), (x, y - side / 2)
        x += side + gap if side else 0
        self._words(x, y, word, "left" if self.layout == "start" else "center")
        self._amount.size = (money, u(60))
        self._amount.pos = (x + word + gap, y - self._amount.height / 2)

    def _words(self, x: float, y: float, width: float, halign: str) -> None:
        line, second = self._text.full_size * 1.2, self._sub.full_size * 1.2
        self._text.halign = self._sub.halign = halign
        self._text.size = (width, line)
        self._sub.size = (width, second) if self.sub else (0, 0)
        up = second / 2 if self.sub else 0
        self._text.pos = (x, y - line / 2 + up)
        self._sub.pos = (x, y - line / 2 - second / 2)

    def _stack(self, down: float) -> None:
        side, gap = (u(self.icon_px) if self.icon else 0), u(self.gap_px)
        line, second = self._text.full_size * 1.2, self._sub.full_size * 1.25 if self.sub else 0
        whole = side + (gap if side else 0) + line + second
        top = self.center_y + whole / 2 - down
        self._icon.size, self._icon.pos = (side, side), (self.center_x - side / 2, top - side)
        top -= side + (gap if side else 0)
        width = self.width - u(32)
        self._text.halign = self._sub.halign = "center"
        self._text.size, self._text.pos = (width, line), (self.x + u(16), top - line)
        self._sub.size, self._sub.pos = (width, second), (self.x + u(16), top - line - second)
