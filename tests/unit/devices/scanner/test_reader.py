import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue

import pytest

from devices.scanner.reader import Presence, Reader, ReaderThread
from devices.scanner.reads import DataEvent, ErrorEvent, Read
from devices.scanner.simulator.ports import PtyPort
from devices.scanner.transport import Port
from devices.scanner.wiring import reader
from devices.settings import ReaderSettings


class FakePort:
    """A port whose reads and faults a test puts in; each wakes the reader by one byte."""

    name = "fake"

    def __init__(self) -> None:
        self._out, self._in = os.pipe()
        self.answers: Queue[list[Read] | Exception] = Queue()
        self.deadline: float | None = None
        self.closed = threading.Event()

    def give(self, answer: list[Read] | Exception) -> None:
        self.answers.put(answer)
        os.write(self._in, b"x")

    def fileno(self) -> int:
        return self._out

    def read(self) -> list[Read]:
        os.read(self._out, 1)
        answer = self.answers.get_nowait()
        if isinstance(answer, Exception):
            raise answer
        return answer

    def expire(self) -> list[Read]:
        self.deadline = None
        return [ErrorEvent(2, "gap")]

    def close(self) -> list[Read]:
        os.close(self._out)
        os.close(self._in)
        self.closed.set()
        return [ErrorEvent(3, "unplugged")]


@contextmanager
def running(open_port: Callable[[], Port]) -> Iterator[Queue[Read | Presence]]:
    said: Queue[Read | Presence] = Queue()
    made = Reader("front", "/dev/front", "serial", open_port)
    thread = ReaderThread(made, lambda _, read: said.put(read), said.put)
    thread.start()
    assert thread.alive
    try:
        yield said
    finally:
        thread.stop()
        assert not thread.alive


def presence(said: Queue[Read | Presence]) -> tuple[bool, str]:
    got = said.get(timeout=10)
    assert isinstance(got, Presence)
    return got.online, got.sentence


def test_reads_are_handed_over_and_silence_is_judged_at_the_deadline() -> None:
    port = FakePort()
    port.deadline = 0.0
    with running(lambda: port) as said:
        assert presence(said) == (True, "")
        assert said.get(timeout=10) == ErrorEvent(2, "gap")
        port.give([DataEvent(1, "12"), DataEvent(1, "34")])
        assert [said.get(timeout=10), said.get(timeout=10)] == [DataEvent(1, "12"), DataEvent(1, "34")]
    assert port.closed.is_set()
    assert said.get(timeout=10) == ErrorEvent(3, "unplugged")


def test_a_device_that_goes_is_told_once_and_opened_again_when_it_is_back() -> None:
    first, second = FakePort(), FakePort()
    opened: Iterator[Port | OSError] = iter([OSError(2, ""), OSError(2, ""), first, OSError("odd"), second])

    def open_port() -> Port:
        port = next(opened)
        if isinstance(port, OSError):
            raise port
        return port

    with running(open_port) as said:
        gone = "/dev/front cannot be read ({}); check the cable of front"
        assert presence(said) == (False, gone.format("no such file or directory"))
        assert presence(said) == (True, "")
        first.give(OSError(19, ""))
        assert presence(said) == (False, gone.format("no such device"))
        assert said.get(timeout=10) == ErrorEvent(3, "unplugged")
        assert presence(said) == (False, gone.format("odd"))
        assert presence(said) == (True, "")


def test_a_mistake_of_ours_in_one_reader_is_told_and_the_reader_starts_anew(
    caplog: pytest.LogCaptureFixture,
) -> None:
    ports = [FakePort(), FakePort()]
    left = iter(ports)
    with running(lambda: next(left)) as said:
        presence(said)
        ports[0].give(ZeroDivisionError("oops"))
        assert said.get(timeout=10) == ErrorEvent(3, "unplugged")
        assert presence(said)[1] == "/dev/front failed inside the program (oops); it is being started anew"
        assert presence(said) == (True, "")
    assert "the reader of /dev/front failed" in caplog.text


def test_stopping_does_not_wait_for_a_device_that_never_comes(tmp_path: Path) -> None:
    made = reader(ReaderSettings(device=str(tmp_path / "absent")))
    with running(made.open) as said:
        assert presence(said)[0] is False


def test_a_real_line_is_read_through_the_thread(tmp_path: Path) -> None:
    line = PtyPort(tmp_path / "node")
    line.plug()
    made = reader(ReaderSettings(device=str(tmp_path / "node"), transport="serial"))
    with running(made.open) as said:
        assert presence(said) == (True, "")
        for piece in line.pieces("4006381333931", "enter"):
            line.send(piece)
        # Whether this came before or after 100 ms since opening is the machine's affair: a read or its tail.
        got = said.get(timeout=10)
        assert isinstance(got, ErrorEvent) or got.data == "4006381333931"  # type: ignore[union-attr] # no Presence
        line.unplug()
        assert presence(said)[0] is False
