import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.printer.simulator.barcodes import Bars, UnprintableError, bars, check_digit
from devices.printer.simulator.code128_table import CODE128


def test_ean13_modules_are_the_standards() -> None:
    found = bars(67, b"4006381333931")
    assert len(found.modules) == 95
    assert found.text == "4006381333931"
    # 4 → parity LGLLGG: 0 in L, 0 in G, 6 3 8 1 ...
    assert found.modules[:17] == "10100011010100111"
    assert found.modules[-3:] == "101"
    assert found.modules[45:50] == "01010"


@pytest.mark.parametrize(("digits", "check"), [("400638133393", "1"), ("7351353", "7"), ("03600029145", "2")])
def test_check_digit(digits: str, check: str) -> None:
    assert check_digit(digits) == check


def test_a_missing_check_digit_is_added() -> None:
    assert bars(67, b"400638133393").text == "4006381333931"
    assert bars(68, b"7351353").text == "73513537"
    assert len(bars(68, b"73513537").modules) == 67


def test_upc_a_is_an_ean13_with_a_leading_zero() -> None:
    assert bars(65, b"036000291452").modules == bars(67, b"0036000291452").modules
    assert bars(65, b"036000291452").text == "036000291452"


@pytest.mark.parametrize(
    ("system", "data", "why"),
    [
        (67, b"400638133393X", "13 digits"),
        (67, b"123", "13 digits"),
        (69, b"ABC", "CODE39 is not drawn"),
        (99, b"ABC", "99 is not drawn"),
        (73, b"ABC", "starts with"),
        (73, b"{DABC", "starts with"),
        (73, b"{B{9", "no {9"),
        (73, b"{C{S", "no {S"),
        (73, b"{B\x01", "no character 1"),
        (73, b"{Aa", "no character 97"),
        (73, b"{C\x64", "0 to 99"),
    ],
)
def test_data_that_do_not_fit_print_nothing(system: int, data: bytes, why: str) -> None:
    with pytest.raises(UnprintableError, match=why):
        bars(system, data)


def test_code_128_adds_its_check_symbol() -> None:
    # Start B (104), A (33), stop: check (104 + 33) mod 103 = 34
    assert bars(73, b"{BA") == Bars(modules("211214", "111323", "131123", "2331112"), "A")


def modules(*widths: str) -> str:
    return "".join("10"[at % 2] * int(width) for at, width in enumerate("".join(widths)))


def test_code_128_changes_sets_shifts_and_doubles_braces() -> None:
    assert bars(73, b"{BAb{C\x0c\x22").text == "Ab1234"
    assert bars(73, b"{AX{Sx\x01").text == "Xx "
    assert bars(73, b"{Ba{{b").text == "a{b"
    assert bars(73, b"{B{1A").text == "A"


def test_every_code_128_symbol_is_eleven_modules_and_its_own() -> None:
    assert len(CODE128) == len(set(CODE128)) == 107
    assert {sum(map(int, widths)) for widths in CODE128[:-1]} == {11}
    assert all(sum(map(int, widths[::2])) % 2 == 0 for widths in CODE128[:-1])


@given(st.text("0123456789", min_size=12, max_size=12))
def test_an_ean13_is_always_95_modules(digits: str) -> None:
    assert len(bars(67, digits.encode()).modules) == 95
