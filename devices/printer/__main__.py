"""The command line `kiosk-printer`: status, print, jobs, run, simulate."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
import uuid
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from devices.link.daemon import Daemon
from devices.link.daemon import run as run_daemon
from devices.printer.answers import EXPECTATIONS, RecordingError, parse_recording, read_answers
from devices.printer.capabilities import CapabilitiesError, profile
from devices.printer.document import DocumentError
from devices.printer.journal import JournalError, open_for_reading, read_jobs
from devices.printer.printing import INTERFACE, PrintRefusedError, Request, print_now, read_document
from devices.printer.raster import PillowArtist
from devices.printer.service import Printer, Setup
from devices.settings import AddressError, ConfigError, PrinterTables, load, parse_address

if TYPE_CHECKING:
    from collections.abc import Sequence

DONE: Final = 0
NOT_DONE: Final = 1
REFUSED: Final = 2
_SUCCESS: Final = frozenset({"DONE", "UNCONFIRMED"})
_PATIENCE_S: Final = 20.0


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 when done, 1 when a job is not on paper, 2 for arguments or input that cannot be used.
    """
    args = _parser(sys.argv[1:] if argv is None else argv).parse_args(argv)
    try:
        return _carry_out(args)
    except (DocumentError, RecordingError, ConfigError) as refused:
        return _refuse(*_sentences(refused))
    except AddressError as wrong:
        return _refuse(f"--to: got {args.to!r}, expected {wrong}")
    except (JournalError, PrintRefusedError, CapabilitiesError) as refused:
        return _refuse(str(refused))
    except BrokenPipeError:
        # Whoever read our answers has had enough; at exit Python would complain about the unwritten rest.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return DONE
    except OSError as fault:
        what = f"{fault.filename}: " if fault.filename else ""
        return _refuse(f"{what}{fault.strerror or fault}; check the path and who may use it")


def _carry_out(args: argparse.Namespace) -> int:
    match args.command:
        case "status":
            return _status(args)
        case "print":
            return _print(args)
        case "jobs":
            return _jobs(args)
        case "run":
            return _run(args)
        case _:
            from devices.printer.simulator import command  # noqa: PLC0415 - a lane never loads the simulator

            return command.run(args)


def _parser(argv: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kiosk-printer", description="The receipt printer of a lane.")
    parser.add_argument("--version", action="version", version=f"%(prog)s {_version()}")
    everywhere = argparse.ArgumentParser(add_help=False)
    for each, default in ((parser, None), (everywhere, argparse.SUPPRESS)):
        each.add_argument("--config", type=Path, metavar="FILE", default=default, help="the lane's settings")
        each.add_argument("--state", type=Path, metavar="DIR", default=default, help="where print.db lies")
        each.add_argument("--link", type=Path, metavar="DIR", default=default, help="folder of the sockets")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    status = commands.add_parser("status", parents=[everywhere], help="decode recorded bytes of a printer")
    status.add_argument("--expect", choices=EXPECTATIONS, default="none", help="what was asked")
    status.add_argument("file", metavar="FILE", help="JSON Lines; - for standard input")
    _add_printing(commands.add_parser("print", parents=[everywhere], help="print a document"))
    commands.add_parser("jobs", parents=[everywhere], help="list every job and its state")
    _add_target(commands.add_parser("run", parents=[everywhere], help="serve the lane's printer"))
    simulate = commands.add_parser("simulate", parents=[everywhere], help="be a printer")
    if "simulate" in argv:
        from devices.printer.simulator import command  # noqa: PLC0415 - a lane never loads the simulator

        command.add_arguments(simulate)
    return parser


def _add_printing(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("document", type=Path, metavar="DOCUMENT.json", help="what is to be printed")
    _add_target(parser)
    parser.add_argument("--job", metavar="KEY", help="a key that is known prints nothing more")
    parser.add_argument(
        "--wait", type=float, default=_PATIENCE_S, metavar="S", help="how long a job may stand still"
    )


def _add_target(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", metavar="ADDRESS", help="tcp:HOST:PORT, serial:PATH, usblp:PATH or file:PATH")
    parser.add_argument("--profile", metavar="NAME", help="the printer's model, such as TM-T88V")


def _status(args: argparse.Namespace) -> int:
    default = None if args.expect == "none" else args.expect
    for answer in read_answers(parse_recording(_lines(args.file)), default):
        print(json.dumps(answer), flush=True)
    return DONE


def _print(args: argparse.Namespace) -> int:
    document = read_document(args.document)
    tables = load(args.config, PrinterTables)
    key = args.job or f"by-hand-{uuid.uuid4()}"
    wanted = str(parse_address(args.to)) if args.to else None
    socket = (args.link or tables.link.directory) / "printer.sock"
    outcome = print_now(_setup(args, tables), socket, Request(key, document, args.wait, wanted))
    print(json.dumps(outcome, ensure_ascii=False), flush=True)
    return DONE if outcome["state"] in _SUCCESS else NOT_DONE


def _jobs(args: argparse.Namespace) -> int:
    path = _database(args, load(args.config, PrinterTables))
    if not path.exists():
        return DONE
    with contextlib.closing(open_for_reading(path)) as database:
        for job in read_jobs(database):
            print(json.dumps(job.as_dict(), ensure_ascii=False))
    return DONE


def _run(args: argparse.Namespace) -> int:
    tables = load(args.config, PrinterTables)
    socket = (args.link or tables.link.directory) / "printer.sock"
    with contextlib.closing(Printer(_setup(args, tables))) as printer:
        return run_daemon(Daemon("kiosk-printer", socket, INTERFACE, printer, printer.work, printer.healthy))


def _setup(args: argparse.Namespace, tables: PrinterTables) -> Setup:
    return Setup(
        address=parse_address(args.to) if args.to else tables.printer.to,
        profile=profile(args.profile or tables.printer.profile).narrowed(tables.printer.width),
        database=_database(args, tables),
        artist=PillowArtist(),
        copy_unknown=tables.printer.unknown == "copy",
    )


def _database(args: argparse.Namespace, tables: PrinterTables) -> Path:
    folder: Path = args.state or tables.store.directory
    return folder / "print.db"


def _lines(name: str) -> list[str]:
    data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    return data.decode("utf-8", errors="replace").split("\n")


def _sentences(refused: DocumentError | RecordingError | ConfigError) -> tuple[str, ...]:
    match refused:
        case RecordingError():
            return refused.sentences
        case DocumentError():
            return tuple(problem.sentence for problem in refused.problems)
        case _:
            return tuple(problem.sentence() for problem in refused.problems)


def _refuse(*sentences: str) -> int:
    for sentence in sentences:
        print(f"kiosk-printer: {sentence}", file=sys.stderr)
    return REFUSED


def _version() -> str:
    try:
        return version("checkstand")
    except PackageNotFoundError:
        return "uninstalled"


if __name__ == "__main__":
    sys.exit(main())
