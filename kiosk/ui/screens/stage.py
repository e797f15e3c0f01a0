"""The stage: ground, scene, dialog, header and band, and which of them a view calls for."""

from collections.abc import Callable
from importlib import import_module
from typing import Any, Final

from kivy.graphics import Color, Rectangle
from kivy.uix.floatlayout import FloatLayout

from kiosk.checkout.intents import Intent
from kiosk.ui.presenters.views import IdleView, LanguagesView, View
from kiosk.ui.screens.scene import Scene
from kiosk.ui.theme import theme, u
from kiosk.ui.widgets.header import Header
from kiosk.ui.widgets.lower_band import LowerBand
from kiosk.ui.widgets.touchable import Touchable

__all__ = ["SCENES", "Stage"]

SCENES: Final[dict[str, str]] = {
    "attract": "AttractScene",
    "basket": "BasketScene",
    "pay_choice": "PayChoiceScene",
    "follow_terminal": "FollowTerminalScene",
    "checking": "CheckingScene",
    "staff_will_help": "StaffWillHelpScene",
    "not_paid": "NotPaidScene",
    "paid": "PaidScene",
    "receipt_qr": "ReceiptQrScene",
    "goodbye": "GoodbyeScene",
    "pin_pad": "PinPadScene",
    "settle": "SettleScene",
    "out_of_service": "OutOfServiceScene",
}
_DIALOGS: Final[dict[str, str]] = {
    "idle_warning": "IdleWarningDialog",
    "languages": "LanguagesDialog",
    "access": "AccessDialog",
}
_BAND_PX: Final = 184


class Stage(FloatLayout):
    """Shows one view at a time; scenes are made at first need and kept for good.

    Attributes:
        emit: Where intents go.
        view: What is shown.
        scene: The scene in front.
        dialog: The dialog over it, or None.
    """

    def __init__(self, emit: Callable[[Intent], None], **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own signature
        super().__init__(**kwargs)
        self.emit = emit
        self.view: View | None = None
        self.scene: Scene | None = None
        self.dialog: Scene | None = None
        self._made: dict[str, Scene] = {}
        self._access_open = False
        self._focus: Touchable | None = None
        with self.canvas.before:
            self._ground_color, self._ground = Color(), Rectangle()
        self._scenes, self._dialogs = FloatLayout(), FloatLayout()
        with self._dialogs.canvas.before:
            self._veil_color, self._veil = Color(0, 0, 0, 0), Rectangle()
            self._shelf_color, self._shelf = Color(0, 0, 0, 0), Rectangle()
        self.header = Header(size_hint=(1, None), height=u(112), pos_hint={"top": 1, "x": 0})
        self.band = LowerBand(size_hint=(None, None))
        self.band.emit, self.band.open_access = self._send, self.open_access
        for layer in (self._scenes, self.header, self._dialogs, self.band):
            self.add_widget(layer)
        for name in ("pos", "size"):
            self.fbind(name, self._place)
        theme.bind(name=self._place)
        self._place()

    def show(self, view: View) -> None:
        """Draw a view: the scene it names, the dialog over it, header and band."""
        if self.view is not None and self.view.visit is not None and view.visit != self.view.visit:
            self._new_visit()
        if theme.name != view.theme:
            theme.use(view.theme)
        before, self.view = self.view, view
        self.header.shop, self.header.place, self.header.look = (
            view.header.shop,
            view.header.place,
            view.header.look,
        )
        self.band.show(view.band)
        self._show_scene(view, before)
        self._show_dialog(view)

    def make(self, screen: str) -> Scene:
        """Give the scene or dialog of a name, importing it at first need."""
        if screen not in self._made:
            module = import_module(f"kiosk.ui.screens.{screen}")
            made: Scene = getattr(module, {**SCENES, **_DIALOGS}[screen])()
            made.emit = self._send
            if hasattr(made, "close"):
                made.close = self.open_access
            self._made[screen] = made
        return self._made[screen]

    def open_access(self) -> None:
        """Show what makes the screen easier to use; it is the screen's own affair."""
        self._access_open = not self._access_open
        if self.view is not None:
            self._show_dialog(self.view)

    def targets(self) -> tuple[Touchable, ...]:
        """Give what can be touched now, in reading order: a dialog hides the scene, the band stays."""
        front = self.dialog or self.scene
        order = tuple(front.focus_order()) if front else ()
        return tuple(target for target in (*order, *self.band.targets) if target.opacity > 0)

    def move_focus(self, step: int) -> Touchable | None:
        """Walk the focus ring on (1) or back (-1) in reading order."""
        order = self.targets()
        if not order:
            return None
        at = order.index(self._focus) + step if self._focus in order else (0 if step > 0 else -1)
        if self._focus is not None:
            self._focus.focused = False
        self._focus = order[at % len(order)]
        self._focus.focused = True
        return self._focus

    def act(self) -> bool:
        """Press what has the focus."""
        return self._focus is not None and self._focus in self.targets() and self._focus.act()

    def _send(self, intent: Intent) -> None:
        self.emit(intent)

    def _new_visit(self) -> None:
        self._access_open = False
        theme.text_scale = 1.0
        if self._focus is not None:
            self._focus.focused = False
            self._focus = None

    def _show_scene(self, view: View, before: View | None) -> None:
        scene = self.make(view.screen)
        if self.scene is not scene:
            self._scenes.clear_widgets()
            scene.reset()
            scene.render(view.scene)
            self._scenes.add_widget(scene)
            self.scene = scene
            self._access_open = False
        elif before is None or before.scene != view.scene:
            scene.render(view.scene)

    def _show_dialog(self, view: View) -> None:
        name, shown = self._dialog_of(view)
        dialog = self.make(name) if name else None
        if dialog is not self.dialog:
            self._dialogs.clear_widgets()
            if dialog is not None:
                self._dialogs.add_widget(dialog)
            self.dialog = dialog
            self._place()
        if dialog is not None:
            dialog.render(shown)

    def _dialog_of(self, view: View) -> tuple[str, Any]:
        if isinstance(view.dialog, IdleView):
            return "idle_warning", view.dialog
        if isinstance(view.dialog, LanguagesView):
            return "languages", view.dialog
        return ("access", view.access) if self._access_open else ("", None)

    def on_touch_down(self, touch: Any) -> bool:  # noqa: ANN401 - Kivy has no types
        """Give the band its touches; a dialog keeps all others from the scene."""
        if self.band.on_touch_down(touch):
            return True
        layer = self._dialogs if self.dialog is not None else self._scenes
        layer.on_touch_down(touch)
        return True

    def _place(self, *_: object) -> None:
        self._ground_color.rgba = theme.ground
        self._ground.pos, self._ground.size = self.pos, self.size
        self.band.size = (self.width - 2 * u(40), u(120))
        self.band.pos = (self.x + u(40), self.y + u(36))
        self.header.height = u(112)
        lit = u(_BAND_PX) - u(4)
        self._veil_color.rgba = theme.veil if self.dialog else (0, 0, 0, 0)
        self._veil.pos, self._veil.size = (self.x, self.y + lit), (self.width, self.height - lit)
        self._shelf_color.rgba = theme.ground if self.dialog else (0, 0, 0, 0)
        self._shelf.pos, self._shelf.size = self.pos, (self.width, lit)
