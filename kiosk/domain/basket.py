"""The basket: lines that are only ever added, and the rows a shopper sees them as."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from kiosk.domain import tax
from kiosk.domain.catalogue import Product
from kiosk.domain.errors import DomainError
from kiosk.domain.money import Currency, Money, Quantity


class EntryMethod(StrEnum):
    """How a line came in (ARTS EntryMethod)."""

    SCANNED = "scanned"
    TOUCHED = "touched"


@dataclass(frozen=True, slots=True)
class Line:
    """One entry: goods in, or a void that takes goods back out of an earlier row.

    Attributes:
        n: 1, 2, 3 … within the sale.
        product: as it was when it was entered.
        quantity: negative on a void.
        entry_method: how it came in.
        void_of: the row it takes from, or None.
    """

    n: int
    product: Product
    quantity: Quantity
    entry_method: EntryMethod
    void_of: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """All open units of one product at one price.

    Attributes:
        root: number of the first line of the row; names the row for good.
        product: as it was when first entered.
        milli: open quantity in thousandths; above zero.
    """

    root: int
    product: Product
    milli: int

    @property
    def quantity(self) -> Quantity:
        """The open quantity."""
        return Quantity(self.milli)

    @property
    def unit_price(self) -> Money:
        """The price of one unit."""
        if self.product.price is None:
            raise AssertionError("a product without a price is never sold")
        return self.product.price

    @property
    def total(self) -> Money:
        """Goods without deposit."""
        return self.unit_price.times(self.quantity)

    @property
    def deposit(self) -> Money:
        """Deposit of all units."""
        each = self.product.deposit
        return each.times(self.quantity) if each else Money.zero(self.unit_price.currency)


@dataclass(frozen=True, slots=True)
class Basket:
    """What one shopper has scanned.

    Attributes:
        currency: of every amount in it.
        lines: as entered, never changed.
        rows: open goods, the one touched last at the end.
    """

    currency: Currency
    lines: tuple[Line, ...] = ()
    rows: tuple[Row, ...] = ()

    @classmethod
    def of(cls, currency: Currency, lines: tuple[Line, ...]) -> Basket:
        """Build a basket again from its lines, as the store kept them."""
        basket = cls(currency)
        for line in lines:
            basket = basket.with_line(line)
        return basket

    def add(self, product: Product, quantity: Quantity, entry: EntryMethod) -> tuple[Basket, Line]:
        """Enter goods.

        Raises:
            DomainError: the product has no price, another currency, or the quantity is not above zero.
        """
        if product.price is None or product.price.currency != self.currency:
            raise DomainError(f"product {product.product_id}: expected a price in {self.currency.code}")
        if quantity.milli < 0:
            raise DomainError(f"quantity {quantity.milli}: expected more than nothing")
        line = Line(len(self.lines) + 1, product, quantity, entry)
        return self.with_line(line), line

    def void(self, root: int, quantity: Quantity) -> tuple[Basket, Line]:
        """Take goods out of a row by a line that points back.

        Raises:
            DomainError: no such row, or more than it holds.
        """
        row = self.row(root)
        if not 0 < quantity.milli <= row.milli:
            raise DomainError(f"row {root}: expected to void 1 to {row.milli} thousandths")
        line = Line(len(self.lines) + 1, row.product, -quantity, EntryMethod.TOUCHED, void_of=root)
        return self.with_line(line), line

    def row(self, root: int) -> Row:
        """Find an open row.

        Raises:
            DomainError: it is not open.
        """
        for row in self.rows:
            if row.root == root:
                return row
        raise DomainError(f"row {root}: expected one of the open rows")

    def with_line(self, line: Line) -> Basket:
        """Add a line whose number follows the last one.

        Raises:
            DomainError: another number.
        """
        if line.n != len(self.lines) + 1:
            raise DomainError(f"line {line.n}: expected line {len(self.lines) + 1}")
        found = self._row_of(line)
        kept = tuple(row for row in self.rows if row is not found)
        row = found or Row(line.n, line.product, 0)
        milli = row.milli + line.quantity.milli
        rows = (*kept, replace(row, milli=milli)) if milli > 0 else kept
        return replace(self, lines=(*self.lines, line), rows=rows)

    def _row_of(self, line: Line) -> Row | None:
        if line.void_of is not None:
            return self.row(line.void_of)
        return next((row for row in self.rows if _same_goods(row.product, line.product)), None)

    @property
    def goods(self) -> Money:
        """Sum of the rows, without deposit."""
        return self._sum(row.total for row in self.rows)

    @property
    def deposit(self) -> Money:
        """Sum of the deposits."""
        return self._sum(row.deposit for row in self.rows)

    @property
    def total(self) -> Money:
        """What the shopper owes: goods and deposits, tax contained."""
        return self.goods + self.deposit

    @property
    def count(self) -> int:
        """Pieces in the basket; a weighed row counts as one."""
        return sum(max(1, row.milli // 1000) if row.milli % 1000 == 0 else 1 for row in self.rows)

    @property
    def taxes(self) -> tuple[tax.TaxGroup, ...]:
        """Contained tax per rate group; deposits carry none (contracts/pricing, policy 6)."""
        return tax.group(((row.product.tax, row.total) for row in self.rows), self.currency)

    def _sum(self, amounts: Iterable[Money]) -> Money:
        return Money(sum(amount.minor for amount in amounts), self.currency)


def _same_goods(one: Product, other: Product) -> bool:
    return (one.product_id, one.price, one.deposit, one.tax) == (
        other.product_id,
        other.price,
        other.deposit,
        other.tax,
    )
