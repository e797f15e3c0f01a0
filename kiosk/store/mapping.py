"""Rows of sales.db from domain values, and back."""

from __future__ import annotations

import json
from typing import Any

from kiosk.domain.barcode import Gtin
from kiosk.domain.basket import EntryMethod, Line
from kiosk.domain.catalogue import Product, Unit
from kiosk.domain.money import Currency, Money, Quantity
from kiosk.domain.sale import CardReceipt, Method, NotCharged, Tender
from kiosk.domain.tax import TaxRate

REQUESTED = "requested"
CAPTURED = "captured"


def product_to_json(product: Product) -> str:
    """Write a product down as it was when it was sold."""
    return json.dumps(
        {
            "names": product.names,
            "price": product.price.minor if product.price else None,
            "deposit": product.deposit.minor if product.deposit else None,
            "min_age": product.min_age,
            "unit": product.unit,
            "brand": product.brand,
            "size": product.size,
            "category": product.category,
            "picture": product.picture,
            "place": product.place,
            "allergens": product.allergens,
            "price_version": product.price_version,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def line_row(sale_id: str, line: Line, wall_us: int) -> dict[str, Any]:
    """Give the transaction_line row of a line."""
    product = line.product
    return {
        "sale_id": sale_id,
        "n": line.n,
        "product_id": product.product_id,
        "gtin14": product.gtin.digits,
        "name": product.names[0][1],
        "quantity_milli": line.quantity.milli,
        "unit_price_minor": product.price.minor if product.price else 0,
        "deposit_minor": product.deposit.minor if product.deposit else 0,
        "tax_code": product.tax.code,
        "tax_thousandths": product.tax.thousandths,
        "entry_method": line.entry_method,
        "void_of": line.void_of,
        "entered_us": wall_us,
        "product": product_to_json(product),
    }


def line_from_row(row: dict[str, Any], currency: Currency) -> Line:
    """Read a line back."""
    kept = json.loads(row["product"])
    product = Product(
        product_id=row["product_id"],
        gtin=Gtin(row["gtin14"]),
        names=tuple((language, text) for language, text in kept["names"]),
        tax=TaxRate(row["tax_code"], row["tax_thousandths"]),
        price=_money(kept["price"], currency),
        deposit=_money(kept["deposit"], currency),
        min_age=kept["min_age"],
        unit=Unit(kept["unit"]),
        brand=kept["brand"],
        size=kept["size"],
        category=kept["category"],
        picture=kept["picture"],
        place=kept["place"],
        allergens=tuple(kept["allergens"]),
        price_version=kept["price_version"],
    )
    entry = EntryMethod(row["entry_method"])
    return Line(row["n"], product, Quantity(row["quantity_milli"]), entry, row["void_of"])


def receipt_to_json(receipt: CardReceipt) -> str:
    """Write down what the terminal reported."""
    return json.dumps(
        {
            "amount": receipt.amount.minor,
            "card_name": receipt.card_name,
            "last4": receipt.last4,
            "receipt_no": receipt.receipt_no,
            "trace": receipt.trace,
            "terminal_id": receipt.terminal_id,
            "authorisation": receipt.authorisation,
            "lines": receipt.lines,
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def tender_from_row(row: dict[str, Any], currency: Currency) -> Tender:
    """Read a tender back."""
    outcome: CardReceipt | NotCharged | None = None
    if row["state"] == CAPTURED:
        kept = json.loads(row["receipt"])
        amount = Money(kept.pop("amount"), currency)
        outcome = CardReceipt(amount, **{**kept, "lines": tuple(kept["lines"])})
    elif row["state"] != REQUESTED:
        outcome = NotCharged(row["state"])
    return Tender(row["attempt_id"], Method(row["method"]), Money(row["amount_minor"], currency), outcome)


def _money(minor: int | None, currency: Currency) -> Money | None:
    return None if minor is None else Money(minor, currency)
