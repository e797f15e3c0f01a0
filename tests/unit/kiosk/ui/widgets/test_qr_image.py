import pytest

from kiosk.ui.widgets.qr_image import QUIET, QrImage, qr_picture
from tests.screens.glass import on_glass, picture

zxingcpp = pytest.importorskip("zxingcpp", reason="an independent reader of codes is not installed")

LINK = "https://shop.example/r/0192f0c1-0000-7000-8000-000000000001"
WHOLE = "Minzel\n" + "\n".join(f"{n} Almwind Vollmilch 1,29" for n in range(30)) + "\n= 20,69 EUR"


@pytest.mark.parametrize("code", [LINK, WHOLE])
def test_an_independent_reader_reads_it_from_the_screen(code: str) -> None:
    with on_glass(QrImage(code=code), (880, 880)):
        drawn = picture((0, 0, 880, 880))
    found = zxingcpp.read_barcodes(drawn)
    assert [each.text for each in found] == [code]


def test_a_module_is_one_pixel_and_the_quiet_zone_is_there() -> None:
    drawn = qr_picture("x").convert("L")
    assert all(drawn.getpixel((x, QUIET - 1)) == 255 for x in range(drawn.width))
    assert drawn.getpixel((QUIET, QUIET)) == 0


def test_nothing_to_carry_draws_nothing() -> None:
    with on_glass(QrImage(), (300, 300)) as code:
        assert tuple(code._code.size) == (0, 0)
