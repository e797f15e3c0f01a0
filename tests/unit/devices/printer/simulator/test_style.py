from dataclasses import replace

import pytest

from devices.printer.simulator.commands import Command, Kind
from devices.printer.simulator.glyphs import FONT_A, FONT_B
from devices.printer.simulator.style import Style, changed, international

PLAIN = Style()


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (Command(Kind.EMPHASIS, (1,)), replace(PLAIN, bold=True)),
        (Command(Kind.EMPHASIS, (2,)), PLAIN),
        (Command(Kind.DOUBLE_STRIKE, (1,)), replace(PLAIN, bold=True)),
        (Command(Kind.UNDERLINE, (50,)), replace(PLAIN, underline=2)),
        (Command(Kind.UNDERLINE, (9,)), PLAIN),
        (Command(Kind.REVERSE, (1,)), replace(PLAIN, reverse=True)),
        (Command(Kind.JUSTIFY, (49,)), replace(PLAIN, justify=1)),
        (Command(Kind.JUSTIFY, (2,)), replace(PLAIN, justify=2)),
        (Command(Kind.FONT, (1,)), replace(PLAIN, cell=FONT_B)),
        (Command(Kind.FONT, (48,)), PLAIN),
        (Command(Kind.CODE_PAGE, (19,)), replace(PLAIN, page=19)),
        (Command(Kind.CHARSET, (2,)), replace(PLAIN, charset=2)),
        (Command(Kind.SPACING, (24,)), replace(PLAIN, spacing=24)),
        (Command(Kind.CHAR_SPACING, (3,)), replace(PLAIN, gap=3)),
        (Command(Kind.KANJI_ON), replace(PLAIN, kanji=True)),
        (Command(Kind.KANJI_OFF), PLAIN),
        (Command(Kind.PRINT_MODE, (0xB9,)), Style(FONT_B, 2, 2, bold=True, underline=1)),
        (Command(Kind.PRINT_MODE, (0,)), PLAIN),
        (Command(Kind.SIZE, (0x21,)), replace(PLAIN, wide=3, high=2)),
        (Command(Kind.LEFT_MARGIN, (0x40, 0x01)), replace(PLAIN, left=320)),
        (Command(Kind.AREA_WIDTH, (0x00, 0x02)), replace(PLAIN, area=512)),
        (Command(Kind.LINE_FEED), None),
    ],
)
def test_a_setting_changes_the_style(command: Command, expected: Style | None) -> None:
    assert changed(PLAIN, command) == expected


def test_print_mode_sets_back_what_it_governs() -> None:
    loud = Style(FONT_B, 2, 2, bold=True, underline=1, reverse=True, justify=1)
    assert changed(loud, Command(Kind.PRINT_MODE, (0,))) == Style(FONT_A, reverse=True, justify=1)
    assert changed(Style(spacing=9), Command(Kind.DEFAULT_SPACING)) == PLAIN


def test_international_sets_change_twelve_characters() -> None:
    assert international("[Gr}n] ~", 2) == "ÄGrünÜ ß"
    assert international("[x]", 0) == "[x]"
    assert international("[x]", 200) == "[x]"
