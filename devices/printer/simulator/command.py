"""The ``simulate`` command: arguments, start, and a clean end."""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys
from contextlib import suppress
from pathlib import Path

from devices.printer.simulator.control import Control
from devices.printer.simulator.glyphs import Glyphs
from devices.printer.simulator.ports import PtyPort, TcpPort
from devices.printer.simulator.printer import Printer
from devices.printer.simulator.profile import UnknownProfileError, profile_named
from devices.printer.simulator.record import Record
from devices.printer.simulator.script import Script, ScriptError, parse_script
from devices.printer.simulator.server import Server, now_ms

_HIGHEST_PORT = 65535


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``simulate`` to a parser."""
    cable = parser.add_mutually_exclusive_group(required=True)
    cable.add_argument("--tcp", type=_port, metavar="PORT", help="listen on this TCP port (0: any free one)")
    cable.add_argument("--pty", type=Path, metavar="LINK", help="be a serial printer; link its device here")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the paper goes")
    parser.add_argument(
        "--profile", default="TM-T88V", metavar="NAME", help="the printer to be (TM-T88V, TM-m30 …)"
    )
    parser.add_argument("--script", type=Path, metavar="FILE", help="what happens to the printer, JSON Lines")
    parser.add_argument(
        "--control", type=Path, metavar="SOCKET", help="take the same lines live on this socket"
    )


def _port(text: str) -> int:
    if not text.isdigit() or int(text) > _HIGHEST_PORT:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; expected 0 to {_HIGHEST_PORT}")
    return int(text)


def run(args: argparse.Namespace) -> int:
    """Be a printer until a signal ends it.

    Returns:
        0 when ended, 2 for arguments or a script that cannot be used (one sentence on standard error).
    """
    try:
        profile = profile_named(args.profile)
        lines = parse_script(args.script.read_text(encoding="utf-8")) if args.script else ()
        return asyncio.run(
            _serve(args, Printer(profile, Script(lines, now_ms()), serial=bool(args.pty), glyphs=Glyphs()))
        )
    except (UnknownProfileError, ScriptError) as error:
        return _refuse(str(error))
    except UnicodeDecodeError:
        return _refuse(f"{args.script} is not UTF-8 text; expected a printer script, JSON Lines.")
    except OSError as error:
        what = f"{error.filename}: " if error.filename else ""
        return _refuse(f"{what}{error.strerror or error}; the simulated printer cannot start.")


def _refuse(sentence: str) -> int:
    sys.stderr.write(sentence + "\n")
    return 2


async def _serve(args: argparse.Namespace, printer: Printer) -> int:
    record = Record(args.out, printer.profile.paper_dots)
    try:
        port = TcpPort(args.tcp) if args.pty is None else PtyPort(args.pty)
        server = Server(printer, port, record)
        if args.control:
            server.control = Control(args.control, server.act, server.state)
        await _until_signal(server, _where(port))
    finally:
        record.close()
    return 0


def _where(port: TcpPort | PtyPort) -> dict[str, object]:
    if isinstance(port, TcpPort):
        return {"event": "listening", "host": "127.0.0.1", "port": port.number}
    return {"event": "listening", "pty": port.path}


async def _until_signal(server: Server, where: dict[str, object]) -> None:
    task = asyncio.create_task(server.run())
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, task.cancel)
    # The server has started its control socket by the time it first waits.
    await asyncio.sleep(0)
    sys.stdout.write(json.dumps(where) + "\n")
    sys.stdout.flush()
    with suppress(asyncio.CancelledError):
        await task
