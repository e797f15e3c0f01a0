"""kiosk-backend: the shop's backend at the command line."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NoReturn

from backend.commands.acts import Acts, HereActs
from backend.commands.anchor import last_head
from backend.commands.doctor import examine
from backend.commands.importing import bring_in
from backend.commands.socket_client import ServerActs
from backend.errors import UserError
from backend.settings import BackendSettings, read, state_directory
from backend.storage.clock import now_us
from backend.storage.database import sqlite_file
from backend.storage.house import House
from backend.storage.lock import HeldError
from backend.tls.authority import ca_fingerprint


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}; {self.prog} --help tells what is understood\n")


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Where everything lies."""

    settings: BackendSettings
    database: Path
    tls: Path


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = _parser()
    asked = parser.parse_args(arguments)
    try:
        code: int = asked.run(_shelf(asked), asked)
    except UserError as error:
        print(f"{parser.prog}: {error}", file=sys.stderr)
        return 2
    except (KeyboardInterrupt, BrokenPipeError):
        return 130
    return code


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="kiosk-backend", description="The shop's backend.", allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"kiosk-backend {_version()}")
    places = _Parser(add_help=False)
    for place in (parser, places):
        default = None if place is parser else argparse.SUPPRESS
        place.add_argument("--config", type=Path, metavar="FILE", default=default, help="config file (TOML)")
        place.add_argument(
            "--state", type=Path, metavar="DIR", default=default, help="directory of the files"
        )
        place.add_argument("--database", metavar="URL", default=default, help="sqlite:///FILE")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def command(
        name: str, run: Callable[[_Shelf, argparse.Namespace], int], said: str
    ) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=said, description=said, parents=[places], allow_abbrev=False)
        made.set_defaults(run=run)
        return made

    serve = command("serve", _serve, "serve lanes and people until stopped")
    serve.add_argument("--host", help="address to listen on (default 127.0.0.1; 0.0.0.0: the network)")
    serve.add_argument("--port", type=int, help="port to listen on (default 8443; 0: any free one)")
    serve.add_argument("--address", help="host or host:port that lanes reach this backend under")
    serve.add_argument("--plain-http", action="store_true", help="without TLS, on loopback only")
    bring = command("import", _import, "bring in products from a CSV file")
    bring.add_argument("file", type=Path, metavar="FILE.csv")
    bring.add_argument("--default-price", default="", metavar="AMOUNT", help="for rows without one")
    bring.add_argument(
        "--default-tax", metavar="NAME", help="rate of rows without one (default: the usual rate)"
    )
    enrol = command("enrol", _enrol, "print a one-time code that enrols a lane")
    enrol.add_argument("name", metavar="NAME", help="name of the lane, such as lane-1")
    anchor = command("anchor", _anchor, "print how far a lane's audit journal went")
    anchor.add_argument("lane", metavar="LANE")
    command("doctor", _doctor, "look whether all is well")
    return parser


def _version() -> str:
    try:
        return version("checkstand")
    except PackageNotFoundError:
        return "from source"


def _shelf(asked: argparse.Namespace) -> _Shelf:
    settings = read(asked.config)
    url = asked.database or settings.database
    if url is None:
        state = state_directory(asked.state)
        return _Shelf(settings, state.absolute() / "backend.db", state.absolute() / "backend-tls")
    database = sqlite_file(url)
    return _Shelf(settings, database, (asked.state or database.parent).absolute() / "backend-tls")


def _serve(shelf: _Shelf, asked: argparse.Namespace) -> int:
    from backend.server import Place, serve  # noqa: PLC0415 - the web framework costs other commands half a second

    settings = shelf.settings
    port = settings.port if asked.port is None else asked.port
    if not 0 <= port <= 65535:  # noqa: PLR2004 - a TCP port
        raise UserError(f"port {port}: expected 0 to 65535")
    place = Place(
        host=asked.host or settings.host,
        port=port,
        address=asked.address or settings.address,
        plain=asked.plain_http,
        console_everywhere=settings.console == "network",
    )
    with _house(shelf) as house:
        serve(house, place, shelf.tls, lambda line: print(line, flush=True))
    return 0


@contextmanager
def _house(shelf: _Shelf) -> Iterator[House]:
    try:
        house = House(shelf.database, shelf.settings.shop())
    except HeldError:
        raise UserError(
            f"{shelf.database} is served by another process already: stop that one first"
        ) from None
    except OSError as error:
        raise UserError(f"{shelf.database} cannot be written: {error.strerror}") from None
    with house:
        yield house


@contextmanager
def _acts(shelf: _Shelf) -> Iterator[Acts]:
    """Act on the database, or through the server that holds it."""
    try:
        house = House(shelf.database, shelf.settings.shop())
    except HeldError:
        with ServerActs(shelf.database) as acts:
            yield acts
        return
    except OSError as error:
        raise UserError(f"{shelf.database} cannot be written: {error.strerror}") from None
    with house:
        yield HereActs(house, ca_fingerprint(shelf.tls))


def _import(shelf: _Shelf, asked: argparse.Namespace) -> int:
    with _acts(shelf) as acts:
        outcome = bring_in(
            asked.file, acts, asked.default_price, asked.default_tax, lambda row: _say(asdict(row))
        )
    if outcome.unknown_columns:
        columns = ", ".join(outcome.unknown_columns)
        print(
            f"kiosk-backend: these columns mean nothing here and were passed over: {columns}", file=sys.stderr
        )
    _say(asdict(outcome))
    if outcome.loaded == 0:
        print(f"kiosk-backend: {asked.file}: none of {outcome.read} rows could be loaded", file=sys.stderr)
        return 2
    return 0


def _enrol(shelf: _Shelf, asked: argparse.Namespace) -> int:
    with _acts(shelf) as acts:
        code, expires_us = acts.enrol(asked.name)
    _say({"name": asked.name, "code": code, "expires": _utc(expires_us)})
    return 0


def _anchor(shelf: _Shelf, asked: argparse.Namespace) -> int:
    _say(last_head(shelf.database, shelf.settings.store, asked.lane))
    return 0


def _doctor(shelf: _Shelf, _asked: argparse.Namespace) -> int:
    found = list(examine(shelf.database, shelf.tls, shelf.settings.store, now_us()))
    for check in found:
        _say(asdict(check))
    return 0 if all(check.ok for check in found) else 1


def _utc(us: int) -> str:
    return datetime.fromtimestamp(us // 1_000_000, tz=UTC).isoformat().replace("+00:00", "Z")


def _say(values: object) -> None:
    print(json.dumps(values, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    sys.exit(main())
