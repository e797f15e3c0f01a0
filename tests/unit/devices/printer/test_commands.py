import pytest

from devices.printer import commands
from devices.printer.document import Style


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (commands.code_page(19), "1b 74 13"),
        (commands.align("left"), "1b 61 00"),
        (commands.align("center"), "1b 61 01"),
        (commands.align("right"), "1b 61 02"),
        (commands.style(Style()), "1b 45 00 1b 2d 00 1d 21 00"),
        (commands.style(Style(size=2, bold=True, underline=True)), "1b 45 01 1b 2d 01 1d 21 11"),
        (commands.style(Style(size=8)), "1b 45 00 1b 2d 00 1d 21 77"),
        (commands.area_width(360), "1d 57 68 01"),
        (commands.space(24), "1b 4a 30"),
        (commands.space(200), "1b 4a ff"),
        (commands.feed(3), "1b 64 03"),
        (commands.cut("full"), "1d 56 41 00"),
        (commands.cut("partial"), "1d 56 42 00"),
        (commands.drawer(1), "1b 70 00 19 fa"),
        (commands.drawer(2), "1b 70 01 19 fa"),
        (commands.process_id("A001"), "1d 28 48 06 00 30 30 41 30 30 31"),
        (commands.barcode_look(3, 80), "1d 77 03 1d 68 50 1d 48 02"),
        (
            commands.qr("AB", 6, "M"),
            (
                "1d 28 6b 04 00 31 41 32 00 1d 28 6b 03 00 31 43 06 1d 28 6b 03 00 31 45 31"
                " 1d 28 6b 05 00 31 50 30 41 42 1d 28 6b 03 00 31 51 30"
            ),
        ),
        (commands.STATUS_BACK_ON, "1d 61 0f"),
        (b"".join(commands.ASK_STATUS), "10 04 01 10 04 02 10 04 03 10 04 04"),
        (commands.ASK_MODEL, "1d 49 43"),
        (commands.FENCE, "1d 72 01"),
        (commands.RECOVER, "10 05 01"),
        (commands.CLEAR, "10 14 08 01 03 14 01 06 02 08"),
    ],
)
def test_each_command_byte_by_byte(made: bytes, expected: str) -> None:
    assert made == bytes.fromhex(expected)


def test_the_length_of_a_long_qr_code_takes_two_bytes() -> None:
    assert b"\x1d(k\x03\x011P0" in commands.qr("x" * 256, 6, "L")
