"""The command line `kiosk-scanner`: replay, record, list, run, simulate."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from devices.link.daemon import Daemon
from devices.link.daemon import run as run_daemon
from devices.scanner import recording
from devices.scanner.daemon import Scanner
from devices.scanner.decoder import Decoder, WedgeSettings
from devices.scanner.finder import found
from devices.scanner.keymap import LAYOUTS
from devices.scanner.reads import MIN_GAP_MS, SUFFIXES, FrameSettings
from devices.scanner.recorder import record
from devices.scanner.recording import RecordingError
from devices.scanner.wiring import reader
from devices.settings import ConfigError, ReaderSettings, ScannerTables, load

INTERFACE = "org.checkstand.Scanner1"
DONE, REFUSED = 0, 2


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command.

    Returns:
        0 when done, 2 for arguments or input that cannot be used.
    """
    args = parser(sys.argv if argv is None else argv).parse_args(argv)
    try:
        return _carry_out(args)
    except RecordingError as error:
        return _refuse(*error.sentences)
    except ConfigError as error:
        return _refuse(*(problem.sentence() for problem in error.problems))
    except BrokenPipeError:
        # Whoever read our answers has had enough; at exit Python would complain about the unwritten rest.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return DONE
    except OSError as error:
        what = f"{error.filename}: " if error.filename else ""
        return _refuse(f"{what}{error.strerror or error}; check the path and who may read it")


def _carry_out(args: argparse.Namespace) -> int:
    match args.command:
        case "replay":
            return _replay(args)
        case "record":
            return _record(args.device)
        case "list":
            return _list()
        case "run":
            return _run(args)
        case _:
            from devices.scanner.simulator import command  # noqa: PLC0415 - a lane never loads the simulator

            return command.run(args)


def parser(argv: Sequence[str]) -> argparse.ArgumentParser:
    """Every command and option."""
    top = argparse.ArgumentParser(prog="kiosk-scanner", description="The barcode scanner of a lane.")
    top.add_argument("--version", action="version", version=f"%(prog)s {_version()}")
    everywhere = argparse.ArgumentParser(add_help=False)
    for each, default in ((top, None), (everywhere, argparse.SUPPRESS)):
        each.add_argument("--config", type=Path, metavar="FILE", default=default, help="the lane's settings")
        each.add_argument(
            "--state", type=Path, metavar="DIR", default=default, help="not used: nothing is stored"
        )
        each.add_argument("--link", type=Path, metavar="DIR", default=default, help="folder of the sockets")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_replay(commands.add_parser("replay", parents=[everywhere], help="decode recorded key events"))
    recorder = commands.add_parser("record", parents=[everywhere], help="record a device's key events")
    recorder.add_argument("device", metavar="DEVICE", help="its event node, such as /dev/input/event5")
    commands.add_parser("list", parents=[everywhere], help="list what could be a scanner")
    _add_run(commands.add_parser("run", parents=[everywhere], help="serve the lane's scanners"))
    simulate = commands.add_parser("simulate", parents=[everywhere], help="be a scanner")
    if "simulate" in argv:
        from devices.scanner.simulator import command  # noqa: PLC0415 - a lane never loads the simulator

        command.add_arguments(simulate)
    return top


def _add_replay(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--layout", choices=LAYOUTS, default="us", help="keyboard layout of the scanner")
    parser.add_argument("--suffix", choices=SUFFIXES, default="enter", help="what it sends after a code")
    parser.add_argument("--gap-ms", type=_gap, default=200, metavar="MS", help="the pause that ends a read")
    parser.add_argument("file", metavar="FILE", help="JSON Lines of key events; - for standard input")


def _add_run(parser: argparse.ArgumentParser) -> None:
    device = parser.add_mutually_exclusive_group()
    device.add_argument("--evdev", metavar="NODE", help="one keyboard wedge, in place of the configured")
    device.add_argument("--serial", metavar="PATH", help="one serial scanner, in place of the configured")
    parser.add_argument("--layout", choices=LAYOUTS, help="keyboard layout of that one")
    parser.add_argument("--suffix", choices=SUFFIXES, help="what that one sends after a code")
    parser.add_argument("--gap-ms", type=_gap, metavar="MS", help="the pause that ends a read of that one")


def _gap(text: str) -> int:
    if not text.isdecimal() or int(text) < MIN_GAP_MS:
        raise argparse.ArgumentTypeError(f"{text!r} is no gap; expected milliseconds, at least {MIN_GAP_MS}")
    return int(text)


def _replay(args: argparse.Namespace) -> int:
    decoder = Decoder(WedgeSettings(args.layout, FrameSettings(args.suffix, args.gap_ms)))
    for read in recording.replay(recording.parse(_lines(args.file)), decoder):
        print(recording.line_of_read(read), flush=True)
    return DONE


def _lines(name: str) -> list[str]:
    data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    return data.decode("utf-8", errors="replace").split("\n")


def _record(device: str) -> int:
    for step in record(device):
        print(recording.line_of_step(step), flush=True)
    return DONE


def _list() -> int:
    for device in found():
        print(json.dumps(device))
    return DONE


def _run(args: argparse.Namespace) -> int:
    tables = load(args.config, ScannerTables)
    scanner = Scanner([reader(each) for each in readers(tables.scanner.readers, args)])
    socket = (args.link or tables.link.directory) / "scanner.sock"
    return run_daemon(Daemon("kiosk-scanner", socket, INTERFACE, scanner, scanner.work, scanner.healthy))


def readers(configured: Sequence[ReaderSettings], args: argparse.Namespace) -> list[ReaderSettings]:
    """The configured readers with what the command line says instead; one named there replaces them."""
    given = {"layout": args.layout, "suffix": args.suffix, "gap_ms": args.gap_ms}
    options = {name: value for name, value in given.items() if value is not None}
    if args.serial or args.evdev:
        options |= {"device": args.serial or args.evdev, "transport": "serial" if args.serial else "evdev"}
        configured = (ReaderSettings(),)
    return [each.model_copy(update=options) for each in configured]


def _refuse(*sentences: str) -> int:
    for sentence in sentences:
        print(f"kiosk-scanner: {sentence}", file=sys.stderr)
    return REFUSED


def _version() -> str:
    try:
        return version("checkstand")
    except PackageNotFoundError:
        return "uninstalled"


if __name__ == "__main__":
    sys.exit(main())
