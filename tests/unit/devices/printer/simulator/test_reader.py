from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.printer.simulator.commands import Command, Kind
from devices.printer.simulator.reader import Reader

QR = (
    bytes.fromhex("1d286b0300314306")
    + bytes.fromhex("1d286b0700315030")
    + b"abcd"
    + bytes.fromhex("1d286b0300315130")
)


def joined(commands: list[Command]) -> list[Command]:
    """Texts that follow each other are one text, however the stream was cut."""
    found: list[Command] = []
    for command in commands:
        if found and command.kind is Kind.TEXT is found[-1].kind:
            found[-1] = Command(Kind.TEXT, data=found[-1].data + command.data)
        else:
            found.append(command)
    return found


@pytest.mark.parametrize(
    ("wire", "expected"),
    [
        ("1b40", Command(Kind.INIT)),
        ("1b7413", Command(Kind.CODE_PAGE, (19,))),
        ("1b2138", Command(Kind.PRINT_MODE, (0x38,))),
        ("1b4501", Command(Kind.EMPHASIS, (1,))),
        ("1b6101", Command(Kind.JUSTIFY, (1,))),
        ("1b4d01", Command(Kind.FONT, (1,))),
        ("1b2d02", Command(Kind.UNDERLINE, (2,))),
        ("1b6405", Command(Kind.FEED_LINES, (5,))),
        ("1b4a20", Command(Kind.FEED_DOTS, (32,))),
        ("0a", Command(Kind.LINE_FEED)),
        ("0d", Command(Kind.CARRIAGE_RETURN)),
        ("09", Command(Kind.TAB)),
        ("1d2111", Command(Kind.SIZE, (0x11,))),
        ("1d5600", Command(Kind.CUT, (0, 0, 0))),
        ("1d5631", Command(Kind.CUT, (1, 0, 0))),
        ("1d564110", Command(Kind.CUT, (0, 1, 16))),
        ("1d564200", Command(Kind.CUT, (1, 1, 0))),
        ("1d566105", Command(Kind.CUT, (0, 1, 5))),
        ("1d566205", Command(Kind.CUT, (1, 1, 5))),
        ("1d566705", Command(Kind.CUT, (0, 1, 5))),
        ("1d566805", Command(Kind.CUT, (1, 1, 5))),
        ("1b69", Command(Kind.CUT, (1, 0, 0))),
        ("1b6d", Command(Kind.CUT, (1, 0, 0))),
        ("1d56ff", Command(Kind.UNKNOWN, data=b"\x1dV\xff")),
        ("1d7630000100020080ff", Command(Kind.RASTER, (0, 1, 2), b"\x80\xff")),
        ("1d7631", Command(Kind.UNKNOWN, data=b"\x1dv1")),
        ("1b2a210100010203", Command(Kind.COLUMN_IMAGE, (33, 1, 3), b"\x01\x02\x03")),
        ("1b2a000200aa55", Command(Kind.COLUMN_IMAGE, (0, 2, 1), b"\xaa\x55")),
        ("1b2a070100", Command(Kind.UNKNOWN, data=b"\x1b*\x07\x01\x00")),
        ("1d286b0300314306", Command(Kind.SYMBOL, data=b"1C\x06")),
        ("1d284c02003032", Command(Kind.GRAPHICS, data=b"02")),
        ("1d384c020000003032", Command(Kind.GRAPHICS, data=b"02")),
        ("1d3858", Command(Kind.UNKNOWN, data=b"\x1d8X")),
        ("1d284806003030" + b"A001".hex(), Command(Kind.RESPONSE, data=b"00A001")),
        ("1d28440300140101", Command(Kind.ACCEPTED, data=bytes.fromhex("1d28440300140101"))),
        ("1c28410100ff", Command(Kind.UNKNOWN, data=bytes.fromhex("1c28410100ff"))),
        ("1d6b02" + b"4006381333931".hex() + "00", Command(Kind.BARCODE, (67,), b"4006381333931")),
        ("1d6b430d" + b"4006381333931".hex(), Command(Kind.BARCODE, (67,), b"4006381333931")),
        ("1d6b49057b424142" + "43", Command(Kind.BARCODE, (73,), b"{BABC")),
        ("1d6bff", Command(Kind.UNKNOWN, data=b"\x1dk\xff")),
        ("1d6850", Command(Kind.BARCODE_HEIGHT, (80,))),
        ("1d7703", Command(Kind.BARCODE_WIDTH, (3,))),
        ("1d4802", Command(Kind.HRI_POSITION, (2,))),
        ("1b700019fa", Command(Kind.DRAWER, (0, 25, 250))),
        ("100404", Command(Kind.REAL_TIME_STATUS, (4,))),
        ("100501", Command(Kind.REAL_TIME_REQUEST, (1,))),
        ("1014010001", Command(Kind.REAL_TIME_CONTROL, (1, 0, 1))),
        ("10140801031401060208", Command(Kind.REAL_TIME_CONTROL, (8, 1, 3, 20, 1, 6, 2, 8))),
        ("1014ff", Command(Kind.REAL_TIME_CONTROL, (255,))),
        ("1d610f", Command(Kind.ASB, (15,))),
        ("1d7201", Command(Kind.SEND_STATUS, (1,))),
        ("1d4943", Command(Kind.SEND_ID, (67,))),
        ("1b633501", Command(Kind.PANEL, (1,))),
        ("1b63330f", Command(Kind.PAPER_SENSORS, (15,))),
        ("1b633400", Command(Kind.STOP_SENSORS, (0,))),
        ("1b633001", Command(Kind.ACCEPTED, data=b"\x1bc0\x01")),
        ("1c26", Command(Kind.KANJI_ON)),
        ("1c2e", Command(Kind.KANJI_OFF)),
        ("1b5202", Command(Kind.CHARSET, (2,))),
        ("1b32", Command(Kind.DEFAULT_SPACING)),
        ("1b3318", Command(Kind.SPACING, (24,))),
        ("1d4c4000", Command(Kind.LEFT_MARGIN, (64, 0))),
        ("1d570002", Command(Kind.AREA_WIDTH, (0, 2))),
        ("1b44080c00", Command(Kind.TAB_STOPS, (8, 12))),
        ("1b7b01", Command(Kind.ACCEPTED, data=b"\x1b{\x01")),
        ("1bff", Command(Kind.UNKNOWN, data=b"\x1b\xff")),
        ("1b63ff", Command(Kind.UNKNOWN, data=b"\x1bc")),
        ("07", Command(Kind.UNKNOWN, data=b"\x07")),
    ],
)
def test_literal_bytes_read_as_one_command(wire: str, expected: Command) -> None:
    reader = Reader()
    data = bytes.fromhex(wire)
    assert reader.feed(data)[0] == expected
    byte_by_byte = Reader()
    assert next(command for byte in data for command in byte_by_byte.feed(bytes((byte,)))) == expected


