import pytest
from PIL import Image

from devices.printer.simulator.glyphs import Glyphs
from devices.printer.simulator.paper import Sheet
from devices.printer.simulator.profile import profile_named
from devices.printer.simulator.reader import Reader
from devices.printer.simulator.typesetter import Typesetter

GLYPHS = Glyphs()


def printed(data: bytes, profile: str = "TM-m30") -> Sheet:
    typesetter = Typesetter(profile_named(profile), GLYPHS)
    for command in Reader().feed(data):
        typesetter.apply(command)
    typesetter.flush()
    return typesetter.paper.cut()


def ink_box(sheet: Sheet) -> tuple[int, int, int, int]:
    box = sheet.ink.getbbox()
    assert box is not None
    return box


@pytest.mark.parametrize(
    ("page", "wire", "text"),
    [
        (0, b"Gr\x81\xe1e", "Grüße"),
        (2, b"\x9b", "ø"),
        (19, b"1,29 \xd5", "1,29 €"),
        (16, b"\x80 \xfc", "€ ü"),
        (40, b"\xa4", "€"),
        (39, b"\xb3", "ł"),
        (15, b"\xa4", "€"),
        (255, b"a\xff", "a\ufffd"),
    ],
)
def test_text_is_read_in_the_selected_code_page(page: int, wire: bytes, text: str) -> None:
    assert printed(b"\x1bt" + bytes((page,)) + wire + b"\n").text == text + "\n"


def test_init_sets_the_code_page_back() -> None:
    assert printed(b"\x1bt\x13\xd5\n\x1b@\xd5\n").text == "€\n╒\n"


def test_justification_moves_ink_and_text() -> None:
    left, centre, right = (printed(b"\x1ba" + bytes((where,)) + b"MMMM\n") for where in (0, 1, 2))
    assert left.text == "MMMM\n"
    assert centre.text == " " * 22 + "MMMM\n"
    assert right.text == " " * 44 + "MMMM\n"
    assert ink_box(left)[0] < 12
    assert 264 <= ink_box(centre)[0] < 276
    assert ink_box(right)[2] > 564


@pytest.mark.parametrize(("profile", "columns"), [("TM-m30", 48), ("TM-T88V", 42)])
def test_a_full_line_breaks_where_the_paper_ends(profile: str, columns: int) -> None:
    assert printed(b"x" * (columns + 3) + b"\n", profile).text == "x" * columns + "\nxxx\n"
    assert len(printed(b"\x1bM\x01" + b"x" * 100 + b"\n", profile).text.splitlines()[0]) == columns * 4 // 3


def test_sizes_scale_ink_and_line_height() -> None:
    small, large = printed(b"M\n"), printed(b"\x1d!\x11M\n")
    assert small.ink.height == 30
    assert large.ink.height == 48
    assert ink_box(large)[2] - ink_box(large)[0] > 1.7 * (ink_box(small)[2] - ink_box(small)[0])


def test_bold_underline_and_reverse_show() -> None:
    def burnt(data: bytes) -> int:
        return printed(data).ink.histogram()[255]

    plain = burnt(b"MMM\n")
    assert burnt(b"\x1bE\x01MMM\n") > plain
    assert burnt(b"\x1b-\x01MMM\n") == pytest.approx(plain + 36, abs=8)
    assert burnt(b"\x1b-\x02MMM\n") > burnt(b"\x1b-\x01MMM\n")
    assert burnt(b"\x1dB\x01   \n") == 3 * 12 * 24
    assert printed(b"\x1b \x06MMM\n").ink.getbbox() != printed(b"MMM\n").ink.getbbox()


def test_feeds_and_spacing() -> None:
    assert printed(b"\x1bd\x03").ink.height == 90
    assert printed(b"\x1bd\x03").text == "\n\n\n"
    assert printed(b"a\x1bJ\x64").ink.height == 130
    assert printed(b"\x1b3\x32a\n\n").ink.height == 100
    assert printed(b"\x1b3\x05a\n").ink.height == 24


