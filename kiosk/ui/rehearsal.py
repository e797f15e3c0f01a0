"""A port for rehearsals: touches the screen as a finger would, and tells what is on it.

JSON Lines over a Unix socket, one answer a line; opened only by an explicit option of the command line.
Served from a thread of its own; whatever concerns the screen is done in the ui thread by Kivy's clock.

- `{"touch": "pay"}` finds the enabled, uncovered target of that name and lays a finger on its middle
- `{"touch_xy": [540, 1664]}` lays a finger on a point, in pixels from the left and the top
- `{"screenshot": "path.png"}` writes the next frame under exactly that name
- `{"view": true}` gives the present view and the targets on the screen
- `{"wait": {"screen": "paid"}, "timeout_ms": 5000}` waits for a view: `screen`, `dialog` (`""` for none),
  `revision` (at least), `text` (contained in any of its texts)
- `{"focus": 1}` walks the focus ring, `{"act": true}` presses what has it

Answers: `{"ok": true, …}` or `{"ok": false, "error": "…"}`.
"""

import json
import socket
import threading
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from kivy.base import EventLoop
from kivy.clock import Clock
from kivy.core.window import Window
from kivy.graphics.opengl import GL_RGBA, GL_UNSIGNED_BYTE, glReadPixels
from kivy.input.motionevent import MotionEvent
from PIL import Image

from kiosk.ui.presenters.views import IdleView, LanguagesView, View
from kiosk.ui.screens.stage import Stage
from kiosk.ui.widgets.touchable import DOUBLE_TAP_S, Touchable

__all__ = ["Finger", "Rehearsal", "dialog_name", "picture_of_window", "texts_of"]

_PRESS_S: Final = 0.05
_ANSWER_S: Final = 10.0
_WAIT_MS: Final = 5_000

Answer = dict[str, Any]


class RefusedError(Exception):
    """The command cannot be done now; its sentence is the answer."""


class Finger(MotionEvent):
    """A touch made here, given to the window like one of the panel."""

    def __init__(self, x: float, y: float) -> None:
        place = {"x": x / max(1.0, Window.width - 1.0), "y": y / max(1.0, Window.height - 1.0)}
        super().__init__("rehearsal", id(self), place, is_touch=True, type_id="touch")
        self.profile = ["pos"]

    def depack(self, args: dict[str, float]) -> None:
        """Take the place, as parts of the window."""
        self.sx, self.sy = args["x"], args["y"]
        super().depack(args)

    def down(self) -> None:
        """Touch the glass."""
        EventLoop.post_dispatch_input("begin", self)

    def wander(self, x: float, y: float) -> None:
        """Move over the glass."""
        self.move({"x": x / max(1.0, Window.width - 1.0), "y": y / max(1.0, Window.height - 1.0)})
        EventLoop.post_dispatch_input("update", self)

    def up(self) -> None:
        """Leave the glass."""
        EventLoop.post_dispatch_input("end", self)


def picture_of_window() -> Image.Image:
    """Draw a frame and give it as a picture; ui thread only."""
    Window.canvas.ask_update()
    Window.dispatch("on_draw")
    width, height = Window.system_size
    pixels = glReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE)
    picture = Image.frombytes("RGBA", (width, height), pixels).convert("RGB")
    return picture.transpose(Image.Transpose.FLIP_TOP_BOTTOM)


def texts_of(value: Any) -> list[str]:  # noqa: ANN401 - walks any view
    """Give every text in a view that was turned into plain values."""
    if isinstance(value, str):
        return [value] if value else []
    if isinstance(value, dict):
        return [text for key, part in value.items() if key != "intent" for text in texts_of(part)]
    if isinstance(value, list | tuple):
        return [text for part in value for text in texts_of(part)]
    return []


def dialog_name(view: View) -> str:
    """Name what lies over the scene: `idle_warning`, `languages` or nothing."""
    match view.dialog:
        case IdleView():
            return "idle_warning"
        case LanguagesView():
            return "languages"
        case None:
            return ""


