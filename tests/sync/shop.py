"""A shop for these tests: real backend and sync processes, an outbox, and a wire that can be cut."""

import io
import json
import logging
import os
import random
import select
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import httpx2

from backend.__main__ import main as backend_command
from kiosk.__main__ import main as kiosk_command
from kiosk.sync.wire import sha256_of
from tests.wire_samples import DAY, NOON_US, sale

T = TypeVar("T")

PATIENCE_S = 60.0


def until(look: Callable[[], T | None], what: str) -> T:
    """Return what `look` finds as soon as it is true."""
    deadline = time.monotonic() + PATIENCE_S
    while not (found := look()):
        assert time.monotonic() < deadline, f"waited {PATIENCE_S} s for {what}"
        select.select([], [], [], 0.05)
    return found


class Outbox:
    """sales.db as far as the sync process sees it, written by plain sqlite3."""

    def __init__(self, state: Path) -> None:
        state.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(state / "sales.db", isolation_level=None, check_same_thread=False)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute(
            "CREATE TABLE IF NOT EXISTS outbox (seq INTEGER PRIMARY KEY, event_id TEXT, kind TEXT,"
            " business_day TEXT, occurred_us INTEGER, body TEXT, sha256 TEXT)"
        )

    def add(
        self, body: str, *, kind: str = "sale", event_id: str | None = None, sha256: str | None = None
    ) -> str:
        """Append an event; returns its id."""
        identity = event_id or str(uuid.uuid4())
        self._connection.execute(
            "INSERT INTO outbox (event_id, kind, business_day, occurred_us, body, sha256)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (identity, kind, DAY, NOON_US, body, sha256 or sha256_of(body)),
        )
        return identity

    def sell(self, *numbers: int) -> None:
        """Append a sale each."""
        for number in numbers:
            self.add(sale(number).to_json())

    def close(self) -> None:
        self._connection.close()


@dataclass
class Program:
    """One of our processes."""

    arguments: list[str]
    directory: Path
    process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        errors = (self.directory / "stderr.txt").open("a")
        with errors:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *self.arguments],
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                cwd=self.directory,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            )

    def kill(self, number: int = signal.SIGKILL) -> int:
        assert self.process is not None
        self.process.send_signal(number)
        code = self.process.wait(30)
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.process = None
        return code

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None


class Backend(Program):
    """A backend on a port that stays the same over restarts."""

    def __init__(self, directory: Path) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self.database = directory / "backend.db"
        self.port = free_port()
        super().__init__(["backend", "--state", str(directory), "serve", "--port", str(self.port)], directory)

    def start(self) -> None:
        super().start()
        assert self.process is not None
        assert self.process.stdout is not None
        bound = self.process.stdout.readline()
        assert bound, (self.directory / "stderr.txt").read_text()
        self.url = str(json.loads(bound)["listening"])

    def command(self, *arguments: str) -> tuple[int, list[Any], str]:
        """Run kiosk-backend beside it; returns exit code, the JSON lines it said, and its standard error."""
        return run("backend", "--state", str(self.directory), *arguments)

    def code(self, lane: str = "lane-1") -> str:
        exit_code, said, errors = self.command("enrol", lane)
        assert exit_code == 0, errors
        return str(said[0]["code"])

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as connection:
            return connection.execute(sql, values).fetchall()

    def receipts(self) -> list[str]:
        return [
            row[0] for row in self.rows("SELECT receipt_no FROM sale ORDER BY CAST(receipt_no AS INTEGER)")
        ]

    def get(self, path: str) -> httpx2.Response:
        with httpx2.Client(verify=False, trust_env=False) as client:
            return client.get(self.url + path)


