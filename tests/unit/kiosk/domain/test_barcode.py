import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.barcode import Gtin, ScannedText, check_digit
from kiosk.domain.errors import DomainError


@pytest.mark.parametrize(
    ("text", "gtin14"),
    [
        ("4006381333931", "04006381333931"),
        ("96385074", "00000096385074"),
        ("036000291452", "00036000291452"),
        ("09520123456788", "09520123456788"),
    ],
)
def test_reads_every_length(text: str, gtin14: str) -> None:
    assert Gtin.parse(text) == Gtin(gtin14)


@pytest.mark.parametrize(
    "text",
    [
        "4006381333932",
        "31",
        "",
        "400638133393X",
        "".join(chr(0xFF10 + int(digit)) for digit in "4006381333931"),
        "1" * 15,
    ],
)
def test_refuses_what_is_no_gtin(text: str) -> None:
    with pytest.raises(DomainError):
        Gtin.parse(text)


@pytest.mark.parametrize("digits", ["4006381333931", "0400638133393a"])
def test_holds_fourteen_digits_only(digits: str) -> None:
    with pytest.raises(DomainError, match="fourteen digits"):
        Gtin(digits)


@given(st.text("0123456789", min_size=13, max_size=13))
def test_one_wrong_digit_never_passes(body: str) -> None:
    good = body + str(check_digit(body))
    for place in range(len(good)):
        wrong = good[:place] + str((int(good[place]) + 1) % 10) + good[place + 1 :]
        with pytest.raises(DomainError):
            Gtin(wrong)


@pytest.mark.parametrize(
    ("text", "aim", "gtin14"),
    [
        ("]E04006381333931", "]E0", "04006381333931"),
        ("4006381333931\r\n", "", "04006381333931"),
        ("]d20109520123456788 17271231", "]d2", "09520123456788"),
        ("]C10109520123456788", "]C1", "09520123456788"),
        ("]C00109520123456788", "]C0", None),
        ("]Q1https://example.com/", "]Q1", None),
        ("]d20109520123456789", "]d2", None),
        ("hello", "", None),
    ],
)
def test_finds_the_article_number(text: str, aim: str, gtin14: str | None) -> None:
    scanned = ScannedText.parse(text)
    assert scanned.aim == aim
    assert scanned.gtin() == (Gtin(gtin14) if gtin14 else None)


def test_longer_than_any_barcode_is_refused() -> None:
    with pytest.raises(DomainError, match="4297 characters"):
        ScannedText.parse("1" * 4297)


@given(st.text(max_size=100))
def test_any_text_is_answered(text: str) -> None:
    gtin = ScannedText.parse(text).gtin()
    assert gtin is None or check_digit(gtin.digits[:-1]) == int(gtin.digits[-1])