def test_a_command_waits_for_its_last_byte() -> None:
    reader = Reader()
    assert reader.feed(QR[:-1])[:1] == [Command(Kind.SYMBOL, data=b"1C\x06")]
    assert reader.pending == 7
    assert reader.feed(QR[-1:]) == [Command(Kind.SYMBOL, data=b"1Q0")]
    assert reader.pending == 0


def test_reset_forgets_the_unfinished() -> None:
    reader = Reader()
    assert reader.feed(b"\x1dk\x43\x0d4006") == []
    reader.reset()
    assert reader.feed(b"A") == [Command(Kind.TEXT, data=b"A")]


STREAM = (
    b"\x1b@\x1bt\x13Gr\x81n\n"
    + QR
    + b"\x1dv0\0\x01\0\x01\0\xff"
    + b"\x1dkC\x0d4006381333931\x1dVB\0\x10\x04\x01"
)


@given(st.lists(st.integers(0, len(STREAM)), max_size=8))
def test_the_cuts_of_the_stream_do_not_matter(cuts: list[int]) -> None:
    reader = Reader()
    edges = [0, *sorted(cuts), len(STREAM)]
    pieces = [STREAM[a:b] for a, b in pairwise(edges)]
    found = [command for piece in pieces for command in reader.feed(piece)]
    assert joined(found) == joined(Reader().feed(STREAM))


@given(st.binary(max_size=300))
def test_no_bytes_make_it_fail_and_none_are_lost(data: bytes) -> None:
    reader = Reader()
    reader.feed(data)
    assert 0 <= reader.pending <= len(data)
