"""`kiosk run`: the attract frame first, then the core on its thread, and the screen until stopped."""

from __future__ import annotations

import argparse
import gc
import logging
import os
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kiosk.bootstrap import first_look
from kiosk.bootstrap.core_thread import BadConfigError, CoreThread
from kiosk.bootstrap.first_look import FirstLook
from kiosk.bootstrap.words import assets, translations
from kiosk.checkout.session import Policy, Session
from kiosk.core import clock
from kiosk.core.slot import Slot
from kiosk.domain.money import Currency
from kiosk.domain.receipt import Shop
from kiosk.ui import environment
from kiosk.ui.presenters.present import Presenter
from kiosk.ui.presenters.shop import Lane
from kiosk.ui.presenters.views import View

if TYPE_CHECKING:
    from kiosk.bootstrap.lane import LaneRooms
    from kiosk.checkout.effects import Sound
    from kiosk.checkout.intents import AnyIntent
    from kiosk.config import LaneTables

_log = logging.getLogger(__name__)
_ATTRACT: Final = ("tomato", "milk", "banana", "egg", "carrot", "lemon", "bread", "coffee", "cheese")
_PERCENT: Final = 100
FAILED: Final = 1
BAD_INPUT: Final = 2


@dataclass
class _Running:
    """What the two threads share; each field is written once, but for the presenter."""

    config: Path | None
    presenter: Presenter
    slot: Slot[View] = field(default_factory=Slot)
    core: CoreThread | None = None
    app: Any = None  # Kivy has no types

    def publish(self, session: Session) -> None:
        """Show a session; called in the core's thread."""
        self.slot.put(self.presenter.view(session))

    def press(self, intent: AnyIntent) -> None:
        """Pass a press on; called in the screen's thread."""
        if self.core is not None:
            self.core.press(intent)

    def play(self, sound: Sound) -> None:
        """Play a sound; called in the core's thread."""
        self.app.play(sound.value)


def main(arguments: Sequence[str]) -> int:
    """Run the lane until SIGTERM, SIGINT or a closed window.

    Returns:
        0 when stopped, 1 when the core or the screen failed, 2 when the configuration cannot be used.
    """
    gc.disable()  # until the first frame: imports make many objects and hardly any garbage
    options = _parse(arguments)
    look = first_look.read(options.config)
    if look is None:
        try:
            look = _look_of(_strictly(options.config))
        except BadConfigError as error:
            sys.stderr.write(f"{error}\n")
            return BAD_INPUT
    return _run(look, options)


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="kiosk run", description="The lane: screen and sale.")
    parser.add_argument("--config", type=Path, help="config.toml (default: /etc/checkstand/config.toml)")
    parser.add_argument("--rehearsal", type=Path, metavar="SOCKET", help="let a script touch the screen here")
    parser.add_argument("--keys", action="store_true", help="Tab, Enter and Space walk and press, for trials")
    return parser.parse_args(arguments)


def _strictly(config: Path | None) -> LaneTables:
    """Read every table this program needs.

    Raises:
        BadConfigError: with a sentence for every error.
    """
    load, tables = import_module("devices.settings.load"), import_module("kiosk.config").LaneTables
    try:
        settings: LaneTables = load.load(config, tables)
    except import_module("devices.settings.problems").ConfigError as error:
        raise BadConfigError(str(error)) from error
    return settings


def _look_of(settings: LaneTables) -> FirstLook:
    display, lane = settings.display, settings.lane
    own = lane.language
    return FirstLook(
        width=display.width,
        height=display.height,
        dpi=display.dpi,
        fullscreen=display.fullscreen,
        theme=display.theme,
        shop=lane.shop,
        number=lane.number,
        country=lane.country,
        languages=(own, *(each for each in lane.languages if each != own)),
        currency=lane.currency,
        volume=settings.sound.volume,
    )


def _run(look: FirstLook, options: argparse.Namespace) -> int:
    window = environment.Window(
        look.width, look.height, look.dpi, fullscreen=look.fullscreen, cursor=not look.fullscreen
    )
    scratch = Path(os.environ.get("TMPDIR", "/tmp"))  # noqa: S108  for Kivy's own icons, nothing of ours
    environment.prepare(window, scratch / f"checkstand-kivy-{os.getuid()}")
    running = _Running(options.config, Presenter(_lane(look, Shop(look.shop)), translations))
    screen = import_module("kiosk.ui.app")
    ports = screen.Ports(running.slot.take, running.press, _first_frame(running))
    shown = screen.Look(sounds=assets("sounds"), volume=look.volume / _PERCENT, keys=options.keys)
    policy = Policy(Currency(look.currency), languages=look.languages)
    first = running.presenter.view(Session.begin(policy, clock.now()))
    running.app = screen.CheckstandApp(first, ports, shown)
    return _show(running, options.rehearsal)


def _lane(look: FirstLook, shop: Shop) -> Lane:
    """Give what the presenters need of the shop and the lane."""
    return Lane(
        shop=shop,
        number=str(look.number),
        theme=look.theme,
        country=look.country,
        zone=datetime.now(UTC).astimezone().tzinfo or UTC,
        pictures=str(assets("pictures", "rendered")),
        attract=_ATTRACT,
    )


def _first_frame(running: _Running) -> Callable[[], None]:
    """Start the core once the attract frame stands: nothing of it may delay that frame."""

    def build() -> LaneRooms:
        settings = _strictly(running.config)
        lane, shops = import_module("kiosk.bootstrap.lane"), import_module("kiosk.bootstrap.settings")
        running.presenter = Presenter(_lane(_look_of(settings), shops.shop_of(settings)), translations)
        screen = lane.Screen(running.publish, running.play, lambda: running.app.frames)
        try:
            rooms: LaneRooms = lane.LaneRooms(settings, screen)
        except lane.CANNOT_START as error:
            raise BadConfigError(f"kiosk run: {error}") from error
        gc.enable()
        gc.freeze()
        return rooms

    def on_frame() -> None:
        if running.core is None:
            running.core = CoreThread(build, running.app.stop_soon)
            import_module("devices.link.notify").notify("READY=1", "STATUS=the attract screen stands")
            import_module("devices.link.daemon").log_to_stderr("kiosk")
            running.core.start()

    return on_frame


def _show(running: _Running, rehearsal: Path | None) -> int:
    app = running.app
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: app.stop_soon())
    port = None
    if rehearsal is not None:
        port = import_module("kiosk.ui.rehearsal").Rehearsal(app.stage, rehearsal)
        app.shown = port.shown
        port.start()
    try:
        app.run()
    finally:
        if port is not None:
            port.close()
        if running.core is not None:
            running.core.stop()
            running.core.join(timeout=5)
    return _exit_code(running.core.failure if running.core else None)


def _exit_code(failure: BaseException | None) -> int:
    if isinstance(failure, BadConfigError):
        sys.stderr.write(f"{failure}\n")
        return BAD_INPUT
    return 0 if failure is None else FAILED
