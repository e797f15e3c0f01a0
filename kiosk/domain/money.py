"""Money as whole minor units of one currency, and quantities as whole thousandths."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kiosk.domain.errors import DomainError

# ISO 4217 minor units that differ from two (list one, 2024).
_EXPONENTS: Final = {
    "BHD": 3, "CLP": 0, "IQD": 3, "ISK": 0, "JOD": 3, "JPY": 0, "KRW": 0,
    "KWD": 3, "LYD": 3, "OMR": 3, "PYG": 0, "TND": 3, "UGX": 0, "VND": 0,
}  # fmt: skip
_CODE: Final = re.compile(r"[A-Z]{3}")
_AMOUNT: Final = re.compile(r"(-?)(\d{1,12})(?:\.(\d{1,6}))?", re.ASCII)


def half_up(numerator: int, denominator: int) -> int:
    """Divide and round half away from zero, in integers only (contracts/pricing, policy 1)."""
    quotient, rest = divmod(abs(numerator), abs(denominator))
    rounded = quotient + (1 if 2 * rest >= abs(denominator) else 0)
    return rounded if (numerator < 0) == (denominator < 0) else -rounded


@dataclass(frozen=True, slots=True)
class Currency:
    """An ISO 4217 currency.

    Attributes:
        code: three capital letters, such as EUR.
    """

    code: str

    def __post_init__(self) -> None:
        if _CODE.fullmatch(self.code) is None:
            raise DomainError(f"currency {self.code!r}: expected three capital letters, such as EUR")

    @property
    def exponent(self) -> int:
        """Digits of the minor unit (EUR 2, JPY 0, KWD 3)."""
        return _EXPONENTS.get(self.code, 2)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in whole minor units of one currency.

    Attributes:
        minor: signed count of minor units (cents for EUR).
        currency: the currency it is counted in.
    """

    minor: int
    currency: Currency

    @classmethod
    def zero(cls, currency: Currency) -> Money:
        """Nothing, in a currency."""
        return cls(0, currency)

    @classmethod
    def parse(cls, text: str, currency: Currency) -> Money:
        """Read a decimal string such as "12.34" or "-0.5".

        Raises:
            DomainError: not a decimal, or more decimals than the currency has.
        """
        match = _AMOUNT.fullmatch(text)
        decimals = (match[3] or "") if match else ""
        if match is None or len(decimals) > currency.exponent:
            raise DomainError(
                f"amount {text!r}: expected a decimal with at most {currency.exponent} decimals, such as "
                f"{cls(1234, currency).as_decimal()}"
            )
        minor = int(match[2] + decimals.ljust(currency.exponent, "0"))
        return cls(-minor if match[1] else minor, currency)

    def as_decimal(self) -> str:
        """Give the decimal string that `parse` reads."""
        exponent = self.currency.exponent
        digits = str(abs(self.minor)).rjust(exponent + 1, "0")
        sign = "-" if self.minor < 0 else ""
        return f"{sign}{digits[:-exponent]}.{digits[-exponent:]}" if exponent else f"{sign}{digits}"

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other)

    def __bool__(self) -> bool:
        return self.minor != 0

    def times(self, quantity: Quantity) -> Money:
        """Price a quantity, rounded half up once."""
        return Money(half_up(self.minor * quantity.milli, 1000), self.currency)

    def _same(self, other: Money) -> int:
        if other.currency != self.currency:
            raise DomainError(f"cannot reckon {other.currency.code} with {self.currency.code}")
        return other.minor


@dataclass(frozen=True, slots=True)
class Quantity:
    """How much of something, in thousandths of its unit; negative on a line that voids.

    Attributes:
        milli: signed thousandths (one piece = 1000).
    """

    milli: int

    def __post_init__(self) -> None:
        if self.milli == 0:
            raise DomainError("quantity 0: expected something, or its reversal")

    @classmethod
    def pieces(cls, count: int) -> Quantity:
        """Give whole pieces."""
        return cls(count * 1000)

    @property
    def count(self) -> int:
        """Whole pieces, for goods sold by the piece."""
        return self.milli // 1000

    def __neg__(self) -> Quantity:
        return Quantity(-self.milli)
