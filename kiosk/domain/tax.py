"""Tax contained in prices, reckoned once per rate group so that the gross never moves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kiosk.domain.errors import DomainError
from kiosk.domain.money import Currency, Money, half_up

FULL: Final = 100_000
"""One hundred percent, in thousandths of a percent."""


@dataclass(frozen=True, slots=True)
class TaxRate:
    """A rate of value added tax.

    Attributes:
        code: the name in the shop's settings, such as "standard".
        thousandths: thousandths of a percent (19 % = 19000, 8.875 % = 8875).
    """

    code: str
    thousandths: int

    def __post_init__(self) -> None:
        if not 0 <= self.thousandths <= FULL:
            raise DomainError(f"tax rate {self.thousandths}: expected 0 to {FULL} thousandths of a percent")


@dataclass(frozen=True, slots=True)
class TaxGroup:
    """What was sold at one rate.

    Attributes:
        rate: the rate.
        gross: with tax; the sum of its lines.
        tax: contained tax, half up.
    """

    rate: TaxRate
    gross: Money
    tax: Money

    @property
    def net(self) -> Money:
        """Gross less tax."""
        return self.gross - self.tax


def group(amounts: Iterable[tuple[TaxRate, Money]], currency: Currency) -> tuple[TaxGroup, ...]:
    """Sum gross amounts per rate and take the contained tax once per group, highest rate first."""
    gross: dict[TaxRate, int] = {}
    for rate, amount in amounts:
        gross[rate] = gross.get(rate, 0) + amount.minor
    ordered = sorted(gross.items(), key=lambda item: (-item[0].thousandths, item[0].code))
    return tuple(
        TaxGroup(rate, Money(minor, currency), Money(_contained(minor, rate), currency))
        for rate, minor in ordered
        if minor
    )


def _contained(gross_minor: int, rate: TaxRate) -> int:
    return half_up(gross_minor * rate.thousandths, FULL + rate.thousandths)
