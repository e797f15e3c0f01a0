"""The bitmaps of ZVT (PA00P015 rev. 13, chapter 7): number, form, name, and which may hold card data."""

from dataclasses import dataclass
from enum import Enum


class Form(Enum):
    """How a bitmap tells its length: fixed, by two or three digits of length, or by a TLV length."""

    FIXED = "fixed"
    LLVAR = "llvar"
    LLLVAR = "lllvar"
    TLV = "tlv"


@dataclass(frozen=True, slots=True)
class Bmp:
    """A bitmap: `size` in bytes where `form` is FIXED; `card` marks possible card data."""

    name: str
    form: Form
    size: int = 0
    card: bool = False


def _fixed(name: str, size: int, *, card: bool = False) -> Bmp:
    return Bmp(name, Form.FIXED, size, card)


_TEXTS = (*range(0xE1, 0xE9), *range(0xF1, 0xF9))
_ONES = (0xD0, 0xD2, 0xD3, 0xE0, 0xE9, 0xEA, 0xF0, *range(0xF9, 0xFE))

BMPS: dict[int, Bmp] = {
    0x01: _fixed("timeout", 1),
    0x02: _fixed("max_status_infos", 1),
    0x03: _fixed("service", 1),
    0x04: _fixed("amount", 6),
    0x05: _fixed("pump", 1),
    0x06: Bmp("tlv", Form.TLV),
    0x0B: _fixed("trace", 3),
    0x0C: _fixed("time", 3),
    0x0D: _fixed("date", 2),
    0x0E: _fixed("expiry", 2, card=True),
    0x17: _fixed("card_sequence", 2),
    0x19: _fixed("status", 1),
    0x22: Bmp("pan", Form.LLVAR, card=True),
    0x23: Bmp("track_2", Form.LLVAR, card=True),
    0x24: Bmp("track_3", Form.LLLVAR, card=True),
    0x27: _fixed("result", 1),
    0x29: _fixed("terminal_id", 4),
    0x2A: _fixed("vu_number", 15),
    0x2D: Bmp("track_1", Form.LLVAR, card=True),
    0x2E: Bmp("sync_chip", Form.LLLVAR, card=True),
    0x37: _fixed("original_trace", 3),
    0x3A: _fixed("cvv", 2, card=True),
    0x3B: _fixed("authorisation", 8),
    0x3C: Bmp("additional_text", Form.LLLVAR),
    0x3D: _fixed("password", 3),
    0x49: _fixed("currency", 2),
    0x4C: Bmp("blocked_goods", Form.LLVAR),
    0x60: Bmp("totals", Form.LLLVAR),
    0x70: _fixed("bmp_70", 4),
    0x71: _fixed("bmp_71", 4),
    0x72: _fixed("bmp_72", 1),
    0x73: _fixed("bmp_73", 1),
    0x74: _fixed("bmp_74", 1),
    0x75: _fixed("bmp_75", 1),
    0x87: _fixed("receipt_no", 2),
    0x88: _fixed("turnover_no", 3),
    0x8A: _fixed("card_type", 1),
    0x8B: Bmp("card_name", Form.LLVAR),
    0x8C: _fixed("card_type_network", 1),
    0x9A: Bmp("geldkarte", Form.LLLVAR, card=True),
    0xA0: _fixed("host_result", 1),
    0xA7: Bmp("ef_id", Form.LLVAR, card=True),
    0xAA: _fixed("date_with_year", 3),
    0xAF: Bmp("ef_info", Form.LLLVAR, card=True),
    0xBA: _fixed("aid_parameter", 5),
    0xD1: Bmp("pin_data", Form.LLVAR, card=True),
    0xEB: _fixed("mac", 8),
    **{code: Bmp(f"text_{code:02x}", Form.LLVAR) for code in _TEXTS},
    **{code: _fixed(f"byte_{code:02x}", 1) for code in _ONES},
}

# TLV objects that may hold card data (reference of PCI rules: never stored, never shown).
CARD_TAGS = frozenset((
    0x1F08, 0x1F09, 0x1F0A, 0x1F14, 0x1F1A, 0x1F31, 0x1F3E, 0x4C, 0x4D, 0x1F5E, 0x1F66, 0x46, 0x47,
))  # fmt: skip
