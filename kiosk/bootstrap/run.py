"""`kiosk run`: the attract frame first, then the core on its thread, and the screen until stopped."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from devices.link.daemon import log_to_stderr
from devices.link.notify import notify
from devices.settings.load import load
from devices.settings.problems import ConfigError
from kiosk.bootstrap.core_thread import CoreThread
from kiosk.bootstrap.settings import policy_of, shop_of
from kiosk.bootstrap.words import assets, translations
from kiosk.checkout.effects import Sound
from kiosk.checkout.intents import AnyIntent
from kiosk.checkout.session import Session
from kiosk.config import LaneTables
from kiosk.core import clock
from kiosk.core.slot import Slot
from kiosk.ui import environment
from kiosk.ui.presenters.present import Presenter
from kiosk.ui.presenters.shop import Lane
from kiosk.ui.presenters.views import View

if TYPE_CHECKING:
    from kiosk.bootstrap.lane import LaneRooms

_log = logging.getLogger(__name__)
_ATTRACT: Final = ("tomato", "milk", "banana", "eggs", "carrot", "lemon", "bread", "coffee", "cheese")
_PERCENT: Final = 100
FAILED: Final = 1
BAD_INPUT: Final = 2


@dataclass
class _Running:
    """What the callbacks of the two threads share; written once each."""

    core: CoreThread | None = None
    app: Any = None  # Kivy has no types


def main(arguments: Sequence[str]) -> int:
    """Run the lane until SIGTERM, SIGINT or a closed window.

    Returns:
        0 when stopped, 1 when the core or the screen failed, 2 when the configuration cannot be used.
    """
    options = _parse(arguments)
    log_to_stderr("kiosk")
    try:
        settings = load(options.config, LaneTables)
    except ConfigError as error:
        sys.stderr.write(f"{error}\n")
        return BAD_INPUT
    return _run(settings, options)


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="kiosk run", description="The lane: screen and sale.")
    parser.add_argument("--config", type=Path, help="config.toml (default: /etc/checkstand/config.toml)")
    parser.add_argument("--rehearsal", type=Path, metavar="SOCKET", help="let a script touch the screen here")
    parser.add_argument("--keys", action="store_true", help="Tab, Enter and Space walk and press, for trials")
    return parser.parse_args(arguments)


def _run(settings: LaneTables, options: argparse.Namespace) -> int:
    display = settings.display
    window = environment.Window(
        display.width,
        display.height,
        display.dpi,
        fullscreen=display.fullscreen,
        cursor=not display.fullscreen,
    )
    environment.prepare(window, Path(tempfile.gettempdir()) / f"checkstand-kivy-{os.getuid()}")
    presenter = Presenter(lane_of(settings), translations)
    slot: Slot[View] = Slot()
    running = _Running()

    def publish(session: Session) -> None:
        slot.put(presenter.view(session))

    screen = import_module("kiosk.ui.app")
    ports = screen.Ports(slot.take, _sender(running), _first_frame(running, settings, publish))
    look = screen.Look(sounds=assets("sounds"), volume=settings.sound.volume / _PERCENT, keys=options.keys)
    first = presenter.view(Session.begin(policy_of(settings), clock.now()))
    running.app = screen.CheckstandApp(first, ports, look)
    return _show(running, options.rehearsal)


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
    return FAILED if running.core is not None and running.core.failure is not None else 0


def _sender(running: _Running) -> Callable[[AnyIntent], None]:
    def send(intent: AnyIntent) -> None:
        if running.core is not None:
            running.core.press(intent)

    return send


def _first_frame(
    running: _Running, settings: LaneTables, publish: Callable[[Session], None]
) -> Callable[[], None]:
    """Start the core once the attract frame stands: nothing of it may delay that frame."""

    def build() -> LaneRooms:
        lane = import_module("kiosk.bootstrap.lane")
        screen = lane.Screen(publish, _player(running), lambda: running.app.frames)
        rooms: LaneRooms = lane.LaneRooms(settings, screen)
        return rooms

    def on_frame() -> None:
        if running.core is None:
            _log.info("first frame")
            running.core = CoreThread(build, running.app.stop_soon)
            running.core.start()
            notify("READY=1", "STATUS=the attract screen stands")

    return on_frame


def _player(running: _Running) -> Callable[[Sound], None]:
    def play(sound: Sound) -> None:
        running.app.play(sound.value)

    return play


def lane_of(settings: LaneTables) -> Lane:
    """Give what the presenters need of the shop and the lane."""
    return Lane(
        shop=shop_of(settings),
        number=str(settings.lane.number),
        theme=settings.display.theme,
        zone=datetime.now(UTC).astimezone().tzinfo or UTC,
        pictures=str(import_module("assets.pictures").folder()),
        attract=_ATTRACT,
    )
