from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.printer.bitmap import Bitmap
from devices.printer.codepage import CodePage
from devices.printer.document import Document, parse_document
from devices.printer.encode import cut_only, encode
from devices.printer.layout import Row
from devices.printer.profile import Profile

PROFILE = Profile("TM-T88V", 42, 512, (CodePage(19, "cp858"), CodePage(46, "cp1251")), process_id=True)
BEGIN = b"\x1b@\x1da\x0f\x1bt\x13"
DOT = Bitmap(8, (b"\x80",))
DRAWN = b"\x1dv0\x00\x01\x00\x01\x00\x80"


class Artist:
    """Draws one dot for whatever it is told it can draw."""

    def __init__(self, *, can: bool = True) -> None:
        self.can = can

    def line(self, _row: Row, _profile: Profile) -> Bitmap | None:
        return DOT if self.can else None

    def picture(self, _path: str, _width_dots: int) -> Bitmap | None:
        return DOT if self.can else None

    def qr(self, _data: str, module: int, _level: str) -> Bitmap | None:
        return replace(DOT, width=8 * module) if self.can else None


def document(*blocks: dict[str, Any], **head: Any) -> Document:
    return parse_document({"blocks": list(blocks), **head})


def printed(*blocks: dict[str, Any], profile: Profile = PROFILE, can: bool = True, **head: Any) -> bytes:
    """The bytes behind the beginning of the job."""
    encoded = encode(document(*blocks, **head), profile, Artist(can=can))
    assert encoded.text[0] == BEGIN
    return b"".join(encoded.text[1:] + encoded.tail)


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ({"text": "Käse 1 €"}, b"K\x84se 1 \xd5\n"),
        ({"text": "A", "size": 2, "bold": True}, b"\x1bE\x01\x1b-\x00\x1d!\x11A\n"),
        ({"text": "A", "align": "center"}, b"\x1ba\x01A\n"),
        ({"text": "A", "align": "right", "underline": True}, b"\x1ba\x02\x1bE\x00\x1b-\x01\x1d!\x00A\n"),
        ({"columns": [["Milch", "left"], ["1,29", "right"]]}, b"Milch" + b" " * 33 + b"1,29\n"),
        ({"rule": "-"}, b"-" * 42 + b"\n"),
        ({"text": "Сир"}, b"\x1bt\x2e\xd1\xe8\xf0\n"),
        ({"text": "حليب"}, DRAWN),
        ({"image": "logo.png"}, b"\x1ba\x01" + DRAWN),
        ({"feed": 2}, b"\x1bd\x02"),
        ({"drawer": 2}, b"\x1bp\x01\x19\xfa"),
        ({"cut": "full"}, b"\x1dVA\x00"),
        ({"cut": "partial"}, b"\x1dVB\x00"),
        (
            {"barcode": "EAN13", "data": "4006381333931"},
            b"\x1ba\x01\x1dw\x03\x1dh\x50\x1dH\x02\x1dkC\x0d4006381333931",
        ),
        (
            {"barcode": "CODE128", "data": "0123456789ABC"},
            b"\x1ba\x01\x1dw\x02\x1dh\x50\x1dH\x02\x1dkI\x0f{B0123456789ABC",
        ),
        (
            {"qr": "AB", "align": "left", "size": 3},
            (
                b"\x1bJ\x18\x1d(k\x04\x001A2\x00\x1d(k\x03\x001C\x03\x1d(k\x03\x001E1"
                b"\x1d(k\x05\x001P0AB\x1d(k\x03\x001Q0\x1bJ\x18"
            ),
        ),
    ],
)
def test_each_block_byte_by_byte(block: dict[str, Any], expected: bytes) -> None:
    assert printed(block) == expected


def test_style_and_page_are_set_only_where_they_change() -> None:
    blocks = ({"text": "A", "bold": True}, {"text": "Ж", "bold": True}, {"text": "Ж"}, {"text": "ü"})
    assert printed(*blocks) == (
        b"\x1bE\x01\x1b-\x00\x1d!\x00A\n\x1bt\x2e\xc6\n\x1bE\x00\x1b-\x00\x1d!\x00\xc6\n\x1bt\x13\x81\n"
    )


def test_the_last_cut_begins_the_tail() -> None:
    encoded = encode(
        document({"text": "a"}, {"cut": "full"}, {"text": "b"}, {"cut": "partial"}, {"drawer": 1}),
        PROFILE,
        Artist(),
    )
    assert b"".join(encoded.text) == BEGIN + b"a\n\x1dVA\x00b\n"
    assert encoded.tail == (b"\x1dVB\x00", b"\x1bp\x00\x19\xfa")
    assert (encoded.lines, encoded.cuts, encoded.skipped) == (2, 2, ())


def test_without_a_cut_there_is_no_tail() -> None:
    assert encode(document({"text": "a"}), PROFILE, Artist()).tail == ()


