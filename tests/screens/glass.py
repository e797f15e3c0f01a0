"""A window nobody sees, for tests that draw: one a process, offscreen, with nothing that moves."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

os.environ["SDL_VIDEODRIVER"] = "offscreen"
os.environ["SDL_AUDIODRIVER"] = "dummy"

from kiosk.ui import environment

environment.prepare(
    environment.Window(fullscreen=False), Path(tempfile.gettempdir()) / f"checkstand-kivy-{os.getuid()}"
)

from kivy.base import EventLoop  # noqa: E402 - Kivy reads the settings when it is imported
from kivy.clock import Clock  # noqa: E402
from kivy.core.window import Window  # noqa: E402
from kivy.lang import Builder  # noqa: E402
from kivy.uix.widget import Widget  # noqa: E402
from PIL import Image  # noqa: E402

from kiosk.ui.rehearsal import Finger, picture_of_window  # noqa: E402
from kiosk.ui.theme import register_fonts, theme  # noqa: E402

PORTRAIT = (1080, 1920)

register_fonts()
theme.fit(*PORTRAIT)
Clock._max_fps = 0
theme.motion = False


def frames(count: int = 3) -> None:
    """Let Kivy run some frames, all but the drawing, which only pictures need."""
    for _ in range(count):
        Clock.tick()
        EventLoop.dispatch_input()
        Builder.sync()
        Clock.tick_draw()
        Builder.sync()


def until(met: Callable[[], bool], *, drawn: bool = False) -> None:
    """Run frames, really drawn ones if wanted, until something holds."""
    end = monotonic() + 10.0
    while not met():
        assert monotonic() < end, "it never came to hold"
        if drawn:
            EventLoop.idle()
        else:
            frames(1)


@contextmanager
def on_glass(widget: Any, size: tuple[float, float] | None = None) -> Iterator[Any]:
    """Put a widget on the window for a while; with a size, at the lower left."""
    if size is not None:
        widget.size_hint = (None, None)
        widget.size = size
        widget.pos = (0, 0)
    Window.add_widget(widget)
    frames()
    try:
        yield widget
    finally:
        Window.remove_widget(widget)
        frames(1)


def picture(box: tuple[int, int, int, int]) -> Image.Image:
    """Draw a frame and give a part of it: x and y of its lower left corner, width, height."""
    x, y, width, height = box
    whole = picture_of_window()
    return whole.crop((x, whole.height - y - height, x + width, whole.height - y))


def tap(widget: Widget, dx: float = 0.0) -> None:
    """Lay a finger on a widget's middle and lift it, `dx` pixels aside."""
    x, y = widget.to_window(widget.x + widget.width / 2, widget.y + widget.height / 2)
    finger = Finger(x, y)
    finger.down()
    if dx:
        finger.wander(x + dx, y)
    finger.up()
    frames(1)


@contextmanager
def dressed(name: str) -> Iterator[None]:
    """Put a theme in force for a while."""
    before = theme.name
    theme.use(name)
    try:
        yield
    finally:
        theme.use(before)
