import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

SCRIPT = """
import json, os, sys
from pathlib import Path
from kiosk.ui import environment
window = environment.Window(720, 1280, dpi=160, fullscreen=sys.argv[2] == "full")
environment.prepare(window, Path(sys.argv[1]))
from kivy.config import Config
print(json.dumps({
    "graphics": dict(Config.items("graphics")), "input": dict(Config.items("input")),
    "kivy": dict(Config.items("kivy")), "dpi": os.environ["KIVY_DPI"], "window": os.environ["KIVY_WINDOW"],
    "loaded": "kivy.core.window" in sys.modules,
}))
"""


def prepared(home: Path, mode: str) -> dict[str, Any]:
    clean = {key: value for key, value in os.environ.items() if not key.startswith("KIVY")}
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(home), mode], capture_output=True, text=True, check=True, env=clean
    )
    found: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return found


def test_kivy_is_closed_to_keys_files_and_second_readers(tmp_path: Path) -> None:
    found = prepared(tmp_path / "home", "full")
    assert found["input"] == {"mouse": "mouse,disable_multitouch"}
    assert found["graphics"]["multisamples"] == "0"
    assert found["graphics"]["fullscreen"] == "auto"
    assert found["graphics"]["show_cursor"] == "0"
    assert found["kivy"]["exit_on_escape"] == "0"
    assert (found["dpi"], found["window"], found["loaded"]) == ("160", "sdl2", False)
    assert not list((tmp_path / "home").rglob("*.ini"))


def test_for_trying_out_it_is_a_window_of_the_size_asked_for(tmp_path: Path) -> None:
    graphics = prepared(tmp_path / "home", "window")["graphics"]
    assert (graphics["fullscreen"], graphics["width"], graphics["height"]) == ("0", "720", "1280")