@pytest.mark.parametrize(
    ("language", "mark"), [("en", b"COPY"), ("de", b"KOPIE / COPY"), ("de-AT", b"KOPIE / COPY")]
)
def test_a_copy_says_so_at_head_and_foot(language: str, mark: bytes) -> None:
    encoded = encode(
        document({"text": "a"}, {"cut": "full"}, language=language, copy=True), PROFILE, Artist()
    )
    style = b"\x1ba\x01\x1bE\x01\x1b-\x00\x1d!\x11"
    plain = b"\x1ba\x00\x1bE\x00\x1b-\x00\x1d!\x00"
    assert b"".join(encoded.text[1:]) == style + mark + b"\n" + plain + b"a\n" + style + mark + b"\n"
    assert encoded.tail == (b"\x1dVA\x00",)


@pytest.mark.parametrize(
    ("profile", "can", "block", "expected", "sentence"),
    [
        ({}, False, {"text": "牛a"}, b"?a\n", "No font and no code page has every character of '牛a'."),
        ({"raster": False}, True, {"text": "牛a"}, b"?a\n", "No font and no code page"),
        ({}, False, {"image": "x.png"}, b"", "The picture x.png cannot be printed."),
        ({"raster": False}, True, {"image": "x.png"}, b"", "The picture x.png cannot be printed."),
        (
            {"qr": False, "raster": False},
            True,
            {"qr": "x"},
            b"",
            "The QR code does not fit this printer: 'x'.",
        ),
        ({"qr": False}, False, {"qr": "x"}, b"", "does not fit"),
        ({"width_dots": 40}, True, {"qr": "x"}, b"", "does not fit"),
        (
            {"barcode": False},
            True,
            {"barcode": "EAN8", "data": "96385074"},
            b"\x1ba\x0196385074\n",
            "This model prints no barcodes; 96385074 is printed in figures.",
        ),
        (
            {},
            True,
            {"barcode": "CODE128", "data": "x" * 40},
            b"\x1ba\x01" + b"x" * 40 + b"\n",
            "The barcode is wider than the paper;",
        ),
    ],
)
def test_what_cannot_be_printed_is_named_and_the_rest_prints(
    profile: dict[str, Any],
    can: Any,
    block: dict[str, Any],
    expected: bytes,
    sentence: str,
) -> None:
    encoded = encode(document(block), replace(PROFILE, **profile), Artist(can=can))
    assert b"".join(encoded.text[1:]) == expected
    (skipped,) = encoded.skipped
    assert sentence in skipped


def test_a_printer_without_qr_codes_gets_a_drawn_one() -> None:
    drawn = b"\x1ba\x01\x1dv0\x00\x02\x00\x01\x00\x80"
    assert printed({"qr": "x", "size": 2}, profile=replace(PROFILE, qr=False)) == drawn


@pytest.mark.parametrize(
    ("cut", "wanted", "expected"),
    [
        ("full", "partial", b"\x1dVA\x00"),
        ("none", "partial", b"\x1bd\x06"),
        ("partial", "full", b"\x1dVA\x00"),
    ],
)
def test_the_knife_a_model_has(cut: Any, wanted: str, expected: bytes) -> None:
    profile = replace(PROFILE, cut=cut)
    assert printed({"cut": wanted}, profile=profile) == expected
    if wanted == "partial":
        assert cut_only(profile) == (expected,)


def test_a_model_without_code_pages_is_sent_plain_text() -> None:
    encoded = encode(document({"text": "a"}), replace(PROFILE, code_pages=()), Artist(can=False))
    assert encoded.text[0] == b"\x1b@\x1da\x0f"
    assert encoded.skipped


@given(st.lists(st.text(max_size=80), max_size=5))
def test_no_text_can_carry_a_command(lines: list[str]) -> None:
    for part in encode(document(*({"text": line} for line in lines)), PROFILE, Artist()).text[1:]:
        rest = part
        for known in (DRAWN, b"\x1bt\x13", b"\x1bt\x2e", b"\n"):
            rest = rest.replace(known, b"")
        assert all(byte >= 0x20 for byte in rest), part


def test_a_narrow_document_narrows_the_printing_area() -> None:
    encoded = encode(document({"rule": "-"}, width="58mm"), PROFILE, Artist())
    assert encoded.text == (BEGIN + b"\x1dW\x68\x01", b"-" * 30 + b"\n")
    assert encode(document({"rule": "-"}, width="80mm"), PROFILE, Artist()).text[0] == BEGIN


def test_a_large_qr_code_gets_smaller_modules_until_it_fits() -> None:
    encoded = encode(document({"qr": "x" * 1000, "size": 6}), PROFILE, Artist())
    assert b"\x1d(k\x03\x001C\x04\x1d(k\x03\x001E0" in encoded.text[1]
    assert encoded.skipped == ()
