"""Start the device desk: ``python -m devices.desk --port N --scanner-control S …``."""

from __future__ import annotations

import argparse
import json
import signal
import socket
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import uvicorn

from devices.desk.app import make_app
from devices.desk.board import STATIONS
from devices.desk.daemons import ask_all
from devices.desk.desk import Desk, Places
from devices.desk.shelf import Shelf, ShelfError, read_shelf

_HIGHEST_PORT = 65535


def parser() -> argparse.ArgumentParser:
    """The command line."""
    found = argparse.ArgumentParser(
        prog="device-desk", description="Work the simulated devices of a lane by hand."
    )
    found.add_argument(
        "--port", type=_port, default=0, help="of the page, on this machine only (0: any free one)"
    )
    for station in STATIONS:
        found.add_argument(
            f"--{station}-control", type=Path, metavar="SOCKET", help=f"of the simulated {station}"
        )
    found.add_argument("--paper", type=Path, metavar="DIR", help="where the simulated printer puts its paper")
    found.add_argument("--shelf", type=Path, metavar="CSV", help="products to scan, a product import file")
    found.add_argument("--pictures", type=Path, metavar="DIR", help="where the products' pictures are")
    found.add_argument("--currency", default="EUR", help="of the prices in the shelf")
    found.add_argument(
        "--link", type=Path, metavar="DIR", help="where the lane's sockets are, to see its health"
    )
    return found


def _port(text: str) -> int:
    if not text.isdigit() or int(text) > _HIGHEST_PORT:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; expected 0 to {_HIGHEST_PORT}")
    return int(text)


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until a signal; 2 for what cannot be used, with a sentence on standard error."""
    args = parser().parse_args(arguments)
    try:
        shelf = read_shelf(args.shelf, args.pictures, args.currency) if args.shelf else Shelf()
        listener = _listen(args.port)
    except (ShelfError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    # A station without a socket is one that is always away, and says so on the page.
    controls = {name: getattr(args, f"{name}_control") or Path(f"{name}-control") for name in STATIONS}
    ask = partial(ask_all, args.link) if args.link else None
    desk = Desk(Places(controls, args.paper, args.pictures), shelf, ask)
    print(
        json.dumps({"event": "listening", "url": f"http://127.0.0.1:{listener.getsockname()[1]}/"}),
        flush=True,
    )
    _serve(desk, listener)
    return 0


def _listen(port: int) -> socket.socket:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
    except OSError as error:
        listener.close()
        raise OSError(f"Port {port} cannot be used: {error.strerror}.") from error
    listener.listen()
    return listener


def _serve(desk: Desk, listener: socket.socket) -> None:
    config = uvicorn.Config(
        make_app(desk), log_level="warning", timeout_graceful_shutdown=1, access_log=False
    )
    # The server hands the signal on once it has ended; here that is a clean end, not an error.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    with listener:
        uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    sys.exit(main())
