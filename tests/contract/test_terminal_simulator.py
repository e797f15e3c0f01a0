"""The terminal simulator as a process: a till of literal bytes on TCP and serial line, kills and drops."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REGISTER = "06 00 08 00 00 00 3E 09 78 06 00"
PAY_12_34 = "06 01 0C 04 00 00 00 00 12 34 49 09 78 19 40"
QUERY = "06 20 05 00 00 00 03 03"
OK = "80 00 00"
AT_ONCE = '{"on": "payment", "do": "approve", "delay_ms": 0}'
PATIENCE_S = 20.0


class Simulator:
    """One process on one ledger, with a client on its control socket."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.ledger = folder / "pt.ledger"
        path = folder / "control"
        words = [*options, "--ledger", str(self.ledger), "--control", str(path)]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "devices.terminal.simulator", *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.ready: dict[str, Any] = json.loads(self.process.stdout.readline())
        self.control = socket.socket(socket.AF_UNIX)
        self.control.settimeout(PATIENCE_S)
        self.control.connect(str(path))
        self.lines = self.control.makefile("r", encoding="utf-8")
        assert self.event("display")["display"] == "idle"

    def event(self, name: str, **values: object) -> dict[str, Any]:
        """Read events until one has this name and these values."""
        for line in self.lines:
            event: dict[str, Any] = json.loads(line)
            if name in event and values.items() <= event.items():
                return event
        raise AssertionError(f"the control socket ended before {name}")

    def ledger_state(self, state: str) -> None:
        while self.event("ledger")["ledger"]["state"] != state:
            pass

    def obey(self, *lines: str) -> None:
        for line in lines:
            self.control.sendall(line.encode() + b"\n")
            assert self.event("accepted")["accepted"]

    def states(self) -> list[str]:
        """The present state of each transaction in the file, oldest first."""
        now: dict[tuple[str, str], str] = {}
        for line in self.ledger.read_text().splitlines():
            entry = json.loads(line)
            now[entry["receipt"], entry["trace"]] = entry["state"]
        return list(now.values())

    def end(self, number: int = signal.SIGTERM) -> None:
        self.lines.close()
        self.control.close()
        self.process.send_signal(number)
        _, errors = self.process.communicate(timeout=PATIENCE_S)
        assert errors == ""
        assert self.process.returncode == (0 if number == signal.SIGTERM else -number)


