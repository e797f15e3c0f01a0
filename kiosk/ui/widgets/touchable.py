"""What a finger does to a target: one finger at a time, act on release inside, no tap again for 250 ms."""

from time import monotonic
from typing import Any, ClassVar, Final
from weakref import ReferenceType, ref

from kivy.properties import BooleanProperty, StringProperty

from kiosk.ui.widgets.surface import Surface

__all__ = ["DOUBLE_TAP_S", "Touchable"]

DOUBLE_TAP_S: Final = 0.25


class Touchable(Surface):
    """A surface that can be pressed.

    Attributes:
        name: By which focus order, rehearsal and tests find it.
        enabled: Whether a press acts; a disabled target still takes the focus, so that speech can say why.
        pressed: A finger lies on it.
        focused: The focus ring is on it.
        spoken: What speech says of it.
    """

    __events__ = ("on_act",)

    name = StringProperty("")
    enabled = BooleanProperty(defaultvalue=True)
    pressed = BooleanProperty(defaultvalue=False)
    focused = BooleanProperty(defaultvalue=False)
    spoken = StringProperty("")

    _finger: ClassVar[ReferenceType[Any] | None] = None

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own signature
        super().__init__(**kwargs)
        self._acted_at = -DOUBLE_TAP_S

    def on_touch_down(self, touch: Any) -> bool:  # noqa: ANN401 - Kivy has no types
        """Take the touch if it lies here and no other finger is at work."""
        if self.opacity == 0 or not self.collide_point(*touch.pos):
            return bool(super().on_touch_down(touch))
        holder = Touchable._finger() if Touchable._finger else None
        if self.enabled and holder is None:
            Touchable._finger = ref(touch)
            touch.grab(self)
            self.pressed = True
        return True

    def on_touch_move(self, touch: Any) -> bool:  # noqa: ANN401 - Kivy has no types
        """Show whether a release would act."""
        if touch.grab_current is not self:
            return bool(super().on_touch_move(touch))
        self.pressed = self.enabled and self.collide_point(*touch.pos)
        return True

    def on_touch_up(self, touch: Any) -> bool:  # noqa: ANN401 - Kivy has no types
        """Act if the finger left the glass inside the target."""
        if touch.grab_current is not self:
            return bool(super().on_touch_up(touch))
        self.let_go(touch)
        if self.enabled and self.collide_point(*touch.pos):
            self.act()
        return True

    def let_go(self, touch: Any) -> None:  # noqa: ANN401 - Kivy has no types
        """Give the finger back without acting, as when it turns out to scroll."""
        touch.ungrab(self)
        Touchable._finger = None
        self.pressed = False

    def act(self) -> bool:
        """Act as if pressed, unless disabled or just done.

        Returns:
            Whether it acted.
        """
        now = monotonic()
        if not self.enabled or now - self._acted_at < DOUBLE_TAP_S:
            return False
        self._acted_at = now
        self.dispatch("on_act")
        return True

    def since_act(self) -> float:
        """Give the seconds since it last acted."""
        return monotonic() - self._acted_at

    def on_focused(self, _: object, focused: bool) -> None:  # noqa: FBT001 - Kivy's signature
        """Draw or remove the ring."""
        self.ring = focused

    def on_act(self) -> None:
        """Event: it was pressed."""
