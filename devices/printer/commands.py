"""The ESC/POS commands we send, as bytes (Epson ESC/POS command reference); one builder each, no state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from devices.printer.document import Align, CutMode, Style
    from devices.printer.qr_fit import Level

INITIALISE: Final = b"\x1b@"  # ESC @
STATUS_BACK_ON: Final = (
    b"\x1da\x0f"  # GS a: drawer, online, error, paper; sends four bytes now and at each change
)
NEW_LINE: Final = b"\n"
# DLE EOT 1 to 4, in this order: printer, cause of offline, cause of error, roll paper.
ASK_STATUS: Final = (b"\x10\x04\x01", b"\x10\x04\x02", b"\x10\x04\x03", b"\x10\x04\x04")
ASK_MODEL: Final = b"\x1dIC"  # GS I 67
FENCE: Final = b"\x1dr\x01"  # GS r 1: answered in buffer order
RECOVER: Final = b"\x10\x05\x01"  # DLE ENQ 1: go on at the failed line
CLEAR: Final = (
    b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"  # DLE DC4 8: drop what is buffered, answer 37 25 00
)

_ALIGN: Final[dict[Align, int]] = {"left": 0, "center": 1, "right": 2}
_CUT: Final[dict[CutMode, int]] = {"full": 0x41, "partial": 0x42}
_PULSE_ON: Final = 0x19  # units of 2 ms: 50 ms on
_PULSE_OFF: Final = 0xFA  # 500 ms pause
_QR_LEVELS: Final[dict[Level, int]] = {"L": 0x30, "M": 0x31}


def code_page(number: int) -> bytes:
    """ESC t: characters 80 to FF come from page `number`."""
    return bytes((0x1B, 0x74, number))


def area_width(dots: int) -> bytes:
    """GS W: the width of the printing area."""
    return b"\x1dW" + dots.to_bytes(2, "little")


def align(where: Align) -> bytes:
    """ESC a."""
    return bytes((0x1B, 0x61, _ALIGN[where]))


def style(wanted: Style) -> bytes:
    """ESC E, ESC - and GS !: bold, underline and the same scale in both directions."""
    scale = wanted.size - 1
    return bytes((0x1B, 0x45, wanted.bold, 0x1B, 0x2D, wanted.underline, 0x1D, 0x21, scale << 4 | scale))


def feed(lines: int) -> bytes:
    """ESC d: print what is in the line and feed `lines`."""
    return bytes((0x1B, 0x64, lines))


def space(dots: int) -> bytes:
    """ESC J: feed at least `dots`; some models count half dots, so twice as many units are asked for."""
    return bytes((0x1B, 0x4A, min(2 * dots, 0xFF)))


def cut(mode: CutMode) -> bytes:
    """GS V function B: feed to the knife, then cut; one command, so nothing can come between."""
    return bytes((0x1D, 0x56, _CUT[mode], 0))


def drawer(number: int) -> bytes:
    """ESC p: a pulse on pin 2 (drawer 1) or 5 (drawer 2)."""
    return bytes((0x1B, 0x70, number - 1, _PULSE_ON, _PULSE_OFF))


def process_id(identifier: str) -> bytes:
    """GS ( H function 48: answer `37 22 id 00` when all before it is on paper; four characters 20 to 7E."""
    return b"\x1d(H\x06\x0000" + identifier.encode("ascii")


def qr(data: str, module: int, level: Level) -> bytes:
    """GS ( k functions 165, 167, 169, 180, 181: model 2, module in dots, level, store, print."""
    payload = data.encode()
    return b"".join(
        (
            _symbol(b"\x31\x41\x32\x00"),
            _symbol(bytes((0x31, 0x43, module))),
            _symbol(bytes((0x31, 0x45, _QR_LEVELS[level]))),
            _symbol(b"\x31\x50\x30" + payload),
            _symbol(b"\x31\x51\x30"),
        )
    )


def barcode_look(module: int, height: int) -> bytes:
    """GS w, GS h, GS H 2: module and height in dots, digits below."""
    return bytes((0x1D, 0x77, module, 0x1D, 0x68, height, 0x1D, 0x48, 2))


def _symbol(parameters: bytes) -> bytes:
    return b"\x1d(k" + len(parameters).to_bytes(2, "little") + parameters
