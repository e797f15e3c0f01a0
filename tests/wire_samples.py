"""Messages of the wire for tests: a sale, a batch, a product."""

import uuid

from kiosk.sync.wire import (
    Event,
    PriceEntry,
    ProductEntry,
    Push,
    SaleLine,
    SaleRecord,
    SaleTax,
    SaleTender,
    sha256_of,
)

DAY = "2026-11-23"
NOON_US = 1_795_435_200_000_000
GTIN = "04006381333931"


def sale(number: int, *, quantity: int = 2) -> SaleRecord:
    """A sale of some pieces at 1.29 with a deposit of 0.25 each, paid by card."""
    goods, deposit = 129 * quantity, 25 * quantity
    total = goods + deposit
    tax = (total * 19_000 + 59_500) // 119_000
    line = SaleLine(1, GTIN, GTIN, "Limonade", quantity * 1000, 129, goods, deposit, "standard")
    tender = SaleTender(
        f"attempt-{number}", "card", total, "girocard", "1234", f"{number:04}", "000001", "52500001"
    )
    return SaleRecord(
        sale_id=str(uuid.UUID(int=number)),
        receipt_no=str(number),
        lane="lane-1",
        business_day=DAY,
        opened_us=NOON_US,
        completed_us=NOON_US + number * 1_000_000,
        currency="EUR",
        lines=(line,),
        tax=(SaleTax("standard", 19_000, total, total - tax, tax),),
        deposit_minor=deposit,
        total_minor=total,
        tenders=(tender,),
        language="de",
        catalogue_version=1,
    )


def event(seq: int, body: str, *, kind: str = "sale", event_id: str | None = None) -> Event:
    """An outbox event as the lane writes it."""
    return Event(seq, event_id or f"event-{seq}", kind, DAY, NOON_US + seq, body, sha256_of(body))


def sale_event(number: int) -> Event:
    """The event of sale `number`, with that seq."""
    return event(number, sale(number).to_json())


def batch(*events: Event, device: str = "device", epoch: int = 1, sent_us: int = NOON_US) -> Push:
    """A push of events that follow each other."""
    first = events[0].seq if events else 1
    return Push(device, epoch, first, 1, sent_us, events)


def product(gtin14: str = GTIN, *, name: str = "Limonade", price_minor: int | None = 129) -> ProductEntry:
    """A product found by one code."""
    prices = () if price_minor is None else (PriceEntry(price_minor, 0),)
    return ProductEntry(gtin14, (("de", name),), "standard", (gtin14,), prices)
