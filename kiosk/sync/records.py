"""A completed sale and a signed journal head, put into the words of the wire."""

from __future__ import annotations

from kiosk.domain.basket import Line
from kiosk.domain.record import CompletedSale
from kiosk.domain.sale import CardReceipt, Tender
from kiosk.domain.tax import TaxGroup
from kiosk.sync.wire.sale import SaleLine, SaleRecord, SaleTax, SaleTender


def sale_record(completed: CompletedSale) -> SaleRecord:
    """Give the record of a sale: every line with its voids, tax as printed, what paid it."""
    sale = completed.sale
    return SaleRecord(
        sale_id=sale.sale_id,
        receipt_no=str(sale.receipt_no),
        lane=completed.lane,
        business_day=completed.business_day,
        opened_us=completed.opened_us,
        completed_us=completed.completed_us,
        currency=sale.total.currency.code,
        lines=tuple(_line(line, completed.language) for line in sale.basket.lines),
        tax=tuple(_tax(group) for group in sale.basket.taxes),
        deposit_minor=sale.basket.deposit.minor,
        total_minor=sale.total.minor,
        tenders=tuple(
            _tender(tender, tender.outcome)
            for tender in sale.tenders
            if isinstance(tender.outcome, CardReceipt)
        ),
        language=completed.language,
        catalogue_version=completed.catalogue_version,
    )


def _line(line: Line, language: str) -> SaleLine:
    product = line.product
    if product.price is None:
        raise AssertionError("a line has a price")
    return SaleLine(
        n=line.n,
        gtin14=product.gtin.digits,
        product_id=product.product_id,
        name=product.name(language),
        quantity_milli=line.quantity.milli,
        unit_price_minor=product.price.minor,
        total_minor=product.price.times(line.quantity).minor,
        deposit_minor=product.deposit.times(line.quantity).minor if product.deposit else 0,
        tax_code=product.tax.code,
        void_of=line.void_of,
    )


def _tax(group: TaxGroup) -> SaleTax:
    return SaleTax(
        code=group.rate.code,
        rate_thousandths=group.rate.thousandths,
        gross_minor=group.gross.minor,
        net_minor=group.net.minor,
        tax_minor=group.tax.minor,
    )


def _tender(tender: Tender, receipt: CardReceipt) -> SaleTender:
    return SaleTender(
        attempt_id=tender.attempt_id,
        method=tender.method.value,
        amount_minor=receipt.amount.minor,
        card_name=receipt.card_name or None,
        last4=receipt.last4 or None,
        receipt_no=receipt.receipt_no or None,
        trace=receipt.trace or None,
        terminal_id=receipt.terminal_id or None,
    )
