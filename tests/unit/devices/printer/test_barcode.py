import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.printer.barcode import BarcodeError, Symbol, check_digit, parse_symbol


@pytest.mark.parametrize(
    ("digits", "expected"),
    [("400638133393", "1"), ("03600029145", "2"), ("9638507", "4"), ("0000000", "0")],
)
def test_check_digits_of_published_examples(digits: str, expected: str) -> None:
    assert check_digit(digits) == expected


@given(st.text("0123456789", min_size=12, max_size=12))
def test_a_computed_check_digit_is_accepted_and_any_other_refused(body: str) -> None:
    right = check_digit(body)
    assert parse_symbol("EAN13", body).data == body + right
    assert parse_symbol("EAN13", body + right).data == body + right
    wrong = str((int(right) + 1) % 10)
    with pytest.raises(BarcodeError, match=f"check digit {wrong}, expected {right}"):
        parse_symbol("EAN13", body + wrong)


@pytest.mark.parametrize(
    ("symbol", "expected"),
    [
        (Symbol("EAN13", "4006381333931"), b"\x1dkC\x0d4006381333931"),
        (Symbol("EAN8", "96385074"), b"\x1dkD\x0896385074"),
        (Symbol("UPCA", "036000291452"), b"\x1dkA\x0c036000291452"),
        (Symbol("CODE128", "A{1"), b"\x1dkI\x06{BA{{1"),
    ],
)
def test_commands_byte_by_byte(symbol: Symbol, expected: bytes) -> None:
    assert symbol.command() == expected


@pytest.mark.parametrize(
    ("symbol", "modules"),
    [(Symbol("EAN13", "4006381333931"), 95), (Symbol("EAN8", "96385074"), 67), (Symbol("CODE128", "AB"), 57)],
)
def test_widths(symbol: Symbol, modules: int) -> None:
    assert symbol.modules == modules


@pytest.mark.parametrize(
    ("symbology", "data", "sentence"),
    [
        ("EAN13", "40063", "EAN13 needs 13 digits, got '40063'"),
        ("EAN13", "400638133393x", "needs 13 digits"),
        ("EAN13", "٤٠٠٦٣٨١٣٣٣٩٣١", "needs 13 digits"),
        ("CODE128", "", "1 to 48 printable"),
        ("CODE128", "ä", "1 to 48 printable"),
        ("CODE128", "x" * 49, "1 to 48 printable"),
        ("QRCODE", "1", "'QRCODE' is not known; expected one of UPCA, EAN13, EAN8, CODE128"),
    ],
)
def test_what_is_no_barcode_is_refused(symbology: str, data: str, sentence: str) -> None:
    with pytest.raises(BarcodeError, match=sentence):
        parse_symbol(symbology, data)
