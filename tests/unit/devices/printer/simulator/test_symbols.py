import pytest
import zxingcpp
from PIL import Image, ImageOps

from devices.printer.simulator.glyphs import Glyphs
from devices.printer.simulator.symbols import Symbols


@pytest.fixture
def symbols() -> Symbols:
    return Symbols(Glyphs())


def read_back(ink: Image.Image) -> list[tuple[str, str]]:
    picture = ImageOps.expand(ImageOps.invert(ink), 60, 255)
    return [(str(found.format), found.text) for found in zxingcpp.read_barcodes(picture)]


def test_a_qr_code_reads_back(symbols: Symbols) -> None:
    for payload in (b"1A2\x00", b"1C\x04", b"1E1", b"1P0https://shop.example/r/\xc3\xbc"):
        assert symbols.command(payload) is None
    drawn = symbols.command(b"1Q0")
    assert drawn is not None
    assert drawn.ink is not None
    assert read_back(drawn.ink) == [("QR Code", "https://shop.example/r/ü")]
    assert drawn.marker == "[QR https://shop.example/r/ü]"


def test_module_size_and_level_change_the_picture(symbols: Symbols) -> None:
    symbols.command(b"1P0A" * 1)
    small = symbols.command(b"1Q0")
    symbols.command(b"1C\x08")
    symbols.command(b"1E\x33")
    large = symbols.command(b"1Q0")
    assert small is not None
    assert small.ink is not None
    assert large is not None
    assert large.ink is not None
    assert small.ink.width == 21 * 3
    assert large.ink.width == 21 * 8


@pytest.mark.parametrize("payload", [b"", b"1", b"1Q0", b"1C", b"1E", b"1Z9", b"0P0abc"])
def test_nothing_is_printed_without_data(symbols: Symbols, payload: bytes) -> None:
    assert symbols.command(payload) is None


def test_reset_forgets_the_stored_data(symbols: Symbols) -> None:
    symbols.command(b"1P0A")
    symbols.reset()
    assert symbols.command(b"1Q0") is None


def test_other_two_dimensional_codes_leave_a_marker(symbols: Symbols) -> None:
    drawn = symbols.command(b"0Q0")
    assert drawn is not None
    assert drawn.ink is None
    assert drawn.marker == "[2D 48 not drawn]"


@pytest.mark.parametrize(
    ("system", "data", "reads"),
    [
        (67, b"4006381333931", ("EAN-13", "4006381333931")),
        (68, b"73513537", ("EAN-8", "73513537")),
        (73, b"{BCS-2026-0001", ("Code 128", "CS-2026-0001")),
        (73, b"{C\x14\x1a\x00\x01", ("Code 128", "20260001")),
    ],
)
@pytest.mark.parametrize("hri", [0, 1, 2, 3])
def test_bar_codes_read_back(
    symbols: Symbols, system: int, data: bytes, reads: tuple[str, str], hri: int
) -> None:
    symbols.barcode.hri = hri
    drawn = symbols.bars(system, data)
    assert drawn.ink is not None
    assert read_back(drawn.ink) == [reads]
    bands = {0: 0, 1: 1, 2: 1, 3: 2}[hri]
    assert drawn.ink.height == 162 + 28 * bands


def test_small_readable_text(symbols: Symbols) -> None:
    symbols.barcode.hri, symbols.barcode.hri_font = 2, 1
    drawn = symbols.bars(67, b"4006381333931")
    assert drawn.ink is not None
    assert drawn.ink.height == 162 + 21
    assert drawn.marker == "[BARCODE EAN13 4006381333931]"


def test_an_unprintable_bar_code_says_why(symbols: Symbols) -> None:
    drawn = symbols.bars(67, b"12")
    assert drawn.ink is None
    assert drawn.marker == "[BARCODE EAN13 12 not printed: expected 13 digits, got '12']"
