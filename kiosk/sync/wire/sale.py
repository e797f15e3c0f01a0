"""The body of a "sale" event: one completed transaction, in the words of ARTS, integers only."""

from dataclasses import asdict, dataclass
from typing import Final

from kiosk.sync.wire.fields import Fields, dump, load

SALE: Final = "sale"
"""The kind of an outbox event that carries a SaleRecord."""


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

    n: int
    gtin14: str | None
    product_id: str
    name: str
    quantity_milli: int
    unit_price_minor: int
    total_minor: int
    deposit_minor: int
    tax_code: str
    void_of: int | None = None


@dataclass(frozen=True, slots=True)
class SaleTax:
    """One rate group as it was printed; rate in thousandths of a percent (8.875 % = 8875)."""

    code: str
    rate_thousandths: int
    gross_minor: int
    net_minor: int
    tax_minor: int


@dataclass(frozen=True, slots=True)
class SaleTender:
    """One captured part of the payment; of a card never more than its last four digits."""

    attempt_id: str
    method: str
    amount_minor: int
    card_name: str | None = None
    last4: str | None = None
    receipt_no: str | None = None
    trace: str | None = None
    terminal_id: str | None = None


@dataclass(frozen=True, slots=True)
class SaleRecord:
    """One completed sale; times in microseconds since 1970 UTC by the lane's clock."""

    sale_id: str
    receipt_no: str
    lane: str
    business_day: str
    opened_us: int
    completed_us: int
    currency: str
    lines: tuple[SaleLine, ...]
    tax: tuple[SaleTax, ...]
    deposit_minor: int
    total_minor: int
    tenders: tuple[SaleTender, ...]
    language: str
    catalogue_version: int

    def to_json(self) -> str:
        """Return the outbox body; its UTF-8 bytes are what the outbox row's sha256 is of."""
        return dump(asdict(self))

    @classmethod
    def from_json(cls, body: str) -> "SaleRecord":
        """Read a body; unknown fields are passed over.

        Raises:
            WireError: the body cannot be a sale.
        """
        fields = load(body)
        return cls(
            sale_id=fields.text("sale_id"),
            receipt_no=fields.text("receipt_no"),
            lane=fields.text("lane"),
            business_day=fields.text("business_day"),
            opened_us=fields.integer("opened_us"),
            completed_us=fields.integer("completed_us"),
            currency=fields.text("currency", longest=3),
            lines=tuple(_line(line) for line in fields.objects("lines")),
            tax=tuple(_tax(group) for group in fields.objects("tax")),
            deposit_minor=fields.integer("deposit_minor"),
            total_minor=fields.integer("total_minor"),
            tenders=tuple(_tender(tender) for tender in fields.objects("tenders")),
            language=fields.text("language"),
            catalogue_version=fields.integer("catalogue_version", minimum=0),
        )


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


def _line(fields: Fields) -> SaleLine:
    return SaleLine(
        n=fields.integer("n", minimum=1),
        gtin14=fields.maybe_text("gtin14"),
        product_id=fields.text("product_id"),
        name=fields.text("name"),
        quantity_milli=fields.integer("quantity_milli"),
        unit_price_minor=fields.integer("unit_price_minor"),
        total_minor=fields.integer("total_minor"),
        deposit_minor=fields.integer("deposit_minor"),
        tax_code=fields.text("tax_code"),
        void_of=fields.maybe_integer("void_of", minimum=1),
    )


def _tax(fields: Fields) -> SaleTax:
    return SaleTax(
        code=fields.text("code"),
        rate_thousandths=fields.integer("rate_thousandths", minimum=0),
        gross_minor=fields.integer("gross_minor"),
        net_minor=fields.integer("net_minor"),
        tax_minor=fields.integer("tax_minor"),
    )


def _tender(fields: Fields) -> SaleTender:
    return SaleTender(
        attempt_id=fields.text("attempt_id"),
        method=fields.text("method"),
        amount_minor=fields.integer("amount_minor"),
        card_name=fields.maybe_text("card_name"),
        last4=fields.maybe_text("last4"),
        receipt_no=fields.maybe_text("receipt_no"),
        trace=fields.maybe_text("trace"),
        terminal_id=fields.maybe_text("terminal_id"),
    )
