"""The `simulate` command: its arguments, its start and a clean end."""

import argparse
import asyncio
import json
import signal
import sys
from pathlib import Path

from devices.scanner.simulator.control import Control
from devices.scanner.simulator.keys import SUFFIX_TEXT
from devices.scanner.simulator.ports import Port, PtyPort, evdev_port
from devices.scanner.simulator.scanner import SimulatedScanner
from devices.scanner.simulator.script import Line, ScriptError, parse_script


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds the options of `simulate` to a parser."""
    cable = parser.add_mutually_exclusive_group(required=True)
    cable.add_argument("--pty", type=Path, metavar="LINK", help="be a serial scanner; link its device here")
    cable.add_argument(
        "--evdev", type=Path, metavar="NODE", help="be a keyboard; link its device (or a pipe of events) here"
    )
    parser.add_argument("--suffix", choices=list(SUFFIX_TEXT), default="enter", help="what ends a code")
    parser.add_argument("--script", type=Path, metavar="FILE", help="what to scan, JSON Lines")
    parser.add_argument("--control", type=Path, metavar="SOCKET", help="take the same lines live here")


def run(args: argparse.Namespace) -> int:
    """Is a scanner until a signal ends it.

    Returns:
        0 when ended, 2 for arguments or a script that cannot be used (one sentence on standard error).
    """
    try:
        script = parse_script(args.script.read_text(encoding="utf-8")) if args.script else ()
        port: Port = PtyPort(args.pty) if args.pty else evdev_port(args.evdev)
        return asyncio.run(_serve(args.control, SimulatedScanner(port, args.suffix), script))
    except ScriptError as error:
        return _refuse(str(error))
    except UnicodeDecodeError:
        return _refuse(f"{args.script} is not UTF-8 text; expected a scanner script, JSON Lines")
    except OSError as error:
        what = f"{error.filename}: " if error.filename else ""
        return _refuse(f"{what}{error.strerror or error}; the simulated scanner cannot start")


async def _serve(control_path: Path | None, scanner: SimulatedScanner, script: tuple[Line, ...]) -> int:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    scanner.port.plug()
    control = None if control_path is None else Control(control_path, scanner.act, scanner.state)
    task = asyncio.create_task(scanner.run(script))
    try:
        if control is not None:
            await control.start()
        _say({"event": "ready"})
        await stop.wait()
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        if control is not None:
            await control.close()
        await scanner.close()
    return 0


def _say(happened: dict[str, str]) -> None:
    sys.stdout.write(json.dumps(happened) + "\n")
    sys.stdout.flush()


def _refuse(sentence: str) -> int:
    sys.stderr.write(f"kiosk-scanner: {sentence}\n")
    return 2
