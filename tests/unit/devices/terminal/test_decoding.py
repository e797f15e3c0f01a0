import pytest

from devices.terminal.decoding import Decoder
from tests.unit.devices.terminal.zvt import published


def _read(*lines: str, serial: bool = False) -> tuple[list[dict[str, object]], list[str]]:
    decoder = Decoder(serial)
    shown = [one for number, line in enumerate(lines, 1) for one in decoder.read(number, line)]
    return shown, decoder.problems


def test_messages_one_or_more_a_line_with_any_separator() -> None:
    shown, problems = _read("80 00 00 06-1E-01-6C", "", "# a remark", "04:0F:02:27:00 # the result")
    assert [one["name"] for one in shown] == ["accepted", "abort", "status information"]
    assert problems == []


def test_frames() -> None:
    shown, problems = _read(*published.FRAMES, "06", "15", serial=True)
    assert len(shown) == len(published.FRAMES) + 2
    assert [one["name"] for one in shown[-2:]] == ["ACK", "NAK"]
    assert problems == []


@pytest.mark.parametrize(
    ("line", "serial", "says"),
    [
        ("xyz", False, "hexadecimal"),
        ("800", False, "hexadecimal"),
        ("80 00", False, "last 2 bytes"),
        ("04 0F 01 FE", False, "bitmap FE is unknown"),
        ("10 02 80 00 00 10 03 F5 1E", True, "check bytes"),
        ("10 02 80 00", True, "not whole"),
        ("80 00 00", True, "no frame"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(line: str, serial: bool, says: str) -> None:  # noqa: FBT001
    _, problems = _read("", line, serial=serial)
    assert len(problems) == 1
    assert problems[0].startswith("Line 2: ")
    assert says in problems[0]
