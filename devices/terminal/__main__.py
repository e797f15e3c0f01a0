"""The command line `kiosk-terminal`."""

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Final

from devices.link.daemon import Daemon
from devices.link.daemon import run as run_daemon
from devices.settings import ConfigError
from devices.terminal import options, orders
from devices.terminal.daemon import INTERFACE, Terminal
from devices.terminal.decoding import Decoder
from devices.terminal.engine import Engine
from devices.terminal.journal import Journal, JournalBusyError
from devices.terminal.till import Place, TillError

Order = Callable[[Place, argparse.Namespace], Awaitable[int]]

_ORDERS: Final[dict[str, Order]] = {
    "pay": orders.pay,
    "refund": orders.refund,
    "reverse": orders.reverse,
    "recover": orders.recover,
    "attempts": orders.attempts,
    "status": orders.status,
    "login": orders.login,
    "commission": orders.commission,
    "end-of-day": orders.end_of_day,
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 paid or done, 1 not charged, 2 bad arguments or input, 3 uncertain or escalated.
    """
    args = _parser().parse_args(argv)
    try:
        return _carry_out(args)
    except ConfigError as error:
        return _refuse(*str(error).splitlines())
    except TillError as error:
        return _refuse(str(error))
    except BrokenPipeError:
        # Whoever read our answers has had enough; at exit Python would complain about the unwritten rest.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return orders.DONE
    except KeyboardInterrupt:
        _refuse("Stopped; what is open is settled by kiosk-terminal recover.")
        return orders.UNKNOWN
    except OSError as error:
        what = f"{error.filename}: " if error.filename else ""
        return _refuse(f"{what}{error.strerror or error}")


def _refuse(*sentences: str) -> int:
    for sentence in sentences:
        print(f"kiosk-terminal: {sentence}", file=sys.stderr)
    return orders.REFUSED


def _carry_out(args: argparse.Namespace) -> int:
    match args.command:
        case "decode":
            return _decode(args)
        case "simulate":
            # Only here: the simulator is the other side, and nothing of ours may lean on it.
            from devices.terminal.simulator import command  # noqa: PLC0415

            return command.run(args)
        case "run":
            return _run(options.place_of(args))
        case name:
            return asyncio.run(_asked(_ORDERS[name], args))


async def _asked(order: Order, args: argparse.Namespace) -> int:
    return await order(options.place_of(args), args)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kiosk-terminal", description="The payment terminal of a lane.")
    parser.add_argument("--version", action="version", version=f"%(prog)s {options.package_version()}")
    options.add_common(parser, suppress=False)
    options.add_terminal(parser, suppress=False)
    common = argparse.ArgumentParser(add_help=False)
    options.add_common(common, suppress=True)
    terminal = argparse.ArgumentParser(add_help=False)
    options.add_terminal(terminal, suppress=True)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name: str, text: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, parents=[common, terminal], help=text, description=text)

    add("status", "ask the terminal how it is")
    add("login", "register with the terminal")
    commission = add("commission", "pay and reverse a test amount, and check the recovery query")
    commission.add_argument("--amount", type=options.amount, default=1, help="of the test payment (0.01)")
    _timeout(commission)
    pay = add("pay", "take a payment")
    pay.add_argument("amount", type=options.amount, metavar="AMOUNT")
    pay.add_argument("--sale", metavar="ID", help="kept with the attempt")
    _timeout(pay)
    _timeout(add("recover", "find out what became of payments nobody was told of"))
    reverse = add("reverse", "reverse a payment, the terminal's last one")
    reverse.add_argument("attempt", metavar="ATTEMPT")
    _timeout(reverse)
    refund = add("refund", "give money back to a card")
    refund.add_argument("amount", type=options.amount, metavar="AMOUNT")
    _timeout(refund)
    add("end-of-day", "let the terminal reconcile")
    add("attempts", "list all attempts")
    add("run", "serve the terminal to the lane")
    decode = commands.add_parser("decode", parents=[common], help="read a hex dump of ZVT")
    decode.add_argument(
        "--serial", action="store_true", dest="frames", help="frames with 10 02 and check bytes"
    )
    decode.add_argument("file", metavar="FILE", help="a message or frame a line; - for standard input")
    _add_simulator(commands.add_parser("simulate", parents=[common], help="be a terminal"))
    return parser


def _timeout(parser: argparse.ArgumentParser) -> None:
    text = "seconds to wait for the outcome; the attempt stays open after it"
    parser.add_argument("--timeout", type=options.seconds, metavar="S", help=text)


def _add_simulator(parser: argparse.ArgumentParser) -> None:
    from devices.terminal.simulator import command  # noqa: PLC0415 - see _carry_out

    command.add_arguments(parser)


def _decode(args: argparse.Namespace) -> int:
    data = sys.stdin.buffer.read() if args.file == "-" else Path(args.file).read_bytes()
    decoder = Decoder(args.frames)
    for number, line in enumerate(data.decode("utf-8", errors="replace").splitlines(), 1):
        for shown in decoder.read(number, line):
            print(json.dumps(shown, ensure_ascii=False), flush=True)
    return _refuse(*decoder.problems) if decoder.problems else orders.DONE


def _run(place: Place) -> int:
    try:
        journal = Journal(place.directory, place.channel)
    except JournalBusyError as error:
        return _refuse(f"{error}; stop that one first.")
    try:
        terminal = Terminal(Engine(place.way, place.profile, journal))
        return run_daemon(Daemon("kiosk-terminal", place.socket, INTERFACE, terminal, terminal.work))
    finally:
        journal.close()


if __name__ == "__main__":
    sys.exit(main())
