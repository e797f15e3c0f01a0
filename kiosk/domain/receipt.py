"""The receipt of a completed sale: as a print document, and as a text small enough for a QR code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any, Final

from kiosk.domain.basket import Row
from kiosk.domain.errors import DomainError
from kiosk.domain.money import Money
from kiosk.domain.sale import CardReceipt, Sale
from kiosk.domain.tax import TaxGroup, TaxRate

Block = dict[str, Any]
Say = Callable[[str], str]
"""Gives the words of a language for an English sentence (gettext)."""

_LOGO: Final = "brand/logo.png"
_FULL_PERCENT: Final = 1000
_COMPACT: Final = 800
"""Characters of goods in a code; with the rest about 1,000 bytes, QR version 22 at level L."""


@dataclass(frozen=True, slots=True)
class Shop:
    """Who sells.

    Attributes:
        name: as over the door.
        address: lines.
        tax_id: VAT number, or empty.
        footer: last lines on paper.
    """

    name: str
    address: tuple[str, ...] = ()
    tax_id: str = ""
    footer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """Everything a receipt tells.

    Attributes:
        shop: who sold.
        lane: name of the lane.
        sale: completed and captured.
        moment: date and time of completion, formatted for the language.
        language: ISO 639-1 code.
        link: address of this receipt at the backend, or None.
    """

    shop: Shop
    lane: str
    sale: Sale
    moment: str
    language: str
    link: str | None = None

    def __post_init__(self) -> None:
        if self.sale.receipt_no is None or self.sale.captured is None:
            raise DomainError(f"sale {self.sale.sale_id}: expected a completed one")

    @property
    def number(self) -> str:
        """The receipt number, with the lane it is counted on."""
        return f"{self.lane}-{self.sale.receipt_no:06d}"

    @property
    def card(self) -> CardReceipt:
        """What the terminal reported."""
        captured = self.sale.captured
        if captured is None or not isinstance(captured.outcome, CardReceipt):
            raise AssertionError("a receipt is of a captured sale")
        return captured.outcome

    def letters(self) -> dict[TaxRate, str]:
        """Give each tax rate its letter, highest rate first."""
        rates = [group.rate for group in self.sale.basket.taxes]
        return dict(zip(rates, ascii_uppercase, strict=False))


def document(receipt: Receipt, gettext: Say, money: Callable[[Money], str]) -> dict[str, Any]:
    """Lay the receipt out as a print document (docs/devices/printer.md).

    Args:
        receipt: what to tell.
        gettext: words of the receipt's language.
        money: an amount as plain digits in the receipt's language, without currency.
    """
    blocks = [
        *_head(receipt, gettext),
        *_goods(receipt, gettext, money),
        *_total(receipt, gettext, money),
        *_taxes(receipt, gettext, money),
        *_payment(receipt, gettext, money),
        *_foot(receipt, gettext, money),
    ]
    return {"language": receipt.language, "width": "80mm", "copy": False, "blocks": blocks}


def compact(receipt: Receipt, gettext: Say, money: Callable[[Money], str]) -> str:
    """Give the whole receipt as short plain text that any phone shows when it reads the code.

    Longer than a code read from a screen can well hold, the goods are told by their count alone.
    """
    rows = [
        f"{row.quantity.count} {row.product.name(receipt.language)} {money(row.total + row.deposit)}"
        for row in receipt.sale.basket.rows
    ]
    if sum(map(len, rows)) > _COMPACT:
        rows = [f"{receipt.sale.basket.count} {gettext('items')}"]
    taxes = [f"{percent(group.rate)} {money(group.tax)}" for group in receipt.sale.basket.taxes]
    currency = receipt.sale.total.currency.code
    return "\n".join(
        [
            receipt.shop.name,
            *([receipt.shop.tax_id] if receipt.shop.tax_id else []),
            f"{receipt.moment} {receipt.number}",
            *rows,
            f"= {money(receipt.sale.total)} {currency}",
            f"{gettext('VAT')} {'; '.join(taxes)}",
            _card(receipt.card),
        ]
    )


def percent(rate: TaxRate) -> str:
    """Write a rate as its receipt line does: 19 %, 8.875 %."""
    whole, rest = divmod(rate.thousandths, _FULL_PERCENT)
    decimals = f"{rest:03d}".rstrip("0")
    return f"{whole}.{decimals} %" if decimals else f"{whole} %"


def _head(receipt: Receipt, gettext: Say) -> list[Block]:
    lines = [*receipt.shop.address]
    if receipt.shop.tax_id:
        lines.append(f"{gettext('VAT no.')} {receipt.shop.tax_id}")
    return [
        {"image": _LOGO, "align": "center"},
        {"text": receipt.shop.name, "align": "center", "size": 2, "bold": True},
        *({"text": line, "align": "center"} for line in lines),
        {"rule": "-"},
        {"columns": [[f"{gettext('Receipt')} {receipt.number}", "left"], [receipt.moment, "right"]]},
        {"rule": "-"},
    ]


def _goods(receipt: Receipt, gettext: Say, money: Callable[[Money], str]) -> list[Block]:
    letters = receipt.letters()
    blocks: list[Block] = []
    for row in receipt.sale.basket.rows:
        blocks.extend(_row(row, letters.get(row.product.tax, ""), receipt.language, gettext, money))
    return blocks


def _row(row: Row, letter: str, language: str, gettext: Say, money: Callable[[Money], str]) -> list[Block]:
    count = row.quantity.count
    name = row.product.name(language)
    blocks: list[Block] = [{"columns": [[name, "left"], [f"{money(row.total)} {letter}".rstrip(), "right"]]}]
    if count > 1:
        blocks.append({"text": f"  {count} x {money(row.unit_price)}"})
    if row.deposit and row.product.deposit is not None:
        each = f" {count} x {money(row.product.deposit)}" if count > 1 else ""
        label = f"  {gettext('Deposit')}{each}"
        blocks.append({"columns": [[label, "left"], [f"{money(row.deposit)}  ", "right"]]})
    return blocks


def _total(receipt: Receipt, gettext: Say, money: Callable[[Money], str]) -> list[Block]:
    total = receipt.sale.total
    amount = f"{total.currency.code} {money(total)}"
    return [
        {"rule": "="},
        {"columns": [[gettext("Total"), "left"], [amount, "right"]], "size": 2, "bold": True},
        {"rule": "="},
    ]


def _taxes(receipt: Receipt, gettext: Say, money: Callable[[Money], str]) -> list[Block]:
    head = [
        [gettext("VAT"), "left"],
        [gettext("Net"), "right"],
        [gettext("Tax"), "right"],
        [gettext("Gross"), "right"],
    ]
    letters = receipt.letters()
    rows = [_tax(group, letters[group.rate], money) for group in receipt.sale.basket.taxes]
    deposit = receipt.sale.basket.deposit
    free: list[Block] = (
        [{"columns": [[gettext("Deposit, without VAT"), "left"], [money(deposit), "right"]]}]
        if deposit
        else []
    )
    return [{"columns": head}, *({"columns": row} for row in rows), *free, {"rule": "-"}]


def _tax(group: TaxGroup, letter: str, money: Callable[[Money], str]) -> list[list[str]]:
    return [
        [f"{letter} {percent(group.rate)}", "left"],
        [money(group.net), "right"],
        [money(group.tax), "right"],
        [money(group.gross), "right"],
    ]


def _payment(receipt: Receipt, gettext: Say, money: Callable[[Money], str]) -> list[Block]:
    card = receipt.card
    facts = [
        (gettext("Terminal"), card.terminal_id),
        (gettext("Trace"), card.trace),
        (gettext("Terminal receipt"), card.receipt_no),
        (gettext("Authorisation"), card.authorisation),
    ]
    return [
        {"columns": [[gettext("Paid by card"), "left"], [money(card.amount), "right"]], "bold": True},
        {"text": _card(card)},
        *({"columns": [[label, "left"], [value, "right"]]} for label, value in facts if value),
        *({"text": line} for line in card.lines),
    ]


def _card(card: CardReceipt) -> str:
    return " ".join(part for part in (card.card_name, f"**** {card.last4}" if card.last4 else "") if part)


def _foot(receipt: Receipt, gettext: Say, money: Callable[[Money], str]) -> list[Block]:
    code = receipt.link or compact(receipt, gettext, money)
    return [
        {"feed": 1},
        {"text": gettext("Thank you for shopping with us"), "align": "center"},
        *({"text": line, "align": "center"} for line in receipt.shop.footer),
        {"feed": 1},
        {"qr": code, "size": 6 if receipt.link else 4, "align": "center"},
        {"text": gettext("This receipt on your phone"), "align": "center"},
        {"feed": 2},
        {"cut": "partial"},
    ]