class Till:
    """A till over TCP: writes literal bytes, reads whole messages."""

    def __init__(self, simulator: Simulator) -> None:
        self.line = socket.create_connection(("127.0.0.1", simulator.ready["port"]), timeout=PATIENCE_S)

    def say(self, message: str) -> None:
        self.line.sendall(bytes.fromhex(message))

    def read(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            piece = self.line.recv(size - len(data))
            if not piece:
                raise ConnectionResetError
            data += piece
        return data

    def hear(self) -> str:
        head = self.read(3)
        return (head + self.read(head[2])).hex(" ")

    def until(self, start: str) -> str:
        """Consent to everything before a message that begins like this."""
        while not (heard := self.hear()).startswith(start):
            if heard[:2] != "80":
                self.say(OK)
        return heard

    def register(self) -> None:
        self.say(REGISTER)
        assert self.hear() == OK
        assert self.hear() == "06 0f 13 19 00 29 52 50 00 41 49 09 78 06 07 1f 44 04 52 50 00 41"
        self.say(OK)

    def close(self) -> None:
        self.line.close()


@pytest.fixture
def simulator(tmp_path: Path) -> Iterator[Simulator]:
    running = Simulator(tmp_path, "--tcp", "0", "--answer-ms", "400")
    yield running
    running.end()


@pytest.fixture
def till(simulator: Simulator) -> Iterator[Till]:
    with contextlib.closing(Till(simulator)) as calling:
        calling.register()
        yield calling


def test_a_payment_is_stored_only_after_the_acknowledgement(simulator: Simulator, till: Till) -> None:
    till.say(PAY_12_34)
    status = till.until("04 0f")
    assert status[9:].startswith("27 00 29 52 50 00 41 04 00 00 00 00 12 34 49 09 78 0b 00 00 01")
    assert simulator.states() == ["pending"]
    till.say(OK)
    assert till.hear() == "06 0f 00"
    assert simulator.states() == ["stored"]
    till.say(OK)
    till.say(QUERY)
    assert [till.hear(), till.hear()] == [OK, status]


def test_without_acknowledgement_it_is_reversed(simulator: Simulator, till: Till) -> None:
    simulator.obey(AT_ONCE)
    till.say(PAY_12_34)
    till.until("04 0f")
    simulator.ledger_state("reversed")
    assert till.until("06 1e") == "06 1e 01 6c"
    till.say(OK)
    till.say(QUERY)
    assert [till.hear(), till.hear()] == [OK, "06 1e 01 ff"]


def test_a_refused_status_is_reversed(simulator: Simulator, till: Till) -> None:
    simulator.obey(AT_ONCE)
    till.say(PAY_12_34)
    till.until("04 0f")
    till.say("84 66 00")
    assert till.until("06 1e") == "06 1e 01 6c"
    assert simulator.states() == ["reversed"]


def test_a_kill_at_pending_is_reversed_after_the_restart(tmp_path: Path) -> None:
    first = Simulator(tmp_path, "--tcp", "0")
    first.obey(AT_ONCE, AT_ONCE)
    with contextlib.closing(Till(first)) as till:
        till.register()
        till.say(PAY_12_34)
        till.until("06 0f")
        till.say(OK)
        till.say(PAY_12_34)
        till.until("04 0f")
        assert first.states() == ["stored", "pending"]
        first.end(signal.SIGKILL)
    second = Simulator(tmp_path, "--tcp", "0")
    assert second.states() == ["stored", "reversed"]
    second.obey(AT_ONCE)
    with contextlib.closing(Till(second)) as till:
        till.say(PAY_12_34)
        assert till.hear() == "84 6b 00"
        till.register()
        till.say(PAY_12_34)
        status = till.until("04 0f")
        assert " 0b 00 00 03 " in status
        assert " 87 00 02 " in status
        till.say(OK)
        assert till.hear() == "06 0f 00"
    second.end()
    assert second.states() == ["stored", "reversed", "stored"]


@pytest.mark.parametrize("direction", ["in", "out"])
def test_a_drop_at_every_byte_keeps_the_ledger_consistent(simulator: Simulator, direction: str) -> None:
    at_byte, struck = 0, True
    while struck:
        with contextlib.closing(Till(simulator)) as till:
            till.register()
            fault = {"at_byte": at_byte, "direction": direction, "do": "drop", "from": "payment"}
            simulator.obey(AT_ONCE, json.dumps(fault))
            before = len(simulator.states())
            done = _pay(till)
        struck = not done
        simulator.event("link", link="lost")
        if struck:
            assert len(_settled(simulator)[before:]) <= 1
            at_byte += 1
    assert simulator.states()[-1] == "stored"
    # The command's 15 bytes, five answers of 3, a closing diagnosis of 3; from the terminal much more.
    assert at_byte == 33 if direction == "in" else at_byte > 150
    assert {"stored", "reversed"} <= set(simulator.states())


def _pay(till: Till) -> bool:
    """Pay and consent to everything; whether the completion was acknowledged and the link still stood."""
    try:
        till.say(PAY_12_34)
        till.until("06 0f")
        till.say(OK)
        till.say("06 70 00")
        while till.hear() != "06 0f 00":
            pass
    except ConnectionError:
        return False
    return True


def _settled(simulator: Simulator) -> list[str]:
    """The ledger once the terminal is idle again: a new till's enquiry says 00."""
    with contextlib.closing(Till(simulator)) as till:
        while True:
            till.say("05 01 05 00 00 00 03 02")
            if till.hear() == OK and till.hear() == "06 0f 01 00":
                till.say(OK)
                break
            till.say(OK)
    simulator.event("link", link="lost")
    states = simulator.states()
    assert "pending" not in states
    return states


def test_power_off_in_the_middle_loses_memory_and_comes_back(simulator: Simulator) -> None:
    with contextlib.closing(Till(simulator)) as till:
        till.register()
        simulator.obey(
            AT_ONCE, '{"at_byte": 40, "direction": "out", "do": "power_off", "ms": 1, "from": "payment"}'
        )
        assert not _pay(till)
    simulator.ledger_state("reversed")
    simulator.event("listening")
    with contextlib.closing(Till(simulator)) as till:
        till.say(PAY_12_34)
        assert till.hear() == "84 6b 00"


def test_segments_of_one_byte_and_a_command_in_pieces(simulator: Simulator) -> None:
    simulator.obey('{"on": "link", "do": "segment", "bytes": 1}', AT_ONCE)
    with contextlib.closing(Till(simulator)) as till:
        till.register()
        for byte in bytes.fromhex(PAY_12_34):
            till.line.sendall(bytes((byte,)))
        assert till.until("06 0f") == "06 0f 00"


def test_two_on_one_ledger_or_one_port_are_refused(simulator: Simulator, tmp_path: Path) -> None:
    for words, sentence in (
        (["--tcp", "0", "--ledger", str(simulator.ledger)], "in use by another simulator"),
        (["--tcp", str(simulator.ready["port"])], "address already in use"),
        (["--tcp", "0", "--script", str(tmp_path / "none")], "No such file"),
    ):
        ended = subprocess.run(
            [sys.executable, "-m", "devices.terminal.simulator", *words],
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
        assert ended.returncode == 2
        assert sentence in ended.stderr
        assert "Traceback" not in ended.stderr


class SerialTill:
    """A till on the serial line. The frames are written out; only what the terminal says is unpacked."""

    def __init__(self, path: str) -> None:
        self.line = os.open(path, os.O_RDWR | os.O_NOCTTY)
        self.rest = b""

    def write(self, data: str) -> None:
        os.write(self.line, bytes.fromhex(data))

    def read(self, size: int) -> bytes:
        while len(self.rest) < size:
            assert select.select([self.line], [], [], PATIENCE_S)[0]
            self.rest += os.read(self.line, 4096)
        data, self.rest = self.rest[:size], self.rest[size:]
        return data

    def frame(self) -> str:
        """The next frame's message, its acknowledgement sent."""
        assert self.read(2) == b"\x10\x02"
        message = b""
        while (byte := self.read(1)) != b"\x10" or (byte := self.read(1)) == b"\x10":
            message += byte
        assert byte == b"\x03"
        self.read(2)
        os.write(self.line, b"\x06")
        return message.hex(" ")

    def say(self, frame: str) -> None:
        self.write(frame)
        assert self.read(1) == b"\x06"

    def close(self) -> None:
        os.close(self.line)


# Frames with their CRC worked out bit by bit (polynomial 8408, start 0, low byte first).
ENQUIRY_FRAME = "10 02 05 01 03 12 34 56 10 03 E0 43"


def _crc(message: bytes) -> bytes:
    register = 0
    for bit in (byte >> position & 1 for byte in message + b"\x03" for position in range(8)):
        register = (register >> 1) ^ (0x8408 if (register ^ bit) & 1 else 0)
    return bytes((register & 0xFF, register >> 8))


def _framed(message: str) -> str:
    data = bytes.fromhex(message)
    return (b"\x10\x02" + data.replace(b"\x10", b"\x10\x10") + b"\x10\x03" + _crc(data)).hex(" ")


def test_a_payment_over_the_serial_line(tmp_path: Path) -> None:
    assert bytes.fromhex(_framed("05 01 03 12 34 56")) == bytes.fromhex(ENQUIRY_FRAME)
    running = Simulator(tmp_path, "--pty", str(tmp_path / "pt"))
    running.obey(AT_ONCE)
    with contextlib.closing(SerialTill(running.ready["pty"])) as till:
        till.say(ENQUIRY_FRAME)
        assert till.frame() == OK
        assert till.frame() == "06 0f 10 f0 f1 f2 43 48 4b 53 49 4d 20 31 2e 30 2e 30 00"
        till.say(_framed(OK))
        till.write("10 02 06 00 10 03 00 00")
        assert till.read(1) == b"\x15"
        till.say(_framed(REGISTER))
        assert [till.frame(), till.frame()[:5]] == [OK, "06 0f"]
        till.say(_framed(OK))
        till.say(_framed(PAY_12_34))
        assert till.frame() == OK
        while not (heard := till.frame()).startswith("04 0f"):
            till.say(_framed(OK))
        assert running.states() == ["pending"]
        assert " 04 00 00 00 00 12 34 " in heard
        till.say(_framed(OK))
        assert till.frame() == "06 0f 00"
        till.say(_framed(OK))
    running.end()
    assert running.states() == ["stored"]


def test_on_the_serial_line_silence_reverses_too(tmp_path: Path) -> None:
    running = Simulator(tmp_path, "--pty", str(tmp_path / "pt"), "--answer-ms", "30")
    running.obey(AT_ONCE)
    with contextlib.closing(SerialTill(running.ready["pty"])) as till:
        till.say(_framed(REGISTER.replace("08 00 00 00 3E", "08 00 00 00 36")))
        assert [till.frame(), till.frame()[:5]] == [OK, "06 0f"]
        till.say(_framed(OK))
        till.say(_framed(PAY_12_34))
        assert [till.frame(), till.frame()[:5]] == [OK, "04 0f"]
        running.ledger_state("reversed")
    running.end()
