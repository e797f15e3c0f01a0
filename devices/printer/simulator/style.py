"""How the next character is printed: the settings ESC @ resets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from devices.printer.simulator.code_page_table import INTERNATIONAL, REPLACED
from devices.printer.simulator.commands import Command, Kind
from devices.printer.simulator.glyphs import FONT_A, FONT_B, Cell

LINE_SPACING = 30


@dataclass(frozen=True, slots=True)
class Style:
    """One set of settings; lengths in dots. ``justify``: 0 left, 1 centre, 2 right."""

    cell: Cell = FONT_A
    wide: int = 1
    high: int = 1
    bold: bool = False
    underline: int = 0
    reverse: bool = False
    justify: int = 0
    spacing: int = LINE_SPACING
    gap: int = 0
    left: int = 0
    area: int | None = None
    page: int = 0
    charset: int = 0
    kanji: bool = False


def changed(style: Style, command: Command) -> Style | None:
    """The style after a setting command; None when the command is not one."""
    value = command.args[0] if command.args else 0
    simple = _SIMPLE.get(command.kind)
    if simple is not None:
        return simple(style, value)
    wide_value = sum(byte << (8 * at) for at, byte in enumerate(command.args))
    match command.kind:
        case Kind.PRINT_MODE:
            return _print_mode(style, value)
        case Kind.SIZE:
            return replace(style, wide=(value >> 4 & 7) + 1, high=(value & 7) + 1)
        case Kind.LEFT_MARGIN:
            return replace(style, left=wide_value)
        case Kind.AREA_WIDTH:
            return replace(style, area=wide_value)
        case _:
            return None


def _print_mode(style: Style, value: int) -> Style:
    """ESC ! n: bit 0 font B, 3 bold, 4 double height, 5 double width, 7 underline."""
    return replace(
        style,
        cell=FONT_B if value & 0x01 else FONT_A,
        bold=bool(value & 0x08),
        high=2 if value & 0x10 else 1,
        wide=2 if value & 0x20 else 1,
        underline=1 if value & 0x80 else 0,
    )


def international(text: str, charset: int) -> str:
    """Text with the twelve characters of the ESC R set in their places."""
    if charset not in INTERNATIONAL or not charset:
        return text
    return text.translate(str.maketrans(REPLACED, INTERNATIONAL[charset]))


def _digit(value: int) -> int:
    """The printers take 0, 1, 2 and the digits '0', '1', '2' alike."""
    return value % 48 if value % 48 <= 2 else 0  # noqa: PLR2004 - the highest choice there is


_SIMPLE: dict[Kind, Callable[[Style, int], Style]] = {
    Kind.EMPHASIS: lambda style, value: replace(style, bold=bool(value & 1)),
    Kind.DOUBLE_STRIKE: lambda style, value: replace(style, bold=bool(value & 1)),
    Kind.UNDERLINE: lambda style, value: replace(style, underline=_digit(value)),
    Kind.REVERSE: lambda style, value: replace(style, reverse=bool(value & 1)),
    Kind.JUSTIFY: lambda style, value: replace(style, justify=_digit(value)),
    Kind.FONT: lambda style, value: replace(style, cell=FONT_B if _digit(value) == 1 else FONT_A),
    Kind.CODE_PAGE: lambda style, value: replace(style, page=value),
    Kind.CHARSET: lambda style, value: replace(style, charset=value),
    Kind.SPACING: lambda style, value: replace(style, spacing=value),
    Kind.DEFAULT_SPACING: lambda style, _value: replace(style, spacing=LINE_SPACING),
    Kind.CHAR_SPACING: lambda style, value: replace(style, gap=value),
    Kind.KANJI_ON: lambda style, _value: replace(style, kanji=True),
    Kind.KANJI_OFF: lambda style, _value: replace(style, kanji=False),
}
