import zxingcpp
from PIL import Image

from devices.printer.simulator.glyphs import Glyphs
from devices.printer.simulator.paper import Paper, picture
from devices.printer.simulator.symbols import Symbols


def test_ink_and_text_come_off_together() -> None:
    paper = Paper(100)
    assert paper.blank
    paper.feed(10)
    paper.put(Image.new("L", (4, 2), 255), 3, 30)
    paper.write("four  ")
    assert (paper.length, paper.lines, paper.blank, paper.white_below) == (40, 1, False, 28)
    sheet = paper.cut()
    assert sheet.text == "four\n"
    assert sheet.ink.getbbox() == (3, 10, 7, 12)
    assert sheet.ink.size == (100, 40)
    assert (paper.length, paper.lines, paper.blank) == (0, 0, True)


def test_looking_does_not_cut() -> None:
    paper = Paper(100)
    paper.put(Image.new("L", (4, 2), 255), 3, 30)
    assert paper.look().ink.getbbox() == paper.look().ink.getbbox() == (3, 0, 7, 2)


def test_the_picture_is_paper_with_margins_and_teeth() -> None:
    paper = Paper(576)
    paper.put(Image.new("L", (576, 60), 255), 0, 60)
    paper.feed(40)
    found = picture(paper.cut(), 640)
    assert found.mode == "RGBA"
    assert found.size == (640, 140)
    assert found.getpixel((320, 70)) == (38, 35, 36, 255)
    red, green, blue, opaque = found.getpixel((320, 20))  # type: ignore[misc] # RGBA gives four
    assert opaque == 255
    assert red > blue > 230
    assert green > 230
    assert found.getpixel((16, 0))[3] == 0  # type: ignore[index] # RGBA gives four
    assert found.getpixel((16, 139))[3] == 0  # type: ignore[index] # RGBA gives four


def test_a_strip_in_the_printer_has_no_lower_teeth() -> None:
    paper = Paper(576)
    paper.put(Image.new("L", (5, 5), 255), 0, 60)
    found = picture(paper.look(), 640, torn=False)
    assert found.getpixel((16, found.height - 1))[3] == 255  # type: ignore[index] # RGBA gives four


def test_codes_read_back_from_the_finished_picture() -> None:
    paper, symbols = Paper(576), Symbols(Glyphs())
    symbols.command(b"1C\x06")
    symbols.command(b"1P0https://shop.example/r/1")
    drawn = symbols.command(b"1Q0")
    assert drawn is not None
    assert drawn.ink is not None
    paper.put(drawn.ink, 200, drawn.ink.height + 60)
    found = zxingcpp.read_barcodes(picture(paper.cut(), 640).convert("RGB"))
    assert [code.text for code in found] == ["https://shop.example/r/1"]
