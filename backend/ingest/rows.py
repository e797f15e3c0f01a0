"""The rows a sale becomes: itself, its lines, tax and tenders, and a move of the stock ledger per line."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from kiosk.sync.wire import Event, JournalHead, SaleRecord

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Origin:
    """The lane that pushes, as its signature proved it. received_us: the backend's clock."""

    store_id: str
    device_id: str
    epoch: int
    lane: str
    public_key: str
    received_us: int


def event_row(event: Event, origin: Origin) -> Row:
    """Return the row of an event as it came."""
    return {
        "event_id": event.event_id,
        "store_id": origin.store_id,
        "device_id": origin.device_id,
        "epoch": origin.epoch,
        "seq": event.seq,
        "kind": event.kind,
        "business_day": event.business_day,
        "occurred_us": event.occurred_us,
        "received_us": origin.received_us,
        "sha256": event.sha256,
        "body": event.body,
    }


def sale_row(event: Event, sale: SaleRecord, origin: Origin) -> Row:
    """Return the head row of a sale."""
    return {
        "sale_id": sale.sale_id,
        "store_id": origin.store_id,
        "event_id": event.event_id,
        "device_id": origin.device_id,
        "lane": sale.lane,
        "receipt_no": sale.receipt_no,
        "business_day": sale.business_day,
        "opened_us": sale.opened_us,
        "completed_us": sale.completed_us,
        "currency": sale.currency,
        "deposit_minor": sale.deposit_minor,
        "total_minor": sale.total_minor,
        "tax_minor": sum(group.tax_minor for group in sale.tax),
        "lines": len(sale.lines),
        "language": sale.language,
        "catalogue_version": sale.catalogue_version,
    }


def line_rows(sale: SaleRecord, origin: Origin) -> list[Row]:
    """Return the rows of a sale's lines."""
    return [
        {
            "sale_id": sale.sale_id,
            "n": line.n,
            "store_id": origin.store_id,
            "gtin14": line.gtin14,
            "product_id": line.product_id,
            "name": line.name,
            "quantity_milli": line.quantity_milli,
            "unit_price_minor": line.unit_price_minor,
            "total_minor": line.total_minor,
            "deposit_minor": line.deposit_minor,
            "tax_code": line.tax_code,
            "void_of": line.void_of,
        }
        for line in sale.lines
    ]


def tax_rows(sale: SaleRecord, origin: Origin) -> list[Row]:
    """Return the rows of a sale's rate groups."""
    return [
        {
            "sale_id": sale.sale_id,
            "code": group.code,
            "rate_thousandths": group.rate_thousandths,
            "store_id": origin.store_id,
            "gross_minor": group.gross_minor,
            "net_minor": group.net_minor,
            "tax_minor": group.tax_minor,
        }
        for group in sale.tax
    ]


def tender_rows(sale: SaleRecord, origin: Origin) -> list[Row]:
    """Return the rows of a sale's tenders, numbered from 1."""
    return [
        {
            "sale_id": sale.sale_id,
            "n": n,
            "store_id": origin.store_id,
            "attempt_id": tender.attempt_id,
            "method": tender.method,
            "amount_minor": tender.amount_minor,
            "card_name": tender.card_name,
            "last4": tender.last4,
            "receipt_no": tender.receipt_no,
            "trace": tender.trace,
            "terminal_id": tender.terminal_id,
        }
        for n, tender in enumerate(sale.tenders, 1)
    ]


def move_rows(event: Event, sale: SaleRecord, origin: Origin) -> list[Row]:
    """Return what the sale takes from stock: a delta per line; a void line, being negative, gives back."""
    return [
        {
            "event_id": event.event_id,
            "line": line.n,
            "store_id": origin.store_id,
            "product_id": line.product_id,
            "gtin14": line.gtin14,
            "delta_milli": -line.quantity_milli,
            "reason": "sale",
            "occurred_us": sale.completed_us,
        }
        for line in sale.lines
    ]


def level_rows(sales: Iterable[SaleRecord], origin: Origin) -> list[Row]:
    """Return the change of each product's level by all these sales, one row a product."""
    change: Counter[str] = Counter()
    for sale in sales:
        for line in sale.lines:
            change[line.product_id] -= line.quantity_milli
    return [
        {"store_id": origin.store_id, "product_id": product_id, "on_hand_milli": delta}
        for product_id, delta in change.items()
    ]


def head_row(event: Event, head: JournalHead, origin: Origin) -> Row:
    """Return the row of a signed journal head."""
    return {
        "device_id": origin.device_id,
        "epoch": origin.epoch,
        "seq": event.seq,
        "store_id": origin.store_id,
        "received_us": origin.received_us,
    } | asdict(head)
