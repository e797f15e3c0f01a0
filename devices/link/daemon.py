"""Run a daemon: serve its socket, do its work, tell systemd, stop cleanly.

::

    def main() -> int:
        scanner = Scanner(settings)                       # has the interface's methods, and an async work()
        return run(Daemon("kiosk-scanner", path, "org.checkstand.Scanner1", scanner, scanner.work))
"""

import asyncio
import logging
import signal
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from devices.link.contracts import contract
from devices.link.dispatch import Handler
from devices.link.endpoint import EndpointError
from devices.link.interface import Interface
from devices.link.notify import notify, watchdog_interval_s
from devices.link.server import Server

_log = logging.getLogger(__name__)


def always() -> bool:
    """The health of a daemon that is well as long as its loop turns."""
    return True


async def idle() -> None:
    """The work of a daemon that only answers calls."""
    await asyncio.Event().wait()


@dataclass(frozen=True)
class Daemon:
    """What a daemon is made of.

    Args:
        name: of the program, in its log lines: ``kiosk-scanner``.
        path: of its socket.
        interface: its contract, or the contract's name: ``org.checkstand.Scanner1``.
        handler: see :mod:`devices.link.server`.
        work: an async function that services the device until it is cancelled; a device that is absent is a
            state to be served, not an error. When it raises, the daemon stops with exit code 1.
        healthy: asked before each sign of life to systemd's watchdog; False lets the watchdog act.
    """

    name: str
    path: Path
    interface: str | Interface
    handler: object | Mapping[str, Handler]
    work: Callable[[], Awaitable[None]] = idle
    healthy: Callable[[], bool] = always


class _OneLine(logging.Formatter):
    """One line per fact, for journald: a traceback's lines are joined."""

    def format(self, record: logging.LogRecord) -> str:
        return super().format(record).replace("\n", " | ")


def log_to_stderr(name: str) -> None:
    """Send every log record to standard error, one line each, after the program's name."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_OneLine(f"{name}: %(levelname)s %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)


def run(daemon: Daemon) -> int:
    """Run until SIGTERM or SIGINT.

    Returns:
        The exit code: 0 after a signal, 1 when the work failed, 2 when the socket cannot be served.
    """
    log_to_stderr(daemon.name)
    return asyncio.run(serve(daemon))


async def serve(daemon: Daemon, *, stop: asyncio.Event | None = None) -> int:
    """As `run`, inside a running loop; also ends when ``stop`` is set."""
    stop = stop or asyncio.Event()
    interface = contract(daemon.interface) if isinstance(daemon.interface, str) else daemon.interface
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    try:
        async with Server(interface, daemon.handler).serving(daemon.path):
            _log.info("serving %s", daemon.path)
            notify("READY=1", f"STATUS=serving {daemon.path}")
            return await _until_stopped(daemon, stop)
    except EndpointError as error:
        _log.error("%s", error.strerror)
        return 2
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)


async def _until_stopped(daemon: Daemon, stop: asyncio.Event) -> int:
    work = asyncio.ensure_future(daemon.work())
    helpers = [asyncio.create_task(stop.wait()), asyncio.create_task(_watchdog(daemon.healthy))]
    try:
        await asyncio.wait([work, helpers[0]], return_when=asyncio.FIRST_COMPLETED)
    finally:
        failed = work.done()
        notify("STOPPING=1")
        for task in (work, *helpers):
            task.cancel()
        results = await asyncio.gather(work, *helpers, return_exceptions=True)
    if failed:
        _log.error("the work ended, expected to go on until stopped", exc_info=_exception(results[0]))
        return 1
    _log.info("stopped")
    return 0


def _exception(result: object) -> BaseException | None:
    return result if isinstance(result, BaseException) else None


async def _watchdog(healthy: Callable[[], bool]) -> None:
    interval_s = watchdog_interval_s()
    while interval_s is not None:
        if healthy():
            notify("WATCHDOG=1")
        await asyncio.sleep(interval_s)
