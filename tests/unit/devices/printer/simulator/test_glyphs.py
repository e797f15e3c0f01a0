from pathlib import Path

from devices.printer.simulator.glyphs import FONT_A, FONT_B, Glyphs, font_file


def burnt(glyphs: Glyphs, character: str, *, bold: bool = False) -> int:
    return glyphs.draw(character, FONT_A, bold=bold).histogram()[255]


def test_a_character_fills_its_cell_with_two_levels() -> None:
    glyphs = Glyphs()
    for cell, wide, high, size in (
        (FONT_A, 1, 1, (12, 24)),
        (FONT_B, 1, 1, (9, 17)),
        (FONT_A, 2, 3, (24, 72)),
    ):
        ink = glyphs.draw("M", cell, wide, high)
        assert ink.size == size
        assert {level for level, count in enumerate(ink.histogram()) if count} == {0, 255}


def test_bold_burns_more_and_a_blank_nothing() -> None:
    glyphs = Glyphs()
    assert burnt(glyphs, "M", bold=True) > burnt(glyphs, "M")
    assert burnt(glyphs, " ") == 0


def test_a_drawn_character_is_kept() -> None:
    glyphs = Glyphs()
    assert glyphs.draw("A", FONT_A) is glyphs.draw("A", FONT_A)


def test_pillows_own_font_serves_where_no_other_is(tmp_path: Path) -> None:
    assert font_file(("DejaVuSansMono.ttf",), (tmp_path,)) is None
    assert burnt(Glyphs((tmp_path,)), "A") > 10


def test_the_first_folder_and_name_win(tmp_path: Path) -> None:
    (tmp_path / "b.ttf").touch()
    assert font_file(("a.ttf", "b.ttf"), (tmp_path,)) == tmp_path / "b.ttf"