def test_tabs_and_positions() -> None:
    assert printed(b"a\tb\n").text == "a       b\n"
    assert printed(b"\x1bD\x04\x0a\x00a\tb\tc\td\n").text == "a   b     cd\n"
    assert printed(b"a\x1b$\x60\x00b\n").text == "a       b\n"


def test_margin_and_area() -> None:
    assert printed(b"\x1dL\x78\x00ab\n").text == " " * 10 + "ab\n"
    assert printed(b"\x1dW\x30\x00abcdef\n").text == "abcd\nef\n"


def test_images_print_where_they_stand() -> None:
    sheet = printed(b"\x1ba\x01\x1dv0\x00\x01\x00\x08\x00" + b"\xff" * 8)
    assert sheet.text == " " * 23 + "[IMAGE 8 x 8]\n"
    assert ink_box(sheet) == (284, 0, 292, 8)
    assert ink_box(printed(b"\x1dv0\x03\x01\x00\x08\x00" + b"\xff" * 8)) == (0, 0, 16, 16)
    assert printed(b"\x1dv0\x00\x00\x00\x08\x00").text == "\n"
    assert ink_box(printed(b"\x1b*\x21\x02\x00" + b"\xff" * 6 + b"\n")) == (0, 0, 2, 24)
    assert printed(b"\x1b*\x21\x00\x00\n").text == "\n"
    graphics = b"0p0\x01\x011\x08\x00\x01\x00\xff"
    sheet = printed(b"\x1d(L" + bytes((len(graphics), 0)) + graphics + b"\x1d(L\x02\x0002\x1d(L\x02\x0002")
    assert sheet.text == "[IMAGE 8 x 1]\n"


def test_what_is_wider_than_the_paper_is_cut_or_left_out() -> None:
    wide = printed(b"\x1dv0\x00\x64\x00\x01\x00" + b"\xff" * 100)
    assert ink_box(wide) == (0, 0, 576, 1)
    long = b"{B" + b"A" * 60
    assert "not printed: wider than the paper]" in printed(b"\x1dkI" + bytes((len(long),)) + long).text


def test_symbols_and_bar_codes() -> None:
    sheet = printed(b"\x1dh\x50\x1dw\x02\x1dH\x02\x1df\x01\x1dkC\x0d4006381333931")
    assert sheet.text == "[BARCODE EAN13 4006381333931]\n"
    assert ink_box(sheet)[2] == 190
    assert sheet.ink.height == 80 + 21
    assert printed(b"\x1dkC\x02xx").text.startswith("[BARCODE EAN13 xx not printed")
    assert printed(b"\x1d(k\x07\x001P0{a}x\x1d(k\x03\x001Q0").text == "[QR {a}x]\n"


def test_two_byte_characters_may_be_cut_between_their_bytes() -> None:
    typesetter = Typesetter(profile_named("TM-m30"), GLYPHS)
    reader = Reader()
    for piece in (b"\x1c&a\xb9", b"\xfa\xb9\xfa\n\x1c."):
        for command in reader.feed(piece):
            typesetter.apply(command)
    assert typesetter.paper.cut().text == "a国国\n"


def test_a_dropped_line_is_not_printed_but_settings_stay() -> None:
    typesetter = Typesetter(profile_named("TM-m30"), GLYPHS)
    for command in Reader().feed(b"\x1ba\x02gone"):
        typesetter.apply(command)
    typesetter.drop_line()
    for command in Reader().feed(b"ab\n"):
        typesetter.apply(command)
    assert typesetter.paper.cut().text == " " * 46 + "ab\n"


def test_apply_says_how_far_the_paper_moved() -> None:
    typesetter = Typesetter(profile_named("TM-m30"), GLYPHS)
    assert [typesetter.apply(command) for command in Reader().feed(b"ab\n\x1bd\x02\x07")] == [0, 30, 60, 0]


def test_the_ink_of_a_known_letter_is_where_it_is_expected() -> None:
    box = ink_box(printed(b"\n\nH\n"))
    assert 60 <= box[1] < 90
    assert isinstance(printed(b"H\n").ink, Image.Image)
