"""Process start to the attract frame, and to the first scan accepted with 100,000 products.

The floor is a bare Kivy app from start to its first frame, in the same run.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from kiosk.bootstrap.stand import LineSocket, Options, Places, Stand, await_that
from tests.bench.goods import fill, gtin14
from tests.bench.report import Row, percentile

_ROUNDS = 5
_PRODUCTS = 100_000
_ATTRACT_BAR = 1.5
_SCAN_BAR = 3.0
_ENVIRONMENT = {"SDL_VIDEODRIVER": "offscreen", "SDL_AUDIODRIVER": "dummy", "KIVY_WINDOW": "sdl2"}
_BARE = """
import os, sys, tempfile
from pathlib import Path
sys.path.insert(0, "")
from kiosk.ui import environment
home = Path(tempfile.gettempdir()) / "checkstand-bench-kivy"
environment.prepare(environment.Window(fullscreen=False), home)
from kivy.core.window import Window
from tests.bench.bare import BareApp
app = BareApp(5)
def first(*_):
    os.write(1, b"frame\\n")
    app.stop()
Window.bind(on_flip=first)
app.run()
"""


def measure(state: Path) -> list[Row]:
    """Start the floor and the lane in turn."""
    fill(state, _PRODUCTS)
    floor: list[float] = []
    attract: list[float] = []
    scan: list[float] = []
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as sockets,
        Stand(Places(state / "stand", Path(sockets)), _options(sockets)) as stand,
    ):
        (state / "catalogue.db").rename(stand.places.state / "catalogue.db")
        stand.start("scanner-sim", "terminal-sim", "printer-sim")
        await_that(stand.places.control("scanner").exists, "the scanner", stand.places.log("scanner-sim"))
        stand.start("scanner", "terminal", "printer")
        for _ in range(_ROUNDS + 1):
            floor.append(_bare(_compiled(sockets)))
            first_frame, first_scan = _lane(stand)
            attract.append(first_frame)
            scan.append(first_scan)
        del floor[0], attract[0], scan[0]
    under, framed, scanned = percentile(floor, 50), percentile(attract, 50), percentile(scan, 50)
    return [
        _row("process start -> attract frame", framed, under, _ATTRACT_BAR),
        _row(f"process start -> first scan accepted, {_PRODUCTS:,} products", scanned, under, _SCAN_BAR),
    ]


def _options(sockets: str) -> Options:
    # Only the lane is asked, but whoever is ready first may say so: the others are up before it starts.
    return Options(rehearsal=False, environment={"NOTIFY_SOCKET": f"{sockets}/notify", **_compiled(sockets)})


def _compiled(sockets: str) -> dict[str, str]:
    """An installed program has its byte code on disk; the first round, which writes it, does not count."""
    return {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": f"{sockets}/byte-code"}


def _row(path: str, ours: float, floor: float, bar: float) -> Row:
    return Row(
        path,
        f"{ours:.2f} s ({ours / floor:.2f} x)",
        f"{floor:.2f} s",
        f"<= {bar} x floor",
        ours <= bar * floor,
    )


def _bare(compiled: dict[str, str]) -> float:
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", _BARE],
        env={**os.environ, **_ENVIRONMENT, **compiled},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    out = process.stdout
    if out is None or out.readline() != b"frame\n":
        raise AssertionError("the bare app drew no frame")
    took = time.perf_counter() - began
    process.wait()
    out.close()
    return took


def _lane(stand: Stand) -> tuple[float, float]:
    """Give seconds to the first frame and to the first line of a scan made as early as it can be."""
    log = stand.places.log("lane")
    log.unlink(missing_ok=True)
    with (
        LineSocket(stand.places.control("scanner")) as scanner,
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ready,
    ):
        ready.bind(stand.options.environment["NOTIFY_SOCKET"])
        began = time.perf_counter()
        stand.start("lane")
        ready.settimeout(30)
        while b"READY=1" not in ready.recv(4096):
            pass
        framed = time.perf_counter() - began
        scanner.send({"scan": gtin14(17)[1:]})
        await_that(lambda: b"attract -> basket" in log.read_bytes(), "the first line", log)
        scanned = time.perf_counter() - began
    stand.kill("lane")
    Path(stand.options.environment["NOTIFY_SOCKET"]).unlink()
    for name in ("sales.db", "sales.db-wal", "sales.db-shm"):
        (stand.places.state / name).unlink(missing_ok=True)
    return framed, scanned
