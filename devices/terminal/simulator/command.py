"""`kiosk-terminal simulate`: the terminal's side of ZVT as a program of its own."""

import argparse
import asyncio
import contextlib
import datetime as dt
import json
import random
import signal
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from devices.terminal.simulator.control import ControlSocket
from devices.terminal.simulator.dialog import Site
from devices.terminal.simulator.ledger import Ledger, LedgerError
from devices.terminal.simulator.ledger_file import LedgerFile
from devices.terminal.simulator.port import Port, PtyPort, TcpPort
from devices.terminal.simulator.profile import CARDS, CURRENCIES, PROFILES, Identity, Timing, answer_time
from devices.terminal.simulator.script import Playbook, ScriptError, parse_script
from devices.terminal.simulator.serial import SerialLink, SerialTiming
from devices.terminal.simulator.server import Simulator
from devices.terminal.simulator.stream import Link, StreamLink

BAD_INPUT: Final = 2
LAST_PORT: Final = 65_535
_FACTORY = Identity()


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asked for, under names that no other command of `kiosk-terminal` uses."""

    sim_tcp: int | None = None
    sim_pty: Path | None = None
    sim_host: str = "127.0.0.1"
    sim_ledger: Path | None = None
    sim_profile: str = "standard"
    sim_script: Path | None = None
    sim_seed: int = 0
    sim_card: str | None = None
    sim_control: Path | None = None
    sim_manual: bool = False
    sim_password: str = _FACTORY.password
    sim_terminal_id: str = _FACTORY.terminal_id
    sim_currency: str = "EUR"
    sim_answer_ms: int = Timing().answer


def _digits(size: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        if len(text) != size or not (text.isascii() and text.isdecimal()):
            raise argparse.ArgumentTypeError(f"got {text!r}, expected {size} digits")
        return text

    return read


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or int(text) > LAST_PORT:
        raise argparse.ArgumentTypeError(
            f"got {text!r}, expected a TCP port from 0 to 65535 (0: any free one)"
        )
    return int(text)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Give `parser` the options of the simulator; destinations begin with sim_."""
    default = Options()
    way = parser.add_mutually_exclusive_group(required=True)
    way.add_argument(
        "--tcp", dest="sim_tcp", type=_port, metavar="PORT", help="listen on TCP (0: any free port)"
    )
    way.add_argument(
        "--pty", dest="sim_pty", type=Path, metavar="LINK", help="offer a serial line under LINK"
    )
    add = parser.add_argument
    add("--host", dest="sim_host", default=default.sim_host, help="address to listen on (%(default)s)")
    add("--ledger", dest="sim_ledger", type=Path, metavar="FILE", help="keep the ledger in FILE")
    add(
        "--profile",
        dest="sim_profile",
        choices=sorted(PROFILES),
        default=default.sim_profile,
        help="whose terminal",
    )
    add("--script", dest="sim_script", type=Path, metavar="FILE", help="rules to follow, JSON Lines")
    add("--seed", dest="sim_seed", type=int, default=default.sim_seed, help="picks the cards shoppers hold")
    add(
        "--control",
        dest="sim_control",
        type=Path,
        metavar="SOCKET",
        help="take rules and keys on a Unix socket",
    )
    add("--manual", dest="sim_manual", action="store_true", help="wait for the keypad instead of approving")
    add("--password", dest="sim_password", type=_digits(6), default=default.sim_password, metavar="DIGITS")
    cards = [card.name for card in CARDS]
    add(
        "--card",
        dest="sim_card",
        choices=cards,
        help="the card every shopper holds, in place of a random one",
    )
    names = sorted(CURRENCIES.values())
    add("--currency", dest="sim_currency", choices=names, default=default.sim_currency, help="of its account")
    add(
        "--terminal-id",
        dest="sim_terminal_id",
        type=_digits(8),
        default=default.sim_terminal_id,
        metavar="DIGITS",
    )
    add("--answer-ms", dest="sim_answer_ms", type=int, default=default.sim_answer_ms, metavar="MS",
        help="how long to wait for the till's 80 00 00 (%(default)s)")  # fmt: skip


def run(args: argparse.Namespace) -> int:
    """Run until SIGTERM or SIGINT; 0, or 2 with sentences on standard error."""
    options = Options(**{name: value for name, value in vars(args).items() if name.startswith("sim_")})
    try:
        playbook = Playbook(parse_script(options.sim_script.read_text("utf-8")) if options.sim_script else [])
        with contextlib.ExitStack() as stack:
            book = stack.enter_context(LedgerFile(options.sim_ledger)) if options.sim_ledger else None
            asyncio.run(_serve(options, playbook, book.ledger if book else Ledger(lambda _record: None)))
    except ScriptError as error:
        return _fail(f"{options.sim_script}: {line}" for line in str(error).splitlines())
    except (LedgerError, OSError, UnicodeDecodeError) as error:
        return _fail([str(error)])
    return 0


def _fail(sentences: Iterable[str]) -> int:
    for sentence in sentences:
        sys.stderr.write(f"{sentence}\n")
    return BAD_INPUT


def _site_maker(options: Options, playbook: Playbook, ledger: Ledger) -> Callable[[], Site]:
    """Each call is a terminal just switched on: same ledger, same script, empty memory."""
    chance = random.Random(options.sim_seed)  # noqa: S311  # which card a pretended shopper holds
    held = [index for index, card in enumerate(CARDS) if options.sim_card in (None, card.name)]
    currency = next(code for code, name in CURRENCIES.items() if name == options.sim_currency)
    identity = Identity(terminal_id=options.sim_terminal_id, currency=currency, password=options.sim_password)
    return lambda: Site(
        ledger=ledger,
        playbook=playbook,
        wall=lambda: dt.datetime.now().astimezone().replace(tzinfo=None, microsecond=0),
        draw=lambda _count: chance.choice(held),
        identity=identity,
        profile=PROFILES[options.sim_profile],
        timing=Timing(answer=answer_time(options.sim_answer_ms, serial=options.sim_pty is not None)),
        manual=options.sim_manual,
    )


async def _serve(options: Options, playbook: Playbook, ledger: Ledger) -> None:
    """Open the ways in, say where they are, and stay until a signal comes."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    watchers: list[ControlSocket] = []

    def tell(event: dict[str, object]) -> None:
        for watcher in watchers:
            watcher.tell(event)

    port: Port = (
        PtyPort(options.sim_pty) if options.sim_pty else TcpPort(options.sim_host, options.sim_tcp or 0)
    )
    frames = SerialTiming(t2=options.sim_answer_ms)
    make_link: Callable[[], Link] = (lambda: SerialLink(frames)) if options.sim_pty else StreamLink
    simulator = Simulator(port, make_link, _site_maker(options, playbook, ledger), tell)
    try:
        await simulator.start()
        if options.sim_control:
            watchers.append(ControlSocket(options.sim_control, simulator.obey, simulator.greeting))
            await watchers[0].open()
        sys.stdout.write(json.dumps({"listening": True, **port.name}) + "\n")
        sys.stdout.flush()
        await stop.wait()
    finally:
        simulator.stop()
        for watcher in watchers:
            await watcher.close()
        await asyncio.sleep(0)  # let the loop close what was just hung up
