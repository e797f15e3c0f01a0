import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.errors import DomainError
from kiosk.domain.money import Currency, Money
from kiosk.domain.tax import TaxRate, group

EUR = Currency("EUR")
STANDARD, REDUCED = TaxRate("standard", 19_000), TaxRate("reduced", 7_000)


def eur(minor: int) -> Money:
    return Money(minor, EUR)


def test_tax_is_taken_once_a_rate_group() -> None:
    # Ten at 0.99 with 23 %: 1.85 for the group, where rounding line by line would say 1.90.
    groups = group([(TaxRate("pl", 23_000), eur(99))] * 10, EUR)
    assert [(each.gross.minor, each.tax.minor, each.net.minor) for each in groups] == [(990, 185, 805)]


def test_highest_rate_first_and_empty_groups_left_out() -> None:
    groups = group([(REDUCED, eur(107)), (STANDARD, eur(119)), (TaxRate("zero", 0), eur(0))], EUR)
    assert [(each.rate, each.tax.minor) for each in groups] == [(STANDARD, 19), (REDUCED, 7)]


def test_worked_example_of_the_pricing_contract() -> None:
    assert group([(REDUCED, eur(255))], EUR)[0].tax == eur(17)
    assert group([(REDUCED, eur(750))], EUR)[0].tax == eur(49)


@pytest.mark.parametrize("rate", [-1, 100_001])
def test_refuses_a_rate_that_cannot_be(rate: int) -> None:
    with pytest.raises(DomainError, match="tax rate"):
        TaxRate("odd", rate)


@given(st.lists(st.tuples(st.sampled_from([STANDARD, REDUCED]), st.integers(1, 10**6)), max_size=30))
def test_gross_never_moves(lines: list[tuple[TaxRate, int]]) -> None:
    groups = group([(rate, eur(minor)) for rate, minor in lines], EUR)
    assert sum(each.gross.minor for each in groups) == sum(minor for _, minor in lines)
    assert all((each.net + each.tax) == each.gross for each in groups)
