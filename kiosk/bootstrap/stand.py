"""A whole stand on one machine: backend, daemons, simulated devices and the lane, each a real process."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final, Self

from kiosk.bootstrap.words import assets

_HOST: Final = "127.0.0.1"
_STOP_S: Final = 5.0
_POLL_S: Final = 0.02


class StandError(RuntimeError):
    """A process did not do what it was started for; the sentence names it and its log."""


@dataclass(frozen=True)
class Places:
    """Where everything of a stand lies.

    Attributes:
        root: of its files; made if missing.
        sockets: a directory with a short path (a Unix socket's path holds 107 bytes).
    """

    root: Path
    sockets: Path

    @property
    def config(self) -> Path:
        """The lane's config.toml."""
        return self.root / "config.toml"

    @property
    def backend_config(self) -> Path:
        """The backend's config file."""
        return self.root / "backend.toml"

    @property
    def state(self) -> Path:
        """The lane's databases."""
        return self.root / "state"

    @property
    def paper(self) -> Path:
        """What the printer has printed."""
        return self.root / "paper"

    @property
    def ledger(self) -> Path:
        """What the terminal has booked."""
        return self.root / "ledger.jsonl"

    @property
    def database(self) -> Path:
        """The backend's data."""
        return self.root / "backend" / "backend.db"

    def control(self, device: str) -> Path:
        """The control socket of a simulator."""
        return self.sockets / f"{device}-sim.sock"

    def log(self, name: str) -> Path:
        """The log of a process."""
        return self.root / "logs" / f"{name}.log"


@dataclass(frozen=True)
class Options:
    """How a stand is to be.

    Attributes:
        offscreen: draw without a screen.
        rehearsal: serve the port through which a script touches the screen.
        timers: of the terminal protocol, milliseconds by name; empty for the real ones.
        idle: seconds by name of the lane's waiting times; empty for the usual ones.
        manual_terminal: the simulated terminal waits for its keypad.
        environment: laid over this process's.
    """

    offscreen: bool = True
    rehearsal: bool = True
    timers: Mapping[str, int] = field(default_factory=dict)
    idle: Mapping[str, int] = field(default_factory=dict)
    manual_terminal: bool = False
    environment: Mapping[str, str] = field(default_factory=dict)


_OFFSCREEN: Final = {"SDL_VIDEODRIVER": "offscreen", "SDL_AUDIODRIVER": "dummy", "KIVY_WINDOW": "sdl2"}
_BACKEND_FIRST: Final = ("backend",)
SIMULATORS: Final = ("scanner-sim", "printer-sim", "terminal-sim")
DAEMONS: Final = ("scanner", "printer", "terminal", "sync")
ALL: Final = (*_BACKEND_FIRST, *SIMULATORS, *DAEMONS, "desk", "lane")


class Stand:
    """Starts, kills and restarts the processes of one stand; use as a context to have all of them ended."""

    def __init__(self, places: Places, options: Options) -> None:
        self.places = places
        self.options = options
        self.ports = {name: _free_port() for name in ("backend", "printer", "terminal", "desk")}
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        for directory in (
            places.root,
            places.state,
            places.paper,
            places.root / "logs",
            places.database.parent,
        ):
            directory.mkdir(parents=True, exist_ok=True)
        places.config.write_text(self._config(), encoding="utf-8")
        backend = f'[backend]\ndatabase = "sqlite:///{places.database}"\nname = "Minzel"\nlanguage = "en"\n'
        places.backend_config.write_text(backend, encoding="utf-8")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self, *names: str) -> None:
        """Start processes, in order, without waiting for them."""
        for name in names:
            log = self.places.log(name).open("ab")
            self._running[name] = self._spawn(self._command(name), log)
            log.close()

    def kill(self, name: str, number: signal.Signals = signal.SIGKILL) -> None:
        """Send a signal to one process and wait for its end."""
        process = self._running.pop(name)
        process.send_signal(number)
        process.wait(_STOP_S)

    def alive(self, name: str) -> bool:
        """Tell whether a process runs."""
        process = self._running.get(name)
        return process is not None and process.poll() is None

    def stop(self) -> None:
        """End every process, the lane first, kindly and then not."""
        for name in reversed(ALL):
            process = self._running.pop(name, None)
            if process is None:
                continue
            process.terminate()
            try:
                process.wait(_STOP_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def health(self) -> dict[str, bool]:
        """Ask the lane how its parts are (Lane1.Health); empty while it does not answer."""
        with socket.socket(socket.AF_UNIX) as lane:
            lane.settimeout(_STOP_S)
            try:
                lane.connect(str(self.places.sockets / "lane.sock"))
                lane.sendall(b'{"method": "org.checkstand.Lane1.Health"}\0')
                answer = b""
                while not answer.endswith(b"\0"):
                    answer += lane.recv(65536) or b"\0"
                parts = json.loads(answer[:-1])["parameters"]["parts"]
            except (OSError, ValueError, KeyError):
                return {}
        return {part["name"]: part["ok"] for part in parts}

    def run(self, *arguments: str, program: str = "kiosk") -> str:
        """Run a command of ours to its end and give its standard output.

        Raises:
            StandError: it exited other than with 0.
        """
        command = [sys.executable, "-m", *_module(program), *arguments]
        done = subprocess.run(  # noqa: S603  our own programs
            command, env=self._environment(), capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise StandError(
                f"{program} {' '.join(arguments)} exited with {done.returncode}: {done.stderr.strip()}"
            )
        return done.stdout

    def open_shop(self, catalogue: Path, *options: str) -> None:
        """Give the backend goods, start it, and enrol the lane."""
        config = ["--config", str(self.places.backend_config)]
        self.run("import", str(catalogue), *config, *options, program="kiosk-backend")
        self.start("backend")
        await_that(lambda: _listening(self.ports["backend"]), "the backend", self.places.log("backend"))
        told = json.loads(self.run("enrol", "lane-4", *config, program="kiosk-backend").splitlines()[-1])
        self.run("sync", "enrol", told["code"], "--config", str(self.places.config))

    def _spawn(self, command: list[str], log: IO[bytes]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603  our own programs
            command, env=self._environment(), stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
        )

    def _environment(self) -> dict[str, str]:
        screen = _OFFSCREEN if self.options.offscreen else {}
        return {**os.environ, "PYTHONUNBUFFERED": "1", **screen, **self.options.environment}

    def _command(self, name: str) -> list[str]:
        places, ports = self.places, self.ports
        config = ["--config", str(places.config)]
        manual = ["--manual"] if self.options.manual_terminal else []
        rehearsal = ["--rehearsal", str(places.sockets / "rehearsal.sock")] if self.options.rehearsal else []
        commands: dict[str, tuple[str, list[str]]] = {
            "backend": (
                "kiosk-backend",
                ["serve", "--config", str(places.backend_config), "--port", str(ports["backend"])],
            ),
            "scanner-sim": (
                "kiosk-scanner",
                ["simulate", "--pty", str(self.scanner_tty), "--control", str(places.control("scanner"))],
            ),
            "printer-sim": (
                "kiosk-printer",
                [
                    *("simulate", "--tcp", str(ports["printer"]), "--out", str(places.paper)),
                    *("--control", str(places.control("printer"))),
                ],
            ),
            "terminal-sim": (
                "kiosk-terminal",
                [
                    *("simulate", "--tcp", str(ports["terminal"]), "--ledger", str(places.ledger)),
                    *("--control", str(places.control("terminal")), *manual),
                ],
            ),
            "scanner": ("kiosk-scanner", ["run", *config]),
            "printer": ("kiosk-printer", ["run", *config]),
            "terminal": ("kiosk-terminal", ["run", *config]),
            "sync": ("kiosk", ["sync", *config]),
            "desk": ("kiosk-desk", self._desk()),
            "lane": ("kiosk", ["run", *config, *rehearsal]),
        }
        program, arguments = commands[name]
        return [sys.executable, "-m", *_module(program), *arguments]

    def _desk(self) -> list[str]:
        places = self.places
        controls = [
            part
            for device in ("scanner", "printer", "terminal")
            for part in (f"--{device}-control", str(places.control(device)))
        ]
        shelf = [
            "--shelf",
            str(assets("demo", "catalogue.csv")),
            "--pictures",
            str(assets("pictures", "rendered")),
        ]
        port = ["--port", str(self.ports["desk"])]
        return [*port, *controls, "--paper", str(places.paper), *shelf, "--link", str(places.sockets)]

    @property
    def scanner_tty(self) -> Path:
        """The simulated scanner's serial device."""
        return self.places.sockets / "scanner-tty"

    def _config(self) -> str:
        idle = "".join(f"{name} = {seconds}\n" for name, seconds in self.options.idle.items())
        timers = "".join(f"{name} = {value}\n" for name, value in self.options.timers.items())
        # In a window the lane is half its size, so that it fits beside the device desk.
        window = "" if self.options.offscreen else "width = 540\nheight = 960\ndpi = 51\n"
        return f"""# Written by the demo; see config.example.toml for every setting.
[link]
directory = "{self.places.sockets}"

[store]
directory = "{self.places.state}"

[lane]
number = 4
workstation = "lane-4"
shop = "Minzel"
address = ["Lindenweg 12", "10117 Berlin"]
vat_id = "DE999999999"
{idle}
[display]
fullscreen = false
{window}
[receipt]
footer = ["We are happy to take back", "what you do not like, for 14 days."]

[[scanner.readers]]
name = "front"
device = "{self.scanner_tty}"
transport = "serial"

[printer]
to = "tcp:{_HOST}:{self.ports["printer"]}"

[terminal.card]
to = "tcp:{_HOST}:{self.ports["terminal"]}"
{timers}"""


def await_that(holds: Callable[[], bool], what: str, log: Path, seconds: float = 30.0) -> None:
    """Wait until something holds.

    Raises:
        StandError: it did not in time; names the log to read.
    """
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            raise StandError(f"{what} did not come within {seconds:.0f} s: see {log}")
        time.sleep(_POLL_S)


class LineSocket:
    """JSON Lines over a Unix socket: a simulator's control, or the rehearsal port of the screen."""

    def __init__(self, path: Path, seconds: float = 60.0) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(seconds)
        try:
            self._socket.connect(str(path))
        except OSError:
            self._socket.close()
            raise
        self._lines = self._socket.makefile("rb")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def send(self, line: Mapping[str, Any]) -> None:
        """Send one object."""
        self._socket.sendall(json.dumps(line).encode() + b"\n")

    def ask(self, line: Mapping[str, Any]) -> dict[str, Any]:
        """Send one object and give the next one that comes."""
        self.send(line)
        return self.receive()

    def receive(self) -> dict[str, Any]:
        """Give the next object.

        Raises:
            ConnectionError: the other end went away.
        """
        line = self._lines.readline()
        if not line:
            raise ConnectionError("the other end went away")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def close(self) -> None:
        """Hang up."""
        self._lines.close()
        self._socket.close()


def _module(program: str) -> list[str]:
    modules = {"kiosk": "kiosk", "kiosk-backend": "backend"}
    return [modules.get(program) or f"devices.{program.removeprefix('kiosk-')}"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _listening(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((_HOST, port)) == 0
