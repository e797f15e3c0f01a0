"""The Kivy app: draws views, sends intents, and nothing else.

How `kiosk/bootstrap/run.py` builds it, in this order:

1. `environment.prepare(environment.Window(...), home)` before anything imports Kivy.
2. `presenter = Presenter(Lane(...), translations)`; its `view(session)` may run in any one thread.
3. `app = import_module("kiosk.ui.app").CheckstandApp(first, ports, look)`; the import opens the window.
   - `first` is the view of `Session.begin(...)`: the attract frame is drawn from it before the other
     scenes are imported and before the core has said anything.
   - `ports.take_view()` is asked once a frame in the ui thread and gives the newest view, or None if there
     is none since it was asked last: the latest-wins slot.
   - `ports.send_intent(intent)` is called in the ui thread and must not wait: the queue to the core.
   - `ports.on_frame()` is called after each frame that really was presented, at least every `REDRAW_S`
     seconds: what the watchdog is fed from.
   - `ports.announce(text)` gets what speech is to say; by default nobody speaks.
4. `app.play("added")` and `app.stop_soon()` may be called from any thread.
5. Only if the command line asked for it: `port = Rehearsal(app.stage, path)`, `app.shown = port.shown`,
   `port.start()`, and `port.close()` at the end.
6. `app.run()` returns when the app was stopped; a failure in the ui thread comes out of it as an exception.

Core to ui is a slot, ui to core a queue; there is no asyncio and no lock here.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from kivy.app import App
from kivy.clock import Clock
from kivy.core.window import Window

from kiosk.checkout.intents import Intent
from kiosk.ui.presenters.views import View
from kiosk.ui.screens.stage import SCENES, Stage
from kiosk.ui.theme import register_fonts, theme

__all__ = ["REDRAW_S", "CheckstandApp", "Look", "Ports"]

REDRAW_S: Final = 5.0
"""A still screen is drawn again this often, so that a frozen one shows."""
_FIRST_FRAMES: Final = 10
_BETWEEN_FIRST_S: Final = 0.1
_AFTER_FIRST_S: Final = 0.5
"""The other scenes wait this long, so that the core can start beside the first frames."""
"""Drawn in any case: KMSDRM stays black until several frames were presented."""
_TAB, _ENTER, _SPACE = 9, 13, 32


def _nothing() -> None:
    return


def _silence(_text: str) -> None:
    return


@dataclass(frozen=True, slots=True)
class Ports:
    """The screen's ways in and out; see the module for each."""

    take_view: Callable[[], View | None]
    send_intent: Callable[[Intent], None]
    on_frame: Callable[[], None] = _nothing
    announce: Callable[[str], None] = _silence


@dataclass(frozen=True, slots=True)
class Look:
    """How the screen is shown.

    Attributes:
        sounds: Folder of the sounds, or None for a silent lane.
        volume: 0.0 to 1.0.
        motion: Whether anything moves.
        keys: Whether Tab, Enter and Space walk and press, for trying out without a touch panel.
    """

    sounds: Path | None = None
    volume: float = 0.7
    motion: bool = True
    keys: bool = False


@dataclass(slots=True)
class _Counts:
    frames: int = 0
    to_import: list[str] = field(default_factory=lambda: [name for name in SCENES if name != "attract"])


class CheckstandApp(App):
    """One window, one stage.

    Attributes:
        stage: What is on the screen.
        shown: Called in the ui thread with each view after it was drawn into the stage.
    """

    def __init__(self, first: View, ports: Ports, look: Look | None = None, **kwargs: Any) -> None:  # noqa: ANN401 - Kivy's own signature
        super().__init__(**kwargs)
        self.use_kivy_settings = False
        self._ports = ports
        self._look = look or Look()
        self._sounds: Any = None
        self._to_play: deque[str] = deque(maxlen=8)
        self._counts = _Counts()
        self._stopping = False
        self.shown: Callable[[View], None] = lambda _: None
        register_fonts()
        theme.motion = self._look.motion
        theme.fit(*Window.size)
        self.stage = Stage(ports.send_intent)
        self._show(first)

    @property
    def frames(self) -> int:
        """Frames really presented so far."""
        return self._counts.frames

    def play(self, name: str) -> None:
        """Play a sound at the next frame; from any thread."""
        self._to_play.append(name)

    def stop_soon(self) -> None:
        """End `run` at the next frame; from any thread."""
        self._stopping = True

    def build(self) -> Stage:
        """Give the root and start looking for views."""
        Window.bind(on_flip=self._flipped, on_keyboard=self._key)
        Clock.schedule_interval(self._tick, 0)
        Clock.schedule_interval(self._redraw, REDRAW_S)
        return self.stage

    def load_kv(self, filename: str | None = None) -> bool:
        """Load nothing: every .kv is loaded by the module it lies beside."""
        del filename
        return False

    def open_settings(self, *_: object) -> bool:
        """Never show Kivy's own settings, which F1 would open."""
        return True

    def on_stop(self) -> None:
        """Let go of the window."""
        Clock.unschedule(self._tick)
        Clock.unschedule(self._redraw)
        Window.unbind(on_flip=self._flipped, on_keyboard=self._key)

    def _tick(self, _: float) -> None:
        if self._stopping:
            self.stop()
            return
        view = self._ports.take_view()
        if view is not None:
            self._show(view)
        while self._to_play:
            name = self._to_play.popleft()
            if self._sounds is not None:
                self._sounds.play(name)

    def _show(self, view: View) -> None:
        said = self.stage.view.announcement if self.stage.view else ""
        self.stage.show(view)
        if view.announcement != said:
            self._ports.announce(view.announcement)
        self.shown(view)

    def _flipped(self, *_: object) -> None:
        self._counts.frames += 1
        self._ports.on_frame()
        if self._counts.frames < _FIRST_FRAMES:
            Clock.schedule_once(self._redraw, _BETWEEN_FIRST_S)
        if self._counts.frames == 1:
            Clock.schedule_once(self._import_next, _AFTER_FIRST_S)

    def _import_next(self, _: float) -> None:
        """Import one scene a frame, then the sounds: nothing of it may delay the first frame."""
        if self._counts.to_import:
            self.stage.make(self._counts.to_import.pop(0))
            Clock.schedule_once(self._import_next, 0)
        elif self._sounds is None and self._look.sounds is not None:
            # The audio provider is opened here, after the first frame, as it may take its time.
            from kiosk.ui.sounds import Sounds  # noqa: PLC0415 - see above

            self._sounds = Sounds(self._look.sounds, self._look.volume)
            self._sounds.load()

    @staticmethod
    def _redraw(_: float) -> None:
        Window.canvas.ask_update()

    def _key(self, _window: object, key: int, _scancode: int, _text: str, modifiers: list[str]) -> bool:
        """Swallow every key: a barcode may hold function keys."""
        if self._look.keys:
            if key == _TAB:
                self.stage.move_focus(-1 if "shift" in modifiers else 1)
            elif key in (_ENTER, _SPACE):
                self.stage.act()
        return True