class Lane(Program):
    """A lane's sync process with its state."""

    def __init__(self, directory: Path, address: str | None = None) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self.state = directory / "state"
        self.sockets = directory / "s"
        config = directory / "config.toml"
        told = f'backend = "{address}"\n' if address else ""
        config.write_text(
            f'[link]\ndirectory = "{self.sockets}"\n[store]\ndirectory = "{self.state}"\n'
            f"[sync]\ninterval_s = 1\ntimeout_s = 5\nbatch = 7\n{told}",
        )
        self.config = str(config)
        super().__init__(["kiosk", "sync", "--config", self.config], directory)
        self.outbox = Outbox(self.state)

    def enrol(self, code: str) -> tuple[int, list[Any], str]:
        return run("kiosk", "sync", "enrol", "--config", self.config, code)

    def status(self) -> dict[str, Any] | None:
        """Ask Sync1 for the state, None while nobody answers."""
        with suppress(OSError, ValueError), socket.socket(socket.AF_UNIX) as link:
            link.settimeout(5)
            link.connect(str(self.sockets / "sync.sock"))
            link.sendall(b'{"method":"org.checkstand.Sync1.GetState","parameters":{}}\0')
            answer = b""
            while not answer.endswith(b"\0"):
                answer += link.recv(65536) or b"\0"
            state: dict[str, Any] = json.loads(answer[:-1])["parameters"]["state"]
            return state
        return None

    def state_with(self, **wanted: object) -> dict[str, Any]:
        """Wait until the state has these values."""

        def look() -> dict[str, Any] | None:
            state = self.status()
            fits = state is not None and all(state[name] == value for name, value in wanted.items())
            return state if fits else None

        return until(look, f"a state with {wanted}, last {self.status()}")


@dataclass
class Cutter:
    """A TCP relay that loses replies: of the first connections it lets only so many bytes come back."""

    port_behind: int
    allowances: list[int] = field(default_factory=list)
    cut: int = 0

    def __post_init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._listening.settimeout(0.1)
        self.port = self._listening.getsockname()[1]
        self._stopping = threading.Event()
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def _accept(self) -> None:
        while not self._stopping.is_set():
            try:
                near, _ = self._listening.accept()
            except TimeoutError:
                continue
            allowance = self.allowances.pop(0) if self.allowances else None
            thread = threading.Thread(target=self._relay, args=(near, allowance))
            self._threads.append(thread)
            thread.start()

    def _relay(self, near: socket.socket, allowance: int | None) -> None:
        with near, suppress(OSError), socket.create_connection(("127.0.0.1", self.port_behind)) as far:
            self._pass_on(near, far, allowance)

    def _pass_on(self, near: socket.socket, far: socket.socket, allowance: int | None) -> None:
        while not self._stopping.is_set():
            for ready in select.select([near, far], [], [], 0.1)[0]:
                data = ready.recv(65536)
                if not data:
                    return
                if ready is near:
                    far.sendall(data)
                    continue
                if allowance is not None and len(data) > allowance:
                    near.sendall(data[:allowance])
                    self.cut += 1
                    return
                allowance = None if allowance is None else allowance - len(data)
                near.sendall(data)

    def close(self) -> None:
        self._stopping.set()
        for thread in self._threads:
            thread.join()
        self._listening.close()


def run(*arguments: str) -> tuple[int, list[Any], str]:
    """Run one of our commands to its end: kiosk or backend, then its arguments.

    In this process, as starting Python and SQLAlchemy costs more than the command; what it does, it does
    to the real processes beside it.
    """
    command = {"kiosk": kiosk_command, "backend": backend_command}[arguments[0]]
    said, errors = io.StringIO(), io.StringIO()
    # Another test of this process may have left a log handler behind (Kivy's writes every DEBUG line).
    logging.disable(logging.CRITICAL)
    with redirect_stdout(said), redirect_stderr(errors):
        try:
            code = command(arguments[1:])
        except SystemExit as left:
            code = int(str(left.code))
        finally:
            logging.disable(logging.NOTSET)
    return code, [json.loads(line) for line in said.getvalue().splitlines()], errors.getvalue()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@contextmanager
def running(*programs: Program) -> Iterator[None]:
    """Start programs, and end whatever still runs afterwards."""
    try:
        for program in programs:
            program.start()
        yield
    finally:
        for program in programs:
            if program.process is not None:
                program.kill()
            if isinstance(program, Lane):
                program.outbox.close()


def shuffled(seed: int) -> random.Random:
    """Chance that is the same in every run."""
    return random.Random(seed)  # noqa: S311 - where to cut, not a secret
