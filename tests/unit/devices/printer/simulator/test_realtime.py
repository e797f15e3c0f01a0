import pytest

from devices.printer.simulator.commands import Command, Kind
from devices.printer.simulator.realtime import RealTime


def found(data: bytes) -> list[Command]:
    watcher = RealTime()
    return [command for byte in data if (command := watcher.feed(byte)) is not None]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\x10\x04\x01", [Command(Kind.REAL_TIME_STATUS, (1,))]),
        (b"abc\x10\x04\x04abc", [Command(Kind.REAL_TIME_STATUS, (4,))]),
        (b"\x10\x10\x04\x02", [Command(Kind.REAL_TIME_STATUS, (2,))]),
        (b"\x10A\x04\x02", []),
        (b"\x10\x05\x02", [Command(Kind.REAL_TIME_REQUEST, (2,))]),
        (b"\x10\x14\x01\x00\x01", [Command(Kind.REAL_TIME_CONTROL, (1, 0, 1))]),
        (
            b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08",
            [Command(Kind.REAL_TIME_CONTROL, (8, 1, 3, 20, 1, 6, 2, 8))],
        ),
        # inside a raster image as well: real printers do not know where a stream's images are
        (b"\x1dv0\x00\x03\x00\x01\x00\x10\x04\x01", [Command(Kind.REAL_TIME_STATUS, (1,))]),
    ],
)
def test_real_time_commands_are_seen_anywhere(data: bytes, expected: list[Command]) -> None:
    assert found(data) == expected


def test_power_loss_forgets_half_a_command() -> None:
    watcher = RealTime()
    assert watcher.feed(0x10) is None
    assert watcher.feed(0x04) is None
    watcher.reset()
    assert watcher.feed(0x01) is None
