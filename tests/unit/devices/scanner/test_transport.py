import os
import select
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.scanner import transport
from devices.scanner.decoder import Decoder, WedgeSettings
from devices.scanner.reads import DataEvent, ErrorEvent, FrameSettings, Read
from devices.scanner.serial_frame import SerialFrame
from devices.scanner.simulator.ports import PipePort, PtyPort
from devices.scanner.transport import INPUT_EVENT, EvdevPort, Port, SerialPort

CODE = "4006381333931"


@pytest.fixture
def pipe(tmp_path: Path) -> Iterator[PipePort]:
    port = PipePort(tmp_path / "node")
    port.plug()
    yield port
    port.unplug()


@pytest.fixture
def line(tmp_path: Path) -> Iterator[PtyPort]:
    port = PtyPort(tmp_path / "node")
    port.plug()
    yield port
    port.unplug()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The ports' clock, stopped: [milliseconds]."""
    now = [1000.0]
    monkeypatch.setattr(transport, "now_ms", lambda: now[0])
    return now


def evdev(path: Path) -> EvdevPort:
    return EvdevPort(str(path), Decoder(WedgeSettings()))


def serial(path: Path) -> SerialPort:
    return SerialPort(str(path), 9600, SerialFrame(FrameSettings()))


def send(simulated: PipePort | PtyPort, text: str, suffix: str = "enter") -> None:
    for piece in simulated.pieces(text, suffix):
        simulated.send(piece)


def read_until(port: Port, count: int) -> list[Read]:
    reads: list[Read] = []
    while len(reads) < count:
        select.select([port], [], [], 5)
        reads += port.read()
    return reads


def test_a_pipe_of_events_is_read_like_a_device(pipe: PipePort, tmp_path: Path, clock: list[float]) -> None:
    port = evdev(tmp_path / "node")
    clock[0] += 200
    send(pipe, CODE)
    assert read_until(port, 1) == [DataEvent(1200, CODE)]
    send(pipe, "12", "none")
    select.select([port], [], [], 5)
    assert port.read() == []
    assert port.deadline == 1400
    clock[0] += 200
    assert port.expire() == [ErrorEvent(1400, "gap")]
    assert port.close() == []


def test_records_cut_in_two_are_put_together(pipe: PipePort, tmp_path: Path, clock: list[float]) -> None:
    port = evdev(tmp_path / "node")
    clock[0] += 200
    raw = b"".join(pipe.pieces("1", "enter"))
    pipe.send(raw[:30])
    assert port.read() == []
    pipe.send(raw[30:])
    assert read_until(port, 1) == [DataEvent(1200, "1")]
    port.close()


def test_what_is_typed_right_after_opening_is_a_tail(
    pipe: PipePort, tmp_path: Path, clock: list[float]
) -> None:
    port = evdev(tmp_path / "node")
    send(pipe, "31")
    assert read_until(port, 1) == [ErrorEvent(clock[0], "tail")]
    port.close()


def test_a_device_that_goes_away_is_an_os_error_and_a_part_of_a_read_is_void(
    pipe: PipePort, tmp_path: Path, clock: list[float]
) -> None:
    port = evdev(tmp_path / "node")
    clock[0] += 200
    send(pipe, "12", "none")
    port.read()
    pipe.unplug()
    with pytest.raises(OSError, match="the device is gone"):
        port.read()
    assert port.close() == [ErrorEvent(1200, "unplugged")]


def test_a_pipe_nobody_writes_to_is_no_device(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "node")
    with pytest.raises(OSError, match="nothing writes to the pipe"):
        evdev(tmp_path / "node")


def test_what_lay_in_a_pipe_before_it_was_opened_is_dropped(pipe: PipePort, tmp_path: Path) -> None:
    reader = os.open(tmp_path / "node", os.O_RDONLY | os.O_NONBLOCK)
    send(pipe, CODE)
    port = evdev(tmp_path / "node")
    with pytest.raises(BlockingIOError):
        os.read(port.fileno(), 1)
    port.close()
    os.close(reader)


def test_a_serial_line_is_read(line: PtyPort, tmp_path: Path, clock: list[float]) -> None:
    port = serial(tmp_path / "node")
    clock[0] += 200
    send(line, CODE)
    assert read_until(port, 1) == [DataEvent(1200, CODE)]
    send(line, "1", "none")
    select.select([port], [], [], 5)
    assert port.read() == []
    assert port.deadline == 1400
    clock[0] += 200
    assert port.expire() == [ErrorEvent(1400, "gap")]
    port.close()


def test_a_serial_line_that_goes_away_is_an_os_error(line: PtyPort, tmp_path: Path) -> None:
    port = serial(tmp_path / "node")
    line.unplug()
    with pytest.raises(OSError, match=r"Input/output error|the line is gone"):
        port.read()
    assert port.close() == []


def test_a_serial_line_is_ours_alone(line: PtyPort, tmp_path: Path) -> None:
    port = serial(tmp_path / "node")
    with pytest.raises(OSError, match="lock"):
        serial(tmp_path / "node")
    port.close()
    assert not line.heard


def test_a_file_that_is_no_event_node_is_an_os_error(tmp_path: Path) -> None:
    (tmp_path / "node").write_bytes(b"")
    with pytest.raises(OSError, match="Inappropriate ioctl"):
        evdev(tmp_path / "node")


def test_the_clock_is_the_time_since_boot() -> None:
    before = time.clock_gettime(time.CLOCK_BOOTTIME) * 1000
    assert before <= transport.now_ms() <= time.clock_gettime(time.CLOCK_BOOTTIME) * 1000


class FakeDevice:
    """An event node whose keys come up after a few looks; its descriptor is a pipe."""

    name = "Wedge 3000"

    def __init__(self, looks_down: int = 0, *, busy: bool = False) -> None:
        self.fd, self.keyboard = os.pipe()
        self.looks_down = looks_down
        self.busy = busy
        self.closed = False

    def active_keys(self) -> list[int]:
        self.looks_down -= 1
        return [42] if self.looks_down >= 0 else []

    def grab(self) -> None:
        if self.busy:
            raise OSError(16, "Device or resource busy")
        self.looks_down_at_grab = self.looks_down

    def close(self) -> None:
        self.closed = True
        os.close(self.fd)
        os.close(self.keyboard)


def test_a_device_is_grabbed_once_its_keys_are_up(tmp_path: Path) -> None:
    (tmp_path / "node").touch()
    device = FakeDevice(looks_down=2)
    port = EvdevPort(str(tmp_path / "node"), Decoder(WedgeSettings()), lambda _: device)
    assert device.looks_down_at_grab == -1
    assert (port.name, port.fileno()) == ("Wedge 3000", device.fd)
    os.write(device.keyboard, INPUT_EVENT.pack(0, 0, 1, 2, 1))
    assert [read for read in port.read() if isinstance(read, DataEvent)] == []
    port.close()
    assert device.closed


def test_a_key_that_stays_down_does_not_keep_the_device_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "ALL_KEYS_UP_WITHIN_S", 0.0)
    (tmp_path / "node").touch()
    device = FakeDevice(looks_down=1_000_000)
    EvdevPort(str(tmp_path / "node"), Decoder(WedgeSettings()), lambda _: device).close()
    assert device.looks_down_at_grab > 0


def test_a_device_another_program_holds_is_let_go(tmp_path: Path) -> None:
    (tmp_path / "node").touch()
    device = FakeDevice(busy=True)
    with pytest.raises(OSError, match="busy"):
        EvdevPort(str(tmp_path / "node"), Decoder(WedgeSettings()), lambda _: device)
    assert device.closed
