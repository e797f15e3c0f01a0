"""`kiosk people add NAME`: makes a person known at this lane, with the PIN read from standard input."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Final, NoReturn

from devices.settings.load import load
from devices.settings.problems import ConfigError
from kiosk.attendant.pin import Person, Pin
from kiosk.config import LaneTables
from kiosk.core import clock
from kiosk.domain.approval import Right
from kiosk.domain.errors import DomainError
from kiosk.store.database import FileTakenError, Writer
from kiosk.store.people import People, load_pepper
from kiosk.store.sales import FILE_NAME
from kiosk.store.sql_table import SALES_SCHEMA

_PROGRAM: Final = "kiosk people"
_LONGEST_NAME: Final = 80
BAD_INPUT: Final = 2


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence."""

    def error(self, message: str) -> NoReturn:
        self.exit(BAD_INPUT, f"{self.prog}: {message}; {self.prog} --help tells what is understood\n")


def main(arguments: Sequence[str]) -> int:
    """Keep a person who may settle payments.

    Returns:
        0, or 2 with a sentence where the lane is running, or name or PIN cannot be taken.
    """
    asked = _parser().parse_args(arguments)
    try:
        settings = load(asked.config, LaneTables)
        person = Person(clock.fresh_id(), _name(asked.name), tuple(Right))
        _add(settings.store.directory, person, Pin.parse(sys.stdin.readline().strip()))
    except FileTakenError:
        return _refuse("the lane is running and keeps its own book: stop kiosk run, then add the person")
    except (ConfigError, DomainError, ValueError, OSError) as error:
        return _refuse(str(error))
    sys.stdout.write(json.dumps({"person": person.person_id, "name": person.name}) + "\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog=_PROGRAM, description="The people of the shop known at this lane.")
    acts = parser.add_subparsers(dest="act", required=True, metavar="add")
    add = acts.add_parser("add", help="make a person known; the PIN comes on standard input")
    add.add_argument("name", metavar="NAME", help="shown, printed and written into the journal")
    add.add_argument("--config", type=Path, metavar="FILE", help="config file (TOML)")
    return parser


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise DomainError(f"got the name {text[:_LONGEST_NAME]!r}, expected 1 to {_LONGEST_NAME} letters")
    return name


def _add(state: Path, person: Person, pin: Pin) -> None:
    with closing(Writer(state / FILE_NAME, SALES_SCHEMA)) as writer:
        People(writer, load_pepper(state)).add(person, pin)


def _refuse(sentence: str) -> int:
    sys.stderr.write(f"{_PROGRAM}: {sentence}\n")
    return BAD_INPUT