class Rehearsal:
    """Serves one stage.

    Args:
        stage: What is on the screen.
        path: Of the socket; one left over is replaced.
    """

    def __init__(self, stage: Stage, path: Path) -> None:
        self._stage = stage
        self._path = path
        self._changed = threading.Condition()
        self._server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._closing = False
        self._commands: dict[str, Callable[[Any, Answer], Answer]] = {
            "touch": self._touch,
            "touch_xy": self._touch_xy,
            "screenshot": self._screenshot,
            "view": self._view,
            "wait": self._wait,
            "focus": self._focus,
            "act": self._act,
        }

    def start(self) -> None:
        """Open the socket and serve it in a thread."""
        self._path.unlink(missing_ok=True)
        self._server.bind(str(self._path))
        self._path.chmod(0o600)
        self._server.listen()
        threading.Thread(target=self._accept, name="rehearsal", daemon=True).start()

    def close(self) -> None:
        """Close the socket and take it away."""
        self._closing = True
        try:
            self._server.shutdown(socket.SHUT_RDWR)
        finally:
            self._server.close()
            self._path.unlink(missing_ok=True)

    def shown(self, _view: View) -> None:
        """A view was drawn: let those who wait look again; ui thread."""
        with self._changed:
            self._changed.notify_all()

    def answer(self, line: str) -> Answer:
        """Do one command and give its answer; never raises."""
        try:
            command = json.loads(line)
            if not isinstance(command, dict):
                return _refused("expected one JSON object a line")
            for name, act in self._commands.items():
                if name in command:
                    return {"ok": True} | act(command[name], command)
            return _refused(
                f"expected one of {', '.join(self._commands)}, got {', '.join(command) or 'nothing'}"
            )
        except (ValueError, TypeError, OSError) as error:
            return _refused(f"the command cannot be read: {error}")
        except RefusedError as refusal:
            return _refused(str(refusal))

    def _accept(self) -> None:
        while not self._closing:
            try:
                connection, _ = self._server.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rw", encoding="utf-8", newline="\n") as lines:
            for line in lines:
                try:
                    lines.write(json.dumps(self.answer(line), ensure_ascii=False) + "\n")
                    lines.flush()
                except OSError:
                    return

    def _in_ui(self, work: Callable[[], Any], delay_s: float = 0.0) -> Any:  # noqa: ANN401 - whatever the work gives
        """Do something in the ui thread and give its result; raises what it raised."""
        done = threading.Event()
        box: list[tuple[Any, RefusedError | None]] = []

        def run(_: float) -> None:
            try:
                box.append((work(), None))
            except RefusedError as refusal:
                box.append((None, refusal))
            done.set()

        Clock.schedule_once(run, delay_s)
        if not done.wait(_ANSWER_S + delay_s):
            raise RefusedError(f"the screen did not answer for {_ANSWER_S:.0f} s")
        result, refusal = box[0]
        if refusal is not None:
            raise refusal
        return result

    def _after_frame(self, work: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever the work gives
        """Do something in the ui thread right after a whole frame, when everything is laid out."""
        done = threading.Event()
        box: list[Any] = []

        def run(*_: object) -> None:
            Window.unbind(on_flip=run)
            box.append(work())
            done.set()

        def ask(_: float) -> None:
            Window.bind(on_flip=run)
            Window.canvas.ask_update()

        Clock.schedule_once(ask, 0)
        if not done.wait(_ANSWER_S):
            raise RefusedError(f"no frame was drawn for {_ANSWER_S:.0f} s")
        return box[0]

    def _touch(self, name: Any, _: Answer) -> Answer:  # noqa: ANN401 - as read
        x, y, wait_s = self._in_ui(lambda: self._find(str(name)))
        self._press(x, y, wait_s)
        return {"touched": str(name)}

    def _touch_xy(self, place: Any, _: Answer) -> Answer:  # noqa: ANN401 - as read
        x, from_top = (float(part) for part in place)
        self._press(x, Window.height - 1 - from_top, 0.0)
        return {"touched": [x, from_top]}

    def _press(self, x: float, y: float, wait_s: float) -> None:
        finger = self._in_ui(lambda: Finger(x, y), wait_s)
        self._in_ui(finger.down)
        self._in_ui(finger.up, _PRESS_S)
        self._in_ui(lambda: None)

    def _find(self, name: str) -> tuple[float, float, float]:
        """Give the middle of a target and how long its double-tap guard still holds."""
        on_top = self._stage.targets()
        found = next((target for target in on_top if target.name == name), None)
        if found is None:
            everywhere = [w for w in self._stage.walk() if isinstance(w, Touchable) and w.name == name]
            why = "is covered by a dialog" if everywhere else "is not on this screen"
            names = ", ".join(target.name for target in on_top)
            raise RefusedError(f"{name} {why}; what can be touched: {names}")
        if not found.enabled:
            raise RefusedError(f"{name} is disabled: {found.spoken}")
        x, y = found.to_window(*found.center)
        if not (0 <= x < Window.width and 0 <= y < Window.height):
            raise RefusedError(f"{name} is outside the window at {x:.0f}, {y:.0f}")
        return x, y, max(0.0, DOUBLE_TAP_S - found.since_act())

    def _screenshot(self, path: Any, _: Answer) -> Answer:  # noqa: ANN401 - as read
        target = Path(str(path))
        picture: Image.Image = self._after_frame(picture_of_window)
        picture.save(target, format="PNG", compress_level=1)
        return {"screenshot": str(target), "size": list(picture.size)}

    def _view(self, _wanted: Any, _: Answer) -> Answer:  # noqa: ANN401 - as read
        return {"view": self._in_ui(self._describe)}

    def _describe(self) -> Answer:
        view = self._stage.view
        if view is None:
            raise RefusedError("nothing is shown yet")
        targets = [
            {
                "name": target.name,
                "enabled": target.enabled,
                "spoken": target.spoken,
                "box": [target.x, Window.height - target.y - target.height, target.width, target.height],
            }
            for target in self._stage.targets()
        ]
        scene = asdict(view.scene)
        return {
            "screen": view.screen,
            "dialog": dialog_name(view),
            "revision": view.revision,
            "visit": view.visit,
            "language": view.language,
            "theme": view.theme,
            "announcement": view.announcement,
            "texts": texts_of([asdict(view.header), scene, asdict(view.dialog) if view.dialog else ""]),
            "scene": json.loads(json.dumps(scene, default=str)),
            "targets": targets,
        }

    def _wait(self, wanted: Any, command: Answer) -> Answer:  # noqa: ANN401 - as read
        if not isinstance(wanted, dict):
            raise RefusedError('wait: expected an object such as {"screen": "paid"}')
        timeout_s = int(command.get("timeout_ms", _WAIT_MS)) / 1000
        with self._changed:
            met = self._changed.wait_for(lambda: self._holds(wanted), timeout_s)
        view = self._stage.view
        if not met:
            seen = view.screen if view else "nothing"
            raise RefusedError(f"waited {timeout_s:g} s for {json.dumps(wanted)}, the screen shows {seen}")
        return {"screen": view.screen if view else "", "revision": view.revision if view else 0}

    def _holds(self, wanted: Answer) -> bool:
        view = self._stage.view
        if view is None:
            return False
        checks: dict[str, Callable[[Any], bool]] = {
            "screen": lambda value: view.screen == value,
            "dialog": lambda value: dialog_name(view) == value,
            "revision": lambda value: view.revision >= value,
            "language": lambda value: view.language == value,
            "text": lambda value: any(value in text for text in texts_of(asdict(view.scene))),
        }
        unknown = set(wanted) - set(checks)
        if unknown:
            raise RefusedError(f"wait: expected {', '.join(checks)}, got {', '.join(sorted(unknown))}")
        return all(checks[key](value) for key, value in wanted.items())

    def _focus(self, step: Any, _: Answer) -> Answer:  # noqa: ANN401 - as read
        target = self._in_ui(lambda: self._stage.move_focus(int(step)))
        return {"focus": target.name if target else ""}

    def _act(self, _wanted: Any, _: Answer) -> Answer:  # noqa: ANN401 - as read
        return {"acted": bool(self._in_ui(self._stage.act))}


def _refused(sentence: str) -> Answer:
    return {"ok": False, "error": sentence}
