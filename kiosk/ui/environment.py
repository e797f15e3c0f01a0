"""Sets up Kivy before it is imported: no files of its own, no stray input providers, no way out by a key."""

import os
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final

__all__ = ["Window", "prepare"]

_VARIABLES: Final = {
    "KIVY_NO_ARGS": "1",
    "KIVY_NO_CONFIG": "1",
    "KIVY_NO_FILELOG": "1",
    "KIVY_LOG_MODE": "PYTHON",
    "KIVY_WINDOW": "sdl2",  # without a display the x11 provider would end the process
    "KIVY_METRICS_DENSITY": "1",
}


@dataclass(frozen=True, slots=True)
class Window:
    """How the window is opened.

    Attributes:
        width: In pixels, as mounted.
        height: In pixels, as mounted.
        dpi: Pixels an inch.
        fullscreen: Whether it takes the whole output, whatever its size.
        cursor: Whether a pointer is shown, for trying out with a mouse.
    """

    width: int = 1080
    height: int = 1920
    dpi: int = 102
    fullscreen: bool = True
    cursor: bool = False


def prepare(window: Window, home: Path) -> None:
    """Set the variables and settings Kivy reads when it is imported; to be called before `kiosk.ui.app` is.

    Args:
        window: How to open it.
        home: A folder Kivy may write its icons to; made if missing.
    """
    home.mkdir(parents=True, exist_ok=True)
    os.environ["KIVY_HOME"] = str(home)
    os.environ["KIVY_DPI"] = str(window.dpi)
    for name, value in _VARIABLES.items():
        os.environ.setdefault(name, value)
    _configure(import_module("kivy.config").Config, window)


def _configure(config: Any, window: Window) -> None:  # noqa: ANN401 - Kivy has no types
    settings = {
        "kivy": {"exit_on_escape": "0"},
        "graphics": {
            "width": str(window.width),
            "height": str(window.height),
            "fullscreen": "auto" if window.fullscreen else "0",
            "borderless": "1" if window.fullscreen else "0",
            "multisamples": "0",
            "maxfps": "60",
            "resizable": "0",
            "show_cursor": "1" if window.cursor else "0",
            "allow_screensaver": "0",
        },
    }
    for section, values in settings.items():
        for name, value in values.items():
            config.set(section, name, value)
    for name in list(config.options("input")):
        config.remove_option("input", name)
    # One provider only: a panel read by two would tap twice. SDL brings the touches of the window itself.
    config.set("input", "mouse", "mouse,disable_multitouch")
