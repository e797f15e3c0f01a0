import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.errors import DomainError
from kiosk.domain.money import Currency, Money, Quantity, half_up

EUR = Currency("EUR")
amounts = st.integers(min_value=-(10**11), max_value=10**11)


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [(5, 2, 3), (-5, 2, -3), (4, 3, 1), (-4, 3, -1), (0, 7, 0), (1, 2, 1), (-1, 2, -1), (5, -2, -3)],
)
def test_halves_go_away_from_zero(numerator: int, denominator: int, expected: int) -> None:
    assert half_up(numerator, denominator) == expected


@pytest.mark.parametrize(
    ("text", "code", "minor"),
    [
        ("12.34", "EUR", 1234),
        ("-0.5", "EUR", -50),
        ("7", "EUR", 700),
        ("1000", "JPY", 1000),
        ("1.005", "KWD", 1005),
        ("0.00", "EUR", 0),
    ],
)
def test_reads_a_decimal(text: str, code: str, minor: int) -> None:
    assert Money.parse(text, Currency(code)) == Money(minor, Currency(code))


@pytest.mark.parametrize("text", ["", "1,29", "1.234", "abc", "1.", ".5", "1e3", "٣", "--1", " 1"])
def test_refuses_what_is_no_amount(text: str) -> None:
    with pytest.raises(DomainError, match="expected a decimal"):
        Money.parse(text, EUR)


@pytest.mark.parametrize("code", ["eur", "EURO", "", "E1R"])
def test_refuses_what_is_no_currency(code: str) -> None:
    with pytest.raises(DomainError, match="three capital letters"):
        Currency(code)


@given(amounts, st.sampled_from(["EUR", "JPY", "KWD"]))
def test_writes_what_it_reads(minor: int, code: str) -> None:
    money = Money(minor, Currency(code))
    assert Money.parse(money.as_decimal(), money.currency) == money


@given(amounts, amounts)
def test_adds_and_takes_away(one: int, other: int) -> None:
    left, right = Money(one, EUR), Money(other, EUR)
    assert (left + right) - right == left
    assert left + -left == Money.zero(EUR)
    assert (left < right) is (one < other)
    assert bool(left) is (one != 0)


def test_never_mixes_currencies() -> None:
    with pytest.raises(DomainError, match="cannot reckon"):
        Money(1, EUR) + Money(1, Currency("CHF"))


@pytest.mark.parametrize(
    ("unit", "milli", "expected"),
    [(349, 732, 255), (129, 2000, 258), (1, 500, 1), (-1, 500, -1), (3, 333, 1)],
)
def test_prices_a_quantity_rounded_once(unit: int, milli: int, expected: int) -> None:
    assert Money(unit, EUR).times(Quantity(milli)) == Money(expected, EUR)


def test_quantities() -> None:
    assert Quantity.pieces(3).milli == 3000
    assert Quantity(2000).count == 2
    assert -Quantity(1500) == Quantity(-1500)
    with pytest.raises(DomainError, match="quantity 0"):
        Quantity(0)
