from pathlib import Path

import pytest
from PIL import Image

from devices.printer import fonts, raster
from devices.printer.bitmap import Bitmap
from devices.printer.codepage import CodePage
from devices.printer.document import parse_document
from devices.printer.layout import Row, rows
from devices.printer.profile import Profile
from devices.printer.raster import PillowArtist, to_bitmap, visual_runs

PROFILE = Profile("TM-T88V", 42, 512, (CodePage(19, "cp858"),))
needs_fonts = pytest.mark.skipif(
    fonts.font_file("ARABIC") is None or fonts.font_file("LATIN") is None,
    reason="no Arabic and Latin fonts here",
)


def row(left: str, right: str, language: str = "en", size: int = 1) -> Row:
    block = {"columns": [[left, "left"], [right, "right"]], "size": size}
    (parsed,) = parse_document({"blocks": [block]}).blocks
    return rows(parsed, 42, language)[0]  # type: ignore[arg-type]  # the block is a Columns


def black(bitmap: Bitmap) -> set[int]:
    """The columns of dots that are not all white."""
    return {
        byte * 8 + bit
        for line in bitmap.rows
        for byte, value in enumerate(line)
        for bit in range(8)
        if value & 0x80 >> bit
    }


@needs_fonts
def test_a_line_is_as_wide_as_the_paper_and_keeps_its_columns() -> None:
    drawn = PillowArtist().line(row("حليب", "1,29"), PROFILE)
    assert drawn is not None
    assert (drawn.width, len(drawn.rows), drawn.stride) == (512, 30, 64)
    dots = black(drawn)
    assert min(dots) < 12
    assert 480 < max(dots) < 512
    assert not dots & set(range(150, 400))


@needs_fonts
def test_large_lines_are_higher_and_bold_ones_blacker() -> None:
    artist = PillowArtist()
    large = artist.line(row("حليب", "1,29", size=2), PROFILE)
    assert large is not None
    assert len(large.rows) == 60


def test_without_a_font_nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raster, "font_file", lambda _script: None)
    raster._font.cache_clear()
    assert PillowArtist().line(row("牛", "1"), PROFILE) is None
    raster._font.cache_clear()


def test_arabic_is_shaped_and_put_in_visual_order() -> None:
    runs = visual_runs("سعر 12")
    assert [script for script, _ in runs] == ["LATIN", "ARABIC"]
    assert runs[0][1].startswith("12")
    assert runs[1][1] != "سعر"[::-1]
    assert len(runs[1][1]) == 3


def test_other_scripts_stay_in_order() -> None:
    assert visual_runs("Сир a") == [("CYRILLIC", "Сир"), ("LATIN", " a")]


def test_a_qr_code_has_a_quiet_zone_and_square_modules() -> None:
    drawn = PillowArtist().qr("https://example.org", 3, "M")
    assert drawn is not None
    assert drawn.width == len(drawn.rows) == (25 + 8) * 3
    assert min(black(drawn)) == 12
    low = PillowArtist().qr("x" * 30, 1, "L")
    assert low is not None
    assert low.width == 25 + 8


def test_a_picture_is_found_shrunk_and_made_black_and_white(tmp_path: Path) -> None:
    Image.new("RGBA", (1024, 10), (0, 0, 0, 255)).save(tmp_path / "logo.png")
    artist = PillowArtist((tmp_path,))
    for path in ("logo.png", str(tmp_path / "logo.png")):
        drawn = artist.picture(path, 512)
        assert drawn == Bitmap(512, (b"\xff" * 64,) * 5)


def test_what_is_transparent_stays_white(tmp_path: Path) -> None:
    Image.new("RGBA", (8, 1), (0, 0, 0, 0)).save(tmp_path / "clear.png")
    assert PillowArtist((tmp_path,)).picture("clear.png", 512) == Bitmap(8, (b"\x00",))


def test_a_missing_a_broken_and_a_huge_picture_are_none(tmp_path: Path) -> None:
    (tmp_path / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n????")
    Image.new("1", (2001, 2000)).save(tmp_path / "huge.png")
    artist = PillowArtist((tmp_path,))
    for name in ("missing.png", "broken.png", "huge.png"):
        assert artist.picture(name, 512) is None


def test_rows_are_padded_to_whole_bytes() -> None:
    assert to_bitmap(Image.new("1", (9, 2), 1)) == Bitmap(9, (b"\xff\x80", b"\xff\x80"))
