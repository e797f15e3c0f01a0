"""The body of a "sale" event: one completed transaction, in the words of ARTS, integers only."""

import re
from dataclasses import dataclass
from typing import Annotated, Final, TypeAlias

from pydantic import Field, TypeAdapter

from kiosk.sync.wire.fields import WireError
from kiosk.sync.wire.strict import STRICT, Count, Number, Text, validated

SALE: Final = "sale"
"""The kind of an outbox event that carries a SaleRecord."""

_NUL: Final = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")
"""NUL as JSON writes it: its backslash is not itself escaped."""

LineNumber: TypeAlias = Annotated[int, Field(ge=1, le=1_000_000)]


@dataclass(frozen=True, slots=True)
class SaleLine:
    """One line of the receipt, append-only.

    A void is a line of its own: `void_of` is the `n` of the line undone, and its quantity and amounts are
    that line's with the sign turned, so that every sum over lines needs no exception.

    quantity_milli: thousandths of the unit (1000 = one piece, 732 = 0.732 kg).
    unit_price_minor, total_minor, deposit_minor: minor units of the sale's currency; total_minor is the
    goods after rounding, deposit_minor the deposits of the whole line, which total_minor does not hold.
    gtin14: 14 digits, or None for goods without a number.
    """

    __pydantic_config__ = STRICT

    n: LineNumber
    gtin14: Text | None
    product_id: Text
    name: Text
    quantity_milli: Number
    unit_price_minor: Number
    total_minor: Number
    deposit_minor: Number
    tax_code: Text
    void_of: LineNumber | None = None


@dataclass(frozen=True, slots=True)
class SaleTax:
    """One rate group as it was printed; rate in thousandths of a percent (8.875 % = 8875)."""

    __pydantic_config__ = STRICT

    code: Text
    rate_thousandths: Count
    gross_minor: Number
    net_minor: Number
    tax_minor: Number


@dataclass(frozen=True, slots=True)
class SaleTender:
    """One captured part of the payment; of a card never more than its last four digits."""

    __pydantic_config__ = STRICT

    attempt_id: Text
    method: Text
    amount_minor: Number
    card_name: Text | None = None
    last4: Text | None = None
    receipt_no: Text | None = None
    trace: Text | None = None
    terminal_id: Text | None = None


@dataclass(frozen=True, slots=True)
class SaleRecord:
    """One completed sale; times in microseconds since 1970 UTC by the lane's clock."""

    __pydantic_config__ = STRICT

    sale_id: Text
    receipt_no: Text
    lane: Text
    business_day: Text
    opened_us: Number
    completed_us: Number
    currency: Annotated[str, Field(max_length=3)]
    lines: tuple[SaleLine, ...]
    tax: tuple[SaleTax, ...]
    deposit_minor: Number
    total_minor: Number
    tenders: tuple[SaleTender, ...]
    language: Text
    catalogue_version: Count

    def to_json(self) -> str:
        """Return the outbox body; its UTF-8 bytes are what the outbox row's sha256 is of."""
        return _SALE.dump_json(self).decode()

    @classmethod
    def from_json(cls, body: str) -> "SaleRecord":
        """Read a body; unknown fields are passed over.

        Raises:
            WireError: the body cannot be a sale.
        """
        if "\\u0000" in body and _NUL.search(body):  # the first costs a hundredth of the second
            raise WireError("", body, "text without NUL, which not every database can hold")
        return validated(_SALE, body)


_SALE: Final = TypeAdapter(SaleRecord)


def encode_sale(sale: SaleRecord) -> str:
    """Return the outbox body of a sale."""
    return sale.to_json()


def sums_differ(sale: SaleRecord) -> str | None:
    """Say what does not add up in a sale, or None; such a sale is booked all the same, and an alarm raised.

    Tax either is in the line totals (shelf prices with tax) or comes on top of them.
    """
    goods = sum(line.total_minor for line in sale.lines)
    deposits = sum(line.deposit_minor for line in sale.lines)
    added_tax = sum(group.tax_minor for group in sale.tax)
    paid = sum(tender.amount_minor for tender in sale.tenders)
    if deposits != sale.deposit_minor:
        return f"the deposits of the lines are {deposits}, the sale says {sale.deposit_minor}"
    if sale.total_minor not in {goods + deposits, goods + deposits + added_tax}:
        return f"the lines come to {goods + deposits}, the sale says {sale.total_minor}"
    if paid != sale.total_minor:
        return f"the tenders come to {paid}, the sale says {sale.total_minor}"
    return None
