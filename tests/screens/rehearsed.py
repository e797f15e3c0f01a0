"""A lane of nothing but screen and visit, for the rehearsal test: run as a program of its own.

Arguments: the rehearsal socket, a folder Kivy may write to. It says `open` once the socket is, scans the
next thing at each line on standard input, and ends when standard input does.
"""

import os
import sys
import threading
import time
from importlib import import_module
from pathlib import Path
from queue import SimpleQueue

os.environ["SDL_VIDEODRIVER"] = "offscreen"
os.environ["SDL_AUDIODRIVER"] = "dummy"

from kiosk.bootstrap.words import translations
from kiosk.checkout import visit
from kiosk.checkout.effects import Play
from kiosk.checkout.events import AnyEvent, Instant, Pressed, ReadRef, Scanned
from kiosk.checkout.intents import AnyIntent
from kiosk.checkout.session import Session
from kiosk.ui import environment
from kiosk.ui.presenters.present import Presenter
from kiosk.ui.presenters.views import View
from tests.screens import samples


class Core:
    """A visit without a store: events in, the newest view out."""

    def __init__(self) -> None:
        self.session: Session = samples.begun()
        self.presenter = Presenter(samples.LANE, translations)
        self.events: SimpleQueue[AnyEvent] = SimpleQueue()
        self.sounds: list[str] = []
        self.presses = 0

    def now(self) -> Instant:
        """Give the moment."""
        return Instant(samples.NOW.wall_us, time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1000)

    def press(self, intent: AnyIntent) -> None:
        """Queue a hand on the screen."""
        self.presses += 1
        self.events.put(Pressed(self.now(), intent, f"0192f0c1-7a3e-7c41-b7d2-{self.presses:012d}"))

    def scan(self, number: int) -> None:
        """Queue a scan."""
        goods = samples.GOODS[number]
        read = ReadRef("scanner", "boot", number)
        fresh = f"0192f0c1-0000-7000-8000-{number:012d}"
        self.events.put(Scanned(self.now(), goods.gtin.digits, read, goods, fresh))

    def take(self) -> View | None:
        """Apply what was queued; give the view if anything was."""
        if self.events.empty():
            return None
        while not self.events.empty():
            self.session, effects = visit.handle(self.session, self.events.get())
            self.sounds += [effect.sound.value for effect in effects if isinstance(effect, Play)]
        return self.presenter.view(self.session)


def main(arguments: list[str]) -> int:
    """Run until standard input ends."""
    environment.prepare(environment.Window(fullscreen=False), Path(arguments[1]))
    core, screen = Core(), import_module("kiosk.ui.app")
    ports = screen.Ports(core.take, core.press)
    look = screen.Look(sounds=Path("assets/sounds"), volume=0.1)
    app = screen.CheckstandApp(core.presenter.view(core.session), ports, look)
    port = import_module("kiosk.ui.rehearsal").Rehearsal(app.stage, Path(arguments[0]))
    app.shown = port.shown
    port.start()
    sys.stdout.write("open\n")
    sys.stdout.flush()

    def obey() -> None:
        for number, _ in enumerate(sys.stdin):
            core.scan(number)
        app.stop_soon()

    threading.Thread(target=obey, daemon=True).start()
    app.run()
    port.close()
    return 0 if app.frames and "added" in core.sounds else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
