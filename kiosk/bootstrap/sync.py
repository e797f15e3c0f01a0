"""kiosk sync: the lane's network process, and kiosk sync enrol CODE."""

import argparse
import asyncio
import json
import logging
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NoReturn

from devices.link.daemon import Daemon, run
from devices.link.events import new_boot_id
from devices.settings.load import load
from devices.settings.problems import ConfigError
from kiosk.config import SyncTables
from kiosk.store.catalogue import wall_us
from kiosk.store.database import FileTakenError
from kiosk.store.lane_key import LaneKeyError
from kiosk.sync.commands import SyncService
from kiosk.sync.enrol import enrol
from kiosk.sync.enrolment import EnrolmentError
from kiosk.sync.ledger import Ledger
from kiosk.sync.presence import Presence
from kiosk.sync.process import Process, Surroundings
from kiosk.sync.status import Status

INTERFACE: Final = "org.checkstand.Sync1"
_PROGRAM: Final = "kiosk sync"


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}; {self.prog} --help tells what is understood\n")


def main(arguments: Sequence[str]) -> int:
    """Run the process, or enrol; returns the exit code."""
    if arguments[:1] == ["enrol"]:
        return _enrol(arguments[1:])
    asked = _parser(_PROGRAM, "Exchange sales and products with the shop's backend.").parse_args(arguments)
    try:
        settings = _settings(asked)
        state = settings.store.directory
        state.mkdir(parents=True, exist_ok=True)
        ledger = Ledger(state)
    except (ConfigError, FileTakenError, OSError) as error:
        return _refuse(str(error))
    try:
        return _serve(settings, ledger)
    finally:
        ledger.close()


def _serve(settings: SyncTables, ledger: Ledger) -> int:
    given = Surroundings(
        state=settings.store.directory,
        address=settings.sync.backend,
        interval_s=settings.sync.interval_s,
        timeout_s=settings.sync.timeout_s,
        batch=settings.sync.batch,
        wall_us=wall_us,
        monotonic_s=time.monotonic,
        random=random.random,
    )
    logging.getLogger("httpx2").setLevel(logging.WARNING)
    status = Status(new_boot_id())
    push_now = asyncio.Event()
    presence = Presence(status, wall_us)
    process = Process(given, status, ledger, presence, push_now)
    socket = settings.link.socket("sync")
    socket.parent.mkdir(parents=True, exist_ok=True)
    return run(Daemon("kiosk-sync", socket, INTERFACE, SyncService(status, presence, push_now), process.run))


def _enrol(arguments: Sequence[str]) -> int:
    parser = _parser(f"{_PROGRAM} enrol", "Join the shop with a code from kiosk-backend enrol.")
    parser.add_argument("code", nargs="+", metavar="CODE", help="blanks and hyphens in it do not matter")
    asked = parser.parse_args(arguments)
    try:
        state = _settings(asked).store.directory
        state.mkdir(parents=True, exist_ok=True)
        enrolment = asyncio.run(enrol(state, "".join(asked.code)))
    except (ConfigError, EnrolmentError, LaneKeyError, OSError) as error:
        return _refuse(str(error))
    told = {
        "lane": enrolment.lane,
        "backend": enrolment.url,
        "device": enrolment.device,
        "epoch": enrolment.epoch,
    }
    sys.stdout.write(json.dumps(told) + "\n")
    return 0


def _parser(program: str, said: str) -> argparse.ArgumentParser:
    parser = _Parser(prog=program, description=said, allow_abbrev=False)
    parser.add_argument("--config", type=Path, metavar="FILE", help="config file (TOML)")
    parser.add_argument("--state", type=Path, metavar="DIR", help="directory of the databases")
    return parser


def _settings(asked: argparse.Namespace) -> SyncTables:
    settings = load(asked.config, SyncTables)
    if asked.state is None:
        return settings
    store = settings.store.model_copy(update={"directory": asked.state.absolute()})
    return settings.model_copy(update={"store": store})


def _refuse(sentence: str) -> int:
    sys.stderr.write(f"{_PROGRAM}: {sentence}\n")
    return 2
