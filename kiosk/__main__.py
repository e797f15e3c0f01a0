"""kiosk: the lane's command line; each command is imported only when it is asked for."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Final

BAD_INPUT: Final = 2
INTERRUPTED: Final = 130


@dataclass(frozen=True, slots=True)
class Command:
    """One command. entry: module:function, given the arguments after the command, returns the exit code."""

    entry: str
    usage: str
    said: str


COMMANDS: Final = {
    "run": Command("kiosk.bootstrap.run:main", "run [--config FILE]", "the lane: screen and sale"),
    "sync": Command(
        "kiosk.bootstrap.sync:main",
        "sync [--config FILE] [--state DIR]",
        "the exchange with the shop's backend; sync enrol CODE joins the shop",
    ),
    "demo": Command(
        "kiosk.bootstrap.demo:main", "demo", "a whole lane with simulated devices, ready to touch"
    ),
    "people": Command(
        "kiosk.bootstrap.people:main",
        "people add NAME [--config FILE]",
        "make a person known at this lane; the PIN comes on standard input",
    ),
    "check-config": Command(
        "kiosk.config:check_command", "check-config FILE", "every error of a config file"
    ),
    "journal": Command(
        "kiosk.bootstrap.journal:main",
        "journal verify [--anchor FILE] | export",
        "the audit journal: prove it whole, or write it out",
    ),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        Its exit code; 2 when there is no such command or a part of the installation is missing.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    match given:
        case ["--version", *_]:
            sys.stdout.write(f"kiosk {_version()}\n")
            return 0
        case ["--help" | "-h", *_]:
            sys.stdout.write(_help())
            return 0
        case [name, *rest] if name in COMMANDS:
            return _run(name, rest)
        case [name, *_]:
            return _refuse(f"there is no command {name!r}{_meant(name)}; kiosk --help lists them")
        case _:
            return _refuse("expected a command; kiosk --help lists them")


def _run(name: str, arguments: Sequence[str]) -> int:
    try:
        return _entry(COMMANDS[name].entry)(arguments)
    except ModuleNotFoundError as error:
        return _refuse(f"{name} needs {error.name}, which is not installed: pip install 'checkstand[lane]'")
    except KeyboardInterrupt:
        return INTERRUPTED


def _entry(entry: str) -> Callable[[Sequence[str]], int]:
    module, _, function = entry.partition(":")
    found: Callable[[Sequence[str]], int] = getattr(import_module(module), function)
    return found


def _help() -> str:
    width = max(len(command.usage) for command in COMMANDS.values())
    lines = (f"  kiosk {command.usage:<{width}}  {command.said}" for command in COMMANDS.values())
    return "\n".join(
        ("Self-checkout for a floor stand.", "", *lines, "", "kiosk COMMAND --help tells more.", "")
    )


def _meant(name: str) -> str:
    # Imported here as below: the attract frame waits for all that is imported above.
    near = import_module("difflib").get_close_matches(name, COMMANDS, n=1)
    return f", did you mean {near[0]}" if near else ""


def _version() -> str:
    metadata = import_module("importlib.metadata")
    try:
        return str(metadata.version("checkstand"))
    except metadata.PackageNotFoundError:
        return "from source"


def _refuse(sentence: str) -> int:
    sys.stderr.write(f"kiosk: {sentence}\n")
    return BAD_INPUT


if __name__ == "__main__":
    sys.exit(main())
