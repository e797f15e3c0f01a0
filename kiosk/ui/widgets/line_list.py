"""The list of rows: a pool of widgets as many as are seen, moved by row key, paged by buttons or by a drag.

Kivy's RecycleView is not used: its ScrollView binds one observer more per update, holds a touch back to see
whether it scrolls, and gives every row a new place in the data when one is put on top. Here a row keeps its
widget while it is visible, so a scan draws one row anew and moves the others.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

from kivy.animation import Animation
from kivy.properties import NumericProperty, StringProperty
from kivy.uix.stencilview import StencilView

from kiosk.ui.presenters.views import RowView
from kiosk.ui.theme import theme, u
from kiosk.ui.widgets.button import PushButton
from kiosk.ui.widgets.row import Row
from kiosk.ui.widgets.text import Text

__all__ = ["LineList"]

_ROW_PX: Final = 88
_LARGE_PX: Final = 108
_SLOP: Final = 24
"""Design pixels a finger may wander before it scrolls instead of pressing."""


class LineList(StencilView):
    """Shows rows from `first` on, and a pager in the last place when there are more.

    Attributes:
        first: Index of the row at the top.
        shift: Offset of the rows in window pixels while they move.
        row_px: Height of a row in design pixels.
        gap_px: Between rows.
        more: The word beside the number of rows below.
    """

    first = NumericProperty(0)
    shift = NumericProperty(0.0)
    row_px = NumericProperty(_ROW_PX)
    gap_px = NumericProperty(13)
    side_px = NumericProperty(16)
    more = StringProperty("")

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own signature
        super().__init__(**kwargs)
        self.choose: Callable[[int], None] = lambda _: None
        self._rows: Sequence[RowView] = ()
        self._shown: dict[int, Row] = {}
        self._spare: list[Row] = []
        self._drag: tuple[float, float] | None = None
        self._up = PushButton(icon="up", kind="quiet", name="rows_up")
        self._down = PushButton(icon="down", kind="quiet", name="rows_down")
        self._below = Text(role="caption", halign="center")
        self._up.bind(on_act=lambda _: self.page(-1))
        self._down.bind(on_act=lambda _: self.page(1))
        for name in ("pos", "size", "shift"):
            self.fbind(name, self._place)
        theme.bind(name=self._dress, text_scale=self._grow)
        self._dress()

    def show(self, rows: Sequence[RowView], more: str, *, pushed: bool) -> None:
        """Draw the rows anew where they changed.

        Args:
            rows: Newest first.
            more: The word for what is below.
            pushed: A row has come on top: go there, and let the others move down.
        """
        self._rows, self.more = rows, more
        if pushed:
            self.first = 0
            self._slide()
        self.first = min(int(self.first), self._last_first())
        self._place()

    def page(self, direction: int) -> None:
        """Go a page down (1) or up (-1)."""
        self.first = max(0, min(self._last_first(), int(self.first) + direction * max(1, self._places() - 1)))
        self._place()

    @property
    def targets(self) -> tuple[Any, ...]:
        """What can be pressed here, in reading order."""
        rows = [self._shown[row.root] for row in self._visible() if row.root in self._shown]
        return (*rows, *(button for button in (self._up, self._down) if button.parent is self))

    def _grow(self, *_: object) -> None:
        self.row_px = _LARGE_PX if theme.text_scale > 1.0 else _ROW_PX
        self._place()

    def _dress(self, *_: object) -> None:
        self._below.color = theme.muted

    def _step(self) -> float:
        return u(self.row_px + self.gap_px)

    def _top(self) -> float:
        return float(self.y + self.height)

    def _slots(self) -> int:
        return max(1, int((self.height + u(self.gap_px) + 1) // self._step())) if self.height > 1 else 0

    def _places(self) -> int:
        slots = self._slots()
        return slots if len(self._rows) <= slots else max(1, slots - 1)

    def _last_first(self) -> int:
        return max(0, len(self._rows) - self._places())

    def _visible(self) -> Sequence[RowView]:
        return self._rows[int(self.first) : int(self.first) + self._places()]

    def _slide(self) -> None:
        Animation.cancel_all(self, "shift")
        self.shift = 0.0
        if theme.motion and self._rows:
            self.shift = self._step()
            Animation(shift=0.0, duration=0.18, transition="out_quad").start(self)

    def _place(self, *_: object) -> None:
        visible = self._visible() if self._slots() else ()
        wanted = {row.root for row in visible}
        for root in [root for root in self._shown if root not in wanted]:
            gone = self._shown.pop(root)
            self.remove_widget(gone)
            self._spare.append(gone)
        for index, view in enumerate(visible):
            self._place_row(index, view)
        self._place_pager(len(visible))

    def _place_row(self, index: int, view: RowView) -> None:
        row = self._shown.get(view.root)
        if row is None:
            row = self._shown[view.root] = self._spare.pop() if self._spare else self._new_row()
            self.add_widget(row)
        row.view = view
        row.size = (self.width - 2 * u(self.side_px), u(self.row_px))
        row.pos = (self.x + u(self.side_px), self._top() - u(self.row_px) - index * self._step() + self.shift)

    def _new_row(self) -> Row:
        row = Row()
        row.bind(on_act=lambda pressed: self.choose(pressed.view.root))
        return row

    def _place_pager(self, drawn: int) -> None:
        paged = len(self._rows) > drawn > 0
        for part in (self._up, self._down, self._below):
            if paged and part.parent is None:
                self.add_widget(part)
            elif not paged and part.parent is not None:
                self.remove_widget(part)
        if not paged:
            return
        below = len(self._rows) - int(self.first) - drawn
        y = self._top() - u(self.row_px) - drawn * self._step()
        start, width, height = self.x + u(self.side_px), u(200), u(self.row_px)
        self._up.enabled, self._down.enabled = self.first > 0, below > 0
        self._up.size = self._down.size = (width, height)
        self._up.pos, self._down.pos = (start, y), (self.x + self.width - u(self.side_px) - width, y)
        self._below.text = f"{self.more}: {below}" if below else ""
        self._below.size = (self.width - 2 * width - 4 * u(self.side_px), height)
        self._below.pos = (start + width + u(self.side_px), y)

    def on_touch_down(self, touch: Any) -> bool:  # noqa: ANN401 - Kivy has no types
        """Let the row take the touch, and watch whether it becomes a drag."""
        if not self.collide_point(*touch.pos):
            return False
        self._drag = (touch.y, float(self.first))
        touch.grab(self)
        super().on_touch_down(touch)
        return True

    def on_touch_move(self, touch: Any) -> bool:  # noqa: ANN401 - Kivy has no types
        """Scroll by whole rows once the finger has wandered."""
        if touch.grab_current is not self or self._drag is None:
            return bool(super().on_touch_move(touch))
        way = touch.y - self._drag[0]
        if abs(way) > u(_SLOP):
            for row in self._shown.values():
                if row.pressed:
                    row.let_go(touch)
            self.first = max(0, min(self._last_first(), round(self._drag[1] + way / self._step())))
            self._place()
        return True

    def on_touch_up(self, touch: Any) -> bool:  # noqa: ANN401 - Kivy has no types
        """End the drag."""
        if touch.grab_current is not self:
            return bool(super().on_touch_up(touch))
        touch.ungrab(self)
        self._drag = None
        return True
