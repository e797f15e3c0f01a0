"""Scan to frame: the real visit, presenter and screen; the floor is a bare Kivy RecycleView alike.

Run as a program it measures one of the two in a process of its own and prints JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.bench.report import Row, percentile

_SIZES = (5, 50, 500)
_SCANS = 120
_WARM = 8
_CPU_BAR_MS = 25.0
_TIMES_FLOOR = 2.0
_ENVIRONMENT = {"SDL_VIDEODRIVER": "offscreen", "SDL_AUDIODRIVER": "dummy", "KIVY_WINDOW": "sdl2"}


def measure(_state: Path) -> list[Row]:
    """Measure ours and the floor for each size, one process each."""
    rows = []
    for size in _SIZES:
        ours, floor = _measured("ours", size), _measured("floor", size)
        cpu, wall, under = (
            percentile(ours["cpu"], 50),
            percentile(ours["wall"], 99),
            percentile(floor["wall"], 99),
        )
        rows.append(
            Row(
                f"scan -> frame, {size} lines: CPU p50; wall p50 / p99",
                f"{cpu:.1f}; {percentile(ours['wall'], 50):.0f} / {wall:.0f} ms",
                f"{percentile(floor['cpu'], 50):.1f}; {percentile(floor['wall'], 50):.0f} / {under:.0f} ms",
                f"CPU <= {_CPU_BAR_MS:.0f} ms; p99 <= {_TIMES_FLOOR:.0f} x floor",
                cpu <= _CPU_BAR_MS and wall <= _TIMES_FLOOR * under,
            )
        )
    return rows


def _measured(which: str, size: int) -> dict[str, list[float]]:
    command = [sys.executable, "-m", "tests.bench.frame", which, str(size)]
    done = subprocess.run(
        command, env={**os.environ, **_ENVIRONMENT}, capture_output=True, text=True, check=True
    )
    told: dict[str, list[float]] = json.loads(done.stdout.splitlines()[-1])
    return told


@dataclass
class _Clocked:
    """One scan after the other: the next is made when the frame of the last was presented."""

    scan: Callable[[], None]
    stop: Callable[[], None]
    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    began: tuple[float, float] | None = None
    quiet: int = 0

    def tick(self, _dt: float) -> None:
        """Before a frame: scan, once the screen has been still for a while."""
        self.quiet += 1
        if self.began is None and self.quiet > _WARM:
            self.began = (time.perf_counter(), time.thread_time())
            self.scan()

    def flipped(self, *_: object) -> None:
        """After a frame was presented."""
        if self.began is None:
            return
        wall, cpu = self.began
        self.wall.append((time.perf_counter() - wall) * 1e3)
        self.cpu.append((time.thread_time() - cpu) * 1e3)
        self.began, self.quiet = None, 0
        if len(self.wall) >= _SCANS:
            self.stop()

    def report(self) -> None:
        """Print what was measured."""
        sys.stdout.write(json.dumps({"cpu": self.cpu, "wall": self.wall}) + "\n")


def _prepare() -> None:
    from kiosk.ui import environment  # noqa: PLC0415  Kivy is imported in the measured process alone

    home = Path(tempfile.gettempdir()) / "checkstand-bench-kivy"
    environment.prepare(environment.Window(fullscreen=False), home)


def _ours(size: int) -> None:
    """The lane's own screen, fed through the latest-wins slot as in `kiosk run`."""
    _prepare()
    from kiosk.bootstrap.words import translations  # noqa: PLC0415  after Kivy's settings
    from kiosk.checkout import visit  # noqa: PLC0415  as above
    from kiosk.checkout.session import Session  # noqa: PLC0415  as above
    from kiosk.core.slot import Slot  # noqa: PLC0415  as above
    from kiosk.domain.receipt import Shop  # noqa: PLC0415  as above
    from kiosk.ui.presenters.present import Presenter  # noqa: PLC0415  as above
    from kiosk.ui.presenters.shop import Lane  # noqa: PLC0415  as above
    from kiosk.ui.presenters.views import View  # noqa: PLC0415  as above
    from tests.bench.goods import gtin14  # noqa: PLC0415  as above
    from tests.goods import MILK  # noqa: PLC0415  as above
    from tests.playbook import Playbook  # noqa: PLC0415  as above

    screen = import_module("kiosk.ui.app")
    presenter = Presenter(Lane(Shop("Bench"), "4"), translations)
    play, slot = Playbook(), Slot[View]()
    made = 0

    def scan() -> None:
        nonlocal made
        made += 1
        gtin = type(MILK.gtin)(gtin14(made))
        product = replace(MILK, product_id=f"p{made}", gtin=gtin, names=(("en", f"Product number {made}"),))
        play.session, _ = visit.handle(play.session, play.scan(product))
        slot.put(presenter.view(play.session))

    app = screen.CheckstandApp(
        presenter.view(Session.begin(play.session.policy, play.at)), screen.Ports(slot.take, lambda _: None)
    )
    for _ in range(size):
        scan()
    _run(app, scan)


def _floor(size: int) -> None:
    """A bare RecycleView of the same visible rows: a name, a price."""
    _prepare()
    bare = import_module("tests.bench.bare")
    app = bare.BareApp(size)
    _run(app, app.add)


def _run(app: Any, scan: Callable[[], None]) -> None:
    clock = import_module("kivy.clock").Clock
    window = import_module("kivy.core.window").Window
    clocked = _Clocked(scan, app.stop)
    window.bind(on_flip=clocked.flipped)
    # In order: the scan first, then the app's own look into the slot, in the same frame.
    clock.schedule_interval(clocked.tick, 0)
    app.run()
    clocked.report()


if __name__ == "__main__":
    {"ours": _ours, "floor": _floor}[sys.argv[1]](int(sys.argv[2]))
